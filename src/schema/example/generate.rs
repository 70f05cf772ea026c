//! One value that a schema allows, within a budget of nodes and depth.

use super::super::effective::{Choice, ChoiceKind, Property, only_annotates};
use super::super::{Direction, Effective, Schemas, check, decimal};
use super::{Source, list, map, node, scalar, string};
use crate::model::Text;
use crate::model::api::SchemaId;
use crate::model::node::{Node, Value};
use crate::model::settings::Limits;

/// A list gets no more items than this, whatever `minItems` asks for.
const MOST_ITEMS: usize = 50;
/// Choices inside choices of one value are made this often.
const ROUNDS: usize = 8;

/// A generated value.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The value.
    pub value: Node,
    /// False when a rule could not be followed.
    pub faithful: bool,
}

impl Generated {
    /// Returns where the value comes from.
    pub fn source(&self) -> Source {
        if self.faithful { Source::Generated } else { Source::Illustration }
    }
}

/// Makes a value that satisfies all of `parts`; of every choice the first branch.
pub fn generate(schemas: Schemas<'_>, parts: &[SchemaId], direction: Direction, limits: &Limits) -> Generated {
    Generator::new(schemas, direction, limits).run(parts)
}

/// Makes a value that satisfies all of `parts` with a branch chosen.
pub fn generate_branch(
    schemas: Schemas<'_>,
    parts: &[SchemaId],
    choice: &Choice,
    branch: SchemaId,
    direction: Direction,
    limits: &Limits,
) -> Generated {
    let mut generator = Generator::new(schemas, direction, limits);
    generator.wished = Some((choice.owner, choice.kind, branch));
    generator.run(parts)
}

/// A choice that was made: who holds it, its kind, the branch.
type Chosen = (SchemaId, ChoiceKind, SchemaId);

struct Generator<'a> {
    schemas: Schemas<'a>,
    direction: Direction,
    nodes_left: usize,
    depth_limit: usize,
    /// Named schemas that are being written, outermost first.
    open: Vec<SchemaId>,
    faithful: bool,
    variant: usize,
    /// The branch that is to be shown, until it is taken.
    wished: Option<Chosen>,
}

