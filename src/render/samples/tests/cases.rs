//! Requests that have to arrive as they are: every place of a value, with what any of the languages takes for its own.

use std::sync::LazyLock;

use super::super::request::{self, Request};
use crate::model::route::{ApiIndex, Subject};
use crate::render::PageContext;
use crate::render::reference::Reference;
use crate::render::reference::testing::Site;

/// Stands for the port of a server until there is one.
pub(super) const PORT: &str = "65432";

/// One operation.
pub(super) struct Case {
    /// What it shows.
    pub(super) name: &'static str,
    server: &'static str,
    path: &'static str,
    method: &'static str,
    text: String,
}

/// Every case with its request, read from one description.
pub(super) static REQUESTS: LazyLock<Vec<(&'static str, Request)>> = LazyLock::new(|| {
    let cases = cases();
    let mut description = String::from(
        "openapi: 3.2.0
info: {title: Test API, version: '1'}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    key: {type: apiKey, in: header, name: X-API-Key}
    query: {type: apiKey, in: query, name: 'api key'}
    cookie: {type: apiKey, in: cookie, name: sid}
paths:
",
    );
    for (at, Case { server, path, method, text, .. }) in cases.iter().enumerate() {
        description.push_str(&format!(
            "  '/{at}{path}':\n    {method}:\n      servers: [{{url: '{server}'}}]\n      responses: {{}}\n{text}\n"
        ));
    }
    let requests = requests_of(&Site::new(&description));
    assert_eq!(requests.len(), cases.len());
    cases.iter().map(|case| case.name).zip(requests).collect()
});

/// Returns the requests of every operation.
pub(super) fn requests_of(site: &Site) -> Vec<Request> {
    let renderer = &site.renderer;
    let is_operation = |subject| matches!(subject, Subject::Operation(_, 0));
    let route = renderer.portal.routes.iter().find(|route| is_operation(route.subject)).unwrap();
    let context = PageContext { renderer, route };
    let reference = Reference::new(&context, ApiIndex(0));
    let operations = reference.api.operations.iter();
    operations.map(|operation| request::of_operation(&reference, operation)).collect()
}

/// What one language or another would read: quotes of all kinds, variables, substitutions, commands, escapes. As it
/// stands between double quotes in YAML.
const HOSTILE: &str = r##"it's \"q\" $HOME ${HOME} $(id) `id` !x %n%s \\ \\n \n #{1} #$0 #@a {{x}} \\(y) ''' \"\"\" </script> é \U0001F600 ‘’“”"##;

const ID: &str = r##"{name: id, in: path, required: true, schema: {type: string}, example: 'a b/é$!%''"\`#{x}'}"##;

fn case(name: &'static str, method: &'static str, text: String) -> Case {
    Case { name, server: "http://127.0.0.1:65432/v1", path: "/things/{id}", method, text }
}

fn with_body(name: &'static str, method: &'static str, content: &str) -> Case {
    case(name, method, format!("      parameters: [{ID}]\n      requestBody: {{content: {{{content}}}}}"))
}

fn cases() -> Vec<Case> {
    let mut cases = of_parameters();
    cases.extend(of_servers());
    cases.extend(of_bodies());
    cases.extend(of_multipart());
    cases
}

fn of_parameters() -> Vec<Case> {
    let hostile = HOSTILE.replace("\\n", " ");
    vec![
        case(
            "query and headers",
            "get",
            format!(
                "      parameters: [{ID}, {{name: 'q[x]', in: query, required: true, schema: {{type: array, items: {{type: string}}}}, example: [\"a'b\", \"{hostile}\", 'é&#+']}}, {{name: long, in: query, required: true, schema: {{type: string}}, example: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}, {{name: X-Odd, in: header, required: true, schema: {{type: string}}, example: 'it''s \"x\" $HOME ${{HOME}} `d` !z \\ #{{x}} {{}} %s'}}]\n      security: [{{token: []}}]"
            ),
        ),
        Case {
            path: "/m{a}/l{b}/{c}",
            ..case(
                "styles of a path",
                "get",
                "      parameters:
        - {name: a, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {}}, example: [x y, 'z;']}
        - {name: b, in: path, required: true, style: label, schema: {type: object}, example: {R: 1, G: 'a=b'}}
        - {name: c, in: path, required: true, explode: true, schema: {type: object}, example: {R: 1, G: 'a,b'}}"
                    .into(),
            )
        },
        case(
            "styles of a query",
            "delete",
            format!(
                "      parameters:
        - {ID}
        - {{name: d, in: query, required: true, style: deepObject, schema: {{type: object}}, example: {{R: 1, G: {{x: 'a b'}}}}}}
        - {{name: p, in: query, required: true, style: pipeDelimited, explode: false, schema: {{type: array, items: {{}}}}, example: [a, b]}}
        - {{name: r, in: query, required: true, allowReserved: true, schema: {{}}, example: 'a/b?c:d;%20%é'}}
        - {{name: j, in: query, required: true, content: {{application/json: {{example: {{a: [1, 'x\"y']}}}}}}}}
        - {{name: c, in: cookie, required: true, style: cookie, explode: true, schema: {{type: object}}, example: {{R: 1, G: b}}}}
        - {{name: X-Map, in: header, required: true, schema: {{type: object}}, example: {{R: 1, G: 'a b'}}}}"
            ),
        ),
        case(
            "a whole query string",
            "get",
            format!(
                "      parameters:
        - {ID}
        - {{name: all, in: querystring, required: true, content: {{application/x-www-form-urlencoded: {{example: {{a: 'x y', b: [1, 2]}}}}}}}}"
            ),
        ),
        Case {
            path: "/x?fixed=a b&id={id}#part",
            ..case(
                "a path with a query of its own",
                "get",
                format!("      parameters: [{ID}, {{name: more, in: query, required: true, schema: {{}}, example: 1}}]"),
            )
        },
        case(
            "credentials in query and cookie",
            "delete",
            format!("      parameters: [{ID}]\n      security: [{{query: [], cookie: []}}]"),
        ),
        case("a key in a header", "head", format!("      parameters: [{ID}]\n      security: [{{key: []}}]")),
        case("basic", "get", format!("      parameters: [{ID}]\n      security: [{{basic: []}}]")),
    ]
}

