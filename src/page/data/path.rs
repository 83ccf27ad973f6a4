//! The path language over structured data: `Product.offers.price`,
//! `priceSpecification[priceType=ListPrice]`, `meta:product:price:amount`.

/// A parsed path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DataPath {
    /// `<meta name|property>`.
    Meta(String),
    /// From a schema.org type, step by step; no step asks whether one is there.
    Type {
        /// Local name of the type.
        name: String,
        /// Steps.
        steps: Vec<Step>,
    },
}

/// One step: a property, with at most one filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The property.
    pub name: String,
    /// Only objects whose property equals (or contains) the text.
    pub filter: Option<Filter>,
}

/// `[name=value]` or `[name~=value]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The property.
    pub name: String,
    /// The text, compared without case.
    pub value: String,
    /// Whether containing it is enough.
    pub contains: bool,
}

impl DataPath {
    /// Parses a path.
    ///
    /// # Errors
    /// The byte where it goes wrong, and why.
    pub fn parse(path: &str) -> Result<DataPath, (usize, String)> {
        if let Some(name) = path.strip_prefix("meta:") {
            if name.is_empty() {
                return Err((5, "the name of the <meta> is missing".into()));
            }
            return Ok(DataPath::Meta(name.to_string()));
        }
        let mut at = 0;
        let mut parts = Vec::new();
        for part in split(path) {
            parts.push(step(part, at)?);
            at += part.len() + 1;
        }
        let first = parts.remove(0);
        if !first.name.starts_with(|c: char| c.is_ascii_uppercase()) {
            return Err((0, "a path begins with a schema.org type, such as Product".into()));
        }
        if first.filter.is_some() {
            return Err((first.name.len(), "a filter stands behind a property, not behind the type".into()));
        }
        Ok(DataPath::Type { name: first.name, steps: parts })
    }
}

/// Splits at dots outside brackets.
fn split(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut inside) = (0, false);
    for (i, c) in path.char_indices() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            '.' if !inside => {
                parts.push(&path[from..i]);
                from = i + 1;
            }
            _ => {}
        }
    }
    parts.push(&path[from..]);
    parts
}

fn step(part: &str, at: usize) -> Result<Step, (usize, String)> {
    let (name, filter) = match part.split_once('[') {
        None => (part, None),
        Some((name, rest)) => {
            let Some(inner) = rest.strip_suffix(']') else {
                return Err((at + name.len(), "this [ is never closed".into()));
            };
            let Some((key, value)) = inner.split_once('=') else {
                return Err((at + name.len() + 1, "a filter reads [property=value]".into()));
            };
            let contains = key.ends_with('~');
            let key = key.trim_end_matches('~');
            (name, Some(Filter { name: key.to_string(), value: value.to_lowercase(), contains }))
        }
    };
    let good = |n: &str| {
        !n.is_empty() && n.chars().all(|c| c.is_ascii_alphanumeric() || c == '@' || c == '_' || c == '-')
    };
    if !good(name) || filter.as_ref().is_some_and(|f| !good(&f.name)) {
        return Err((at, "a property's name is expected here".into()));
    }
    Ok(Step { name: name.to_string(), filter })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_paths_and_says_where_they_go_wrong() {
        assert!(DataPath::parse("Product.offers.price").is_ok());
        assert!(DataPath::parse("FAQPage").is_ok());
        assert!(DataPath::parse("Offer.priceSpecification[priceType=ListPrice].price").is_ok());
        assert!(DataPath::parse("Product.additionalProperty[name~=shelf]").is_ok());
        assert_eq!(DataPath::parse("meta:og:title"), Ok(DataPath::Meta("og:title".into())));
        assert_eq!(DataPath::parse("Product..price").map_err(|e| e.0), Err(8));
        assert_eq!(DataPath::parse("product.price").map_err(|e| e.0), Err(0));
        assert_eq!(DataPath::parse("Product.a[b").map_err(|e| e.0), Err(9));
        assert!(DataPath::parse("").is_err());
    }
}
