//! The compact printed form of the model.

use std::fmt::Write;

use crate::load::openapi::Loaded;
use crate::model::api::*;
use crate::model::node::{Node, Number, Value};

/// Prints the API and the diagnostics.
pub fn all(loaded: &Loaded) -> String {
    let mut out = api(&loaded.api);
    let mut diagnostics: Vec<String> = loaded
        .diagnostics
        .iter()
        .map(|d| {
            let help = d.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
            let related: String = d.related.iter().map(|r| format!(" [{}: {}]", r.place, r.message)).collect();
            format!("{}[{}] {}: {}{help}{related}", d.severity.word(), d.code.name, d.place, d.message)
        })
        .collect();
    diagnostics.sort();
    for line in diagnostics {
        let _ = writeln!(out, "{line}");
    }
    out
}

/// Prints the API.
pub fn api(api: &Api) -> String {
    let mut out = String::new();
    let info = &api.info;
    let _ = writeln!(out, "api {} {} {:?} {:?}", api.id, api.spec_written, info.title, info.version);
    for (word, text) in [
        ("summary", info.summary.clone()),
        ("description", info.description.as_ref().map(|d| d.text.clone())),
        ("terms", info.terms_of_service.clone()),
        ("self", api.self_uri.clone()),
        ("dialect", api.dialect.clone()),
    ] {
        text.map(|text| writeln!(out, "{word} {text}"));
    }
    info.contact.as_ref().map(|c| writeln!(out, "contact {:?} {:?} {:?}", c.name, c.url, c.email));
    info.license.as_ref().map(|l| writeln!(out, "license {:?} {:?} {:?}", l.name, l.identifier, l.url));
    info.logo.as_ref().map(|logo| {
        let text = |text: &Option<crate::model::Text>| text.as_deref().unwrap_or("-").to_string();
        let dark = text(&logo.dark.as_ref().map(|dark| dark.written.clone()));
        writeln!(out, "logo {} dark={dark} alt={} href={}", logo.url.written, text(&logo.alt), text(&logo.href))
    });
    docs(&mut out, &api.external_docs);
    servers(&mut out, "", &api.servers);
    for entry in &api.extensions {
        let _ = writeln!(out, "extension {}={}", entry.key, value(&entry.value));
    }
    for tag in &api.tags {
        let _ = write!(out, "tag {} /{} ops={:?}", tag.name, tag.slug, tag.operations);
        flag(&mut out, "undeclared", !tag.declared);
        option(&mut out, "label", &tag.label);
        option(&mut out, "parent", &tag.parent);
        option(&mut out, "kind", &tag.kind);
        option(&mut out, "description", &tag.description.as_ref().map(|d| d.text.clone()));
        out.push('\n');
        docs(&mut out, &tag.external_docs);
    }
    for (label, tags) in &api.tag_groups {
        let _ = writeln!(out, "group {label}: {}", tags.join(", "));
    }
    for scheme in &api.security_schemes {
        let _ = writeln!(out, "scheme {} {}", scheme.name, scheme_kind(scheme));
    }
    api.security.as_ref().map(|security| writeln!(out, "security {}", requirements(security)));
    for operation in &api.operations {
        print_operation(&mut out, api, operation, "");
    }
    for named in &api.named_schemas {
        let _ = writeln!(out, "schema {} /{}: {}", named.name, named.slug, body(api, named.id, 4));
    }
    for problem in &api.problems {
        let _ = writeln!(out, "problem {}", problem.message);
    }
    out
}

fn flag(out: &mut String, word: &str, set: bool) {
    if set {
        let _ = write!(out, " {word}");
    }
}

fn option(out: &mut String, word: &str, text: &Option<crate::model::Text>) {
    if let Some(text) = text {
        let _ = write!(out, " {word}={text}");
    }
}

