//! Attributes that say how things look, as pages had them before stylesheets: rules for those
//! that the engine does not heed.

/// Pixels of space that have a rule.
const SPACES: std::ops::RangeInclusive<usize> = 0..=40;

/// The rules whose values are numbers.
pub fn rules() -> String {
    let rule = |n: usize| {
        format!(
            "table[cellspacing=\"{n}\"]{{border-spacing:{n}px}}\n\
             table[cellpadding=\"{n}\"]>*>tr>:is(td,th){{padding:{n}px}}\n"
        )
    };
    SPACES.map(rule).collect()
}

/// Name under which the engine gets an attribute of an element. What it knows under its own
/// name it would take for the alignment of text, also where it is that of the box.
pub fn name(element: &str, attribute: &str) -> Option<&'static str> {
    (attribute == "align" && matches!(element, "table" | "img" | "iframe")).then_some("box-align")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_rules() {
        assert!(rules().contains("table[cellspacing=\"0\"]{border-spacing:0px}\n"));
        assert_eq!(
            (name("img", "align"), name("td", "align"), name("img", "alt")),
            (Some("box-align"), None, None)
        );
    }
}
