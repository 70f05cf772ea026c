//! Schemas in compact form: one line a field, named schemas written out once and named after that.

use std::collections::HashSet;

use super::{Twin, one_line};
use crate::model::api::{MediaType, SchemaId};
use crate::model::route::{ApiIndex, Subject};
use crate::render::reference::Reference;
use crate::schema::effective::{ChoiceKind, Effective};
use crate::schema::words::{self, Rule};
use crate::schema::{Direction, example, type_name};

/// Bytes of schemas in one twin; what is beyond is named and linked.
const BUDGET: usize = 16_000;
/// Levels of fields inside one another.
const DEPTH: usize = 4;
/// Characters of a field's description.
const DESCRIPTION: usize = 240;
/// Values of an enumeration that are listed.
const VALUES: usize = 40;
/// Branches of a choice that are written out.
const BRANCHES: usize = 12;
/// Bytes of an example.
const EXAMPLE: usize = 2_000;

/// What has been written of schemas in one twin.
#[derive(Default)]
pub(super) struct Written {
    expanded: HashSet<SchemaId>,
    open: Vec<SchemaId>,
    bytes: usize,
}

impl<'a> Twin<'a> {
    pub(super) fn schema_page(&mut self, api: ApiIndex, id: SchemaId) {
        let reference = Reference::new(&self.context, api);
        let effective = reference.schemas.effective(&[id]);
        self.line(&format!("Schema of {}.", self.link(Subject::Api(api)).unwrap_or_default()));
        for prose in &effective.descriptions {
            self.prose(api, prose);
        }
        let type_text = type_name::to_text(reference.schemas, &type_name::pieces_of(reference.schemas, &effective));
        let mut line = format!("Type: {type_text}");
        push_rules(&mut line, &effective);
        self.line(&line);
        let mut written = Written::default();
        written.open.extend(effective.identity);
        self.parts(&reference, &effective, Direction::Either, 0, &mut written);
        self.end_list();
        let limits = &reference.settings.limits;
        let shown = example::of_schema(reference.schemas, id, Direction::Either, limits).into_iter();
        if let Some(value) = shown.filter_map(|shown| shown.value).next() {
            self.json_block("Example", &crate::schema::wire::json(&value));
        }
        let users: Vec<u32> = reference.usage.operations(id).map(|(at, _)| at).collect();
        if !users.is_empty() {
            self.line("## Used by");
        }
        for at in users {
            if let Some(entry) = self.entry(Subject::Operation(api, at)) {
                self.item(&entry);
            }
        }
        self.end_list();
    }

    pub(super) fn json_block(&mut self, title: &str, text: &str) {
        if text.len() <= EXAMPLE {
            self.line(&format!("{title}:"));
            self.line(&format!("```json\n{}\n```", text.trim_end()));
        }
    }

    /// Adds a media type with its schema and an example.
    pub(super) fn media(
        &mut self,
        reference: &Reference<'a>,
        media: &'a MediaType,
        direction: Direction,
        written: &mut Written,
    ) {
        let name = if media.name.is_empty() { "any media type" } else { &media.name };
        let parts: Vec<SchemaId> = media.schema.or(media.item_schema).into_iter().collect();
        if parts.is_empty() {
            return self.line(&format!("`{name}`"));
        }
        let effective = reference.schemas.effective(&parts);
        let stream = if media.schema.is_none() { "a stream of " } else { "" };
        let mut line = format!("`{name}`: {stream}{}", self.type_link(reference, &parts, &effective));
        push_rules(&mut line, &effective);
        self.line(&line);
        self.fields_of(reference, &effective, direction, 0, written);
        self.end_list();
        let limits = &reference.settings.limits;
        let shown = example::of_media(reference.schemas, media, direction, limits).into_iter().next();
        let json = crate::schema::wire::syntax(&media.name) == crate::schema::wire::Syntax::Json;
        if let Some(value) = shown.and_then(|shown| shown.value).filter(|_| json) {
            self.json_block("Example", &crate::schema::wire::json(&value));
        }
    }

    /// The name of a type; a named schema as a link to its twin.
    fn type_link(&self, reference: &Reference<'a>, parts: &[SchemaId], effective: &Effective<'_>) -> String {
        let text = type_name::text(reference.schemas, parts);
        let page = effective.identity.and_then(|id| self.href(Subject::Schema(reference.at, id)));
        match page {
            Some(href) => format!("[{}]({href})", super::label(&text)),
            None => text,
        }
    }

    /// Writes what a value is made of, unless its schema was written out before.
    fn fields_of(
        &mut self,
        reference: &Reference<'a>,
        effective: &Effective<'a>,
        direction: Direction,
        depth: usize,
        written: &mut Written,
    ) {
        if depth >= DEPTH || written.bytes > BUDGET {
            return;
        }
        if let Some(id) = effective.identity {
            if written.open.contains(&id) || !written.expanded.insert(id) {
                return;
            }
            written.open.push(id);
        }
        self.parts(reference, effective, direction, depth, written);
        if effective.identity.is_some() {
            written.open.pop();
        }
    }

