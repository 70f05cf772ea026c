//! What Swagger 2.0 writes differently: parameters that are schemas, bodies among the parameters, media types beside
//! the operation. Gives what a hand-written 3.x description of the same would give.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::lift::{Kind, Lifter};
use super::media::empty_media_type;
use super::parameter::{default_explode, default_style, identity, lost_parameter, merge_parameters};
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{
    Encoding, Example, MediaType, ObjectRules, Parameter, ParameterIn, Property, RequestBody, Response, Schema,
    SchemaId, Style, Types,
};
use crate::model::node::{Entry, Node, Value};

const FIELDS: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "schema",
    "type",
    "format",
    "allowEmptyValue",
    "items",
    "collectionFormat",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "title",
    "readOnly",
    "example",
    "deprecated",
];

/// The parameters of a 2.0 operation, sorted by what they become.
pub struct Given {
    /// Those of path, query and header.
    pub parameters: Vec<Parameter>,
    body: Option<Node>,
    form: Vec<Node>,
}

impl Lifter<'_> {
    /// Reads the parameters of an operation together with those of its path item.
    pub fn given_2_0(&mut self, path_item: &Node, operation: &Node) -> Given {
        let shared = self.read_given(path_item);
        let own = self.read_given(operation);
        let mut form = own.form;
        let name = |field: &Node| field.get("name").and_then(Node::as_text);
        let own_names: HashSet<Option<Text>> = form.iter().map(name).collect();
        let inherited: Vec<Node> = shared.form.into_iter().filter(|field| !own_names.contains(&name(field))).collect();
        form.splice(0..0, inherited);
        let parameters = merge_parameters(&shared.parameters, own.parameters);
        Given { parameters, body: own.body.or(shared.body), form }
    }

    fn read_given(&mut self, holder: &Node) -> Given {
        let mut given = Given { parameters: Vec::new(), body: None, form: Vec::new() };
        let mut seen = HashMap::new();
        for item in self.list(holder, "parameters").iter() {
            if self.is_internal(item) || !self.spend(1, item.span) {
                continue;
            }
            let node = match self.follow(item, Kind::Parameter) {
                Ok(followed) => followed.node,
                Err(problem) => {
                    given.parameters.push(lost_parameter(item, problem));
                    continue;
                }
            };
            self.known(&node, "a parameter", FIELDS);
            match node.get("in").and_then(Node::as_text).as_deref() {
                Some("body") if given.body.is_some() => {
                    let message = "an operation has one body, and this is the second";
                    self.report(codes::BODY_PARAMETER, item.span, message).help = Some("join the two schemas".into());
                }
                Some("body") => given.body = Some(node),
                Some("formData") => given.form.push(node),
                _ => {
                    let parameter = self.parameter_2_0(&node);
                    match seen.insert(identity(&parameter), parameter.span) {
                        Some(first) => self.report_duplicate(&parameter, item.span, first),
                        None => given.parameters.push(parameter),
                    }
                }
            }
        }
        given
    }

    fn parameter_2_0(&mut self, node: &Node) -> Parameter {
        if let Some(known) = self.shared_parameters.get(&node.span) {
            return known.clone();
        }
        let location = match self.needed_text(node, "a parameter", "in").as_deref() {
            Some("path") => ParameterIn::Path,
            Some("header") => ParameterIn::Header,
            Some("query") | None => ParameterIn::Query,
            Some(other) => {
                let span = node.get("in").map_or(node.span, |place| place.span);
                let message = format!("a parameter cannot be sent in `{other}`");
                let help = "the places are path, query, header, body and formData".to_string();
                self.report(codes::WRONG_TYPE, span, message).help = Some(help);
                ParameterIn::Query
            }
        };
        let name = self.needed_text(node, "a parameter", "name").unwrap_or_else(|| "".into());
        let mut parameter = self.field_2_0(node, name, location);
        let required = self.flag(node, "required");
        if location == ParameterIn::Path && required != Some(true) {
            let span = node.get("required").map_or(node.span, |required| required.span);
            let message = format!("the path parameter `{}` needs `required: true`", parameter.name);
            self.report(codes::PATH_PARAMETER, span, message).help = Some("add `required: true`".into());
        }
        parameter.required = required.unwrap_or(false) || location == ParameterIn::Path;
        self.shared_parameters.insert(node.span, parameter.clone());
        parameter
    }

    /// Reads what parameters and headers of 2.0 have in common.
    fn field_2_0(&mut self, node: &Node, name: Text, location: ParameterIn) -> Parameter {
        let (style, explode) = match self.collection_format(node, location) {
            Some(said) => said,
            None => (default_style(location), default_explode(default_style(location))),
        };
        Parameter {
            name,
            location,
            description: self.prose(node, "description"),
            required: false,
            deprecated: self.flag(node, "deprecated").unwrap_or(false),
            allow_empty: self.flag(node, "allowEmptyValue").unwrap_or(false),
            allow_reserved: false,
            style,
            explode,
            schema: Some(self.schema_2_0(node, Describe::Beside)),
            content: Vec::new(),
            examples: self.examples_2_0(node),
            shared: false,
            extensions: self.extensions(node).into_iter().filter(|entry| !belongs_to_schema(&entry.key)).collect(),
            problem: None,
            span: node.span,
        }
    }

    /// Returns the schema that a parameter or header of 2.0 is.
    fn schema_2_0(&mut self, node: &Node, describe: Describe) -> SchemaId {
        if let Some(entry) = node.entry("schema") {
            return self.schema_of(entry);
        }
        let inside = matches!(describe, Describe::Inside);
        let keeps = |key: &str| match key {
            "name" | "in" | "required" | "collectionFormat" | "allowEmptyValue" => false,
            "description" | "deprecated" | "example" => inside,
            key if key.starts_with("x-") => inside || belongs_to_schema(key),
            _ => true,
        };
        let kept = |entry: &Entry| match &*entry.key {
            // Where a field has no `example`, an extension stands for it, as it does beside parameters.
            "x-example" if inside && node.get("example").is_none() => Entry { key: "example".into(), ..entry.clone() },
            _ => entry.clone(),
        };
        let entries: Vec<Entry> = node.entries().iter().filter(|entry| keeps(&entry.key)).map(kept).collect();
        self.schema(&Node { value: Value::Map(entries.into()), span: node.span })
    }

    /// Returns style and explode of an array; `None` for other types.
    fn collection_format(&mut self, node: &Node, location: ParameterIn) -> Option<(Style, bool)> {
        if node.get("type").and_then(Node::as_text).as_deref() != Some("array") {
            return None;
        }
        self.check_inner_formats(node);
        let written = self.text(node, "collectionFormat");
        Some(match written.as_deref() {
            None | Some("csv") => (default_style(location), false),
            Some("multi") if location == ParameterIn::Query => (Style::Form, true),
            Some("multi") => {
                let span = node.get("collectionFormat").map_or(node.span, |format| format.span);
                let message = "`multi` is not defined for parameters at this place";
                let help = "only query parameters and form fields can be repeated; `csv` is shown".to_string();
                self.report(codes::PARAMETER_STYLE, span, message).help = Some(help);
                (default_style(location), false)
            }
            Some("ssv") => (Style::SpaceDelimited, false),
            Some("pipes") => (Style::PipeDelimited, false),
            Some("tsv") => (Style::TabDelimited, false),
            Some(other) => {
                let span = node.get("collectionFormat").map_or(node.span, |format| format.span);
                let message = format!("`{other}` is no collection format");
                let help = "the formats are csv, ssv, tsv, pipes and multi".to_string();
                self.report(codes::PARAMETER_STYLE, span, message).help = Some(help);
                (default_style(location), false)
            }
        })
    }

    /// Reports `collectionFormat` of lists inside of lists, which no 3.x description can say.
    fn check_inner_formats(&mut self, node: &Node) {
        let mut items = node.get("items");
        while let Some(inner) = items {
            if let Some(format) = inner
                .entry("collectionFormat")
                .filter(|entry| entry.value.as_str().is_some_and(|text| &**text != "csv"))
            {
                let message = "the `collectionFormat` of a list inside of a list is not shown";
                let help = "describe in words how the inner values are separated".to_string();
                self.report(codes::PARAMETER_STYLE, format.key_span, message).help = Some(help);
            }
            items = inner.get("items");
        }
    }

    fn examples_2_0(&mut self, node: &Node) -> Vec<Example> {
        let value = ["x-example", "x-examples", "example"].iter().find_map(|key| node.entry(key));
        let Some(entry) = value else { return Vec::new() };
        match &entry.value.value {
            Value::Map(entries) if &*entry.key == "x-examples" => {
                let named = |entry: &Entry| (Arc::clone(&entry.key), entry.value.clone());
                let values: Vec<(Text, Node)> = entries.iter().map(named).collect();
                values
                    .into_iter()
                    .map(|(name, value)| Example { name: Some(name), ..self.single_example(&value) })
                    .collect()
            }
            _ => vec![self.single_example(&entry.value)],
        }
    }

    /// Returns the request body that body or form parameters make.
    pub fn request_body_2_0(&mut self, given: &Given, consumes: &[Text], operation: &Node) -> Option<RequestBody> {
        if let Some(body) = &given.body {
            if let Some(field) = given.form.first() {
                let message = "an operation has either a body or form fields";
                self.report(codes::BODY_PARAMETER, field.span, message).help = Some("remove one of the two".into());
            }
            return Some(self.body_2_0(body, consumes));
        }
        (!given.form.is_empty()).then(|| self.form_2_0(&given.form, consumes, operation))
    }

    fn body_2_0(&mut self, body: &Node, consumes: &[Text]) -> RequestBody {
        if self.present(body, "schema").is_none() {
            self.missing(body, "a body parameter", "schema");
        }
        let schema = self.optional_schema(body, "schema");
        let by_type = body.get("x-examples").filter(|examples| examples.is_map()).cloned();
        let single = body.get("x-example").cloned();
        let mut content = Vec::new();
        for name in types_or_unstated(consumes) {
            if !self.spend(1, body.span) {
                break;
            }
            let mut media = media_2_0(name, body, schema);
            let example = by_type.as_ref().and_then(|examples| examples.get(&media.name)).or(single.as_ref());
            media.examples = example.map(|value| self.single_example(value)).into_iter().collect();
            content.push(media);
        }
        let name = body.entry("name").cloned();
        RequestBody {
            description: self.prose(body, "description"),
            required: self.flag(body, "required").unwrap_or(false),
            content,
            // The name of a body is never sent; generators use it.
            extensions: name.into_iter().chain(self.extensions(body)).collect(),
            problem: None,
            span: body.span,
        }
    }

    fn form_2_0(&mut self, fields: &[Node], consumes: &[Text], operation: &Node) -> RequestBody {
        let has_file = fields.iter().any(|field| field.get("type").and_then(Node::as_text).as_deref() == Some("file"));
        let (mut rules, mut encoding) = (ObjectRules::default(), Vec::new());
        for field in fields {
            let name = self.needed_text(field, "a parameter", "name").unwrap_or_else(|| "".into());
            if self.flag(field, "required") == Some(true) {
                rules.required.push(Arc::clone(&name));
            }
            let schema = self.schema_2_0(field, Describe::Inside);
            rules.properties.push(Property { name: Arc::clone(&name), schema });
            let style = self.collection_format(field, ParameterIn::Query);
            encoding.extend(style.map(|(style, explode)| form_encoding(name, style, explode)));
        }
        let required = !rules.required.is_empty();
        let span = operation.get("parameters").map_or(fields[0].span, |list| list.span);
        let schema = Schema { span, types: Types::of("object"), object: Some(Box::new(rules)), ..Schema::default() };
        let schema = self.made_schema(schema);
        let mut content = Vec::new();
        for name in self.form_types(consumes, has_file, &fields[0]) {
            let media = media_2_0(name, &fields[0], Some(schema));
            content.push(MediaType { encoding: encoding.clone(), ..media });
        }
        RequestBody { description: None, required, content, extensions: Vec::new(), problem: None, span }
    }

    /// Returns the media types of a form. A file needs a multipart body.
    fn form_types(&mut self, consumes: &[Text], has_file: bool, field: &Node) -> Vec<Text> {
        let is_form = |name: &&Text| name.contains("multipart/") || name.contains("form");
        let mut types: Vec<Text> = consumes.iter().filter(is_form).cloned().collect();
        let multipart = types.iter().any(|name| name.contains("multipart/") || name.contains("form-data"));
        if has_file && !multipart {
            if !consumes.is_empty() {
                let message = "a form with a file is sent as `multipart/form-data`, which `consumes` does not name";
                let help = "add `multipart/form-data` to `consumes`".to_string();
                self.report(codes::BODY_PARAMETER, field.span, message).help = Some(help);
            }
            types = vec!["multipart/form-data".into()];
        }
        if types.is_empty() {
            types.push("application/x-www-form-urlencoded".into());
        }
        types
    }

    /// Reads a Response Object of 2.0.
    pub fn read_response_2_0(&mut self, response: &mut Response, node: &Node, produces: &[Text]) {
        self.known(node, "a response", &["description", "schema", "headers", "examples"]);
        if self.present(node, "description").is_none() {
            self.missing(node, "a response", "description");
        }
        response.summary = self.text(node, "x-summary");
        response.description = self.prose(node, "description");
        for entry in self.map(node, "headers").iter() {
            if !self.is_internal(&entry.value) {
                let header = self.header_2_0(entry);
                response.headers.push(header);
            }
        }
        response.content = self.response_content_2_0(node, produces);
        response.links = self.links(node, "x-links");
        response.extensions = self.extensions(node).into_iter().filter(|entry| &*entry.key != "x-links").collect();
    }

    fn header_2_0(&mut self, entry: &Entry) -> Parameter {
        let node = match self.follow(&entry.value, Kind::Header) {
            Ok(followed) => followed.node,
            Err(problem) => {
                let lost = lost_parameter(&entry.value, problem);
                return Parameter { name: Arc::clone(&entry.key), location: ParameterIn::Header, ..lost };
            }
        };
        self.known(&node, "a header", FIELDS);
        self.field_2_0(&node, Arc::clone(&entry.key), ParameterIn::Header)
    }

    fn response_content_2_0(&mut self, node: &Node, produces: &[Text]) -> Vec<MediaType> {
        let schema = self.optional_schema(node, "schema");
        let examples = self.map(node, "examples");
        if schema.is_none() && examples.is_empty() {
            return Vec::new();
        }
        let mut content = Vec::new();
        let mut names =
            if produces.is_empty() && !examples.is_empty() { Vec::new() } else { types_or_unstated(produces) };
        let known: HashSet<Text> = names.iter().cloned().collect();
        names.extend(examples.iter().filter(|entry| !known.contains(&entry.key)).map(|entry| Arc::clone(&entry.key)));
        let by_type: HashMap<Text, Node> =
            examples.iter().map(|entry| (Arc::clone(&entry.key), entry.value.clone())).collect();
        for name in names {
            if !self.spend(1, node.span) {
                break;
            }
            let example = by_type.get(&name).cloned();
            let mut media = media_2_0(name, node, schema);
            media.examples = example.map(|value| self.single_example(&value)).into_iter().collect();
            content.push(media);
        }
        content
    }
}

/// Where the description of a parameter goes.
enum Describe {
    /// To the parameter.
    Beside,
    /// Into the schema: form fields become properties.
    Inside,
}

/// Returns true for extensions that say something about the values of a parameter.
fn belongs_to_schema(key: &str) -> bool {
    key == "x-nullable" || key.starts_with("x-enum") || key == "x-ms-enum"
}

/// Returns the media types, or one without a name when none is stated.
fn types_or_unstated(types: &[Text]) -> Vec<Text> {
    if types.is_empty() { vec!["".into()] } else { types.to_vec() }
}

fn media_2_0(name: Text, holder: &Node, schema: Option<SchemaId>) -> MediaType {
    let entry = Entry { key: Arc::clone(&name), key_span: holder.span, value: holder.clone() };
    MediaType { schema, ..empty_media_type(name, &entry) }
}

fn form_encoding(property: Text, style: Style, explode: bool) -> Encoding {
    Encoding {
        property,
        content_type: None,
        headers: Vec::new(),
        style: Some(style),
        explode: Some(explode),
        allow_reserved: false,
        encoding: Vec::new(),
        prefix_encoding: Vec::new(),
        item_encoding: None,
        extensions: Vec::new(),
    }
}
