//! The request model: what each rule of the description puts into path, query, headers, cookies and body.

use super::super::request::{Body, Request};
use super::request_of;
use crate::render::reference::testing::Site;

fn request(path: &str, operation: &str) -> Request {
    request_of(&Site::new(&format!(
        "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.test'}}]\npaths:\n  '{path}':\n    post:\n{operation}\n      responses: {{}}\n"
    )))
}

fn url(path: &str, parameters: &str) -> String {
    request(path, &format!("      parameters: [{parameters}]")).url().shown()
}

fn body(content: &str) -> Body {
    request("/x", &format!("      requestBody: {{content: {{{content}}}}}")).body
}

#[test]
fn o06_a_path_with_a_query_of_its_own_has_one_question_mark() {
    let more = "{name: more, in: query, required: true, schema: {}, example: 1}, {name: id, in: path, required: true, schema: {}, example: 'a?b'}";
    assert_eq!(url("/x?y=1&id={id}#part", more), "https://a.test/x?y=1&id=a%3Fb&more=1");
    assert_eq!(url("/x?action", ""), "https://a.test/x?action");
    assert_eq!(url("/x#a", ""), "https://a.test/x");
}

#[test]
fn p05_reserved_characters_stay_where_they_may() {
    let reserved =
        "{name: q, in: query, required: true, allowReserved: true, schema: {}, example: 'a/b?c:@d,e;%41%zz&f#g é'}";
    assert_eq!(url("/x", reserved), "https://a.test/x?q=a/b?c:@d,e;%41%25zz%26f%23g%20%C3%A9");
    let in_path = "{name: p, in: path, required: true, allowReserved: true, schema: {}, example: 'a:b/c?d'}";
    assert_eq!(url("/{p}", in_path), "https://a.test/a:b%2Fc%3Fd");
}

#[test]
fn p06_p07_content_is_serialised_then_escaped_and_a_querystring_has_no_name() {
    let json = "{name: f, in: query, required: true, content: {application/json: {example: {a: [1, 'x y']}}}}";
    assert_eq!(url("/x", json), "https://a.test/x?f=%7B%22a%22%3A%5B1%2C%22x%20y%22%5D%7D");
    let form = "{name: all, in: querystring, required: true, content: {application/x-www-form-urlencoded: {example: {a: 1, b: [x, y]}}}}";
    assert_eq!(url("/x", form), "https://a.test/x?a=1&b=x&b=y");
    let whole = "{name: all, in: querystring, required: true, content: {application/json: {example: {a: 1}}}}";
    assert_eq!(url("/x", whole), "https://a.test/x?%7B%22a%22%3A1%7D");
    let bytes = "{name: q, in: query, required: true, schema: {}, examples: {a: {dataValue: [1, 2], serializedValue: 'q=1&q=2'}}}";
    assert_eq!(url("/x", bytes), "https://a.test/x?q=1&q=2");
}

#[test]
fn p08_headers_are_not_escaped_and_cookies_by_their_style() {
    let request = request(
        "/x",
        "      parameters:
      - {name: X-A, in: header, required: true, schema: {}, example: 'a b,c/é%'}
      - {name: f, in: cookie, required: true, schema: {}, example: [a b, c]}
      - {name: c, in: cookie, required: true, style: cookie, schema: {}, example: [a b, c]}
      - {name: Accept, in: header, required: true, schema: {}, example: x}",
    );
    let headers: Vec<_> = request.all_headers().into_iter().map(|(name, value)| (name, value.shown())).collect();
    let wanted = [("X-A", "a b,c/é%"), ("Cookie", "f=a%20b&f=c; c=a b; c=c")];
    assert_eq!(headers, wanted.map(|(name, value)| (name.to_string(), value.to_string())));
}

#[test]
fn m06_the_content_type_of_a_field_of_a_form_is_followed() {
    let form = body(
        "application/x-www-form-urlencoded: {schema: {type: object}, example: {o: {a: 1}, l: [1, 2], j: [1, 2], s: [a, b]}, encoding: {j: {contentType: application/json}, s: {style: spaceDelimited, explode: false}}}",
    );
    let Body::Form(pairs) = form else { panic!("{form:?}") };
    assert_eq!(pairs, ["o=%7B%22a%22%3A1%7D", "l=1", "l=2", "j=%5B1%2C2%5D", "s=a%20b"]);
}

