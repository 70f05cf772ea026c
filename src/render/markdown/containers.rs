//! Containers: callouts, tabs, steps, cards, folds, and text for some audiences.

use super::inline::inline_html;
use super::links::shortened;
use super::writer::{NESTING, Open, What, Writer};
use crate::diag::codes::document as codes;
use crate::load::markdown::directive::{self, CalloutKind, Directive, Edge, Fold, Role, Spelling};
use crate::render::html::attribute;

/// A container that is open.
pub(super) struct Container {
    pub role: Role,
    pub directive: Directive,
    /// Steps: whether their list is open, and how many it had.
    pub list_open: bool,
    pub steps: usize,
    /// Where to cut the HTML, the headings and the problems back to when nobody may see the content.
    pub hidden_from: Option<(usize, usize)>,
}

impl Writer<'_> {
    pub(super) fn open_container(&mut self, directive: &Directive) {
        if self.open.len() >= 2 * NESTING {
            return;
        }
        let role = directive.role();
        if directive.edge == Edge::Leaf && role != Role::Card {
            return self.leaf(directive);
        }
        match role {
            Role::Step => self.before_step(),
            _ => self.before_block(),
        }
        if role == Role::Unknown {
            self.report_unknown(directive);
        }
        let hides = role == Role::Only && !self.is_for_us(directive);
        let hidden_from = hides.then_some((self.html.len(), self.headings.len()));
        let (open, close) = self.markup(role, directive);
        self.html.push_str(&open);
        let container = Container { role, directive: directive.clone(), list_open: false, steps: 0, hidden_from };
        self.open.push(Open { what: What::Container(container), close: close.into() });
        if directive.edge == Edge::Leaf {
            self.close_container_at(self.open.len() - 1);
        }
    }

    /// The elements around a container's content.
    fn markup(&mut self, role: Role, directive: &Directive) -> (String, &'static str) {
        let label = directive.label().map(inline_html);
        match role {
            Role::Callout(kind) => {
                let title = label.unwrap_or_else(|| inline_html(&self.word(&directive.name, kind)));
                self.callout(kind, "", &title, directive.fold)
            }
            Role::Verify => {
                let title = label.unwrap_or_else(|| inline_html(&self.options.words.verify));
                self.callout(CalloutKind::Tip, " callout--verify", &title, directive.fold)
            }
            Role::Unknown if directive.spelling == Spelling::Tag => {
                (format!("<p><code>{}</code></p>\n", attribute(&written_tag(directive))), "")
            }
            Role::Unknown => {
                let word = attribute(&directive.written_name).into_string();
                let title =
                    directive.title.as_deref().map_or(word.clone(), |title| format!("{word}: {}", inline_html(title)));
                self.callout(CalloutKind::Note, "", &title, directive.fold)
            }
            Role::Fold => {
                let title = label.unwrap_or_else(|| inline_html(&self.options.words.details));
                let open = if directive.attribute("open").is_some() { " open" } else { "" };
                (format!("<details class=\"fold\"{open}><summary>{title}</summary>\n"), "</details>\n")
            }
            Role::Tabs => {
                let keys = ["sync", "synckey", "syncKey", "groupid", "groupId", "sync-key"];
                let sync = keys.iter().find_map(|key| directive.attribute(key));
                let sync = sync.map_or(String::new(), |sync| format!(" data-sync=\"{}\"", attribute(sync)));
                (format!("<div class=\"tabs\" data-tabs{sync}>\n"), "</div>\n")
            }
            Role::Tab => (tab_markup(directive.label().unwrap_or("")), "</section>\n"),
            Role::Steps => ("<div class=\"steps\">\n".into(), "</div>\n"),
            Role::Step => {
                let title = label.map_or(String::new(), |title| format!("<p class=\"steps__title\">{title}</p>\n"));
                (format!("<li>{title}"), "</li>\n")
            }
            Role::Cards => ("<div class=\"cards\">\n".into(), "</div>\n"),
            Role::Card => (self.card(directive), "</div>\n"),
            Role::Only | Role::Plain => (String::new(), ""),
        }
    }

    /// A callout's elements; an empty title leaves its line out.
    pub(super) fn callout(&self, kind: CalloutKind, class: &str, title: &str, fold: Fold) -> (String, &'static str) {
        let name = match kind {
            CalloutKind::Note => "note",
            CalloutKind::Tip => "tip",
            CalloutKind::Important => "important",
            CalloutKind::Caution => "caution",
            CalloutKind::Danger => "danger",
        };
        let icon = self.options.icons.get(name).map_or(String::new(), |icon| format!("{icon} "));
        let class = format!("callout callout--{name}{class}");
        match fold {
            Fold::Never if title.is_empty() => (format!("<div class=\"{class}\" role=\"note\">\n"), "</div>\n"),
            Fold::Never => (
                format!("<div class=\"{class}\" role=\"note\"><p class=\"callout__title\">{icon}{title}</p>\n"),
                "</div>\n",
            ),
            Fold::Closed | Fold::Open => {
                let open = if fold == Fold::Open { " open" } else { "" };
                let title = if title.is_empty() { &self.options.words.details } else { title };
                let summary = format!("<summary class=\"callout__title\">{icon}{title}</summary>");
                (format!("<details class=\"{class}\"{open}>{summary}\n"), "</details>\n")
            }
        }
    }

    /// The first line of a callout without a title.
    fn word(&self, name: &str, kind: CalloutKind) -> String {
        let words = self.options.words;
        match (name, kind) {
            ("note", _) | ("callout" | "aside" | "admonition", CalloutKind::Note) => words.note.clone(),
            ("tip", _) | (_, CalloutKind::Tip) if matches!(name, "tip" | "aside" | "callout") => words.tip.clone(),
            ("important", _) => words.important.clone(),
            ("caution", _) => words.caution.clone(),
            ("warning", _) => words.warning.clone(),
            ("danger", _) | ("aside" | "callout" | "admonition", CalloutKind::Danger) => words.danger.clone(),
            ("aside" | "callout" | "admonition", CalloutKind::Caution) => words.caution.clone(),
            ("aside" | "callout" | "admonition", CalloutKind::Important) => words.important.clone(),
            (name, _) => crate::render::highlight::display_name(name),
        }
    }

    fn card(&mut self, directive: &Directive) -> String {
        let title = directive.label().map(inline_html).unwrap_or_default();
        let range = directive.range.clone();
        let title = match directive.attribute("href").or_else(|| directive.attribute("link")) {
            Some(target) => {
                let around = self.around(target, "", &range);
                let shown = if title.is_empty() { attribute(&around.fallback).into_string() } else { title };
                format!("{}{shown}{}", around.open, around.close)
            }
            None => title,
        };
        let text =
            directive.attribute("description").map_or(String::new(), |text| format!("<p>{}</p>\n", inline_html(text)));
        match title.as_str() {
            "" => format!("<div class=\"card\">\n{text}"),
            title => format!("<div class=\"card\"><p class=\"card__title\">{title}</p>\n{text}"),
        }
    }

    fn is_for_us(&self, directive: &Directive) -> bool {
        let wanted = directive.attribute("audience").or(directive.title.as_deref()).unwrap_or("");
        let mut wanted = wanted.split([',', ' ']).map(str::trim);
        self.options.audience.is_some_and(|ours| wanted.any(|audience| audience == ours))
    }

    /// Containers that need more than the text, or components without content: shown as written.
    fn leaf(&mut self, directive: &Directive) {
        self.before_block();
        let written = match directive.spelling {
            Spelling::Tag => written_tag(directive),
            _ => format!(":::{}{}", directive.written_name, written_attributes(directive)),
        };
        self.html.push_str("<p><code>");
        self.push_text(&written);
        self.html.push_str("</code></p>\n");
        let message =
            format!("`{}` can do nothing here and is shown as it is written", shortened(&directive.written_name));
        self.problem(codes::UNSUPPORTED_CONTAINER, directive.range.clone(), message, None);
    }

    /// Closes the innermost container that this end belongs to, and all inside it.
    pub(super) fn close_container(&mut self, directive: &Directive) {
        let own = self.open.iter().enumerate().rev();
        let mut own = own.take_while(|(_, open)| !matches!(open.what, What::Markdown | What::Footnote { .. }));
        let found = own.find_map(|(at, open)| match &open.what {
            What::Container(container) if ends(&container.directive, directive) => Some(at),
            _ => None,
        });
        match found {
            Some(at) => self.close_container_at(at),
            // The component itself was left as text; so is its end.
            None if directive.spelling == Spelling::Indented => {}
            None => {
                let (message, help) = match directive.spelling {
                    Spelling::Tag => (
                        format!("`</{}>` ends nothing", shortened(&directive.written_name)),
                        "remove the tag, or open it",
                    ),
                    _ => (
                        "`:::` ends nothing".to_string(),
                        "remove the line, or begin the container at the same indentation",
                    ),
                };
                self.problem(codes::STRAY_CONTAINER_END, directive.range.clone(), message, Some(help.into()));
            }
        }
    }

    fn close_container_at(&mut self, at: usize) {
        while self.open.len() > at + 1 {
            self.close_top();
        }
        if let Some(Open { what: What::Container(container), close }) = self.open.pop() {
            self.end_container(container, &close, false);
        }
    }

    /// Writes the end of a container that was taken off the stack.
    pub(super) fn end_container(&mut self, container: Container, close: &str, unclosed: bool) {
        if container.list_open {
            self.html.push_str("</ol>\n");
        }
        self.html.push_str(close);
        if let Some((html, headings)) = container.hidden_from {
            self.html.truncate(html);
            self.headings.truncate(headings);
        }
        if unclosed && container.directive.spelling != Spelling::Indented {
            let name = shortened(&container.directive.written_name);
            let (written, end) = match container.directive.spelling {
                Spelling::Tag => (format!("<{name}>"), format!("`</{name}>`")),
                _ => (format!(":::{name}"), "`:::` on a line of its own, as far indented as the beginning".into()),
            };
            let message = format!("`{written}` has no end");
            self.problem(
                codes::UNCLOSED_CONTAINER,
                container.directive.range,
                message,
                Some(format!("end it with {end}")),
            );
        }
    }

    fn report_unknown(&mut self, directive: &Directive) {
        let name = shortened(&directive.written_name);
        let near = directive::names().find(|known| strsim::levenshtein(known, &directive.name) <= 2 && known.len() > 3);
        let (message, help) = match directive.spelling {
            Spelling::Tag => (
                format!("no component `<{name}>` is known; its tag is shown as text"),
                "write its content in Markdown, or as one of the known containers".to_string(),
            ),
            _ => (
                format!("no container `{name}` is known; it is shown as a note"),
                near.map_or("use one of note, tip, important, caution, danger, tabs, steps, cards".into(), |near| {
                    format!("did you mean `{near}`?")
                }),
            ),
        };
        self.problem(codes::UNKNOWN_CONTAINER, directive.range.clone(), message, Some(help));
    }

    /// Steps are a list as long as nothing but steps stands in them.
    pub(super) fn before_block(&mut self) {
        let Some(steps) = self.steps_on_top() else { return };
        if is_made_up(&steps.directive) {
            self.close_top();
        } else if std::mem::take(&mut steps.list_open) {
            self.html.push_str("</ol>\n");
        }
    }

    fn before_step(&mut self) {
        let first = match self.steps_on_top() {
            Some(steps) if steps.list_open => {
                steps.steps += 1;
                return;
            }
            Some(steps) => {
                steps.list_open = true;
                steps.steps += 1;
                steps.steps
            }
            None => {
                // A step outside of steps makes its own list around itself.
                let outside = Directive {
                    edge: Edge::Open,
                    spelling: Spelling::Indented,
                    name: "steps".into(),
                    written_name: "steps".into(),
                    title: None,
                    attributes: Vec::new(),
                    fold: Fold::Never,
                    range: 0..0,
                };
                self.open_container(&outside);
                return self.before_step();
            }
        };
        match first {
            1 => self.html.push_str("<ol>\n"),
            first => self.html.push_str(&format!("<ol start=\"{first}\">\n")),
        }
    }

    fn steps_on_top(&mut self) -> Option<&mut Container> {
        match self.open.last_mut() {
            Some(Open { what: What::Container(container), .. }) if container.role == Role::Steps => Some(container),
            _ => None,
        }
    }

    /// Returns true when a code block that begins here is a tab of its own.
    pub(super) fn is_directly_in_tabs(&self) -> bool {
        matches!(&self.open.last(), Some(Open { what: What::Container(container), .. }) if container.role == Role::Tabs)
    }
}

