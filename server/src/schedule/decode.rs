//! Decodes the bytes to text. The byte order mark decides the encoding, then the file's declaration, and UTF-8
//! is the default.

use domain::text::is_override;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{notes::Notes, quote};

/// How many bytes are searched for the encoding. The XML declaration is at the very start.
const DECLARATION: usize = 200;

/// The text of the file. Bytes that don't fit the encoding are replaced, characters that XML forbids are left
/// out, and both are noted. Characters that override the text direction are left out without a note.
pub(super) fn decode(bytes: &[u8], notes: &mut Notes) -> String {
    let (encoding, mark) = encoding_of(bytes, notes);
    let (text, lossy) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if lossy {
        let at = text.find('\u{fffd}').unwrap_or(0);
        let message = format!(
            "some bytes are not {} and are shown as \u{fffd}. Declare the encoding of the file",
            encoding.name()
        );
        notes.add(at, message);
    }
    let mut kept = String::with_capacity(text.len());
    let mut forbidden = None;
    for c in text.chars() {
        if !is_allowed(c) {
            forbidden.get_or_insert((kept.len(), c));
        } else if !is_override(c) {
            kept.push(c);
        }
    }
    if let Some((at, c)) = forbidden {
        notes.add(at, format!("XML forbids the character U+{:04X}, so it was left out", u32::from(c)));
    }
    kept
}

/// The encoding, and the length of the byte order mark in bytes.
fn encoding_of(bytes: &[u8], notes: &mut Notes) -> (&'static Encoding, usize) {
    if let Some(marked) = Encoding::for_bom(bytes) {
        return marked;
    }
    match bytes {
        [b'<', 0, ..] => return (UTF_16LE, 0),
        [0, b'<', ..] => return (UTF_16BE, 0),
        _ => {}
    }
    let Some(label) = declared(&bytes[..bytes.len().min(DECLARATION)]) else { return (UTF_8, 0) };
    match Encoding::for_label(&label) {
        // If the declaration can be read byte by byte, the file isn't UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => (UTF_8, 0),
        Some(encoding) => (encoding, 0),
        None => {
            let label = quote(&String::from_utf8_lossy(&label));
            notes.add(0, format!("the encoding {label} is unknown, so the file was read as UTF-8"));
            (UTF_8, 0)
        }
    }
}

/// The encoding that the XML declaration names.
fn declared(start: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(start);
    let declaration = text.trim_start().strip_prefix("<?xml")?.split("?>").next()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quoted = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    Some(value[1..].split(quoted).next()?.trim().as_bytes().to_vec())
}

/// Whether XML 1.0 allows a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let mut notes = Notes::default();
        let text = decode(bytes, &mut notes);
        let (notes, _) = notes.finish(&text);
        (text, notes.into_iter().map(|note| note.message).collect())
    }

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn a_file_is_read_in_its_encoding() {
        let xml = "<?xml version='1.0' encoding='ISO-8859-1'?><a>Grüße</a>";
        let latin: Vec<u8> = xml.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        assert_eq!(read(&latin), (xml.to_owned(), vec![]));
        let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>Grüße €</a>";
        for order in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
            assert_eq!(read(&utf_16(xml, order)), (xml.to_owned(), vec![]), "without a mark");
            assert_eq!(read(&utf_16(&format!("\u{feff}{xml}"), order)), (xml.to_owned(), vec![]));
        }
        // A declaration of UTF-16 that can be read byte by byte is wrong.
        assert_eq!(read(xml.as_bytes()), (xml.to_owned(), vec![]));
        assert_eq!(read("\u{feff}<a>é</a>".as_bytes()), ("<a>é</a>".to_owned(), vec![]));
        assert_eq!(read(b""), (String::new(), vec![]));
    }

    #[test]
    fn lost_characters_are_noted() {
        let (text, notes) = read(b"<?xml version='1.0' encoding='klingon'?><a>\xff</a>");
        assert!(text.ends_with("<a>\u{fffd}</a>"), "{text}");
        assert!(notes[0].contains("“klingon” is unknown") && notes[1].contains("not UTF-8"), "{notes:?}");
        let (text, notes) = read("a\u{1}b\u{202E}c".as_bytes());
        assert_eq!((text.as_str(), notes.len()), ("abc", 1));
        assert!(notes[0].contains("U+0001"), "{notes:?}");
    }
}
