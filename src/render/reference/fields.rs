//! One row of a list of fields: name, type, rules, marks; then text, facts and what is inside.

use super::tree::Scope;
use super::{Reference, badges, push_code};
use crate::model::Text;
use crate::model::api::{Encoding, MediaType, SchemaId};
use crate::render::html::HtmlBuilder;
use crate::schema::type_name::{self, Piece};
use crate::schema::wire::form;
use crate::schema::words::{self, Rule};
use crate::schema::{Direction, Effective, anchor};

/// What a row is called.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name<'n> {
    /// A field.
    Field(&'n str),
    /// Fields whose names match a pattern.
    Pattern(&'n str),
    /// Any other field; the word for its name, if the description has one.
    Other(Option<&'n str>),
    /// A position of a tuple.
    Position(usize),
    /// Every further item of a tuple.
    Rest,
}

/// A row before it is written.
#[derive(Debug, Clone)]
pub(super) struct Row<'n> {
    pub name: Name<'n>,
    pub parts: &'n [SchemaId],
    pub required: bool,
    /// The schemas that it was inherited from.
    pub from: Vec<SchemaId>,
    /// Its value chooses a schema.
    pub discriminator: bool,
    /// The values that a discriminator may have here; none when it is free.
    pub fixed: Vec<Text>,
    pub encoding: Option<&'n Encoding>,
    pub form: Option<&'n MediaType>,
}

impl<'n> Row<'n> {
    /// Takes a name and the schemas that the value must satisfy.
    pub fn new(name: Name<'n>, parts: &'n [SchemaId]) -> Row<'n> {
        Row {
            name,
            parts,
            required: false,
            from: Vec::new(),
            discriminator: false,
            fixed: Vec::new(),
            encoding: None,
            form: None,
        }
    }

    fn anchor_part(&self) -> String {
        match self.name {
            Name::Field(name) => name.to_string(),
            Name::Pattern(pattern) => format!("pattern {pattern}"),
            Name::Other(_) => "other".into(),
            Name::Position(at) => at.to_string(),
            Name::Rest => "rest".into(),
        }
    }
}

impl<'a> Reference<'a> {
    /// Adds a row; nothing when the value does not travel this way.
    pub(super) fn push_row(&mut self, html: &mut HtmlBuilder, row: &Row<'_>, scope: &Scope<'_>) {
        let effective = self.schemas.effective(row.parts);
        if scope.direction.hides(effective.read_only, effective.write_only) {
            return;
        }
        let (spent, length) = (self.spent, html.len());
        let part = row.anchor_part();
        let id = self.id(&anchor::join(&scope.prefix, &part));
        html.push_markup("<div class=\"field\"");
        html.push_attribute("id", &id);
        html.push_markup("><dt>");
        push_name(html, row.name, &id);
        html.push_markup("</dt><dd><div class=\"field__line\">");
        self.push_type(html, row.parts, &effective);
        self.push_rules(html, &effective);
        self.push_row_marks(html, row, &effective, scope);
        html.push_markup("</div>");
        self.push_body(html, row, &effective, &scope.inside(&part));
        html.push_markup("</dd></div>");
        self.spent = spent + html.len() - length;
    }

    fn push_row_marks(&mut self, html: &mut HtmlBuilder, row: &Row<'_>, effective: &Effective<'a>, scope: &Scope<'_>) {
        let owed = !(effective.read_only && scope.direction == Direction::Request);
        if row.required && owed {
            html.push_markup(" <span class=\"field__required\">required</span>");
        }
        self.push_marks(html, effective, scope);
        if row.discriminator {
            html.push_markup(" <span class=\"chip\">discriminator</span>");
        }
        for (at, from) in row.from.iter().enumerate() {
            html.push_markup(if at == 0 { " <span class=\"field__from\">from " } else { " and " });
            self.push_schema_name(html, *from);
        }
        if !row.from.is_empty() {
            html.push_markup("</span>");
        }
    }

    fn push_body(&mut self, html: &mut HtmlBuilder, row: &Row<'_>, effective: &Effective<'a>, scope: &Scope<'_>) {
        for prose in effective.descriptions.clone() {
            self.push_prose(html, "prose field__text", prose);
        }
        for (at, value) in row.fixed.iter().enumerate() {
            html.push_markup(match (at, row.fixed.len()) {
                (0, 1) => "<ul class=\"field__facts\"><li>Always ",
                (0, _) => "<ul class=\"field__facts\"><li>One of ",
                _ => " or ",
            });
            push_code(html, &words::value(&crate::schema::example::string(value.clone())));
        }
        if !row.fixed.is_empty() {
            html.push_markup("</li></ul>");
        }
        self.push_facts(html, effective, scope, false);
        if let Some(form) = row.form {
            self.push_encoding(html, row, form);
        }
        self.push_nested(html, effective, scope);
    }

    /// Adds the marks that a value carries whatever it belongs to.
    pub(super) fn push_marks(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>, scope: &Scope<'_>) {
        if effective.deprecated {
            html.push_markup(" <span class=\"chip chip--warn\">deprecated</span>");
        }
        if effective.read_only && scope.direction != Direction::Request {
            html.push_markup(" <span class=\"chip\">read-only</span>");
        }
        if effective.write_only && scope.direction != Direction::Response {
            html.push_markup(" <span class=\"chip\">write-only</span>");
        }
        if effective.inferred {
            html.push_markup(" <span class=\"chip\">type inferred</span>");
        }
        for badge in badges::of_extensions(&effective.extensions) {
            html.push_markup(" ");
            html.push_safe(&badge.html(None));
        }
    }