fn docs(out: &mut String, docs: &Option<ExternalDocs>) {
    if let Some(docs) = docs {
        let _ = writeln!(out, "docs {} {:?}", docs.url, docs.description.as_ref().map(|d| &*d.text));
    }
}

fn servers(out: &mut String, indent: &str, servers: &[Server]) {
    for server in servers {
        let _ = write!(out, "{indent}server {}", server.url);
        option(out, "name", &server.name);
        option(out, "description", &server.description.as_ref().map(|d| d.text.clone()));
        for variable in &server.variables {
            let _ = write!(out, " {}={}({})", variable.name, variable.default, variable.values.join("|"));
        }
        out.push('\n');
    }
}

fn requirements(list: &[SecurityRequirement]) -> String {
    let one = |scheme: &RequiredScheme| {
        let index = scheme.scheme.map_or("?".to_string(), |index| index.to_string());
        format!("{}#{index}({})", scheme.name, scheme.scopes.join(","))
    };
    let all = |requirement: &SecurityRequirement| requirement.schemes.iter().map(one).collect::<Vec<_>>().join("+");
    list.iter().map(|requirement| format!("[{}]", all(requirement))).collect::<Vec<_>>().join(" or ")
}

fn scheme_kind(scheme: &SecurityScheme) -> String {
    let mut out = match &scheme.kind {
        SecurityKind::ApiKey { location, name } => format!("apiKey {location:?} {name}"),
        SecurityKind::Http { scheme, bearer_format } => {
            format!("http {scheme} {}", bearer_format.as_deref().unwrap_or(""))
        }
        SecurityKind::OAuth2 { flows, metadata_url } => {
            let mut out = format!("oauth2 {}", metadata_url.as_deref().unwrap_or(""));
            for flow in flows {
                let urls =
                    [&flow.authorization_url, &flow.device_authorization_url, &flow.token_url, &flow.refresh_url];
                let urls: Vec<&str> = urls.iter().map(|url| url.as_deref().unwrap_or("-")).collect();
                let scopes: Vec<String> = flow.scopes.iter().map(|(name, text)| format!("{name}={text}")).collect();
                let _ = write!(out, " {}({}; {})", flow.name, urls.join(" "), scopes.join(", "));
            }
            out
        }
        SecurityKind::OpenIdConnect { url } => format!("openIdConnect {url}"),
        SecurityKind::MutualTls => "mutualTLS".to_string(),
        SecurityKind::Other(word) => format!("other {word}"),
    };
    flag(&mut out, "deprecated", scheme.deprecated);
    option(&mut out, "description", &scheme.description.as_ref().map(|d| d.text.clone()));
    option(&mut out, "problem", &scheme.problem.as_ref().map(|p| p.message.clone()));
    out
}

