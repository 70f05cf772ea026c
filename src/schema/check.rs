//! Whether a value keeps a schema: for examples, the author's and our own.
//!
//! Walks the schema as it was written, keyword by keyword, and gives the first rule that the value breaks, with the
//! place in the value. What cannot be decided here (patterns, `unevaluated…`, dynamic references, beyond the budget) counts as kept: a
//! [`Mismatch`] is certain.

mod format;

use std::cmp::Ordering;

use super::{Direction, Schemas, decimal, words};
use crate::model::api::{ArrayRules, Composition, NumberRules, ObjectRules, Schema, SchemaId, StringRules};
use crate::model::node::{Node, Span, Value};

/// Rules that are looked at for one value; a hostile schema may ask for more than can ever be looked at.
const STEPS: usize = 50_000;
/// Schemas inside one another are followed this deep.
const DEPTH: usize = 64;

/// A rule that a value breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where in the value: `$.items[0].price`.
    pub path: String,
    /// What is wrong, in words.
    pub message: String,
    /// Where the value stands that is wrong.
    pub span: Span,
}

/// Returns the first rule of `parts` that a value breaks; `None` when none is known to be broken.
pub fn mismatch(schemas: Schemas<'_>, parts: &[SchemaId], value: &Node, direction: Direction) -> Option<Mismatch> {
    let mut checker = Checker { schemas, direction, steps: STEPS, unsure: false };
    parts.iter().find_map(|part| checker.check(*part, value, &Path::Root, 0))
}

/// A place in a value; made text only for a mismatch.
enum Path<'p> {
    Root,
    Key(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl Path<'_> {
    fn text(&self) -> String {
        match self {
            Path::Root => "$".into(),
            Path::Key(parent, key) => format!("{}.{key}", parent.text()),
            Path::Item(parent, at) => format!("{}[{at}]", parent.text()),
        }
    }

    fn mismatch(&self, message: impl Into<String>) -> Option<Mismatch> {
        Some(Mismatch { path: self.text(), message: message.into(), span: Span::default() })
    }
}

struct Checker<'a> {
    schemas: Schemas<'a>,
    direction: Direction,
    steps: usize,
    /// A rule was met that cannot be decided.
    unsure: bool,
}

