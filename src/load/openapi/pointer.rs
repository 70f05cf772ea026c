//! Says where in a document a span stands, as a JSON Pointer: in a file of one line, line and column say little.
//!
//! Walks down from the root by spans; it knows nothing of what the parts mean.

use super::uri;
use crate::model::node::{Entry, Node, Span, Value};

/// The longest pointer in bytes; what is longer is cut.
const LONGEST: usize = 200;

/// Returns the pointer of the innermost part around a span, with `#` before it; `None` for the root itself.
///
/// Where YAML aliases or merge keys put parts out of order, the pointer ends at the last part that is in order.
pub fn pointer_to(root: &Node, span: Span) -> Option<String> {
    let mut pointer = "#".to_string();
    let mut node = root;
    loop {
        let (token, next) = match &node.value {
            Value::Map(entries) => match entry_around(entries, span) {
                Some(entry) => (uri::escape(&entry.key), &entry.value),
                None => break,
            },
            Value::List(items) => match item_around(items, span) {
                Some((index, item)) => (index.to_string(), item),
                None => break,
            },
            _ => break,
        };
        pointer.push('/');
        if pointer.len() + token.len() > LONGEST {
            pointer.push('…');
            break;
        }
        pointer.push_str(&token);
        node = next;
    }
    (pointer.len() > 1).then_some(pointer)
}

/// Returns the pointer (without `#`) of the part that stands at a place; `None` when there is none, or when YAML aliases
/// or merge keys put it out of order.
pub fn path_to(root: &Node, span: Span) -> Option<String> {
    let mut pointer = String::new();
    let mut node = root;
    while node.span != span {
        let (token, next) = match &node.value {
            Value::Map(entries) => entry_around(entries, span).map(|entry| (uri::escape(&entry.key), &entry.value))?,
            Value::List(items) => item_around(items, span).map(|(index, item)| (index.to_string(), item))?,
            _ => return None,
        };
        pointer.push('/');
        pointer.push_str(&token);
        node = next;
    }
    Some(pointer)
}

fn entry_around(entries: &[Entry], span: Span) -> Option<&Entry> {
    let after = entries.partition_point(|entry| entry.key_span.start <= span.start);
    let entry = entries.get(after.checked_sub(1)?)?;
    (span.start < entry.value.span.end.max(entry.key_span.end)).then_some(entry)
}

fn item_around(items: &[Node], span: Span) -> Option<(usize, &Node)> {
    let after = items.partition_point(|item| item.span.start <= span.start);
    let index = after.checked_sub(1)?;
    let item = items.get(index)?;
    (span.start < item.span.end).then_some((index, item))
}
