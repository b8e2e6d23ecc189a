//! Where the picture in a JPEG file ends. Phones append a film ("motion photo"), a depth map or a second
//! picture, whose bytes mean nothing here and can look like markers.

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Markers that stand alone, without a length: TEM and the restart markers.
const ALONE: [u8; 9] = [0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7];

/// The first picture, from its start marker to its end marker. `None` when it has no scan or no end.
pub(super) fn first_picture(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(&[0xff, START])?;
    let mut scanned = false;
    loop {
        let (marker, after) = next_marker(rest)?;
        rest = match marker {
            END if scanned => return bytes.get(..bytes.len() - after.len()),
            END | START => return None,
            marker if ALONE.contains(&marker) => after,
            marker => {
                scanned |= marker == SCAN;
                // The length counts its own two bytes.
                let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
                after.get(length.max(2)..)?
            }
        };
    }
}

/// The next marker and what follows it. Skips what stands before it: the data of a scan, in which 0xff is
/// always followed by zero, and fill bytes.
fn next_marker(mut bytes: &[u8]) -> Option<(u8, &[u8])> {
    loop {
        let at = bytes.iter().position(|byte| *byte == 0xff)?;
        let (marker, after) = bytes.get(at + 1..)?.split_first()?;
        match marker {
            0x00 => bytes = after,
            0xff => bytes = bytes.get(at + 1..)?,
            marker => return Some((*marker, after)),
        }
    }
}
