//! Merges the keywords of several schemas into those of one that allows what all of them allow.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::layers::{Collected, Layer};
use super::parts;
use super::{
    ArrayBounds, Condition, Effective, EnumValue, NumberBounds, ObjectBounds, Property, Schemas, StringBounds,
};
use crate::model::api::{ArrayRules, NumberRules, ObjectRules, Schema, SchemaId, StringRules, Types};
use crate::model::node::{Number, Value};
use crate::schema::decimal;

/// Merges every layer, in order.
pub(super) fn merge<'a>(schemas: Schemas<'a>, collected: &Collected<'a>) -> Effective<'a> {
    let mut out = Effective { nullable: collected.nullable, ..Effective::default() };
    let mut nulls = Nulls::default();
    let mut seats = HashMap::new();
    for layer in &collected.layers {
        out.layers.push(layer.id);
        annotations(&mut out, layer);
        types(&mut out, &mut nulls, layer.schema);
        enumeration(&mut out, layer.schema);
        if let Some(rules) = layer.schema.number.as_deref() {
            number(&mut out.number, rules);
        }
        if let Some(rules) = layer.schema.string.as_deref() {
            string(&mut out.string, rules);
        }
        if let Some(rules) = layer.schema.array.as_deref() {
            array(&mut out.array, rules);
        }
        if let Some(rules) = layer.schema.object.as_deref() {
            object(schemas, &mut out.object, rules, layer.from, &mut seats);
        }
        composition(&mut out, layer);
    }
    out.array.prefix = parts::positions(collected);
    parts::further_rules(schemas, &mut out.object, collected);
    required_without_property(&mut out, collected, &mut seats);
    settle(schemas, &mut out, collected, &nulls);
    out
}

/// What the layers say about `null`.
#[derive(Debug, Default)]
struct Nulls {
    outermost: Option<bool>,
    everywhere: Option<bool>,
    annotated: bool,
}

fn annotations<'a>(out: &mut Effective<'a>, layer: &Layer<'a>) {
    let schema = layer.schema;
    let own = layer.from.is_none();
    if let Some(from) = layer.from.filter(|from| !out.parents.contains(from)) {
        out.parents.push(from);
    }
    out.boolean = out.boolean.or(schema.boolean);
    match (out.format, schema.format.as_ref()) {
        (Some(known), Some(other)) if known != other => {
            let conflict = format!("a value must have the formats `{known}` and `{other}` at once");
            if !out.conflicts.contains(&conflict) {
                out.conflicts.push(conflict);
            }
        }
        (known, other) => out.format = known.or(other),
    }
    if own {
        out.title = out.title.or(schema.title.as_ref());
    }
    if let Some(prose) = &schema.description {
        let inherited_name = !own && schema.named.is_some();
        let told = out.descriptions.iter().any(|known| known.text == prose.text);
        let chained = own && schema.named.is_some() && out.layers.len() > 1;
        if out.descriptions.is_empty() || !(told || inherited_name || chained) {
            out.descriptions.push(prose);
        }
    }
    out.default = out.default.or(schema.default.as_ref());
    if out.examples.is_empty() && own {
        out.examples = &schema.examples;
    }
    out.deprecated |= schema.deprecated && own;
    out.read_only |= schema.read_only;
    out.write_only |= schema.write_only;
    out.problems.extend(schema.problem.as_deref());
    if let Some(reference) = schema.reference.as_deref().filter(|reference| reference.dynamic) {
        out.dynamic = out.dynamic.or(Some(&reference.written));
    }
    let Some(rare) = schema.rare.as_deref() else { return };
    out.other_types.extend(&rare.other_types);
    out.xml = out.xml.or(rare.xml.as_ref());
    out.external_docs = out.external_docs.or(rare.external_docs.as_ref());
    out.unknown.extend(&rare.unknown);
    for entry in &rare.extensions {
        if !out.extensions.iter().any(|known| known.key == entry.key) {
            out.extensions.push(entry);
        }
    }
}

fn types(out: &mut Effective<'_>, nulls: &mut Nulls, schema: &Schema) {
    nulls.annotated |= schema.nullable_without_type;
    if schema.types.is_empty() {
        return;
    }
    let null = schema.types.has("null");
    nulls.outermost = nulls.outermost.or(Some(null));
    nulls.everywhere = Some(nulls.everywhere.unwrap_or(true) && null);
    let named = schema.types.without("null");
    if named.is_empty() {
        return;
    }
    match out.types.is_empty() {
        true => out.types = named,
        false => {
            let both = intersect(out.types, named);
            if both.is_empty() {
                out.conflicts.push(format!("no value can be both {} and {}", words(out.types), words(named)));
            } else {
                out.types = both;
            }
        }
    }
}

fn words(types: Types) -> String {
    types.names().collect::<Vec<_>>().join(" or ")
}

