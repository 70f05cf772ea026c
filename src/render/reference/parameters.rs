//! Parameters and headers as rows: name, type, rules, text, how the value is written.

use super::facts::push_fact;
use super::notes::push_note;
use super::tree::Scope;
use super::{Reference, push_code};
use crate::model::api::{Operation, Parameter, ParameterIn, Style};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::schema::example::{self, Shown, Source};
use crate::schema::wire::parameter::{self, style_name};
use crate::schema::{Direction, Effective, anchor};

/// A group of parameters of one place.
#[derive(Debug)]
pub struct Group {
    /// The anchor.
    pub id: &'static str,
    /// The heading.
    pub title: &'static str,
    /// The rows.
    pub html: SafeHtml,
}

/// The places in the order they are shown.
const PLACES: &[(ParameterIn, &str, &str)] = &[
    (ParameterIn::Path, "path-parameters", "Path parameters"),
    (ParameterIn::Query, "query-parameters", "Query parameters"),
    (ParameterIn::QueryString, "query-string", "Query string"),
    (ParameterIn::Header, "header-parameters", "Headers"),
    (ParameterIn::Cookie, "cookie-parameters", "Cookies"),
];

impl<'a> Reference<'a> {
    /// Returns the parameters of an operation by place, required ones first.
    pub fn parameter_groups(&mut self, operation: &'a Operation, prefix: &str) -> Vec<Group> {
        let mut groups = Vec::new();
        for (location, id, title) in PLACES {
            let here = || operation.parameters.iter().filter(|parameter| parameter.location == *location);
            let ordered: Vec<&Parameter> = here()
                .filter(|parameter| parameter.required)
                .chain(here().filter(|parameter| !parameter.required))
                .collect();
            if ordered.is_empty() {
                continue;
            }
            let mut html = HtmlBuilder::new();
            html.push_markup("<dl class=\"fields\">");
            for parameter in ordered {
                let wanted = anchor::parameter(parameter.location, &parameter.name);
                let wanted = if prefix.is_empty() { wanted } else { format!("{prefix}-{wanted}") };
                self.push_parameter(&mut html, parameter, &wanted, Some(operation));
            }
            html.push_markup("</dl>");
            groups.push(Group { id, title, html: html.finish() });
        }
        groups
    }

    /// Adds the headers of a response or part as rows.
    pub(super) fn push_headers(&mut self, html: &mut HtmlBuilder, headers: &'a [Parameter], prefix: &str) {
        if headers.is_empty() {
            return;
        }
        html.push_markup("<p class=\"resp__label\">Headers</p><dl class=\"fields\">");
        for header in headers {
            self.push_parameter(html, header, &anchor::join(&format!("{prefix}-header"), &header.name), None);
        }
        html.push_markup("</dl>");
    }

    /// Adds one row. A header of a response has no operation.
    fn push_parameter(
        &mut self,
        html: &mut HtmlBuilder,
        parameter: &'a Parameter,
        wanted: &str,
        operation: Option<&Operation>,
    ) {
        let id = self.id(wanted);
        let direction = if operation.is_some() { Direction::Request } else { Direction::Response };
        let mut scope = Scope::new(direction, &id);
        scope.depth = 1;
        let media = parameter.content.first();
        let schema = parameter.schema.or(media.and_then(|media| media.schema));
        let parts = schema.as_slice();
        let effective = self.schemas.effective(parts);
        let (spent, length) = (self.spent, html.len());
        html.push_markup("<div class=\"field\"");
        html.push_attribute("id", &id);
        html.push_markup("><dt><a class=\"field__name\"");
        html.push_attribute("href", &format!("#{id}"));
        html.push_markup(">");
        html.push_text(&parameter.name);
        html.push_markup("</a></dt><dd><div class=\"field__line\">");
        self.push_type(html, parts, &effective);
        self.push_rules(html, &effective);
        if parameter.required {
            html.push_markup(" <span class=\"field__required\">required</span>");
        }
        if parameter.deprecated && !effective.deprecated {
            html.push_markup(" <span class=\"chip chip--warn\">deprecated</span>");
        }
        self.push_marks(html, &effective, &scope);
        html.push_markup("</div>");
        self.push_parameter_body(html, parameter, &effective, &scope, operation);
        html.push_markup("</dd></div>");
        self.spent = spent + html.len() - length;
    }

    fn push_parameter_body(
        &mut self,
        html: &mut HtmlBuilder,
        parameter: &'a Parameter,
        effective: &Effective<'a>,
        scope: &Scope<'_>,
        operation: Option<&Operation>,
    ) {
        if let Some(problem) = &parameter.problem {
            self.push_problem(html, problem);
        }
        if let Some(prose) = &parameter.description {
            self.push_prose(html, "prose field__text", prose);
        }
        for prose in effective.descriptions.clone() {
            if parameter.description.as_ref().is_none_or(|own| own.text != prose.text) {
                self.push_prose(html, "prose field__text", prose);
            }
        }
        let own_examples = !parameter.examples.is_empty();
        self.push_facts(html, effective, scope, own_examples);
        self.push_parameter_facts(html, parameter, scope.direction);
        if let Some(note) = note_of(parameter, operation) {
            push_note(html, note);
        }
        let of_content = parameter.content.iter().flat_map(|media| &media.extensions);
        self.push_extensions(html, parameter.extensions.iter().chain(of_content));
        for problem in parameter.content.iter().filter_map(|media| media.problem.as_ref()) {
            self.push_problem(html, problem);
        }
        self.push_nested(html, effective, scope);
    }

