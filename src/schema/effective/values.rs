//! What extensions say about enumerated values: `x-enumDescriptions`, `x-enum-varnames` and their relatives.

use super::{Effective, EnumValue};
use crate::model::Text;
use crate::model::node::Node;

const TEXTS: &[&str] = &["x-enumDescriptions", "x-enum-descriptions"];
const LABELS: &[&str] = &["x-enum-varnames", "x-enumNames", "x-enum-names"];

impl<'a> EnumValue<'a> {
    /// Takes a value of which nothing is said.
    pub(super) fn plain(value: &'a Node) -> EnumValue<'a> {
        EnumValue { value, label: None, text: None, prose: None, deprecated: false }
    }
}

/// Adds to each value what the extensions say about it.
pub(super) fn annotate(out: &mut Effective<'_>) {
    let Some(values) = &mut out.values else { return };
    for entry in &out.extensions {
        let key = &*entry.key;
        for (at, value) in values.iter_mut().enumerate() {
            if TEXTS.contains(&key) {
                value.text = value.text.take().or_else(|| said_about(&entry.value, value.value, at));
            } else if LABELS.contains(&key) {
                value.label = value.label.take().or_else(|| said_about(&entry.value, value.value, at));
            } else if key == "x-ms-enum" {
                annotate_from_list(value, &entry.value);
            }
        }
    }
}

/// An array follows the order of the values, a map names them.
fn said_about(notes: &Node, value: &Node, at: usize) -> Option<Text> {
    match notes.is_list() {
        true => notes.items().get(at)?.as_text(),
        false => notes.get(&value.as_text()?)?.as_text(),
    }
}

fn annotate_from_list(value: &mut EnumValue<'_>, extension: &Node) {
    let Some(list) = extension.get("values") else { return };
    let same = |item: &&Node| item.get("value").is_some_and(|known| known.same_value(value.value));
    let Some(item) = list.items().iter().find(same) else { return };
    value.label = value.label.take().or_else(|| item.get("name")?.as_text());
    value.text = value.text.take().or_else(|| item.get("description")?.as_text());
}
