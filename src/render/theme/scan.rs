//! Finds the tags of a template that name other templates, blocks and components.
//!
//! A reader of the template language that is just good enough to follow references before anything is compiled: it
//! knows comments, `raw` sections and strings, and nothing of expressions.

use std::ops::Range;

/// What one tag says about others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag<'a> {
    /// `{% extends "name" %}`.
    Extends(&'a str),
    /// `{% include "name" %}`.
    Include(&'a str),
    /// `{% block name %}`.
    Block(&'a str),
    /// `{% endblock %}`.
    EndBlock,
    /// `{% component name(…) %}`.
    Component(&'a str),
    /// `{% endcomponent %}`.
    EndComponent,
    /// `{{ <name …/> }}` or `{% <name …> %}`.
    Call(&'a str),
}

/// Returns the tags of a template in order, each with the bytes of the name in it (of the tag, when it has none).
pub fn tags(template: &str) -> Vec<(Tag<'_>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut raw = false;
    while let Some(open) = template[at..].find('{').map(|offset| at + offset) {
        let (inner, end) = match template.as_bytes().get(open + 1) {
            Some(b'#') => (None, template[open..].find("#}").map_or(template.len(), |close| open + close + 2)),
            Some(b'%') => span(template, open, "%}"),
            Some(b'{') => span(template, open, "}}"),
            _ => (None, open + 1),
        };
        if let Some(inner) = inner {
            let word = first_word(&template[inner.clone()]);
            match (raw, word) {
                (true, word) => raw = word != "endraw",
                (false, "raw") => raw = true,
                (false, _) => read(template, inner, &mut found),
            }
        }
        at = end;
    }
    found
}

/// The inside of a tag that begins at `open`, and where it ends. A string in it may hold the closing mark.
fn span(template: &str, open: usize, close: &str) -> (Option<Range<usize>>, usize) {
    let mut quote = None;
    for (offset, c) in template[open + 2..].char_indices() {
        let at = open + 2 + offset;
        match quote {
            Some(q) if q == c => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if template[at..].starts_with(close) => return (Some(open + 2..at), at + 2),
            None => {}
        }
    }
    (None, open + 2)
}

fn first_word(inner: &str) -> &str {
    let inner = inner.trim_start_matches('-').trim_start();
    &inner[..inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len())]
}

/// Reads one tag; a call can stand anywhere in it, several of them too.
fn read<'a>(template: &'a str, inner: Range<usize>, found: &mut Vec<(Tag<'a>, Range<usize>)>) {
    let text = &template[inner.clone()];
    let word = first_word(text);
    let rest = inner.start + text.find(word).unwrap_or(0) + word.len();
    let tag = match word {
        "extends" => quoted(template, rest..inner.end).map(|(name, at)| (Tag::Extends(name), at)),
        "include" => quoted(template, rest..inner.end).map(|(name, at)| (Tag::Include(name), at)),
        "block" => name(template, rest..inner.end).map(|(name, at)| (Tag::Block(name), at)),
        "component" => name(template, rest..inner.end).map(|(name, at)| (Tag::Component(name), at)),
        "endblock" => Some((Tag::EndBlock, inner.clone())),
        "endcomponent" => Some((Tag::EndComponent, inner.clone())),
        _ => None,
    };
    found.extend(tag);
    for (at, _) in text.match_indices('<') {
        let after = inner.start + at + 1;
        let call = name(template, after..inner.end).filter(|(_, range)| range.start == after);
        found.extend(call.map(|(name, range)| (Tag::Call(name), range)));
    }
}

fn quoted(template: &str, range: Range<usize>) -> Option<(&str, Range<usize>)> {
    let text = &template[range.clone()];
    let open = text.find(['"', '\'', '`'])?;
    let quote = text[open..].chars().next()?;
    let length = text[open + 1..].find(quote)?;
    let start = range.start + open + 1;
    Some((&template[start..start + length], start..start + length))
}

fn name(template: &str, range: Range<usize>) -> Option<(&str, Range<usize>)> {
    let text = &template[range.clone()];
    let blank = text.len() - text.trim_start().len();
    let text = text.trim_start();
    let length = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').unwrap_or(text.len());
    let start = range.start + blank;
    (length > 0 && !text.starts_with(|c: char| c.is_numeric())).then(|| (&text[..length], start..start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(template: &str) -> Vec<Tag<'_>> {
        tags(template).into_iter().map(|(tag, _)| tag).collect()
    }

    #[test]
    fn every_kind_of_reference_is_found() {
        let template = "{%- extends 'a.html' -%}{% block x %}{% include \"b.html\" %}{{ <icon name=\"%}\"/> }}\
            {% <box.red> %}{% </box.red> %}{% endblock x %}{% component c(a=1) %}{% endcomponent c %}";
        assert_eq!(
            seen(template),
            [
                Tag::Extends("a.html"),
                Tag::Block("x"),
                Tag::Include("b.html"),
                Tag::Call("icon"),
                Tag::Call("box.red"),
                Tag::EndBlock,
                Tag::Component("c"),
                Tag::EndComponent,
            ]
        );
    }

    #[test]
    fn comments_raw_text_and_unclosed_tags_hold_no_reference() {
        let hidden = "{# {% include 'a' %} #}{% raw %}{% include 'b' %}{{ <c/> }}{% endraw %}";
        assert_eq!(seen(&format!("{hidden}{{% block x %}}")), [Tag::Block("x")]);
        assert_eq!(seen("{% include 'a"), []);
        assert_eq!(seen("{% if a < b %}ä{{ \"{%\" }}{"), []);
    }

    #[test]
    fn the_place_of_a_name_is_exact() {
        let template = "ä{% include \"parent/b.html\" %}";
        let (_, range) = tags(template)[0].clone();
        assert_eq!(&template[range], "parent/b.html");
    }
}
