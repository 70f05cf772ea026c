//! What machines read of a site: descriptions and collections for download, Markdown twins, lists for language models;
//! and that nothing internal is in any file.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{build, files_below, root, run, tree};

fn built(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    run(&build(&tree("portal", files)).site)
}

fn sample() -> BTreeMap<String, Vec<u8>> {
    run(&build(&tree("sample-portal", files_below(&root().join("sample-portal")))).site)
}

fn text<'s>(site: &'s BTreeMap<String, Vec<u8>>, path: &str) -> &'s str {
    let bytes = site.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", site.keys().collect::<Vec<_>>()));
    std::str::from_utf8(bytes).unwrap()
}

const INTERNAL: &str = "
openapi: 3.1.0
info: {title: Tides, version: '1'}
tags: [{name: LEAKtag, x-internal: true, description: LEAK}, {name: sea}]
x-tagGroups: [{name: g, tags: [sea, LEAKtag]}]
security: [{key: []}, {LEAKscheme: []}]
paths:
  /LEAKpath: {x-internal: true, get: {operationId: LEAKpathid, responses: {'200': {$ref: '#/components/responses/LEAKonly'}}}}
  /tides:
    get:
      tags: [LEAKtag, sea]
      operationId: listTides
      summary: List tides
      parameters:
        - {name: LEAKparam, in: query, required: true, x-internal: true, schema: {type: string}}
        - {$ref: 'shared/more.yaml#/parameters/Hidden'}
        - {$ref: 'shared/more.yaml#/parameters/Limit'}
      responses:
        '200':
          description: fine
          headers: {X-LEAK: {x-internal: true, schema: {type: string}}}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Tide'}
              example: {height: 3, LEAKproperty: LEAKvalue, parts: [{height: 2, LEAKproperty: LEAKvalue}]}
            application/x-LEAK: {x-internal: true, schema: {type: string}}
          links: {a: {operationId: LEAKpostid}, b: {operationRef: '#/paths/~1LEAKpath/get'}}
    post:
      operationId: LEAKpostid
      x-internal: true
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/OnlyLEAK'}}}}
    put:
      tags: [sea]
      operationId: putTide
      security: [{LEAKscheme: []}, {key: []}]
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Child'}
            examples:
              one: {$ref: '#/components/examples/One'}
              two: {x-internal: true, summary: LEAKexample, value: LEAK}
          multipart/form-data:
            schema: {$ref: '#/components/schemas/Tide'}
            encoding: {LEAKproperty: {contentType: text/LEAK}}
      responses: {'204': {description: done}}
      callbacks: {LEAKcallback: {x-internal: true, '{$url}': {post: {responses: {}}}}}
webhooks: {LEAKhook: {x-internal: true, post: {summary: LEAK}}}
components:
  securitySchemes:
    LEAKscheme: {type: apiKey, name: LEAK, in: query, x-internal: true}
    key: {type: apiKey, name: X-Key, in: header}
  examples: {One: {value: {LEAKproperty: LEAKvalue, height: 1}}}
  responses: {LEAKonly: {description: LEAK}}
  schemas:
    OnlyLEAK: {type: object, description: LEAK}
    Hidden: {x-internal: true, title: LEAK, properties: {LEAK: {type: string}}}
    Tide:
      type: object
      required: [height, LEAKproperty]
      dependentRequired: {LEAKproperty: [height], height: [LEAKproperty]}
      properties:
        height: {type: integer}
        parts: {type: array, items: {$ref: '#/components/schemas/Tide'}}
        LEAKproperty: {type: string, x-internal: true, description: LEAK, example: LEAK}
        viaReference: {$ref: '#/components/schemas/Hidden'}
      example: {height: 4, LEAKproperty: LEAK}
    Child:
      allOf: [{$ref: '#/components/schemas/Tide'}, {required: [LEAKproperty, height]}]
      oneOf: [{required: [LEAKproperty]}, {$ref: '#/components/schemas/Hidden'}, {title: Rest, type: object}]
      discriminator: {propertyName: height, mapping: {LEAKmapped: '#/components/schemas/Hidden', t: Tide}}
      default: {LEAKproperty: LEAK}
    Reaching: {properties: {a: {$ref: '#/components/schemas/Hidden/properties/LEAK'}}}
";

const INTERNAL_SHARED: &str = "
parameters:
  Hidden: {name: LEAKshared, in: query, x-internal: true}
  Limit: {name: limit, in: query, schema: {type: integer}, description: How many}
note: LEAK in a part that nothing refers to
";

