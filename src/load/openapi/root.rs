//! What stands at the root about the API as a whole: info and servers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::lift::Lifter;
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Contact, Info, License, Logo, LogoUrl, Server, ServerVariable};
use crate::model::node::{Entry, Node};

impl Lifter<'_> {
    /// Returns the Info Object.
    pub fn info(&mut self) -> Info {
        let root = self.resolver.root().clone();
        let Some(entry) = self.present(&root, "info").cloned() else {
            self.missing(&root, "the description", "info");
            return Info::default();
        };
        let reported = self.diagnostics.len();
        let Some(node) = self.object(&entry) else { return Info::default() };
        let fields = ["title", "version", "summary", "description", "termsOfService", "contact", "license"];
        self.known(&node, "the info object", &fields);
        let title = self.needed_text(&node, "the info object", "title");
        let version = self.needed_text(&node, "the info object", "version");
        let info = Info {
            title: title.map(|text| text.trim().to_string()).unwrap_or_default(),
            version: version.map(|text| text.to_string()).unwrap_or_default(),
            summary: self.text(&node, "summary"),
            description: self.prose(&node, "description"),
            terms_of_service: self.text(&node, "termsOfService"),
            contact: self.contact(&node),
            license: self.license(&node),
            logo: self.logo(&node),
            extensions: self.extensions(&node).into_iter().filter(|entry| &*entry.key != "x-logo").collect(),
        };
        self.ask_strict_reader(&node, Part::Info, reported);
        info
    }

    /// Reads `x-logo`: a URL, or an object with `url`, `altText`, `href` and, as some tools have it, one image for light
    /// and one for dark pages.
    fn logo(&mut self, info: &Node) -> Option<Logo> {
        let entry = self.present(info, "x-logo")?.clone();
        let node = self.through(&entry.value);
        let url = |node: &Node| Some(LogoUrl { written: node.as_str()?.clone(), span: node.span });
        let image = |key: &str| node.get(key).and_then(|image| url(image).or_else(|| url(image.get("url")?)));
        let first = |keys: &[&str]| keys.iter().find_map(|key| image(key));
        let light = url(&node).or_else(|| first(&["url", "light", "lightUrl", "src"]));
        let dark = first(&["dark", "darkUrl", "urlDark", "url-dark", "dark-url"]);
        let Some(url) = light.or_else(|| dark.clone()) else {
            let message = "`x-logo` has no `url` and is not shown";
            self.report(codes::MISSING_FIELD, entry.key_span, message).help = Some("add `url`".into());
            return None;
        };
        if let Some(colour) = node.entry("backgroundColor") {
            let message = "`backgroundColor` of a logo is not shown: a page has the background of its theme";
            let diagnostic = self.report(codes::UNKNOWN_FIELD, colour.key_span, message);
            diagnostic.help = Some("give the logo a transparent background, and a `dark` image if it needs one".into());
            super::lift::as_hint(diagnostic);
        }
        Some(Logo {
            dark: dark.filter(|dark| dark.written != url.written),
            url,
            alt: ["altText", "alt"].iter().find_map(|key| node.get(key)?.as_str().cloned()),
            href: ["href", "link"].iter().find_map(|key| node.get(key)?.as_str().cloned()),
        })
    }

    fn contact(&mut self, info: &Node) -> Option<Contact> {
        let entry = self.present(info, "contact")?;
        let node = self.object(entry)?;
        self.known(&node, "a contact object", &["name", "url", "email"]);
        Some(Contact {
            name: self.text(&node, "name"),
            url: self.text(&node, "url"),
            email: self.text(&node, "email"),
            extensions: self.extensions(&node),
        })
    }

    fn license(&mut self, info: &Node) -> Option<License> {
        let entry = self.present(info, "license")?;
        let node = self.object(entry)?;
        self.known(&node, "a license object", &["name", "identifier", "url"]);
        let name = self.needed_text(&node, "a license object", "name").map(|text| text.to_string());
        let (identifier, url) = (self.text(&node, "identifier"), self.text(&node, "url"));
        Some(License { name: name.unwrap_or_default(), identifier, url, extensions: self.extensions(&node) })
    }

    /// Returns the servers of an object that says something about them.
    pub fn servers(&mut self, node: &Node, key: &str) -> Option<Vec<Server>> {
        let entry = self.present(node, key)?.clone();
        let mut servers = Vec::new();
        for item in self.list_of(&entry).iter() {
            if !self.is_internal(item) {
                servers.extend(self.server(item));
            }
        }
        // An empty list says what no list says (OpenAPI 3.2, "OpenAPI Object", field `servers`).
        Some(servers).filter(|servers| !servers.is_empty())
    }

    /// Returns one server; `None` when it is no object or has no URL.
    pub fn server(&mut self, node: &Node) -> Option<Server> {
        let node = self.through(node);
        if !node.is_map() {
            let message = format!("a server is {}, an object is expected", node.kind_word());
            self.report(codes::WRONG_TYPE, node.span, message).help = Some("write `url: https://…`".into());
            return None;
        }
        let reported = self.diagnostics.len();
        self.known(&node, "a server object", &["url", "name", "description", "variables"]);
        let url = self.needed_text(&node, "a server object", "url")?;
        let mut variables = Vec::new();
        for entry in self.map(&node, "variables").iter().filter(|entry| !entry.key.starts_with("x-")) {
            variables.extend(self.server_variable(entry));
        }
        let server = Server {
            name: self.text(&node, "name"),
            description: self.prose(&node, "description"),
            extensions: self.extensions(&node),
            url,
            variables,
        };
        self.check_server_variables(&node, &server);
        self.ask_strict_reader(&node, Part::Server, reported);
        Some(server)
    }

    fn server_variable(&mut self, entry: &Entry) -> Option<ServerVariable> {
        let node = self.object(entry)?;
        self.known(&node, "a server variable object", &["enum", "default", "description"]);
        let values = self.texts(&node, "enum");
        let default = self.needed_text(&node, "a server variable object", "default");
        let default = default.or_else(|| values.first().cloned()).unwrap_or_else(|| "".into());
        if !values.is_empty() && !values.contains(&default) {
            let span = node.get("default").map_or(entry.key_span, |default| default.span);
            let message = format!("the default `{default}` of the variable `{}` is not among its values", entry.key);
            self.report(codes::SERVER_VARIABLE, span, message).help =
                Some("choose one of `enum`, or add it there".into());
        }
        Some(ServerVariable {
            name: Arc::clone(&entry.key),
            default,
            values,
            description: self.prose(&node, "description"),
            extensions: self.extensions(&node),
        })
    }

    fn check_server_variables(&mut self, node: &Node, server: &Server) {
        let used: BTreeSet<&str> = template_variables(&server.url).collect();
        let declared: BTreeSet<&str> = server.variables.iter().map(|variable| &*variable.name).collect();
        let url_span = node.get("url").map_or(node.span, |url| url.span);
        for name in used.difference(&declared) {
            let message = format!("the server's URL has a variable `{{{name}}}` that is not declared");
            let help = format!("declare `{name}` under `variables`, with a `default`");
            self.report(codes::SERVER_VARIABLE, url_span, message).help = Some(help);
        }
        for name in declared.difference(&used) {
            let span =
                node.get("variables").and_then(|variables| variables.entry(name)).map_or(url_span, |e| e.key_span);
            let message = format!("the variable `{name}` is not in the server's URL");
            self.report(codes::SERVER_VARIABLE, span, message).help = Some(format!("write `{{{name}}}` in `url`"));
        }
    }

    /// Returns the servers of a 2.0 description: `host`, `basePath` and `schemes`.
    ///
    /// Without a scheme the URL is relative to that of the document (`//host`); without a host it is a path.
    pub fn servers_2_0(&mut self, root: &Node, schemes: &[Text]) -> Vec<Server> {
        let host = self.text(root, "host");
        let path = self.text(root, "basePath").unwrap_or_else(|| "".into());
        let path = path.trim_end_matches('/');
        let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
        let server = |url: String| Server {
            url: url.into(),
            name: None,
            description: None,
            variables: Vec::new(),
            extensions: Vec::new(),
        };
        let Some(host) = host.filter(|host| !host.is_empty()) else {
            return if path.is_empty() { Vec::new() } else { vec![server(format!("{slash}{path}"))] };
        };
        if schemes.is_empty() {
            return vec![server(format!("//{host}{slash}{path}"))];
        }
        schemes.iter().map(|scheme| server(format!("{scheme}://{host}{slash}{path}"))).collect()
    }
}

/// Returns the names in `{…}` of a template.
pub fn template_variables(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}
