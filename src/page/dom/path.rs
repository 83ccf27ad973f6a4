//! CSS paths: where an element is, for people and for tools.

use super::{Dom, El};

impl Dom {
    /// A CSS path to the element: from the nearest id, else from `html`, by nth-of-type.
    pub fn css_path(&self, el: El) -> String {
        let mut steps = Vec::new();
        let mut at = Some(el);
        while let Some(e) = at {
            let name = self.name(e);
            if let Some(id) = self.id(e)
                && !id.is_empty()
                && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
                && !id.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            {
                steps.push(format!("#{id}"));
                break;
            }
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            let name = if plain { name } else { "*" };
            let Some(parent) = self.parent(e) else {
                steps.push(name.to_string());
                break;
            };
            let same = |c: &El| plain && self.name(*c) == self.name(e);
            let index = self.children(parent).take_while(|c| *c <= e).filter(same).count();
            let alone = self.children(parent).filter(same).nth(1).is_none();
            steps.push(if plain && !alone {
                format!("{name}:nth-of-type({index})")
            } else {
                name.to_string()
            });
            at = Some(parent);
        }
        steps.reverse();
        steps.join(" > ")
    }
}