    fn parts(
        &mut self,
        reference: &Reference<'a>,
        effective: &Effective<'a>,
        direction: Direction,
        depth: usize,
        written: &mut Written,
    ) {
        for property in &effective.object.properties {
            let of = reference.schemas.effective(&property.parts);
            if direction.hides(of.read_only, of.write_only) {
                continue;
            }
            let before = self.out.len();
            let need = if property.required { ", required" } else { "" };
            self.field(reference, property.name, &property.parts, &of, need, depth);
            written.bytes += self.out.len() - before;
            self.fields_of(reference, &of, direction, depth + 1, written);
        }
        for (pattern, id) in &effective.object.patterns {
            let of = reference.schemas.effective(&[*id]);
            self.field(reference, &format!("/{pattern}/"), &[*id], &of, "", depth);
            self.fields_of(reference, &of, direction, depth + 1, written);
        }
        if let Some(values) = effective.map_values(reference.schemas) {
            let of = reference.schemas.effective(&values);
            self.field(reference, "<any other name>", &values, &of, "", depth);
            self.fields_of(reference, &of, direction, depth + 1, written);
        }
        if !effective.array.items.is_empty() {
            let of = reference.schemas.effective(&effective.array.items);
            self.fields_of(reference, &of, direction, depth, written);
        }
        self.choices(reference, effective, direction, depth, written);
    }

    fn choices(
        &mut self,
        reference: &Reference<'a>,
        effective: &Effective<'a>,
        direction: Direction,
        depth: usize,
        written: &mut Written,
    ) {
        for choice in &effective.choices {
            let words = match choice.kind {
                ChoiceKind::One | ChoiceKind::Child => "Exactly one of:",
                ChoiceKind::Any => "One or more of:",
            };
            self.indent(depth);
            self.item(words);
            let branches = choice.labelled(reference.schemas, effective);
            let more = branches.len().saturating_sub(BRANCHES);
            for branch in branches.into_iter().take(BRANCHES) {
                let of = reference.schemas.effective(&[branch.id]);
                let mut line = self.type_link(reference, &[branch.id], &of);
                if branch.identity.is_none() {
                    line = format!("{} ({line})", branch.label);
                }
                if let Some((discriminator, _)) = effective.discriminator.filter(|_| !branch.values.is_empty()) {
                    line.push_str(&format!(", `{}` = `{}`", discriminator.property, branch.values.join("`, `")));
                }
                self.indent(depth + 1);
                self.item(&line);
                self.fields_of(reference, &of, direction, depth + 2, written);
            }
            if more > 0 {
                self.indent(depth + 1);
                self.item(&format!("{more} more"));
            }
        }
    }

    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.out.push_str("  "));
    }

    /// Adds the line of one field or parameter.
    pub(super) fn field(
        &mut self,
        reference: &Reference<'a>,
        name: &str,
        parts: &[SchemaId],
        effective: &Effective<'a>,
        need: &str,
        depth: usize,
    ) {
        let mut line = format!("`{name}` ({}{need}", self.type_link(reference, parts, effective));
        line.push_str(if effective.read_only { ", read-only" } else { "" });
        line.push_str(if effective.write_only { ", write-only" } else { "" });
        line.push_str(if effective.deprecated { ", deprecated" } else { "" });
        line.push(')');
        push_rules(&mut line, effective);
        if let Some(prose) = effective.descriptions.first() {
            line.push_str(": ");
            line.push_str(&self.short(reference.at, prose));
        }
        self.indent(depth);
        self.item(&line);
    }

    /// The first paragraph of a description, on one line.
    pub(super) fn short(&self, api: ApiIndex, prose: &crate::model::api::Prose) -> String {
        let first = prose.text.trim().split("\n\n").next().unwrap_or_default();
        if first.chars().count() > DESCRIPTION {
            return crate::render::pages::parts::cut(
                &crate::render::markdown::plain::plain(first, DESCRIPTION),
                DESCRIPTION,
            );
        }
        if first.contains("](") || first.contains("<!--") {
            return one_line(self.prose_text(api, prose).trim().split("\n\n").next().unwrap_or_default());
        }
        one_line(first)
    }
}

/// Adds bounds, values and the default.
fn push_rules(line: &mut String, effective: &Effective<'_>) {
    for rule in words::rules(effective) {
        line.push_str(", ");
        match rule {
            Rule::Words(text) => line.push_str(&text),
            Rule::Code(word, code) => line.push_str(&format!("{word} `{code}`")),
        }
    }
    if let Some(constant) = effective.constant {
        line.push_str(&format!(", always `{}`", words::value(constant)));
    }
    if let Some(values) = &effective.values {
        let shown: Vec<String> =
            values.iter().take(VALUES).map(|one| format!("`{}`", words::value(one.value))).collect();
        let more = values.len().saturating_sub(VALUES);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        line.push_str(&format!(", one of {}{more}", shown.join(", ")));
    }
    if let Some(default) = effective.default {
        let text = words::value(default);
        if text.len() <= 200 {
            line.push_str(&format!(", default `{text}`"));
        }
    }
}
