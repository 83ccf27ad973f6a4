//! Plain columns for terminals: wide characters count two.

use unicode_width::UnicodeWidthStr;

/// Rows as lines, columns padded to the widest cell, two spaces between; the last column
/// is never padded and is cut where a line would be longer than `width`.
pub fn columns(rows: &[Vec<String>], width: usize) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count)
        .map(|i| rows.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max().unwrap_or(0))
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        let mut used = 0;
        for (cell, column) in row.iter().zip(&widths).take(count - 1) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', column.saturating_sub(cell.width()) + 2));
            used += column + 2;
        }
        if row.len() == count
            && let Some(last) = row.last()
        {
            line.push_str(&fit(last, width.saturating_sub(used)));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Fewest columns that a cut text keeps.
const FEWEST: usize = 20;

fn fit(text: &str, width: usize) -> String {
    let width = width.max(FEWEST);
    if text.width() <= width {
        return text.to_string();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|r| r.iter().map(|c| c.to_string()).collect()).collect()
    }

    #[test]
    fn columns_line_up_whatever_the_script() {
        let text = columns(&rows(&[&["尺码", "a"], &["x", "b"]]), 80);
        assert_eq!(text, "尺码  a\nx     b\n");
    }

    #[test]
    fn the_last_column_is_cut_to_the_line() {
        let text = columns(&rows(&[&["a", "0123456789012345678901234567890123456789"]]), 33);
        assert_eq!(text, "a  01234567890123456789012345678…\n");
    }
}