#[test]
fn o13_nothing_internal_is_in_any_file_of_the_site() {
    let site = built(&[
        ("portal.toml", "title = \"T\"\nbase_url = \"https://x.example/\"\n"),
        ("apis/tides/openapi.yaml", INTERNAL),
        ("apis/tides/shared/more.yaml", INTERNAL_SHARED),
        (
            "apis/tides/history/0.9.yaml",
            &INTERNAL.replace("shared/", "../shared/").replace("version: '1'", "version: '0.9'"),
        ),
        (
            "guides/a.md",
            "# A\n\nSee [the file](../apis/tides/openapi.yaml), [a part](../apis/tides/shared/more.yaml).\n",
        ),
    ]);
    let leaks: Vec<String> = site
        .iter()
        .filter_map(|(path, bytes)| {
            let text = String::from_utf8_lossy(bytes);
            let at = text.find("LEAK")?;
            let around: String = text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            Some(format!("{path}: {around}{}", text[at..].chars().take(40).collect::<String>()))
        })
        .chain(site.keys().filter(|path| path.contains("LEAK")).cloned())
        .collect();
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
    let bundle = text(&site, "apis/tides/openapi.yaml");
    assert!(
        bundle.contains("listTides") && bundle.contains("name: limit") && !bundle.contains("x-internal"),
        "{bundle}"
    );
    assert!(!site.contains_key("apis/tides/shared/more.yaml"));
}

#[test]
fn r10_a_description_of_many_files_is_published_bundled_and_as_it_was_written() {
    let root = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    $ref: paths/a.yaml\n";
    let path = "get: {responses: {'200': {description: d, content: {a/b: {schema: {$ref: '../../shared/b.yaml'}}}}}}\n";
    let site = built(&[
        ("apis/t/openapi.yaml", root),
        ("apis/t/paths/a.yaml", path),
        ("apis/shared/b.yaml", "type: string\n"),
    ]);
    let bundle = text(&site, "apis/t/openapi.yaml");
    assert!(bundle.contains("#/components/schemas/b") && !bundle.contains(".yaml"), "{bundle}");
    let json: Value = serde_json::from_str(text(&site, "apis/t/openapi.json")).unwrap();
    assert_eq!(json["components"]["schemas"]["b"]["type"], "string");
    for (name, original) in [("t/openapi.yaml", root), ("t/paths/a.yaml", path), ("shared/b.yaml", "type: string\n")] {
        assert_eq!(text(&site, &format!("apis/t/source/{name}")), original);
        assert!(text(&site, "apis/t/index.html").contains(&format!("href=\"source/{name}\"")), "{name}");
    }
    let page = text(&site, "apis/t/index.html");
    let size = format!("{} bytes", text(&site, "apis/t/openapi.json").len());
    assert!(page.contains(&size), "the page says how large each form is: {size}");
}

#[test]
fn r10_a_description_of_one_file_keeps_its_bytes() {
    let root = "# A comment\nopenapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let site = built(&[("apis/t/openapi.yaml", root), ("apis/u/petstore.yaml", root)]);
    assert_eq!(text(&site, "apis/t/openapi.yaml"), root);
    assert_eq!(text(&site, "apis/u/petstore.yaml"), root);
    assert!(site.contains_key("apis/t/openapi.json") && site.contains_key("apis/u/openapi.yaml"));
}

/// The Markdown links of a text, code left out.
fn links(text: &str) -> Vec<String> {
    let parser = pulldown_cmark::Parser::new(text);
    let target = |event| match event {
        pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
        _ => None,
    };
    parser.filter_map(target).collect()
}

/// Resolves a relative link against the file that holds it.
fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split(['#', '?']).next().unwrap().split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn n06_every_page_has_a_markdown_twin_whose_links_lead_somewhere() {
    let site = sample();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let html = String::from_utf8_lossy(bytes);
        if html.contains("http-equiv=\"refresh\"") || path == "search/index.html" {
            continue;
        }
        let twin = path.replace("index.html", "index.md");
        assert!(site.contains_key(&twin), "{path} has no twin");
        assert!(html.contains("type=\"text/markdown\"") && html.contains("href=\"index.md\""), "{path}");
        let twin_text = text(&site, &twin);
        assert!(twin_text.starts_with("# "), "{twin}: {twin_text}");
        for link in links(twin_text) {
            let external = link.contains("://") || link.contains('@') || link.starts_with('#');
            let target = resolved(&twin, &link);
            let exists = |path: &str| site.contains_key(path);
            assert!(
                external || exists(&target) || exists(&format!("{target}/index.html")),
                "{twin}: {link} leads to {target}, which does not exist"
            );
        }
    }
}

