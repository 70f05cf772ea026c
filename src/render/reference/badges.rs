//! Method labels, path templates and badges of operations.

use super::Reference;
use crate::model::api::{Operation, OperationKind, Tag};
use crate::model::node::{Entry, Node};
use crate::model::route::Subject;
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::theme::colour::Colour;
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

/// A short word about an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Badge {
    /// The word.
    pub text: String,
    /// The tag that it comes from, whose page says what it means.
    pub tag: Option<u32>,
    /// What it means, in the words of `x-badges`.
    pub about: Option<String>,
    /// The colour that its author chose: `#rrggbb` or the name of one.
    pub colour: Option<String>,
    /// It stands before the title.
    pub before: bool,
}

impl Badge {
    fn plain(text: impl Into<String>) -> Badge {
        Badge { text: text.into(), tag: None, about: None, colour: None, before: false }
    }

    /// Reads one item of `x-badges`: a text, or an object with `name` (or `label`), `position` and `color`.
    fn of_item(item: &Node) -> Option<Badge> {
        let text = |key: &str| item.get(key).and_then(|node| node.as_str());
        if let Some(word) = item.as_str() {
            return Some(Badge::plain(&**word));
        }
        let name = text("name").or(text("label"))?;
        let colour = text("color").or(text("colour")).map(|colour| colour.trim().to_string());
        Some(Badge {
            text: name.to_string(),
            tag: None,
            about: text("description").map(|text| text.to_string()),
            colour: colour.filter(|colour| is_colour(colour)),
            before: text("position").is_some_and(|position| &**position == "before"),
        })
    }

    /// Returns it as a chip. Its words keep the theme's colours, which can be read; the author's is a dot beside them.
    /// `href` is the page of its tag.
    pub fn html(&self, href: Option<&str>) -> SafeHtml {
        let mut html = HtmlBuilder::new();
        match href {
            Some(href) => {
                html.push_markup("<a class=\"chip\"");
                html.push_url("href", href);
            }
            None => html.push_markup("<span class=\"chip\""),
        }
        html.push_markup(">");
        if let Some(colour) = &self.colour {
            html.push_markup(
                "<svg class=\"chip__dot\" viewBox=\"0 0 8 8\" aria-hidden=\"true\"><circle cx=\"4\" cy=\"4\" r=\"3.5\"",
            );
            html.push_attribute("fill", colour);
            html.push_markup("/></svg>");
        }
        html.push_text(&self.text);
        if let Some(about) = &self.about {
            html.push_text(&format!(": {about}"));
        }
        html.push_markup(if href.is_some() { "</a>" } else { "</span>" });
        html.finish()
    }
}

impl Reference<'_> {
    /// Returns the badges of an operation as chips: those before its title, and the others.
    pub fn badges(&self, operation: &Operation) -> (SafeHtml, SafeHtml) {
        let (before, after): (Vec<Badge>, Vec<Badge>) =
            of_operation(operation, &self.api.tags).into_iter().partition(|badge| badge.before);
        let chips = |badges: &[Badge]| {
            let mut html = HtmlBuilder::new();
            for badge in badges {
                let href = badge.tag.and_then(|tag| self.context.href(Subject::Tag(self.at, tag)));
                html.push_markup(" ");
                html.push_safe(&badge.html(href.as_deref()));
            }
            html.finish()
        };
        (chips(&before), chips(&after))
    }
}

/// True for `#rgb`, `#rrggbb` and names of letters: nothing else may stand in the attribute.
fn is_colour(text: &str) -> bool {
    let is_name = !text.is_empty() && text.len() <= 24 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_name || Colour::parse(text).is_some()
}

/// Returns the badges of an operation: `x-badges`, stability, and tags of kind `badge` (3.2).
pub fn of_operation(operation: &Operation, tags: &[Tag]) -> Vec<Badge> {
    let mut badges = Vec::new();
    for entry in &operation.extensions {
        match &*entry.key {
            "x-badges" | "x-badge" => {
                let items =
                    if entry.value.is_list() { entry.value.items() } else { std::slice::from_ref(&entry.value) };
                badges.extend(items.iter().filter_map(Badge::of_item));
            }
            "x-stability" | "x-stability-level" | "x-lifecycle" | "x-status" => {
                badges.extend(entry.value.as_str().map(|text| Badge::plain(&**text)));
            }
            "x-beta" | "x-experimental" | "x-preview" if entry.value.as_bool() == Some(true) => {
                badges.push(Badge::plain(entry.key.trim_start_matches("x-")));
            }
            _ => {}
        }
    }
    let marks = tags.iter().enumerate().filter(|(_, tag)| is_badge(tag) && operation.tags.contains(&tag.name));
    badges.extend(marks.map(|(at, tag)| Badge {
        tag: Some(at as u32),
        ..Badge::plain(tag.label.as_ref().unwrap_or(&tag.name).to_string())
    }));
    badges
}

/// Returns the badges of a schema: `x-badges` and `x-tags`.
pub fn of_extensions(extensions: &[&Entry]) -> Vec<Badge> {
    let mut badges = Vec::new();
    for entry in extensions.iter().filter(|entry| matches!(&*entry.key, "x-badges" | "x-badge" | "x-tags")) {
        let items = if entry.value.is_list() { entry.value.items() } else { std::slice::from_ref(&entry.value) };
        badges.extend(items.iter().filter_map(Badge::of_item));
    }
    badges
}

/// True for a tag that is a mark of operations, not a group of them.
pub fn is_badge(tag: &Tag) -> bool {
    tag.kind.as_deref() == Some("badge")
}

#[cfg(test)]
mod tests {
    use super::is_colour;

    #[test]
    fn o12_only_colours_reach_the_attribute() {
        assert!(is_colour("#fff") && is_colour("#a0B1c2") && is_colour("rebeccapurple"));
        assert!(!is_colour("url(#x)") && !is_colour("red\" x=\"") && !is_colour("") && !is_colour("#12345"));
    }
}
