//! The console as files: a description in, the request, the policies and the outputs out.

use serde_json::{Value, json};

use crate::plan::{Output, Site};
use crate::source::SourceTree;
use crate::{Memo, Options, build};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: The Museum API, version: '1'}\n";

/// The outputs of a portal of one API, `test`, by path.
fn site(description: &str, settings: &str) -> Site {
    let settings = format!("title = \"T\"\n{settings}\n");
    let tree = SourceTree::of("t", &[("apis/test/openapi.yaml", description), ("portal.toml", &settings)]);
    build(&tree, &Options::default(), &Memo::default()).site
}

fn bytes(site: &Site, path: &str) -> Vec<u8> {
    let output = site.outputs.iter().find(|(known, _)| known.as_str() == path);
    match output.unwrap_or_else(|| panic!("no {path} in {site:?}")).1 {
        Output::Bytes(bytes) => bytes.to_vec(),
        Output::Make(make) => make(),
        Output::FromDigests(_) => panic!("{path} is made of the others"),
    }
}

fn text(site: &Site, path: &str) -> String {
    String::from_utf8(bytes(site, path)).unwrap()
}

const ON: &str = "[apis.test]\ntry_it = true";

/// The request of the one operation of a description, `GET /x` or another method below `/x`.
fn request(rest: &str) -> Value {
    let site = site(&format!("{HEAD}{rest}"), ON);
    let path = site.outputs.keys().map(|path| path.as_str()).find(|path| path.ends_with("/request.json"));
    serde_json::from_slice(&bytes(&site, path.unwrap())).unwrap()
}

fn policy(html: &str) -> &str {
    let (_, rest) = html.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
    rest.split_once('"').unwrap().0
}

#[test]
fn n12_switched_off_the_console_leaves_no_byte_behind() {
    let description =
        format!("{HEAD}servers: [{{url: 'https://api.test'}}]\npaths:\n  /x:\n    get: {{responses: {{}}}}\n");
    let (without, off) = (site(&description, ""), site(&description, "[apis.test]\ntry_it = false"));
    let paths = |site: &Site| site.outputs.keys().map(|path| path.to_string()).collect::<Vec<_>>();
    assert_eq!(paths(&without), paths(&off));
    assert!(!paths(&off).iter().any(|path| path.contains("try-it") || path.ends_with("request.json")));
    let page = text(&off, "apis/test/operations/get-x/index.html");
    assert!(!page.contains("try-it") && !page.contains("try_it"), "{page}");
    assert!(policy(&page).contains("connect-src 'self';"), "{}", policy(&page));
    assert!(text(&off, "_headers").contains("connect-src 'self';") && off.policy.contains("connect-src 'self';"));
}

#[test]
fn n12_switched_on_only_pages_of_its_operations_may_call_exactly_its_servers() {
    let description = format!(
        "{HEAD}servers:\n- url: https://{{region}}.api.test/v1\n  variables: {{region: {{default: eu, enum: [eu, us]}}}}\n- url: http://api.test\n- url: https://sandbox.test:8443/v1\n- url: http://localhost:9000\n\
         paths:\n  /x:\n    get: {{responses: {{}}}}\n  /y:\n    servers: [{{url: 'https://other.test'}}]\n    get: {{responses: {{}}}}\nwebhooks:\n  told:\n    post: {{responses: {{}}}}\n"
    );
    let site = site(&description, ON);
    let connect = |path: &str| {
        let page = text(&site, path);
        let policy = policy(&page).to_owned();
        let (_, rest) = policy.split_once("connect-src ").unwrap();
        rest.split_once(';').unwrap().0.to_owned()
    };
    let all = "'self' http://localhost:9000 https://eu.api.test https://sandbox.test:8443 https://us.api.test";
    assert_eq!(connect("apis/test/operations/get-x/index.html"), all);
    assert_eq!(connect("apis/test/operations/get-y/index.html"), "'self' https://other.test");
    for strict in ["index.html", "apis/test/index.html", "apis/test/webhooks/told/index.html", "404.html"] {
        assert_eq!(connect(strict), "'self'", "{strict}");
        assert!(!text(&site, strict).contains("data-try-it"), "{strict}");
    }
    assert!(text(&site, "_headers").contains("https://eu.api.test https://other.test https://sandbox.test:8443"));
    assert!(text(&site, "apis/test/operations/get-x/index.html").contains(" data-try-it=\"request.json\""));
    assert!(site.outputs.keys().any(|path| *path == crate::model::route::SitePath::new("try-it/callback.html")));
}

