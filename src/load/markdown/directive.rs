//! Containers of Markdown texts: what one line says, and what each name means.
//!
//! Five spellings (`:::tip`, `!!! tip`, `=== "Tab"`, `<Tip>`, and GitHub's alerts, which the Markdown parser reads) are
//! lifted to one set of roles. This file reads one line or tag; finding them in a text is `prepare`'s work.

use std::ops::Range;

/// One container line or tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Whether it begins, ends or is a whole container.
    pub edge: Edge,
    /// How it was spelled.
    pub spelling: Spelling,
    /// The name in lower case; empty for an end without a name.
    pub name: String,
    /// The name as it was written.
    pub written_name: String,
    /// The title behind it; `Some("")` when the author asked for none.
    pub title: Option<String>,
    /// Other attributes, values without their quotes; empty value for a bare word.
    pub attributes: Vec<(String, String)>,
    /// Whether a reader may fold it.
    pub fold: Fold,
    /// Bytes of the text that it was found in.
    pub range: Range<usize>,
}

/// Which end of a container a directive is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// It begins here.
    Open,
    /// It ends here.
    Close,
    /// It has no content.
    Leaf,
}

/// How a directive was spelled; a container ends in the spelling that it began in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// `:::name`, with this many colons.
    Colons(usize),
    /// `!!! name`, `??? name`, `=== "Label"`: by indentation.
    Indented,
    /// `<Name>`.
    Tag,
}

/// Whether a container can be folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fold {
    /// No.
    Never,
    /// Yes, and it begins closed.
    Closed,
    /// Yes, and it begins open.
    Open,
}

/// The looks of a callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalloutKind {
    /// Something to know.
    Note,
    /// Something that helps.
    Tip,
    /// Something not to miss.
    Important,
    /// Something to be careful about.
    Caution,
    /// Something that does harm.
    Danger,
}

/// What a container is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A callout.
    Callout(CalloutKind),
    /// The check of a step: what the reader sees now.
    Verify,
    /// A `<details>`.
    Fold,
    /// A group of tabs.
    Tabs,
    /// One tab.
    Tab,
    /// Numbered steps.
    Steps,
    /// One step.
    Step,
    /// A grid of cards.
    Cards,
    /// One card.
    Card,
    /// Only for some audiences.
    Only,
    /// Nothing but its content.
    Plain,
    /// No name that Portolan knows.
    Unknown,
}

use CalloutKind::{Caution, Danger, Important, Note, Tip};

/// Names of containers in lower case, and what they are.
const ROLES: &[(&str, Role)] = &[
    ("note", Role::Callout(Note)),
    ("info", Role::Callout(Note)),
    ("abstract", Role::Callout(Note)),
    ("summary", Role::Callout(Note)),
    ("tldr", Role::Callout(Note)),
    ("question", Role::Callout(Note)),
    ("help", Role::Callout(Note)),
    ("faq", Role::Callout(Note)),
    ("example", Role::Callout(Note)),
    ("quote", Role::Callout(Note)),
    ("cite", Role::Callout(Note)),
    ("todo", Role::Callout(Note)),
    ("seealso", Role::Callout(Note)),
    ("callout", Role::Callout(Note)),
    ("aside", Role::Callout(Note)),
    ("admonition", Role::Callout(Note)),
    ("tip", Role::Callout(Tip)),
    ("hint", Role::Callout(Tip)),
    ("success", Role::Callout(Tip)),
    ("check", Role::Callout(Tip)),
    ("done", Role::Callout(Tip)),
    ("important", Role::Callout(Important)),
    ("caution", Role::Callout(Caution)),
    ("attention", Role::Callout(Caution)),
    ("warning", Role::Callout(Danger)),
    ("danger", Role::Callout(Danger)),
    ("error", Role::Callout(Danger)),
    ("failure", Role::Callout(Danger)),
    ("fail", Role::Callout(Danger)),
    ("missing", Role::Callout(Danger)),
    ("bug", Role::Callout(Danger)),
    ("verify", Role::Verify),
    ("details", Role::Fold),
    ("accordion", Role::Fold),
    ("expandable", Role::Fold),
    ("tabs", Role::Tabs),
    ("codegroup", Role::Tabs),
    ("code-group", Role::Tabs),
    ("codetabs", Role::Tabs),
    ("tab", Role::Tab),
    ("tabitem", Role::Tab),
    ("tab-item", Role::Tab),
    ("steps", Role::Steps),
    ("stepper", Role::Steps),
    ("step", Role::Step),
    ("cards", Role::Cards),
    ("cardgroup", Role::Cards),
    ("cardgrid", Role::Cards),
    ("card-grid", Role::Cards),
    ("columns", Role::Cards),
    ("card", Role::Card),
    ("linkcard", Role::Card),
    ("only", Role::Only),
    ("accordiongroup", Role::Plain),
    ("frame", Role::Plain),
    ("fragment", Role::Plain),
    ("listing", Role::Plain),
];

/// Names that never have content, so that nothing is swallowed by them.
const LEAVES: &[&str] = &["include", "toc"];

