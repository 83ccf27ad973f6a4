//! Which shop software made a page: texts of its source that give that away.

use aho_corasick::packed::Searcher;
use memchr::memmem::Finder;

/// Texts that give platforms away.
#[derive(Debug, Default)]
pub struct Marks {
    /// All of them at once, where the processor can.
    searcher: Option<Searcher>,
    /// By platform.
    finders: Vec<Vec<Finder<'static>>>,
    /// By text of the searcher: its platform.
    platform: Vec<usize>,
}

impl Marks {
    /// Compiles the marks of all platforms.
    pub fn new(platforms: &[(String, Vec<String>)]) -> Marks {
        let all = || platforms.iter().enumerate().flat_map(|(i, p)| p.1.iter().map(move |m| (i, m)));
        let finders = |p: &(String, Vec<String>)| p.1.iter().map(|m| Finder::new(m).into_owned()).collect();
        Marks {
            searcher: Searcher::new(all().map(|(_, mark)| mark)),
            finders: platforms.iter().map(finders).collect(),
            platform: all().map(|(i, _)| i).collect(),
        }
    }

    /// The first platform of which a text holds a mark.
    pub fn platform(&self, text: &str) -> Option<usize> {
        let Some(searcher) = &self.searcher else {
            return self
                .finders
                .iter()
                .position(|marks| marks.iter().any(|m| m.find(text.as_bytes()).is_some()));
        };
        let mut first = None;
        for hit in searcher.find_iter(text) {
            let platform = self.platform.get(hit.pattern().as_usize()).copied();
            first = first.min(platform).or(platform);
            if first == Some(0) {
                break;
            }
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_platform_wins_however_marks_are_searched() {
        let of =
            |name: &str, marks: &[&str]| (name.to_string(), marks.iter().map(|m| (*m).to_string()).collect());
        let mut marks = Marks::new(&[of("a", &["alpha"]), of("b", &["beta", "bravo"])]);
        for _ in 0..2 {
            assert_eq!(marks.platform("x bravo alpha"), Some(0));
            assert_eq!(marks.platform("x bravo"), Some(1));
            assert_eq!(marks.platform("nothing"), None);
            marks.searcher = None;
        }
    }
}
