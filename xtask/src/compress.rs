//! Compresses files of the site in advance, so that the server doesn't have to.

use anyhow::Result;
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};
use std::{io::Write as _, path::Path};

/// The level of compression: `Best` for releases, `Fast` during development.
#[derive(Clone, Copy)]
pub(crate) enum Level {
    Fast,
    Best,
}

/// Whether compression makes a file smaller. Text and wasm shrink. Pictures and fonts are compressed already.
pub(crate) fn shrinks(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["css", "html", "ico", "js", "json", "map", "mjs", "svg", "txt", "wasm", "webmanifest", "xml"]
        .contains(&extension)
}

/// Compresses the bytes with Brotli.
pub(crate) fn brotli(bytes: &[u8], level: Level) -> Result<Vec<u8>> {
    let quality = match level {
        Level::Fast => 5,
        Level::Best => 11,
    };
    let parameters =
        BrotliEncoderParams { quality, size_hint: bytes.len(), ..BrotliEncoderParams::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut small, &parameters)?;
    Ok(small)
}

/// Compresses the bytes with gzip, without time and name, so that the same input gives the same output.
pub(crate) fn gzip(bytes: &[u8], level: Level) -> Result<Vec<u8>> {
    let compression = match level {
        Level::Fast => Compression::fast(),
        Level::Best => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), compression);
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn compressed_bytes_can_be_decompressed() {
        let text = b"guild ".repeat(500);
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&*gzip(&text, Level::Best).unwrap()).read_to_end(&mut back).unwrap();
        assert_eq!(back, text);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &*brotli(&text, Level::Fast).unwrap(), &mut back).unwrap();
        assert_eq!(back, text);
    }

    #[test]
    fn pictures_are_not_compressed() {
        assert!(shrinks("icons/star.svg") && shrinks("guildhall.wasm"));
        assert!(!shrinks("photo.webp") && !shrinks("README"));
    }
}