impl Directive {
    /// Returns what the container is for. `<Aside type="tip">` and `<Callout type="tip">` are what their type says.
    pub fn role(&self) -> Role {
        let of_name = role_of(&self.name);
        let kind = match self.name.as_str() {
            "aside" | "callout" | "admonition" => {
                self.attribute("type").map(|kind| role_of(&kind.to_ascii_lowercase()))
            }
            _ => None,
        };
        kind.filter(|role| matches!(role, Role::Callout(_))).unwrap_or(of_name)
    }

    /// Returns the value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the title, or the attribute that other tools use for one.
    pub fn label(&self) -> Option<&str> {
        let other = ["title", "label", "name", "header", "value"];
        self.title.as_deref().or_else(|| other.iter().find_map(|key| self.attribute(key)))
    }
}

/// Returns what a container of this name (in lower case) is for.
pub fn role_of(name: &str) -> Role {
    ROLES.iter().find(|(known, _)| *known == name).map_or(Role::Unknown, |(_, role)| *role)
}

/// Returns every name that is known, for "did you mean".
pub fn names() -> impl Iterator<Item = &'static str> {
    ROLES.iter().map(|(name, _)| *name)
}

/// Reads a `:::` line without its indentation; `None` when it is none.
///
/// `:::` alone is an end; `:::name Title`, `:::name[Title]{key=value}` and `::: name` begin a container.
pub fn parse_colons(line: &str, range: Range<usize>) -> Option<Directive> {
    let colons = line.len() - line.trim_start_matches(':').len();
    if colons < 3 {
        return None;
    }
    let rest = line[colons..].trim();
    let spelling = Spelling::Colons(colons);
    let mut directive = Directive {
        edge: Edge::Close,
        spelling,
        name: String::new(),
        written_name: String::new(),
        title: None,
        attributes: Vec::new(),
        fold: Fold::Never,
        range,
    };
    if rest.is_empty() {
        return Some(directive);
    }
    let name_end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    let starts_well = rest.starts_with(|c: char| c.is_alphabetic() || c == '{');
    if !starts_well || (name_end == 0 && !rest.starts_with('{')) {
        return None;
    }
    directive.written_name = rest[..name_end].to_string();
    directive.name = directive.written_name.to_lowercase();
    read_title_and_attributes(&rest[name_end..], &mut directive)?;
    directive.edge = if LEAVES.contains(&directive.name.as_str()) { Edge::Leaf } else { Edge::Open };
    (!directive.name.is_empty()).then_some(directive)
}

/// Reads `[Title]{attributes} Title` in any of its parts. Pandoc's `{.name}` gives the name.
fn read_title_and_attributes(rest: &str, directive: &mut Directive) -> Option<()> {
    let mut rest = rest;
    if let Some(bracket) = rest.strip_prefix('[') {
        let end = bracket.rfind(']')?;
        directive.title = Some(bracket[..end].trim().to_string());
        rest = &bracket[end + 1..];
    }
    if let Some(brace) = rest.trim_start().strip_prefix('{') {
        let end = brace.find('}')?;
        directive.attributes = parse_attributes(&brace[..end]);
        rest = &brace[end + 1..];
        if directive.name.is_empty() {
            let class = directive.attributes.iter().find_map(|(key, _)| key.strip_prefix('.'));
            directive.written_name = class.unwrap_or_default().to_string();
            directive.name = directive.written_name.to_lowercase();
        }
    }
    let after = rest.trim().trim_end_matches(':').trim();
    if directive.title.is_none() && !after.is_empty() {
        directive.title = Some(unquoted(after).to_string());
    }
    Some(())
}

/// Reads `!!! name "Title"`, `??? name`, `???+ name` and `=== "Label"`; `None` when the line is none of them.
pub fn parse_indented(line: &str, range: Range<usize>) -> Option<Directive> {
    let (mark, rest) = line.split_once(' ')?;
    let fold = match mark {
        "!!!" | "===" | "===!" | "===+" => Fold::Never,
        "???" => Fold::Closed,
        "???+" => Fold::Open,
        _ => return None,
    };
    let (words, title) = split_quoted(rest.trim());
    let mut words = words.split_whitespace();
    let name = match mark.starts_with("===") {
        true => (words.next().is_none() && title.is_some()).then_some("tab")?,
        false => words.next().filter(|word| is_name(word))?,
    };
    let attributes = words.map(|word| (word.to_string(), String::new())).collect();
    let (name, written_name) = (name.to_lowercase(), name.to_string());
    Some(Directive {
        edge: Edge::Open,
        spelling: Spelling::Indented,
        name,
        written_name,
        title,
        attributes,
        fold,
        range,
    })
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && word.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

fn split_quoted(text: &str) -> (&str, Option<String>) {
    match (text.find('"'), text.rfind('"')) {
        (Some(first), Some(last)) if last > first && text[last + 1..].trim().is_empty() => {
            (&text[..first], Some(text[first + 1..last].to_string()))
        }
        _ => (text, None),
    }
}

/// Reads `key=value key="value" key='value' key={value} word` into pairs; white space and commas part them.
pub fn parse_attributes(text: &str) -> Vec<(String, String)> {
    let mut attributes = Vec::new();
    let mut rest = text.trim_start_matches([' ', ',', '\t', '\n', '\r']);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c == ',' || c.is_whitespace()).unwrap_or(rest.len());
        let key = rest[..end].to_string();
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let (taken, left) = take_value(after);
            value = taken.to_string();
            rest = left;
        }
        if !key.is_empty() {
            attributes.push((key, value));
        }
        rest = rest.trim_start_matches([' ', ',', '\t', '\n', '\r']);
    }
    attributes
}

