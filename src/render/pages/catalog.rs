//! The catalog: every API of the portal.

use serde::Serialize;

use super::Body;
use super::parts::{Chip, cut};
use crate::model::api::OperationKind;
use crate::model::portal::ApiEdition;
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;

/// What `catalog.html` sees.
#[derive(Debug, Serialize)]
pub struct CatalogView {
    /// The APIs in order.
    pub apis: Vec<ApiRow>,
}

/// One API in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ApiRow {
    /// Its title.
    pub title: String,
    /// Its landing page.
    pub href: String,
    /// Its version.
    pub version: String,
    /// How far it is: experimental, beta, stable …
    pub status: Option<Chip>,
    /// One line about it.
    pub summary: Option<String>,
    /// Operations, webhooks left out.
    pub operations: usize,
    /// Webhooks.
    pub webhooks: usize,
    /// Schemas with a page.
    pub schemas: usize,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Earlier versions: name and landing page.
    pub earlier: Vec<EarlierView>,
}

/// An earlier version of an API.
#[derive(Debug, Clone, Serialize)]
pub struct EarlierView {
    /// The version's name.
    pub version: String,
    /// Its landing page.
    pub href: String,
}

/// Makes the catalog.
pub fn body(context: &PageContext<'_>) -> Body {
    let view = CatalogView { apis: api_rows(context) };
    let names: Vec<&str> = view.apis.iter().map(|api| api.title.as_str()).collect();
    Body::new(&view).description((!names.is_empty()).then(|| cut(&names.join(", "), 150)))
}

/// Returns the current APIs in order.
pub fn api_rows(context: &PageContext<'_>) -> Vec<ApiRow> {
    context.portal().current_apis().filter_map(|(index, edition)| api_row(context, index, edition)).collect()
}

fn api_row(context: &PageContext<'_>, index: ApiIndex, edition: &ApiEdition) -> Option<ApiRow> {
    let portal = context.portal();
    let api = &edition.api;
    let link = context.link(Subject::Api(index))?;
    let landing = edition.landing.map(|landing| &portal.document(landing).front);
    let webhooks =
        api.operations.iter().filter(|operation| matches!(operation.kind, OperationKind::Webhook { .. })).count();
    let said =
        landing.and_then(|front| front.description.clone()).or_else(|| api.info.summary.as_deref().map(str::to_owned));
    let lifecycle = landing.and_then(|front| front.lifecycle.as_deref().or(front.status.as_deref()));
    Some(ApiRow {
        title: link.title,
        href: link.href,
        version: edition.version.to_string(),
        status: lifecycle.map(Chip::lifecycle),
        summary: said.or(link.summary).map(|text| cut(&text, 160)),
        operations: api.operations.len() - webhooks,
        webhooks,
        schemas: api.named_schemas.len(),
        owner: landing.and_then(|front| front.owner.clone()),
        earlier: earlier(context, index),
    })
}

fn earlier(context: &PageContext<'_>, current: ApiIndex) -> Vec<EarlierView> {
    let editions = context.portal().apis.iter().enumerate();
    let earlier = editions.filter(|(_, edition)| edition.earlier_of == Some(current));
    let view = |(at, edition): (usize, &ApiEdition)| {
        let href = context.href(Subject::Api(ApiIndex(u32::try_from(at).ok()?)))?;
        Some(EarlierView { version: edition.version.to_string(), href })
    };
    earlier.filter_map(view).collect()
}
