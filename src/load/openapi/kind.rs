//! The kinds of components, and the sections of a description that hold them.

/// What a reference must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `schemas`, 2.0's `definitions`.
    Schema,
    /// `responses`.
    Response,
    /// `parameters`.
    Parameter,
    /// `examples`.
    Example,
    /// `requestBodies`.
    RequestBody,
    /// `headers`.
    Header,
    /// `securitySchemes`.
    SecurityScheme,
    /// `links`.
    Link,
    /// `callbacks`.
    Callback,
    /// `pathItems`.
    PathItem,
    /// `mediaTypes` (3.2).
    MediaType,
    /// Text that a description keeps in another file; no version knows it.
    Data,
}

impl Kind {
    /// Returns true for objects with a `summary`, which one beside a `$ref` replaces.
    pub fn has_summary(self) -> bool {
        matches!(self, Kind::Response | Kind::Example | Kind::PathItem)
    }

    /// Returns true for objects with a `description`, which one beside a `$ref` replaces.
    pub fn has_description(self) -> bool {
        !matches!(self, Kind::Callback | Kind::MediaType | Kind::Data)
    }

    /// Returns the words of a message.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Schema => "schema",
            Kind::Response => "response",
            Kind::Parameter => "parameter",
            Kind::Example => "example",
            Kind::RequestBody => "request body",
            Kind::Header => "header",
            Kind::SecurityScheme => "security scheme",
            Kind::Link => "link",
            Kind::Callback => "callback",
            Kind::PathItem => "path item",
            Kind::MediaType => "media type",
            Kind::Data => "value",
        }
    }

    /// Returns the kind of the components in a section.
    pub fn of_section(section: &str) -> Option<Kind> {
        Some(match section {
            "schemas" | "definitions" => Kind::Schema,
            "responses" => Kind::Response,
            "parameters" => Kind::Parameter,
            "examples" => Kind::Example,
            "requestBodies" => Kind::RequestBody,
            "headers" => Kind::Header,
            "securitySchemes" | "securityDefinitions" => Kind::SecurityScheme,
            "links" => Kind::Link,
            "callbacks" => Kind::Callback,
            "pathItems" => Kind::PathItem,
            "mediaTypes" => Kind::MediaType,
            _ => return None,
        })
    }

    /// Returns the section of `components` for the kind.
    pub fn section(self) -> &'static str {
        match self {
            Kind::Schema => "schemas",
            Kind::Response => "responses",
            Kind::Parameter => "parameters",
            Kind::Example => "examples",
            Kind::RequestBody => "requestBodies",
            Kind::Header => "headers",
            Kind::SecurityScheme => "securitySchemes",
            Kind::Link => "links",
            Kind::Callback => "callbacks",
            Kind::PathItem => "pathItems",
            Kind::MediaType => "mediaTypes",
            Kind::Data => "examples",
        }
    }
}
