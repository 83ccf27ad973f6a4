//! What a stylesheet asks for: `@import` and the fonts of `@font-face`.

use crate::assets::refs::off_screen;
use cssparser::{BasicParseError, Parser, Token};

/// What a stylesheet asks for, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Addresses of `@import`.
    pub imports: Vec<String>,
    /// `@font-face` rules.
    pub faces: Vec<Face>,
}

/// One `@font-face`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// Family, weight and style as written, in lower case: what tells faces of a family apart.
    pub name: [String; 3],
    /// Its sources that may be read, in order.
    pub urls: Vec<String>,
    /// First and last code points of its `unicode-range`; empty for all.
    pub ranges: Vec<(u32, u32)>,
}

/// Rules that are looked at in one stylesheet.
const RULES: usize = 200_000;

/// Scans a stylesheet's top level.
pub fn scan(css: &str) -> Asked {
    let mut parser = Parser::new(css);
    let mut asked = Asked::default();
    let mut early = true;
    for _ in 0..RULES {
        let Ok(token) = parser.next().cloned() else { break };
        match token {
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                let url = import(&mut parser);
                if early {
                    asked.imports.extend(url);
                }
            }
            Token::AtKeyword(name) if name.eq_ignore_ascii_case("font-face") => {
                early = false;
                if let Some(face) = face(&mut parser) {
                    asked.faces.push(face);
                }
            }
            Token::AtKeyword(name)
                if name.eq_ignore_ascii_case("charset") || name.eq_ignore_ascii_case("layer") => {}
            Token::CurlyBracketBlock => early = false,
            _ => {}
        }
    }
    asked
}

/// The address after `@import`, and on to the end of the rule; `None` where it is not for screens.
fn import(parser: &mut Parser<'_>) -> Option<String> {
    let mut url = None;
    let mut first = true;
    let mut from = parser.position();
    while let Ok(token) = parser.next().cloned() {
        match token {
            Token::Semicolon => break,
            Token::QuotedString(text) | Token::UnquotedUrl(text) if first => url = Some(text.to_string()),
            Token::Function(name) if first && name.eq_ignore_ascii_case("url") => url = argument(parser),
            Token::CurlyBracketBlock => return None,
            _ => {}
        }
        if first {
            from = parser.position();
        }
        first = false;
    }
    url.filter(|_| !off_screen(media(parser.slice_from(from))))
}

/// The media query behind the layer and the condition that an import names.
fn media(text: &str) -> &str {
    let mut rest = text.trim().trim_end_matches(';').trim();
    for name in ["layer", "supports"] {
        let Some(after) = rest.strip_prefix(name) else { continue };
        rest = match after.strip_prefix('(') {
            Some(inside) => inside.get(closed(inside)..).unwrap_or_default().trim_start(),
            None => after.trim_start(),
        };
    }
    rest
}

/// Where what follows an open bracket begins.
fn closed(inside: &str) -> usize {
    let mut depth = 1;
    let end = inside.bytes().position(|b| {
        depth += i32::from(b == b'(') - i32::from(b == b')');
        depth == 0
    });
    end.map_or(inside.len(), |i| i + 1)
}

/// The string in `url("...")`.
fn argument(parser: &mut Parser<'_>) -> Option<String> {
    parser
        .parse_nested_block(|p| -> Result<String, cssparser::ParseError<()>> {
            Ok(p.expect_string()?.to_string())
        })
        .ok()
}

fn face(parser: &mut Parser<'_>) -> Option<Face> {
    while let Ok(token) = parser.next().cloned() {
        match token {
            Token::CurlyBracketBlock => {
                return parser
                    .parse_nested_block(|p| -> Result<Face, cssparser::ParseError<()>> { Ok(descriptors(p)) })
                    .ok();
            }
            Token::Semicolon => return None,
            _ => {}
        }
    }
    None
}

fn descriptors(parser: &mut Parser<'_>) -> Face {
    let mut face = Face::default();
    let mut name = String::new();
    let mut value = false;
    let start = |p: &Parser<'_>| p.position();
    let mut from = start(parser);
    loop {
        let token: Result<Token<'_>, BasicParseError> = parser.next().cloned();
        match token {
            Ok(Token::Semicolon) | Err(_) => {
                let text = parser.slice_from(from).trim().trim_end_matches(';').trim().to_ascii_lowercase();
                match name.as_str() {
                    "font-family" => face.name[0] = text.trim_matches(['"', '\'']).to_string(),
                    "font-weight" => face.name[1] = text,
                    "font-style" => face.name[2] = text,
                    "unicode-range" => face.ranges = ranges(&text),
                    _ => {}
                }
                if token.is_err() {
                    return face;
                }
                name.clear();
                value = false;
            }
            Ok(Token::Ident(ident)) if !value && name.is_empty() => name = ident.to_ascii_lowercase(),
            Ok(Token::Colon) if !value => {
                value = true;
                from = start(parser);
            }
            Ok(Token::UnquotedUrl(url)) if name == "src" => face.urls.push(url.to_string()),
            Ok(Token::Function(function)) if name == "src" && function.eq_ignore_ascii_case("url") => {
                face.urls.extend(argument(parser));
            }
            Ok(_) => {}
        }
    }
}

/// `u+0000-00ff, u+4??`.
fn ranges(text: &str) -> Vec<(u32, u32)> {
    let one = |part: &str| {
        let part = part.trim().strip_prefix("u+")?;
        let hex = |t: &str| u32::from_str_radix(t, 16).ok();
        match part.split_once('-') {
            Some((from, to)) => Some((hex(from)?, hex(to)?)),
            None => Some((hex(&part.replace('?', "0"))?, hex(&part.replace('?', "f"))?)),
        }
    };
    text.split(',').filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_stand_before_rules() {
        let css = "@charset 'utf-8'; @import 'a.css'; @import url(b.css) screen; @import url(\"c.css\") layer(x);\n\
                   p{color:red} @import 'late.css'; @media x{@import 'in.css';}";
        assert_eq!(scan(css).imports, ["a.css", "b.css", "c.css"]);
        let paper = "@import 'a.css' print; @import 'b.css' layer(a) supports(not (c:d)) print, speech; \
                     @import 'c.css' layer screen; @import 'd.css' layer(print);";
        assert_eq!(scan(paper).imports, ["c.css", "d.css"]);
        assert_eq!(scan("/* @import 'x' */ @import").imports, Vec::<String>::new());
    }

    #[test]
    fn faces_are_told_apart() {
        let css = "@font-face{font-family:'Tea';font-weight:700;src:local(x),url(t.woff2) format('woff2'),url('t.ttf');\
                   unicode-range:U+0-FF,U+4??} @font-face{src:url(u.woff)}";
        let faces = scan(css).faces;
        assert_eq!(faces[0].name, ["tea", "700", ""]);
        assert_eq!(faces[0].urls, ["t.woff2", "t.ttf"]);
        assert_eq!(faces[0].ranges, [(0, 0xff), (0x400, 0x4ff)]);
        assert_eq!(faces[1].urls, ["u.woff"]);
    }
}
