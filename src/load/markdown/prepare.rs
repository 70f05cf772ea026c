//! Makes a text with containers readable for a CommonMark parser.
//!
//! A line that begins or ends a container becomes a marker `<?n?>`, which CommonMark takes for an HTML block wherever it
//! may interrupt a paragraph; so the whole text stays one document with its lists, footnotes and link definitions.
//! Indented bodies (`!!!`, `<Tag>`) lose their indentation. A segment map leads back to the bytes that were written.
//! Where a marker does not come out as a block of its own (inside code, inside other HTML) the line was no container:
//! the text is scanned again without it. So nobody can forge a marker, and no code block is changed.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::directive::{Directive, Edge};
use super::scan::Scanner;

/// Which conventions a text may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// A description of a third party: CommonMark, GFM and `:::` containers.
    Description,
    /// A document of the portal: every container.
    Document,
    /// A document with JSX (`.mdx`): unknown components are containers too, `export` is dropped.
    Mdx,
}

impl Dialect {
    /// Returns the dialect of a document with this path.
    pub fn of(path: &crate::diag::SourcePath) -> Dialect {
        match path.extension() == "mdx" {
            true => Dialect::Mdx,
            false => Dialect::Document,
        }
    }
}

/// A text that the CommonMark parser can read, with its containers as markers.
#[derive(Debug)]
pub struct Prepared<'a> {
    /// The text to parse.
    pub text: Cow<'a, str>,
    /// The containers' edges by the offset of their marker in `text`, ascending.
    pub markers: Vec<(usize, Directive)>,
    /// Where the `import` and `export` statements stood that were left out.
    pub modules: Vec<Range<usize>>,
    /// True when signs inside template text are masked in `text`; `events` puts them back.
    pub masked: bool,
    /// Ascending by `here`; empty when nothing was changed.
    segments: Vec<Segment>,
}

/// A stretch of the prepared text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    /// Where it begins in the prepared text.
    pub here: usize,
    /// Where it begins in the text as written.
    pub there: usize,
    /// Its length there; the same here, unless it is a marker or indentation.
    pub length: usize,
}

/// Rounds of scanning before containers are given up; each finds at least one more line that is none.
const ROUNDS: usize = 16;

/// Finds the containers of a text.
pub fn prepare(text: &str, dialect: Dialect) -> Prepared<'_> {
    let mut prepared = with_markers(text, dialect);
    if let Some(masked) = super::template::masked(&prepared.text) {
        prepared.text = Cow::Owned(masked);
        prepared.masked = true;
    }
    prepared
}

fn with_markers(text: &str, dialect: Dialect) -> Prepared<'_> {
    let mut none = BTreeSet::new();
    for _ in 0..ROUNDS {
        let Some(prepared) = Scanner::new(text, dialect, &none).run() else {
            return Prepared::unchanged(text);
        };
        let lost = lost_markers(&prepared);
        if lost.is_empty() {
            return prepared;
        }
        none.extend(lost);
    }
    Prepared::unchanged(text)
}

impl<'a> Prepared<'a> {
    fn unchanged(text: &'a str) -> Prepared<'a> {
        Prepared {
            text: Cow::Borrowed(text),
            markers: Vec::new(),
            modules: Vec::new(),
            masked: false,
            segments: Vec::new(),
        }
    }

    pub(super) fn changed(
        text: String,
        markers: Vec<(usize, Directive)>,
        modules: Vec<Range<usize>>,
        segments: Vec<Segment>,
    ) -> Prepared<'a> {
        Prepared { text: Cow::Owned(text), markers, modules, masked: false, segments }
    }

    /// Returns the directive whose marker stands at this offset of the prepared text.
    pub fn marker_at(&self, offset: usize) -> Option<&Directive> {
        let at = self.markers.binary_search_by_key(&offset, |(at, _)| *at).ok()?;
        Some(&self.markers[at].1)
    }

    /// Returns the bytes of the text as written that a range of the prepared text comes from.
    pub fn written(&self, range: Range<usize>) -> Range<usize> {
        if self.segments.is_empty() {
            return range;
        }
        let (start, _) = self.written_byte(range.start);
        let (_, end) = self.written_byte(range.end.saturating_sub(1));
        match range.is_empty() {
            true => start..start,
            false => start..end.max(start),
        }
    }

    /// Where the byte at an offset begins and ends in the text as written; the same where nothing was written for it.
    fn written_byte(&self, here: usize) -> (usize, usize) {
        let next = self.segments.partition_point(|segment| segment.here <= here);
        let Some(segment) = next.checked_sub(1).and_then(|at| self.segments.get(at)) else { return (0, 0) };
        let into = (here - segment.here).min(segment.length.saturating_sub(1));
        (segment.there + into, segment.there + (into + 1).min(segment.length))
    }
}

