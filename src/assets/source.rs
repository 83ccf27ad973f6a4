//! Where a page's assets come from.

use crate::assets::files::Files;
use crate::assets::map::Map;
use url::Url;

/// What an asset is wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A stylesheet.
    Sheet,
    /// A picture, of which the first bytes will do.
    Picture,
    /// A web font.
    Font,
}

/// One asset that is wanted.
#[derive(Clone, Debug)]
pub struct Want {
    /// For what.
    pub kind: Kind,
    /// The address as the page or the stylesheet writes it.
    pub written: String,
    /// The address joined, without fragment.
    pub url: Url,
    /// Whether the page tells enough without it: it is not worth a request.
    pub spare: bool,
}

/// Gives bytes for addresses.
pub trait Source {
    /// Bytes of each, in order; `None` where they are not at hand. Bounded by the limits of
    /// the kind.
    fn load(&mut self, wants: &[Want]) -> Vec<Option<Vec<u8>>>;
}

/// Nothing is at hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nothing;

impl Source for Nothing {
    fn load(&mut self, wants: &[Want]) -> Vec<Option<Vec<u8>>> {
        wants.iter().map(|_| None).collect()
    }
}

/// A saved page's files: those that a map names, else those beside it.
#[derive(Debug)]
pub struct Saved<'a> {
    /// The map, where one was given.
    pub map: Option<&'a Map>,
    /// Files beside the page; `None` for a page that is no file.
    pub files: Option<Files>,
}

impl Source for Saved<'_> {
    fn load(&mut self, wants: &[Want]) -> Vec<Option<Vec<u8>>> {
        let one = |want: &Want| {
            let mapped = self.map.and_then(|m| m.read(want));
            mapped.or_else(|| self.files.as_ref().and_then(|f| f.read(want)))
        };
        wants.iter().map(one).collect()
    }
}

/// One source, and another for what it does not have.
#[derive(Debug)]
pub struct Either<A, B>(pub A, pub B);

impl<A: Source, B: Source> Source for Either<A, B> {
    fn load(&mut self, wants: &[Want]) -> Vec<Option<Vec<u8>>> {
        let mut found = self.0.load(wants);
        let left: Vec<(usize, Want)> = found
            .iter()
            .zip(wants)
            .enumerate()
            .filter(|(_, (f, _))| f.is_none())
            .map(|(i, (_, w))| (i, w.clone()))
            .collect();
        let rest: Vec<Want> = left.iter().map(|(_, w)| w.clone()).collect();
        for ((i, _), bytes) in left.iter().zip(self.1.load(&rest)) {
            if let Some(place) = found.get_mut(*i) {
                *place = bytes;
            }
        }
        found
    }
}
