//! Method labels, path templates and badges of operations.

use crate::model::api::{Operation, OperationKind, Tag};
use crate::render::html::HtmlBuilder;
use crate::schema::anchor;

/// Returns the class of a method label.
pub fn method_class(method: &str) -> String {
    let known = ["get", "post", "put", "delete", "options", "head", "patch", "trace", "query"];
    let lower = method.to_ascii_lowercase();
    match known.contains(&lower.as_str()) {
        true => format!("method method--{lower}"),
        false => "method method--other".into(),
    }
}

/// Returns the method as it is shown: the standard's methods in capitals, others as written.
pub fn method_label(method: &str) -> String {
    let standard = method_class(method) != "method method--other";
    if standard { method.to_ascii_uppercase() } else { method.to_string() }
}

/// Adds a path that may break after each `/`, its parameters linked to their rows.
pub fn push_path(html: &mut HtmlBuilder, operation: &Operation) {
    let path = operation.kind.address();
    if !matches!(operation.kind, OperationKind::Http { .. }) {
        return html.push_text(path);
    }
    let mut rest: &str = path;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        push_breaking(html, &rest[..start]);
        push_part(html, operation, &rest[start + 1..start + length]);
        rest = &rest[start + length + 1..];
    }
    push_breaking(html, rest);
}

fn push_part(html: &mut HtmlBuilder, operation: &Operation, name: &str) {
    use crate::model::api::ParameterIn::Path;
    let declared = operation.parameters.iter().any(|known| known.location == Path && &*known.name == name);
    match declared {
        true => {
            html.push_markup("<a class=\"endpoint__param\"");
            html.push_attribute("href", &format!("#{}", anchor::parameter(Path, name)));
            html.push_markup(">{");
            html.push_text(name);
            html.push_markup("}</a>");
        }
        false => {
            html.push_markup("<span class=\"endpoint__param\">{");
            html.push_text(name);
            html.push_markup("}</span>");
        }
    }
}

/// Adds text that may break after each `/` but the first one.
fn push_breaking(html: &mut HtmlBuilder, text: &str) {
    for piece in text.split_inclusive('/') {
        html.push_text(piece);
        if piece.ends_with('/') && piece.len() > 1 {
            html.push_markup("<wbr>");
        }
    }
}

/// Returns the badges of an operation: `x-badges`, stability, and tags of kind `badge` (3.2).
pub fn of_operation(operation: &Operation, tags: &[Tag]) -> Vec<String> {
    let mut badges = Vec::new();
    for entry in &operation.extensions {
        match &*entry.key {
            "x-badges" | "x-badge" => {
                let items =
                    if entry.value.is_list() { entry.value.items() } else { std::slice::from_ref(&entry.value) };
                badges.extend(items.iter().filter_map(|item| {
                    let text = item.as_str().or_else(|| item.get("name").or(item.get("label"))?.as_str())?;
                    Some(text.to_string())
                }));
            }
            "x-stability" | "x-stability-level" | "x-lifecycle" | "x-status" => {
                badges.extend(entry.value.as_str().map(|text| text.to_string()));
            }
            "x-beta" | "x-experimental" | "x-preview" if entry.value.as_bool() == Some(true) => {
                badges.push(entry.key.trim_start_matches("x-").to_string());
            }
            _ => {}
        }
    }
    let marks = tags.iter().filter(|tag| tag.kind.as_deref() == Some("badge") && operation.tags.contains(&tag.name));
    badges.extend(marks.map(|tag| tag.label.as_ref().unwrap_or(&tag.name).to_string()));
    badges
}
