//! The try-it console, against an API and an authorization server on this machine: what is sent is what was filled in,
//! secrets go nowhere else, and what browsers forbid is said.

use std::collections::BTreeMap;
use std::sync::Arc;

use portolan::Options;

use crate::loopback::{Answer, Loopback};
use crate::server::{Served, serve_with_policy};
use crate::support::{build_with, run, tree};
use crate::tab::Tab;

/// A description that calls `api`, with tokens of `identity`.
fn description(api: &str, identity: &str) -> String {
    include_str!("try_it.yaml").replace("{API}", api).replace("{IDENTITY}", identity)
}

/// The site of the description, with the console on, below the policy that its own `_headers` asks for.
pub fn site(api: &str, identity: &str) -> Served {
    let files = BTreeMap::from([
        ("apis/museum/openapi.yaml".to_owned(), description(api, identity).into_bytes()),
        ("portal.toml".to_owned(), b"title = \"T\"\n[apis.museum]\ntry_it = true\n".to_vec()),
    ]);
    let options = Options { base_url: Some("https://developers.example/portal/".to_owned()), ..Options::default() };
    let built = build_with(&tree("try-it", files), &options);
    let policy = built.site.policy.clone();
    serve_with_policy(Arc::new(run(&built.site)), policy)
}

pub fn api() -> Loopback {
    Loopback::new(true, |asked| match asked.target.as_str() {
        target if target.starts_with("/v1/photos") => {
            Answer("200 OK", vec![("content-type", "image/png".into())], vec![0x89, b'P', b'N', b'G', 0, 1, 2, 3])
        }
        _ if asked.method == "POST" => Answer(
            "201 Created",
            vec![("content-type", "application/json".into()), ("x-request-id", "r-1".into())],
            br#"{"id":12345678901234567890,"price":1.10}"#.to_vec(),
        ),
        _ => Answer::json(r#"[{"id":1,"name":"A & <b>B</b>"},[],{}]"#),
    })
}

/// Opens the console of an operation.
pub fn opened(served: &Served, operation: &str) -> Tab {
    let tab = Tab::at(&served.url(&format!("apis/museum/operations/{operation}/")));
    open(&tab);
    tab
}

fn open(tab: &Tab) {
    tab.click("[data-try-it] > button");
    tab.wait_for("document.querySelector('.try-it__panel')?.checkVisibility()");
}

/// Fills in the control with this label, as a reader who finds it by its name.
pub fn fill(tab: &Tab, label: &str, value: &str) {
    tab.run(&format!(
        "const name = [...document.querySelectorAll('.try-it__panel label')].find((label) => label.checkVisibility() && label.firstChild.textContent.trim() === {label:?})
         if (!name) throw new Error('no control ' + {label:?})
         const input = name.control
         input.focus()
         if (input.type === 'checkbox') input.click()
         else input.value = {value:?}
         input.dispatchEvent(new Event('input', {{ bubbles: true }}))
         input.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
}

pub fn choose_alternative(tab: &Tab, label: &str) {
    tab.run(&format!(
        "const select = [...document.querySelectorAll('.try-it__panel label')].find((label) => label.textContent === 'Authenticate with').control
         select.value = [...select.options].find((option) => option.textContent === {label:?}).value
         select.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    ));
}

pub fn send(tab: &Tab) -> String {
    tab.run("document.querySelector('.try-it__state').textContent = ''");
    tab.click(".try-it__panel button[type=submit]");
    tab.wait_for(
        "/ in \\d+ ms|No answer|redirect|needs|Not sent/.test(document.querySelector('.try-it__state').textContent)",
    );
    tab.text(".try-it__state")
}

fn preview(tab: &Tab) -> String {
    tab.ask("document.querySelector('.try-it__panel pre[aria-label=Request]').textContent")
}

fn curl(tab: &Tab) -> String {
    tab.ask("document.querySelector('.try-it__panel pre[aria-label=curl]').textContent")
}

/// Nothing of the policy was broken, and nobody else was asked. Requests to the servers of the description are wanted.
pub fn assert_quiet(tab: &Tab, served: &Served, wanted: &[&str]) {
    let complaints = tab.complaints(&served.base);
    let unwanted =
        |complaint: &String| !wanted.iter().any(|origin| complaint.starts_with(&format!("request: {origin}")));
    let complaints: Vec<String> = complaints.into_iter().filter(unwanted).collect();
    assert_eq!(complaints, Vec::<String>::new());
}

/// Nothing that was typed in as a secret is stored, in the address or in the page.
pub fn assert_forgotten(tab: &Tab, secrets: &[&str]) {
    let everywhere: String = tab.ask(
        "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, document.cookie, document.documentElement.outerHTML, [...document.querySelectorAll('input')].map((input) => input.value)])",
    );
    for secret in secrets {
        assert!(!everywhere.contains(secret), "`{secret}` is kept: {everywhere}");
    }
}

#[test]
fn try_it_n12_is_fetched_when_its_button_is_pressed_and_not_before() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = Tab::at(&served.url("apis/museum/operations/list-events/"));
    let scripts = "performance.getEntriesByType('resource').map((one) => one.name).filter((name) => /try-it\\.|request\\.json/.test(name)).length";
    assert_eq!(tab.ask::<usize>(scripts), 0);
    assert_eq!(tab.text("[data-try-it] > button"), "Try it");
    open(&tab);
    assert_eq!(tab.ask::<usize>(scripts), 3, "script, style and request");
    assert_eq!(tab.ask::<String>("document.activeElement.textContent"), "Try it");
    assert_eq!(tab.ask::<String>("document.querySelector('[data-try-it] > button').ariaExpanded"), "true");
    assert!(
        tab.text(".try-it__host").contains(api.origin.trim_start_matches("http://")),
        "the host is shown before sending"
    );
    assert!(api.asked().is_empty(), "nothing is sent before the reader sends it");
    tab.click("[data-try-it] > button");
    assert!(!tab.shows(".try-it__panel"));
    assert_quiet(&tab, &served, &[]);
}

#[test]
fn try_it_n12_sends_path_query_and_header_parameters_by_their_style() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "get-event");
    assert_eq!(send(&tab), "The path needs a value for id.");
    assert_eq!(tab.ask::<String>("document.activeElement.labels[0].firstChild.textContent"), "id");
    assert!(api.asked().is_empty());
    fill(&tab, "id", "a/b c");
    fill(&tab, "kind", "talk & tour");
    fill(&tab, "tags", "x\ny z");
    fill(&tab, "north", "52");
    fill(&tab, "X-Trace", "t-1");
    fill(&tab, "session", "s3cret");
    assert!(curl(&tab).contains("Cookie: session=s3cret"), "{}", curl(&tab));
    let words = send(&tab);
    assert!(words.starts_with("200 OK in "), "{words}");
    let asked = api.only();
    assert_eq!(asked.target, "/v1/events/a%2Fb%20c?kind=talk%20%26%20tour&tags=x,y%20z&box%5Bnorth%5D=52");
    assert_eq!(
        (asked.header("x-trace"), asked.header("accept"), asked.header("cookie")),
        ("t-1", "application/json", "")
    );
    assert_eq!(preview(&tab), format!("GET {}{}\nAccept: application/json\nX-Trace: t-1", api.origin, asked.target));
    assert!(tab.text(".try-it__result pre").contains("\"name\": \"A & <b>B</b>\""), "as text, never as markup");
    assert_eq!(tab.ask::<usize>("document.querySelectorAll('.try-it__result b').length"), 0);
    assert_quiet(&tab, &served, &[&api.origin]);
}

