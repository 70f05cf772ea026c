//! Parameters and headers of 3.x, and how parameters of a path item and an operation come together.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::lift::{Followed, Kind, Lifter};
use super::strict::Part;
use crate::diag::codes::description as codes;
use crate::model::Text;
use crate::model::api::{Parameter, ParameterIn, Problem, Style};
use crate::model::node::{Entry, Node, Span};

const FIELDS: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "allowReserved",
    "style",
    "explode",
    "schema",
    "content",
    "example",
    "examples",
];
const STYLES: &[(&str, Style)] = &[
    ("matrix", Style::Matrix),
    ("label", Style::Label),
    ("simple", Style::Simple),
    ("form", Style::Form),
    ("spaceDelimited", Style::SpaceDelimited),
    ("pipeDelimited", Style::PipeDelimited),
    ("deepObject", Style::DeepObject),
    ("cookie", Style::Cookie),
];

impl Lifter<'_> {
    /// Reads the parameters of a path item or operation, without internal ones and repeats.
    pub fn parameters(&mut self, node: &Node) -> Vec<Parameter> {
        let items = self.list(node, "parameters");
        let mut parameters: Vec<Parameter> = Vec::with_capacity(items.len());
        let mut seen = HashMap::new();
        for item in items.iter() {
            if self.is_internal(item) {
                continue;
            }
            if !self.spend(1, item.span) {
                break;
            }
            let parameter = self.parameter(item);
            match seen.insert(identity(&parameter), parameter.span) {
                Some(first) => self.report_duplicate(&parameter, item.span, first),
                None => parameters.push(parameter),
            }
        }
        parameters
    }

    /// Reports that one list holds a parameter twice.
    pub fn report_duplicate(&mut self, parameter: &Parameter, span: Span, first: Span) {
        let first = self.place(first);
        let message = format!("the parameter `{}` stands in this list twice", parameter.name);
        let diagnostic = self.report(codes::DUPLICATE_PARAMETER, span, message);
        *diagnostic = diagnostic.clone().related(first, "the first one, which is used").help("remove one of them");
    }

    fn parameter(&mut self, node: &Node) -> Parameter {
        let followed = match self.follow(node, Kind::Parameter) {
            Ok(followed) => followed,
            Err(problem) => return lost_parameter(node, problem),
        };
        let at = followed.node.span;
        if followed.referenced
            && let Some(known) = self.shared_parameters.get(&at)
        {
            return with_overrides(known.clone(), followed);
        }
        if !followed.node.is_map() {
            let message = format!("a parameter is {}, an object is expected", followed.node.kind_word());
            let problem = self.problem(codes::WRONG_TYPE, at, message, None);
            return lost_parameter(node, problem);
        }
        let parameter = self.parameter_object(&followed.node);
        if followed.referenced {
            self.shared_parameters.insert(at, parameter.clone());
        }
        with_overrides(parameter, followed)
    }

    fn parameter_object(&mut self, node: &Node) -> Parameter {
        let reported = self.diagnostics.len();
        self.known(node, "a parameter", FIELDS);
        let location = self.location(node);
        let name = match location {
            // The name of `in: querystring` is never sent.
            ParameterIn::QueryString => self.text(node, "name"),
            _ => self.needed_text(node, "a parameter", "name"),
        };
        let mut parameter = self.serialised(node, name.unwrap_or_else(|| "".into()), location);
        let required = self.flag(node, "required");
        parameter.required = required.unwrap_or(false) || location == ParameterIn::Path;
        if location == ParameterIn::Path && required != Some(true) {
            let message = format!("the path parameter `{}` needs `required: true`", parameter.name);
            let span = node.get("required").map_or(parameter.span, |required| required.span);
            self.report(codes::PATH_PARAMETER, span, message).help = Some("add `required: true`".into());
        }
        self.ask_strict_reader(node, Part::Parameter, reported);
        parameter
    }

    fn location(&mut self, node: &Node) -> ParameterIn {
        const PLACES: &[(&str, ParameterIn)] = &[
            ("path", ParameterIn::Path),
            ("query", ParameterIn::Query),
            ("querystring", ParameterIn::QueryString),
            ("header", ParameterIn::Header),
            ("cookie", ParameterIn::Cookie),
        ];
        let Some(written) = self.needed_text(node, "a parameter", "in") else { return ParameterIn::Query };
        if let Some((_, place)) = PLACES.iter().find(|(word, _)| *word == &*written) {
            return *place;
        }
        let near = self.resolver.nearest(&written, PLACES.iter().copied());
        let help = match near {
            Some((word, _)) => format!("did you mean `{word}`?"),
            None if matches!(&*written, "body" | "formData") => "describe it as `requestBody`".to_string(),
            None => "the places are path, query, querystring, header and cookie".to_string(),
        };
        let span = node.get("in").map_or(node.span, |place| place.span);
        let message = format!("a parameter cannot be sent in `{written}`");
        self.report(codes::WRONG_TYPE, span, message).help = Some(help);
        near.map_or(ParameterIn::Query, |(_, place)| place)
    }

    /// Reads what parameters and headers have in common.
    fn serialised(&mut self, node: &Node, name: Text, location: ParameterIn) -> Parameter {
        let style = self.style(node).unwrap_or(default_style(location));
        let explode = self.flag(node, "explode");
        self.check_style(node, location, style, explode);
        let content = self.content(node);
        self.check_content(node, content.len());
        if node.entry("schema").is_none() && node.entry("content").is_none() {
            self.missing(node, if location == ParameterIn::Header { "a header" } else { "a parameter" }, "schema");
        }
        Parameter {
            name,
            location,
            description: self.prose(node, "description"),
            required: false,
            deprecated: self.flag(node, "deprecated").unwrap_or(false),
            allow_empty: self.flag(node, "allowEmptyValue").unwrap_or(false),
            allow_reserved: self.flag(node, "allowReserved").unwrap_or(false),
            style,
            explode: explode.unwrap_or(default_explode(style)),
            schema: self.optional_schema(node, "schema"),
            content,
            examples: self.examples(node),
            shared: false,
            extensions: self.extensions(node),
            problem: None,
            span: node.span,
        }
    }

    /// Returns a header, which is a parameter that takes its name from its key.
    pub fn header(&mut self, entry: &Entry) -> Parameter {
        let followed = match self.follow(&entry.value, Kind::Header) {
            Ok(followed) => followed,
            Err(problem) => {
                let lost = lost_parameter(&entry.value, problem);
                return Parameter { name: Arc::clone(&entry.key), location: ParameterIn::Header, ..lost };
            }
        };
        let at = followed.node.span;
        if followed.referenced
            && let Some(known) = self.shared_parameters.get(&at)
        {
            let name = Arc::clone(&entry.key);
            let known = Parameter { name, location: ParameterIn::Header, ..known.clone() };
            return with_overrides(known, followed);
        }
        let header = self.header_object(entry, &followed.node);
        if followed.referenced {
            self.shared_parameters.insert(at, header.clone());
        }
        with_overrides(header, followed)
    }

    fn header_object(&mut self, entry: &Entry, node: &Node) -> Parameter {
        if !node.is_map() {
            let message = format!("a header is {}, an object is expected", node.kind_word());
            let problem = self.problem(codes::WRONG_TYPE, node.span, message, None);
            let lost = lost_parameter(node, problem);
            return Parameter { name: Arc::clone(&entry.key), location: ParameterIn::Header, ..lost };
        }
        let reported = self.diagnostics.len();
        self.known(node, "a header", FIELDS);
        let required = self.flag(node, "required").unwrap_or(false);
        let header = Parameter { required, ..self.serialised(node, Arc::clone(&entry.key), ParameterIn::Header) };
        self.ask_strict_reader(node, Part::Header, reported);
        header
    }

    /// Returns `style` when it is said and known.
    pub fn style(&mut self, node: &Node) -> Option<Style> {
        let written = self.text(node, "style")?;
        if let Some((_, style)) = STYLES.iter().find(|(word, _)| *word == &*written) {
            return Some(*style);
        }
        let near = self.resolver.nearest(&written, STYLES.iter().copied());
        let span = node.get("style").map_or(node.span, |style| style.span);
        let help = match near {
            Some((word, _)) => format!("did you mean `{word}`?"),
            None => format!("the styles are {}", STYLES.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")),
        };
        self.report(codes::PARAMETER_STYLE, span, format!("`{written}` is no style")).help = Some(help);
        near.map(|(_, style)| style)
    }

    /// Reports combinations that the table "Style Values" leaves undefined.
    fn check_style(&mut self, node: &Node, location: ParameterIn, style: Style, explode: Option<bool>) {
        use ParameterIn::{Cookie, Header, Path, Query, QueryString};
        let Some(span) = node.get("style").map(|style| style.span) else { return };
        let allowed = match location {
            Path => matches!(style, Style::Matrix | Style::Label | Style::Simple),
            Query => matches!(style, Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject),
            Header => style == Style::Simple,
            Cookie => matches!(style, Style::Form | Style::Cookie),
            QueryString => false,
        };
        let exploded_delimiter = explode == Some(true) && matches!(style, Style::SpaceDelimited | Style::PipeDelimited);
        let message = if !allowed {
            "this `style` is not defined for parameters at this place"
        } else if exploded_delimiter {
            "this `style` is not defined together with `explode: true`"
        } else {
            return;
        };
        let help = codes::PARAMETER_STYLE.mend.to_string();
        self.report(codes::PARAMETER_STYLE, span, message).help = Some(help);
    }

    fn check_content(&mut self, node: &Node, media_types: usize) {
        let Some(entry) = node.entry("content") else { return };
        let message = match (media_types, node.entry("schema").is_some()) {
            (_, true) => "`content` stands beside `schema`",
            (1, false) => return,
            _ => "the `content` of a parameter holds exactly one media type",
        };
        let help = codes::PARAMETER_CONTENT.mend.to_string();
        self.report(codes::PARAMETER_CONTENT, entry.key_span, message).help = Some(help);
    }

    /// Compares path parameters with the template, and adds those that nobody declared.
    pub fn check_path_parameters(&mut self, path: &str, span: Span, parameters: &mut Vec<Parameter>) {
        let path = path.split(['?', '#']).next().unwrap_or(path);
        let variables: BTreeSet<&str> = super::root::template_variables(path).collect();
        for parameter in parameters.iter_mut() {
            let strayed = parameter.location == ParameterIn::Path && parameter.problem.is_none();
            if strayed && !variables.contains(&*parameter.name) {
                let near = self.resolver.nearest(&parameter.name, variables.iter().map(|name| (*name, ())));
                let help = match near {
                    Some((name, ())) => format!("did you mean `{name}`?"),
                    None => format!("write `{{{}}}` in the path, or remove the parameter", parameter.name),
                };
                let message = format!("the path has no variable `{{{}}}`", parameter.name);
                let problem = self.problem(codes::PATH_PARAMETER, parameter.span, message, Some(help));
                parameter.problem = Some(problem);
            }
        }
        let in_path = parameters.iter().filter(|parameter| parameter.location == ParameterIn::Path);
        let declared: BTreeSet<Text> = in_path.map(|parameter| Arc::clone(&parameter.name)).collect();
        for name in variables.into_iter().filter(|name| !declared.contains(*name)) {
            let message = format!("the variable `{{{name}}}` of the path is not declared");
            let help = format!("add a parameter `{name}` with `in: path` and `required: true`");
            let problem = self.problem(codes::PATH_PARAMETER, span, message, Some(help));
            let lost = lost_parameter(&Node { value: crate::model::node::Value::Null, span }, problem);
            let (name, style) = (name.into(), Style::Simple);
            let location = ParameterIn::Path;
            parameters.push(Parameter { name, location, style, explode: false, required: true, ..lost });
        }
    }
}

