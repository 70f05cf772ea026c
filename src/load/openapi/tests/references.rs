//! L01 to L18: versions, references, files.

use super::{hides, loaded, shows};

#[test]
fn l01_versions_are_told_apart() {
    for (line, spec) in [
        ("swagger: '2.0'", "V2_0"),
        ("swagger: 2.0", "V2_0"),
        ("openapi: 3.0.0-rc2", "V3_0"),
        ("openapi: 3.1.17", "V3_1"),
        ("openapi: 3.2.0", "V3_2"),
    ] {
        let loaded = loaded(&format!("{line}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\n"));
        assert_eq!(format!("{:?}", loaded.api.spec), spec);
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    }
}

#[test]
fn l01_an_unknown_version_is_read_by_the_nearest_rules() {
    shows(
        "
        openapi: 3.7.0
        info: {title: t, version: '1'}
        paths: {/a: {get: {responses: {'200': {description: ok}}}}}
        ",
        "
        GET /a /get-a
        warning[unknown-version] api.yaml:1:10: version `3.7.0` is not known and is read by the nearest rules (Check the `openapi` or `swagger` field: 2.0, 3.0.x, 3.1.x and 3.2.x are supported.)
        ",
    );
    shows("swagger: '3.0'\ninfo: {title: t, version: '1'}\npaths: {}", "api api 3.0 \"t\" \"1\"");
}

#[test]
fn l01_other_kinds_of_files_are_called_by_their_name() {
    for (text, found) in [
        ("swaggerVersion: '1.2'", "a Swagger 1.2 description"),
        ("swagger: '1.2'\npaths: {}\ninfo: {}", "a Swagger 1.2 description"),
        ("asyncapi: 3.0.0", "an AsyncAPI 3.0.0 document"),
        ("arazzo: 1.0.0", "an Arazzo 1.0.0 document"),
        ("$schema: x\ntype: object", "a JSON Schema"),
        ("[]", "an array, not an object"),
        ("hello", "a string, not an object"),
        ("a: 1", "an object without `openapi` or `swagger`"),
        ("apiVersion: v1\nkind: Pod", "a Kubernetes manifest"),
    ] {
        let loaded = loaded(text);
        let said: Vec<String> = loaded.diagnostics.iter().map(|d| d.message.clone()).collect();
        assert!(said.iter().any(|message| message.starts_with(&format!("this is {found};"))), "{text}: {said:?}");
        assert!(loaded.diagnostics.iter().any(|d| d.code.name == "not-a-description"));
    }
}

#[test]
fn l01_a_description_that_forgot_its_version_is_read_all_the_same() {
    shows(
        "
        info: {title: t, version: '1'}
        paths: {/a: {get: {responses: {'200': {description: ok}}}}}
        ",
        "
        GET /a /get-a
        error[not-a-description] api.yaml:1:1: this is an object without `openapi` or `swagger`; OpenAPI 2.0, 3.0, 3.1 and 3.2 descriptions are supported (add the version at the top, such as `openapi: 3.1.0`)
        ",
    );
}

#[test]
fn l03_status_codes_and_versions_are_shown_as_written() {
    shows(
        "
        openapi: 3.0.0
        info: {title: t, version: 1.10}
        paths:
          /a:
            get:
              responses:
                200: {description: ok}
                2xx: {description: range}
                '4XX': {description: range}
                default: {description: other}
                teapot: {description: odd}
                x-more: 1
        ",
        "
        api api 3.0.0 \"t\" \"1.10\"
        200 description=ok
        2XX description=range
        4XX description=range
        default description=other
        teapot description=odd
        info[wrong-type] api.yaml:2:27: `version` is a number, a string is expected
        warning[status-code] api.yaml:11:9: `teapot` is no status code (Write a code such as `200`, a range such as `4XX`, or `default`.)
        warning[status-code] api.yaml:8:9: `2xx` is no status code (write `2XX`)
        ",
    );
}

