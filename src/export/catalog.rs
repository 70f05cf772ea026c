//! `.well-known/api-catalog`: the APIs as a linkset (RFC 9727, RFC 9264).

use serde_json::{Value, json};

use crate::model::portal::Portal;

/// Returns the linkset, or `None` without a `base_url`: its links must be absolute.
pub fn api_catalog(portal: &Portal) -> Option<Vec<u8>> {
    let base = portal.settings.base_url.as_deref()?;
    let entries: Vec<Value> = portal
        .current_apis()
        .map(|(_, edition)| {
            json!({
                "anchor": format!("{base}{}", edition.base),
                "service-desc": [
                    { "href": format!("{base}{}openapi.json", edition.base), "type": "application/openapi+json" },
                    { "href": format!("{base}{}openapi.yaml", edition.base), "type": "application/openapi+yaml" },
                ],
                "service-doc": [{ "href": format!("{base}{}", edition.base), "type": "text/html" }],
            })
        })
        .collect();
    let items: Vec<Value> =
        portal.current_apis().map(|(_, edition)| json!({ "href": format!("{base}{}", edition.base) })).collect();
    let catalog = json!({ "anchor": format!("{base}.well-known/api-catalog"), "item": items });
    let linkset: Vec<Value> = std::iter::once(catalog).chain(entries).collect();
    let mut bytes = serde_json::to_vec_pretty(&json!({ "linkset": linkset })).expect("a linkset is made of strings");
    bytes.push(b'\n');
    Some(bytes)
}
