//! Security schemes and requirements.

use std::sync::Arc;

use super::lift::{Kind, Lifter};
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{
    ApiKeyIn, OAuthFlow, Problem, RequiredScheme, SecurityKind, SecurityRequirement, SecurityScheme, SpecVersion,
};
use crate::model::node::{Entry, Node};

const WHAT: &str = "a security scheme";

impl Lifter<'_> {
    /// Reads the security schemes of the root.
    pub fn read_security_schemes(&mut self) {
        let root = self.resolver.root().clone();
        let entries = match self.spec {
            SpecVersion::V2_0 => self.map(&root, "securityDefinitions"),
            _ => {
                let components = root.get("components").cloned();
                match components {
                    Some(components) => self.map(&components, "securitySchemes"),
                    None => return,
                }
            }
        };
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let scheme = self.security_scheme(entry);
            self.scheme_at.entry(Arc::clone(&scheme.name)).or_insert(self.schemes.len() as u32);
            self.schemes.push(scheme);
        }
    }

    fn security_scheme(&mut self, entry: &Entry) -> SecurityScheme {
        let mut scheme = SecurityScheme {
            name: Arc::clone(&entry.key),
            kind: SecurityKind::Other("".into()),
            description: None,
            deprecated: false,
            extensions: Vec::new(),
            problem: None,
            span: entry.key_span,
        };
        match self.follow(&entry.value, Kind::SecurityScheme) {
            Err(problem) => scheme.problem = Some(problem),
            Ok(followed) if !followed.node.is_map() => {
                let message = format!("{WHAT} is {}, an object is expected", followed.node.kind_word());
                scheme.problem = Some(self.problem(codes::WRONG_TYPE, followed.node.span, message, None));
            }
            Ok(followed) => {
                let (node, reported) = (followed.node, self.diagnostics.len());
                scheme.description = followed.description.or_else(|| self.prose(&node, "description"));
                scheme.deprecated = self.flag(&node, "deprecated").unwrap_or(false);
                let flows = node.get("flows").map(|flows| self.extensions(flows));
                scheme.extensions = self.extensions(&node).into_iter().chain(flows.into_iter().flatten()).collect();
                let (kind, problem) = self.security_kind(&node);
                scheme.kind = kind;
                scheme.problem = problem;
                self.ask_strict_reader(&node, Part::SecurityScheme, reported);
            }
        }
        scheme
    }

    fn security_kind(&mut self, node: &Node) -> (SecurityKind, Option<Problem>) {
        let fields = [
            "type",
            "description",
            "name",
            "in",
            "scheme",
            "bearerFormat",
            "flows",
            "openIdConnectUrl",
            "oauth2MetadataUrl",
            "deprecated",
            "flow",
            "authorizationUrl",
            "tokenUrl",
            "scopes",
        ];
        self.known(node, WHAT, &fields);
        let Some(word) = self.needed_text(node, WHAT, "type") else {
            return (SecurityKind::Other("".into()), None);
        };
        let kind = match &*word {
            "apiKey" => return self.api_key(node),
            "basic" => SecurityKind::Http { scheme: "basic".into(), bearer_format: None },
            "http" => {
                let scheme = self.needed_text(node, "an http security scheme", "scheme");
                SecurityKind::Http {
                    scheme: scheme.unwrap_or_else(|| "".into()),
                    bearer_format: self.text(node, "bearerFormat"),
                }
            }
            "oauth2" => {
                SecurityKind::OAuth2 { flows: self.flows(node), metadata_url: self.text(node, "oauth2MetadataUrl") }
            }
            "openIdConnect" => {
                let url = self.needed_text(node, "an openIdConnect security scheme", "openIdConnectUrl");
                SecurityKind::OpenIdConnect { url: url.unwrap_or_else(|| "".into()) }
            }
            "mutualTLS" => SecurityKind::MutualTls,
            _ => return self.unknown_scheme_type(node, word),
        };
        (kind, None)
    }

    fn unknown_scheme_type(&mut self, node: &Node, word: Text) -> (SecurityKind, Option<Problem>) {
        let known = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];
        let near = self.resolver.nearest(&word, known.iter().map(|known| (*known, ())));
        let help = match near {
            Some((known, ())) => format!("did you mean `{known}`?"),
            None => "the types are apiKey, http, oauth2, openIdConnect and mutualTLS".to_string(),
        };
        let span = node.get("type").map_or(node.span, |word| word.span);
        let message = format!("`{word}` is no type of security scheme");
        let problem = self.problem(codes::WRONG_TYPE, span, message, Some(help));
        (SecurityKind::Other(word), Some(problem))
    }

    fn api_key(&mut self, node: &Node) -> (SecurityKind, Option<Problem>) {
        let name = self.needed_text(node, "an apiKey security scheme", "name").unwrap_or_else(|| "".into());
        let written = self.needed_text(node, "an apiKey security scheme", "in");
        let mut problem = None;
        let location = match written.as_deref() {
            Some("query") => ApiKeyIn::Query,
            Some("cookie") => ApiKeyIn::Cookie,
            Some("header") | None => ApiKeyIn::Header,
            Some(other) => {
                let message = format!("an API key cannot be sent in `{other}`");
                let help = "the places are header, query and cookie".to_string();
                let span = node.get("in").map_or(node.span, |place| place.span);
                problem = Some(self.problem(codes::WRONG_TYPE, span, message, Some(help)));
                ApiKeyIn::Header
            }
        };
        (SecurityKind::ApiKey { location, name }, problem)
    }

    /// Returns the flows of 3.x, or the one of 2.0 (which many 3.0 descriptions still write).
    fn flows(&mut self, node: &Node) -> Vec<OAuthFlow> {
        if let Some(flow) = node.get("flow").and_then(Node::as_str) {
            let name = match &**flow {
                "accessCode" => "authorizationCode",
                "application" => "clientCredentials",
                other => other,
            };
            if self.spec_at(node.span) != SpecVersion::V2_0 {
                let span = node.entry("flow").map_or(node.span, |entry| entry.key_span);
                let message = "`flow` belongs to Swagger 2.0".to_string();
                self.report(codes::UNKNOWN_FIELD, span, message).help = Some(format!("write `flows: {{ {name}: … }}`"));
            }
            return vec![self.flow(name.into(), node)];
        }
        if self.present(node, "flows").is_none() {
            self.missing(node, "an oauth2 security scheme", "flows");
        }
        let mut flows = Vec::new();
        for entry in self.map(node, "flows").iter().filter(|entry| !entry.key.starts_with("x-")) {
            let Some(flow) = self.object(entry) else { continue };
            self.check_flow(entry, &flow);
            flows.push(self.flow(Arc::clone(&entry.key), &flow));
        }
        flows
    }

    fn check_flow(&mut self, entry: &Entry, flow: &Node) {
        let names = ["authorizationCode", "clientCredentials", "implicit", "password", "deviceAuthorization"];
        if !names.contains(&&*entry.key) {
            let near = self.resolver.nearest(&entry.key, names.iter().map(|name| (*name, ())));
            let message = format!("`{}` is no OAuth flow", entry.key);
            let help = match near {
                Some((name, ())) => format!("did you mean `{name}`?"),
                None => format!("the flows are {}", names.join(", ")),
            };
            self.report(codes::UNKNOWN_FIELD, entry.key_span, message).help = Some(help);
        }
        let fields = ["authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl", "scopes"];
        self.known(flow, "an OAuth flow", &fields);
    }

    fn flow(&mut self, name: Text, node: &Node) -> OAuthFlow {
        let mut scopes = Vec::new();
        for scope in self.map(node, "scopes").iter().filter(|scope| !scope.key.starts_with("x-")) {
            let description = if scope.value.is_null() { None } else { self.text_of(scope) };
            scopes.push((Arc::clone(&scope.key), description.unwrap_or_else(|| "".into())));
        }
        OAuthFlow {
            name,
            authorization_url: self.text(node, "authorizationUrl"),
            device_authorization_url: self.text(node, "deviceAuthorizationUrl"),
            token_url: self.text(node, "tokenUrl"),
            refresh_url: self.text(node, "refreshUrl"),
            scopes,
            extensions: self.extensions(node),
        }
    }

    /// Returns the requirements of an object that says something about them.
    pub fn security(&mut self, node: &Node) -> Option<Vec<SecurityRequirement>> {
        let entry = self.present(node, "security")?.clone();
        let mut requirements = Vec::new();
        for item in self.list_of(&entry).iter() {
            let mut requirement = SecurityRequirement::default();
            for scheme in item.entries() {
                requirement.schemes.push(self.required_scheme(scheme));
            }
            if !item.is_map() {
                let message = format!("a security requirement is {}, an object is expected", item.kind_word());
                self.report(codes::WRONG_TYPE, item.span, message);
                continue;
            }
            requirements.push(requirement);
        }
        Some(requirements)
    }

    fn required_scheme(&mut self, entry: &Entry) -> RequiredScheme {
        let name = Arc::clone(&entry.key);
        let scopes = if entry.value.is_null() { Vec::new() } else { self.texts_of(entry) };
        let scheme = self.scheme_named(&name, entry);
        if scheme.is_none() {
            let schemes = std::mem::take(&mut self.schemes);
            let near = self.resolver.nearest(&name, schemes.iter().map(|scheme| (&*scheme.name, ())));
            let help = near.map(|(name, ())| format!("did you mean `{name}`?"));
            self.schemes = schemes;
            let home =
                if self.spec == SpecVersion::V2_0 { "securityDefinitions" } else { "components/securitySchemes" };
            let message = format!("no security scheme is called `{name}`");
            self.report(codes::UNKNOWN_SECURITY_SCHEME, entry.key_span, message).help =
                help.or_else(|| Some(format!("define it under `{home}`")));
        }
        RequiredScheme { name, scheme, scopes, span: entry.key_span }
    }

    /// Returns the index of a scheme by its component name, or by its URI (3.2).
    fn scheme_named(&mut self, name: &Text, entry: &Entry) -> Option<u32> {
        if let Some(index) = self.scheme_at.get(name) {
            return Some(*index);
        }
        if !name.contains(['#', '/']) {
            return None;
        }
        let target = self.resolver.resolve(name, entry.key_span).ok()?;
        let last = target.tokens.last().cloned()?;
        let mut index = self.scheme_at.get(&last).copied().filter(|_| target.node.span.file == 0);
        if index.is_none() {
            let found = Entry { key: last, key_span: target.node.span, value: target.node };
            let scheme = self.security_scheme(&found);
            self.schemes.push(scheme);
            index = Some(self.schemes.len() as u32 - 1);
        }
        // The next requirement that names the same URI finds it at once.
        self.scheme_at.extend(index.map(|index| (Arc::clone(name), index)));
        index
    }
}