/// Returns the starts (in the text as written) of directives whose marker is no block of its own.
fn lost_markers(prepared: &Prepared<'_>) -> Vec<usize> {
    let mut found = BTreeSet::new();
    for (event, range) in Parser::new_ext(&prepared.text, super::events::OPTIONS).into_offset_iter() {
        if let Event::Start(Tag::HtmlBlock) = event {
            found.insert(range.start);
        }
    }
    let lost = prepared.markers.iter().filter(|(at, directive)| {
        // The end of an indented container has no line of its own that could be kept as text.
        !found.contains(at) && (directive.edge != Edge::Close || !directive.range.is_empty())
    });
    lost.map(|(_, directive)| directive.range.start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The prepared text with markers as `{open tip}`.
    fn check(text: &str, dialect: Dialect, expected: &str) {
        let prepared = prepare(text, dialect);
        let mut shown = prepared.text.to_string();
        for (at, directive) in prepared.markers.iter().rev() {
            let end = at + shown[*at..].find("?>").unwrap() + 2;
            let edge = match directive.edge {
                Edge::Open => "{",
                Edge::Close => "}",
                Edge::Leaf => "!",
            };
            shown.replace_range(*at..end, &format!("{edge}{}", directive.name));
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn colon_lines_become_markers_and_everything_else_stays() {
        check("a\n:::tip T\nb\n:::\nc\n", Dialect::Document, "a\n{tip\nb\n}\nc\n");
        check("no container, only ::: in a line", Dialect::Document, "no container, only ::: in a line");
    }

    #[test]
    fn code_that_looks_like_a_container_is_left_alone() {
        for text in [
            "```\n:::tip\n```\n",
            "~~~md\n:::tip\n```\n:::\n~~~\n",
            "> ```\n> :::tip\n> ```\n",
            "    :::tip\n    x\n",
            "<div>\n:::tip\n</div>\n",
            "<!--\n:::tip\n-->\n",
            "1. a\n\n   ```\n   :::tip\n   ```\n",
        ] {
            check(text, Dialect::Document, text);
        }
    }

    #[test]
    fn a_container_may_stand_in_a_list_item() {
        check("1. a\n2. :::verify\n   b\n   :::\n", Dialect::Document, "1. a\n2. {verify\n   b\n   }\n");
    }

    #[test]
    fn an_indented_body_loses_its_indentation() {
        check(
            "!!! note \"T\"\n\n    a\n\n        code\n    b\nc\n",
            Dialect::Document,
            "{note\n\na\n\n    code\nb\n}\nc\n",
        );
        check("!!! note\n    !!! tip\n        a\n    b\n", Dialect::Document, "{note\n{tip\na\n}\nb\n}\n");
        check("!!! Wow, no container\n", Dialect::Document, "!!! Wow, no container\n");
    }

    #[test]
    fn neighbouring_labels_are_one_group_of_tabs() {
        check(
            "=== \"A\"\n    a\n\n=== \"B\"\n    b\n\nc\n",
            Dialect::Document,
            "{tabs\n{tab\na\n\n}\n{tab\nb\n\n}\n}\nc\n",
        );
    }

    #[test]
    fn components_become_containers_without_their_indentation() {
        check(
            "<Steps>\n  <Step title=\"x\">\n    Do\n\n    ```js\n      y\n    ```\n  </Step>\n</Steps>\n",
            Dialect::Mdx,
            "{steps\n{step\nDo\n\n```js\n  y\n```\n}step\n}steps\n",
        );
        check("<Note>One line</Note>\n", Dialect::Document, "{note\nOne line\n}note\n");
        check("<Card\n  title=\"a > b\"\n  href=\"x\"\n/>\n", Dialect::Mdx, "!card\n");
        check("Use <Icon name=\"x\" /> here\n", Dialect::Mdx, "Use <Icon name=\"x\" /> here\n");
        check("- a\n  <Note>\n    b\n  </Note>\n", Dialect::Mdx, "- a\n  {note\n  b\n  }note\n");
        check("<Foo>\n", Dialect::Document, "<Foo>\n");
        check("<Foo>\n", Dialect::Mdx, "{foo\n");
    }

    #[test]
    fn html_that_says_it_holds_markdown_does() {
        check(
            "<div class=\"a\" markdown>\n*x*\n</div>\n",
            Dialect::Document,
            "<div class=\"a\" markdown>\n\n*x*\n</div>\n",
        );
        check("<div>\n*x* markdown\n</div>\n", Dialect::Document, "<div>\n*x* markdown\n</div>\n");
    }

    #[test]
    fn html_before_a_closing_tag_does_not_swallow_it() {
        check("<Frame>\n<img src=\"a\" />\n</Frame>\n", Dialect::Mdx, "{frame\n<img src=\"a\" />\n\n}frame\n");
    }

    #[test]
    fn module_statements_and_comments_of_mdx_are_left_out() {
        let text = "import A from 'a';\nimport {\n  B\n} from \"b\";\n\n{/* c */}\nText\n\nexport const x = {\n  a: 1\n}\n\nMore\n";
        check(text, Dialect::Mdx, "\nText\n\nMore\n");
        assert_eq!(prepare(text, Dialect::Mdx).modules.len(), 3);
        check("import is a word\n", Dialect::Document, "import is a word\n");
    }

    #[test]
    fn ranges_lead_back_to_the_text_as_written() {
        let text = "!!! note\n    [a](b)\n\n:::tip\nx\n:::\n";
        let prepared = prepare(text, Dialect::Document);
        for piece in ["[a](b)", "x"] {
            let here = prepared.text.find(piece).unwrap();
            assert_eq!(&text[prepared.written(here..here + piece.len())], piece);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_preparing_panic(text in "([ \t>-]{0,6}(:::|!!! |=== |<Tab>|</Tab>|```|1\\.|<Card |a|\"|\\{|\\}|/>|\\r)*\n?){0,12}") {
            for dialect in [Dialect::Description, Dialect::Document, Dialect::Mdx] {
                let prepared = prepare(&text, dialect);
                for (event, range) in Parser::new_ext(&prepared.text, super::super::events::OPTIONS).into_offset_iter() {
                    let _ = event;
                    let written = prepared.written(range);
                    proptest::prop_assert!(written.end <= text.len());
                }
            }
        }
    }
}