#[test]
fn try_it_n12_a_path_value_cannot_climb_or_leave_the_server() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "get-event");
    for value in ["..", ".", "%2e%2E"] {
        fill(&tab, "id", value);
        let target = preview(&tab);
        tab.click(".try-it__panel button[type=submit]");
        match value {
            "%2e%2E" => assert!(target.contains("/v1/events/%252e%252E"), "{target}"),
            _ => assert_eq!(tab.text(".try-it__state"), "id cannot be . or .. in a URL."),
        }
    }
    fill(&tab, "id", "@evil.example/");
    assert!(preview(&tab).starts_with(&format!("GET {}/v1/events/%40evil.example%2F", api.origin)));
}

#[test]
fn try_it_n12_posts_json_and_shows_numbers_as_they_came() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "create-event");
    assert!(tab.ask::<String>("document.querySelector('.try-it__area').value").contains("\"name\": \"Pirates\""));
    fill(&tab, "Content", "{\"nam\": 1");
    assert!(tab.text(".try-it__wrong:not([hidden])").starts_with("This is no JSON yet:"));
    fill(&tab, "Content", "{\"nam\": 1}");
    assert_eq!(tab.text(".try-it__wrong:not([hidden])"), "Required and not there: name.");
    fill(&tab, "Content", "{\"name\": \"Æ\"}");
    assert!(!tab.shows(".try-it__wrong:not([hidden])"));
    let words = send(&tab);
    assert!(words.starts_with("201 Created in ") && words.ends_with(", 40 bytes."), "{words}");
    let asked = api.only();
    assert_eq!(
        (asked.method.as_str(), asked.header("content-type"), asked.body.as_str()),
        ("POST", "application/json", "{\"name\": \"Æ\"}")
    );
    assert_eq!(
        tab.ask::<String>("document.querySelector('.try-it__result pre').textContent"),
        "{\n  \"id\": 12345678901234567890,\n  \"price\": 1.10\n}"
    );
    assert!(
        tab.text(".try-it__headers").contains("x-request-id r-1")
            || tab.text(".try-it__headers").contains("x-request-idr-1")
    );
    assert!(
        curl(&tab).contains("curl -X POST") && curl(&tab).contains("--data-raw '{\"name\": \"Æ\"}'"),
        "{}",
        curl(&tab)
    );
    assert_quiet(&tab, &served, &[&api.origin]);
}