fn print_operation(out: &mut String, api: &Api, operation: &Operation, indent: &str) {
    let word = match operation.kind {
        OperationKind::Http { .. } => "",
        OperationKind::Webhook { .. } => "webhook ",
        OperationKind::Callback { .. } => "callback ",
    };
    let _ = write!(out, "{indent}{word}{} {}", operation.kind.method(), operation.kind.address());
    flag(out, &format!("/{}", operation.slug), !operation.slug.is_empty());
    option(out, "id", &operation.operation_id);
    option(out, "summary", &operation.summary);
    option(out, "description", &operation.description.as_ref().map(|d| d.text.clone()));
    option(out, "shared", &operation.shared_summary);
    option(out, "sharedDescription", &operation.shared_description.as_ref().map(|d| d.text.clone()));
    flag(out, &format!("tags={}", operation.tags.join(",")), !operation.tags.is_empty());
    flag(out, "deprecated", operation.deprecated);
    if let Some(security) = &operation.security {
        let _ = write!(out, " security={}", requirements(security));
    }
    option(out, "problem", &operation.problem.as_ref().map(|p| p.message.clone()));
    out.push('\n');
    docs(out, &operation.external_docs);
    let inner = format!("{indent}  ");
    if let Some(list) = &operation.servers {
        servers(out, &inner, list);
    }
    for entry in &operation.extensions {
        let _ = writeln!(out, "{inner}extension {}={}", entry.key, value(&entry.value));
    }
    for sample in &operation.samples {
        let label = sample.label.as_deref().unwrap_or("-");
        let _ = writeln!(out, "{inner}sample {} {label} {:?}", sample.language, sample.source);
    }
    for parameter in &operation.parameters {
        print_parameter(out, api, parameter, &inner, "param");
    }
    if let Some(body) = &operation.request_body {
        let _ = write!(out, "{inner}body");
        flag(out, "required", body.required);
        option(out, "description", &body.description.as_ref().map(|d| d.text.clone()));
        option(out, "problem", &body.problem.as_ref().map(|p| p.message.clone()));
        out.push('\n');
        content(out, api, &body.content, &inner);
    }
    for response in &operation.responses {
        print_response(out, api, response, &inner);
    }
    for callback in &operation.callbacks {
        let _ = write!(out, "{inner}callbacks {}", callback.name);
        flag(out, "recursive", callback.recursive);
        option(out, "problem", &callback.problem.as_ref().map(|p| p.message.clone()));
        out.push('\n');
        for operation in &callback.operations {
            print_operation(out, api, operation, &format!("{inner}  "));
        }
    }
}

fn print_response(out: &mut String, api: &Api, response: &Response, inner: &str) {
    let _ = write!(out, "{inner}{}", response.status);
    option(out, "summary", &response.summary);
    option(out, "description", &response.description.as_ref().map(|d| d.text.clone()));
    option(out, "problem", &response.problem.as_ref().map(|p| p.message.clone()));
    out.push('\n');
    for header in &response.headers {
        print_parameter(out, api, header, &format!("{inner}  "), "header");
    }
    content(out, api, &response.content, inner);
    for link in &response.links {
        let _ = write!(out, "{inner}  link {} -> {:?} {:?}", link.name, link.target, link.operation);
        for (name, constant) in &link.parameters {
            let _ = write!(out, " {name}={}", value(constant));
        }
        link.request_body.as_ref().map(|body| write!(out, " body={}", value(body)));
        link.server.as_ref().map(|server| write!(out, " server={}", server.url));
        option(out, "description", &link.description.as_ref().map(|d| d.text.clone()));
        option(out, "problem", &link.problem.as_ref().map(|p| p.message.clone()));
        out.push('\n');
    }
}

fn print_parameter(out: &mut String, api: &Api, parameter: &Parameter, inner: &str, word: &str) {
    let _ = write!(out, "{inner}{word} {} {:?} {:?}", parameter.name, parameter.location, parameter.style);
    flag(out, "explode", parameter.explode);
    flag(out, "required", parameter.required);
    flag(out, "deprecated", parameter.deprecated);
    flag(out, "allowEmpty", parameter.allow_empty);
    flag(out, "allowReserved", parameter.allow_reserved);
    flag(out, "shared", parameter.shared);
    if let Some(id) = parameter.schema {
        let _ = write!(out, " {}", schema(api, id, 4));
    }
    option(out, "description", &parameter.description.as_ref().map(|d| d.text.clone()));
    option(out, "problem", &parameter.problem.as_ref().map(|p| p.message.clone()));
    out.push('\n');
    content(out, api, &parameter.content, inner);
    examples(out, &parameter.examples, &format!("{inner}  "));
}