#[test]
fn l04_numbers_keep_their_digits() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        components:
          schemas:
            A: {type: integer, maximum: 9223372036854775808, multipleOf: 0.10, default: 1e400, examples: [18446744073709551616]}
        ",
        "schema A /a: integer default=1e400 examples=[18446744073709551616] <=9223372036854775808 *0.10",
    );
}

#[test]
fn l05_the_order_of_the_document_is_kept() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        webhooks: {z: {post: {}}}
        paths:
          /b: {put: {}, get: {}}
          /a: {get: {}}
        components:
          schemas:
            Z: {properties: {z: true, a: true}}
            A: {}
        ",
        "
        webhook POST z /z
        PUT /b /put-b
        GET /b /get-b
        GET /a /get-a
        schema Z /z: {z: true, a: true}
        schema A /a: any
        ",
    );
}

#[test]
fn l07_pointers_may_be_escaped_and_lead_through_references() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a/{id}:
            get:
              parameters: [{name: id, in: path, required: true, schema: {type: string}}]
              responses: {'200': {$ref: '#/components/responses/Alias'}}
          /b:
            $ref: '#/paths/~1a~1%7Bid%7D'
        components:
          responses:
            Alias: {$ref: '#/components/responses/Ok'}
            Ok: {description: fine, content: {application/json: {schema: {$ref: '#/components/schemas/Outer/properties/x~1y'}}}}
          schemas:
            Outer: {$ref: '#/components/schemas/Real'}
            Real: {properties: {x/y: {type: integer}}}
        ",
        "
        GET /a/{id} /get-a-id
        200 description=fine
        application/json: →integer
        GET /b /get-b
        param id Path Simple required string problem=the path has no variable `{id}`
        200 description=fine
        ",
    );
}

#[test]
fn l08_files_are_read_once_and_name_their_schemas() {
    let input = "
        --- apis/shop/openapi.yaml
        openapi: 3.0.3
        info: {title: t, version: '1'}
        paths:
          /pets: {$ref: paths/pets%20all.yaml}
        components:
          schemas:
            Pet: {$ref: ../shared/pet.yaml}
        --- apis/shop/paths/pets all.yaml
        get:
          responses:
            '200':
              description: ok
              content:
                application/json: {schema: {$ref: '../../shared/pet.yaml'}}
                text/plain: {schema: {$ref: '../../shared/common.yaml#/Owner'}}
                text/html: {schema: {$ref: '../openapi.yaml#/components/schemas/Pet'}}
        --- apis/shared/pet.yaml
        type: object
        properties: {owner: {$ref: './common.yaml#/Owner'}, friend: {$ref: pet.yaml}}
        --- apis/shared/common.yaml
        Owner: {type: string}
        ";
    shows(
        input,
        "
        GET /pets /get-pets
        application/json: →&Pet
        text/plain: →&Owner
        text/html: →→&Pet
        schema Pet /pet: object {owner: →&Owner, friend: →&Pet}
        schema Owner /owner: string
        ",
    );
    let asked: Vec<String> = loaded(input).asked.iter().map(ToString::to_string).collect();
    assert_eq!(asked.len(), 4, "{asked:?}");
}

