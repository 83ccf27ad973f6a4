//! Files and standard input to bytes. Whatever is no page is named for what it is.

use crate::audit::Failed;
use crate::limits;
use crate::source::{Loaded, Source, failed, shown};
use std::io::Read;

/// Reads a file or standard input, at most [`limits::PAGE_BYTES`].
///
/// # Errors
/// Why there is no page: missing, unreadable, no regular file, binary, empty, too large.
pub fn read(source: &Source) -> Result<Loaded, Failed> {
    let name = shown(source);
    let unreadable = |e: std::io::Error| match e.kind() {
        std::io::ErrorKind::NotFound => failed(&name, "source/vanished", "the file is gone", None),
        std::io::ErrorKind::PermissionDenied => failed(
            &name,
            "source/unreadable",
            "cannot be read: permission denied",
            Some("check who may read it"),
        ),
        _ => failed(&name, "source/unreadable", format!("cannot be read: {e}"), None),
    };
    let mut bytes = Vec::new();
    let limit = limits::PAGE_BYTES as u64 + 1;
    match source {
        Source::Stdin => {
            std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
        }
        Source::File(path) => {
            let meta = std::fs::metadata(path).map_err(unreadable)?;
            // a pipe or device could make the run hang
            if !meta.is_file() {
                return Err(failed(
                    &name,
                    "source/not-a-file",
                    "this is no regular file",
                    Some("pipe it in: storelint check -"),
                ));
            }
            let file = std::fs::File::open(path).map_err(unreadable)?;
            file.take(limit).read_to_end(&mut bytes).map_err(unreadable)?;
        }
        Source::Url(_) => return Err(failed(&name, "source/url", "an address is fetched, not read", None)),
    }
    refuse(&name, &bytes)?;
    Ok(Loaded { source: name, bytes, charset: None, address: None })
}

/// Refuses what is no page by its bytes.
///
/// # Errors
/// Too large, empty, or binary, with what it looks like.
pub fn refuse(name: &str, bytes: &[u8]) -> Result<(), Failed> {
    if bytes.len() > limits::PAGE_BYTES {
        let message = format!("the page has more than {} MiB", limits::PAGE_BYTES / 1024 / 1024);
        let help = "pictures inside the page are the usual cause: give them files of their own";
        return Err(failed(name, "source/too-large", message, Some(help)));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(failed(name, "source/empty", "the page is empty", None));
    }
    if let Some(what) = looks_like(bytes) {
        let message = format!("this is no HTML page: it looks like {what}");
        return Err(failed(name, "source/binary", message, Some("give the page itself")));
    }
    Ok(())
}

fn looks_like(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xFF\xD8\xFF", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"RIFF", "a WebP picture or a recording"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x1F\x8B", "a gzip archive"),
        (b"\x28\xB5\x2F\xFD", "a zstd archive"),
        (b"\x7FELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"SQLite format 3", "a database"),
        (b"\xD0\xCF\x11\xE0", "an office document"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(m, _)| bytes.starts_with(m)) {
        return Some(what);
    }
    // UTF-16 has a byte order mark or a NUL in every other byte; text has none elsewhere
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return None;
    }
    let head = &bytes[..bytes.len().min(4096)];
    let nul = head.iter().filter(|b| **b == 0).count();
    // a NUL in every other byte, and only there
    let utf16 = head.len() >= 4
        && ((head[0] == 0) != (head[1] == 0))
        && ((head[2] == 0) != (head[3] == 0))
        && nul * 3 > head.len();
    let markup = head.windows(5).any(|w| {
        w.eq_ignore_ascii_case(b"<html")
            || w.eq_ignore_ascii_case(b"<!doc")
            || w.eq_ignore_ascii_case(b"<body")
    });
    (nul > 8 && !utf16 && !markup).then_some("binary data")
}
