//! P, M and E: parameters, bodies, examples.

use super::shows;

fn operation(body: &str) -> String {
    let mut text = "openapi: 3.2.0\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    post:\n".to_string();
    for line in super::dedent(body).lines() {
        text.push_str(&format!("      {line}\n"));
    }
    text
}

#[test]
fn p02_p04_p05_parameters_have_the_defaults_of_their_place() {
    shows(
        &operation(
            "
            parameters:
              - {name: q, in: query, schema: {type: array}, allowEmptyValue: true, allowReserved: true, deprecated: true}
              - {name: h, in: header, required: true, schema: {type: string}}
              - {name: c, in: cookie, style: cookie, schema: true}
              - {name: d, in: query, style: deepObject, schema: true}
              - {name: p, in: query, style: pipeDelimited, explode: true, schema: true}
              - {name: m, in: query, style: matrix, schema: true}
              - {name: f, in: query, style: fomr, schema: true}
              - {in: querystring, content: {a/b: {schema: true}}}
            ",
        ),
        "
        param q Query Form explode deprecated allowEmpty allowReserved array
        param h Header Simple required string
        param c Cookie Cookie explode true
        param d Query DeepObject true
        param p Query PipeDelimited explode true
        param m Query Matrix true
        param f Query Form explode true
        param  QueryString Form explode
        a/b: true
        warning[parameter-style] api.yaml:11:39: this `style` is not defined together with `explode: true` (Use a style of the table \"Style Values\" of the specification.)
        warning[parameter-style] api.yaml:12:39: this `style` is not defined for parameters at this place (Use a style of the table \"Style Values\" of the specification.)
        warning[parameter-style] api.yaml:13:39: `fomr` is no style (did you mean `form`?)
        ",
    );
}

#[test]
fn p06_content_parameters_hold_one_media_type() {
    shows(
        &operation(
            "
            parameters:
              - {name: a, in: query, content: {application/json: {schema: {type: object}}, text/plain: {}}}
              - {name: b, in: query, content: {application/json: {}}, schema: true}
            ",
        ),
        "
        param a Query Form explode
        application/json: object
        text/plain:
        warning[parameter-content] api.yaml:7:32: the `content` of a parameter holds exactly one media type (Use either `schema`, or `content` with one media type.)
        warning[parameter-content] api.yaml:8:32: `content` stands beside `schema` (Use either `schema`, or `content` with one media type.)
        ",
    );
}

#[test]
fn p10_response_headers_are_parameters() {
    shows(
        "
        openapi: 3.1.0
        info: {title: t, version: '1'}
        paths:
          /a:
            get:
              responses:
                '200':
                  description: ok
                  headers:
                    x-rate: {required: true, deprecated: true, description: d, schema: {type: integer}, example: 3}
                    Link: {$ref: '#/components/headers/Link'}
                    Other: {$ref: '#/components/headers/Link'}
        components: {headers: {Link: {schema: {type: array}, explode: true}}}
        ",
        "
        header x-rate Header Simple required deprecated integer description=d
        example - 3
        header Link Header Simple explode array
        header Other Header Simple explode array
        ",
    );
}

#[test]
fn m01_m02_m03_m04_bodies_keep_every_media_type() {
    shows(
        "
        openapi: 3.2.0
        info: {title: t, version: '1'}
        paths:
          /a:
            post:
              requestBody: {$ref: '#/components/requestBodies/B', description: mine}
        components:
          requestBodies:
            B:
              required: true
              content:
                application/vnd.x+json; charset=utf-8: {schema: {type: object}}
                '*/*': {}
                text/event-stream: {itemSchema: {type: string}}
                image/*: {$ref: '#/components/mediaTypes/Image'}
                empty/yaml:
          mediaTypes: {Image: {schema: {contentMediaType: image/png}}}
        ",
        "
        body required description=mine
        application/vnd.x+json; charset=utf-8: object
        */*:
        text/event-stream: items string
        image/*: media=image/png
        empty/yaml:
        ",
    );
}

#[test]
fn m06_m07_encodings_are_kept() {
    shows(
        &operation(
            "
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object}
                  encoding:
                    file: {contentType: image/png, headers: {X-A: {schema: {type: string}}}}
                    list: {style: form, explode: false, allowReserved: true}
                    nest: {encoding: {inner: {contentType: a/b}}}
                multipart/mixed:
                  prefixEncoding: [{contentType: a/a}, {contentType: b/b}]
                  itemEncoding: {contentType: c/c}
            ",
        ),
        "
        encoding file type=image/png
        header X-A Header Simple string
        encoding list Form explode=false allowReserved
        encoding nest
        encoding inner type=a/b
        prefixEncoding  type=a/a
        prefixEncoding  type=b/b
        itemEncoding  type=c/c
        ",
    );
}

#[test]
fn e01_e02_e03_examples_keep_what_their_author_wrote() {
    shows(
        "
        openapi: 3.2.0
        info: {title: t, version: '1'}
        paths:
          /a:
            get:
              responses:
                '200':
                  description: ok
                  content:
                    a/null: {example: null}
                    a/both: {example: 1, examples: {x: {value: false, summary: s, description: d}}}
                    a/ref: {examples: {r: {$ref: '#/components/examples/R'}}}
                    a/ext: {examples: {e: {externalValue: e.json}, f: {dataValue: [0.10], serializedValue: '[0.10]'}}}
                    a/bare: {examples: {b: {id: 1}}}
                    a/list: {examples: [1, 2]}
                    a/direct: {example: {$ref: '#/components/examples/R'}}
        components: {examples: {R: {summary: S, value: {k: ''}}}}
        ",
        "
        a/null:
        example - null
        a/both:
        example x false summary=s description=d
        a/ref:
        example r {k:\"\"} summary=S
        a/ext:
        example e external=e.json
        example f [0.10] serialized=[0.10]
        a/bare:
        example b {id:1}
        a/list:
        example - 1
        example - 2
        a/direct:
        example - {k:\"\"}
        warning[example-and-examples] api.yaml:11:22: `example` stands beside `examples` and is not shown (move it into `examples`) [api.yaml:11:34: these are shown]
        warning[missing-field] api.yaml:14:33: the example `b` has no `value`; it is shown as a value itself (write the value below `value`)
        warning[wrong-type] api.yaml:15:32: `examples` is an array, an object is expected
        ",
    );
}
