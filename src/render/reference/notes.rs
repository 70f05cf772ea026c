//! Rules between the parts of a value, in words where they are simple: `not`, `if`, dependent fields, `contains`.

use super::tree::Scope;
use super::{Reference, push_ticked};
use crate::model::Text;
use crate::model::api::{ObjectRules, Schema, SchemaId, Types};
use crate::model::node::Number;
use crate::render::html::HtmlBuilder;
use crate::schema::effective::Condition;
use crate::schema::type_name::types_text;
use crate::schema::{Effective, words};

/// Rules inside rules are shown this deep.
const DEPTH: usize = 16;

impl<'a> Reference<'a> {
    /// Adds the rules between the parts of a value.
    pub(super) fn push_notes(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        let object = &inner.object;
        self.push_other_fields(html, inner);
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
            self.push_rule_of(html, &contains_words(*least, *most), *id, scope);
        }
        match inner.array.unevaluated.and_then(|id| self.schemas.get(id).boolean) {
            Some(false) => push_note(html, "No more items."),
            Some(true) => push_note(html, "Other items are allowed."),
            None => {}
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
        self.push_idle_branches(html, inner, scope);
    }

    /// Says whether there may be fields besides those that are listed.
    fn push_other_fields(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>) {
        let object = &inner.object;
        let lists_some = !object.properties.is_empty() || !object.patterns.is_empty() || !inner.choices.is_empty();
        let mut rules = object.additional.iter().chain(&object.unevaluated);
        let open = rules.any(|id| self.schemas.get(*id).boolean == Some(true));
        match (inner.is_closed(self.schemas), open && inner.map_values(self.schemas).is_none(), lists_some) {
            (true, _, true) => push_note(html, "No other fields."),
            (true, _, false) if inner.is_object() => push_note(html, "No fields."),
            (false, true, true) => push_note(html, "Other fields are allowed."),
            (false, true, false) if inner.is_object() => push_note(html, "Any fields are allowed."),
            _ => {}
        }
    }

