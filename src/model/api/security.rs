//! Security schemes and requirements.

use super::{Problem, Prose};
use crate::model::Text;
use crate::model::node::{Entry, Span};

/// The Security Scheme Object.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The component's key.
    pub name: Text,
    /// What kind, and what that kind needs.
    pub kind: SecurityKind,
    /// `description`.
    pub description: Option<Prose>,
    /// `deprecated` (3.2).
    pub deprecated: bool,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Where it stands.
    pub span: Span,
}

/// Where an API key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiKeyIn {
    /// A header.
    Header,
    /// The query string.
    Query,
    /// A cookie.
    Cookie,
}

/// `type` and its fields.
#[derive(Debug, Clone)]
pub enum SecurityKind {
    /// `apiKey`.
    ApiKey {
        /// `in`.
        location: ApiKeyIn,
        /// `name` of the header, query parameter or cookie.
        name: Text,
    },
    /// `http`.
    Http {
        /// `scheme`, such as `basic`, `bearer`, `digest`.
        scheme: Text,
        /// `bearerFormat`.
        bearer_format: Option<Text>,
    },
    /// `oauth2`.
    OAuth2 {
        /// `flows`.
        flows: Vec<OAuthFlow>,
        /// `oauth2MetadataUrl` (3.2).
        metadata_url: Option<Text>,
    },
    /// `openIdConnect`.
    OpenIdConnect {
        /// `openIdConnectUrl`.
        url: Text,
    },
    /// `mutualTLS`.
    MutualTls,
    /// A type that no version defines, as written.
    Other(Text),
}

/// One OAuth flow.
#[derive(Debug, Clone)]
pub struct OAuthFlow {
    /// `authorizationCode`, `clientCredentials`, `implicit`, `password` or `deviceAuthorization`; 2.0's names are
    /// lifted.
    pub name: Text,
    /// `authorizationUrl`.
    pub authorization_url: Option<Text>,
    /// `deviceAuthorizationUrl` (3.2).
    pub device_authorization_url: Option<Text>,
    /// `tokenUrl`.
    pub token_url: Option<Text>,
    /// `refreshUrl`.
    pub refresh_url: Option<Text>,
    /// `scopes`: name and description.
    pub scopes: Vec<(Text, Text)>,
    /// Specification extensions.
    pub extensions: Vec<Entry>,
}

/// One alternative of `security`: all its schemes are needed together. Empty means "no authentication".
#[derive(Debug, Clone, Default)]
pub struct SecurityRequirement {
    /// The schemes with their scopes or roles.
    pub schemes: Vec<RequiredScheme>,
}

/// One scheme of a requirement.
#[derive(Debug, Clone)]
pub struct RequiredScheme {
    /// As written.
    pub name: Text,
    /// Index into the API's security schemes; `None` when no scheme has the name.
    pub scheme: Option<u32>,
    /// Scopes or roles.
    pub scopes: Vec<Text>,
    /// Where it stands.
    pub span: Span,
}
