//! Sign-in of the try-it console by OAuth 2.0, against an authorization server on this machine.

use crate::loopback::{Answer, Asked, Loopback};
use crate::tab::Tab;
use crate::try_it::{api, assert_forgotten, assert_quiet, choose_alternative, fill, opened, send, site};

/// An authorization server: leads back at once, and gives a token for the right code, verifier and client.
fn identity(state_of: fn(&str) -> String) -> Loopback {
    Loopback::new(true, move |asked: &Asked| {
        let path = asked.target.split('?').next().unwrap_or_default();
        match (asked.method.as_str(), path) {
            ("GET", "/authorize") => {
                let back = format!(
                    "{}?code=the-code&state={}",
                    asked.parameter("redirect_uri"),
                    state_of(&asked.parameter("state"))
                );
                Answer("302 Found", vec![("location", back)], Vec::new())
            }
            ("POST", "/token") => {
                Answer::json("{\"access_token\":\"token-of-flow\",\"token_type\":\"Bearer\",\"expires_in\":3600}")
            }
            _ => Answer("404 Not Found", Vec::new(), Vec::new()),
        }
    })
}

#[test]
fn try_it_n12_signs_in_with_a_code_and_pkce_and_checks_the_state() {
    let (api, identity) = (api(), identity(str::to_owned));
    let served = site(&api.origin, &identity.origin);
    let tab = opened(&served, "list-events");
    choose_alternative(&tab, "oauth");
    tab.wait_for("document.querySelectorAll('.try-it__flow > .btn').length === 2");
    let words = tab.text(".try-it__flow .try-it__hint");
    assert!(words.contains(&format!("{}try-it/callback.html", served.base)), "{words}");
    fill(&tab, "Client id", "client-7");
    tab.click(".try-it__flow > .btn");
    tab.wait_for(
        "document.querySelector('.try-it__panel').textContent.includes('The token is there, good for 60 min.')",
    );
    let asked = identity.asked();
    let (first, second) = (&asked[0], &asked[1]);
    assert_eq!(
        (
            first.parameter("response_type"),
            first.parameter("client_id"),
            first.parameter("scope"),
            first.parameter("code_challenge_method")
        ),
        ("code".into(), "client-7".into(), "read:events".into(), "S256".into())
    );
    assert_eq!(
        (second.parameter("grant_type"), second.parameter("code")),
        ("authorization_code".into(), "the-code".into())
    );
    assert_eq!(second.parameter("redirect_uri"), format!("{}try-it/callback.html", served.base));
    let verifier = second.parameter("code_verifier");
    assert_eq!(verifier.len(), 64);
    assert_eq!(challenge(&verifier), first.parameter("code_challenge"));
    let words = send(&tab);
    assert!(words.starts_with("200 OK"), "{words}");
    assert_eq!(api.only().header("authorization"), "Bearer token-of-flow");
    assert_quiet(&tab, &served, &[&api.origin, &identity.origin]);
    tab.reload();
    assert_forgotten(&tab, &["token-of-flow", "the-code", &verifier]);
}

/// The S256 challenge of a verifier (RFC 7636, section 4.2).
fn challenge(verifier: &str) -> String {
    use sha2::Digest;
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let hash = sha2::Sha256::digest(verifier.as_bytes());
    let triples = hash.chunks(3).map(|chunk| {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        (0..=chunk.len()).map(move |at| ALPHABET[(bits >> (18 - 6 * at) & 63) as usize] as char).collect::<String>()
    });
    triples.collect()
}

#[test]
fn try_it_n12_an_answer_with_another_state_is_not_taken() {
    let (api, identity) = (api(), identity(|_| "another".to_owned()));
    let served = site(&api.origin, &identity.origin);
    let tab = opened(&served, "list-events");
    choose_alternative(&tab, "oauth");
    tab.wait_for("document.querySelectorAll('.try-it__flow > .btn').length === 2");
    fill(&tab, "Client id", "client-7");
    tab.run("window.__heard = []; new BroadcastChannel('portolan-try-it').onmessage = ({ data }) => window.__heard.push(data)");
    tab.click(".try-it__flow > .btn");
    tab.wait_for("window.__heard.length > 0");
    tab.wait_for("document.querySelector('.try-it__flow > .btn').textContent === 'Stop waiting'");
    assert_eq!(identity.asked().iter().filter(|one| one.method == "POST").count(), 0, "the code was not used");
    tab.click(".try-it__flow > .btn");
    tab.wait_for("document.querySelector('.try-it__panel').textContent.includes('Stopped.')");
}

#[test]
fn try_it_n12_the_page_of_a_sign_in_that_nobody_waits_for_does_nothing() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = Tab::at(&served.url("try-it/callback.html?code=stray-code&state=stray"));
    assert_eq!(tab.url(), served.url("try-it/callback.html"), "the code leaves the address at once");
    tab.wait_for("document.querySelector('[data-state]').textContent.startsWith('No page of this site waits')");
    assert_forgotten(&tab, &["stray-code"]);
    assert_quiet(&tab, &served, &[]);
}

#[test]
fn try_it_n12_takes_a_token_for_client_credentials() {
    let (api, identity) = (api(), identity(str::to_owned));
    let served = site(&api.origin, &identity.origin);
    let tab = opened(&served, "list-events");
    choose_alternative(&tab, "oauth");
    tab.wait_for("document.querySelectorAll('.try-it__flow > .btn').length === 2");
    tab.run("document.querySelector('.try-it__flow').open = false");
    fill(&tab, "Client id", "client 7");
    fill(&tab, "Client secret", "client-secret");
    tab.run("[...document.querySelectorAll('.try-it__flow > .btn')].find((control) => control.textContent === 'Get a token').click()");
    tab.wait_for("document.querySelector('.try-it__panel').textContent.includes('The token is there')");
    let asked = identity.only();
    assert_eq!(
        (asked.parameter("grant_type"), asked.parameter("scope")),
        ("client_credentials".into(), "read:events".into())
    );
    assert_eq!(asked.header("authorization"), "Basic Y2xpZW50JTIwNzpjbGllbnQtc2VjcmV0");
    send(&tab);
    assert_eq!(api.only().header("authorization"), "Bearer token-of-flow");
    assert_quiet(&tab, &served, &[&api.origin, &identity.origin]);
}
