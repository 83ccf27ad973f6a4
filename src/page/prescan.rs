//! The encoding in a page's `<meta>`: the WHATWG prescan of the first bytes.

/// The label that the first `<meta>` with an encoding gives.
pub fn charset(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") {
            // "-->" may overlap the opening: "<!-->" is a whole comment
            let end = rest.get(2..)?.windows(3).position(|w| w == b"-->")?;
            at += 2 + end + 3;
        } else if starts(rest, b"<meta") && rest.get(5).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/')
        {
            let (found, length) = meta(&rest[6..]);
            if found.is_some() {
                return found;
            }
            at += 6 + length;
        } else if rest.len() > 1
            && rest[0] == b'<'
            && (rest[1].is_ascii_alphabetic()
                || (rest[1] == b'/' && rest.get(2).is_some_and(u8::is_ascii_alphabetic)))
        {
            // another tag: its attributes may hold anything, so they are read, not searched
            let skip = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?;
            at += skip;
            while let Some((_, _, length)) = attribute(&bytes[at..]) {
                at += length;
            }
            at += 1;
        } else if rest.len() > 1 && rest[0] == b'<' && matches!(rest[1], b'!' | b'/' | b'?') {
            at += rest.iter().position(|b| *b == b'>')? + 1;
        } else {
            at += 1;
        }
    }
    None
}

fn starts(bytes: &[u8], with: &[u8]) -> bool {
    bytes.get(..with.len()).is_some_and(|b| b.eq_ignore_ascii_case(with))
}

/// The encoding of one meta tag, and the bytes of its attributes.
fn meta(bytes: &[u8]) -> (Option<Vec<u8>>, usize) {
    let (mut at, mut pragma, mut label, mut needs_pragma) = (0, false, None, None);
    let mut seen: Vec<Vec<u8>> = Vec::new();
    while let Some((name, value, length)) = attribute(&bytes[at..]) {
        at += length;
        if seen.contains(&name) {
            continue;
        }
        match name.as_slice() {
            b"http-equiv" => pragma |= value == b"content-type",
            b"content" if label.is_none() => {
                if let Some(found) = in_content(&value) {
                    label = Some(found);
                    needs_pragma = Some(true);
                }
            }
            b"charset" => {
                label = Some(value.clone());
                needs_pragma = Some(false);
            }
            _ => {}
        }
        seen.push(name);
    }
    let usable = needs_pragma.is_some_and(|n| !n || pragma);
    (label.filter(|l| usable && encoding_rs::Encoding::for_label(l).is_some()), at)
}

/// One attribute: name and value in lower case, and its length; `None` at the tag's end.
fn attribute(bytes: &[u8]) -> Option<(Vec<u8>, Vec<u8>, usize)> {
    let space = |b: &u8| b.is_ascii_whitespace() || *b == b'/';
    let mut at = bytes.iter().position(|b| !space(b))?;
    if bytes[at] == b'>' {
        return None;
    }
    let mut name = Vec::new();
    while let Some(&b) = bytes.get(at) {
        if (b == b'=' && !name.is_empty()) || space(&b) || b == b'>' {
            break;
        }
        name.push(b.to_ascii_lowercase());
        at += 1;
    }
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    if bytes.get(at) != Some(&b'=') {
        return Some((name, Vec::new(), at));
    }
    at += 1;
    while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    let mut value = Vec::new();
    match bytes.get(at) {
        Some(&quote) if quote == b'"' || quote == b'\'' => {
            at += 1;
            while let Some(&b) = bytes.get(at) {
                at += 1;
                if b == quote {
                    return Some((name, value, at));
                }
                value.push(b.to_ascii_lowercase());
            }
            // cut inside the value: there is no encoding to be had
            None
        }
        _ => {
            while let Some(&b) = bytes.get(at) {
                if b.is_ascii_whitespace() || b == b'>' {
                    break;
                }
                value.push(b.to_ascii_lowercase());
                at += 1;
            }
            Some((name, value, at))
        }
    }
}

/// `charset=…` in the content of a pragma.
fn in_content(content: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    loop {
        at += content.get(at..)?.windows(7).position(|w| w == b"charset")? + 7;
        let skip = |at: &mut usize| {
            while content.get(*at).is_some_and(u8::is_ascii_whitespace) {
                *at += 1;
            }
        };
        skip(&mut at);
        if content.get(at) != Some(&b'=') {
            continue;
        }
        at += 1;
        skip(&mut at);
        let rest = content.get(at..)?;
        return match rest.first()? {
            quote @ (b'"' | b'\'') => {
                let end = rest[1..].iter().position(|b| b == quote)?;
                Some(rest[1..=end].to_vec())
            }
            _ => {
                let end =
                    rest.iter().position(|b| b.is_ascii_whitespace() || *b == b';').unwrap_or(rest.len());
                Some(rest[..end].to_vec())
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::charset;

    fn label(html: &str) -> Option<String> {
        charset(html.as_bytes()).map(|l| String::from_utf8_lossy(&l).into_owned())
    }

    #[test]
    fn reads_meta_as_browsers_do() {
        assert_eq!(label("<meta charset=GBK>").as_deref(), Some("gbk"));
        assert_eq!(
            label("<meta http-equiv=Content-Type content='text/html; charset=gb2312'>").as_deref(),
            Some("gb2312")
        );
        assert_eq!(label("<!-- <meta charset=big5> --><META CHARSET=\"utf-8\"/>").as_deref(), Some("utf-8"));
        assert_eq!(label("<p title='<meta charset=big5>'><meta charset=euc-jp>").as_deref(), Some("euc-jp"));
        assert_eq!(label("<meta content='text/html; charset=gbk'>"), None);
        assert_eq!(label("<meta http-equiv=Content-Type content=charset>"), None);
        assert_eq!(label("<meta charset=nonsense><meta charset=gbk>").as_deref(), Some("gbk"));
    }
}