    fn push_parameter_facts(&mut self, html: &mut HtmlBuilder, parameter: &'a Parameter, direction: Direction) {
        let shown = example::of_parameter(self.schemas, parameter, direction, &self.settings.limits);
        let mut facts = HtmlBuilder::new();
        for media in &parameter.content {
            facts.push_markup("<li>Written as ");
            push_code(&mut facts, &media.name);
            facts.push_markup("</li>");
        }
        if !parameter.examples.is_empty() || parameter.content.iter().any(|media| !media.examples.is_empty()) {
            shown.iter().for_each(|shown| self.push_parameter_example(&mut facts, shown));
        }
        if let Some(shown) = shown.first().filter(|_| is_styled(parameter)) {
            push_style(&mut facts, parameter, shown);
        }
        if !is_defined_here(parameter) {
            facts.push_markup("<li>This style is not defined by the standard for this place</li>");
        }
        if parameter.allow_empty {
            facts.push_markup("<li>May be sent empty (a deprecated feature of the standard)</li>");
        }
        if parameter.allow_reserved {
            facts.push_markup("<li>Reserved characters are sent as they are</li>");
        }
        let facts = facts.finish();
        if !facts.is_empty() {
            html.push_markup("<ul class=\"field__facts\">");
            html.push_safe(&facts);
            html.push_markup("</ul>");
        }
    }

    fn push_parameter_example(&mut self, facts: &mut HtmlBuilder, shown: &Shown<'a>) {
        if let Some(value) = &shown.value {
            push_fact(facts, "Example", value);
        }
        if let Some(serialized) = shown.serialized {
            facts.push_markup("<li>Sent as ");
            push_code(facts, serialized);
            facts.push_markup("</li>");
        }
        if let Some(external) = shown.external {
            facts.push_markup("<li>Example in ");
            self.push_example_file(facts, external, shown.file);
            facts.push_markup("</li>");
        }
        if shown.label.is_some() || shown.description.is_some() || shown.problem.is_some() {
            facts.push_markup("<li>");
            facts.push_text(shown.label.as_deref().unwrap_or(""));
            if let Some(key) = shown.key {
                facts.push_markup(" ");
                push_code(facts, key);
            }
            if let Some(prose) = shown.description {
                self.push_prose(facts, "prose", prose);
            }
            if let Some(problem) = shown.problem {
                self.push_problem(facts, problem);
            }
            facts.push_markup("</li>");
        }
    }
}

/// A scalar of the usual style is written the way everyone expects; anything else is shown.
fn is_styled(parameter: &Parameter) -> bool {
    !parameter.content.is_empty() || parameter.schema.is_some()
}

fn push_style(facts: &mut HtmlBuilder, parameter: &Parameter, shown: &Shown<'_>) {
    let Some(value) = &shown.value else { return };
    let structured = value.is_list() || value.is_map() || !parameter.content.is_empty();
    let usual = matches!(parameter.style, Style::Simple | Style::Form | Style::Cookie);
    if !structured && usual {
        return;
    }
    if is_set_cookie(parameter) && value.is_list() {
        // RFC 6265, section 3: values cannot be joined by commas.
        for item in value.items() {
            facts.push_markup("<li>Sent as ");
            push_code(facts, &format!("{}: {}", parameter.name, crate::schema::words::plain(item)));
            facts.push_markup("</li>");
        }
        facts.push_markup("<li>One header line for each item</li>");
        return;
    }
    let written = parameter::write(parameter, value);
    facts.push_markup("<li>Sent as ");
    push_code(facts, &written.text(parameter));
    if shown.source != Source::Author {
        facts.push_markup(", for example");
    }
    if !parameter.content.is_empty() {
        return facts.push_markup("</li>");
    }
    facts.push_markup("</li><li>Style ");
    match parameter.style {
        Style::TabDelimited => facts.push_markup("<code>collectionFormat: tsv</code> (values separated by tabs)"),
        style => push_code(facts, style_name(style)),
    }
    facts.push_markup(if parameter.explode { ", exploded</li>" } else { "</li>" });
    if !written.defined {
        facts.push_markup("<li>Not defined by the standard; this is common practice</li>");
    }
}

fn is_set_cookie(parameter: &Parameter) -> bool {
    parameter.location == ParameterIn::Header && parameter.name.eq_ignore_ascii_case("set-cookie")
}

/// Returns false for a style that the table "Style Values" does not have at the parameter's place.
fn is_defined_here(parameter: &Parameter) -> bool {
    use Style::{Cookie, DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited, TabDelimited};
    if !parameter.content.is_empty() || parameter.schema.is_none() {
        return true;
    }
    match parameter.location {
        ParameterIn::Path => matches!(parameter.style, Matrix | Label | Simple),
        ParameterIn::Query => {
            matches!(parameter.style, Form | SpaceDelimited | PipeDelimited | DeepObject | TabDelimited)
        }
        ParameterIn::Header => matches!(parameter.style, Simple),
        ParameterIn::Cookie => matches!(parameter.style, Form | Cookie),
        ParameterIn::QueryString => true,
    }
}

/// Headers that mean nothing as parameters, and other remarks.
fn note_of(parameter: &Parameter, operation: Option<&Operation>) -> Option<&'static str> {
    let name = parameter.name.to_ascii_lowercase();
    match (parameter.location, name.as_str(), operation.is_some()) {
        (ParameterIn::Header, "accept" | "content-type", true) => {
            Some("Ignored here by the standard: the content types of the body and the responses decide.")
        }
        (ParameterIn::Header, "authorization", true) => {
            Some("Ignored here by the standard: the security requirements decide.")
        }
        (ParameterIn::Header, "content-type", false) => {
            Some("Ignored here by the standard: the media type of the response decides.")
        }
        (ParameterIn::Header, "link", false) => Some("A list of links, each `<URL>; rel=\"…\"` (RFC 8288)."),
        (ParameterIn::QueryString, _, _) => Some("The whole query string; the name is not sent."),
        _ => None,
    }
}
