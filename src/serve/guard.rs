//! Who may ask: requests that a hostile page in the same browser could make are refused before anything is looked up.
//!
//! A page of another site can send requests to this server, and by rebinding its own name to this address it could
//! even read the answers. The `Host` it sends then is its own name; so only known names are answered.

use std::net::IpAddr;

use axum::http::{HeaderMap, StatusCode, Uri, header};

/// The host names that are answered.
#[derive(Debug, Clone)]
pub(super) struct Hosts {
    given: String,
    /// Bound to every address of the machine: any address literal may be how a reader reaches it. A name is still
    /// refused; an address cannot be rebound.
    is_any: bool,
}

impl Hosts {
    /// Takes the `--host` value and the address it led to.
    pub fn new(given: &str, address: IpAddr) -> Hosts {
        Hosts { given: bare(given).to_ascii_lowercase(), is_any: address.is_unspecified() }
    }

    /// Returns the host as it is written in a URL.
    pub fn shown(&self) -> String {
        match (self.is_any, self.given.contains(':')) {
            (true, _) => "127.0.0.1".to_owned(),
            (false, true) => format!("[{}]", self.given),
            (false, false) => self.given.clone(),
        }
    }

    fn allows(&self, authority: &str) -> bool {
        let Some(host) = host_of(authority) else { return false };
        let host = host.to_ascii_lowercase();
        let known = ["localhost", "127.0.0.1", "::1"].contains(&&*host) || host == self.given;
        known || (self.is_any && host.parse::<IpAddr>().is_ok())
    }

    /// Refuses a request whose host is missing, doubled, or not one of ours.
    pub fn check(&self, headers: &HeaderMap, uri: &Uri) -> Result<(), (StatusCode, &'static str)> {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) else {
            return Err((StatusCode::BAD_REQUEST, "the request must name one host\n"));
        };
        let target = uri.authority().map_or(host, |authority| authority.as_str());
        match self.allows(host) && self.allows(target) {
            true => Ok(()),
            false => Err((StatusCode::MISDIRECTED_REQUEST, "this server does not answer to that host name\n")),
        }
    }

    /// Refuses a stream of events to a page of another origin.
    pub fn check_origin(&self, headers: &HeaderMap) -> Result<(), (StatusCode, &'static str)> {
        let text = |name| headers.get(name).map(|value: &header::HeaderValue| value.to_str().unwrap_or("?"));
        let same_host = |origin: &str| {
            let authority = origin.strip_prefix("http://");
            authority.is_some_and(|authority| self.allows(authority) && text(header::HOST) == Some(authority))
        };
        let is_ours = text(header::ORIGIN).is_none_or(same_host);
        let is_cross = text(header::HeaderName::from_static("sec-fetch-site")).is_some_and(|site| site == "cross-site");
        match is_ours && !is_cross {
            true => Ok(()),
            false => Err((StatusCode::FORBIDDEN, "events are for pages of this server\n")),
        }
    }
}

fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

/// Returns the host of `host`, `host:port`, `[v6]` or `[v6]:port`; `None` for anything else.
fn host_of(authority: &str) -> Option<&str> {
    let (host, rest) = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_port = |text: &str| text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    (rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port)).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let local = Hosts::new("127.0.0.1", [127, 0, 0, 1].into());
        for host in ["localhost", "LocalHost:4000", "127.0.0.1:1", "[::1]:4000", "[::1]"] {
            assert!(local.allows(host), "{host}");
        }
        for host in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost:4000@evil.example",
            "",
            ":4000",
            "192.168.1.2",
            "localhost.",
            "[::1",
            "::1",
            "localhost:port",
            "127.1",
            "0x7f000001",
            "localhost:123456",
        ] {
            assert!(!local.allows(host), "{host}");
        }
        let open = Hosts::new("0.0.0.0", [0, 0, 0, 0].into());
        assert!(open.allows("192.168.1.2:4000") && open.allows("[fe80::1]:4000") && !open.allows("evil.example"));
        let named = Hosts::new("Dev-Box.local", [192, 168, 1, 2].into());
        assert!(named.allows("dev-box.local:4000") && !named.allows("192.168.1.2"));
    }
}
