//! R10 and O13: what moves into the bundle, and what goes.

use super::super::Loaded;
use super::super::tests::{corpus, loaded};
use crate::model::api::{Api, Operation};
use crate::model::node::Node;
use crate::tree::write;

fn yaml(root: &Node) -> String {
    String::from_utf8(write::yaml(root)).unwrap()
}

#[track_caller]
fn bundles(input: &str, expected: &str) -> Api {
    let loaded = loaded(input);
    let text = yaml(&loaded.api.root);
    for line in expected.lines().map(str::trim).filter(|line| !line.is_empty()) {
        assert!(text.lines().any(|written| written.trim() == line), "missing: {line}\nin:\n{text}");
    }
    loaded.api
}

/// The operations with what they are made of, for comparing two readings.
fn operations(api: &Api) -> Vec<String> {
    let line = |operation: &Operation| {
        let bodies = operation.request_body.iter().flat_map(|body| &body.content).map(|media| media.name.to_string());
        let parameters = operation.parameters.iter().map(|one| format!("{}:{:?}", one.name, one.location));
        let responses = operation.responses.iter().map(|one| format!("{}({})", one.status, one.content.len()));
        format!(
            "{} {} {} | {} | {} | {}",
            operation.kind.method(),
            operation.kind.address(),
            operation.slug,
            parameters.collect::<Vec<_>>().join(" "),
            bodies.collect::<Vec<_>>().join(" "),
            responses.collect::<Vec<_>>().join(" ")
        )
    };
    api.operations.iter().map(line).collect()
}

/// Loads the bundle of a description as if it were a file of its own.
fn again(api: &Api) -> Loaded {
    super::super::tests::loaded(&format!("--- bundle.json\n{}", String::from_utf8(write::json(&api.root)).unwrap()))
}

#[test]
fn r10_a_description_of_one_file_is_its_own_bundle() {
    let api = bundles(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/R'}}}}}
        components: {responses: {R: {description: d}}}
        ",
        "$ref: \"#/components/responses/R\"",
    );
    assert!(!api.filtered);
}