#[test]
fn try_it_n12_sends_files_in_multipart_and_offers_binary_answers_as_files() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "add-photo");
    tab.run(
        "const input = document.querySelector('.try-it__panel input[type=file]')
         const files = new DataTransfer()
         files.items.add(new File(['PIXELS'], 'a \"b\".png', { type: 'image/png' }))
         input.files = files.files
         input.dispatchEvent(new Event('change', { bubbles: true }))",
    );
    fill(&tab, "caption", "Line");
    fill(&tab, "meta", "{\"n\": 1}");
    let words = send(&tab);
    assert!(words.starts_with("200 OK in "), "{words}");
    let asked = api.only();
    let boundary = asked.header("content-type").strip_prefix("multipart/form-data; boundary=").unwrap().to_owned();
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a %22b%22.png\"\r\nContent-Type: image/png\r\n\r\nPIXELS\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nLine\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{{\"n\":1}}\r\n--{boundary}--\r\n"
    );
    assert_eq!(asked.body, expected);
    assert!(preview(&tab).contains("(a \"b\".png, 6 bytes)"), "{}", preview(&tab));
    assert!(tab.text(".try-it__result").contains("image/png, 8 bytes"), "{}", tab.text(".try-it__result"));
    assert!(tab.ask::<bool>("document.querySelector('.try-it__result a[download]').href.startsWith('blob:')"));
    assert_quiet(&tab, &served, &[&api.origin]);
}

