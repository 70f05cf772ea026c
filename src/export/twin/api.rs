//! Twins of an API's own pages: its landing page, its tags, its ways to authenticate.

use super::{Twin, one_line};
use crate::model::api::{ApiKeyIn, SecurityKind, SecurityScheme};
use crate::model::route::{ApiIndex, Subject};
use crate::render::reference::security::short_kind;
use crate::render::reference::servers::resolved_url;

impl Twin<'_> {
    pub(super) fn api(&mut self, at: ApiIndex) {
        let portal = self.context.portal();
        let (edition, api) = (portal.edition(at), portal.api(at));
        if let Some(summary) = &api.info.summary {
            self.line(&format!("> {}", one_line(summary)));
        }
        self.item(&format!("Version: {}", api.info.version));
        self.item("Description: [JSON](openapi.json), [YAML](openapi.yaml)");
        for server in &api.servers {
            self.item(&format!("Server: `{}`", resolved_url(server)));
        }
        for scheme in &api.security_schemes {
            self.item(&format!("Authentication: {} ({})", scheme.name, short_kind(scheme)));
        }
        self.end_list();
        if let Some(landing) = edition.landing {
            self.document(portal.document(landing));
        }
        if let Some(prose) = &api.info.description {
            self.prose(at, prose);
        }
        self.operations_by_tag(at);
        if !api.named_schemas.is_empty() {
            self.line("## Schemas");
            for named in &api.named_schemas {
                if let Some(link) = self.link(Subject::Schema(at, named.id)) {
                    self.item(&link);
                }
            }
            self.end_list();
        }
    }

    fn operations_by_tag(&mut self, at: ApiIndex) {
        let api = self.context.portal().api(at);
        let mut placed = vec![false; api.operations.len()];
        for (number, tag) in api.tags.iter().enumerate().filter(|(_, tag)| !tag.operations.is_empty()) {
            let title = self.link(Subject::Tag(at, number as u32));
            self.line(&format!("## {}", title.unwrap_or_else(|| one_line(tag.label.as_ref().unwrap_or(&tag.name)))));
            for &operation in &tag.operations {
                placed[operation as usize] = true;
                if let Some(entry) = self.entry(Subject::Operation(at, operation)) {
                    self.item(&entry);
                }
            }
            self.end_list();
        }
        let rest: Vec<usize> = (0..placed.len()).filter(|number| !placed[*number]).collect();
        if !rest.is_empty() {
            self.line("## Operations");
        }
        for number in rest {
            if let Some(entry) = self.entry(Subject::Operation(at, number as u32)) {
                self.item(&entry);
            }
        }
        self.end_list();
    }

    pub(super) fn tag(&mut self, at: ApiIndex, number: u32) {
        let Some(tag) = self.context.portal().api(at).tags.get(number as usize) else { return };
        if let Some(prose) = &tag.description {
            self.prose(at, prose);
        }
        for &operation in &tag.operations {
            if let Some(entry) = self.entry(Subject::Operation(at, operation)) {
                self.item(&entry);
            }
        }
        self.end_list();
    }

    pub(super) fn authentication(&mut self, at: ApiIndex) {
        let api = self.context.portal().api(at);
        for scheme in &api.security_schemes {
            self.line(&format!("## {}", one_line(&scheme.name)));
            if let Some(prose) = &scheme.description {
                self.prose(at, prose);
            }
            self.scheme(scheme);
        }
    }

    fn scheme(&mut self, scheme: &SecurityScheme) {
        match &scheme.kind {
            SecurityKind::ApiKey { location, name } => {
                let place = match location {
                    ApiKeyIn::Header => "header",
                    ApiKeyIn::Query => "query parameter",
                    ApiKeyIn::Cookie => "cookie",
                };
                self.item(&format!("Send the key in the {place} `{name}`."));
            }
            SecurityKind::OAuth2 { flows, metadata_url } => {
                for flow in flows {
                    let urls = [
                        ("authorization", &flow.authorization_url),
                        ("device authorization", &flow.device_authorization_url),
                        ("token", &flow.token_url),
                        ("refresh", &flow.refresh_url),
                    ];
                    let urls = urls.iter().filter_map(|(name, url)| Some(format!("{name} `{}`", url.as_ref()?)));
                    self.item(&format!("Flow {}: {}", flow.name, urls.collect::<Vec<_>>().join(", ")));
                    for (scope, text) in &flow.scopes {
                        self.out.push_str("  ");
                        self.item(&format!("`{scope}`: {}", one_line(text)));
                    }
                }
                if let Some(url) = metadata_url {
                    self.item(&format!("Metadata: `{url}`"));
                }
            }
            SecurityKind::OpenIdConnect { url } => self.item(&format!("OpenID Connect configuration: `{url}`")),
            SecurityKind::Http { bearer_format: Some(format), .. } => {
                self.item(&format!("{} ({format}) in the `Authorization` header", short_kind(scheme)));
            }
            SecurityKind::Http { .. } => {
                self.item(&format!("{} in the `Authorization` header", short_kind(scheme)));
            }
            SecurityKind::MutualTls | SecurityKind::Other(_) => self.item(&short_kind(scheme)),
        }
        self.end_list();
    }
}
