//! What `data:` addresses hold.

/// Bytes decoded of one address: enough for any header and any stylesheet that people write
/// into a page.
const MOST: usize = 512 * 1024;

/// Its bytes, at most [`MOST`]; `None` where it is none or broken.
pub fn bytes(url: &str) -> Option<Vec<u8>> {
    let (head, body) = url.strip_prefix("data:")?.split_once(',')?;
    let base64 = head.rsplit(';').next().is_some_and(|p| p.trim().eq_ignore_ascii_case("base64"));
    let plain = percent(body);
    if base64 { Some(unbase64(&plain)) } else { Some(plain) }
}

/// Percent escapes read; everything else as it is.
pub fn percent(text: &str) -> Vec<u8> {
    let hex = |b: Option<&u8>| b.and_then(|b| (*b as char).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len().min(MOST));
    let mut at = 0;
    while let Some(byte) = bytes.get(at).filter(|_| out.len() < MOST) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

fn unbase64(text: &[u8]) -> Vec<u8> {
    let value = |b: u8| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut have) = (0u32, 0);
    for six in text.iter().filter_map(|b| value(*b)) {
        bits = (bits << 6 | u32::from(six)) & 0xFF_FFFF;
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        assert_eq!(bytes("data:text/css,a%7Bb%7D").as_deref(), Some(&b"a{b}"[..]));
        assert_eq!(bytes("data:image/gif;base64,R0lGODlh").as_deref(), Some(&b"GIF89a"[..]));
        assert_eq!(bytes("data:;base64,aGk=").as_deref(), Some(&b"hi"[..]));
        assert_eq!(bytes("data:nothing"), None);
        assert_eq!(percent("100%"), b"100%");
    }
}
