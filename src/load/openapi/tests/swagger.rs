//! W01 to W13: Swagger 2.0, and its equality with 3.x.

use super::{loaded, print, shows};

#[test]
fn w01_servers_are_host_base_path_and_schemes() {
    let head = "swagger: '2.0'\ninfo: {title: t, version: '1'}\npaths: {}\n";
    for (text, expected) in [
        ("host: e.org\nbasePath: /v1/\nschemes: [https, ws]", "server https://e.org/v1\nserver ws://e.org/v1"),
        ("host: e.org:81", "server //e.org:81"),
        ("basePath: v2", "server /v2"),
        ("x-servers: [{url: https://x}]", "server https://x"),
    ] {
        shows(&format!("{head}{text}"), expected);
    }
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        host: e.org
        schemes: [https]
        paths: {/a: {get: {schemes: [http], responses: {'200': {description: ok}}}}}
        ",
        "server https://e.org\nGET /a /get-a\nserver http://e.org",
    );
}

#[test]
fn w02_w03_body_parameters_become_request_bodies() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        consumes: [application/json]
        produces: [application/json, text/csv]
        paths:
          /a:
            post:
              parameters: [{name: pet, in: body, description: d, required: true, schema: {$ref: '#/definitions/Pet'}}]
              responses: {'200': {description: ok, schema: {$ref: '#/definitions/Pet'}}}
            put:
              consumes: [application/xml]
              produces: []
              parameters: [{$ref: '#/parameters/B'}]
              responses: {'200': {$ref: '#/responses/R'}}
        definitions: {Pet: {type: object}}
        parameters: {B: {name: b, in: body, schema: {type: array, items: {type: string}}}}
        responses: {R: {description: shared, schema: {type: string}}}
        ",
        "
        POST /a /post-a
        body required description=d
        application/json: →&Pet
        200 description=ok
        application/json: →&Pet
        text/csv: →&Pet
        PUT /a /put-a
        body
        application/xml: array [string]
        200 description=shared
        (unstated): string
        ",
    );
}

#[test]
fn w02_w04_form_fields_become_an_object() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths:
          /file:
            post:
              parameters:
                - {name: f, in: formData, type: file, required: true, description: the file}
                - {name: n, in: formData, type: array, items: {type: string}, collectionFormat: pipes}
              responses: {'200': {description: ok}}
          /form:
            post:
              parameters: [{name: a, in: formData, type: integer, format: int32, default: 1}]
              responses: {'200': {description: ok}}
        ",
        "
        POST /file /post-file
        body required
        multipart/form-data: object {f!: string <binary> description=the file, n: array [string]}
        encoding n PipeDelimited explode=false
        POST /form /post-form
        body
        application/x-www-form-urlencoded: object {a: integer <int32> default=1}
        ",
    );
}

#[test]
fn w05_w13_p11_other_parameters_become_schemas() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths:
          /a/{id}:
            parameters:
              - {name: id, in: path, required: true, type: integer, format: int64, minimum: 1, exclusiveMinimum: true}
              - {name: q, in: query, type: string}
            get:
              parameters:
                - {name: q, in: query, type: array, items: {type: string, enum: [a]}, collectionFormat: multi, allowEmptyValue: true}
                - {name: s, in: query, type: array, items: {type: string}, collectionFormat: ssv}
                - {name: t, in: query, type: array, items: {type: string}, collectionFormat: tsv}
                - {name: H, in: header, type: array, items: {type: string}, description: d, x-example: [z]}
              responses: {'200': {description: ok}}
        ",
        "
        param id Path Simple required shared integer <int64> >1
        param q Query Form explode allowEmpty array [string enum=[\"a\"]]
        param s Query SpaceDelimited array [string]
        param t Query TabDelimited array [string]
        param H Header Simple array [string] description=d
        example - [\"z\"]
        ",
    );
}

#[test]
fn w06_w07_w08_responses_hold_files_examples_and_headers() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        produces: [application/json]
        paths:
          /a:
            get:
              produces: [application/pdf]
              responses:
                '200': {description: ok, schema: {type: file}}
                '201':
                  description: made
                  schema: {type: object}
                  headers: {X-Rate: {type: integer, description: d}, X-L: {type: array, items: {type: string}}}
                  examples: {application/json: {a: 1}}
                '204': {description: none}
        ",
        "
        200 description=ok
        application/pdf: string <binary>
        201 description=made
        header X-Rate Header Simple integer description=d
        header X-L Header Simple array [string]
        application/pdf: object
        application/json: object
        example - {a:1}
        204 description=none
        ",
    );
}