impl Checker<'_> {
    fn check(&mut self, id: SchemaId, value: &Node, path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        let mut found = self.rules(id, value, path, depth)?;
        if found.span == Span::default() {
            found.span = value.span;
        }
        Some(found)
    }

    fn rules(&mut self, id: SchemaId, value: &Node, path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        if self.steps == 0 || depth > DEPTH {
            self.unsure = true;
            return None;
        }
        self.steps -= 1;
        let schema = self.schemas.get(id);
        if schema.boolean == Some(false) {
            return path.mismatch("no value is allowed here");
        }
        if value.is_null() && schema.nullable_without_type {
            return None;
        }
        let dynamic = schema.reference.as_ref().is_some_and(|reference| reference.dynamic);
        self.unsure |= schema.problem.is_some() || dynamic;
        if let Some(target) = schema.reference.as_ref().and_then(|reference| reference.target).filter(|_| !dynamic)
            && let Some(found) = self.check(target, value, path, depth + 1)
        {
            return Some(found);
        }
        scalar_rules(schema, value, path)
            .or_else(|| self.string(schema.string.as_deref(), schema, value, path))
            .or_else(|| self.array(schema.array.as_deref()?, value, path, depth))
            .or_else(|| self.object(schema.object.as_deref()?, value, path, depth))
            .or_else(|| self.composition(schema.composition.as_deref()?, value, path, depth))
    }

    /// Returns whether a value keeps a schema: `None` when that cannot be decided.
    fn keeps(&mut self, id: SchemaId, value: &Node, depth: usize) -> Option<bool> {
        let before = std::mem::take(&mut self.unsure);
        let found = self.check(id, value, &Path::Root, depth + 1);
        let decided = found.is_some() || !self.unsure;
        self.unsure = before;
        decided.then_some(found.is_none())
    }

    fn string(
        &mut self,
        rules: Option<&StringRules>,
        schema: &Schema,
        value: &Node,
        path: &Path<'_>,
    ) -> Option<Mismatch> {
        let Value::String(text) = &value.value else { return None };
        if let Some(format) = &schema.format
            && !format::keeps(format, text)
        {
            return path.mismatch(format!("`{text}` is no {format}"));
        }
        let rules = rules?;
        self.unsure |= rules.pattern.is_some();
        let length = text.chars().count();
        if rules.min_length.as_ref().and_then(decimal::count).is_some_and(|min| length < min) {
            return path.mismatch(format!("`{text}` is too short"));
        }
        if rules.max_length.as_ref().and_then(decimal::count).is_some_and(|max| length > max) {
            return path.mismatch(format!("`{text}` is too long"));
        }
        None
    }

    fn array(&mut self, rules: &ArrayRules, value: &Node, path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        if !value.is_list() {
            return None;
        }
        let items = value.items();
        if rules.min_items.as_ref().and_then(decimal::count).is_some_and(|min| items.len() < min) {
            return path.mismatch("too few items");
        }
        if rules.max_items.as_ref().and_then(decimal::count).is_some_and(|max| items.len() > max) {
            return path.mismatch("too many items");
        }
        let twice = |(at, item): (usize, &Node)| items[..at].iter().any(|other| same(other, item));
        if rules.unique_items && items.len() <= 200 && items.iter().enumerate().any(twice) {
            return path.mismatch("an item stands twice");
        }
        if let Some(found) = self.contains(rules, items, path, depth) {
            return Some(found);
        }
        self.unsure |= rules.unevaluated_items.is_some();
        items.iter().enumerate().find_map(|(at, item)| {
            let schema = rules.prefix_items.get(at).copied().or(rules.items)?;
            self.check(schema, item, &Path::Item(path, at), depth + 1)
        })
    }

    /// `contains`, as often as `minContains` and `maxContains` say.
    fn contains(&mut self, rules: &ArrayRules, items: &[Node], path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        let schema = rules.contains?;
        let least = rules.min_contains.as_ref().map_or(Some(1), decimal::count);
        let most = rules.max_contains.as_ref().and_then(decimal::count);
        let kept: Vec<Option<bool>> = items.iter().map(|item| self.keeps(schema, item, depth)).collect();
        let sure = kept.iter().filter(|kept| **kept == Some(true)).count();
        let open = kept.iter().filter(|kept| kept.is_none()).count();
        if least.is_some_and(|least| sure + open < least) {
            return path.mismatch("too few of the items that it must contain");
        }
        if most.is_some_and(|most| sure > most) {
            return path.mismatch("too many of the items that it may contain only so often");
        }
        self.unsure |= open > 0;
        None
    }

    fn object(&mut self, rules: &ObjectRules, value: &Node, path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        if !value.is_map() {
            return None;
        }
        let entries = value.entries();
        for name in &rules.required {
            if value.get(name).is_none() && !self.is_hidden(rules, name) {
                return path.mismatch(format!("`{name}` is missing"));
            }
        }
        if rules.min_properties.as_ref().and_then(decimal::count).is_some_and(|min| entries.len() < min) {
            return path.mismatch("too few fields");
        }
        if rules.max_properties.as_ref().and_then(decimal::count).is_some_and(|max| entries.len() > max) {
            return path.mismatch("too many fields");
        }
        for (name, needs) in &rules.dependent_required {
            let missing = needs.iter().find(|need| value.get(need).is_none());
            if let Some(missing) = missing.filter(|_| value.get(name).is_some()) {
                return path.mismatch(format!("`{missing}` is missing, which `{name}` needs"));
            }
        }
        self.unsure |= rules.unevaluated_properties.is_some() || !rules.dependent_schemas.is_empty();
        entries.iter().find_map(|entry| {
            let path = Path::Key(path, &entry.key);
            let declared = rules.properties.iter().find(|property| property.name == entry.key);
            if let Some(names) = rules.property_names {
                let name = super::example::string(entry.key.clone());
                if let Some(found) = self.check(names, &name, &path, depth + 1) {
                    return Some(found);
                }
            }
            match declared {
                Some(property) => self.check(property.schema, &entry.value, &path, depth + 1),
                None => self.further(rules, &entry.value, &path, depth),
            }
        })
    }

    /// A field that is not declared.
    fn further(&mut self, rules: &ObjectRules, value: &Node, path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        if !rules.pattern_properties.is_empty() {
            self.unsure = true;
            return None;
        }
        let additional = rules.additional_properties?;
        if self.schemas.get(additional).boolean == Some(false) {
            let found = path.mismatch("no such field");
            return found.map(|found| Mismatch { span: value.span, ..found });
        }
        self.check(additional, value, path, depth + 1)
    }

    /// A required field that does not travel this way need not be there.
    fn is_hidden(&self, rules: &ObjectRules, name: &str) -> bool {
        let Some(property) = rules.properties.iter().find(|property| &*property.name == name) else {
            return self.direction != Direction::Either;
        };
        let effective = self.schemas.effective(&[property.schema]);
        self.direction.hides(effective.read_only, effective.write_only)
    }

    fn composition(&mut self, rules: &Composition, value: &Node, path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        if let Some(found) = rules.all_of.iter().find_map(|part| self.check(*part, value, path, depth + 1)) {
            return Some(found);
        }
        if !rules.one_of.is_empty() {
            let kept: Vec<Option<bool>> = rules.one_of.iter().map(|branch| self.keeps(*branch, value, depth)).collect();
            let sure = kept.iter().filter(|kept| **kept == Some(true)).count();
            let open = kept.iter().filter(|kept| kept.is_none()).count();
            if sure + open == 0 {
                return path.mismatch("none of the alternatives fits");
            }
            // A discriminator chooses the branch, so that another one which fits too does no harm in practice.
            if sure > 1 && rules.discriminator.is_none() {
                return path.mismatch("more than one of the alternatives fits");
            }
            self.unsure |= open > 0;
        }
        if !rules.any_of.is_empty() {
            let kept: Vec<Option<bool>> = rules.any_of.iter().map(|branch| self.keeps(*branch, value, depth)).collect();
            if kept.iter().all(|kept| *kept == Some(false)) {
                return path.mismatch("none of the alternatives fits");
            }
            self.unsure |= !kept.contains(&Some(true));
        }
        if let Some(not) = rules.not {
            match self.keeps(not, value, depth) {
                Some(true) => return path.mismatch("the value is one that is ruled out"),
                Some(false) => {}
                None => self.unsure = true,
            }
        }
        self.condition(rules, value, path, depth)
    }

    fn condition(&mut self, rules: &Composition, value: &Node, path: &Path<'_>, depth: usize) -> Option<Mismatch> {
        let consequence = match self.keeps(rules.condition?, value, depth) {
            Some(true) => rules.then,
            Some(false) => rules.otherwise,
            None => {
                self.unsure = true;
                None
            }
        };
        self.check(consequence?, value, path, depth + 1)
    }
}

