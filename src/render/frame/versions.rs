//! The same page in another version of an API, and the links of the section menu that lead to other versions and APIs.

use crate::model::api::{Api, Operation, OperationKind};
use crate::model::portal::Portal;
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::menu::MenuKey;
use crate::render::view::{Switch, SwitchLink};

/// Returns the page about the same thing in another version of the API; `None` when that version has none.
///
/// An operation is the same when its operationId is, else when its method and path are; schemas and tags are the same
/// by name.
pub fn twin(portal: &Portal, subject: Subject, to: ApiIndex) -> Option<Subject> {
    let api = portal.api(to);
    let found = match subject {
        Subject::Api(_) => Subject::Api(to),
        Subject::Schemas(_) => Subject::Schemas(to),
        Subject::Authentication(_) => Subject::Authentication(to),
        Subject::Errors(_) => Subject::Errors(to),
        Subject::Operation(from, at) => {
            let operation = portal.api(from).operations.get(at as usize)?;
            Subject::Operation(to, same_operation(api, operation, at)?)
        }
        Subject::Schema(from, id) => {
            let name = &portal.api(from).named_schema(id)?.name;
            Subject::Schema(to, api.named_schemas.iter().find(|named| named.name == *name)?.id)
        }
        Subject::Tag(from, at) => {
            let name = &portal.api(from).tags.get(at as usize)?.name;
            Subject::Tag(to, api.tags.iter().position(|tag| tag.name == *name)? as u32)
        }
        _ => return None,
    };
    portal.routes.of(found).map(|route| route.subject)
}

/// Finds an operation in another version. Most stand at the same position or a little further on, so the search begins
/// there.
fn same_operation(api: &Api, wanted: &Operation, at: u32) -> Option<u32> {
    let (before, after) = api.operations.split_at((at as usize).min(api.operations.len()));
    let start = before.len();
    let numbered = || {
        let after = after.iter().enumerate().map(|(at, operation)| (start + at, operation));
        after.chain(before.iter().enumerate().rev())
    };
    let is_webhook = |operation: &Operation| !matches!(operation.kind, OperationKind::Http { .. });
    let same_kind = |operation: &Operation| is_webhook(operation) == is_webhook(wanted);
    let by_id = wanted.operation_id.as_ref().and_then(|id| {
        numbered().find(|(_, operation)| operation.operation_id.as_ref() == Some(id) && same_kind(operation))
    });
    let same_call = |operation: &Operation| {
        operation.kind.address() == wanted.kind.address()
            && operation.kind.method().eq_ignore_ascii_case(wanted.kind.method())
            && same_kind(operation)
    };
    by_id.or_else(|| numbered().find(|(_, operation)| same_call(operation))).map(|(at, _)| at as u32)
}

/// Returns the links to the other APIs of the portal and to the other versions of the page's own; `None` where there are
/// none.
pub fn switches(context: &PageContext<'_>) -> (Option<Switch>, Option<Switch>) {
    let Some(MenuKey::Api(own)) = context.renderer.menus.key(context.route.subject) else { return (None, None) };
    (apis(context, own), versions(context, own))
}

fn apis(context: &PageContext<'_>, own: ApiIndex) -> Option<Switch> {
    let portal = context.portal();
    let own = portal.edition(own).earlier_of.unwrap_or(own);
    let link = |at: ApiIndex| {
        let link = context.link(Subject::Api(at))?;
        Some(SwitchLink { title: link.title, href: link.href, current: at == own, note: None })
    };
    let links: Vec<SwitchLink> = portal.current_apis().filter_map(|(at, _)| link(at)).collect();
    switch(links)
}

fn versions(context: &PageContext<'_>, own: ApiIndex) -> Option<Switch> {
    let portal = context.portal();
    let current = portal.edition(own).earlier_of.unwrap_or(own);
    let editions = portal.apis.iter().enumerate().map(|(at, edition)| (ApiIndex(at as u32), edition));
    let editions = editions.filter(|(at, edition)| *at == current || edition.earlier_of == Some(current));
    let link = |at: ApiIndex, version: &str| {
        let same = if at == own { Some(context.route.subject) } else { twin(portal, context.route.subject, at) };
        let note = match same {
            None => Some("overview"),
            Some(_) if at == current => Some("current"),
            Some(_) => None,
        };
        let href = context.href(same.unwrap_or(Subject::Api(at)))?;
        let title = if version.is_empty() { "unnamed".to_owned() } else { version.to_owned() };
        Some(SwitchLink { title, href, current: at == own, note })
    };
    switch(editions.filter_map(|(at, edition)| link(at, &edition.version)).collect())
}

/// A choice of one is none.
fn switch(links: Vec<SwitchLink>) -> Option<Switch> {
    let title = links.iter().find(|link| link.current)?.title.clone();
    (links.len() > 1).then_some(Switch { title, links })
}

#[cfg(test)]
mod tests {
    use crate::render::reference::testing::{Site, assert_in_order};

