//! One API, whatever it was described in, with the semantics of OpenAPI 3.2.
//!
//! Swagger 2.0 and OpenAPI 3.0 and 3.1 are lifted into these types by `load/openapi`. Every schema, inline or named,
//! lives once in [`Api::schemas`]; everything else names it by [`SchemaId`]. A part that could not be read carries a
//! [`Problem`], is shown where it stands, and costs nothing else.

pub mod operation;
mod prose;
pub mod schema;
pub mod security;

use super::Text;
use super::node::{Entry, Node, Sources, Span};
pub use operation::*;
pub use schema::*;
pub use security::*;

/// A part of a description that could not be read; shown in the page as a box at that place.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What is wrong, as in the diagnostic that was reported with it.
    pub message: Text,
    /// Where.
    pub span: Span,
}

/// Which specification a description follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecVersion {
    /// Swagger 2.0.
    V2_0,
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x and later minor versions.
    V3_2,
}

/// One API: one description at one version.
#[derive(Debug)]
pub struct Api {
    /// Its id: the folder or file name, as it stands in URLs.
    pub id: Text,
    /// The rules that were used.
    pub spec: SpecVersion,
    /// The `openapi` or `swagger` field as written.
    pub spec_written: Text,
    /// The files it was read from; [`Span`]s point into them. The first is the root.
    pub sources: Sources,
    /// Title, version, description and so on.
    pub info: Info,
    /// Where it runs. Empty when none is given.
    pub servers: Vec<Server>,
    /// Declared tags in order, then undeclared ones in order of use.
    pub tags: Vec<Tag>,
    /// `x-tagGroups`: label and tag names.
    pub tag_groups: Vec<(Text, Vec<Text>)>,
    /// Operations and webhooks in document order.
    pub operations: Vec<Operation>,
    /// Every schema of the description, named or inline.
    pub schemas: Vec<Schema>,
    /// The schemas that have a page of their own, in document order.
    pub named_schemas: Vec<NamedSchema>,
    /// Security schemes in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// The root's security requirements; `None` when the root says nothing.
    pub security: Option<Vec<SecurityRequirement>>,
    /// The root's external documentation.
    pub external_docs: Option<ExternalDocs>,
    /// The specification extensions (`x-…`) of the root, and of its `paths`, `webhooks`, `components` and tag groups.
    pub extensions: Vec<Entry>,
    /// `$self` (3.2): the URI that the document gives itself.
    pub self_uri: Option<Text>,
    /// `jsonSchemaDialect` (3.1).
    pub dialect: Option<Text>,
    /// Parts that could not be read and have no page of their own, such as a path item whose `$ref` is broken.
    pub problems: Vec<Problem>,
    /// The description in one document as it is published: what stands in other files has moved into it, what is
    /// internal is left out. The tree that was read when there is neither.
    pub root: Node,
    /// True when something internal was left out: then the files that were read are not published.
    pub filtered: bool,
}

impl Api {
    /// Returns a schema. Ids are only made together with the arena, so the index is always valid.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0 as usize]
    }

    /// Returns the page name of a schema that has a page of its own.
    pub fn named_schema(&self, id: SchemaId) -> Option<&NamedSchema> {
        let at = self.schema(id).named?;
        self.named_schemas.get(at as usize)
    }
}

/// The Info Object, and what else stands at the root about the API as a whole.
#[derive(Debug, Clone, Default)]
pub struct Info {
    /// `title`; empty when the description has none.
    pub title: String,
    /// `version` as written.
    pub version: String,
    /// `summary` (3.1).
    pub summary: Option<Text>,
    /// `description`, CommonMark.
    pub description: Option<Prose>,
    /// `termsOfService`, a URL.
    pub terms_of_service: Option<Text>,
    /// `contact`.
    pub contact: Option<Contact>,
    /// `license`.
    pub license: Option<License>,
    /// `x-logo`.
    pub logo: Option<Logo>,
    /// Other extensions of the Info Object.
    pub extensions: Vec<Entry>,
}

/// The logo of an API (`x-logo`), in the forms that tools know.
#[derive(Debug, Clone)]
pub struct Logo {
    /// The image, or the one for a light page.
    pub url: LogoUrl,
    /// The image for a dark page.
    pub dark: Option<LogoUrl>,
    /// `altText`.
    pub alt: Option<Text>,
    /// `href`: where it leads.
    pub href: Option<Text>,
}

/// The URL of a logo as written, and where it stands: it is resolved against that file.
#[derive(Debug, Clone)]
pub struct LogoUrl {
    /// The URL.
    pub written: Text,
    /// Where it stands.
    pub span: Span,
}

impl Logo {
    /// Returns the image, and the one for a dark page when there is one.
    pub fn urls(&self) -> impl Iterator<Item = &LogoUrl> {
        std::iter::once(&self.url).chain(&self.dark)
    }
}

/// CommonMark text in a description, and where it stands: links in it are resolved against the file it came from.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The text.
    pub text: Text,
    /// Where it stands.
    pub span: Span,
}

/// The Contact Object.
#[derive(Debug, Clone, Default)]
pub struct Contact {
    /// `name`.
    pub name: Option<Text>,
    /// `url`.
    pub url: Option<Text>,
    /// `email`.
    pub email: Option<Text>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}

/// The License Object.
#[derive(Debug, Clone, Default)]
pub struct License {
    /// `name`.
    pub name: String,
    /// `identifier`, an SPDX expression (3.1).
    pub identifier: Option<Text>,
    /// `url`.
    pub url: Option<Text>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}

/// The External Documentation Object.
#[derive(Debug, Clone)]
pub struct ExternalDocs {
    /// `url`.
    pub url: Text,
    /// `description`.
    pub description: Option<Prose>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}

/// The Server Object.
#[derive(Debug, Clone)]
pub struct Server {
    /// `url`, with `{variables}` as written.
    pub url: Text,
    /// `name` (3.2).
    pub name: Option<Text>,
    /// `description`.
    pub description: Option<Prose>,
    /// `variables`.
    pub variables: Vec<ServerVariable>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}

/// The Server Variable Object.
#[derive(Debug, Clone)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: Text,
    /// `default`.
    pub default: Text,
    /// `enum`.
    pub values: Vec<Text>,
    /// `description`.
    pub description: Option<Prose>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}

/// The Tag Object, declared or made from use.
#[derive(Debug, Clone)]
pub struct Tag {
    /// `name`.
    pub name: Text,
    /// The part of its URL, unique in the API.
    pub slug: Text,
    /// The label: `x-displayName`, else `summary` (3.2), else none.
    pub label: Option<Text>,
    /// `description`.
    pub description: Option<Prose>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// `parent` (3.2), known to exist and free of cycles.
    pub parent: Option<Text>,
    /// `kind` (3.2): `nav`, `badge`, `audience` or another word.
    pub kind: Option<Text>,
    /// False when the tag is only used, never declared.
    pub declared: bool,
    /// Indices into [`Api::operations`], in document order.
    pub operations: Vec<u32>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}
