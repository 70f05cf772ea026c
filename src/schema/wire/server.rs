//! Servers as a browser calls them: which origins a base URL can have, and whether a page may be let call them.
//!
//! Only https is let through, and http to the reader's own machine (RFC 6761, section 6.3 and RFC 1122, section
//! 3.2.1.3). It knows nothing of policies or pages.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use crate::model::api::{Server, ServerVariable};

/// Variables of the host may have this many combinations of values; beyond, each keeps its default.
const COMBINATIONS: usize = 64;

/// Where calls to a server can go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reach {
    /// Scheme, host and port of every base URL that may be called, as browsers write an origin.
    pub origins: BTreeSet<String>,
    /// A base URL is relative: calls go to wherever the description is published.
    pub own_site: bool,
    /// Base URLs that may not be called, each with the reason.
    pub refused: Vec<(String, &'static str)>,
    /// For each variable of the server: it must keep its default, because the host depends on it and any value would do.
    pub fixed: Vec<bool>,
}

impl Reach {
    /// Returns true when at least one base URL may be called.
    pub fn is_callable(&self) -> bool {
        self.own_site || !self.origins.is_empty()
    }
}

/// Returns where calls to a server can go, for every value of its variables. `published_at` is what relative URLs are
/// relative to, when that is known (`[apis.<id>] base_url`).
pub fn reach(server: &Server, published_at: Option<&str>) -> Reach {
    let head = head(&server.url);
    let decides = |variable: &&ServerVariable| head.contains(&format!("{{{}}}", variable.name));
    let deciding: Vec<&ServerVariable> = server.variables.iter().filter(decides).collect();
    let counts = deciding.iter().map(|variable| variable.values.len().max(1));
    let listed = counts.fold(1usize, usize::saturating_mul) <= COMBINATIONS;
    let is_fixed = |variable: &ServerVariable| !listed || variable.values.is_empty();
    let mut heads = vec![head.to_owned()];
    for variable in &deciding {
        let all = std::slice::from_ref(&variable.default);
        let values = if is_fixed(variable) { all } else { &variable.values };
        let place = format!("{{{}}}", variable.name);
        let with = |head: &String| values.iter().map(|value| head.replace(&place, value)).collect::<Vec<_>>();
        heads = heads.iter().flat_map(with).collect();
    }
    let fixed = server.variables.iter().map(|variable| decides(&variable) && is_fixed(variable)).collect();
    let mut reach = Reach { fixed, ..Reach::default() };
    for head in heads {
        let found = origin(&head).and_then(|found| match (found, published_at) {
            (None, Some(base)) => origin(base),
            (found, _) => Ok(found),
        });
        match found {
            Ok(Some(origin)) => drop(reach.origins.insert(origin)),
            Ok(None) => reach.own_site = true,
            Err(reason) => reach.refused.push((head, reason)),
        }
    }
    reach
}

/// The part of a URL template that decides the origin.
fn head(url: &str) -> &str {
    let authority = url.find("://").map_or(if url.starts_with("//") { 2 } else { 0 }, |at| at + 3);
    let end = url[authority..].find(['/', '?', '#']).map_or(url.len(), |end| authority + end);
    &url[..end]
}