#[test]
fn n12_servers_tell_what_can_be_called_and_why_not() {
    let data = request(
        "servers:\n- {url: 'http://api.test/v1'}\n- url: https://{tenant}.api.test/{v}\n  name: Live\n  variables: {tenant: {default: demo}, v: {default: v1}}\npaths:\n  /x:\n    get: {responses: {}}\n",
    );
    assert!(data["servers"][0]["refused"].as_str().unwrap().starts_with("it is not encrypted"));
    assert_eq!(data["servers"][1]["name"], "Live");
    assert_eq!(
        data["servers"][1]["variables"],
        json!([{"name": "tenant", "default": "demo", "values": [], "fixed": true}, {"name": "v", "default": "v1", "values": []}])
    );
    assert_eq!(
        (&data["origins"], &data["method"], &data["path"]),
        (&json!(["https://demo.api.test"]), &json!("GET"), &json!("/x"))
    );
    assert_eq!((&data["base"], &data["callback"]), (&json!("../../"), &json!("../../../../try-it/callback.html")));
}

#[test]
fn n12_parameters_carry_place_style_and_the_facts_of_their_schema() {
    let data = request(
        "servers: [{url: /v1}]\npaths:\n  /x/{id}/{other}:\n    get:\n      parameters:\n      - {name: id, in: path, required: true, schema: {type: integer, minimum: 1, maximum: 9}, example: 4}\n\
         \x20     - {name: tags, in: query, style: pipeDelimited, explode: false, allowReserved: true, schema: {type: array, items: {enum: [a, b]}}}\n\
         \x20     - {name: where, in: query, style: deepObject, schema: {type: object, properties: {from: {type: string, format: date}, open: {type: boolean}}, required: [from]}}\n\
         \x20     - {name: deep, in: query, schema: {type: object, properties: {a: {type: object}}}}\n\
         \x20     - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}\n\
         \x20     - {name: X-Code, in: header, schema: {type: string, minLength: 2, maxLength: 3, pattern: '^a'}}\n\
         \x20     - {name: Origin, in: header, schema: {type: string}}\n\
         \x20     - {name: Accept, in: header, schema: {type: string}}\n\
         \x20     - {name: session, in: cookie, deprecated: true, schema: {type: string, default: none}}\n\
         \x20     responses: {}\n",
    );
    let of =
        |name: &str| data["parameters"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone();
    assert_eq!(
        of("id"),
        json!({"name": "id", "in": "path", "required": true, "style": "simple", "escape": "all", "kind": "integer",
            "hint": "integer · 1 to 9", "min": "1", "max": "9", "sample": "4", "filled": true})
    );
    assert_eq!(
        (&of("tags")["style"], &of("tags")["escape"], &of("tags")["items"]["values"], of("tags").get("explode")),
        (&json!("pipeDelimited"), &json!("reserved"), &json!(["a", "b"]), None)
    );
    assert_eq!((&of("where")["style"], &of("where")["fields"][0]["name"]), (&json!("deepObject"), &json!("from")));
    assert_eq!(
        (&of("where")["fields"][0]["required"], &of("where")["fields"][1]["kind"]),
        (&json!(true), &json!("boolean"))
    );
    assert_eq!(of("deep").get("fields"), None);
    assert_eq!(of("filter")["media"], "application/json");
    let code = of("X-Code");
    assert_eq!(
        (&code["min_length"], &code["max_length"], &code["pattern"], &code["escape"], code.get("blocked")),
        (&json!(2), &json!(3), &json!("^a"), &json!("none"), None)
    );
    assert_eq!((&of("Origin")["blocked"], &of("session")["blocked"]), (&json!(true), &json!(true)));
    assert_eq!((&of("session")["default"], &of("session")["deprecated"]), (&json!("none"), &json!(true)));
    assert_eq!(
        (&of("other")["in"], &of("other")["required"]),
        (&json!("path"), &json!(true)),
        "undeclared, yet needed"
    );
    assert!(!data["parameters"].as_array().unwrap().iter().any(|one| one["name"] == "Accept"));
    assert_eq!(data["own_site"], true);
}

#[test]
fn n12_bodies_begin_with_an_example_or_are_forms_of_fields() {
    let data = request(
        "servers: [{url: /v1}]\npaths:\n  /x:\n    post:\n      requestBody:\n        required: true\n        content:\n\
         \x20         multipart/form-data:\n            schema:\n              type: object\n              required: [photo]\n              properties:\n                photo: {type: string, format: binary}\n                note: {type: string}\n                meta: {type: object, properties: {a: {type: integer}}}\n                id: {type: string, readOnly: true}\n            encoding: {photo: {contentType: 'image/png, image/jpeg'}}\n\
         \x20         application/json:\n            schema: {type: object, required: [name], properties: {name: {type: string, examples: [Anna]}}}\n\
         \x20         application/x-www-form-urlencoded:\n            schema: {type: object, properties: {tags: {type: array, items: {type: string}}, meta: {type: object}}}\n            encoding: {tags: {style: spaceDelimited, explode: false}}\n\
         \x20         application/octet-stream: {}\n\
         \x20     responses: {'201': {description: ok, content: {application/json: {}, 'text/csv': {}}}}\n",
    );
    let bodies = data["bodies"].as_array().unwrap();
    let syntaxes: Vec<&str> = bodies.iter().map(|body| body["syntax"].as_str().unwrap()).collect();
    assert_eq!(syntaxes, ["json", "multipart", "form", "binary"]);
    assert_eq!(
        (&bodies[0]["examples"][0]["text"], &bodies[0]["required"], &bodies[0]["kind"]),
        (&json!("{\n  \"name\": \"Anna\"\n}"), &json!(["name"]), &json!("object"))
    );
    let fields = bodies[1]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["photo", "note", "meta"], "what is read only is not asked for");
    assert_eq!(
        (&fields[0]["file"], &fields[0]["type"], &fields[0]["required"]),
        (&json!(true), &json!("image/png"), &json!(true))
    );
    assert_eq!((fields[1].get("type"), &fields[2]["type"]), (None, &json!("application/json")));
    assert_eq!(
        (&bodies[2]["fields"][0]["style"], &bodies[2]["fields"][1]["style"]),
        (&json!("spaceDelimited"), &json!("json"))
    );
    assert_eq!((&data["body_required"], &data["accept"]), (&json!(true), &json!("application/json, text/csv")));
}