/// Takes one quoted, braced or bare value from the front.
fn take_value(text: &str) -> (&str, &str) {
    let Some(first) = text.chars().next() else { return ("", "") };
    match first {
        '"' | '\'' => {
            let inner = &text[1..];
            let end = inner.find(first).unwrap_or(inner.len());
            (&inner[..end], inner.get(end + 1..).unwrap_or(""))
        }
        '{' => {
            let end = brace_end(text);
            let inner = text[1..end].strip_suffix('}').unwrap_or(&text[1..end]);
            (unquoted(inner.trim()), &text[end..])
        }
        _ => {
            let end = text.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(text.len());
            text.split_at(end)
        }
    }
}

/// Returns the byte behind the brace that closes the one at the beginning, or the length.
pub fn brace_end(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// Drops one pair of quotes around a text.
pub fn unquoted(text: &str) -> &str {
    let quotes = ['"', '\'', '`'];
    let stripped = quotes.iter().find_map(|&quote| text.strip_prefix(quote)?.strip_suffix(quote));
    stripped.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = (String, Option<String>, Vec<(String, String)>);

    fn colons(line: &str) -> Option<Read> {
        parse_colons(line, 0..line.len()).map(|d| (d.name, d.title, d.attributes))
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.into(), value.into())
    }

    #[test]
    fn every_spelling_of_a_colon_container_is_read() {
        assert_eq!(colons(":::tip"), Some(("tip".into(), None, vec![])));
        assert_eq!(colons(":::tip Do this"), Some(("tip".into(), Some("Do this".into()), vec![])));
        assert_eq!(colons("::: Warning \"Mind\" :::"), Some(("warning".into(), Some("Mind".into()), vec![])));
        let starlight = Some(("tip".into(), Some("A [b] c".into()), vec![pair("icon", "star")]));
        assert_eq!(colons(":::tip[A [b] c]{icon=\"star\"}"), starlight);
        assert_eq!(colons("::::tabs{sync=lang}"), Some(("tabs".into(), None, vec![pair("sync", "lang")])));
        assert_eq!(colons("::: {.note}"), Some(("note".into(), None, vec![pair(".note", "")])));
        assert_eq!(colons(":::"), Some((String::new(), None, vec![])));
        assert_eq!(colons("::tip"), None);
        assert_eq!(colons("::: 5 apples"), None);
    }

    #[test]
    fn every_spelling_of_an_indented_container_is_read() {
        let read = |line: &str| parse_indented(line, 0..0).map(|d| (d.name, d.title, d.fold));
        assert_eq!(read("!!! note"), Some(("note".into(), None, Fold::Never)));
        assert_eq!(read("!!! note \"A title\""), Some(("note".into(), Some("A title".into()), Fold::Never)));
        assert_eq!(read("??? tip inline end \"\""), Some(("tip".into(), Some(String::new()), Fold::Closed)));
        assert_eq!(read("???+ bug"), Some(("bug".into(), None, Fold::Open)));
        assert_eq!(read("=== \"npm\""), Some(("tab".into(), Some("npm".into()), Fold::Never)));
        assert_eq!(read("=== npm"), None);
        assert_eq!(read("!!! \"wow\""), None);
        assert_eq!(read("!!!"), None);
    }

    #[test]
    fn attributes_may_be_quoted_braced_or_bare() {
        let read = parse_attributes("a=1 b=\"x y\", c={[1,{2}]} d='é' e f={\"q\"} =z");
        let expected = [("a", "1"), ("b", "x y"), ("c", "[1,{2}]"), ("d", "é"), ("e", ""), ("f", "q")];
        assert_eq!(read, expected.map(|(key, value)| pair(key, value)));
        assert_eq!(parse_attributes("a=\"unclosed"), [pair("a", "unclosed")]);
        assert_eq!(parse_attributes("a={unclosed"), [pair("a", "unclosed")]);
    }

    #[test]
    fn an_aside_is_what_its_type_says() {
        let directive = Directive { attributes: vec![pair("type", "danger")], ..colons_of(":::aside") };
        assert_eq!(directive.role(), Role::Callout(CalloutKind::Danger));
        assert_eq!(colons_of(":::hint").role(), Role::Callout(CalloutKind::Tip));
        assert_eq!(colons_of(":::weird").role(), Role::Unknown);
    }

    fn colons_of(line: &str) -> Directive {
        parse_colons(line, 0..0).unwrap()
    }
}
