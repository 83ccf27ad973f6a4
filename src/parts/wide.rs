//! Pages made for desks on a phone: most of what they say runs off its screen, and phones shrink
//! them until all of their width is seen.

use crate::pack::model::Region;
use crate::parts::scene::Scene;
use crate::parts::screen::Screen;
use crate::parts::walk::RowSource;

/// Widest screen of a phone, in CSS pixels.
const PHONE: u32 = 600;
/// What runs over the edge by less is cut by chance, in CSS pixels.
const OVER: f32 = 16.0;
/// Texts of the main column that show how wide a page is, at least.
const TEXTS: usize = 8;
/// By how much phones shrink a page at most.
const MOST: f32 = 4.0;

/// How wide a page is as a whole, in CSS pixels, where that is more than a phone's screen.
pub fn page_width(scene: &Scene<'_>, screen: &Screen) -> Option<f32> {
    let width = screen.viewport().width as f32;
    if screen.viewport().width > PHONE || screen.geometry().is_none() {
        return None;
    }
    let rows = scene.walk.rows.iter().filter(|row| matches!(row.source, RowSource::Text(_)));
    let main = rows.filter(|row| scene.walk.fact(row.el).regions.holds(Region::Main));
    let rights = main.filter_map(|row| screen.area(scene, row.el)).filter(|r| r.area() > 0.0);
    let mut rights: Vec<f32> = rights.map(|r| r.right()).collect();
    let over = rights.iter().filter(|right| **right > width + OVER).count();
    if rights.len() < TEXTS || 2 * over <= rights.len() {
        return None;
    }
    // a few that lie further out are beside the page
    rights.sort_by(f32::total_cmp);
    let most = rights.get(rights.len() - 1 - rights.len() / 20).copied()?;
    Some(most.min(width * MOST))
}