    const OLD: &str = "openapi: 3.1.0
info: {title: Pay, version: '1'}
tags: [{name: refunds}]
paths:
  /refund/{id}: {get: {operationId: readRefund, tags: [refunds], responses: {}}}
  /payments: {get: {responses: {}}}
  /gone: {get: {operationId: gone, responses: {}}}
components: {schemas: {Old: {type: string}, Both: {type: string}}}";

    const NEW: &str = "openapi: 3.1.0
info: {title: Pay, version: '2'}
tags: [{name: refunds}]
paths:
  /payments: {get: {operationId: listPayments, responses: {}}}
  /new: {get: {operationId: new, responses: {}}}
  /refunds/{refundId}: {get: {operationId: readRefund, tags: [refunds], responses: {}}}
components: {schemas: {New: {type: string}, Both: {type: string}}}";

    fn site() -> Site {
        let other = "openapi: 3.1.0\ninfo: {title: Ships, version: '7'}\npaths: {/a: {get: {responses: {}}}}";
        Site::with_files(&[
            ("apis/pay/openapi.yaml", NEW),
            ("apis/pay/history/1.yaml", OLD),
            ("apis/pay/guides/one.md", "# One\n"),
            ("apis/ships/openapi.yaml", other),
            ("portal.toml", "title = \"T\"\nbase_url = \"https://d.test\"\n"),
        ])
    }

    /// The choices of a page: `title -> href` with `*` for the open one.
    fn choices(site: &Site, url: &str) -> Vec<String> {
        let html = site.page(url);
        let Some((_, switches)) = html.split_once("<div class=\"switches\">") else { return Vec::new() };
        let switches = switches.split("</div>").next().unwrap();
        let link = |rest: &str| {
            let href = rest.split('"').next().unwrap();
            let current = if rest.split('>').next().unwrap().contains("aria-current=\"true\"") { "*" } else { "" };
            let texts: Vec<&str> =
                rest.split("</a>").next().unwrap().split('<').filter_map(|part| part.split('>').nth(1)).collect();
            format!("{current}{} -> {href}", texts.join(" ").split_whitespace().collect::<Vec<_>>().join(" "))
        };
        switches.split("href=\"").skip(1).map(link).collect()
    }

    #[test]
    fn n04_the_switch_of_versions_keeps_the_operation_schema_and_tag() {
        let site = site();
        let apis = ["*Pay -> ../../", "Ships -> ../../../ships/"];
        // Same id at another path, other slug or none.
        let refund = choices(&site, "apis/pay/operations/read-refund/");
        assert_eq!(refund[..2], apis);
        assert_eq!(refund[2..], ["*2 current -> ./", "1 -> ../../versions/1/operations/read-refund/"]);
        // Same method and path, an id in one version only.
        let listed = choices(&site, "apis/pay/operations/list-payments/");
        assert_eq!(listed[3], "1 -> ../../versions/1/operations/get-payments/");
        assert_eq!(choices(&site, "apis/pay/operations/new/")[3], "1 its overview -> ../../versions/1/");
        assert_eq!(choices(&site, "apis/pay/schemas/both/")[3], "1 -> ../../versions/1/schemas/both/");
        assert_eq!(choices(&site, "apis/pay/tags/refunds/")[3], "1 -> ../../versions/1/tags/refunds/");
        assert_eq!(choices(&site, "apis/pay/")[2..], ["*2 current -> ./", "1 -> versions/1/"]);
        let old = choices(&site, "apis/pay/versions/1/operations/get-payments/");
        assert_eq!(old[0], "*Pay -> ../../../../");
        assert_eq!(old[2..], ["2 current -> ../../../../operations/list-payments/", "*1 -> ./"]);
        let gone = choices(&site, "apis/pay/versions/1/operations/gone/");
        assert_eq!(gone[2], "2 its overview -> ../../../../");
    }

    #[test]
    fn n04_documents_and_single_versions_are_switched_too_and_a_choice_of_one_is_none() {
        let site = site();
        let guide = choices(&site, "apis/pay/guides/one/");
        assert_eq!(
            guide,
            ["*Pay -> ../../", "Ships -> ../../../ships/", "*2 current -> ./", "1 its overview -> ../../versions/1/"]
        );
        assert_eq!(choices(&site, "apis/ships/"), ["Pay -> ../pay/", "*Ships -> ./"]);
        assert_eq!(choices(&site, ""), Vec::<String>::new());
        let alone = Site::of_operation("      responses: {}", "");
        assert!(!alone.operation_html().contains("class=\"switch"));
    }

    #[test]
    fn n04_an_old_page_says_so_and_its_canonical_link_is_the_newest_page_of_the_same_thing() {
        let site = site();
        let old = site.page("apis/pay/versions/1/operations/get-payments/");
        assert!(old.contains("<link rel=\"canonical\" href=\"https://d.test/apis/pay/operations/list-payments/\">"));
        assert_in_order(
            &old,
            &["noindex", "This is version 1, which is not the current one.", "../../../../operations/list-payments/"],
        );
        let gone = site.page("apis/pay/versions/1/operations/gone/");
        assert!(gone.contains("<link rel=\"canonical\" href=\"https://d.test/apis/pay/versions/1/operations/gone/\">"));
    }
}
