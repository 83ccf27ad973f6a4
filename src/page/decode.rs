//! Bytes to text: byte order mark, HTTP charset, `<meta>` of the first 1,024 bytes, then
//! detection. The choice and what told it are always in the report.

use crate::page::prescan;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, X_USER_DEFINED};

/// A decoded page.
#[derive(Debug)]
pub struct Decoded {
    /// The text. For UTF-8 byte for byte the file, a byte order mark too.
    pub text: String,
    /// WHATWG name of the encoding, lower case.
    pub label: &'static str,
    /// bom, http, meta, detected or default.
    pub from: &'static str,
    /// What is wrong with the declared encoding, if anything.
    pub mojibake: Option<String>,
    /// Whether much of the text is lost: no encoding fits.
    pub garbled: bool,
}

/// Decodes a page.
///
/// # Errors
/// An encoding that browsers refuse to decode, in one sentence.
pub fn decode(bytes: &[u8], charset: Option<&str>) -> Result<Decoded, String> {
    let (encoding, from) = choose(bytes, charset)?;
    let body = if encoding == UTF_8 { bytes } else { without_bom(bytes, encoding) };
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(body)
    {
        return Ok(Decoded { text: text.to_string(), label: "utf-8", from, mojibake: None, garbled: false });
    }
    // no bytes are wrong in an encoding of one byte a letter, and few in those of two
    if let Some(text) = surely_utf8(body).filter(|_| encoding != UTF_16LE && encoding != UTF_16BE) {
        let said = encoding.name().to_lowercase();
        let why = format!(
            "the page says {said} ({from}), but is utf-8: it was read as utf-8, shoppers see rubbish if their browser \
             believes it"
        );
        let (label, from) = ("utf-8", "detected");
        return Ok(Decoded { text: text.into(), label, from, mojibake: Some(why), garbled: false });
    }
    let (text, had_errors) = encoding.decode_without_bom_handling(body);
    if had_errors && mostly_wrong(&text) {
        let said = encoding.name().to_lowercase();
        let guess = detect(bytes);
        let (again, wrong) = guess.decode_without_bom_handling(without_bom(bytes, guess));
        // browsers believe the page and show rubbish: to judge rubbish helps nobody
        if guess != encoding && !wrong {
            let read = guess.name().to_lowercase();
            let why = format!(
                "the page says {said} ({from}), but is {read}: it was read as {read}, shoppers see rubbish"
            );
            let text = again.into_owned();
            return Ok(Decoded {
                text,
                label: name(guess),
                from: "detected",
                mojibake: Some(why),
                garbled: false,
            });
        }
        let why = format!("the page says {said} ({from}), but much of it is not");
        return Ok(Decoded {
            text: text.into_owned(),
            label: name(encoding),
            from,
            mojibake: Some(why),
            garbled: true,
        });
    }
    Ok(Decoded { text: text.into_owned(), label: name(encoding), from, mojibake: None, garbled: false })
}

/// Letters beyond ASCII that make a text without a wrong byte UTF-8 beyond doubt: of other
/// encodings two may look like it, as GBK's “联通” does.
const SURELY: usize = 4;

/// The text, if it is UTF-8 by its bytes.
fn surely_utf8(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let wide = text.chars().filter(|c| !c.is_ascii()).take(SURELY).count();
    (wide == SURELY).then_some(text)
}

/// Whether more than one character in a hundred could not be decoded.
fn mostly_wrong(text: &str) -> bool {
    let wrong = text.chars().filter(|c| *c == '\u{FFFD}').count();
    wrong * 100 > text.chars().count()
}

fn choose(bytes: &[u8], charset: Option<&str>) -> Result<(&'static Encoding, &'static str), String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok((encoding, "bom"));
    }
    let usable =
        |label: &[u8], from: &'static str| -> Option<Result<(&'static Encoding, &'static str), String>> {
            let encoding = Encoding::for_label(label)?;
            if encoding == encoding_rs::REPLACEMENT {
                let label = String::from_utf8_lossy(label).into_owned();
                return Some(Err(format!("the page says that it is in “{label}”, which no browser decodes")));
            }
            Some(Ok((encoding, from)))
        };
    if let Some(label) = charset
        && let Some(found) = usable(label.trim().trim_matches(['"', '\'']).as_bytes(), "http")
    {
        return found;
    }
    if let Some(label) = prescan::charset(&bytes[..bytes.len().min(1024)])
        && let Some(found) = usable(&label, "meta")
    {
        // a meta that can be read byte by byte is no UTF-16
        return found.map(|(e, from)| match e {
            e if e == UTF_16LE || e == UTF_16BE => (UTF_8, from),
            e if e == X_USER_DEFINED => (encoding_rs::WINDOWS_1252, from),
            e => (e, from),
        });
    }
    // UTF-16 without a mark: every other byte of its markup is NUL
    if bytes.len() >= 4 && bytes[0] == b'<' && bytes[1] == 0 {
        return Ok((UTF_16LE, "detected"));
    }
    if bytes.len() >= 4 && bytes[0] == 0 && bytes[1] == b'<' {
        return Ok((UTF_16BE, "detected"));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok((UTF_8, if bytes.is_ascii() { "default" } else { "detected" }));
    }
    Ok((detect(bytes), "detected"))
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn without_bom<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> &'b [u8] {
    match Encoding::for_bom(bytes) {
        Some((found, length)) if found == encoding => &bytes[length..],
        _ => bytes,
    }
}