fn content(out: &mut String, api: &Api, content: &[MediaType], inner: &str) {
    for media in content {
        let _ = write!(out, "{inner}  {}:", if media.name.is_empty() { "(unstated)" } else { &media.name });
        media.schema.map(|id| write!(out, " {}", schema(api, id, 4)));
        media.item_schema.map(|id| write!(out, " items {}", schema(api, id, 4)));
        option(out, "problem", &media.problem.as_ref().map(|p| p.message.clone()));
        out.push('\n');
        for encoding in &media.encoding {
            print_encoding(out, api, encoding, "encoding", &format!("{inner}    "));
        }
        for encoding in &media.prefix_encoding {
            print_encoding(out, api, encoding, "prefixEncoding", &format!("{inner}    "));
        }
        if let Some(encoding) = &media.item_encoding {
            print_encoding(out, api, encoding, "itemEncoding", &format!("{inner}    "));
        }
        examples(out, &media.examples, &format!("{inner}    "));
    }
}

fn print_encoding(out: &mut String, api: &Api, encoding: &Encoding, word: &str, inner: &str) {
    let _ = write!(out, "{inner}{word} {}", encoding.property);
    option(out, "type", &encoding.content_type);
    encoding.style.map(|style| write!(out, " {style:?}"));
    encoding.explode.map(|explode| write!(out, " explode={explode}"));
    flag(out, "allowReserved", encoding.allow_reserved);
    out.push('\n');
    for header in &encoding.headers {
        print_parameter(out, api, header, &format!("{inner}  "), "header");
    }
    for nested in &encoding.encoding {
        print_encoding(out, api, nested, "encoding", &format!("{inner}  "));
    }
}

fn examples(out: &mut String, examples: &[Example], inner: &str) {
    for example in examples {
        let _ = write!(out, "{inner}example {}", example.name.as_deref().unwrap_or("-"));
        example.value.as_ref().map(|node| write!(out, " {}", value(node)));
        option(out, "summary", &example.summary);
        option(out, "description", &example.description.as_ref().map(|d| d.text.clone()));
        option(out, "serialized", &example.serialized);
        option(out, "external", &example.external);
        option(out, "problem", &example.problem.as_ref().map(|p| p.message.clone()));
        out.push('\n');
    }
}

/// Prints a schema where it is used: a named one by its name.
fn schema(api: &Api, id: SchemaId, depth: usize) -> String {
    if let Some(named) = api.named_schema(id) {
        return format!("&{}", named.name);
    }
    body(api, id, depth)
}

/// Prints what a schema says.
fn body(api: &Api, id: SchemaId, depth: usize) -> String {
    let schema_ = api.schema(id);
    if depth == 0 {
        return "…".to_string();
    }
    let sub = |id: SchemaId| schema(api, id, depth - 1);
    let mut parts: Vec<String> = Vec::new();
    if let Some(value) = schema_.boolean {
        parts.push(value.to_string());
    }
    if let Some(reference) = &schema_.reference {
        let dynamic = if reference.dynamic { "dynamic " } else { "" };
        let target = reference.target.map_or_else(|| format!("broken {}", reference.written), sub);
        parts.push(format!("{dynamic}→{target}"));
    }
    let types: Vec<&str> = schema_.types.names().collect();
    parts.extend((!types.is_empty()).then(|| types.join("|")));
    parts.extend(schema_.nullable_without_type.then(|| "nullable?".to_string()));
    parts.extend(schema_.format.as_ref().map(|format| format!("<{format}>")));
    parts.extend(annotations(schema_));
    parts.extend(rules(api, schema_, depth));
    parts.extend(structure(api, schema_, depth));
    parts.extend(composition(api, schema_, depth));
    parts.extend(rare(api, schema_, depth));
    parts.extend(schema_.problem.as_ref().map(|problem| format!("problem({})", problem.message)));
    if parts.is_empty() { "any".to_string() } else { parts.join(" ") }
}

fn annotations(schema: &Schema) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(schema.title.as_ref().map(|title| format!("title={title}")));
    parts.extend(schema.description.as_ref().map(|d| format!("description={}", d.text)));
    parts.extend(schema.values.as_ref().map(|values| format!("enum={}", list(values))));
    parts.extend(schema.constant.as_ref().map(|node| format!("const={}", value(node))));
    parts.extend(schema.default.as_ref().map(|node| format!("default={}", value(node))));
    parts.extend((!schema.examples.is_empty()).then(|| format!("examples={}", list(&schema.examples))));
    for (word, set) in
        [("deprecated", schema.deprecated), ("readOnly", schema.read_only), ("writeOnly", schema.write_only)]
    {
        parts.extend(set.then(|| word.to_string()));
    }
    parts
}