#[test]
fn try_it_n12_sends_credentials_of_each_kind_and_keeps_them_in_memory_alone() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "list-events");
    assert!(
        preview(&tab).starts_with("GET ") && !preview(&tab).contains("Authorization"),
        "no empty credential is sent"
    );
    assert!(curl(&tab).contains("-H \"X-Key: ${MUSEUM_KEY}\""), "{}", curl(&tab));
    fill(&tab, "X-Key", "key-secret");
    assert!(preview(&tab).contains("X-Key: ••••••"), "{}", preview(&tab));
    send(&tab);
    choose_alternative(&tab, "queryKey");
    fill(&tab, "key", "query secret");
    assert!(preview(&tab).contains("?key=••••••"), "{}", preview(&tab));
    send(&tab);
    choose_alternative(&tab, "basic");
    fill(&tab, "User name", "anna");
    fill(&tab, "Password", "pass-sécret");
    send(&tab);
    choose_alternative(&tab, "bearer");
    fill(&tab, "Token", "token-secret");
    send(&tab);
    let asked = api.asked();
    assert_eq!((asked[0].header("x-key"), asked[0].target.as_str()), ("key-secret", "/v1/events"));
    assert_eq!((asked[1].header("x-key"), asked[1].target.as_str()), ("", "/v1/events?key=query%20secret"));
    assert_eq!(asked[2].header("authorization"), "Basic YW5uYTpwYXNzLXPDqWNyZXQ=");
    assert_eq!(asked[3].header("authorization"), "Bearer token-secret");
    assert!(asked.iter().all(|one| one.header("cookie").is_empty() && one.header("referer").is_empty()));
    let secrets = ["key-secret", "query secret", "query%20secret", "pass-sécret", "token-secret", "YW5uYTpw"];
    let markup: String = tab.ask("document.documentElement.outerHTML + location.href + JSON.stringify([{ ...localStorage }, { ...sessionStorage }])");
    assert!(!secrets.iter().any(|secret| markup.contains(secret)), "a secret is in the page");
    tab.click(".try-it__hint .btn");
    assert!(!tab.ask::<bool>("[...document.querySelectorAll('input[type=password]')].some((input) => input.value)"));
    fill(&tab, "Token", "token-secret");
    assert_quiet(&tab, &served, &[&api.origin]);
    tab.reload();
    assert_forgotten(&tab, &secrets);
    open(&tab);
    assert_forgotten(&tab, &secrets);
}

#[test]
fn try_it_n12_says_that_a_call_was_blocked_and_gives_the_command() {
    let api = Loopback::new(false, |_| Answer::json("[]"));
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "list-events");
    fill(&tab, "X-Key", "key-secret");
    let words = send(&tab);
    assert!(words.starts_with("No answer from 127.0.0.1:"), "{words}");
    let told = tab.text(".try-it__result");
    assert!(
        told.contains("does not allow calls from this site (CORS)")
            && told.contains("Access-Control-Allow-Origin: http://127.0.0.1:"),
        "{told}"
    );
    let command: String = tab.ask("document.querySelector('.try-it__result pre').textContent");
    assert_eq!(
        command,
        format!(
            "curl {}/v1/events \\\n  -H 'Accept: application/json' \\\n  -H \"X-Key: ${{MUSEUM_KEY}}\"",
            api.origin
        )
    );
    assert!(tab.shows(".try-it__result .copy"));
}

#[test]
fn try_it_n12_follows_no_redirect_and_says_so() {
    let elsewhere = api();
    let location = format!("{}/stolen", elsewhere.origin);
    let api = Loopback::new(true, move |_| Answer("302 Found", vec![("location", location.clone())], Vec::new()));
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "moved");
    fill(&tab, "X-Key", "key-secret");
    assert_eq!(send(&tab), "The server answered with a redirect.");
    assert!(tab.text(".try-it__result").contains("credentials must not"));
    assert_eq!((api.asked().len(), elsewhere.asked().len()), (1, 0));
    assert_quiet(&tab, &served, &[&api.origin, &elsewhere.origin]);
}