fn name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-8" => "utf-8",
        "GBK" => "gbk",
        "gb18030" => "gb18030",
        "Big5" => "big5",
        "EUC-JP" => "euc-jp",
        "Shift_JIS" => "shift_jis",
        "EUC-KR" => "euc-kr",
        "UTF-16LE" => "utf-16le",
        "UTF-16BE" => "utf-16be",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZH: &str = "<html><body><h1>双面羊毛大衣</h1><p>七天无理由退货，全场满三百减三十，尺码表见下图。</p></body></html>";
    const JA: &str = "<html><body><h1>ウールコート</h1><p>送料無料、七日以内の返品可能です。サイズ表はこちらをご覧ください。</p></body></html>";
    const TW: &str = "<html><body><h1>雙面羊毛大衣</h1><p>七天無理由退貨，全場滿三百減三十，尺碼表見下圖。</p></body></html>";

    fn from(text: &str, encoding: &'static Encoding) -> Decoded {
        let (bytes, _, _) = encoding.encode(text);
        decode(&bytes, None).expect("decodes")
    }

    #[test]
    fn detects_what_is_not_declared() {
        for (text, encoding) in [
            (ZH, encoding_rs::GBK),
            (TW, encoding_rs::BIG5),
            (JA, encoding_rs::SHIFT_JIS),
            (JA, encoding_rs::EUC_JP),
            ("<p>Größe und Länge: fällt klein aus, für Füße</p>", encoding_rs::WINDOWS_1252),
            ("<p>Таблица размеров, доставка и возврат товара</p>", encoding_rs::WINDOWS_1251),
            (ZH, UTF_8),
        ] {
            let d = from(text, encoding);
            assert_eq!(d.text, text, "{}", encoding.name());
            assert_eq!(d.from, "detected");
        }
    }

    #[test]
    fn order_is_bom_http_meta_detection() {
        let page = format!("<meta charset=gbk>{ZH}");
        let (gbk, _, _) = encoding_rs::GBK.encode(&page);
        assert_eq!(decode(&gbk, None).map(|d| (d.label, d.from)).ok(), Some(("gbk", "meta")));
        assert_eq!(decode(&gbk, Some("gb18030")).map(|d| (d.label, d.from)).ok(), Some(("gb18030", "http")));
        assert_eq!(decode(&gbk, Some("utf8mb4")).map(|d| (d.label, d.from)).ok(), Some(("gbk", "meta")));
        let mut bom = vec![0xEF, 0xBB, 0xBF];
        bom.extend_from_slice(page.as_bytes());
        let d = decode(&bom, Some("gbk")).expect("decodes");
        assert_eq!((d.label, d.from, d.text.starts_with('\u{FEFF}')), ("utf-8", "bom", true));
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("<p>尺码表</p>".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(&utf16, None).map(|d| d.text).ok().as_deref(), Some("<p>尺码表</p>"));
        assert!(decode(b"<p>x</p>", Some("iso-2022-kr")).is_err());
    }

    #[test]
    fn a_wrong_label_is_mended_and_said() {
        let page = format!("<meta charset=utf-8>{ZH}");
        let (gbk, _, _) = encoding_rs::GBK.encode(&page);
        let d = decode(&gbk, None).expect("decodes");
        assert_eq!((d.label, d.from, d.text), ("gbk", "detected", page));
        assert!(d.mojibake.is_some_and(|m| m.contains("utf-8") && m.contains("gbk")));
        assert!(!d.garbled);
    }

    #[test]
    fn utf8_under_another_name_is_read_as_utf8() {
        for said in ["iso-8859-1", "windows-1251", "gbk"] {
            let page = format!("<meta charset={said}><p>Größe und Länge, für Füße: 19 €</p>");
            let d = decode(page.as_bytes(), None).expect("decodes");
            assert_eq!((d.label, d.from, d.text), ("utf-8", "detected", page), "{said}");
            assert!(d.mojibake.is_some_and(|m| m.contains("utf-8")), "{said}");
        }
        // too little to tell
        let (gbk, _, _) = encoding_rs::GBK.encode("<meta charset=gbk><p>联通");
        assert_eq!(decode(&gbk, None).map(|d| (d.label, d.from)).ok(), Some(("gbk", "meta")));
        let (latin, _, _) =
            encoding_rs::WINDOWS_1252.encode("<meta charset=iso-8859-1><p>Größe, Füße, Länge");
        let d = decode(&latin, None).expect("decodes");
        assert_eq!((d.label, d.mojibake), ("windows-1252", None));
    }

    #[test]
    fn bytes_of_no_encoding_are_said_to_be_lost() {
        let bytes: Vec<u8> = b"<meta charset=utf-8>"
            .iter()
            .copied()
            .chain((0..400).map(|i| 0x80 | (i * 37 % 127) as u8))
            .collect();
        let d = decode(&bytes, None).expect("decodes");
        assert!(d.mojibake.is_some());
    }
}
