//! O01 to O18 and K01: operations, webhooks, callbacks, links.

use super::{hides, loaded, shows};

/// Puts paths below a head of 3.1.
fn paths(paths: &str) -> String {
    let head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n";
    super::dedent(paths).lines().fold(head.to_string(), |text, line| format!("{text}  {line}\n"))
}

#[test]
fn o02_operations_get_slugs_that_any_disk_keeps_apart() {
    let input = paths(
        "
          /a: {get: {operationId: getItem}, post: {operationId: GetItem}, put: {operationId: 日本}, head: {}}
          /A: {head: {}}
          /con: {get: {operationId: CON}, put: {operationId: '..'}}
        ",
    );
    let loaded = loaded(&input);
    let slugs: std::collections::BTreeSet<_> = loaded.api.operations.iter().map(|o| o.slug.to_string()).collect();
    assert_eq!(slugs.len(), 7, "{slugs:?}");
    assert!(slugs.contains("get-item") && slugs.contains("x-con") && slugs.contains("head-a"), "{slugs:?}");
}

#[test]
fn o03_a_repeated_operation_id_names_both_places() {
    shows(
        &paths(
            "
              /a: {get: {operationId: x}}
              /b: {get: {operationId: x}}
            ",
        ),
        "warning[duplicate-operation-id] api.yaml:5:14: another operation has the id `x` (Give each operation an id of its own.) [api.yaml:4:14: the first one]",
    );
}

#[test]
fn o04_every_method_is_read() {
    shows(
        "
        openapi: 3.2.0
        info: {title: t, version: '1'}
        paths:
          /a:
            get: {}
            put: {}
            post: {}
            delete: {}
            options: {}
            head: {}
            patch: {}
            trace: {}
            query: {}
            additionalOperations: {COPY: {}, link: {}}
            PURGE: {}
        ",
        "
        GET /a /get-a
        PUT /a /put-a
        POST /a /post-a
        DELETE /a /delete-a
        OPTIONS /a /options-a
        HEAD /a /head-a
        PATCH /a /patch-a
        TRACE /a /trace-a
        QUERY /a /query-a
        COPY /a /copy-a
        link /a /link-a
        ",
    );
    shows(
        &paths("  /a: {GET: {}}"),
        "GET /a /get-a\nwarning[unknown-field] api.yaml:4:8: a path item has no field `GET` (did you mean `get`?)",
    );
}

#[test]
fn o06_o07_odd_paths_are_kept_and_reported() {
    shows(
        &paths(
            "
              /x?y=1: {get: {}}
              /x#a: {get: {}}
              rel: {get: {}}
              /p/{a}: {get: {parameters: [{name: a, in: path, required: true, schema: {}}]}}
              /p/{b}: {get: {parameters: [{name: b, in: path, required: true, schema: {}}]}}
            ",
        ),
        "
        GET /x?y=1 /get-x-y-1
        GET /x#a /get-x-a
        GET rel /get-rel
        warning[path-template] api.yaml:4:3: a path has no query and no fragment: `/x?y=1` (Begin the path with `/`, leave out query and fragment, and describe each path once.)
        warning[path-template] api.yaml:6:3: a path begins with `/`: `rel` (Begin the path with `/`, leave out query and fragment, and describe each path once.)
        warning[path-template] api.yaml:8:3: `/p/{b}` matches the same URLs as `/p/{a}` (describe the path once, with one name for each variable) [api.yaml:7:3: the other path]
        ",
    );
}

#[test]
fn o08_the_path_item_shares_its_text() {
    shows(
        &paths("  /a: {summary: S, description: D, get: {summary: s}}"),
        "GET /a /get-a summary=s shared=S sharedDescription=D",
    );
}

#[test]
fn o09_an_operation_parameter_replaces_the_path_items() {
    shows(
        &paths(
            "
              /a:
                parameters:
                  - {name: limit, in: query, schema: {type: integer}}
                  - {name: X-Id, in: header, schema: {type: integer}}
                  - {name: limit, in: cookie, schema: {type: integer}}
                get:
                  parameters:
                    - {name: own, in: query, schema: true}
                    - {name: x-id, in: header, schema: {type: string}}
                    - {name: limit, in: query, schema: {type: string}}
                    - {name: own, in: query, schema: false}
            ",
        ),
        "
        param limit Query Form explode string
        param x-id Header Simple string
        param limit Cookie Form explode shared integer
        param own Query Form explode true
        warning[duplicate-parameter] api.yaml:14:11: the parameter `own` stands in this list twice (remove one of them) [api.yaml:11:11: the first one, which is used]
        ",
    );
}

#[test]
fn o10_path_parameters_match_the_template() {
    shows(
        &paths(
            "
              /a/{id}/{rest}:
                get:
                  parameters:
                    - {name: ID, in: path, required: true, schema: true}
                    - {name: rest, in: path, schema: true}
            ",
        ),
        "
        param ID Path Simple required true problem=the path has no variable `{ID}`
        param rest Path Simple required true
        param id Path Simple required problem=the variable `{id}` of the path is not declared
        warning[path-parameter] api.yaml:4:3: the variable `{id}` of the path is not declared (add a parameter `id` with `in: path` and `required: true`)
        warning[path-parameter] api.yaml:7:11: the path has no variable `{ID}` (did you mean `id`?)
        warning[path-parameter] api.yaml:8:11: the path parameter `rest` needs `required: true` (add `required: true`)
        ",
    );
}