#[test]
fn n06_the_twin_of_an_operation_tells_all_that_a_call_needs() {
    let site = built(&[("apis/t/openapi.yaml", "
openapi: 3.1.0
info: {title: Ships, version: '1'}
servers: [{url: https://api.ships.example/v1}]
paths:
  /ships/{id}:
    post:
      operationId: moveShip
      summary: Move a ship
      description: 'Moves it; see [list](op:listShips).'
      parameters: [{name: id, in: path, required: true, schema: {type: string}, description: Which ship}]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Move'}}}
      responses:
        '200': {description: Moved, content: {application/json: {schema: {$ref: '#/components/schemas/Ship'}}}}
  /ships: {get: {operationId: listShips, responses: {'200': {description: ok}}}}
components:
  schemas:
    Move: {type: object, required: [to], properties: {to: {type: string, maxLength: 5, description: The port}, secret: {type: string, readOnly: true}}}
    Ship: {type: object, properties: {name: {type: string, enum: [a, b]}, parent: {$ref: '#/components/schemas/Ship'}}}
")]);
    let twin = text(&site, "apis/t/operations/move-ship/index.md");
    for wanted in [
        "# Move a ship",
        "`POST /ships/{id}`",
        "see [list](../list-ships/index.md)",
        "- `id` (string, path, required): Which ship",
        "## Request body (required)",
        "`application/json`: [Move](../../schemas/move/index.md)",
        "- `to` (string, required), at most 5 characters: The port",
        "### 200 OK",
        "- `name` (string), one of `\"a\"`, `\"b\"`",
        "- `parent` ([Ship](../../schemas/ship/index.md))",
        "POST /v1/ships/",
        "(openapi.json)",
    ] {
        assert!(twin.contains(wanted), "{wanted} is missing in\n{twin}");
    }
    assert!(!twin.contains("secret"), "what is read-only is not sent:\n{twin}");
    let fragment: Value = serde_json::from_str(text(&site, "apis/t/operations/move-ship/openapi.json")).unwrap();
    assert_eq!(fragment["paths"].as_object().unwrap().len(), 1);
    assert_eq!(fragment["components"]["schemas"].as_object().unwrap().len(), 2);
    assert!(text(&site, "apis/t/operations/move-ship/index.html").contains("href=\"openapi.json\""));
}

#[test]
fn n06_what_is_only_for_some_audiences_is_in_no_twin() {
    let site =
        built(&[("guides/a.md", "# A\n\none\n\n:::only{audience=partner}\nSECRET\n:::\n\ntwo <!-- SECRET -->\n")]);
    let twin = text(&site, "guides/a/index.md");
    assert!(twin.contains("one") && twin.contains("two") && !twin.contains("SECRET"), "{twin}");
    assert!(!text(&site, "llms-full.txt").contains("SECRET"));
}

#[test]
fn n06_llms_txt_lists_the_pages_in_the_form_of_the_proposal() {
    let site = sample();
    let index = text(&site, "llms.txt");
    let mut lines = index.lines().filter(|line| !line.is_empty());
    assert!(lines.next().unwrap().starts_with("# "));
    for line in lines {
        let known = line.starts_with("> ") || line.starts_with("## ") || line.starts_with("- [");
        assert!(known, "a line of another form: {line}");
        if let Some(link) = links(line).first() {
            let path = link.split_once("://").map_or(link.as_str(), |(_, rest)| rest.split_once('/').unwrap().1);
            assert!(site.keys().any(|known| path.ends_with(known.as_str())), "{line}");
        }
    }
    let whole = text(&site, "llms-full.txt");
    assert!(whole.len() > index.len() && whole.starts_with(index.lines().next().unwrap()));
}

#[test]
fn n05_descriptions_are_plain_and_the_sitemap_knows_when_pages_changed() {
    let site = sample();
    for (path, bytes) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let Some((_, rest)) = html.split_once("<meta name=\"description\" content=\"") else { continue };
        let text = support::unescape(rest.split_once('"').unwrap().0);
        assert!(text.chars().count() <= 160, "{path}: {text}");
        assert!(
            !text.contains("](") && !text.contains("**") && !text.contains('`') && !text.contains("</"),
            "{path}: {text}"
        );
    }
}

/// Checks a value against the schema of Postman collections, version 2.1.0.
mod postman {
    use serde_json::Value;

    const AUTH: &[&str] =
        &["apikey", "awsv4", "basic", "bearer", "digest", "edgegrid", "hawk", "noauth", "oauth1", "oauth2", "ntlm"];

    fn only(value: &Value, at: &str, known: &[&str]) {
        for key in value.as_object().unwrap_or_else(|| panic!("{at} is no object: {value}")).keys() {
            assert!(known.contains(&key.as_str()), "{at} has no field {key}");
        }
    }

    fn text(value: &Value, at: &str) {
        assert!(value.is_string(), "{at} is no string: {value}");
    }

    fn optional_text(value: &Value, at: &str) {
        assert!(value.is_string() || value.is_null(), "{at} is neither string nor null: {value}");
    }

    pub fn collection(value: &Value) -> usize {
        only(value, "collection", &["info", "item", "event", "variable", "auth", "protocolProfileBehavior"]);
        let info = &value["info"];
        only(info, "info", &["name", "_postman_id", "description", "version", "schema"]);
        text(&info["name"], "info.name");
        assert_eq!(info["schema"], "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
        optional_text(&info["description"], "info.description");
        auth(&value["auth"]);
        variables(&value["variable"]);
        items(&value["item"])
    }

    fn items(value: &Value) -> usize {
        value.as_array().expect("item is an array").iter().map(item).sum()
    }

    fn item(value: &Value) -> usize {
        optional_text(&value["description"], "item.description");
        if value.get("item").is_some() {
            only(value, "folder", &["name", "description", "variable", "item", "event", "auth"]);
            return items(&value["item"]);
        }
        only(value, "item", &["id", "name", "description", "variable", "event", "request", "response"]);
        text(&value["name"], "item.name");
        assert!(value["response"].is_array());
        let request = &value["request"];
        only(request, "request", &["url", "auth", "proxy", "certificate", "method", "description", "header", "body"]);
        text(&request["method"], "request.method");
        optional_text(&request["description"], "request.description");
        auth(&request["auth"]);
        for header in request["header"].as_array().expect("header is an array") {
            only(header, "header", &["key", "value", "disabled", "description"]);
            text(&header["key"], "header.key");
            text(&header["value"], "header.value");
        }
        url(&request["url"]);
        body(&request["body"]);
        1
    }

    fn url(value: &Value) {
        only(value, "url", &["raw", "protocol", "host", "path", "port", "query", "hash", "variable"]);
        text(&value["raw"], "url.raw");
        for name in ["host", "path"] {
            value[name].as_array().expect(name).iter().for_each(|part| text(part, name));
        }
        for query in value["query"].as_array().into_iter().flatten() {
            only(query, "query", &["key", "value", "disabled", "description"]);
            optional_text(&query["key"], "query.key");
            optional_text(&query["value"], "query.value");
            assert!(query["disabled"].is_null() || query["disabled"].is_boolean());
        }
        variables(&value["variable"]);
        let named =
            value["variable"].as_array().into_iter().flatten().map(|one| format!(":{}", one["key"].as_str().unwrap()));
        for name in named {
            assert!(
                value["path"].as_array().unwrap().iter().any(|part| *part == name.as_str()),
                "{name} is not in the path"
            );
        }
    }

    fn variables(value: &Value) {
        for variable in value.as_array().into_iter().flatten() {
            only(variable, "variable", &["id", "key", "value", "type", "name", "description", "system", "disabled"]);
            text(&variable["key"], "variable.key");
            let kind = variable["type"].as_str().unwrap_or("any");
            assert!(["string", "boolean", "any", "number"].contains(&kind));
        }
    }

    fn auth(value: &Value) {
        if value.is_null() {
            return;
        }
        let kind = value["type"].as_str().expect("auth.type");
        assert!(AUTH.contains(&kind), "{kind}");
        only(value, "auth", &["type", kind]);
        for field in value[kind].as_array().into_iter().flatten() {
            only(field, "auth field", &["key", "value", "type"]);
            text(&field["key"], "auth.key");
        }
    }

    fn body(value: &Value) {
        if value.is_null() {
            return;
        }
        only(value, "body", &["mode", "raw", "graphql", "urlencoded", "formdata", "file", "options", "disabled"]);
        let mode = value["mode"].as_str().expect("body.mode");
        assert!(["raw", "urlencoded", "formdata", "file", "graphql"].contains(&mode), "{mode}");
        assert!(value.get(mode).is_some(), "a body of mode {mode} has it");
        for field in value["urlencoded"].as_array().into_iter().flatten() {
            only(field, "urlencoded", &["key", "value", "disabled", "description", "type"]);
            text(&field["key"], "urlencoded.key");
        }
        for field in value["formdata"].as_array().into_iter().flatten() {
            only(field, "formdata", &["key", "value", "src", "disabled", "type", "contentType", "description"]);
            text(&field["key"], "formdata.key");
            let file = field["type"] == "file";
            assert_eq!(file, field.get("src").is_some());
            assert_eq!(file, field.get("value").is_none());
        }
    }
}

#[test]
fn r10_each_api_has_a_postman_collection_and_a_file_of_requests() {
    let site = sample();
    let manifest: Value = serde_json::from_str(text(&site, "portal.json")).unwrap();
    for api in manifest["apis"].as_array().unwrap() {
        let url = api["url"].as_str().unwrap();
        let collection: Value = serde_json::from_str(text(&site, &format!("{url}postman.json"))).unwrap();
        assert_eq!(postman::collection(&collection) as u64, api["operations"].as_u64().unwrap(), "{url}");
        let requests = text(&site, &format!("{url}requests.http"));
        let starts = requests.lines().filter(|line| line.starts_with("### ")).count();
        assert_eq!(starts as u64, api["operations"].as_u64().unwrap(), "{url}");
        let page = text(&site, &format!("{url}index.html"));
        assert!(page.contains("href=\"postman.json\"") && page.contains("href=\"requests.http\""), "{url}");
    }
}

#[test]
fn r10_collections_have_folders_variables_credentials_and_bodies() {
    let site = built(&[("apis/t/openapi.yaml", "
openapi: 3.1.0
info: {title: Ship API, version: '1'}
servers: [{url: 'https://{region}.ships.example/v1', variables: {region: {default: eu}}, description: Live}]
security: [{token: []}]
tags: [{name: ships, x-displayName: Ships, description: Vessels}]
paths:
  /ships/{id}/{a}.{b}:
    put:
      tags: [ships]
      operationId: putShip
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}, example: s 1, description: Which}
        - {name: a, in: path, required: true, schema: {type: string}, example: x}
        - {name: b, in: path, required: true, schema: {type: string}, example: y}
        - {name: q, in: query, required: true, schema: {type: string}, example: 'a&b'}
        - {name: page, in: query, schema: {type: integer}, example: 2}
      requestBody: {content: {application/json: {schema: {type: object}, example: {name: Ada}}}}
      responses: {}
  /form:
    post:
      security: []
      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string, example: 'x y'}}}}}}
      responses: {}
  /file:
    post:
      security: [{own: []}]
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}, n: {type: string, example: t}}}}}}
      responses: {}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    own: {type: apiKey, in: header, name: Authorization}
