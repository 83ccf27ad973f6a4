//! Source text to DOM: html5gum's tokens, with their spans, into html5ever's tree
//! builder, behind a guard. The tree is html5ever's own; only the places are added.

use crate::finding::Span;
use crate::limits;
use crate::page::dom::Dom;
use crate::page::sink::{SpanSink, Stop, TokenTag, is_formatting};
use crate::page::spans::{AttrSpan, TagSpans};
use html5ever::interface::TreeSink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, State, Tokenizer};
use std::collections::HashSet;
use std::time::{Duration, Instant};

/// A parsed page, and why it was cut short, if it was.
pub struct Parsed {
    /// The tree with its places.
    pub dom: Dom,
    /// One sentence a limit that was hit.
    pub partial: Vec<String>,
}

/// Parses a page within the limits of `limits.rs`.
pub fn parse(text: &str) -> Parsed {
    parse_within(text, limits::PARSE_TIME)
}

/// Parses a page within a time of its own.
pub fn parse_within(text: &str, time: Duration) -> Parsed {
    let sink = SpanSink::new(text, Instant::now() + time);
    // a byte order mark is no text of the page; places count it all the same
    let base = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let builder = TreeBuilder::new(sink, TreeBuilderOpts::default());
    let adapter = Adapter {
        builder: &builder,
        source: text,
        tag: None,
        seen: HashSet::new(),
        next_state: None,
        base: base as u32,
        token_end: base as u32,
        seen_end: base as u32,
        tokens: 0,
        dropped_attrs: None,
        stopped_at: None,
    };
    let mut tokenizer =
        Tokenizer::new_with_emitter(&text[base..], SpanEmitter { inner: CallbackEmitter::new(adapter) });
    // the adapter yields once, when a limit stops it
    let mut partial = Vec::new();
    let stopped = tokenizer.next().is_some();
    drop(tokenizer);
    if stopped {
        let _ = builder.process_token(Token::EOFToken, 1);
        builder.end();
    }
    let at = builder.sink.stop_place.get();
    if let Some(stop) = builder.sink.stop.get() {
        partial.push(sentence(stop, at, text));
    }
    if let Some(at) = builder.sink.cut_attrs.get() {
        let line = line_of(text, at);
        partial.push(format!(
            "a tag on line {line} has more than {} attributes; the rest of them was not read",
            limits::ATTRIBUTES
        ));
    }
    if let Some(at) = builder.sink.cut_tag.get() {
        let line = line_of(text, at);
        partial.push(format!("it ends in the middle of a tag on line {line}: the rest seems to be missing"));
    }
    let (html, spans) = builder.sink.finish();
    Parsed { dom: Dom::new(html, spans), partial }
}

fn line_of(text: &str, at: u32) -> usize {
    text.as_bytes().iter().take(at as usize).filter(|b| **b == b'\n').count() + 1
}

fn sentence(stop: Stop, at: u32, text: &str) -> String {
    let why = match stop {
        Stop::Depth => format!("elements are nested more than {} deep", limits::DEPTH),
        Stop::Nodes => format!("it asks for more than {} nodes", limits::NODES),
        Stop::Time => "parsing took too long".to_string(),
    };
    format!("the page was read up to line {} only: {why}", line_of(text, at))
}

struct Adapter<'b, 's> {
    builder: &'b TreeBuilder<crate::page::sink::Handle, SpanSink<'s>>,
    source: &'s str,
    tag: Option<OpenTag>,
    /// Names of the open tag's attributes, once they are many.
    seen: HashSet<LocalName>,
    next_state: Option<State>,
    /// Where the tokenizer began.
    base: u32,
    /// End of the last token that was no text.
    token_end: u32,
    /// End of the last token.
    seen_end: u32,
    tokens: u32,
    dropped_attrs: Option<u32>,
    stopped_at: Option<u32>,
}

struct OpenTag {
    tag: Tag,
    start: u32,
    attrs_from: u32,
    /// Whether the last attribute is a duplicate or beyond the limit, so that its value is dropped too.
    skip: bool,
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&String::from_utf8_lossy(bytes))
}

/// The bytes as text where the source holds just these at the place: then they are known to
/// be text without another look.
fn written<'t>(bytes: &[u8], span: Span, source: &'t str) -> Option<&'t str> {
    source.get(span.start as usize..span.end as usize).filter(|text| text.as_bytes() == bytes)
}

