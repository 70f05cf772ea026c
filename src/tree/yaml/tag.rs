//! Scalars of YAML: by their tag, else by their spelling.

use std::ops::Range;

use granit_parser::{ScalarStyle, Tag};

use super::Reader;
use crate::diag::codes::tree::YAML_TAG;
use crate::model::node::Value;
use crate::tree::problems::quote;
use crate::tree::scalar;

/// Returns true for the tag of `<<`.
pub(super) fn is_merge(tag: &Tag) -> bool {
    name(tag).as_deref() == Some("merge")
}

/// Returns the name of a tag of YAML itself, such as `str`; `None` for any other tag.
fn name(tag: &Tag) -> Option<String> {
    tag.suffix_in_namespace("tag:yaml.org,2002:").map(|name| name.into_owned())
}

impl Reader<'_> {
    /// Returns what a scalar means. A tag that is not one of YAML's own changes nothing.
    pub(super) fn scalar_value(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Value {
        let asked = tag.and_then(name);
        let Some(kind) = asked.as_deref() else {
            let is_text = style != ScalarStyle::Plain || tag.is_some_and(is_bare);
            return if is_text { Value::String(self.tree.text(text)) } else { scalar::plain(&mut self.tree, text) };
        };
        let value = match kind {
            "null" => scalar::is_null(text).then_some(Value::Null),
            "bool" => scalar::boolean(text).map(Value::Bool),
            "int" => scalar::number(&mut self.tree, text)
                .filter(|number| number.json.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit()))
                .map(Value::Number),
            "float" => scalar::number(&mut self.tree, text).map(Value::Number),
            _ => return Value::String(self.tree.text(text)),
        };
        value.unwrap_or_else(|| {
            if kind != "float" || !is_infinite_or_nan(text) {
                let message = format!("{} is no `!!{kind}`; it is used as a text", quote(text));
                let diagnostic = self.problems.at(YAML_TAG, range, message);
                self.problems.push(diagnostic.help("remove the tag or mend the value"));
            }
            Value::String(self.tree.text(text))
        })
    }
}

fn is_infinite_or_nan(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN")
}

/// Returns true for `!` alone, which makes any scalar a text.
fn is_bare(tag: &Tag) -> bool {
    tag.handle().len() + tag.suffix().len() == 1
}