")]);
    let collection: Value = serde_json::from_str(text(&site, "apis/t/postman.json")).unwrap();
    assert_eq!(postman::collection(&collection), 3);
    assert_eq!(collection["auth"]["bearer"][0]["value"], "{{SHIP_TOKEN}}");
    assert_eq!(collection["variable"][0]["key"], "baseUrl");
    assert_eq!(collection["variable"][0]["value"], "https://eu.ships.example/v1");
    let folder = &collection["item"][0];
    assert_eq!((folder["name"].as_str(), folder["description"].as_str()), (Some("Ships"), Some("Vessels")));
    let put = &folder["item"][0]["request"];
    assert_eq!(put["url"]["path"], serde_json::json!(["ships", ":id", "x.y"]));
    assert_eq!(put["url"]["variable"][0]["value"], "s%201");
    assert_eq!(put["url"]["query"][0]["value"], "a%26b");
    assert_eq!(put["url"]["query"][1]["disabled"], true);
    assert_eq!(put["body"]["options"]["raw"]["language"], "json");
    assert!(put["body"]["raw"].as_str().unwrap().contains("Ada"));
    let form = &collection["item"][1]["request"];
    assert_eq!(form["auth"]["type"], "noauth");
    assert_eq!(form["body"]["urlencoded"][0]["value"], "x y");
    let file = &collection["item"][2]["request"];
    assert_eq!(file["body"]["formdata"][0]["type"], "file");
    assert_eq!(
        (file["auth"]["type"].as_str(), file["header"][0]["key"].as_str()),
        (Some("noauth"), Some("Authorization"))
    );
    let requests = text(&site, "apis/t/requests.http");
    for wanted in [
        "@baseUrl = https://eu.ships.example/v1\n",
        "@SHIP_TOKEN = \n",
        "# @name putShip\nPUT {{baseUrl}}/ships/s%201/x.y?q=a%26b\n",
        "Authorization: Bearer {{SHIP_TOKEN}}\n",
        "\n\n{\n  \"name\": \"Ada\"\n}\n",
    ] {
        assert!(requests.contains(wanted), "{wanted} is missing in\n{requests}");
    }
}
