//! Oddities that a description repeats thousands of times, reported once for each file and keyword.
//!
//! Takes the entries as they are met; gives one diagnostic each with the first place and a count.

use std::collections::BTreeMap;

use crate::diag::codes::description as codes;
use crate::load::openapi::lift::Lifter;
use crate::model::Text;
use crate::model::api::SpecVersion;
use crate::model::node::{Entry, Span};

/// What was met so far.
#[derive(Debug, Default)]
pub struct Notes {
    siblings: BTreeMap<(u32, Text), Met>,
    keywords: BTreeMap<(u32, Text), (Met, SpecVersion)>,
    nullables: BTreeMap<u32, Met>,
}

#[derive(Debug, Clone, Copy)]
struct Met {
    count: usize,
    first: Span,
}

impl Met {
    fn again(&mut self, span: Span) {
        self.count += 1;
        if span.start < self.first.start {
            self.first = span;
        }
    }
}

impl Notes {
    /// Counts a field beside a `$ref` that has no effect.
    pub fn ignored_sibling(&mut self, entry: &Entry) {
        let met = Met { count: 0, first: entry.key_span };
        self.siblings.entry((entry.key_span.file, entry.key.clone())).or_insert(met).again(entry.key_span);
    }

    /// Counts a `nullable` that adds nothing, since its schema has no type.
    pub fn nullable_without_type(&mut self, key: Span) {
        self.nullables.entry(key.file).or_insert(Met { count: 0, first: key }).again(key);
    }

    /// Counts a keyword that the version at its place does not have.
    pub fn keyword_of_another_version(&mut self, entry: &Entry, spec: SpecVersion) {
        let Some((since, until)) = versions_of(&entry.key) else { return };
        let old_dependencies = &*entry.key == "dependencies" && spec >= SpecVersion::V3_1;
        if (since..=until).contains(&spec) && !old_dependencies {
            return;
        }
        let met = (Met { count: 0, first: entry.key_span }, spec);
        let key = (entry.key_span.file, entry.key.clone());
        self.keywords.entry(key).or_insert(met).0.again(entry.key_span);
    }
}

/// Returns the first and last version that has a keyword; `None` for keywords of all versions and unknown ones.
fn versions_of(key: &str) -> Option<(SpecVersion, SpecVersion)> {
    use SpecVersion::{V2_0, V3_0, V3_1, V3_2};
    Some(match key {
        "nullable" => (V3_0, V3_0),
        "additionalItems" | "dependencies" => (V2_0, V2_0),
        "oneOf" | "anyOf" | "not" | "writeOnly" | "deprecated" => (V3_0, V3_2),
        "const"
        | "examples"
        | "prefixItems"
        | "contains"
        | "minContains"
        | "maxContains"
        | "propertyNames"
        | "patternProperties"
        | "if"
        | "then"
        | "else"
        | "dependentRequired"
        | "dependentSchemas"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "$defs"
        | "$id"
        | "$anchor"
        | "$dynamicRef"
        | "$dynamicAnchor"
        | "$comment"
        | "$schema"
        | "contentEncoding"
        | "contentMediaType"
        | "contentSchema" => (V3_1, V3_2),
        _ => return None,
    })
}

/// Returns the words for a version.
fn word(spec: SpecVersion) -> &'static str {
    match spec {
        SpecVersion::V2_0 => "Swagger 2.0",
        SpecVersion::V3_0 => "OpenAPI 3.0",
        SpecVersion::V3_1 => "OpenAPI 3.1",
        SpecVersion::V3_2 => "OpenAPI 3.2",
    }
}

impl Lifter<'_> {
    /// Reports what was counted.
    pub fn report_notes(&mut self) {
        let notes = std::mem::take(&mut self.notes);
        for ((_, key), met) in notes.siblings {
            let message = format!("`{key}` beside `$ref` has no effect{}", more(met.count));
            let help = "put the reference into `allOf`, or the text where the reference leads".to_string();
            self.report(codes::REF_SIBLING_IGNORED, met.first, message).help = Some(help);
        }
        for met in notes.nullables.into_values() {
            let message = format!("`nullable` has no effect without a `type`{}", more(met.count));
            self.report(codes::KEYWORD_VERSION, met.first, message).help = Some("add the `type`".to_string());
        }
        for ((_, key), (met, spec)) in notes.keywords {
            let message = format!("{} does not know `{key}`{}", word(spec), more(met.count));
            let help = match &*key {
                "nullable" => "write `type: [string, \"null\"]`".to_string(),
                "dependencies" => "write `dependentRequired` or `dependentSchemas`".to_string(),
                "additionalItems" => "write `prefixItems` and `items`".to_string(),
                _ => "it is shown all the same; other tools may ignore it".to_string(),
            };
            self.report(codes::KEYWORD_VERSION, met.first, message).help = Some(help);
        }
    }
}

fn more(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        count => format!(" ({count} places in this file)"),
    }
}