    /// Adds the type; a named schema as a link.
    pub(super) fn push_type(&mut self, html: &mut HtmlBuilder, parts: &[SchemaId], effective: &Effective<'a>) {
        let plain = effective.identity.is_none_or(|id| type_name::is_plain(self.schemas.get(id)));
        html.push_markup("<span class=\"field__type\">");
        let pieces = match plain {
            true => type_name::pieces_of(self.schemas, effective),
            false => type_name::pieces(self.schemas, parts),
        };
        self.push_pieces(html, &pieces);
        if let (true, Some(identity)) = (plain, effective.identity) {
            html.push_markup(" (");
            self.push_schema_name(html, identity);
            html.push_markup(")");
        }
        html.push_markup("</span>");
        self.push_title(html, effective);
    }

    /// Adds the type of a value whose parts are not at hand.
    pub(super) fn push_type_of(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        match effective.identity {
            Some(identity) => self.push_type(html, &[identity], effective),
            None => self.push_type(html, &[], effective),
        }
    }

    fn push_title(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        let Some(title) = effective.title else { return };
        let folded =
            |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
        let name = effective.identity.map_or("", |id| self.schemas.name(id));
        if !title.trim().is_empty() && folded(title) != folded(name) {
            html.push_markup(" <span class=\"field__title\">");
            html.push_text(title);
            html.push_markup("</span>");
        }
    }

    fn push_pieces(&mut self, html: &mut HtmlBuilder, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => html.push_text(text),
                Piece::Schema(id) => self.push_schema_name(html, *id),
            }
        }
    }

    /// Adds the rules in words.
    pub(super) fn push_rules(&mut self, html: &mut HtmlBuilder, effective: &Effective<'a>) {
        for rule in words::rules(effective) {
            html.push_markup(" <span class=\"field__rules\">");
            match rule {
                Rule::Words(words) => html.push_text(&words),
                Rule::Code(word, code) => {
                    html.push_text(word);
                    html.push_markup(" ");
                    push_code(html, &code);
                }
            }
            html.push_markup("</span>");
        }
    }

    /// Adds how a field of a form is sent.
    fn push_encoding(&mut self, html: &mut HtmlBuilder, row: &Row<'_>, media: &MediaType) {
        let multipart = crate::schema::wire::syntax(&media.name) == crate::schema::wire::Syntax::Multipart;
        if !multipart && row.encoding.is_none() {
            return;
        }
        html.push_markup("<ul class=\"field__facts\">");
        if multipart {
            let kind = form::part_kind(self.schemas, row.parts, row.encoding);
            html.push_markup("<li>");
            html.push_text(if kind.file { "File, " } else { "Part, " });
            push_code(html, &kind.content_type);
            html.push_text(if kind.repeated { ", one part for each item" } else { "" });
            html.push_markup("</li>");
        }
        if let Some(encoding) = row.encoding {
            self.push_encoding_facts(html, encoding, multipart);
        }
        html.push_markup("</ul>");
        for header in row.encoding.map_or(&[][..], |encoding| &encoding.headers) {
            html.push_markup("<p class=\"schema__note\">Part header ");
            push_code(html, &header.name);
            html.push_text(if header.required { ", required" } else { "" });
            html.push_markup("</p>");
            if let Some(prose) = &header.description {
                self.push_prose(html, "prose field__text", prose);
            }
        }
    }

    fn push_encoding_facts(&mut self, html: &mut HtmlBuilder, encoding: &Encoding, multipart: bool) {
        if let Some(content_type) = encoding.content_type.as_ref().filter(|_| !multipart) {
            html.push_markup("<li>Content type ");
            push_code(html, content_type);
            html.push_markup("</li>");
        }
        if let Some(style) = encoding.style {
            html.push_markup("<li>Style ");
            push_code(html, crate::schema::wire::parameter::style_name(style));
            html.push_markup("</li>");
        }
        if let Some(explode) = encoding.explode {
            html.push_text("");
            html.push_markup(if explode {
                "<li>Each item on its own (<code>explode</code>)</li>"
            } else {
                "<li>Items in one value (no <code>explode</code>)</li>"
            });
        }
        if encoding.allow_reserved {
            html.push_markup("<li>Reserved characters are sent as they are</li>");
        }
    }
}

fn push_name(html: &mut HtmlBuilder, name: Name<'_>, id: &str) {
    html.push_markup("<a class=\"field__name\"");
    html.push_attribute("href", &format!("#{id}"));
    html.push_markup(">");
    match name {
        Name::Field(name) => html.push_text(if name.is_empty() { "(empty name)" } else { name }),
        Name::Pattern(pattern) => html.push_text(&format!("/{pattern}/")),
        Name::Other(Some(label)) => html.push_text(&format!("{{{label}}}")),
        Name::Other(None) => html.push_text("any other field"),
        Name::Position(at) => html.push_text(&format!("[{at}]")),
        Name::Rest => html.push_text("every further item"),
    }
    html.push_markup("</a>");
}