fn local(bytes: &[u8]) -> LocalName {
    match std::str::from_utf8(bytes) {
        Ok(name) => LocalName::from(name),
        Err(_) => LocalName::from(&*String::from_utf8_lossy(bytes)),
    }
}

impl Adapter<'_, '_> {
    /// Gives a token to the tree builder; `Some` when a limit stops the parse.
    fn give(&mut self, token: Token, at: u32) -> Option<()> {
        let result = self.builder.process_token(token, 1);
        self.next_state = match result {
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(_) => Some(State::ScriptData),
            TokenSinkResult::Script(_) => Some(State::Data),
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => self.next_state.take(),
        };
        self.tokens += 1;
        if self.tokens.is_multiple_of(256) {
            self.builder.sink.check_time();
        }
        if self.builder.sink.stop.get().is_some() && self.stopped_at.is_none() {
            self.stopped_at = Some(at);
            self.builder.sink.stop_place.set(at);
            return Some(());
        }
        None
    }

    fn text(&mut self, value: &[u8], span: Span) -> Option<()> {
        if let Some(text) = written(value, span, self.source)
            && memchr::memchr(0, value).is_none()
        {
            self.builder.sink.queue.borrow_mut().push(span, None);
            return self.give(Token::CharacterTokens(StrTendril::from_slice(text)), span.start);
        }
        let text = String::from_utf8_lossy(value);
        // the span of an event can miss what stood before a reference: text fills the gap between tokens
        let start = if span.slice(self.source) == text { span.start } else { self.token_end };
        let source = Span::new(start, span.end.max(start));
        if memchr::memchr(0, value).is_none() {
            let other = (source.slice(self.source) != text).then(|| text.clone().into_owned());
            self.builder.sink.queue.borrow_mut().push(source, other);
            return self.give(Token::CharacterTokens(StrTendril::from_slice(&text)), start);
        }
        // a NUL is dropped, or stands as U+FFFD in foreign content
        self.builder.sink.queue.borrow_mut().push(source, Some(text.replace('\0', "\u{FFFD}")));
        let mut stop = None;
        for (i, part) in text.split('\0').enumerate() {
            if i > 0 {
                stop = stop.or(self.give(Token::NullCharacterToken, start));
            }
            if !part.is_empty() {
                stop = stop.or(self.give(Token::CharacterTokens(StrTendril::from_slice(part)), start));
            }
        }
        stop
    }

    fn attribute(&mut self, name: &[u8], span: Span) {
        let Some(open) = &mut self.tag else { return };
        let name = local(name);
        let many = open.tag.attrs.len();
        if many >= limits::ATTRIBUTES {
            open.skip = true;
            if self.dropped_attrs.is_none() {
                self.dropped_attrs = Some(span.start);
                self.builder.sink.cut_attrs.set(Some(span.start));
            }
            return;
        }
        // a set only where the list is long: most tags have a handful
        let twice = if many < 16 {
            open.tag.attrs.iter().any(|a| a.name.local == name)
        } else {
            if self.seen.is_empty() {
                self.seen.extend(open.tag.attrs.iter().map(|a| a.name.local.clone()));
            }
            self.seen.contains(&name)
        };
        open.skip = twice;
        if twice {
            open.tag.had_duplicate_attributes = true;
            return;
        }
        if many >= 16 {
            self.seen.insert(name.clone());
        }
        self.builder.sink.spans.borrow_mut().attrs.push((name.clone(), AttrSpan { name: span, value: None }));
        open.tag.attrs.push(Attribute { name: QualName::new(None, ns!(), name), value: StrTendril::new() });
    }
}

