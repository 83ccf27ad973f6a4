//! What the engine does not do, said to it in what it can do: once styles are known, and
//! before boxes are measured.

pub mod captions;
mod clamped;
mod columns;
mod floats;
mod inline;
mod least;
mod rows;
mod shrink;
mod tables;

pub use inline::above_and_below;
pub use rows::join;

use crate::layout::blitz::build::Built;
use crate::layout::blitz::mend::captions::Captioned;
use blitz_dom::{DocumentMutator, LocalName, NodeId, QualName, ns};

/// A change to the engine's tree.
enum Change {
    /// Declarations that win over all others.
    Style(NodeId, String),
    /// What a text says.
    Text(NodeId, String),
    /// A text before an element.
    Before(NodeId, String),
    /// A text as the first that an element holds.
    Start(NodeId, String),
    /// A text as the last that an element holds.
    End(NodeId, String),
    /// A text behind an element.
    After(NodeId, String),
}

/// Changes a document whose styles were worked out. Whether anything was changed.
pub fn mend(built: &mut Built, captioned: &[Captioned]) -> bool {
    let mut changes = Vec::new();
    captioned.iter().for_each(|table| table.changes(&built.doc, &mut changes));
    let mut wide = floats::Wide::default();
    for (_, id) in &built.elements {
        inline::changes(&built.doc, *id, &mut changes);
        clamped::changes(&built.doc, *id, &mut changes);
        shrink::changes(&built.doc, *id, &mut changes);
        tables::changes(&built.doc, *id, &mut changes);
        wide.look(&built.doc, *id, &mut changes);
    }
    wide.widen(&built.doc, &mut changes);
    let changed = !changes.is_empty();
    let mut mutator = built.doc.mutate();
    for change in changes {
        apply(&mut mutator, change);
    }
    changed
}

fn apply(tree: &mut DocumentMutator<'_>, change: Change) {
    match change {
        Change::Style(id, declarations) => style(tree, id, &declarations),
        Change::Text(id, text) => tree.set_node_text(id, &text),
        Change::Before(id, text) => {
            let text = tree.create_text_node(&text);
            tree.before_node(id, &[text]);
        }
        Change::Start(id, text) => {
            let text = tree.create_text_node(&text);
            tree.prepend_nodes(id, &[text]);
        }
        Change::End(id, text) => {
            let text = tree.create_text_node(&text);
            tree.append_children(id, &[text]);
        }
        Change::After(id, text) => {
            let text = tree.create_text_node(&text);
            tree.after_node(id, &[text]);
        }
    }
}

fn style(tree: &mut DocumentMutator<'_>, id: NodeId, declarations: &str) {
    let name = || QualName::new(None, ns!(), LocalName::from("style"));
    let Some(node) = tree.doc.get_node(id) else { return };
    let own = node.attr(LocalName::from("style")).unwrap_or_default();
    // a transition would begin now and show the old value
    let all: String = declarations.split(';').map(|d| format!("{d} !important;")).collect();
    let all = format!("{own};{all}transition:none !important");
    tree.set_attribute(id, name(), &all);
}