fn of_servers() -> Vec<Case> {
    let parameters = format!("      parameters: [{ID}]");
    vec![
        Case { server: "../v2/", ..case("a relative server", "options", parameters.clone()) },
        Case {
            server: "http://{loopback}:65432/v3",
            ..case("a server with an undeclared variable", "get", parameters)
        },
    ]
}

fn of_bodies() -> Vec<Case> {
    let records = "application/x-ndjson: {itemSchema: {}, example: [{a: 1}, {b: 'x y'}]}";
    let xml = "application/xml: {schema: {type: object, xml: {name: a}, properties: {b: {type: string, xml: {attribute: true}}, c: {type: string}}}, example: {b: '1\"', c: '<é>'}}";
    vec![
        with_body(
            "JSON",
            "post",
            &format!(
                "application/json: {{example: {{s: \"{HOSTILE} \\u0001 \\u2028 \\u202e \\r\", \"k$'\\\"\": 1, n: null, t: true, f: false, i: -5, d: 1.5, l: [], m: {{}}, deep: [[1, 'a']], o: {{x: {{y: [{{}}]}}}}}}}}"
            ),
        ),
        with_body(
            "JSON that doubles lose",
            "put",
            "application/json: {example: {n: 9007199254740993, d: 1e400, z: 0.10}}",
        ),
        with_body("JSON with numbers for keys", "put", "application/json: {example: {'0': a, '1': b}}"),
        with_body("a JSON string", "post", "application/json: {example: \"@it's $x\"}"),
        with_body("vendor JSON", "patch", "application/merge-patch+json: {example: {a: 1}}"),
        with_body("text", "put", &format!("text/plain: {{example: \"@{HOSTILE}\"}}")),
        with_body("text with line ends of every kind", "put", "text/plain: {example: \"a\\r\\nb\\n\\nc \\n  d\\n\"}"),
        with_body(
            "form",
            "post",
            &format!(
                "application/x-www-form-urlencoded: {{schema: {{type: object}}, example: {{a: \"{HOSTILE}\", l: [x, 'y z'], o: {{k: 1}}}}}}"
            ),
        ),
        with_body("XML", "post", xml),
        with_body("lines of JSON", "post", records),
        with_body("a sequence of JSON", "post", "application/json-seq: {itemSchema: {}, example: [{a: 1}, 2]}"),
        with_body(
            "events",
            "post",
            "text/event-stream: {itemSchema: {}, example: [{event: x, data: 'a'}, {data: {b: 1}}]}",
        ),
        with_body("file", "put", "image/png: {}"),
        with_body("a long body", "post", &format!("application/json: {{example: {{a: '{}'}}}}", "x".repeat(4_000))),
    ]
}

fn of_multipart() -> Vec<Case> {
    let hostile = HOSTILE.replace("\\n", " ");
    vec![
        with_body(
            "multipart",
            "post",
            &format!(
                "multipart/form-data: {{schema: {{type: object, properties: {{plain: {{type: string}}, 'o\"d é': {{type: string}}, meta: {{type: object}}, list: {{type: array, items: {{type: string}}}}, file: {{type: string, format: binary}}, raw: {{}}}}}}, example: {{plain: value, 'o\"d é': \"@a;b {hostile}\", meta: {{k: 'a;b \"c\"'}}, list: [x, 'y;z'], file: x, raw: y}}, encoding: {{file: {{contentType: 'image/png, image/jpeg'}}}}}}"
            ),
        ),
        with_body(
            "multipart of texts and a file",
            "post",
            "multipart/form-data: {schema: {type: object, properties: {a: {type: string}, file: {type: string, format: binary}}}, example: {a: \"x'y\", file: x}}",
        ),
        with_body(
            "parts with headers",
            "post",
            "multipart/form-data: {schema: {type: object, properties: {a: {type: string}, file: {type: string, format: binary}}}, example: {a: x, file: x}, encoding: {a: {headers: {X-Part: {required: true, schema: {type: string}, example: 'v \"1\"; $x'}}}, file: {contentType: image/png, headers: {X-File: {required: true, schema: {type: integer}, example: 7}}}}}",
        ),
        with_body(
            "an ordered multipart body",
            "post",
            "multipart/mixed: {schema: {type: array, prefixItems: [{type: object}, {}], items: {type: string}}, prefixEncoding: [{}, {contentType: image/png}], itemEncoding: {contentType: text/csv}, example: [{a: \"it's\"}, x, '1,2']}",
        ),
        with_body(
            "an ordered multipart body of texts",
            "post",
            "multipart/mixed: {itemSchema: {type: object}, itemEncoding: {contentType: application/json}, example: [{a: 1}, {b: '$x'}]}",
        ),
        with_body(
            "a multipart body inside another",
            "post",
            "multipart/form-data: {schema: {type: object, properties: {a: {type: string}, inner: {type: array, prefixItems: [{type: string}], items: {}}}}, example: {a: x, inner: [y, z]}, encoding: {inner: {contentType: multipart/mixed, prefixEncoding: [{contentType: text/markdown}], itemEncoding: {contentType: image/png}}}}",
        ),
    ]
}