#[test]
fn w10_a08_security_definitions() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths: {}
        securityDefinitions:
          b: {type: basic}
          k: {type: apiKey, in: header, name: X-K}
          o: {type: oauth2, flow: accessCode, authorizationUrl: /a, tokenUrl: /t, scopes: {s: S}}
          c: {type: oauth2, flow: application, tokenUrl: /t, scopes: {}}
        security: [{b: []}]
        ",
        "
        scheme b http basic
        scheme k apiKey Header X-K
        scheme o oauth2  authorizationCode(/a - /t -; s=S)
        scheme c oauth2  clientCredentials(- - /t -; )
        security [b#0()]
        ",
    );
}

#[test]
fn w11_w12_extensions_and_discriminators() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths: {}
        x-webhooks: {w: {post: {parameters: [{name: b, in: body, schema: {type: object}}], responses: {'200': {description: ok, x-links: {l: {operationId: x}}}}}}}
        definitions:
          Pet: {type: object, discriminator: kind, properties: {kind: {type: string, x-nullable: true, readOnly: true}}, x-examples: {a: 1}}
          Cat: {allOf: [{$ref: '#/definitions/Pet'}], x-discriminator-value: cat}
        ",
        "
        webhook POST w /w
        (unstated): object
        link l -> Some(\"x\") None
        schema Pet /pet: object examples=[1] {kind: string|null readOnly} by kind
        schema Cat /cat: allOf(→&Pet) x-discriminator-value=\"cat\"
        ",
    );
}

#[test]
fn body_parameters_that_contradict_one_another_are_reported() {
    shows(
        "
        swagger: '2.0'
        info: {title: t, version: '1'}
        paths:
          /a:
            post:
              parameters:
                - {name: a, in: body, schema: {type: object}}
                - {name: b, in: body, schema: {type: string}}
                - {name: c, in: formData, type: string}
              responses: {'200': {description: ok}}
        ",
        "
        (unstated): object
        warning[body-parameter] api.yaml:8:11: an operation has one body, and this is the second (join the two schemas)
        warning[body-parameter] api.yaml:9:11: an operation has either a body or form fields (remove one of the two)
        ",
    );
}

const SHOP_2_0: &str = "
    swagger: '2.0'
    info: {title: Shop, version: '1', description: d}
    host: e.org
    basePath: /v1
    schemes: [https]
    consumes: [application/json]
    produces: [application/json]
    tags: [{name: pets, description: p}]
    security: [{key: []}]
    securityDefinitions:
      key: {type: apiKey, in: header, name: X-Key}
      login: {type: oauth2, flow: implicit, authorizationUrl: /a, scopes: {r: read}}
    paths:
      /pets/{id}:
        parameters: [{$ref: '#/parameters/Id'}]
        get:
          operationId: getPet
          tags: [pets]
          parameters:
            - {name: fields, in: query, type: array, items: {type: string}, collectionFormat: multi, description: f}
            - {name: X-Trace, in: header, type: string, maxLength: 9}
          responses:
            '200':
              description: ok
              schema: {$ref: '#/definitions/Pet'}
              headers: {X-Rate: {type: integer}}
              examples: {application/json: {name: Rex}}
            default: {$ref: '#/responses/Error'}
        put:
          operationId: putPet
          deprecated: true
          parameters: [{in: body, name: body, required: true, schema: {$ref: '#/definitions/Pet'}}]
          responses: {'204': {description: done}}
        post:
          operationId: upload
          consumes: [multipart/form-data]
          parameters:
            - {name: photo, in: formData, type: file, required: true}
            - {name: note, in: formData, type: string, description: n}
          responses: {'204': {description: done}}
    parameters:
      Id: {name: id, in: path, required: true, type: integer, format: int64, minimum: 0, exclusiveMinimum: true}
    responses:
      Error: {description: bad, schema: {$ref: '#/definitions/Error'}}
    definitions:
      Pet:
        type: object
        required: [name]
        properties: {name: {type: string, x-nullable: true}, tag: {$ref: '#/definitions/Tag'}, id: {type: integer, readOnly: true}}
      Tag: {type: string, enum: [a, b]}
      Error: {type: object, example: {code: 1}}
    ";