#[test]
fn try_it_n12_asks_before_it_deletes() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "delete-event");
    fill(&tab, "id", "7");
    tab.click(".try-it__panel button[type=submit]");
    tab.wait_for("document.querySelector('dialog.try-it__ask')?.open");
    assert!(tab.text("dialog.try-it__ask p").contains("/v1/events/7?"), "{}", tab.text("dialog.try-it__ask p"));
    tab.press("Escape");
    tab.wait_for("document.querySelector('.try-it__state').textContent === 'Not sent.'");
    assert!(api.asked().is_empty());
    tab.click(".try-it__panel button[type=submit]");
    tab.wait_for("document.querySelector('dialog.try-it__ask')?.open");
    tab.click("dialog.try-it__ask .btn--primary");
    tab.wait_for("/ in \\d+ ms/.test(document.querySelector('.try-it__state').textContent)");
    assert_eq!((api.only().method.as_str(), api.only().target.as_str()), ("DELETE", "/v1/events/7"));
}

#[test]
fn try_it_n12_can_be_stopped() {
    let api = Loopback::new(true, |_| {
        std::thread::sleep(std::time::Duration::from_secs(60));
        Answer::json("[]")
    });
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "list-events");
    assert!(!tab.ask::<bool>("[...document.querySelectorAll('.try-it__row button')].some((control) => control.textContent === 'Stop' && control.checkVisibility())"));
    tab.click(".try-it__panel button[type=submit]");
    tab.wait_for("[...document.querySelectorAll('.try-it__row button')].some((control) => control.textContent === 'Stop' && control.checkVisibility())");
    tab.click(".try-it__row .btn:not(.btn--primary)");
    tab.wait_for("document.querySelector('.try-it__state').textContent === 'Stopped.'");
}

#[test]
fn try_it_n12_takes_nothing_from_the_address_of_the_page() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = Tab::at(&served.url(
        "apis/museum/operations/list-events/?server=https://evil.example&token=stolen&X-Key=stolen&url=https://evil.example#access_token=stolen&code=stolen",
    ));
    open(&tab);
    assert!(!preview(&tab).contains("evil") && !preview(&tab).contains("stolen"), "{}", preview(&tab));
    send(&tab);
    assert_eq!((api.only().target.as_str(), api.only().header("x-key")), ("/v1/events", ""));
}

#[test]
fn try_it_n12_refuses_servers_that_are_not_encrypted() {
    let served = site("http://api.example", "https://id.example");
    let tab = opened(&served, "list-events");
    assert_eq!(tab.text(".try-it__host"), "No server is chosen that this page may call.");
    assert!(tab.text(".try-it__panel").contains("cannot be called from here: it is not encrypted"));
    tab.click(".try-it__panel button[type=submit]");
    assert_eq!(tab.text(".try-it__state"), "No server is chosen that this page may call.");
    assert_quiet(&tab, &served, &[]);
}

#[test]
fn try_it_n12_is_used_with_the_keyboard_alone_and_names_every_control() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = Tab::at(&served.url("apis/museum/operations/get-event/"));
    tab.run("document.querySelector('[data-try-it] > button').focus()");
    tab.press("Enter");
    tab.wait_for("document.activeElement.matches('.try-it__title')");
    let mut seen = Vec::new();
    for _ in 0..40 {
        tab.press("Tab");
        let name: String = tab.ask("(document.activeElement.labels?.[0]?.firstChild ?? document.activeElement).textContent.trim().slice(0, 20)");
        seen.push(name.clone());
        match name.as_str() {
            "id" => tab.write("12"),
            "Send" => break,
            _ => {}
        }
    }
    let order: Vec<usize> = ["X-Key", "id", "kind", "tags", "Send"]
        .iter()
        .map(|name| seen.iter().position(|one| one == name).unwrap_or_else(|| panic!("{name}: {seen:?}")))
        .collect();
    assert!(order.is_sorted(), "{seen:?}");
    tab.press("Enter");
    tab.wait_for("/^200 OK in/.test(document.querySelector('.try-it__state[role=status]').textContent)");
    assert_eq!(tab.ask::<String>("document.activeElement.textContent"), "Send", "the focus stays where it was");
    let nameless: Vec<String> = tab.ask(
        "[...document.querySelectorAll('.try-it__panel :is(input, select, textarea)')].filter((input) => !input.labels?.length).map((input) => input.outerHTML)",
    );
    assert_eq!(nameless, Vec::<String>::new());
}

