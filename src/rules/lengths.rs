//! Widths and heights: measured, pinned by a rule test, or said by the markup.

use crate::pack::model::{Property, Value};
use crate::page::dom::{Dom, El};
use crate::parts::map::Thing;
use crate::parts::screen::Screen;
use crate::parts::tags;
use crate::rules::context::{Context, number};

/// A width or height in CSS pixels; `None` where only a layout would tell.
pub fn of(c: &Context<'_>, thing: &Thing, property: Property, screen: &Screen) -> Option<f32> {
    let wide = property == Property::Width;
    if let Some(b) = screen.boxed(c.scene, thing.anchor) {
        return Some(if wide { b.rect.width } else { b.rect.height });
    }
    let dom = &c.scene.page.dom;
    if let Some(rect) = screen.pinned(dom, thing.anchor) {
        return Some(if wide { rect.width } else { rect.height });
    }
    said(dom, thing.anchor, if wide { "width" } else { "height" }, screen.font(c.scene, thing.anchor))
}

/// What the style attribute says, else the attribute of that name.
fn said(dom: &Dom, el: El, name: &str, font: f32) -> Option<f32> {
    let style = dom.attr(el, "style").unwrap_or("").to_ascii_lowercase();
    let styled =
        tags::declarations(&style).find(|(k, _)| *k == name).and_then(|(_, v)| tags::pixels(v, font));
    let attribute = || {
        let value = dom.attr(el, name)?.trim();
        let plain = value.trim_end_matches("px");
        plain.parse::<f32>().ok().filter(|px| px.is_finite() && *px >= 0.0)
    };
    styled.or_else(attribute)
}

/// A bound in CSS pixels: a number, or "40%" of `whole`; `None` where it is open.
pub fn bound(value: &Value, whole: u32) -> Option<f32> {
    if let Value::Text(text) = value
        && let Some(percent) = text.trim().strip_suffix('%')
    {
        return percent.trim().parse::<f32>().ok().map(|p| p / 100.0 * whole as f32);
    }
    number(value).map(|n| n as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_pixels_or_shares() {
        assert_eq!(bound(&Value::Int(300), 1440), Some(300.0));
        assert_eq!(bound(&Value::Text("40%".into()), 1440), Some(576.0));
        assert_eq!(bound(&Value::Text(String::new()), 1440), None);
    }
}
