//! The name of a type for the reader: `string · date`, `list of Ticket`, `map of integer`, `Cat or Dog or null`.

use super::{Effective, Schemas};
use crate::model::api::{Schema, SchemaId, Types};

/// A piece of a type's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// The name of a schema with a page of its own.
    Schema(SchemaId),
}

/// Lists inside lists are spelled out this deep.
const DEPTH: usize = 6;
/// A choice between more branches than this is counted, not listed.
const LISTED_BRANCHES: usize = 3;

/// Returns the name of what satisfies all of `parts`, in pieces.
pub fn pieces(schemas: Schemas<'_>, parts: &[SchemaId]) -> Vec<Piece> {
    let mut name = Name { schemas, pieces: Vec::new(), around: Vec::new() };
    name.shape(parts, DEPTH);
    name.pieces
}

/// Returns the name of a schema that was worked out already, in pieces. Unlike [`pieces`] it says what a named schema
/// is made of rather than its name.
pub fn pieces_of(schemas: Schemas<'_>, effective: &Effective<'_>) -> Vec<Piece> {
    let around = effective.identity.into_iter().collect();
    let mut name = Name { schemas, pieces: Vec::new(), around };
    name.described(effective, DEPTH);
    name.pieces
}

/// Returns the name of what satisfies all of `parts` as text.
pub fn text(schemas: Schemas<'_>, parts: &[SchemaId]) -> String {
    to_text(schemas, &pieces(schemas, parts))
}

/// Returns pieces as text.
pub fn to_text(schemas: Schemas<'_>, pieces: &[Piece]) -> String {
    let texts = pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.as_str(),
        Piece::Schema(id) => schemas.name(*id),
    });
    texts.collect()
}

/// Returns true when the name of a schema says less about it than its type: `UserId` is a string first.
pub fn is_plain(schema: &Schema) -> bool {
    let structured = schema.types.has("object") || schema.object.is_some() || schema.composition.is_some();
    !structured && schema.boolean.is_none() && schema.reference.is_none() && !schema.types.is_empty()
}

struct Name<'a> {
    schemas: Schemas<'a>,
    pieces: Vec<Piece>,
    /// The named schemas that are being spelled out: inside itself one is only named.
    around: Vec<SchemaId>,
}

impl Name<'_> {
    fn push(&mut self, text: impl AsRef<str>) {
        match self.pieces.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text.as_ref()),
            _ => self.pieces.push(Piece::Text(text.as_ref().to_string())),
        }
    }

    fn shape(&mut self, parts: &[SchemaId], depth: usize) {
        if let [only] = parts
            && let Some(identity) = self.schemas.identity(*only)
            && (!is_plain(self.schemas.get(identity)) || self.around.contains(&identity))
        {
            self.pieces.push(Piece::Schema(identity));
            if self.chain_is_nullable(*only, identity) {
                self.push(" or null");
            }
            return;
        }
        let effective = self.schemas.effective(parts);
        let before = self.around.len();
        self.around.extend(effective.identity);
        self.described(&effective, depth);
        self.around.truncate(before);
    }

    fn chain_is_nullable(&self, from: SchemaId, identity: SchemaId) -> bool {
        let mut at = from;
        for _ in 0..100 {
            let schema = self.schemas.get(at);
            let composition = schema.composition.as_deref();
            let groups = composition.map(|composition| composition.one_of.iter().chain(&composition.any_of));
            let null_branch = groups.is_some_and(|mut group| group.any(|branch| self.schemas.is_null(*branch)));
            if schema.types.has("null") || schema.nullable_without_type || null_branch {
                return true;
            }
            match self.schemas.stands_for(at).filter(|_| at != identity) {
                Some(next) => at = next,
                None => return false,
            }
        }
        false
    }

    fn described(&mut self, effective: &Effective<'_>, depth: usize) {
        match effective.boolean {
            _ if effective.circular => return self.push("a reference to itself"),
            Some(false) => return self.push("not allowed"),
            Some(true) if effective.types.is_empty() => return self.push("any value"),
            _ => {}
        }
        let mut alternatives = 0;
        for name in effective.types.names() {
            if alternatives > 0 {
                self.push(" or ");
            }
            alternatives += 1;
            match name {
                "array" => self.list(effective, depth),
                "object" => self.object(effective, depth),
                other => self.push(other),
            }
        }
        for other in &effective.other_types {
            self.push(if alternatives > 0 { " or " } else { "" });
            self.push(other);
            alternatives += 1;
        }
        if alternatives == 0 {
            self.untyped(effective, depth);
        }
        if effective.nullable {
            self.push(" or null");
        }
        if let Some(format) = effective.format {
            self.push(" · ");
            self.push(format);
        }
    }

    fn list(&mut self, effective: &Effective<'_>, depth: usize) {
        let items = &effective.array.items;
        let has_none = items.iter().any(|id| self.schemas.get(*id).boolean == Some(false));
        match (items.is_empty() || has_none, depth) {
            (true, _) if has_none && effective.array.prefix.is_empty() => self.push("empty list"),
            (true, _) | (_, 0) => self.push("list"),
            _ => {
                self.push("list of ");
                let inner = self.pieces.len();
                let before = self.pieces.last().cloned();
                self.shape(items, depth - 1);
                self.plural(inner, before);
            }
        }
    }

    /// `list of list of x` reads better as `list of lists of x`.
    fn plural(&mut self, inner: usize, before: Option<Piece>) {
        let (Some(Piece::Text(before)), Some(Piece::Text(now))) = (before, self.pieces.get_mut(inner - 1)) else {
            return;
        };
        if now[before.len()..].starts_with("list of ") {
            now.insert(before.len() + "list".len(), 's');
        }
    }

    fn object(&mut self, effective: &Effective<'_>, depth: usize) {
        let has_fields = !effective.object.properties.is_empty() || !effective.choices.is_empty();
        let values = match (has_fields, depth) {
            (true, _) | (_, 0) => None,
            (false, _) => effective
                .map_values(self.schemas)
                .or_else(|| effective.object.patterns.first().map(|(_, id)| vec![*id])),
        };
        match values {
            Some(values) => {
                self.push("map of ");
                self.shape(&values, depth - 1);
            }
            None => self.push("object"),
        }
    }

    fn untyped(&mut self, effective: &Effective<'_>, depth: usize) {
        let Some(choice) = effective.choices.first().filter(|_| depth > 0) else {
            let broken = !effective.problems.is_empty();
            return self.push(if broken { "unknown" } else { "any value" });
        };
        if choice.branches.len() > LISTED_BRANCHES {
            return self.push(format!("one of {} options", choice.branches.len()));
        }
        for (at, branch) in choice.branches.iter().enumerate() {
            if at > 0 {
                self.push(" or ");
            }
            let title = self.schemas.get(*branch).title.as_ref().filter(|_| self.schemas.identity(*branch).is_none());
            match title {
                Some(title) => self.push(title),
                None => self.shape(&[*branch], depth - 1),
            }
        }
    }
}

/// Returns the words for a set of types: `string or null`.
pub fn types_text(types: Types) -> String {
    types.names().collect::<Vec<_>>().join(" or ")
}