fn scalar_rules(schema: &Schema, value: &Node, path: &Path<'_>) -> Option<Mismatch> {
    if !schema.types.is_empty() && !has_type(schema, value) {
        return path.mismatch(format!(
            "{} where {} is asked for",
            value.kind_word(),
            super::type_name::types_text(schema.types)
        ));
    }
    if let Some(constant) = &schema.constant
        && !same(constant, value)
    {
        return path.mismatch(format!("`{}` is not `{}`", words::value(value), words::value(constant)));
    }
    if let Some(values) = &schema.values
        && !values.iter().any(|known| same(known, value))
        && !(value.is_null() && schema.types.has("null"))
    {
        return path.mismatch(format!("`{}` is none of the listed values", words::value(value)));
    }
    match (&value.value, schema.number.as_deref()) {
        (Value::Number(number), Some(rules)) => number_rules(rules, number, path),
        _ => None,
    }
}

fn number_rules(rules: &NumberRules, number: &crate::model::node::Number, path: &Path<'_>) -> Option<Mismatch> {
    let against =
        |bound: &Option<crate::model::node::Number>| bound.as_ref().map(|bound| decimal::compare(number, bound));
    let low = against(&rules.minimum) == Some(Ordering::Less)
        || against(&rules.exclusive_minimum).is_some_and(|order| order != Ordering::Greater);
    let high = against(&rules.maximum) == Some(Ordering::Greater)
        || against(&rules.exclusive_maximum).is_some_and(|order| order != Ordering::Less);
    let off = rules.multiple_of.as_ref().is_some_and(|of| decimal::is_multiple(number, of) == Some(false));
    match (low, high, off) {
        (true, ..) => path.mismatch(format!("`{}` is too small", number.json)),
        (_, true, _) => path.mismatch(format!("`{}` is too large", number.json)),
        (.., true) => path.mismatch(format!("`{}` is not a multiple", number.json)),
        _ => None,
    }
}

