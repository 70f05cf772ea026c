//! Code to HTML with the seven highlight classes.
//!
//! Takes code that people wrote and the name of a language; gives escaped code with spans of the classes in [`Class`].
//! Spans never cross a line end, so callers may wrap lines. Code that this program makes (JSON examples, request
//! samples) knows its own parts and never comes here; JSON values have [`json`]. Colours are the theme's.

mod json;
mod languages;
mod scopes;

pub use json::{json, json_text};
pub use languages::{display_name, known};

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock};

use syntect::parsing::{ParseState, ScopeStack, SyntaxReference, SyntaxSet};
use xxhash_rust::xxh3::xxh3_128;

use super::html::{SafeHtml, push_escaped};
use scopes::Classifier;

/// What a piece of code is; plain text has no class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// `c-c`: comments.
    Comment,
    /// `c-s`: strings, characters, raw text.
    String,
    /// `c-n`: numbers and constants (`true`, `null`).
    Number,
    /// `c-k`: keywords, storage, `self`.
    Keyword,
    /// `c-f`: names of functions, types, tags, attributes and keys.
    Name,
    /// `c-i`: inserted lines of a diff.
    Inserted,
    /// `c-d`: deleted lines of a diff.
    Deleted,
}

impl Class {
    /// Returns the class as it stands in HTML.
    pub fn name(self) -> &'static str {
        match self {
            Class::Comment => "c-c",
            Class::String => "c-s",
            Class::Number => "c-n",
            Class::Keyword => "c-k",
            Class::Name => "c-f",
            Class::Inserted => "c-i",
            Class::Deleted => "c-d",
        }
    }
}

/// Bytes of code above which nothing is highlighted: a page with more is a data dump.
const BLOCK_BYTES: usize = 100_000;
/// Bytes of a line above which it is left plain: the regular expressions are not linear.
const LINE_BYTES: usize = 2_000;
const SHARDS: usize = 16;

/// Highlights code and remembers what it gave. One for a whole build, shared by all threads.
#[derive(Default)]
pub struct Highlighter {
    /// By hash of language and code.
    shards: [Mutex<HashMap<u128, Arc<str>>>; SHARDS],
    /// True when nothing is coloured.
    is_plain: bool,
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Highlighter")
    }
}

impl Highlighter {
    /// Returns a highlighter that only escapes: for whoever looks at a text and shows it to nobody.
    pub fn plain() -> Highlighter {
        Highlighter { is_plain: true, ..Highlighter::default() }
    }

    /// Returns the code as HTML. A language that is not known gives plain, escaped text.
    pub fn highlight(&self, code: &str, language: &str) -> SafeHtml {
        if self.is_plain || code.len() > BLOCK_BYTES {
            return super::html::escape(code);
        }
        let Some(syntax) = languages::syntax(syntaxes(), language) else {
            return super::html::escape(code);
        };
        let key = xxh3_128(code.as_bytes()) ^ xxh3_128(syntax.name.as_bytes()).rotate_left(1);
        let shard = &self.shards[(key % SHARDS as u128) as usize];
        if let Some(known) = shard.lock().ok().and_then(|shard| shard.get(&key).cloned()) {
            return SafeHtml::from_trusted(known.to_string());
        }
        let html = highlighted(code, syntax);
        if let Ok(mut shard) = shard.lock() {
            shard.insert(key, html.as_str().into());
        }
        SafeHtml::from_trusted(html)
    }
}

/// The syntaxes, loaded when the first code block needs them.
fn syntaxes() -> &'static SyntaxSet {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    SYNTAXES.get_or_init(two_face::syntax::extra_newlines)
}

/// A panic of a grammar costs its block the colours, not the page.
fn highlighted(code: &str, syntax: &SyntaxReference) -> String {
    catch_unwind(AssertUnwindSafe(|| spans(code, syntax))).unwrap_or_else(|_| super::html::escape(code).into_string())
}

fn spans(code: &str, syntax: &SyntaxReference) -> String {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut classifier = Classifier::new();
    let mut out = Spans::with_capacity(code.len() * 2);
    for line in code.split_inclusive('\n') {
        if line.len() > LINE_BYTES {
            out.push(line, None);
            continue;
        }
        let Ok(changes) = state.parse_line(line, syntaxes()) else {
            out.push(line, None);
            continue;
        };
        let mut at = 0;
        for (offset, change) in changes {
            let offset = line.floor_char_boundary(offset.max(at).min(line.len()));
            out.push(&line[at..offset], classifier.class(&stack));
            at = offset;
            // A scope that cannot be popped is a fault of the grammar; the class of the rest is a guess then.
            let _ = stack.apply(&change);
        }
        out.push(&line[at..], classifier.class(&stack));
    }
    out.finish()
}

/// Writes classed text; neighbours of one class share a span, and no span crosses a line end.
pub(crate) struct Spans {
    html: String,
    open: Option<Class>,
    /// White space that belongs inside the open span only if the next word is of its class.
    blank: String,
}