#[test]
fn l09_remote_and_l10_broken_references_are_reported_where_they_stand() {
    shows(
        "
        --- apis/a.yaml
        openapi: 3.0.3
        info: {title: t, version: '1'}
        paths:
          /a:
            get:
              parameters: [{$ref: '#/components/parameters/Limt'}]
              responses:
                '200': {$ref: 'https://example.com/x.yaml#/A'}
                '400': {$ref: '../../outside.yaml'}
                '401': {$ref: 'missing.yaml#/A'}
                '402':
                  description: ok
                  content: {a/b: {schema: {$ref: '#/definitions/Customer'}}, c/d: {schema: {$ref: '#/components/schemas/Custmer'}}}
        components:
          parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}
          schemas: {Customer: {type: object}}
        ",
        "
        param Limt Query Form explode problem=`#/components/parameters/Limt` is not defined: there is no such parameter
        200 problem=`https://example.com/x.yaml#/A` is not read: a build fetches nothing
        400 problem=`../../outside.yaml` leads out of the input folder
        401 problem=`missing.yaml#/A` names a file that does not exist: apis/missing.yaml
        402 description=ok
        a/b: →broken #/definitions/Customer problem(`#/definitions/Customer` is not defined: there is no such schema)
        warning[reference-outside] apis/a.yaml:9:23: `../../outside.yaml` leads out of the input folder (Copy the file into the folder and refer to the copy.)
        warning[remote-reference] apis/a.yaml:8:23: `https://example.com/x.yaml#/A` is not read: a build fetches nothing (Copy the document into the input folder and refer to the copy.)
        warning[unknown-reference] apis/a.yaml:10:23: `missing.yaml#/A` names a file that does not exist: apis/missing.yaml (Mend the name, or define what it names.)
        warning[unknown-reference] apis/a.yaml:13:42: `#/definitions/Customer` is not defined: there is no such schema (did you mean `#/components/schemas/Customer` (apis/a.yaml:16:13)?)
        warning[unknown-reference] apis/a.yaml:13:91: `#/components/schemas/Custmer` is not defined: there is no such schema (did you mean `#/components/schemas/Customer` (apis/a.yaml:16:13)?)
        warning[unknown-reference] apis/a.yaml:6:27: `#/components/parameters/Limt` is not defined: there is no such parameter (did you mean `#/components/parameters/Limit` (apis/a.yaml:15:16)?)
        ",
    );
}

#[test]
fn l10_references_to_the_wrong_kind_of_thing_are_reported() {
    shows(
        "
        openapi: 3.0.3
        info: {title: t, version: '1'}
        paths: {}
        components:
          responses: {R: {description: x}}
          schemas:
            A: {$ref: '#/components/responses/R'}
            B: {$ref: '#/info/title'}
            C: {$ref: '#'}
            D: {$ref: 7}
        ",
        "
        schema B /b: →broken #/info/title problem(`#/info/title` names a string, a schema is expected)
        schema C /c: →broken # problem(`#` names a whole description, a schema is expected)
        schema D /d: →broken 7 problem(`$ref` is a number, a string is expected)
        warning[reference-kind] api.yaml:7:15: a schema is needed here, but the reference names a response (refer to `#/components/schemas/…`)
        ",
    );
}

#[test]
fn diagnostics_name_the_part_that_they_are_about() {
    let loaded = loaded(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a/{id}:
            get: {parameters: [{name: id, in: path, required: true, schema: {typ: string}}], sumary: x}
        ",
    );
    let labels: Vec<&str> = loaded.diagnostics.iter().filter_map(|d| d.label.as_deref()).collect();
    assert_eq!(labels, ["#/paths/~1a~1{id}/get/sumary", "#/paths/~1a~1{id}/get/parameters/0/schema/typ"]);
}

#[test]
fn l11_circles_that_reach_no_definition_are_cut() {
    shows(
        "
        openapi: 3.0.3
        info: {title: t, version: '1'}
        paths:
          /a: {$ref: '#/paths/~1b'}
          /b: {$ref: '#/paths/~1a'}
        components:
          schemas:
            S: {$ref: '#/components/schemas/S'}
            A: {$ref: '#/components/schemas/B'}
            B: {$ref: '#/components/schemas/A'}
            N: {type: object, properties: {next: {$ref: '#/components/schemas/N'}}}
            L: {allOf: [{$ref: '#/components/schemas/L'}]}
        ",
        "
        schema S /s: →broken #/components/schemas/S problem(references lead in a circle: `#/components/schemas/S`)
        schema A /a: →broken #/components/schemas/B problem(references lead in a circle: `#/components/schemas/B` → `#/components/schemas/A`)
        schema N /n: object {next: →&N}
        schema L /l: allOf(→&L)
        problem references lead in a circle: `#/paths/~1b` → `#/paths/~1a`
        warning[circular-reference] api.yaml:12:8: this schema includes itself by `allOf` (remove the reference that leads back)
        warning[circular-reference] api.yaml:4:14: references lead in a circle: `#/paths/~1a` → `#/paths/~1b` (give one of them a definition instead of a `$ref`)
        ",
    );
}