impl<'a> Generator<'a> {
    fn new(schemas: Schemas<'a>, direction: Direction, limits: &Limits) -> Generator<'a> {
        let (nodes_left, depth_limit) = (limits.example_nodes.max(1), limits.example_depth.max(1));
        let open = Vec::new();
        Generator { schemas, direction, nodes_left, depth_limit, open, faithful: true, variant: 0, wished: None }
    }

    fn run(mut self, parts: &[SchemaId]) -> Generated {
        let value = self.value(parts, 0);
        let kept = check::mismatch(self.schemas, parts, &value, self.direction).is_none();
        Generated { value, faithful: self.faithful && kept }
    }

    /// Settles the choices of a value one after the other, then writes it.
    fn value(&mut self, parts: &[SchemaId], depth: usize) -> Node {
        let mut parts = parts.to_vec();
        let mut discriminators: Vec<(Text, Text)> = Vec::new();
        let mut taken: Vec<(SchemaId, ChoiceKind)> = Vec::new();
        loop {
            let effective = self.schemas.effective(&parts);
            let whole = parts.iter().rev().skip(1).all(|part| only_annotates(self.schemas.get(*part)));
            let is_open = |choice: &&Choice| !taken.contains(&(choice.owner, choice.kind));
            let wished = self.wished.filter(|(owner, kind, _)| {
                effective.choices.iter().any(|choice| choice.owner == *owner && choice.kind == *kind)
            });
            if let Some(value) = self.ready_made(&effective, &parts, whole && wished.is_none()) {
                return value;
            }
            let next = wished.or_else(|| {
                let choice = effective.choices.iter().find(is_open)?;
                Some((choice.owner, choice.kind, self.pick(choice)?))
            });
            self.wished = self.wished.filter(|_| wished.is_none());
            let Some((owner, kind, branch)) = next.filter(|_| taken.len() < ROUNDS) else {
                return self.shaped(&effective, &discriminators, depth);
            };
            if let Some((discriminator, _)) = effective.discriminator {
                let value = effective.discriminator_values(self.schemas, branch).into_iter().next();
                discriminators.extend(value.map(|value| (discriminator.property.clone(), value)));
            }
            taken.push((owner, kind));
            parts.push(branch);
        }
    }

    /// The first branch that is not being written already.
    fn pick(&self, choice: &Choice) -> Option<SchemaId> {
        let is_open = |branch: &&SchemaId| self.schemas.identity(**branch).is_some_and(|id| self.open.contains(&id));
        let count = choice.branches.len();
        let turned = (0..count).filter_map(|at| choice.branches.get((at + self.variant) % count));
        turned.clone().find(|branch| !is_open(branch)).or_else(|| choice.branches.first()).copied()
    }

    /// The author's own value, if it keeps the schema; else a listed one.
    fn ready_made(&mut self, effective: &Effective<'a>, parts: &[SchemaId], whole: bool) -> Option<Node> {
        if !effective.conflicts.is_empty() || !effective.not.is_empty() || !effective.conditions.is_empty() {
            self.faithful = false;
        }
        if let Some(constant) = effective.constant {
            return Some(constant.clone());
        }
        let default = effective.default.filter(|node| self.variant == 0 && !node.is_null() && !effective.is_object());
        let example = effective.examples.get(self.variant % effective.examples.len().max(1)).filter(|_| whole);
        let keeps = |node: &&Node| check::mismatch(self.schemas, parts, node, self.direction).is_none();
        let own = example.filter(keeps).or_else(|| default.filter(keeps));
        own.cloned().or_else(|| {
            let values = effective.values.as_ref()?;
            let known: Vec<_> = values.iter().filter(|value| !value.value.is_null()).collect();
            let value = known.get(self.variant % known.len().max(1)).copied().or(values.first())?;
            Some(value.value.clone())
        })
    }

    fn shaped(&mut self, effective: &Effective<'a>, discriminators: &[(Text, Text)], depth: usize) -> Node {
        self.nodes_left = self.nodes_left.saturating_sub(1);
        self.faithful &= effective.boolean != Some(false) && !effective.circular && effective.problems.is_empty();
        let Some(kind) = effective.types.names().next() else {
            return self.untyped(effective, depth);
        };
        match kind {
            "string" => self.checked(scalar::string(effective, self.variant)),
            "number" => self.checked(scalar::number(effective, false, self.variant)),
            "integer" => self.checked(scalar::number(effective, true, self.variant)),
            "boolean" => node(Value::Bool(self.variant.is_multiple_of(2))),
            "array" => self.within(effective, |this| this.list(effective, depth)),
            "object" => self.within(effective, |this| this.object(effective, discriminators, depth)),
            _ => node(Value::Null),
        }
    }

    fn checked(&mut self, (value, known): scalar::Made) -> Node {
        self.faithful &= known;
        value
    }

    fn untyped(&mut self, effective: &Effective<'a>, depth: usize) -> Node {
        if !effective.object.properties.is_empty() {
            return self.within(effective, |this| this.object(effective, &[], depth));
        }
        if effective.other_types.iter().any(|word| &***word == "file") {
            return string("(binary)");
        }
        string("any")
    }

    /// Remembers which named schemas are being written, so that recursion stops.
    fn within(&mut self, effective: &Effective<'a>, write: impl FnOnce(&mut Self) -> Node) -> Node {
        let before = self.open.len();
        let schemas = self.schemas;
        self.open.extend(effective.layers.iter().filter(|id| schemas.get(**id).named.is_some()));
        let node = write(self);
        self.open.truncate(before);
        node
    }

    /// True when a value of these parts would come back to a schema that is being written.
    fn recurs(&self, parts: &[SchemaId]) -> bool {
        let open = |id: SchemaId| self.schemas.identity(id).is_some_and(|identity| self.open.contains(&identity));
        parts
            .iter()
            .any(|part| open(*part) || self.schemas.get(*part).array.as_deref().and_then(|a| a.items).is_some_and(open))
    }

    fn list(&mut self, effective: &Effective<'a>, depth: usize) -> Node {
        let bounds = &effective.array;
        let min = bounds.min.and_then(decimal::count).unwrap_or(0);
        let max = bounds.max.and_then(decimal::count).unwrap_or(usize::MAX);
        let deep = depth + 1 > self.depth_limit || self.nodes_left == 0 || self.recurs(&bounds.items);
        let contained = contained(effective);
        let needed = bounds.prefix.len() + contained.len();
        let wanted = min.max(needed.min(max)).max(usize::from(!deep && max > 0)).min(MOST_ITEMS);
        self.faithful &= min <= MOST_ITEMS && bounds.unevaluated.is_none();
        let outer = self.variant;
        let mut items = Vec::new();
        for at in 0..wanted {
            let contained = at.checked_sub(bounds.prefix.len()).and_then(|at| contained.get(at));
            let parts: Vec<SchemaId> = match (bounds.prefix.get(at), contained) {
                (Some(parts), _) => parts.clone(),
                (None, Some(contained)) => bounds.items.iter().copied().chain([*contained]).collect(),
                (None, None) => bounds.items.clone(),
            };
            self.variant = if bounds.unique || min > 1 { at } else { outer };
            items.push(match (parts.is_empty(), deep) {
                (true, _) => string("any"),
                (false, true) => self.stub(&parts),
                (false, false) => self.value(&parts, depth + 1),
            });
        }
        self.variant = outer;
        self.faithful &= bounds.contains.is_empty() || items.len() >= needed;
        list(items)
    }

    /// The least that can stand where the budget or the recursion ends.
    fn stub(&mut self, parts: &[SchemaId]) -> Node {
        let effective = self.schemas.effective(parts);
        if let Some(value) = self.ready_made(&effective, parts, true) {
            return value;
        }
        if effective.nullable {
            return node(Value::Null);
        }
        let empty_list = effective.is_array() && effective.array.min.is_none_or(|min| &*min.json == "0");
        let needs = effective.object.properties.iter().any(|property| property.required);
        match () {
            () if empty_list => list(Vec::new()),
            () if effective.is_array() || effective.is_object() || effective.types.is_empty() => {
                self.faithful &= effective.is_object() && !needs && effective.choices.is_empty();
                if effective.is_array() { list(Vec::new()) } else { map(Vec::new()) }
            }
            () => self.shaped(&effective, &[], usize::MAX),
        }
    }

    fn object(&mut self, effective: &Effective<'a>, discriminators: &[(Text, Text)], depth: usize) -> Node {
        let max = effective.object.max.and_then(decimal::count).unwrap_or(usize::MAX);
        let fixed = effective.fixed_discriminator(self.schemas);
        let mut entries: Vec<(Text, Node)> = Vec::new();
        for property in &effective.object.properties {
            let told = discriminators.iter().rev().find(|(name, _)| name == property.name).map(|(_, value)| value);
            let own = fixed.as_ref().filter(|(name, _)| *name == property.name);
            let told = told.or(own.and_then(|(_, values)| values.first()));
            let value = match told {
                Some(value) => Some(string(value.clone())),
                None => self.property(property, depth, entries.len() < max),
            };
            entries.extend(value.map(|value| (property.name.clone(), value)));
        }
        for (name, value) in discriminators.iter().rev() {
            if !entries.iter().any(|(known, _)| known == name) {
                entries.push((name.clone(), string(value.clone())));
            }
        }
        self.further(effective, &mut entries, depth, max);
        map(entries)
    }

    fn property(&mut self, property: &Property<'a>, depth: usize, room: bool) -> Option<Node> {
        if property.parts.is_empty() {
            return Some(string("any"));
        }
        let effective = self.schemas.effective(&property.parts);
        let required = property.required;
        if self.direction.hides(effective.read_only, effective.write_only) {
            return None;
        }
        let unwanted = effective.deprecated || effective.boolean == Some(false) || !room;
        let recurs = self.recurs(&property.parts);
        let exhausted = depth + 1 > self.depth_limit || self.nodes_left == 0;
        match (required, unwanted || recurs || exhausted) {
            (false, true) if unwanted || exhausted => None,
            (false, true) => effective.is_array().then(|| self.stub(&property.parts)),
            (true, true) if recurs || exhausted => Some(self.stub(&property.parts)),
            _ => Some(self.value(&property.parts, depth + 1)),
        }
    }

    /// Entries of a map, and further fields up to `minProperties`.
    fn further(&mut self, effective: &Effective<'a>, entries: &mut Vec<(Text, Node)>, depth: usize, max: usize) {
        let object = &effective.object;
        let min = object.min.and_then(decimal::count).unwrap_or(0).min(MOST_ITEMS);
        let values = effective.map_values(self.schemas);
        let is_map = object.properties.is_empty() && values.is_some() && max > 0;
        let wanted = min.max(usize::from(is_map && depth < self.depth_limit && self.nodes_left > 0));
        let (key, known) = self.key_of_map(effective);
        for at in entries.len()..wanted {
            let name: Text = if at == 0 { key.clone() } else { format!("{key}{}", at + 1).into() };
            self.faithful &= known && (at == 0 || object.names.is_empty());
            let value = match &values {
                Some(parts) if self.recurs(parts) => self.stub(parts),
                Some(parts) => self.value(parts, depth + 1),
                None => string("any"),
            };
            entries.push((name, value));
        }
    }

    fn key_of_map(&mut self, effective: &Effective<'a>) -> (Text, bool) {
        if !effective.object.names.is_empty() {
            let mut names = Generator::new(self.schemas, self.direction, &Limits::default());
            let made = names.value(&effective.object.names.clone(), 0);
            return (made.as_text().unwrap_or_else(|| "key".into()), names.faithful);
        }
        let label = effective.extension("x-additionalPropertiesName").and_then(|node| node.as_text());
        (label.unwrap_or_else(|| "key".into()), true)
    }
}

/// The schemas of the items that a list must contain, each as often as it must.
fn contained(effective: &Effective<'_>) -> Vec<SchemaId> {
    let contains = effective.array.contains.iter();
    let wanted = contains.flat_map(|(schema, least, _)| {
        let least = least.map_or(1, |least| decimal::count(least).unwrap_or(1));
        std::iter::repeat_n(*schema, least.min(MOST_ITEMS + 1))
    });
    wanted.collect()
}