    /// Shows `then` and `else` that stand without an `if`, which makes them idle.
    fn push_idle_branches(&mut self, html: &mut HtmlBuilder, inner: &Effective<'a>, scope: &Scope<'_>) {
        for layer in &inner.layers {
            let Some(composition) = self.schemas.get(*layer).composition.as_deref() else { continue };
            if composition.condition.is_some() {
                continue;
            }
            for (word, id) in [("then", composition.then), ("else", composition.otherwise)] {
                if let Some(id) = id {
                    push_note(html, &format!("`{word}` without `if` has no effect:"));
                    self.push_block(html, id, &scope.inside(word));
                }
            }
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
        if scope.depth > DEPTH {
            return self.push_elsewhere(html, "These rules", id);
        }
        html.push_markup("<div class=\"schema__block\">");
        let effective = self.schemas.effective(&[id]);
        let typed = !effective.types.is_empty() && !effective.inferred;
        let mut line = HtmlBuilder::new();
        if typed || effective.identity.is_some() || effective.boolean.is_some() || effective.format.is_some() {
            self.push_type(&mut line, &[id], &effective);
        }
        self.push_rules(&mut line, &effective);
        self.push_marks(&mut line, &effective, scope);
        let line = line.finish();
        if !line.is_empty() {
            html.push_markup("<p class=\"schema__type\">");
            html.push_safe(&line);
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

    /// `country is "US"`, `card is sent`; `None` when words would say less, or something else, than the schema.
    fn condition_in_words(&self, id: SchemaId) -> Option<String> {
        let schema = self.schemas.get(id);
        let rules = schema.object.as_deref().filter(|rules| lists_only(rules))?;
        if !only_object(schema.types) || !has_only(schema, |rest| (rest.types, rest.object) = Default::default()) {
            return None;
        }
        let mut phrases = Vec::new();
        for property in &rules.properties {
            let value = self.schemas.get(property.schema);
            let taken = |rest: &mut Schema| {
                (rest.types, rest.values, rest.constant) = Default::default();
            };
            if !has_only(value, taken) {
                return None;
            }
            let is = match (&value.constant, &value.values) {
                (Some(constant), None) => format!("is `{}`", words::value(constant)),
                (None, Some(values)) if !values.is_empty() => format!("is {}", listed(values.iter().map(words::value))),
                (None, None) if !value.types.is_empty() => format!("is of type {}", types_text(value.types)),
                _ => return None,
            };
            let sent = rules.required.contains(&property.name);
            phrases.push(format!("`{}` {is}{}", property.name, if sent { "" } else { " (or not sent)" }));
        }
        let unnamed = |name: &&Text| !rules.properties.iter().any(|property| property.name == **name);
        phrases.extend(rules.required.iter().filter(unnamed).map(|name| format!("`{name}` is sent")));
        (!phrases.is_empty()).then(|| phrases.join(" and "))
    }
}

fn contains_words(least: Option<&Number>, most: Option<&Number>) -> String {
    let none = least.is_some_and(|least| &*least.json == "0");
    match words::counted(least, most, "item", "items") {
        Some(count) => format!("Contains {count} of"),
        None if none => "May contain".into(),
        None => "Contains at least 1 item of".into(),
    }
}

fn listed(values: impl Iterator<Item = String>) -> String {
    values.map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ")
}

fn only_object(types: Types) -> bool {
    types.without("object").is_empty()
}

/// Returns true when the rules of an object are nothing but a list of fields and of required names.
fn lists_only(rules: &ObjectRules) -> bool {
    let ObjectRules {
        properties: _,
        required: _,
        pattern_properties,
        additional_properties,
        unevaluated_properties,
        property_names,
        min_properties,
        max_properties,
        dependent_required,
        dependent_schemas,
    } = rules;
    let schemas = [additional_properties, unevaluated_properties, property_names];
    pattern_properties.is_empty()
        && schemas.into_iter().all(Option::is_none)
        && min_properties.is_none()
        && max_properties.is_none()
        && dependent_required.is_empty()
        && dependent_schemas.is_empty()
}

/// Returns true when a schema says nothing besides what `take` takes out of it.
fn has_only(schema: &Schema, take: impl FnOnce(&mut Schema)) -> bool {
    let mut rest = schema.clone();
    take(&mut rest);
    let text = rest.title.is_none() && rest.description.is_none() && rest.default.is_none() && rest.examples.is_empty();
    let marks = rest.deprecated || rest.read_only || rest.write_only || rest.nullable_without_type;
    let values = rest.types.is_empty() && rest.values.is_none() && rest.constant.is_none() && rest.format.is_none();
    let rules = rest.number.is_none() && rest.string.is_none() && rest.array.is_none() && rest.object.is_none();
    let others = rest.reference.is_none() && rest.boolean.is_none() && rest.composition.is_none();
    text && !marks && values && rules && others && rest.rare.is_none() && rest.problem.is_none()
}

/// Adds a sentence in which backticks mark code.
pub(super) fn push_note(html: &mut HtmlBuilder, words: &str) {
    html.push_markup("<p class=\"schema__note\">");
    push_ticked(html, words);
    html.push_markup("</p>");
}

/// Returns the words for a `not`; `None` when they would say less, or something else, than the schema.
fn not_in_words(schema: &Schema) -> Option<String> {
    if let Some(constant) = &schema.constant {
        let only = has_only(schema, |rest| rest.constant = None);
        return only.then(|| format!("Must not be `{}`.", words::value(constant)));
    }
    if let Some(values) = schema.values.as_ref().filter(|values| !values.is_empty()) {
        let only = has_only(schema, |rest| rest.values = None);
        return only.then(|| format!("Must not be {}.", listed(values.iter().map(words::value))));
    }
    if let Some(rules) = schema.object.as_deref() {
        let only = lists_only(rules) && rules.properties.is_empty() && only_object(schema.types);
        if !only
            || rules.required.is_empty()
            || !has_only(schema, |rest| (rest.types, rest.object) = Default::default())
        {
            return None;
        }
        let names = rules.required.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
        return Some(match rules.required.len() {
            1 => format!("{names} must not be sent."),
            _ => format!("{names} must not be sent together."),
        });
    }
    let only = !schema.types.is_empty() && has_only(schema, |rest| rest.types = Types::default());
    only.then(|| format!("Must not be of type {}.", types_text(schema.types)))
}