impl Spans {
    pub(crate) fn with_capacity(bytes: usize) -> Spans {
        Spans { html: String::with_capacity(bytes), open: None, blank: String::new() }
    }

    /// Adds text of a class.
    pub(crate) fn push(&mut self, text: &str, class: Option<Class>) {
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            let text = words.trim_start();
            self.blank.push_str(&words[..words.len() - text.len()]);
            if !text.is_empty() {
                self.switch(class);
                push_escaped(&mut self.html, text);
            }
            if words.len() < line.len() {
                self.switch(None);
                self.html.push('\n');
            }
        }
    }

    fn switch(&mut self, class: Option<Class>) {
        let changes = self.open != class;
        if changes && self.open.is_some() {
            self.html.push_str("</span>");
        }
        push_escaped(&mut self.html, &self.blank);
        self.blank.clear();
        if let Some(class) = class.filter(|_| changes) {
            self.html.push_str("<span class=\"");
            self.html.push_str(class.name());
            self.html.push_str("\">");
        }
        self.open = class;
    }

    pub(crate) fn finish(mut self) -> String {
        self.switch(None);
        self.html
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, code: &str, expected: &str) {
        assert_eq!(Highlighter::default().highlight(code, language).as_str(), expected, "{language}");
    }

    #[test]
    fn every_part_of_code_gets_one_of_seven_classes() {
        check(
            "js",
            "const a = f(\"<x>\", 1); // c\n",
            "<span class=\"c-k\">const</span> a = <span class=\"c-f\">f</span>(<span class=\"c-s\">&quot;&lt;x&gt;&quot;</span>, \
             <span class=\"c-n\">1</span>); <span class=\"c-c\">// c</span>\n",
        );
        check(
            "json",
            "{\"a\": [true, 1.5]}",
            "{<span class=\"c-f\">&quot;a&quot;</span>: [<span class=\"c-n\">true</span>, <span class=\"c-n\">1.5</span>]}",
        );
        check("yaml", "a: \"b\"\n", "<span class=\"c-f\">a</span>: <span class=\"c-s\">&quot;b&quot;</span>\n");
        check("diff", "-a\n+b\n c\n", "<span class=\"c-d\">-a</span>\n<span class=\"c-i\">+b</span>\n c\n");
    }

    #[test]
    fn spans_end_with_their_line() {
        let html = Highlighter::default().highlight("/* a\nb */\n", "rust").into_string();
        assert_eq!(html, "<span class=\"c-c\">/* a</span>\n<span class=\"c-c\">b */</span>\n");
    }

    #[test]
    fn an_unknown_language_is_plain_text() {
        check("wibble", "<b> & c", "&lt;b&gt; &amp; c");
        check("", "x", "x");
    }

    #[test]
    fn huge_blocks_and_long_lines_stay_plain() {
        let code = "let a = 1;\n".repeat(10_000);
        check("rust", &code, &code);
        let line = format!("let a = {};\n", "1".repeat(3_000));
        check("rust", &line, &line);
    }

    #[test]
    fn the_common_languages_of_api_documents_are_known() {
        for language in [
            "bash",
            "sh",
            "shell",
            "zsh",
            "console",
            "js",
            "javascript",
            "jsx",
            "ts",
            "typescript",
            "tsx",
            "json",
            "jsonc",
            "json5",
            "yaml",
            "yml",
            "toml",
            "python",
            "py",
            "go",
            "rust",
            "rs",
            "java",
            "kotlin",
            "swift",
            "csharp",
            "cs",
            "c#",
            "php",
            "ruby",
            "rb",
            "powershell",
            "ps1",
            "http",
            "graphql",
            "protobuf",
            "proto",
            "xml",
            "html",
            "css",
            "sql",
            "diff",
            "dockerfile",
            "docker",
            "ini",
            "markdown",
            "md",
            "mdx",
            "curl",
            "c",
            "cpp",
            "c++",
            "dart",
            "elixir",
            "scala",
            "r",
            "lua",
            "perl",
            "makefile",
            "nginx",
            "terraform",
            "hcl",
            "env",
            "csv",
            "vue",
            "svelte",
            "objc",
        ] {
            assert!(known(language), "{language}");
        }
    }

    #[test]
    fn the_second_time_gives_the_same() {
        let highlighter = Highlighter::default();
        let first = highlighter.highlight("fn a() {}", "rust");
        assert_eq!(highlighter.highlight("fn a() {}", "rs"), first);
    }

    proptest::proptest! {
        #[test]
        fn no_code_loses_its_text(code in "\\PC{0,60}|([a-z(){}\"'/*#\n ]{0,80})", language in "rust|js|yaml|bash|html|json|diff|php|http") {
            let html = Highlighter::default().highlight(&code, &language).into_string();
            let text = html.split('<').enumerate().map(|(n, part)| {
                if n == 0 { part.to_string() } else { part.split_once('>').unwrap().1.to_string() }
            }).collect::<String>();
            let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            proptest::prop_assert_eq!(text, code);
        }
    }
}