#[test]
fn o11_o12_deprecation_extensions_and_samples_are_kept() {
    shows(
        &paths(
            "
              /a:
                get:
                  deprecated: true
                  x-badges: [{name: Beta}]
                  x-codeSamples: [{lang: curl, label: L, source: 'curl'}]
                  x-code-samples: [{lang: go, source: 'go'}]
            ",
        ),
        "
        GET /a /get-a deprecated
        extension x-badges=[{name:\"Beta\"}]
        sample curl L \"curl\"
        sample go - \"go\"
        ",
    );
}

#[test]
fn o14_security_keeps_absent_empty_and_optional_apart() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        security: [{A: []}]
        paths:
          /a:
            get: {}
            put: {security: []}
            post: {security: [{}, {A: [], B: [read, write]}, {Cdx: []}]}
        components:
          securitySchemes:
            A: {type: http, scheme: basic}
            B: {type: oauth2, flows: {}}
            Cdd: {type: mutualTLS}
        ",
        "
        security [A#0()]
        GET /a /get-a
        PUT /a /put-a security=
        POST /a /post-a security=[] or [A#0()+B#1(read,write)] or [Cdx#?()]
        warning[unknown-security-scheme] api.yaml:8:55: no security scheme is called `Cdx` (did you mean `Cdd`?)
        ",
    );
}

#[test]
fn o15_responses_keep_order_and_may_lack_a_description_from_3_2_on() {
    let text = "
        info: {title: t, version: '1'}
        paths:
          /a:
            get:
              responses:
                default: {x-summary: any}
                '404': {summary: gone, description: d}
        ";
    shows(&format!("        openapi: 3.2.0{text}"), "default summary=any\n404 summary=gone description=d");
    hides(&format!("        openapi: 3.2.0{text}"), "missing-field");
    shows(
        &format!("        openapi: 3.1.0{text}"),
        "warning[missing-field] api.yaml:7:18: a response needs the field `description` (add `description`)",
    );
}

#[test]
fn o17_callbacks_hold_operations() {
    shows(
        &paths(
            "
              /a:
                post:
                  callbacks:
                    onEvent:
                      '{$request.body#/url}': {post: {requestBody: {content: {a/b: {}}}}, put: {}}
                      '{$request.query.u}': {get: {responses: {'200': {description: ok}}}}
                    shared: {$ref: '#/components/callbacks/none'}
            ",
        ),
        "
        callbacks onEvent
        callback POST {$request.body#/url}
        body
        a/b:
        callback PUT {$request.body#/url}
        callback GET {$request.query.u}
        200 description=ok
        callbacks shared problem=`#/components/callbacks/none` is not defined: there is no such callback
        ",
    );
}

#[test]
fn o18_webhooks_have_slugs_of_their_own() {
    shows(
        "
        openapi: 3.0.3
        info: {title: t, version: '1'}
        paths: {/x: {post: {operationId: newPet}}}
        x-webhooks:
          newPet: {post: {operationId: newPet2}}
          gone: {post: {}}
          many: {post: {}, put: {}}
        ",
        "
        POST /x /new-pet id=newPet
        webhook POST newPet /new-pet2 id=newPet2
        webhook POST gone /gone
        webhook POST many /post-many
        webhook PUT many /put-many
        ",
    );
}

#[test]
fn k01_links_lead_to_operations() {
    shows(
        &paths(
            "
              /a/{id}: {get: {operationId: getA, parameters: [{name: id, in: path, required: true, schema: true}]}}
              /b:
                post:
                  responses:
                    '201':
                      description: ok
                      links:
                        byId: {operationId: getA, parameters: {id: $response.body#/id}, description: d, server: {url: https://s}}
                        byRef: {operationRef: '#/paths/~1a~1{id}/get', requestBody: {k: 1}}
                        broken: {operationId: getB}
                        away: {operationRef: 'https://e.org/api.yaml#/paths/~1x/get'}
            ",
        ),
        "
        link byId -> Some(\"getA\") Some(0) id=\"$response.body#/id\" server=https://s description=d
        link byRef -> Some(\"#/paths/~1a~1{id}/get\") Some(0) body={k:1}
        link broken -> Some(\"getB\") None
        link away -> Some(\"https://e.org/api.yaml#/paths/~1x/get\") None
        warning[unknown-link-target] api.yaml:13:35: the link `broken` leads to `getB`, and there is no such operation (did you mean `getA`?)
        ",
    );
}

#[test]
fn parts_of_a_wrong_type_cost_only_themselves() {
    shows(
        &paths(
            "
              /a: [1]
              /b: {get: nothing, put: {parameters: {a: 1}, responses: [1], tags: one}}
              /c: {get: {responses: {'200': x, '201': {description: ok}}, parameters: [7, {in: query}]}}
            ",
        ),
        "
        GET /b /get-b problem=an operation is a string, an object is expected
        PUT /b /put-b tags=one
        GET /c /get-c
        param  Query Form explode problem=a parameter is a number, an object is expected
        200 problem=a response is a string, an object is expected
        201 description=ok
        problem a path item is an array, an object is expected
        warning[missing-field] api.yaml:6:79: a parameter needs the field `name` (add `name`)
        ",
    );
}