fn rules(api: &Api, schema_: &Schema, depth: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut bound =
        |word: &str, number: &Option<Number>| parts.extend(number.as_ref().map(|n| format!("{word}{}", n.written)));
    if let Some(rules) = &schema_.number {
        bound(">=", &rules.minimum);
        bound(">", &rules.exclusive_minimum);
        bound("<=", &rules.maximum);
        bound("<", &rules.exclusive_maximum);
        bound("*", &rules.multiple_of);
    }
    if let Some(rules) = &schema_.string {
        bound("minLength=", &rules.min_length);
        bound("maxLength=", &rules.max_length);
        let texts =
            [("pattern", &rules.pattern), ("encoding", &rules.content_encoding), ("media", &rules.content_media_type)];
        for (word, text) in texts {
            parts.extend(text.as_ref().map(|text| format!("{word}={text}")));
        }
        parts.extend(rules.content_schema.map(|id| format!("contentSchema={}", schema(api, id, depth - 1))));
    }
    parts
}

fn structure(api: &Api, schema_: &Schema, depth: usize) -> Vec<String> {
    let sub = |id: SchemaId| schema(api, id, depth - 1);
    let named = |list: &[(crate::model::Text, SchemaId)]| {
        list.iter().map(|(name, id)| format!("{name}: {}", sub(*id))).collect::<Vec<_>>().join(", ")
    };
    let mut parts = Vec::new();
    if let Some(rules) = &schema_.array {
        let prefix: Vec<String> = rules.prefix_items.iter().map(|id| sub(*id)).collect();
        parts.extend((!prefix.is_empty()).then(|| format!("prefix[{}]", prefix.join(", "))));
        parts.extend(rules.items.map(|id| format!("[{}]", sub(id))));
        parts.extend(rules.contains.map(|id| format!("contains={}", sub(id))));
        parts.extend(rules.unevaluated_items.map(|id| format!("unevaluatedItems={}", sub(id))));
        let bounds = [
            ("minItems", &rules.min_items),
            ("maxItems", &rules.max_items),
            ("minContains", &rules.min_contains),
            ("maxContains", &rules.max_contains),
        ];
        for (word, number) in bounds {
            parts.extend(number.as_ref().map(|number| format!("{word}={}", number.written)));
        }
        parts.extend(rules.unique_items.then(|| "unique".to_string()));
    }
    if let Some(rules) = &schema_.object {
        let needed = |name: &str| if rules.required.iter().any(|required| &**required == name) { "!" } else { "" };
        let property = |p: &Property| format!("{}{}: {}", p.name, needed(&p.name), sub(p.schema));
        let properties: Vec<String> = rules.properties.iter().map(property).collect();
        parts.extend((!properties.is_empty()).then(|| format!("{{{}}}", properties.join(", "))));
        let stray = rules.required.iter().filter(|name| !rules.properties.iter().any(|p| p.name == **name));
        parts.extend(stray.map(|name| format!("requires({name})")));
        parts.extend(
            (!rules.pattern_properties.is_empty()).then(|| format!("patterns{{{}}}", named(&rules.pattern_properties))),
        );
        parts.extend(rules.additional_properties.map(|id| format!("additional={}", sub(id))));
        parts.extend(rules.unevaluated_properties.map(|id| format!("unevaluated={}", sub(id))));
        parts.extend(rules.property_names.map(|id| format!("names={}", sub(id))));
        parts.extend(rules.min_properties.as_ref().map(|n| format!("minProperties={}", n.written)));
        parts.extend(rules.max_properties.as_ref().map(|n| format!("maxProperties={}", n.written)));
        for (name, others) in &rules.dependent_required {
            parts.push(format!("dependent({name}: {})", others.join(",")));
        }
        parts.extend(
            (!rules.dependent_schemas.is_empty())
                .then(|| format!("dependentSchemas{{{}}}", named(&rules.dependent_schemas))),
        );
    }
    parts
}

