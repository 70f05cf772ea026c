//! What the parts of a schema mean for one another: positions and fields that one part knows and another does not.

use std::collections::HashSet;

use super::layers::Collected;
use super::{ObjectBounds, Schemas};
use crate::model::api::{ObjectRules, SchemaId};

/// What each position of a tuple must satisfy: of every part the position's own schema, or else that of all its items.
pub(super) fn positions(collected: &Collected<'_>) -> Vec<Vec<SchemaId>> {
    let rules = || collected.layers.iter().filter_map(|layer| layer.schema.array.as_deref());
    let count = rules().map(|rules| rules.prefix_items.len()).max().unwrap_or(0);
    let at = |at: usize| {
        let mut parts = Vec::new();
        for part in rules().filter_map(|rules| rules.prefix_items.get(at).copied().or(rules.items)) {
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    };
    (0..count).map(at).collect()
}

/// What a part asks of fields that it does not list holds for the fields of the other parts.
pub(super) fn further_rules(schemas: Schemas<'_>, out: &mut ObjectBounds<'_>, collected: &Collected<'_>) {
    let holders = || collected.layers.iter().filter_map(|layer| layer.schema.object.as_deref());
    if holders().nth(1).is_none() {
        return;
    }
    for rules in holders().filter(|rules| rules.pattern_properties.is_empty()) {
        let further = rules.additional_properties.filter(|id| schemas.get(*id).boolean.is_none());
        let Some(further) = further else { continue };
        let known: HashSet<&str> = rules.properties.iter().map(|property| &*property.name).collect();
        for property in out.properties.iter_mut().filter(|property| !known.contains(&**property.name)) {
            if !property.parts.contains(&further) {
                property.parts.push(further);
            }
        }
    }
}

/// The fields of some part that another part refuses, since it allows no fields but its own.
pub(super) fn refused_fields<'a>(schemas: Schemas<'a>, collected: &Collected<'a>) -> Vec<&'a str> {
    let holders = || collected.layers.iter().filter_map(|layer| layer.schema.object.as_deref());
    let is_closed =
        |rules: &&ObjectRules| rules.additional_properties.is_some_and(|id| schemas.get(id).boolean == Some(false));
    let mut refused: Vec<&str> = Vec::new();
    for closed in holders().filter(is_closed).filter(|rules| rules.pattern_properties.is_empty()) {
        let known: HashSet<&str> = closed.properties.iter().map(|property| &*property.name).collect();
        for rules in holders().filter(|rules| !std::ptr::eq(*rules, closed)) {
            let names = rules.properties.iter().map(|property| &*property.name);
            for name in names.chain(rules.required.iter().map(|name| &**name)) {
                if !known.contains(name) && !refused.contains(&name) {
                    refused.push(name);
                }
            }
        }
    }
    refused
}
