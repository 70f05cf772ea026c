//! R01 to R12: what stands at the root.

use super::{hides, shows};

#[test]
fn r01_info_is_read_whole() {
    shows(
        "
        openapi: 3.1.0
        info:
          title: ' Shop '
          version: 1.0.0
          summary: sells
          description: long
          termsOfService: https://e.org/t
          contact: {name: N, url: https://e.org, email: a@e.org}
          license: {name: MIT, identifier: MIT}
          x-audience: all
        paths: {}
        externalDocs: {url: https://e.org/docs, description: more}
        ",
        "
        api api 3.1.0 \"Shop\" \"1.0.0\"
        summary sells
        description long
        terms https://e.org/t
        contact Some(\"N\") Some(\"https://e.org\") Some(\"a@e.org\")
        license \"MIT\" Some(\"MIT\") None
        ",
    );
}

#[test]
fn r01_wrong_and_missing_fields_are_reported_at_their_place() {
    shows(
        "
        openapi: 3.1.0
        info: {titel: t, version: [1], contact: nobody, license: {url: x}}
        paths: {}
        servers: [{description: x}, https://e.org]
        ",
        "
        warning[missing-field] api.yaml:2:58: a license object needs the field `name` (add `name`)
        warning[missing-field] api.yaml:2:7: the info object needs the field `title` (add `title`)
        warning[missing-field] api.yaml:4:11: a server object needs the field `url` (add `url`)
        warning[unknown-field] api.yaml:2:8: the info object has no field `titel` (did you mean `title`?)
        warning[wrong-type] api.yaml:2:27: `version` is an array, a string is expected
        warning[wrong-type] api.yaml:2:41: `contact` is a string, an object is expected
        warning[wrong-type] api.yaml:4:29: a server is a string, an object is expected (write `url: https://…`)
        ",
    );
}

#[test]
fn r04_servers_and_r05_their_variables() {
    shows(
        "
        openapi: 3.2.0
        info: {title: t, version: '1'}
        servers:
          - {url: '/v1', name: here, description: rel}
          - url: 'https://{region}.e.org/{stage}'
            variables:
              region: {default: eu, enum: [eu, us], description: d}
              port: {default: 80}
              stage2: {default: x, enum: [y]}
        paths:
          /a:
            servers: [{url: https://item}]
            get: {}
            post: {servers: [{url: https://op}]}
        ",
        "
        server /v1 name=here description=rel
        server https://{region}.e.org/{stage} region=eu(eu|us) port=80() stage2=x(y)
        GET /a /get-a
        server https://item
        POST /a /post-a
        server https://op
        warning[server-variable] api.yaml:5:10: the server's URL has a variable `{stage}` that is not declared (declare `stage` under `variables`, with a `default`)
        warning[server-variable] api.yaml:8:7: the variable `port` is not in the server's URL (write `{port}` in `url`)
        warning[server-variable] api.yaml:9:25: the default `x` of the variable `stage2` is not among its values (choose one of `enum`, or add it there)
        ",
    );
}

#[test]
fn r07_tags_are_declared_ones_first_then_those_in_use() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        tags:
          - {name: Pets, description: d, externalDocs: {url: u}}
          - {name: pets}
          - {name: Unused}
        paths:
          /a: {get: {tags: [new, Pets]}, put: {}}
          /b: {get: {tags: [Pets, Pets]}}
        webhooks: {w: {post: {tags: [Pets]}}}
        ",
        "
        tag Pets /pets ops=[0, 2, 3] description=d
        docs u None
        tag pets /pets-b2c642 ops=[]
        tag Unused /unused ops=[]
        tag new /new ops=[0] undeclared
        warning[duplicate-tag] api.yaml:5:12: there is another tag `pets`, or one that differs only in case (each tag is shown as a group of its own: keep one of them) [api.yaml:4:12: the first one]
        ",
    );
}

#[test]
fn r07_tags_in_use_that_differ_from_others_only_in_case_are_reported() {
    shows(
        "
        openapi: 3.1.0
        info: {title: T, version: '1'}
        tags: [{name: Pets}]
        paths:
          /a: {get: {tags: [Pets], responses: {}}, put: {tags: [pets], responses: {}}}
          /b: {get: {tags: [pets, Fish], responses: {}}, put: {tags: [fish], responses: {}}}
        ",
        "
        tag Pets /pets ops=[0]
        tag pets /pets-b2c642 ops=[1, 2] undeclared
        warning[duplicate-tag] api.yaml:5:57: the tag `pets` differs from `Pets` only in case (each is shown as a group of its own: write `Pets`, or rename one of the two) [api.yaml:3:15: the other one]
        warning[duplicate-tag] api.yaml:6:63: the tag `fish` differs from `Fish` only in case (each is shown as a group of its own: write `Fish`, or rename one of the two) [api.yaml:6:27: the other one]
        ",
    );
}

#[test]
fn r08_groups_of_tags_that_cannot_be_shown_as_written_are_reported() {
    shows(
        "
        openapi: 3.1.0
        info: {title: T, version: '1'}
        tags: [{name: hidden, x-internal: true}]
        x-tagGroups: [{name: G, tags: [pets, pest, hidden]}, {name: H, tags: [pets]}]
        paths: {/a: {get: {tags: [pets], responses: {}}}}
        ",
        "
        warning[tag-group] api.yaml:4:38: no operation has the tag `pest`, and it is not declared (did you mean `pets`?)
        warning[tag-group] api.yaml:4:71: the tag `pets` is in two groups (it is shown in the first one)
        ",
    );
    shows(
        "
        openapi: 3.2.0
        info: {title: T, version: '1'}
        tags: [{name: a}, {name: b, parent: a}]
        x-tagGroups: [{name: G, tags: [a]}]
        paths: {}
        ",
        "warning[tag-group] api.yaml:4:1: `x-tagGroups` has no effect: tags nest by `parent`, such as `b` (keep one of the two ways to group tags)",
    );
}

#[test]
fn r08_tags_nest_and_have_labels() {
    shows(
        "
        openapi: 3.2.0
        info: {title: t, version: '1'}
        tags:
          - {name: a, summary: A!, kind: nav}
          - {name: b, parent: a, x-displayName: B?, summary: no}
          - {name: c, parent: d}
          - {name: d, parent: c}
          - {name: e, parent: aa}
        x-tagGroups: [{name: G, tags: [a, b]}]
        paths: {}
        ",
        "
        tag a /a ops=[] label=A! kind=nav
        tag b /b ops=[] label=B? parent=a
        tag c /c ops=[]
        tag d /d ops=[] parent=c
        tag e /e ops=[]
        group G: a, b
        warning[tag-parent] api.yaml:6:23: the parents of the tag `c` lead back to it (remove one `parent` of the circle)
        warning[tag-parent] api.yaml:8:23: the parent `aa` of the tag `e` is not declared (did you mean `a`?)
        ",
    );
}

#[test]
fn r11_components_that_nobody_uses_are_reported() {
    shows(
        "
        openapi: 3.0.0
        info: {title: t, version: '1'}
        paths: {/a: {get: {responses: {'200': {$ref: '#/components/responses/Used'}}}}}
        components:
          responses: {Used: {description: x}, Unused: {description: y}}
        ",
        "info[unused-component] api.yaml:5:39: nothing refers to the response `Unused`",
    );
}

#[test]
fn r12_names_of_schemas_become_safe_slugs() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        components:
          schemas:
            io.k8s.Pod: {}
            'a/b c': {}
            Größe: {}
            CON: {}
            '日本': {}
            io.k8s.pod: {}
        ",
        "
        schema io.k8s.Pod /io.k8s.pod: any
        schema a/b c /a-b-c: any
        schema Größe /grosse: any
        schema CON /x-con: any
        ",
    );
}

#[test]
fn o13_what_is_internal_is_nowhere_in_the_model() {
    let input = "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        tags: [{name: SECRETtag, x-internal: true}, {name: open}]
        servers: [{url: https://SECRET, x-internal: true}]
        paths:
          /SECRETpath: {x-internal: true, get: {operationId: SECRETpathid}}
          /a:
            get:
              tags: [SECRETtag, open]
              parameters:
                - {name: SECRETparam, in: query, x-internal: true, schema: {type: string}}
                - {$ref: '#/components/parameters/P'}
              responses:
                '200':
                  description: ok
                  content: {a/b: {schema: {$ref: '#/components/schemas/Open'}}, c/d: {schema: {$ref: '#/components/schemas/SECRETschema'}}}
                  headers: {SECRETheader: {x-internal: true, schema: {type: string}}}
                  links: {l: {operationId: SECRETid}, m: {operationId: SECRETpathid}}
            post: {operationId: SECRETid, x-internal: true}
            put: {x-internal: false}
        webhooks: {SECREThook: {x-internal: true, post: {}}}
        components:
          parameters: {P: {name: SECRETshared, in: query, x-internal: true}}
          schemas:
            SECRETschema: {x-internal: true, properties: {SECRETinside: {}}}
            Open:
              required: [a, SECRETprop, viaRef]
              properties:
                a: {items: {$ref: '#/components/schemas/SECRETschema'}, not: {$ref: '#/components/schemas/SECRETschema'}}
                SECRETprop: {x-internal: true, type: string}
                viaRef: {$ref: '#/components/schemas/SECRETschema'}
              oneOf: [{$ref: '#/components/schemas/SECRETschema'}, {type: object}]
              discriminator: {propertyName: a, mapping: {s: '#/components/schemas/SECRETschema', t: Open}}
        ";
    let printed = super::print::api(&super::loaded(input).api);
    assert!(!printed.contains("SECRET"), "{printed}");
    shows(
        input,
        "GET /a /get-a tags=open\nPUT /a /put-a\nschema Open /open: {a!: not(any)} oneOf(object) by a t→&Open",
    );
    hides(input, "unknown-link-target");
}