/// `integer` is a part of `number`.
fn intersect(a: Types, b: Types) -> Types {
    let widen = |types: Types| if types.has("number") { types.union(Types::of("integer")) } else { types };
    let both = Types(widen(a).0 & widen(b).0);
    if both.has("number") { both.without("integer") } else { both }
}

fn enumeration<'a>(out: &mut Effective<'a>, schema: &'a Schema) {
    if let Some(constant) = &schema.constant {
        match out.constant {
            Some(known) if !known.same_value(constant) => {
                out.conflicts.push("two parts ask for different constant values".into());
            }
            _ => out.constant = Some(constant),
        }
    }
    let Some(values) = &schema.values else { return };
    match &mut out.values {
        None => out.values = Some(values.iter().map(EnumValue::plain).collect()),
        Some(known) => {
            let kept = |value: &EnumValue<'_>| values.iter().any(|other| other.same_value(value.value));
            if known.iter().any(kept) {
                known.retain(kept);
            } else {
                out.conflicts.push("no value is in the lists of every part".into());
            }
        }
    }
}

fn tighter<'a>(known: &mut Option<&'a Number>, new: Option<&'a Number>, wins: Ordering) {
    let Some(new) = new else { return };
    if known.is_none_or(|known| decimal::compare(new, known) == wins) {
        *known = Some(new);
    }
}

fn tighter_bound<'a>(known: &mut Option<(&'a Number, bool)>, new: Option<&'a Number>, open: bool, wins: Ordering) {
    let Some(new) = new else { return };
    let better = known.is_none_or(|(known, known_open)| match decimal::compare(new, known) {
        Ordering::Equal => open && !known_open,
        order => order == wins,
    });
    if better {
        *known = Some((new, open));
    }
}

fn number<'a>(out: &mut NumberBounds<'a>, rules: &'a NumberRules) {
    tighter_bound(&mut out.low, rules.minimum.as_ref(), false, Ordering::Greater);
    tighter_bound(&mut out.low, rules.exclusive_minimum.as_ref(), true, Ordering::Greater);
    tighter_bound(&mut out.high, rules.maximum.as_ref(), false, Ordering::Less);
    tighter_bound(&mut out.high, rules.exclusive_maximum.as_ref(), true, Ordering::Less);
    if let Some(multiple) = &rules.multiple_of
        && !out.multiples.iter().any(|known| known.json == multiple.json)
    {
        out.multiples.push(multiple);
    }
}

fn string<'a>(out: &mut StringBounds<'a>, rules: &'a StringRules) {
    tighter(&mut out.min, rules.min_length.as_ref(), Ordering::Greater);
    tighter(&mut out.max, rules.max_length.as_ref(), Ordering::Less);
    if let Some(pattern) = &rules.pattern
        && !out.patterns.contains(&pattern)
    {
        out.patterns.push(pattern);
    }
    out.content_encoding = out.content_encoding.or(rules.content_encoding.as_ref());
    out.content_media_type = out.content_media_type.or(rules.content_media_type.as_ref());
    out.content_schema = out.content_schema.or(rules.content_schema);
}

fn array<'a>(out: &mut ArrayBounds<'a>, rules: &'a ArrayRules) {
    out.items.extend(rules.items.filter(|items| !out.items.contains(items)));
    let bounds = (rules.min_contains.as_ref(), rules.max_contains.as_ref());
    out.contains.extend(rules.contains.map(|contains| (contains, bounds.0, bounds.1)));
    tighter(&mut out.min, rules.min_items.as_ref(), Ordering::Greater);
    tighter(&mut out.max, rules.max_items.as_ref(), Ordering::Less);
    out.unique |= rules.unique_items;
    out.unevaluated = out.unevaluated.or(rules.unevaluated_items);
}

fn object<'a>(
    schemas: Schemas<'a>,
    out: &mut ObjectBounds<'a>,
    rules: &'a ObjectRules,
    from: Option<SchemaId>,
    seats: &mut HashMap<&'a str, usize>,
) {
    for property in &rules.properties {
        let seat = *seats.entry(&*property.name).or_insert_with(|| {
            out.properties.push(Property {
                name: &property.name,
                parts: Vec::new(),
                required: false,
                from: Vec::new(),
            });
            out.properties.len() - 1
        });
        let known = &mut out.properties[seat];
        let inherited_again = known.parts.iter().any(|part| same_target(schemas, *part, property.schema));
        if !inherited_again {
            known.parts.push(property.schema);
        }
        if let Some(from) = from.filter(|from| !known.from.contains(from)) {
            known.from.push(from);
        }
    }
    out.patterns.extend(rules.pattern_properties.iter().map(|(pattern, id)| (pattern, *id)));
    out.additional.extend(rules.additional_properties.filter(|id| !out.additional.contains(id)));
    out.unevaluated = out.unevaluated.or(rules.unevaluated_properties);
    out.names.extend(rules.property_names);
    tighter(&mut out.min, rules.min_properties.as_ref(), Ordering::Greater);
    tighter(&mut out.max, rules.max_properties.as_ref(), Ordering::Less);
    out.dependent_required.extend(rules.dependent_required.iter().map(|(name, needs)| (name, needs.as_slice())));
    out.dependent_schemas.extend(rules.dependent_schemas.iter().map(|(name, id)| (name, *id)));
}