const SHOP_3: &str = "
    openapi: VERSION
    info: {title: Shop, version: '1', description: d}
    servers: [{url: https://e.org/v1}]
    tags: [{name: pets, description: p}]
    security: [{key: []}]
    paths:
      /pets/{id}:
        parameters: [{$ref: '#/components/parameters/Id'}]
        get:
          operationId: getPet
          tags: [pets]
          parameters:
            - {name: fields, in: query, schema: {type: array, items: {type: string}}, description: f}
            - {name: X-Trace, in: header, schema: {type: string, maxLength: 9}}
          responses:
            '200':
              description: ok
              headers: {X-Rate: {schema: {type: integer}}}
              content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {name: Rex}}}
            default: {$ref: '#/components/responses/Error'}
        put:
          operationId: putPet
          deprecated: true
          requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
          responses: {'204': {description: done}}
        post:
          operationId: upload
          requestBody:
            required: true
            content:
              multipart/form-data:
                schema:
                  type: object
                  required: [photo]
                  properties: {photo: {type: string, format: binary}, note: {type: string, description: n}}
          responses: {'204': {description: done}}
    components:
      securitySchemes:
        key: {type: apiKey, in: header, name: X-Key}
        login: {type: oauth2, flows: {implicit: {authorizationUrl: /a, scopes: {r: read}}}}
      parameters:
        Id: {name: id, in: path, required: true, schema: {type: integer, format: int64, BOUND}}
      responses:
        Error: {description: bad, content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
      schemas:
        Pet:
          type: object
          required: [name]
          properties: {name: NULLABLE, tag: {$ref: '#/components/schemas/Tag'}, id: {type: integer, readOnly: true}}
        Tag: {type: string, enum: [a, b]}
        Error: {type: object, EXAMPLE}
    ";

#[test]
fn c03_the_same_description_in_every_version_is_the_same_api() {
    let three = |version: &str, bound: &str, nullable: &str, example: &str| {
        let text = SHOP_3.replace("VERSION", version).replace("BOUND", bound);
        text.replace("NULLABLE", nullable).replace("EXAMPLE", example)
    };
    let old = ("minimum: 0, exclusiveMinimum: true", "{type: string, nullable: true}", "example: {code: 1}");
    let new = ("exclusiveMinimum: 0", "{type: [string, 'null']}", "examples: [{code: 1}]");
    let texts = [
        SHOP_2_0.to_string(),
        three("3.0.3", old.0, old.1, old.2),
        three("3.1.0", new.0, new.1, new.2),
        three("3.2.0", new.0, new.1, new.2),
    ];
    let mut printed = texts.iter().map(|text| {
        let loaded = loaded(text);
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        let printed = print::api(&loaded.api);
        let (head, rest) = printed.split_once('\n').unwrap();
        assert!(head.starts_with("api api "), "{head}");
        rest.to_string()
    });
    let first = printed.next().unwrap();
    for other in printed {
        assert_eq!(first, other);
    }
}

#[test]
fn r11_unused_parameters_and_responses_of_a_2_0_root_are_reported() {
    shows(
        "
        swagger: '2.0'
        info: {title: T, version: '1'}
        paths: {/a: {get: {parameters: [{$ref: '#/parameters/used'}], responses: {'200': {$ref: '#/responses/Used'}}}}}
        parameters:
          used: {name: a, in: query, type: string}
          spare: {name: b, in: query, type: string}
        responses:
          Used: {description: d}
          Spare: {description: d}
        ",
        "
        info[unused-component] api.yaml:6:3: nothing refers to the parameter `spare`
        info[unused-component] api.yaml:9:3: nothing refers to the response `Spare`
        ",
    );
}