/// Returns the origin of a URL as browsers write it; `None` when the URL is relative, and the reason when no page may
/// be let call it.
pub fn origin(url: &str) -> Result<Option<String>, &'static str> {
    let url = url.trim();
    let Some((scheme, rest)) = url.strip_prefix("//").map(|rest| ("https", rest)).or(url.split_once("://")) else {
        let first = url.split(['/', '?', '#']).next().unwrap_or_default();
        return if first.contains(':') { Err("it has no scheme; `https://` is missing before it") } else { Ok(None) };
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    if authority.contains('@') {
        return Err("it holds a user name, which no request may carry in its URL");
    }
    if authority.starts_with('[') {
        return Err("its host is an IPv6 address, which a page's policy cannot name; use a name such as `localhost`");
    }
    let is_port = |port: &&str| !port.is_empty() && port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if is_port(&port) => (host, Some(port)),
        _ => (authority.as_str(), None),
    };
    let is_plain = |host: &str| host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if host.is_empty() || !is_plain(host) {
        return Err("its host is no plain name");
    }
    let scheme = scheme.to_ascii_lowercase();
    let usual = match scheme.as_str() {
        "https" => "443",
        "http" if is_loopback(host) => "80",
        "http" => return Err("it is not encrypted; only https is called, or http on the reader's own machine"),
        _ => return Err("its scheme is not https"),
    };
    let port = port.filter(|port| *port != usual).map_or(String::new(), |port| format!(":{port}"));
    Ok(Some(format!("{scheme}://{host}{port}")))
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host.parse().is_ok_and(|ip: Ipv4Addr| ip.is_loopback())
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

    fn origins(reach: &Reach) -> Vec<&str> {
        reach.origins.iter().map(String::as_str).collect()
    }

    #[test]
    fn n12_only_https_and_this_machine_are_called() {
        for (url, wanted) in [
            ("https://API.example.com:443/v1", Some("https://api.example.com")),
            ("https://api.example.com:8443", Some("https://api.example.com:8443")),
            ("//api.example.com/v1", Some("https://api.example.com")),
            ("http://localhost:8080/x", Some("http://localhost:8080")),
            ("http://127.0.0.9/x", Some("http://127.0.0.9")),
            ("http://api.localhost:80", Some("http://api.localhost")),
            ("http://api.example.com", None),
            ("http://localhost.example.com", None),
            ("http://127.0.0.1.example.com", None),
            ("https://user:secret@api.example.com", None),
            ("https://api.example.com\\@evil.example", Some("https://api.example.com")),
            ("https://*.example.com", None),
            ("https://a b; script-src *", None),
            ("https://münster.example", None),
            ("https://", None),
            ("http://[::1]:80", None),
            ("wss://api.example.com", None),
            ("javascript://api.example.com", None),
        ] {
            assert_eq!(origin(url).ok().flatten().as_deref(), wanted, "{url}");
        }
        assert_eq!((origin("/v1"), origin(""), origin("v1/x")), (Ok(None), Ok(None), Ok(None)));
        assert!(origin("localhost:8080/v1").is_err());
    }

    #[test]
    fn n12_variables_of_the_host_give_an_origin_for_each_listed_value() {
        let regions = server(
            "https://{region}.example.com/{version}",
            &[("region", "eu", &["eu", "us"]), ("version", "v1", &[])],
        );
        let found = reach(&regions, None);
        assert_eq!(origins(&found), ["https://eu.example.com", "https://us.example.com"]);
        assert_eq!(found.fixed, [false, false]);
        let schemes = reach(&server("{scheme}://api.example.com", &[("scheme", "https", &["http", "https"])]), None);
        assert_eq!((origins(&schemes), schemes.refused.len()), (vec!["https://api.example.com"], 1));
    }

    #[test]
    fn n12_a_host_that_any_text_may_name_keeps_its_default() {
        let tenant = reach(&server("https://{tenant}.example.com/", &[("tenant", "demo", &[])]), None);
        assert_eq!((origins(&tenant), tenant.fixed.as_slice()), (vec!["https://demo.example.com"], [true].as_slice()));
        let many: Vec<String> = (0..100).map(|n| format!("r{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let regions = reach(&server("https://{region}.example.com/", &[("region", "r7", &many)]), None);
        assert_eq!((origins(&regions), regions.fixed.as_slice()), (vec!["https://r7.example.com"], [true].as_slice()));
        let whole = reach(&server("{base}/v1", &[("base", "https://api.example.com/x", &[])]), None);
        assert_eq!(origins(&whole), ["https://api.example.com"]);
    }

    #[test]
    fn n12_a_relative_server_is_the_site_itself() {
        let own = reach(&server("/v1/{x}", &[("x", "a", &[])]), None);
        assert!(own.own_site && own.origins.is_empty() && own.is_callable());
        assert_eq!(own.fixed, [false]);
        let elsewhere = reach(&server("/v1", &[]), Some("https://api.example.com/docs/openapi.yaml"));
        assert_eq!((origins(&elsewhere), elsewhere.own_site), (vec!["https://api.example.com"], false));
        assert!(!reach(&server("/v1", &[]), Some("http://api.example.com/")).is_callable());
    }
}
