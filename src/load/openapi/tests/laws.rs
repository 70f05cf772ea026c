//! C05 and adversarial shapes: whatever the bytes, loading ends soon and does not panic.

use proptest::prelude::*;

use super::{loaded, loaded_within, print};
use crate::model::settings::Limits;

const SEED: &str = "
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: 'https://{a}.e.org', variables: {a: {default: b}}}]
tags: [{name: a, parent: b}, {name: b, parent: a}]
paths:
  /a/{id}:
    $ref: '#/components/pathItems/P'
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post:
      operationId: x
      requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/S'}, encoding: {a: {headers: {H: {}}}}}}}
      responses: {'200': {$ref: '#/components/responses/R'}, 4xx: {description: d, links: {l: {operationId: x}}}}
      callbacks: {c: {'{$url}': {post: {callbacks: {c: {$ref: '#/paths/~1a~1{id}/post/callbacks/c'}}}}}}
      security: [{k: []}]
components:
  pathItems: {P: {get: {}}}
  responses: {R: {description: r, content: {a/b: {example: 1, examples: {e: {value: 1}}}}}}
  securitySchemes: {k: {type: oauth2, flows: {implicit: {scopes: {a: b}}}}}
  schemas:
    S: {type: [object, 'null'], properties: {s: {$ref: '#/components/schemas/S'}, t: {$ref: '#t'}}, required: [s], allOf: [{$anchor: t, $id: u}], discriminator: {propertyName: s, mapping: {a: S}}}
";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn cut_texts_load(at in 0..SEED.len()) {
        let _ = print::all(&loaded(&SEED[..at]));
    }

    #[test]
    fn confused_types_load(at in 0..SEED.len(), with in prop_oneof![
        Just("[]"), Just("{}"), Just("1"), Just("null"), Just("'#'"), Just("{$ref: '#/paths'}"), Just("{$ref: 1}"), Just("true"),
    ]) {
        // Replaces the value after the next colon.
        let text = match SEED[at..].find(": ") {
            Some(colon) => {
                let start = at + colon + 2;
                let end = SEED[start..].find([',', '\n', '}']).map_or(SEED.len(), |end| start + end);
                format!("{}{with}{}", &SEED[..start], &SEED[end..])
            }
            None => SEED.to_string(),
        };
        let _ = print::all(&loaded(&text));
    }

    #[test]
    fn any_text_loads(text in ".{0,200}") {
        let _ = print::all(&loaded(&text));
    }
}

const HEAD: &str = "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"components\":{\"schemas\":{";

#[test]
fn c05_deep_schemas_end_at_the_limit() {
    let deep = format!("{HEAD}\"S\":{}{{}}{}}}}}}}", "{\"items\":".repeat(10_000), "}".repeat(10_000));
    let loaded = loaded(&deep);
    assert!(loaded.diagnostics.iter().any(|d| d.code.name == "limit-depth"));
}

#[test]
fn c05_deep_schemas_within_a_high_limit_need_no_stack() {
    let deep = format!("{HEAD}\"S\":{}{{}}{}}}}}}}", "{\"items\":".repeat(120), "}".repeat(120));
    let loaded = loaded_within(&deep, &Limits { depth: 4_000, ..Limits::default() });
    assert_eq!(loaded.api.schemas.len(), 121);
}

#[test]
fn c05_a_long_circle_of_references_is_found_in_linear_time() {
    let mut text = HEAD.to_string();
    let size = 20_000;
    for at in 0..size {
        let next = (at + 1) % size;
        text.push_str(&format!("\"S{at}\":{{\"$ref\":\"#/components/schemas/S{next}\"}},"));
    }
    text.push_str("\"Z\":{}}}}");
    let loaded = loaded(&text);
    assert_eq!(loaded.diagnostics.len(), 1);
    assert_eq!(loaded.diagnostics[0].code.name, "circular-reference");
}

#[test]
fn c05_pointers_that_lead_through_one_another_end() {
    let mut text = HEAD.to_string();
    for at in 0..5_000 {
        text.push_str(&format!("\"S{at}\":{{\"$ref\":\"#/components/schemas/S{}/items\"}},", at + 1));
    }
    text.push_str("\"S5000\":{\"type\":\"string\"}}}}");
    assert!(!loaded(&text).diagnostics.is_empty());
}

#[test]
fn c05_many_broken_references_to_many_names_end() {
    let mut text = HEAD.to_string();
    for at in 0..5_000 {
        text.push_str(&format!("\"Name{at}\":{{\"$ref\":\"#/components/schemas/Mane{at}\"}},"));
    }
    text.push_str("\"Z\":{}}}}");
    assert_eq!(loaded(&text).diagnostics.len(), 5_000);
}

#[test]
fn a_file_beyond_the_limit_is_not_read() {
    let limits = Limits { description_bytes: 20, ..Limits::default() };
    let loaded = loaded_within("openapi: 3.1.0\ninfo: {}\npaths: {}", &limits);
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|d| d.code.name).collect();
    assert_eq!(codes, ["limit-size"]);
}

#[test]
fn c05_shared_parts_do_not_multiply_for_ever() {
    let mut text = "openapi: 3.2.0\ninfo: {title: t, version: '1'}\npaths:\n".to_string();
    for at in 0..2_000 {
        text.push_str(&format!("  /p{at}: {{$ref: '#/components/pathItems/P'}}\n"));
    }
    text.push_str("components:\n  pathItems:\n    P:\n      additionalOperations:\n");
    for at in 0..2_000 {
        text.push_str(&format!("        M{at}: {{}}\n"));
    }
    let loaded = loaded(&text);
    assert_eq!(loaded.diagnostics.iter().filter(|d| d.code.name == "limit-parts").count(), 1);
    assert!(loaded.api.operations.len() < 400_000);
}

#[test]
fn c05_a_flood_of_mistakes_is_counted() {
    let fields = (0..30_000).map(|at| format!("\"f{at}\":1")).collect::<Vec<_>>().join(",");
    let text =
        format!("{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"paths\":{{}},{fields}}}");
    let diagnostics = loaded(&text).diagnostics;
    assert!(diagnostics.len() <= 10_001);
    let last = diagnostics.last().map(|d| format!("{}: {}", d.code.name, d.message)).unwrap_or_default();
    assert_eq!(last, "limit-diagnostics: this description has 20000 mistakes more, which are not listed");
}

#[test]
fn c05_callbacks_that_share_callbacks_do_not_multiply_for_ever() {
    let mut text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {/a: {post: {callbacks: {c: {$ref: '#/components/callbacks/C0'}}}}}\ncomponents:\n  callbacks:\n".to_string();
    for at in 0..8 {
        let next = (0..20).map(|n| format!("n{n}: {{$ref: '#/components/callbacks/C{}'}}", at + 1));
        text.push_str(&format!(
            "    C{at}: {{u: {{post: {{callbacks: {{{}}}}}}}}}\n",
            next.collect::<Vec<_>>().join(", ")
        ));
    }
    text.push_str("    C8: {u: {post: {}}}\n");
    assert!(loaded(&text).diagnostics.iter().any(|d| d.code.name == "circular-reference"));
}