/// Returns what makes two parameters the same: place and name, the names of headers without case (RFC 9110, 5.1).
pub fn identity(parameter: &Parameter) -> (ParameterIn, String) {
    let name = match parameter.location {
        ParameterIn::Header => parameter.name.to_ascii_lowercase(),
        _ => parameter.name.to_string(),
    };
    (parameter.location, name)
}

/// Merges the path item's parameters into an operation's own.
///
/// An operation's parameter replaces the path item's of the same place and name, where that one stood (OpenAPI 3.2,
/// "Operation Object", field `parameters`).
pub fn merge_parameters(shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
    if shared.is_empty() {
        return own;
    }
    let mut own: Vec<Option<Parameter>> = own.into_iter().map(Some).collect();
    let at: HashMap<_, _> =
        own.iter().enumerate().filter_map(|(at, parameter)| Some((identity(parameter.as_ref()?), at))).collect();
    let mut merged = Vec::with_capacity(shared.len() + own.len());
    for parameter in shared {
        let replaced = at.get(&identity(parameter)).and_then(|at| own[*at].take());
        merged.push(replaced.unwrap_or_else(|| Parameter { shared: true, ..parameter.clone() }));
    }
    merged.extend(own.into_iter().flatten());
    merged
}

/// Returns the style of a place where none is said.
pub fn default_style(location: ParameterIn) -> Style {
    match location {
        ParameterIn::Path | ParameterIn::Header => Style::Simple,
        ParameterIn::Query | ParameterIn::QueryString | ParameterIn::Cookie => Style::Form,
    }
}

/// Returns `explode` of a style where none is said.
pub fn default_explode(style: Style) -> bool {
    matches!(style, Style::Form | Style::Cookie)
}

fn with_overrides(mut parameter: Parameter, followed: Followed) -> Parameter {
    if followed.description.is_some() {
        parameter.description = followed.description;
    }
    parameter
}

/// Returns a parameter that could not be read: its name is what the reference calls it.
pub fn lost_parameter(node: &Node, problem: Problem) -> Parameter {
    let reference = node.get("$ref").and_then(Node::as_text);
    let name = reference.as_deref().and_then(|reference| reference.rsplit(['/', '#']).next()).unwrap_or("");
    Parameter {
        name: name.into(),
        location: ParameterIn::Query,
        description: None,
        required: false,
        deprecated: false,
        allow_empty: false,
        allow_reserved: false,
        style: Style::Form,
        explode: true,
        schema: None,
        content: Vec::new(),
        examples: Vec::new(),
        shared: false,
        extensions: Vec::new(),
        problem: Some(problem),
        span: node.span,
    }
}