/// The beginning of a tab: its label stands in the page, so that it can be read without a script.
pub(super) fn tab_markup(label: &str) -> String {
    let text = inline_html(label);
    format!("<section class=\"tabs__panel\" data-label=\"{}\"><p class=\"tabs__label\">{text}</p>\n", attribute(label))
}

/// True for the steps around a step that stands alone.
fn is_made_up(steps: &Directive) -> bool {
    steps.spelling == Spelling::Indented && steps.name == "steps" && steps.range.is_empty()
}

/// True when an end belongs to a beginning: the same spelling; as many colons or more; the same name.
fn ends(begin: &Directive, end: &Directive) -> bool {
    match (begin.spelling, end.spelling) {
        (Spelling::Colons(begin), Spelling::Colons(end)) => begin <= end,
        (Spelling::Tag, Spelling::Tag) => begin.name == end.name,
        (Spelling::Indented, Spelling::Indented) => !is_made_up(begin),
        _ => false,
    }
}

fn written_tag(directive: &Directive) -> String {
    let slash = if directive.edge == Edge::Leaf { " /" } else { "" };
    let attributes = directive.attributes.iter().map(|(key, value)| match value.as_str() {
        "" => format!(" {key}"),
        value => format!(" {key}=\"{value}\""),
    });
    format!("<{}{}{slash}>", directive.written_name, attributes.collect::<String>())
}

fn written_attributes(directive: &Directive) -> String {
    let pairs: Vec<String> = directive.attributes.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let title = directive.title.as_deref().map_or(String::new(), |title| format!(" {title}"));
    if pairs.is_empty() { title } else { format!("{{{}}}{title}", pairs.join(" ")) }
}
