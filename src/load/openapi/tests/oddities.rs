//! Oddities of readable descriptions: warned about, never refused (L10, L12 to L14, L18, P04, R06, W04, W05, W13).

use super::{loaded, shows};
use crate::diag::Severity;

#[test]
fn l10_what_references_cannot_find_is_a_warning() {
    let loaded = loaded(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a: {get: {responses: {'200': {$ref: '#/components/responses/None'}, '201': {$ref: '../../x.yaml'}}}}
          /b: {$ref: '#/paths/~1c'}
          /c: {$ref: '#/paths/~1b'}
        ",
    );
    let errors: Vec<&str> =
        loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error).map(|d| d.message.as_str()).collect();
    assert_eq!(errors, Vec::<&str>::new());
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|d| d.code.name).collect();
    for code in ["unknown-reference", "reference-outside", "circular-reference"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}

#[test]
fn l12_references_start_from_a_relative_name_of_the_document() {
    shows(
        "
        --- apis/a/openapi.yaml
        openapi: 3.2.0
        $self: ../b/openapi.yaml
        info: {title: t, version: '1'}
        paths: {/a: {get: {responses: {'200': {$ref: 'parts.yaml#/ok'}}}}}
        --- apis/b/parts.yaml
        ok: {description: found beside the name}
        ",
        "
        self ../b/openapi.yaml
        200 description=found beside the name
        ",
    );
}

#[test]
fn l13_a_summary_beside_a_reference_to_an_object_without_one_is_reported() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a:
            get:
              parameters: [{$ref: '#/components/parameters/P', summary: lost, description: kept}]
              callbacks: {c: {$ref: '#/components/callbacks/C', description: lost}}
        components:
          parameters: {P: {name: p, in: query, schema: {type: string}}}
          callbacks: {C: {}}
        ",
        "
        param p Query Form explode string description=kept
        info[ref-sibling-ignored] api.yaml:6:56: `summary` beside `$ref` has no effect (put the reference into `allOf`, or the text where the reference leads)
        info[ref-sibling-ignored] api.yaml:7:57: `description` beside `$ref` has no effect (put the reference into `allOf`, or the text where the reference leads)
        ",
    );
}

#[test]
fn l14_parameters_on_both_sides_of_a_path_item_reference_are_joined() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a:
            $ref: '#/components/pathItems/I'
            parameters: [{name: both, in: query, schema: {type: integer}}]
        components:
          pathItems:
            I:
              parameters:
                - {name: both, in: query, schema: {type: string}}
                - {name: shared, in: query, schema: {type: string}}
              get: {}
        ",
        "
        GET /a /get-a
        param shared Query Form explode shared string
        param both Query Form explode shared integer
        warning[ref-sibling-ignored] api.yaml:5:5: `parameters` beside the `$ref` of a path item: both hold here (move all into one path item: the specification leaves this undefined)
        ",
    );
}

#[test]
fn p04_styles_that_cannot_write_their_values_are_reported() {
    let text = |parameter: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{parameters: [{parameter}]}}}}}}\n\
             components: {{schemas: {{Deep: {{type: object, properties: {{a: {{type: array}}}}}}}}}}\n"
        )
    };
    let says = |parameter: &str| {
        let loaded = loaded(&text(parameter));
        let found = loaded.diagnostics.iter().find(|d| d.code.name == "parameter-style");
        found.map_or(String::new(), |d| d.message.clone())
    };
    assert!(says("{name: a, in: query, style: deepObject, schema: {type: array}}").contains("for lists"));
    assert!(says("{name: a, in: query, style: deepObject, schema: {type: string}}").contains("single values"));
    let deep = "{name: a, in: query, style: deepObject, schema: {$ref: '#/components/schemas/Deep'}}";
    assert!(says(deep).contains("hold objects or lists"));
    assert!(says("{name: a, in: query, style: pipeDelimited, schema: {type: string}}").contains("single values"));
    assert_eq!(says("{name: a, in: query, style: pipeDelimited, schema: {type: array}}"), "");
    assert_eq!(says("{name: a, in: query, style: deepObject, schema: {type: object}}"), "");
}

#[test]
fn r06_an_empty_list_of_servers_is_none() {
    let loaded = loaded(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: []\npaths: {/a: {servers: [], get: {servers: []}}}\n",
    );
    assert!(loaded.api.servers.is_empty() && loaded.api.operations[0].servers.is_none());
}

#[test]
fn l18_extensions_of_maps_are_kept_at_the_root() {
    let loaded = loaded(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nx-a: 1\npaths: {x-b: 2}\ncomponents: {x-c: 3}\nx-tagGroups: [{name: g, tags: [], x-d: 4}]\n",
    );
    let names: Vec<&str> = loaded.api.extensions.iter().map(|entry| &*entry.key).collect();
    assert_eq!(names, ["x-a", "x-b", "x-c", "x-d"]);
}

#[test]
fn w04_a_form_field_keeps_its_example_and_its_deprecation() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths:
          /a:
            post:
              consumes: [application/x-www-form-urlencoded]
              parameters: [{name: f, in: formData, type: string, x-example: one, x-own: two, deprecated: true}]
              responses: {'200': {description: ok}}
        ",
        "
        application/x-www-form-urlencoded: object {f: string examples=[\"one\"] deprecated x-own=\"two\"}
        ",
    );
}

#[test]
fn w05_the_format_of_inner_lists_is_reported() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths:
          /a:
            get:
              parameters: [{name: a, in: query, type: array, items: {type: array, collectionFormat: pipes, items: {type: string}}}]
              responses: {'200': {description: ok}}
        ",
        "
        warning[parameter-style] api.yaml:6:75: the `collectionFormat` of a list inside of a list is not shown (describe in words how the inner values are separated)
        ",
    );
}

#[test]
fn w13_multi_repeats_queries_and_form_fields_only() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths:
          /a/{p}:
            get:
              parameters:
                - {name: p, in: path, required: true, type: array, items: {type: string}, collectionFormat: multi}
                - {name: q, in: query, type: array, items: {type: string}, collectionFormat: multi}
              responses: {'200': {description: ok}}
        ",
        "
        param p Path Simple required array [string]
        param q Query Form explode array [string]
        warning[parameter-style] api.yaml:7:101: `multi` is not defined for parameters at this place (only query parameters and form fields can be repeated; `csv` is shown)
        ",
    );
}