const SPLIT: &str = "
    --- api/openapi.yaml
    openapi: 3.1.0
    info: {title: t, version: '1', description: {$ref: about.md}}
    paths:
      /pets: {$ref: paths/pets.yaml}
      /animals: {$ref: paths/pets.yaml}
      /b: {get: {responses: {'200': {description: ok, content: {a/b: {schema: {$ref: '../shared/pet.yaml#/$defs/Tag'}}}}}}}
    components:
      schemas:
        Pet: {$ref: ../shared/pet.yaml}
        Error: {type: object, description: the root's own}
    --- api/about.md
    # About
    --- api/paths/pets.yaml
    get:
      parameters: [{$ref: '../../shared/all.yaml#/parameters/limit'}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: ../../shared/pet.yaml}, example: {$ref: ../pet.json}}}}
        default: {$ref: '../../shared/all.yaml#/responses/Error'}
    --- api/pet.json
    {\"name\": \"Rex\", \"$ref\": 1}
    --- shared/pet.yaml
    type: object
    discriminator: {propertyName: kind, mapping: {cat: 'all.yaml#/schemas/Cat', dog: ./dog.yaml}}
    properties:
      self: {$ref: '#'}
      tag: {$ref: '#/$defs/Tag'}
      example: {$ref: 'all.yaml#/schemas/Error'}
    $defs: {Tag: {type: string}}
    --- shared/dog.yaml
    allOf: [{$ref: pet.yaml}]
    --- shared/all.yaml
    parameters: {limit: {name: limit, in: query, schema: {$ref: '#/schemas/Limit'}}}
    responses: {Error: {description: no, content: {a/b: {schema: {$ref: '#/schemas/Error'}}}}}
    schemas:
      Limit: {type: integer}
      Error: {type: object}
      Cat: {allOf: [{$ref: pet.yaml}, {properties: {'a/b': {$ref: '#/schemas/Limit'}}}]}
    ";

#[test]
fn r10_parts_of_other_files_become_components_under_stable_names() {
    let api = bundles(
        SPLIT,
        "
        description: \"# About\\n\"
        $ref: \"#/paths/~1pets\"
        $ref: \"#/components/parameters/limit\"
        $ref: \"#/components/responses/Error\"
        $ref: \"#/components/schemas/Pet\"
        $ref: \"#/components/schemas/Pet/%24defs/Tag\"
        cat: \"#/components/schemas/Cat\"
        dog: \"#/components/schemas/dog\"
        $ref: \"#/components/schemas/all_Error\"
        description: \"the root's own\"
        name: Rex
        "
        .replace("%24", "$")
        .as_str(),
    );
    let text = yaml(&api.root);
    assert!(!text.contains(".yaml") && !text.contains(".json"), "{text}");
    let again = again(&api);
    assert!(again.diagnostics.iter().all(|d| d.severity > crate::diag::Severity::Warning), "{:?}", again.diagnostics);
    assert_eq!(operations(&again.api), operations(&api));
    assert_eq!(yaml(&loaded(SPLIT).api.root), text, "the same files give the same names");
}

#[test]
fn r10_a_bundle_of_version_2_has_definitions() {
    let api = bundles(
        "
        --- api.yaml
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths:
          /a: {get: {parameters: [{$ref: 'x.yaml#/p'}], responses: {200: {$ref: 'x.yaml#/r'}}}}
        --- x.yaml
        p: {name: p, in: body, schema: {$ref: '#/deep/s'}}
        r: {description: d, schema: {$ref: '#/deep/s'}, headers: {}}
        deep: {s: {type: array, items: {$ref: '#/deep/s'}}}
        ",
        "
        $ref: \"#/parameters/p\"
        $ref: \"#/responses/r\"
        $ref: \"#/definitions/s\"
        ",
    );
    assert_eq!(operations(&again(&api).api), operations(&api));
}

#[test]
fn r10_maps_in_other_files_stand_where_they_are_referred_to() {
    let api = bundles(
        "
        --- api.yaml
        openapi: 3.0.3
        info: {title: t, version: '1'}
        paths: {$ref: paths.yaml}
        components: {schemas: {$ref: schemas.yaml}}
        --- paths.yaml
        /a: {get: {responses: {'200': {description: d, content: {a/b: {schema: {$ref: 'schemas.yaml#/A'}}}}}}}
        --- schemas.yaml
        A: {properties: {b: {$ref: '#/B'}}}
        B: {type: string}
        ",
        "
        $ref: \"#/components/schemas/A\"
        $ref: \"#/components/schemas/B\"
        ",
    );
    assert_eq!(operations(&again(&api).api), operations(&api));
}

#[test]
fn o13_what_is_internal_is_nowhere_in_the_bundle() {
    let input = "
        --- api.yaml
        openapi: 3.1.0
        info: {title: t, version: '1'}
        tags: [{name: SECRETtag, x-internal: true}, {name: open, parent: SECRETtag}]
        x-tagGroups: [{name: g, tags: [open, SECRETtag]}]
        security: [{key: []}, {SECRETscheme: []}]
        paths:
          /SECRETpath: {x-internal: true, get: {operationId: SECRETpathid}}
          /a:
            get:
              tags: [SECRETtag, open]
              parameters:
                - {name: SECRETparam, in: query, x-internal: true}
                - {$ref: 'more.yaml#/parameters/SECRETmore'}
              requestBody:
                content:
                  application/json:
                    schema: {$ref: '#/components/schemas/Open'}
                    example: {a: 1, SECRETprop: 2, list: [{SECRETprop: 3, b: 4}]}
                  multipart/form-data:
                    schema: {$ref: '#/components/schemas/Open'}
                    encoding: {SECRETprop: {contentType: a/b}, a: {contentType: c/d}}
                    examples: {e: {$ref: '#/components/examples/E'}, f: {x-internal: true, value: SECRETvalue}}
                  application/SECRET: {x-internal: true}
              responses:
                '200':
                  description: ok
                  links: {l: {operationId: SECRETid}, m: {operationRef: '#/paths/~1SECRETpath/get'}}
            post: {operationId: SECRETid, x-internal: true, parameters: [{$ref: '#/components/parameters/SECRETonly'}]}
        components:
          parameters:
            SECRETonly: {name: q, in: query, schema: {$ref: '#/components/schemas/SECRETonly'}}
            Public: {name: q, in: query}
          securitySchemes:
            SECRETscheme: {type: apiKey, name: k, in: query, x-internal: true}
            key: {type: apiKey, name: k, in: header}
          examples: {E: {value: {SECRETprop: 1, a: 5}}}
          schemas:
            SECRETonly: {type: string}
            SECRETschema: {x-internal: true, properties: {SECRETinside: {}}}
            Open:
              required: [a, SECRETprop]
              dependentRequired: {SECRETprop: [a], a: [SECRETprop, b]}
              properties:
                a: {}
                b: {}
                list: {type: array, items: {$ref: '#/components/schemas/Open'}}
                SECRETprop: {x-internal: true, type: string}
              oneOf: [{required: [SECRETprop]}, {$ref: '#/components/schemas/SECRETschema'}, {type: object}]
              discriminator: {propertyName: a, mapping: {s: '#/components/schemas/SECRETschema', t: Open}}
              example: {SECRETprop: 1, a: 6}
            Child: {allOf: [{$ref: '#/components/schemas/Open'}, {required: [SECRETprop, a]}], default: {SECRETprop: 7}}
            Strict: {required: [SECRETprop]}
            Later: {properties: {a: {$ref: 'more.yaml#/M'}}}
        --- more.yaml
        parameters: {SECRETmore: {name: SECRETm, in: query, x-internal: true}}
        M: {required: [SECRETn], properties: {SECRETn: {x-internal: true}, n: {}}}
        ";
    let loaded = loaded(input);
    let (bundle, model) = (yaml(&loaded.api.root), super::super::tests::print::api(&loaded.api));
    assert!(loaded.api.filtered);
    assert!(!bundle.contains("SECRET") && !bundle.contains("x-internal"), "{bundle}");
    assert!(!model.contains("SECRET"), "{model}");
    let again = again(&loaded.api);
    assert!(again.diagnostics.iter().all(|d| d.severity > crate::diag::Severity::Warning), "{:?}", again.diagnostics);
    assert_eq!(operations(&again.api), operations(&loaded.api));
    for kept in ["name: Public", "a: 5", "a: 6", "contentType: c/d", "b: 4"] {
        assert!(bundle.replace("Public:", "name: Public").contains(kept), "{kept} is gone from\n{bundle}");
    }
}

#[test]
fn r10_real_descriptions_of_many_files_read_the_same_from_their_bundle() {
    let Some(corpus) = corpus::corpus() else { return };
    for root in ["openapi/multi/cafe-split/cafe.yaml", "openapi/multi/digitalocean/DigitalOcean-public.v2.yaml"] {
        let Some((_, Loaded { api, diagnostics, .. })) = corpus::load_file(&corpus, &corpus.join(root)) else {
            panic!("{root}")
        };
        let again = again(&api);
        // What was broken before stays broken; nothing else is.
        let errors = |all: &[crate::diag::Diagnostic]| {
            all.iter().filter(|d| d.severity == crate::diag::Severity::Error).map(|d| d.code.name).collect::<Vec<_>>()
        };
        assert_eq!(errors(&again.diagnostics).len(), errors(&diagnostics).len(), "{root}: {:?}", again.diagnostics);
        let (ours, theirs) = (operations(&again.api), operations(&api));
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.iter().zip(&theirs) {
            assert_eq!(ours, theirs, "{root}");
        }
    }
}
