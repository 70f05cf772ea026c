//! Rules between the parts of a value, in words where they are simple: `not`, `if`, dependent fields, `contains`.

use super::tree::Scope;
use super::{Reference, push_ticked};
use crate::model::Text;
use crate::model::api::{Schema, SchemaId};
use crate::render::html::HtmlBuilder;
use crate::schema::effective::Condition;
use crate::schema::type_name::types_text;
use crate::schema::{Effective, type_name, words};

impl<'a> Reference<'a> {
    /// Adds the rules between the parts of a value.
    pub(super) fn push_notes(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        let object = &inner.object;
        if inner.is_closed(self.schemas) && !object.properties.is_empty() {
            html.push_markup("<p class=\"schema__note\">No other fields.</p>");
        }
        for (name, needs) in &object.dependent_required {
            let list = needs.iter().map(|need| format!("`{need}`")).collect::<Vec<_>>().join(" and ");
            push_note(html, &format!("If `{name}` is sent, {list} must be sent too."));
        }
        for (name, id) in &object.dependent_schemas {
            push_note(html, &format!("If `{name}` is sent:"));
            self.push_block(html, *id, &scope.inside(&format!("with {name}")));
        }
        for names in object.names.clone() {
            self.push_rule_of(html, "Field names", names, scope);
        }
        for (id, least, most) in &inner.array.contains {
            let count = words::counted(*least, *most, "item", "items").unwrap_or_else(|| "at least 1 item".into());
            self.push_rule_of(html, &format!("Contains {count} of"), *id, scope);
        }
        for (label, id) in [("Every other item", inner.array.unevaluated), ("Any other field", object.unevaluated)] {
            if let Some(id) = id.filter(|id| self.schemas.get(*id).boolean.is_none()) {
                self.push_rule_of(html, label, id, scope);
            }
        }
        for id in &inner.not {
            self.push_not(html, *id, scope);
        }
        for (at, condition) in inner.conditions.iter().enumerate() {
            self.push_condition(html, *condition, &scope.inside(&format!("condition {}", at + 1)));
        }
    }

    fn push_rule_of(&mut self, html: &mut HtmlBuilder, label: &str, id: SchemaId, scope: &Scope<'_>) {
        let effective = self.schemas.effective(&[id]);
        html.push_markup("<div class=\"field__items\"><span class=\"field__label\">");
        html.push_text(label);
        html.push_markup("</span> ");
        self.push_type(html, &[id], &effective);
        self.push_rules(html, &effective);
        let scope = scope.inside(label);
        for prose in effective.descriptions.clone() {
            self.push_prose(html, "prose field__text", prose);
        }
        self.push_facts(html, &effective, &scope, false);
        self.push_nested(html, &effective, &scope);
        html.push_markup("</div>");
    }

    fn push_block(&mut self, html: &mut HtmlBuilder, id: SchemaId, scope: &Scope<'_>) {
        if scope.depth > 16 {
            return;
        }
        html.push_markup("<div class=\"schema__block\">");
        let effective = self.schemas.effective(&[id]);
        let said = !effective.types.is_empty() && !effective.inferred;
        if said || effective.identity.is_some() {
            html.push_markup("<p class=\"schema__type\">");
            self.push_type(html, &[id], &effective);
            html.push_markup("</p>");
        }
        for prose in effective.descriptions.clone() {
            self.push_prose(html, "prose field__text", prose);
        }
        self.push_facts(html, &effective, scope, false);
        self.push_branch_fields(html, &effective, scope);
        html.push_markup("</div>");
    }

    fn push_not(&mut self, html: &mut HtmlBuilder, id: SchemaId, scope: &Scope<'_>) {
        match not_in_words(self.schemas.get(id)) {
            Some(words) => push_note(html, &words),
            None => {
                push_note(html, "Must not match:");
                self.push_block(html, id, &scope.inside("not"));
            }
        }
    }

    fn push_condition(&mut self, html: &mut HtmlBuilder, condition: Condition, scope: &Scope<'_>) {
        match self.condition_in_words(condition.when) {
            Some(words) => push_note(html, &format!("When {words}:")),
            None => {
                push_note(html, "When the value matches:");
                self.push_block(html, condition.when, &scope.inside("if"));
            }
        }
        if let Some(then) = condition.then {
            push_note(html, "then");
            self.push_block(html, then, &scope.inside("then"));
        }
        if let Some(otherwise) = condition.otherwise {
            push_note(html, "otherwise");
            self.push_block(html, otherwise, &scope.inside("else"));
        }
    }

    /// `country is "US"`, `card is sent`.
    fn condition_in_words(&self, id: SchemaId) -> Option<String> {
        let schema = self.schemas.get(id);
        let rules = schema.object.as_deref()?;
        let simple = schema.reference.is_none()
            && schema.composition.is_none()
            && rules.pattern_properties.is_empty()
            && rules.additional_properties.is_none();
        if !simple {
            return None;
        }
        let mut phrases = Vec::new();
        for property in &rules.properties {
            let value = self.schemas.get(property.schema);
            let values: Vec<String> = match (&value.constant, &value.values) {
                (Some(constant), _) => vec![words::value(constant)],
                (None, Some(values)) => values.iter().map(words::value).collect(),
                (None, None) if !value.types.is_empty() => {
                    phrases.push(format!("`{}` is {}", property.name, type_name::types_text(value.types)));
                    continue;
                }
                (None, None) => return None,
            };
            let values = values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ");
            phrases.push(format!("`{}` is {values}", property.name));
        }
        let unnamed = |name: &&Text| !rules.properties.iter().any(|property| property.name == **name);
        phrases.extend(rules.required.iter().filter(unnamed).map(|name| format!("`{name}` is sent")));
        (!phrases.is_empty()).then(|| phrases.join(" and "))
    }
}

/// Adds a sentence in which backticks mark code.
pub(super) fn push_note(html: &mut HtmlBuilder, words: &str) {
    html.push_markup("<p class=\"schema__note\">");
    push_ticked(html, words);
    html.push_markup("</p>");
}

fn not_in_words(schema: &Schema) -> Option<String> {
    if schema.reference.is_some() || schema.composition.is_some() || schema.array.is_some() || schema.string.is_some() {
        return None;
    }
    let ticked =
        |texts: Vec<String>, joint: &str| texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(joint);
    match (&schema.constant, &schema.values, schema.object.as_deref()) {
        (Some(constant), None, None) => Some(format!("Must not be `{}`.", words::value(constant))),
        (None, Some(values), None) => {
            Some(format!("Must not be {}.", ticked(values.iter().map(words::value).collect(), " or ")))
        }
        (None, None, Some(rules)) if rules.properties.is_empty() && !rules.required.is_empty() => {
            let names = ticked(rules.required.iter().map(ToString::to_string).collect(), " and ");
            Some(match rules.required.len() {
                1 => format!("{names} must not be sent."),
                _ => format!("{names} must not be sent together."),
            })
        }
        (None, None, None) if schema.number.is_none() && !schema.types.is_empty() => {
            Some(format!("Must not be of type {}.", types_text(schema.types)))
        }
        _ => None,
    }
}
