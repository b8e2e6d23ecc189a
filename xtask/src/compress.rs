//! Compressed copies beside each file, so that the server never compresses what does not change.

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use std::{io::Write as _, path::Path};

/// How hard to try: at best for people, fast while editing.
#[derive(Clone, Copy)]
pub(crate) enum Effort {
    Fast,
    Best,
}

/// Whether a file shrinks: text and wasm do, pictures and fonts are compressed already.
pub(crate) fn shrinks(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["css", "html", "ico", "js", "json", "map", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"]
        .contains(&extension)
}

/// The bytes in brotli's form.
pub(crate) fn brotli(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let quality = match effort {
        Effort::Fast => 5,
        Effort::Best => 11,
    };
    let parameters =
        BrotliEncoderParams { quality, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &parameters)?;
    Ok(small)
}

/// The bytes in gzip's form, without a time or a name: the same bytes in, the same bytes out.
pub(crate) fn gzip(bytes: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let level = match effort {
        Effort::Fast => Compression::fast(),
        Effort::Best => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn what_was_compressed_comes_back() {
        let text = b"guild ".repeat(500);
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&*gzip(&text, Effort::Best).unwrap()).read_to_end(&mut back).unwrap();
        assert_eq!(back, text);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(&text, Effort::Fast).unwrap(), &mut back).unwrap();
        assert_eq!(back, text);
    }

    #[test]
    fn pictures_are_left_alone() {
        assert!(shrinks("icons/star.svg") && shrinks("guildhall.wasm"));
        assert!(!shrinks("photo.webp") && !shrinks("README"));
    }
}