fn has_type(schema: &Schema, value: &Node) -> bool {
    let types = schema.types;
    match &value.value {
        Value::Null => types.has("null"),
        Value::Bool(_) => types.has("boolean"),
        Value::Number(number) => types.has("number") || (types.has("integer") && decimal::is_integer(number)),
        Value::String(_) => types.has("string"),
        Value::List(_) => types.has("array"),
        Value::Map(_) => types.has("object"),
    }
}

/// Equal as JSON Schema has it: numbers by value.
fn same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Number(a), Value::Number(b)) => decimal::compare(a, b).is_eq(),
        _ => a.same_value(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::testing::Loaded;

    fn found(schema: &str, value: &str) -> Option<String> {
        let loaded = Loaded::schemas_text(&format!("    A: {schema}\n    V: {{const: {value}}}\n"));
        let value = loaded.schemas().get(loaded.id("V")).constant.clone().unwrap();
        let mismatch = mismatch(loaded.schemas(), &[loaded.id("A")], &value, Direction::Either)?;
        Some(format!("{} {}", mismatch.path, mismatch.message))
    }

    #[test]
    fn e06_broken_rules_are_told_with_their_place() {
        let object = "{type: object, required: [a], additionalProperties: false, properties: {a: {type: integer}, b: {type: array, items: {enum: [x]}}}}";
        assert_eq!(found(object, "{a: 1, b: [x]}"), None);
        assert_eq!(found(object, "{b: []}").as_deref(), Some("$ `a` is missing"));
        assert_eq!(found(object, "{a: 1.5}").as_deref(), Some("$.a a number where integer is asked for"));
        assert_eq!(found(object, "{a: 1, b: [x, y]}").as_deref(), Some("$.b[1] `\"y\"` is none of the listed values"));
        assert_eq!(found(object, "{a: 1, c: 1}").as_deref(), Some("$.c no such field"));
        assert_eq!(found("{type: number, maximum: 3}", "3.01").as_deref(), Some("$ `3.01` is too large"));
        assert_eq!(found("{type: string, format: date}", "'2023-02-30'").as_deref(), Some("$ `2023-02-30` is no date"));
        assert_eq!(found("{type: integer}", "1.0"), None);
    }

    #[test]
    fn e04_what_a_list_must_contain_is_counted() {
        let list = "{type: array, contains: {const: 7}, minContains: 2, maxContains: 3}";
        assert_eq!(found(list, "[7]").as_deref(), Some("$ too few of the items that it must contain"));
        assert_eq!(found(list, "[7, 1, 7]"), None);
        let many = found(list, "[7, 7, 7, 7]");
        assert_eq!(many.as_deref(), Some("$ too many of the items that it may contain only so often"));
        assert_eq!(found("{type: array, contains: {pattern: x}}", "[a]"), None);
        assert_eq!(found("{type: array, contains: {type: string}, minContains: 0}", "[]"), None);
    }

    #[test]
    fn what_cannot_be_decided_counts_as_kept() {
        assert_eq!(found("{type: string, pattern: '^a$'}", "b"), None);
        assert_eq!(found("{oneOf: [{type: string, pattern: '^a$'}, {type: string}]}", "b"), None);
        assert!(found("{oneOf: [{type: string}, {minLength: 1}]}", "b").is_some());
        assert!(found("{not: {type: string}}", "b").is_some());
        assert_eq!(found("{not: {pattern: a}}", "b"), None);
    }
}