fn same_target(schemas: Schemas<'_>, a: SchemaId, b: SchemaId) -> bool {
    let target = |id| schemas.get(id).reference.as_ref().and_then(|reference| reference.target);
    a == b || (target(a).is_some() && target(a) == target(b))
}

fn composition<'a>(out: &mut Effective<'a>, layer: &Layer<'a>) {
    let Some(composition) = layer.schema.composition.as_deref() else { return };
    out.not.extend(composition.not);
    if let Some(when) = composition.condition {
        out.conditions.push(Condition { when, then: composition.then, otherwise: composition.otherwise });
    }
    if let Some(discriminator) = composition.discriminator.as_ref().filter(|_| out.discriminator.is_none()) {
        out.discriminator = Some((discriminator, layer.id));
    }
}

fn required_without_property<'a>(
    out: &mut Effective<'a>,
    collected: &Collected<'a>,
    seats: &mut HashMap<&'a str, usize>,
) {
    for layer in &collected.layers {
        let Some(rules) = layer.schema.object.as_deref() else { continue };
        for name in &rules.required {
            let properties = &mut out.object.properties;
            let seat = *seats.entry(&**name).or_insert_with(|| {
                properties.push(Property { name, parts: Vec::new(), required: true, from: Vec::new() });
                properties.len() - 1
            });
            properties[seat].required = true;
        }
    }
}

fn settle(schemas: Schemas<'_>, out: &mut Effective<'_>, collected: &Collected<'_>, nulls: &Nulls) {
    out.nullable |= nulls.outermost == Some(true) || nulls.everywhere == Some(true) || nulls.annotated;
    if out.types.is_empty() && nulls.everywhere == Some(true) {
        let only_null = collected.choices.is_empty() && out.values.is_none();
        out.types = if only_null { Types::of("null") } else { out.types };
        out.nullable = !only_null;
    }
    out.circular = collected.circular && collected.layers.iter().all(|layer| layer.schema.reference.is_some());
    if out.constant.is_none()
        && let Some(values) = &out.values
    {
        out.null_not_listed = out.nullable && !values.iter().any(|value| matches!(value.value.value, Value::Null));
    }
    let refused = parts::refused_fields(schemas, collected);
    if !refused.is_empty() {
        let names = refused.iter().take(5).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let more = if refused.len() > 5 { " and others" } else { "" };
        let message = "one part of `allOf` allows no other fields, so fields of the other parts are refused: ";
        out.conflicts.push(format!("{message}{names}{more}"));
    }
}

/// Takes the types from the other keywords when none was written.
pub(super) fn infer_types(out: &mut Effective<'_>) {
    if !out.types.is_empty() || out.boolean.is_some() || !out.other_types.is_empty() {
        return;
    }
    let mut types = Types::default();
    if let Some(values) = &out.values {
        let of_values = values.iter().map(|value| type_of(&value.value.value));
        types = of_values.fold(types, Types::union).without("null");
    } else if let Some(constant) = out.constant {
        types = type_of(&constant.value);
    } else {
        let object = &out.object;
        let keyword_of = [
            (
                "object",
                !object.properties.is_empty()
                    || !object.additional.is_empty()
                    || !object.patterns.is_empty()
                    || object.min.is_some()
                    || object.max.is_some()
                    || !object.names.is_empty(),
            ),
            (
                "array",
                !out.array.items.is_empty()
                    || !out.array.prefix.is_empty()
                    || out.array.min.is_some()
                    || out.array.max.is_some()
                    || out.array.unique,
            ),
            (
                "string",
                !out.string.patterns.is_empty()
                    || out.string.min.is_some()
                    || out.string.max.is_some()
                    || out.string.content_media_type.is_some()
                    || out.string.content_encoding.is_some(),
            ),
            ("number", out.number.low.is_some() || out.number.high.is_some() || !out.number.multiples.is_empty()),
        ];
        for (name, _) in keyword_of.into_iter().filter(|(_, used)| *used) {
            types = types.union(Types::of(name));
        }
    }
    out.inferred = !types.is_empty();
    out.types = types;
}

fn type_of(value: &Value) -> Types {
    Types::of(match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if !number.json.contains(['.', 'e', 'E']) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
    })
}
