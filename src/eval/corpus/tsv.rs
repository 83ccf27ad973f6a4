//! Tables of a corpus: a row a line, fields between tabs, quotation marks as they are.

use super::Wrong;
use crate::limits;
use std::io::Read;
use std::path::Path;

/// A row that has as many fields as the head.
#[derive(Clone, Debug)]
pub struct Row<'t> {
    /// Its line, from 1.
    pub line: usize,
    /// Its fields, in the order of the columns that were asked for.
    pub fields: Vec<&'t str>,
}

/// The text of a file of the corpus; `name` is what messages call it.
///
/// # Errors
/// It cannot be read, is too large, or is not UTF-8.
pub fn text(path: &Path, name: &str, help: &str) -> Result<String, Wrong> {
    let wrong = |line, message: String, help: &str| Wrong {
        file: name.to_string(),
        line,
        message,
        help: Some(help.to_string()),
    };
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|f| f.take(limits::CORPUS_BYTES as u64 + 1).read_to_end(&mut bytes))
        .map_err(|e| wrong(None, format!("cannot be read: {e}"), help))?;
    if bytes.len() > limits::CORPUS_BYTES {
        let message = format!("has more than {} MiB", limits::CORPUS_BYTES / 1024 / 1024);
        return Err(wrong(None, message, "split the corpus"));
    }
    String::from_utf8(bytes).map_err(|e| {
        let good = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|b| **b == b'\n').count();
        wrong(Some(line), "is not UTF-8".into(), "save it as UTF-8")
    })
}

/// Rows with the columns that were asked for; empty lines do not count.
///
/// # Errors
/// A column that is not there, or a row of another length than the head.
pub fn rows<'t>(text: &'t str, name: &str, columns: &[&str]) -> Result<Vec<Row<'t>>, Wrong> {
    let wrong = |line, message: String, help: String| Wrong {
        file: name.to_string(),
        line: Some(line),
        message,
        help: Some(help),
    };
    let text = text.trim_start_matches('\u{FEFF}');
    let mut lines = text.lines().enumerate().map(|(i, l)| (i + 1, l.split('\t').collect::<Vec<_>>()));
    let head = lines.next().map_or(Vec::new(), |(_, head)| head);
    let mut places = Vec::new();
    for column in columns {
        let place = head.iter().position(|h| h == column).ok_or_else(|| {
            let help = format!("the first line names the columns: {}", columns.join(", "));
            wrong(1, format!("there is no column “{column}”"), help)
        })?;
        places.push(place);
    }
    let mut rows = Vec::new();
    for (line, cells) in lines.filter(|(_, cells)| *cells != [""]) {
        if cells.len() != head.len() {
            let message = format!("has {} fields, and the head has {}", cells.len(), head.len());
            return Err(wrong(
                line,
                message,
                "fields stand between tabs, each row on a line of its own".into(),
            ));
        }
        rows.push(Row { line, fields: places.iter().map(|p| cells[*p]).collect() });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eval_rows_keep_quotation_marks_and_tell_their_line() {
        let read = rows("b\ta\n\"x\ty\"\n\n1\t2\n", "t.tsv", &["a", "b"]).expect("rows");
        let told: Vec<_> = read.iter().map(|r| (r.line, r.fields.clone())).collect();
        assert_eq!(told, [(2, vec!["y\"", "\"x"]), (4, vec!["2", "1"])]);
        let short = rows("a\tb\n1\n", "t.tsv", &["a"]).expect_err("a short row");
        assert_eq!((short.line, short.message.as_str()), (Some(2), "has 1 fields, and the head has 2"));
        let lacking = rows("", "t.tsv", &["a"]).expect_err("no head");
        assert_eq!((lacking.line, lacking.message.as_str()), (Some(1), "there is no column “a”"));
    }
}