#[test]
fn n12_security_has_every_alternative_and_only_flows_that_a_page_can_follow() {
    let data = request(
        "servers: [{url: 'https://api.test'}]\nsecurity: [{key: []}, {basic: [], cookie: []}, {oauth: [read]}, {}]\ncomponents:\n  securitySchemes:\n\
         \x20   key: {type: apiKey, in: header, name: X-Museum-Key}\n    cookie: {type: apiKey, in: cookie, name: sid}\n    basic: {type: http, scheme: basic}\n\
         \x20   oauth:\n      type: oauth2\n      flows:\n        authorizationCode: {authorizationUrl: 'https://id.test/authorize', tokenUrl: 'https://id.test/token', scopes: {read: Read all}}\n        implicit: {authorizationUrl: 'https://implicit.test/authorize', scopes: {}}\n        clientCredentials: {tokenUrl: 'http://plain.test/token', scopes: {}}\n\
         paths:\n  /x:\n    get: {responses: {}}\n",
    );
    assert_eq!(data["security"].as_array().unwrap().len(), 4);
    assert_eq!(
        data["security"][0],
        json!([{"scheme": "key", "kind": "key", "in": "header", "name": "X-Museum-Key", "variables": ["MUSEUM_KEY"]}])
    );
    assert_eq!((&data["security"][1][0]["kind"], &data["security"][1][1]["kind"]), (&json!("basic"), &json!("other")));
    assert_eq!(data["security"][1][0]["variables"], json!(["MUSEUM_USER", "MUSEUM_PASSWORD"]));
    assert_eq!(
        data["security"][2][0]["flows"],
        json!([{"flow": "authorizationCode", "authorize": "https://id.test/authorize", "token": "https://id.test/token", "scopes": [["read", "Read all"]]}])
    );
    assert_eq!((&data["security"][2][0]["scopes"], &data["security"][3]), (&json!(["read"]), &json!([])));
    assert_eq!(
        data["origins"],
        json!(["https://api.test", "https://id.test"]),
        "where tokens are given may be called too"
    );
}

#[test]
fn n12_earlier_versions_have_no_console() {
    let description =
        format!("{HEAD}servers: [{{url: 'https://api.test'}}]\npaths:\n  /x:\n    get: {{responses: {{}}}}\n");
    let old = description.replace("version: '1'", "version: '0'");
    let settings = format!("title = \"T\"\n{ON}\n");
    let files =
        [("apis/test/openapi.yaml", &*description), ("apis/test/history/0.yaml", &*old), ("portal.toml", &*settings)];
    let built = build(&SourceTree::of("t", &files), &Options::default(), &Memo::default());
    let data: Vec<String> = built.site.outputs.keys().map(|path| path.to_string()).collect();
    let data: Vec<&String> = data.iter().filter(|path| path.ends_with("request.json")).collect();
    assert_eq!(data, ["apis/test/operations/get-x/request.json"]);
}

#[test]
fn n12_the_scripts_of_the_console_stay_below_their_budget() {
    let (theme, _) = crate::render::theme::Theme::load("default", &std::collections::BTreeMap::new());
    let size = |name: &str| {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut gzip, &theme.assets().get(name).unwrap().bytes).unwrap();
        gzip.finish().unwrap().len()
    };
    assert!(size("try-it.js") <= 12_000, "{}", size("try-it.js"));
    assert!(size("try-it-sign-in.js") <= 3_000 && size("try-it-button.js") <= 700 && size("try-it.css") <= 2_500);
}