#[test]
fn l11_a_callback_that_leads_to_itself_ends() {
    shows(
        "
        openapi: 3.0.3
        info: {title: t, version: '1'}
        paths:
          /a:
            post:
              responses: {'200': {description: ok}}
              callbacks: {done: {$ref: '#/components/callbacks/Done'}}
        components:
          callbacks:
            Done:
              '{$request.body#/url}':
                post:
                  responses: {'200': {description: ok}}
                  callbacks: {again: {$ref: '#/components/callbacks/Done'}}
        ",
        "
        callbacks done
        callback POST {$request.body#/url}
        callbacks again recursive
        ",
    );
}

#[test]
fn l12_documents_and_schemas_may_name_themselves() {
    shows(
        "
        --- api/root.yaml
        openapi: 3.2.0
        $self: https://example.com/api/root
        info: {title: t, version: '1'}
        components:
          schemas:
            A: {$ref: 'https://example.com/api/root#/components/schemas/B'}
            B: {$anchor: bee, type: string}
            C: {$ref: '#bee'}
            D:
              $id: https://example.com/schemas/d
              $defs: {inner: {type: integer}}
              properties: {x: {$ref: '#/$defs/inner'}, y: {$ref: e}, z: {$ref: '#/components/schemas/B'}}
            E: {$id: 'https://example.com/schemas/e', type: boolean}
            F: {$ref: other.yaml#/G, deprecated: true}
        --- api/other.yaml
        G: {type: 'null'}
        ",
        "
        self https://example.com/api/root
        schema A /a: →&B
        schema C /c: →&B
        schema D /d: {x: →&D.inner, y: →&E, z: →&B} $id=https://example.com/schemas/d defs(inner: &D.inner)
        schema F /f: →&G deprecated
        schema G /g: null
        ",
    );
    hides(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents: {schemas: {A: {$ref: '#x'}, B: {$anchor: x}}}",
        "error",
    );
}

#[test]
fn l13_siblings_of_a_reference_count_from_3_1_on() {
    let text = "
        info: {title: t, version: '1'}
        paths: {}
        components:
          schemas:
            A: {type: string}
            B: {$ref: '#/components/schemas/A', description: why, deprecated: true, x-a: 1}
        ";
    let (old, new) = (format!("        openapi: 3.0.3{text}"), format!("        openapi: 3.1.0{text}"));
    shows(&new, "schema B /b: →&A description=why deprecated x-a=1");
    shows(
        &old,
        "
        schema B /b: →&A
        info[ref-sibling-ignored] api.yaml:7:41: `description` beside `$ref` has no effect (put the reference into `allOf`, or the text where the reference leads)
        info[ref-sibling-ignored] api.yaml:7:59: `deprecated` beside `$ref` has no effect (put the reference into `allOf`, or the text where the reference leads)
        ",
    );
}

#[test]
fn l13_a_reference_object_may_have_a_description_of_its_own() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a:
            get:
              parameters: [{$ref: '#/components/parameters/P', description: mine, example: 1}]
              responses:
                '200': {$ref: '#/components/responses/R', description: here, summary: s}
                '201': {$ref: '#/components/responses/R'}
        components:
          parameters: {P: {name: p, in: query, description: theirs, schema: true}}
          responses: {R: {description: there}}
        ",
        "
        param p Query Form explode true description=mine
        200 summary=s description=here
        201 description=there
        info[ref-sibling-ignored] api.yaml:6:75: `example` beside `$ref` has no effect (put the reference into `allOf`, or the text where the reference leads)
        ",
    );
}