#[test]
fn m07_the_content_type_of_a_part_defaults_as_the_standard_says() {
    let multipart = body(
        "multipart/form-data: {schema: {type: object, properties: {text: {type: string}, number: {type: integer}, object: {type: object}, texts: {type: array, items: {type: string}}, objects: {type: array, items: {type: object}}, encoded: {type: string, contentEncoding: base64}, picture: {type: string, contentEncoding: base64, contentMediaType: image/png}, nothing: {}, bytes: {type: string, format: binary}, stated: {type: string}, any: {type: string}}}, encoding: {stated: {contentType: text/csv}, any: {contentType: 'image/*'}}, example: {text: a, number: 1, object: {}, texts: [a, b], objects: [{}, {}], encoded: YQ==, picture: YQ==, nothing: x, bytes: x, stated: a, any: x, undeclared: a}}",
    );
    let Body::Multipart(parts) = multipart else { panic!("{multipart:?}") };
    let told: Vec<String> = parts
        .iter()
        .map(|part| {
            let file = if part.file.is_some() { " file" } else { "" };
            format!("{} {}{file}", part.name, part.content_type.as_deref().unwrap_or("-"))
        })
        .collect();
    assert_eq!(
        told,
        [
            "text -",
            "number -",
            "object application/json",
            "texts -",
            "texts -",
            "objects application/json",
            "objects application/json",
            "encoded application/octet-stream",
            "picture image/png",
            "nothing application/octet-stream file",
            "bytes application/octet-stream file",
            "stated text/csv",
            "any image/png file",
            "undeclared -"
        ]
    );
}

#[test]
fn m07_an_ordered_body_keeps_its_kind_and_its_parts_have_no_names() {
    let mixed = body(
        "multipart/mixed: {schema: {type: array, prefixItems: [{type: object}], items: {type: string}}, prefixEncoding: [{headers: {X-P: {required: true, schema: {type: integer}, example: 1}}}], itemEncoding: {contentType: text/csv}, example: [{a: 1}, '1,2']}",
    );
    let Body::Text(text, content_type) = mixed else { panic!("{mixed:?}") };
    assert_eq!(content_type, "multipart/mixed; boundary=example-boundary");
    assert_eq!(
        text.split("\r\n").collect::<Vec<_>>(),
        [
            "--example-boundary",
            "Content-Type: application/json",
            "X-P: 1",
            "",
            "{\n  \"a\": 1\n}",
            "--example-boundary",
            "Content-Type: text/csv",
            "",
            "1,2",
            "--example-boundary--",
            ""
        ]
    );
}

#[test]
fn m04_m05_streams_and_xml_are_texts_of_their_kind() {
    let text = |content: &str| match body(content) {
        Body::Text(text, _) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(text("application/jsonl: {itemSchema: {}, example: [{a: 1}, [2]]}"), "{\"a\": 1}\n[2]\n");
    assert_eq!(text("application/json-seq: {itemSchema: {}, example: [{a: 1}, 2]}"), "\u{1e}{\"a\": 1}\n\u{1e}2\n");
    assert_eq!(
        text("text/event-stream: {itemSchema: {}, example: [{event: e, data: \"a\\nb\"}, {x: 1}]}"),
        "event: e\ndata: a\ndata: b\n\ndata: {\"x\": 1}\n\n"
    );
    assert_eq!(
        text(
            "application/xml: {schema: {type: object, xml: {name: r}, properties: {a: {type: string, xml: {attribute: true, prefix: p, namespace: 'urn:p'}}}}, example: {a: '<'}}"
        ),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r xmlns:p=\"urn:p\" p:a=\"&lt;\"/>\n"
    );
}

#[test]
fn a09_credentials_are_variables_of_the_environment_that_name_their_scheme() {
    let site = |schemes: &str, needed: &str| {
        request_of(&Site::new(&format!(
            "openapi: 3.1.0\ninfo: {{title: The Museum API, version: '1'}}\nservers: [{{url: 'https://a.test'}}]\nsecurity: [{needed}]\ncomponents: {{securitySchemes: {{{schemes}}}}}\npaths: {{/x: {{get: {{responses: {{}}}}}}}}\n"
        )))
    };
    let curl = |request: &Request| super::writer(crate::model::sample_language::SampleLanguage::Curl)(request).text();
    let digest = site("d: {type: http, scheme: Digest}", "{d: []}");
    assert_eq!(curl(&digest), "curl https://a.test/x \\\n  --digest \\\n  -u \"$MUSEUM_USER:$MUSEUM_PASSWORD\"\n");
    let certificate = site("m: {type: mutualTLS}", "{m: []}");
    assert!(curl(&certificate).ends_with("--cert client.pem \\\n  --key client.key\n"), "{}", curl(&certificate));
    let keys =
        site("a: {type: apiKey, in: header, name: X-Id}, b: {type: apiKey, in: query, name: sig}", "{a: [], b: []}");
    assert_eq!(curl(&keys), "curl \"https://a.test/x?sig=$MUSEUM_SIG\" \\\n  -H \"X-Id: $MUSEUM_ID\"\n");
    let optional = site("b: {type: http, scheme: bearer}", "{}, {b: []}");
    assert!(curl(&optional).contains("Authorization: Bearer $MUSEUM_TOKEN"), "{}", curl(&optional));
}