fn composition(api: &Api, schema_: &Schema, depth: usize) -> Vec<String> {
    let Some(composition) = &schema_.composition else { return Vec::new() };
    let sub = |id: SchemaId| schema(api, id, depth - 1);
    let mut parts = Vec::new();
    for (word, ids) in [("allOf", &composition.all_of), ("oneOf", &composition.one_of), ("anyOf", &composition.any_of)]
    {
        let all: Vec<String> = ids.iter().map(|id| sub(*id)).collect();
        parts.extend((!all.is_empty()).then(|| format!("{word}({})", all.join(", "))));
    }
    let single = [
        ("not", composition.not),
        ("if", composition.condition),
        ("then", composition.then),
        ("else", composition.otherwise),
    ];
    for (word, id) in single {
        parts.extend(id.map(|id| format!("{word}({})", sub(id))));
    }
    if let Some(discriminator) = &composition.discriminator {
        let target = |id: &Option<SchemaId>| id.map_or("?".to_string(), sub);
        let mapping = discriminator.mapping.iter().map(|(value, _, id)| format!(" {value}→{}", target(id)));
        let default = discriminator.default_mapping.as_ref().map(|(_, id)| format!(" default→{}", target(id)));
        parts.push(format!(
            "by {}{}{}",
            discriminator.property,
            mapping.collect::<String>(),
            default.unwrap_or_default()
        ));
    }
    parts
}

fn rare(api: &Api, schema_: &Schema, depth: usize) -> Vec<String> {
    let Some(rare) = &schema_.rare else { return Vec::new() };
    let mut parts = Vec::new();
    if let Some(xml) = &rare.xml {
        let mut out = "xml(".to_string();
        option(&mut out, "name", &xml.name);
        option(&mut out, "namespace", &xml.namespace);
        option(&mut out, "prefix", &xml.prefix);
        option(&mut out, "nodeType", &xml.node_type);
        flag(&mut out, "attribute", xml.attribute);
        flag(&mut out, "wrapped", xml.wrapped);
        parts.push(format!("{out})"));
    }
    let texts = [
        ("$id", &rare.id),
        ("$anchor", &rare.anchor),
        ("$dynamicAnchor", &rare.dynamic_anchor),
        ("$schema", &rare.dialect),
        ("$comment", &rare.comment),
    ];
    for (word, text) in texts {
        parts.extend(text.as_ref().map(|text| format!("{word}={text}")));
    }
    parts.extend(rare.external_docs.as_ref().map(|docs| format!("docs={}", docs.url)));
    for (name, id) in &rare.definitions {
        parts.push(format!("defs({name}: {})", schema(api, *id, depth - 1)));
    }
    parts.extend(rare.other_types.iter().map(|word| format!("otherType={word}")));
    parts.extend(rare.extensions.iter().map(|entry| format!("{}={}", entry.key, value(&entry.value))));
    parts.extend(rare.unknown.iter().map(|entry| format!("unknown {}={}", entry.key, value(&entry.value))));
    parts
}

fn list(nodes: &[Node]) -> String {
    format!("[{}]", nodes.iter().map(value).collect::<Vec<_>>().join(","))
}

/// Prints a value as JSON.
fn value(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.written.to_string(),
        Value::String(text) => format!("{text:?}"),
        Value::List(items) => list(items),
        Value::Map(entries) => {
            let entries: Vec<String> = entries.iter().map(|e| format!("{}:{}", e.key, value(&e.value))).collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}