impl Callback<(), usize> for Adapter<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: html5gum::Span<usize>) -> Option<()> {
        if self.stopped_at.is_some() {
            return None;
        }
        let span = Span::new(self.base + span.start as u32, self.base + span.end as u32);
        if !matches!(
            event,
            CallbackEvent::OpenStartTag { .. }
                | CallbackEvent::AttributeName { .. }
                | CallbackEvent::AttributeValue { .. }
        ) {
            self.seen_end = self.seen_end.max(span.end);
        }
        let sink = &self.builder.sink;
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.seen.clear();
                let tag = Tag {
                    kind: TagKind::StartTag,
                    name: local(name),
                    self_closing: false,
                    attrs: Vec::new(),
                    had_duplicate_attributes: false,
                };
                let attrs_from = sink.spans.borrow().attrs.len() as u32;
                self.tag = Some(OpenTag { tag, start: span.start, attrs_from, skip: false });
                None
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute(name, span);
                None
            }
            CallbackEvent::AttributeValue { value } => {
                if let Some(open) = &mut self.tag
                    && !open.skip
                    && let Some(attr) = open.tag.attrs.last_mut()
                {
                    match written(value, span, self.source) {
                        Some(text) => attr.value.push_slice(text),
                        None => attr.value.push_slice(&String::from_utf8_lossy(value)),
                    }
                    if let Some((_, spans)) = sink.spans.borrow_mut().attrs.last_mut() {
                        spans.value = Some(span);
                    }
                }
                None
            }
            CallbackEvent::CloseStartTag { self_closing } => {
                let OpenTag { mut tag, start, attrs_from, .. } = self.tag.take()?;
                tag.self_closing = self_closing;
                // the tree keeps them: no room for more
                tag.attrs.shrink_to_fit();
                let attrs = (attrs_from, sink.spans.borrow().attrs.len() as u32);
                let spans = TagSpans { tag: Span::new(start, span.end), attrs };
                let cloned = is_formatting(&tag.name).then(|| tag.attrs.clone());
                *sink.tag.borrow_mut() = Some(TokenTag { name: tag.name.clone(), spans, attrs: cloned });
                let stop = self.give(Token::TagToken(tag), start);
                *self.builder.sink.tag.borrow_mut() = None;
                self.builder.sink.queue.borrow_mut().clear();
                self.token_end = span.end;
                stop
            }
            CallbackEvent::EndTag { name } => {
                let name = local(name);
                sink.spans.borrow_mut().end_tags.push((name.clone(), span));
                let stop = self.give(
                    Token::TagToken(Tag {
                        kind: TagKind::EndTag,
                        name,
                        self_closing: false,
                        attrs: Vec::new(),
                        had_duplicate_attributes: false,
                    }),
                    span.start,
                );
                self.builder.sink.queue.borrow_mut().clear();
                self.token_end = span.end;
                stop
            }
            CallbackEvent::String { value } => self.text(value, span),
            CallbackEvent::Comment { value } => {
                sink.comment.set(span);
                let stop = self.give(Token::CommentToken(tendril(value)), span.start);
                self.builder.sink.queue.borrow_mut().clear();
                self.token_end = span.end;
                stop
            }
            CallbackEvent::Doctype { name, public_identifier, system_identifier, force_quirks } => {
                let doctype = Doctype {
                    name: Some(name).filter(|n| !n.is_empty()).map(tendril),
                    public_id: public_identifier.map(tendril),
                    system_id: system_identifier.map(tendril),
                    force_quirks,
                };
                let stop = self.give(Token::DoctypeToken(doctype), span.start);
                self.token_end = span.end;
                stop
            }
            // parse errors would clear the tree builder's memory of "<pre>\n": they are not passed on
            CallbackEvent::Error(_) => None,
        }
    }
}

struct SpanEmitter<'b, 's> {
    inner: CallbackEmitter<Adapter<'b, 's>, (), usize>,
}

impl ForwardingEmitter for SpanEmitter<'_, '_> {
    type Token = ();

    fn inner(&mut self) -> &mut impl Emitter<Token = ()> {
        &mut self.inner
    }

    /// Nobody hears of parse errors: looking for them costs a sixth of the parse.
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_eof(&mut self) {
        self.inner.emit_eof();
        let adapter = self.inner.callback_mut();
        if adapter.stopped_at.is_none() {
            // what no token holds is a tag that never ended
            let rest = adapter.source.get(adapter.seen_end as usize..).unwrap_or("");
            if rest.starts_with('<') {
                adapter.builder.sink.cut_tag.set(Some(adapter.seen_end));
            }
            let _ = adapter.builder.process_token(Token::EOFToken, 1);
            adapter.builder.end();
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let naive = self.inner.emit_current_tag();
        self.inner.callback_mut().next_state.take().or(naive)
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.inner.callback_mut().builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
