//! Finds the end of the picture in a JPEG file. Phones append a video ("motion photo"), a depth map or a second
//! picture. Those bytes have to be ignored, and can look like markers.

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// Markers without a length: TEM and the restart markers.
const WITHOUT_LENGTH: [u8; 9] = [0x01, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7];

/// The first picture, from its start marker to its end marker. `None` if it has no scan or no end.
pub(super) fn first_picture(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(&[0xff, START])?;
    let mut scanned = false;
    loop {
        let (marker, after) = next_marker(rest)?;
        rest = match marker {
            END if scanned => return bytes.get(..bytes.len() - after.len()),
            END | START => return None,
            marker if WITHOUT_LENGTH.contains(&marker) => after,
            marker => {
                scanned |= marker == SCAN;
                // The length includes its own two bytes.
                let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
                after.get(length.max(2)..)?
            }
        };
    }
}

/// The next marker and the bytes after it. It skips fill bytes and the data of a scan, in which 0xff is always
/// followed by zero.
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
