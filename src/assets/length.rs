//! Lengths of `sizes` and media conditions in CSS pixels.

/// Brackets that may stand in each other.
const NEST: usize = 16;
/// Font size of the root element that `em` and `rem` count here, as browsers do in media queries.
const EM: f32 = 16.0;

/// A length with its unit, or a sum of such in `calc()`, `min()`, `max()`, `clamp()`.
pub fn px(text: &str, screen: (u32, u32)) -> Option<f32> {
    let mut reader = Reader { rest: text.trim(), screen };
    let value = reader.sum(0)?;
    reader.rest.trim().is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
    screen: (u32, u32),
}

impl Reader<'_> {
    fn eat(&mut self, what: &str) -> bool {
        let rest = self.rest.trim_start();
        match rest.strip_prefix(what) {
            Some(after) => {
                self.rest = after;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self, depth: usize) -> Option<f32> {
        let mut value = self.product(depth)?;
        loop {
            if self.eat("+") {
                value += self.product(depth)?;
            } else if self.eat("-") {
                value -= self.product(depth)?;
            } else {
                return Some(value);
            }
        }
    }

    fn product(&mut self, depth: usize) -> Option<f32> {
        let mut value = self.one(depth)?;
        loop {
            if self.eat("*") {
                value *= self.one(depth)?;
            } else if self.eat("/") {
                value /= self.one(depth)?;
            } else {
                return Some(value);
            }
        }
    }

    fn one(&mut self, depth: usize) -> Option<f32> {
        if depth > NEST {
            return None;
        }
        let function = ["calc(", "min(", "max(", "clamp(", "("].into_iter().find(|name| self.eat(name));
        let Some(function) = function else { return self.number() };
        let mut values = vec![self.sum(depth + 1)?];
        while self.eat(",") {
            values.push(self.sum(depth + 1)?);
        }
        if !self.eat(")") {
            return None;
        }
        match (function, values.as_slice()) {
            ("min(", all) => all.iter().copied().reduce(f32::min),
            ("max(", all) => all.iter().copied().reduce(f32::max),
            ("clamp(", [least, value, most]) => Some(value.min(*most).max(*least)),
            (_, [value]) => Some(*value),
            _ => None,
        }
    }

    fn number(&mut self) -> Option<f32> {
        let rest = self.rest.trim_start();
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let sign = usize::from(rest.starts_with(['-', '+']));
        let end = rest.get(sign..)?.find(|c| !digits(c)).map_or(rest.len(), |i| i + sign);
        let value: f32 = rest.get(..end)?.parse().ok()?;
        let rest = rest.get(end..)?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '%').unwrap_or(rest.len());
        let unit = rest.get(..end)?.to_ascii_lowercase();
        self.rest = rest.get(end..)?;
        let (w, h) = (self.screen.0 as f32, self.screen.1 as f32);
        let factor = match unit.as_str() {
            "" | "px" => 1.0,
            "vw" | "svw" | "lvw" | "dvw" | "vi" | "%" => w / 100.0,
            "vh" | "svh" | "lvh" | "dvh" | "vb" => h / 100.0,
            "vmin" => w.min(h) / 100.0,
            "vmax" => w.max(h) / 100.0,
            "em" | "rem" => EM,
            "pt" => 96.0 / 72.0,
            "cm" => 96.0 / 2.54,
            "mm" => 96.0 / 25.4,
            "in" => 96.0,
            _ => return None,
        };
        Some(value * factor)
    }
}

#[cfg(test)]
mod tests {
    use super::px;

    #[test]
    fn lengths_become_pixels() {
        let at = |t: &str| px(t, (1000, 500));
        assert_eq!(at("40em"), Some(640.0));
        assert_eq!(at("calc((100vw - 40px) / 4)"), Some(240.0));
        assert_eq!(at("min(50vw, 300px)"), Some(300.0));
        assert_eq!(at("clamp(100px, 5vw, 200px)"), Some(100.0));
        assert_eq!(at("calc(100vw*-0.5 + 600px)"), Some(100.0));
        assert_eq!(at("auto"), None);
        assert_eq!(at("10zz"), None);
        assert_eq!(at(&"(".repeat(1000)), None);
    }
}
