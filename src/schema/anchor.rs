//! The anchors of reference pages: one rule for the pages that have them and for everything that links to them.

/// Returns a name as a part of an anchor: letters, digits, `_` and `.` stay, every run of anything else is one `-`.
pub fn part(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            c if c.is_alphanumeric() || c == '_' || c == '.' => out.push(c),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    if out.is_empty() { "x".into() } else { out }
}

/// Returns an anchor of several names: `body-address-city`.
pub fn join(prefix: &str, name: &str) -> String {
    format!("{prefix}-{}", part(name))
}

/// Returns the anchor of a property on its schema's own page: `property-address-city`.
pub fn property<'a>(path: impl IntoIterator<Item = &'a str>) -> String {
    path.into_iter().fold("property".into(), |anchor: String, name| join(&anchor, name))
}

/// Returns the anchor of a parameter on its operation's page: `query-limit`.
pub fn parameter(location: crate::model::api::ParameterIn, name: &str) -> String {
    join(location_word(location), name)
}

/// Returns the anchor of a security scheme on the page about authentication: `scheme-key`.
pub fn scheme(name: &str) -> String {
    join("scheme", name)
}

/// Returns the anchor of a response on its operation's page: `response-200`.
pub fn response(status: &str) -> String {
    join("response", status)
}

/// Returns the word for the place of a parameter, as in its anchor.
pub fn location_word(location: crate::model::api::ParameterIn) -> &'static str {
    use crate::model::api::ParameterIn;
    match location {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::QueryString => "querystring",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_hold_only_what_needs_no_escaping() {
        assert_eq!(property(["address", "street name[0]"]), "property-address-street-name-0");
        assert_eq!(part("@\"<"), "x");
        assert_eq!(response("4XX"), "response-4XX");
        assert_eq!(parameter(crate::model::api::ParameterIn::Query, "filter[name]"), "query-filter-name");
    }
}
