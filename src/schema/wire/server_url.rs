//! The URL of a server with its variables filled in.

use crate::model::api::{Server, ServerVariable};

/// A piece of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPiece {
    /// Text.
    Text(String),
    /// A variable that the description does not declare.
    Unknown(String),
}

/// Returns the URL with every variable at its default, without a trailing slash.
pub fn filled(server: &Server) -> Vec<UrlPiece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest: &str = &server.url;
    while let Some(start) = rest.find('{') {
        let Some(length) = rest[start..].find('}') else { break };
        let name = &rest[start + 1..start + length];
        text.push_str(&rest[..start]);
        match server.variables.iter().find(|variable| &*variable.name == name) {
            Some(variable) => text.push_str(default_of(variable)),
            None => {
                pieces.extend(Some(std::mem::take(&mut text)).filter(|text| !text.is_empty()).map(UrlPiece::Text));
                pieces.push(UrlPiece::Unknown(name.to_string()));
            }
        }
        rest = &rest[start + length + 1..];
    }
    text.push_str(rest);
    let text = text.trim_end_matches('/');
    if !text.is_empty() || pieces.is_empty() {
        pieces.push(UrlPiece::Text(text.to_string()));
    }
    pieces
}

/// A default that is no value of the variable's own list says nothing; its first value does.
fn default_of(variable: &ServerVariable) -> &str {
    match variable.values.first() {
        Some(first) if variable.default.is_empty() && !variable.values.contains(&variable.default) => first,
        _ => &variable.default,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str, variables: &[(&str, &str, &[&str])]) -> Server {
        let variable = |(name, default, values): &(&str, &str, &[&str])| ServerVariable {
            name: (*name).into(),
            default: (*default).into(),
            values: values.iter().map(|value| (*value).into()).collect(),
            description: None,
            extensions: Vec::new(),
        };
        Server {
            url: url.into(),
            name: None,
            description: None,
            variables: variables.iter().map(variable).collect(),
            extensions: Vec::new(),
        }
    }

    #[test]
    fn r05_variables_have_their_defaults_and_undeclared_ones_stay_apart() {
        let text = |text: &str| UrlPiece::Text(text.into());
        let declared =
            server("https://{host}:{port}/v{v}/", &[("host", "a.test", &[]), ("port", "", &["443", "8443"])]);
        assert_eq!(filled(&declared), [text("https://a.test:443/v"), UrlPiece::Unknown("v".into())]);
        assert_eq!(filled(&server("/", &[])), [text("")]);
        assert_eq!(filled(&server("https://a.test/{", &[])), [text("https://a.test/{")]);
    }
}