#[test]
fn try_it_n12_fits_every_window_in_both_themes() {
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = Tab::new();
    for operation in ["get-event", "list-events", "create-event", "add-photo"] {
        tab.size(1440, 900);
        tab.open(&served.url(&format!("apis/museum/operations/{operation}/")));
        open(&tab);
        if operation != "get-event" {
            send(&tab);
        }
        for width in [320, 390, 820, 1440] {
            tab.size(width, 900);
            for theme in ["light", "dark"] {
                tab.run(&format!("document.documentElement.dataset.theme = {theme:?}"));
                let found: Vec<String> = tab.ask(crate::pages::OVERFLOW);
                assert_eq!(found, Vec::<String>::new(), "{operation} at {width}, {theme}");
                assert_eq!(
                    tab.ask::<Vec<String>>(crate::access::CONTRAST),
                    Vec::<String>::new(),
                    "{operation}, {theme}"
                );
            }
        }
        assert_eq!(tab.ask::<Vec<String>>(crate::access::STRUCTURE), Vec::<String>::new(), "{operation}");
    }
}

/// The console's own writer of parameters gives what the samples of the same page say.
#[test]
fn try_it_n12_writes_parameters_as_the_samples_do() {
    use portolan::model::api::Style;
    use portolan::schema::example::{list, map, number, string};
    use portolan::schema::wire::parameter::{style_name, write_pair};
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = opened(&served, "list-events");
    tab.run("window.__console = import(document.querySelector('[data-try-it]').dataset.script.replace(/^(?:\\.\\.\\/)+/, new URL('/portal/', location).href))");
    let values = [
        (string("a b/?&=é'(*)!"), "\"a b/?&=é'(*)!\""),
        (string(""), "\"\""),
        (list(vec![string("a,b"), string("c d")]), "[\"a,b\", \"c d\"]"),
        (map(vec![("R x".into(), number("100")), ("G".into(), string("[y]"))]), "({ 'R x': '100', G: '[y]' })"),
    ];
    let styles = [
        Style::Simple,
        Style::Label,
        Style::Matrix,
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::TabDelimited,
        Style::DeepObject,
    ];
    for style in styles {
        for (explode, reserved) in [(true, false), (false, false), (true, true), (false, true)] {
            for (value, script) in &values {
                let escape = if reserved { "reserved" } else { "all" };
                let written: Vec<String> = tab.ask(&format!(
                    "window.__console.then(({{ write }}) => write({{ name: 'c d', style: {:?}, explode: {explode}, escape: {escape:?} }}, {script}))",
                    style_name(style)
                ));
                let expected = write_pair("c d", style, explode, reserved, value).pieces;
                assert_eq!(written, expected, "{style:?} {explode} {escape} {script}");
            }
        }
    }
}

#[test]
fn try_it_n12_pictures_are_written_when_a_folder_is_named() {
    let Some(folder) = std::env::var_os("PORTOLAN_SCREENSHOTS").map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let api = api();
    let served = site(&api.origin, &api.origin);
    let tab = Tab::new();
    for operation in ["get-event", "list-events", "create-event", "add-photo"] {
        for (width, height) in [(1440, 900), (820, 1180), (390, 844)] {
            tab.size(width, height);
            for colours in ["light", "dark"] {
                tab.system_colours(colours);
                tab.open(&served.url(&format!("apis/museum/operations/{operation}/")));
                open(&tab);
                match operation {
                    "get-event" => fill(&tab, "id", ""),
                    "list-events" => {
                        choose_alternative(&tab, "oauth");
                        tab.wait_for("document.querySelectorAll('.try-it__flow > .btn').length === 2");
                    }
                    _ => drop(send(&tab)),
                }
                let name = format!("try-it-{operation}-{width}-{colours}.png");
                std::fs::write(folder.join(name), crate::screenshots::picture(&tab, width)).unwrap();
            }
        }
    }
}
