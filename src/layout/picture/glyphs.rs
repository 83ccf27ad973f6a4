//! Outlines of letters, each once, under ids that mean the same in every drawing.

use crate::layout::blitz::squares;
use foldhash::fast::FixedState;
use peniko::FontData;
use skrifa::instance::{LocationRef, NormalizedCoord, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::hash::BuildHasher;
use std::sync::LazyLock;

/// A font at one setting of its axes.
#[derive(Clone, Debug)]
pub struct Face {
    /// Tells it from all others, in every run.
    pub key: u64,
    /// Units of its outlines in the font's size.
    pub units: f64,
    /// Whether it is the font of empty squares.
    pub squares: bool,
}

/// The letters of a drawing.
#[derive(Debug, Default)]
pub struct Glyphs {
    /// Hashes of font files by their number in this process.
    files: HashMap<(u64, u32), u64>,
    /// Ids by font and letter; `None` where nothing is to be seen.
    ids: HashMap<(u64, u32), Option<String>>,
    outlines: BTreeMap<String, String>,
    /// Bytes of the outlines so far.
    pub bytes: usize,
}

fn hash(bytes: &[u8]) -> u64 {
    FixedState::with_seed(0).hash_one(bytes)
}

static SQUARES: LazyLock<u64> = LazyLock::new(|| hash(&squares::font()));

impl Glyphs {
    /// The font of a run; `None` where it cannot be read.
    pub fn face(&mut self, font: &FontData, coords: &[i16]) -> Option<Face> {
        let bytes = font.data.as_ref();
        let file = *self.files.entry((font.data.id(), font.index)).or_insert_with(|| hash(bytes));
        let units = FontRef::from_index(bytes, font.index)
            .ok()?
            .metrics(Size::unscaled(), LocationRef::default())
            .units_per_em;
        let key = if coords.is_empty() && font.index == 0 {
            file
        } else {
            FixedState::with_seed(1).hash_one((file, font.index, coords))
        };
        Some(Face { key, units: f64::from(units).max(1.0), squares: file == *SQUARES })
    }

    /// The id of a letter; `None` where nothing is to be seen of it.
    pub fn id(&mut self, face: &Face, font: &FontData, coords: &[i16], glyph: u32) -> Option<&str> {
        let known = self.ids.entry((face.key, glyph));
        let made = known.or_insert_with(|| {
            let path = outline(font, coords, glyph).filter(|p| !p.is_empty())?;
            let id = format!("sl-{:x}-{glyph:x}", face.key & 0xFFFF_FFFF);
            self.bytes += path.len();
            self.outlines.insert(id.clone(), path);
            Some(id)
        });
        made.as_deref()
    }

    /// All outlines by id.
    pub fn finish(self) -> Vec<(String, String)> {
        self.outlines.into_iter().collect()
    }
}

fn outline(font: &FontData, coords: &[i16], glyph: u32) -> Option<String> {
    let file = FontRef::from_index(font.data.as_ref(), font.index).ok()?;
    let outline = file.outline_glyphs().get(GlyphId::new(glyph))?;
    let coords: Vec<NormalizedCoord> = coords.iter().map(|c| NormalizedCoord::from_bits(*c)).collect();
    let mut pen = Pen(String::new());
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::new(&coords));
    outline.draw(settings, &mut pen).ok()?;
    Some(pen.0)
}

/// Writes an outline as the data of a path, in whole units of the font.
struct Pen(String);

impl Pen {
    fn add(&mut self, command: char, numbers: &[f32]) {
        self.0.push(command);
        for (i, n) in numbers.iter().enumerate() {
            let n = n.round() as i32;
            let space = if i > 0 && n >= 0 { " " } else { "" };
            let _ = write!(self.0, "{space}{n}");
        }
    }
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[x, y]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[x, y]);
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.add('Q', &[a, b, x, y]);
    }
    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.add('C', &[a, b, c, d, x, y]);
    }
    fn close(&mut self) {
        self.0.push('Z');
    }
}