#[test]
fn l14_a_path_item_may_be_a_reference_with_siblings() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a: {$ref: '#/components/pathItems/P', summary: own, parameters: []}
        components:
          pathItems: {P: {summary: theirs, get: {operationId: g}, post: {}}}
        ",
        "
        GET /a /g id=g shared=own
        POST /a /post-a shared=own
        warning[ref-sibling-ignored] api.yaml:4:8: `summary` stands here and where the `$ref` leads; this one is used (leave only one: the specification does not say which wins)
        ",
    );
}

#[test]
fn l15_a_description_needs_no_paths() {
    shows("openapi: 3.1.0\ninfo: {title: t, version: '1'}\nwebhooks: {w: {post: {}}}", "webhook POST w /w");
    hides("openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents: {}", "missing");
    shows(
        "openapi: 3.0.0\ninfo: {title: t, version: '1'}\ncomponents: {}",
        "warning[missing-field] api.yaml:1:1: the description needs the field `paths` (add `paths`)",
    );
}

#[test]
fn l16_one_operation_at_two_paths_is_two_operations() {
    let input = "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a: {get: {operationId: same}}
          /b: {$ref: '#/paths/~1a'}
        ";
    let slugs: Vec<String> = loaded(input).api.operations.iter().map(|operation| operation.slug.to_string()).collect();
    assert_eq!(slugs[0], "same");
    assert!(slugs[1].starts_with("same-"), "{slugs:?}");
    hides(input, "duplicate-operation-id");
}

#[test]
fn l17_other_dialects_are_named() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        jsonSchemaDialect: http://json-schema.org/draft-07/schema#
        components:
          schemas:
            A:
              $schema: https://json-schema.org/draft/2020-12/schema
              definitions: {x: {type: string}}
              items: [{type: string}, {type: integer}]
              additionalItems: false
              dependencies: {a: [b], c: {type: object}}
              minimum: 3
              exclusiveMinimum: true
        ",
        "
        dialect http://json-schema.org/draft-07/schema#
        schema A /a: >3 prefix[string, integer] [false] dependent(a: b) dependentSchemas{c: object} $schema=https://json-schema.org/draft/2020-12/schema defs(x: &A.x)
        warning[unknown-dialect] api.yaml:3:20: the dialect `http://json-schema.org/draft-07/schema#` is read by the rules of JSON Schema 2020-12 (use `https://json-schema.org/draft/2020-12/schema`)
        ",
    );
}

#[test]
fn l18_extensions_of_any_shape_are_kept() {
    shows(
        "
        openapi: 3.1.0
        x-root: {a: [1, null]}
        info: {title: t, version: '1', x-logo: {url: l.png}}
        paths:
          x-paths: 1
          /a: {x-item: null, get: {x-op: null, responses: {x-r: {}, '200': {description: ok}}}}
        components: {schemas: {A: {x-s: {b: 1}}}, x-c: 1}
        ",
        "
        logo l.png dark=- alt=- href=-
        extension x-root={a:[1,null]}
        GET /a /get-a
        extension x-op=null
        schema A /a: x-s={b:1}
        ",
    );
}

#[test]
fn text_of_a_description_may_stand_in_another_file() {
    shows(
        "
        --- a.yaml
        openapi: 3.0.0
        info: {title: t, version: '1', description: {$ref: intro.md}}
        paths: {}
        tags: [{name: a, description: {$ref: 'texts.yaml#/a'}}]
        --- intro.md
        # Hello
        --- texts.yaml
        a: the letter
        ",
        "
        description # Hello
        tag a /a ops=[] description=the letter
        ",
    );
}

#[test]
fn a_chain_of_references_ends_at_the_limit() {
    let mut text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents:\n  schemas:\n".to_string();
    for at in 0..250 {
        text.push_str(&format!("    S{at}: {{$ref: '#/components/schemas/S{}'}}\n", at + 1));
    }
    text.push_str("    S250: {type: string}\n");
    let loaded = loaded(&text);
    let codes: Vec<&str> = loaded.diagnostics.iter().map(|d| d.code.name).collect();
    assert_eq!(codes, ["reference-chain", "reference-chain"]);
}
