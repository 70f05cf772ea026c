//! Code blocks: a bar with a title or the language, highlighted code, marked and numbered lines.

use std::ops::RangeInclusive;

use super::containers::tab_markup;
use super::links::shortened;
use super::writer::{CodeBlock, NESTING, Writer};
use crate::diag::codes::document as codes;
use crate::load::markdown::fence::{self, Fence};
use crate::render::highlight::display_name;
use crate::render::html::{attribute, push_escaped};

/// Languages in which a line is a command when a prompt stands before it.
const SESSIONS: &[&str] = &["console", "shell-session", "shellsession", "terminal", "sh-session"];

/// One line of a code block, as it is shown.
#[derive(Default)]
struct Line {
    html: String,
    marked: bool,
    added: bool,
    removed: bool,
}

impl Writer<'_> {
    pub(super) fn end_code_block(&mut self) {
        let Some(block) = self.code.take() else { return };
        let fence = block.info.as_deref().map(fence::parse).unwrap_or_default();
        self.report_words(&fence, &block);
        let tab = self.is_directly_in_tabs();
        if tab {
            let label = fence.title.clone().unwrap_or_else(|| self.language_name(&fence));
            self.html.push_str(&tab_markup(&label));
        }
        self.write_figure(&fence, &block, tab);
        if tab {
            self.html.push_str("</section>\n");
        }
    }

    fn write_figure(&mut self, fence: &Fence, block: &CodeBlock, in_tab: bool) {
        if self.open.len() >= 2 * NESTING {
            return self.push_text(&block.text);
        }
        let language = fence.language_of_diff.as_ref().filter(|_| fence.language == "diff").unwrap_or(&fence.language);
        let title = fence.title.as_ref().filter(|_| !in_tab);
        let bar = title.map_or_else(|| self.language_name(fence), |title| title.clone());
        self.html.push_str("<figure class=\"code\"");
        if !language.is_empty() {
            self.push_attribute("data-lang", language);
        }
        self.html.push_str("><figcaption class=\"code__bar\"><span class=\"code__title\">");
        self.push_text(&bar);
        self.html.push_str("</span></figcaption><pre tabindex=\"0\" role=\"group\"");
        self.push_attribute("aria-label", &bar);
        self.html.push_str("><code>");
        let code = self.code_html(fence, &block.text, language);
        self.html.push_str(&code);
        self.html.push_str("</code></pre></figure>\n");
    }

    fn language_name(&self, fence: &Fence) -> String {
        match fence.language.as_str() {
            "" | "text" | "txt" | "plain" | "plaintext" | "none" => self.options.words.code.clone(),
            language => display_name(language),
        }
    }

    /// The code's HTML; only a block with marks or numbers has an element a line.
    fn code_html(&self, fence: &Fence, text: &str, language: &str) -> String {
        let text = text.trim_end_matches('\n');
        let lines = source_lines(fence, text, language);
        let plain_code: Vec<&str> = lines.iter().map(|line| line.text).collect();
        let html = match SESSIONS.contains(&language) {
            true => plain_code.iter().map(|line| self.session_line(line)).collect::<Vec<_>>().join("\n"),
            false => self.options.highlighter.highlight(&plain_code.join("\n"), language).into_string(),
        };
        let needs_lines =
            fence.first_number.is_some() || lines.iter().any(|line| line.marked || line.added || line.removed);
        let marked = |line: &str| mark_texts(line, &fence.marked_text);
        if !needs_lines {
            return html.split('\n').map(marked).collect::<Vec<_>>().join("\n");
        }
        let rows = html.split('\n').zip(&lines).map(|(html, line)| Line {
            html: marked(html),
            marked: line.marked,
            added: line.added,
            removed: line.removed,
        });
        rows.enumerate().map(|(index, row)| row_html(&row, fence.first_number.map(|first| first + index))).collect()
    }

    /// One line of a shell session: the prompt is no part of what is copied, and output has no colours.
    fn session_line(&self, line: &str) -> String {
        let prompt = ["$ ", "# ", "> ", "% "].into_iter().find(|prompt| line.starts_with(prompt));
        let mut html = String::new();
        match prompt {
            Some(prompt) => {
                html.push_str("<span class=\"code__prompt\">");
                push_escaped(&mut html, prompt);
                html.push_str("</span>");
                html.push_str(self.options.highlighter.highlight(&line[prompt.len()..], "bash").as_str());
            }
            None => push_escaped(&mut html, line),
        }
        html
    }

    fn report_words(&mut self, fence: &Fence, block: &CodeBlock) {
        for word in &fence.unknown {
            let name = word.split('=').next().unwrap_or(word).to_lowercase();
            let help = fence::looks_like(&name).map(|near| format!("did you mean `{near}`?"));
            let message = format!("`{}` means nothing behind a code fence", shortened(word));
            let first_line = block.range.start..block.range.start + block.info.as_deref().map_or(0, str::len) + 3;
            self.problem(codes::UNKNOWN_CODE_WORD, first_line, message, help);
        }
    }
}

/// A line of the code as written, with its marks.
struct SourceLine<'a> {
    text: &'a str,
    marked: bool,
    added: bool,
    removed: bool,
}

/// The lines that are shown: without hidden ones, signs of a diff and comments that mark lines.
fn source_lines<'a>(fence: &Fence, text: &'a str, language: &str) -> Vec<SourceLine<'a>> {
    let mut lines = Vec::new();
    let mut comments = Comments::default();
    let signed = fence.language == "diff" && fence.language_of_diff.is_some();
    for (index, text) in text.split('\n').enumerate() {
        let number = index + 1;
        let boring = language == "rust" && (text == "#" || text.starts_with("# "));
        if boring || covers(&fence.hidden, number) || comments.is_mark(text) {
            continue;
        }
        let sign = text.chars().next().filter(|_| signed);
        let shown = if matches!(sign, Some('+' | '-' | ' ')) { &text[1..] } else { text };
        lines.push(SourceLine {
            text: shown,
            marked: covers(&fence.marked, number) || comments.marks_next(),
            added: covers(&fence.added, number) || sign == Some('+'),
            removed: covers(&fence.removed, number) || sign == Some('-'),
        });
    }
    lines
}

fn covers(ranges: &[RangeInclusive<usize>], line: usize) -> bool {
    ranges.iter().any(|range| range.contains(&line))
}

/// `// highlight-next-line`, `# highlight-start`, `<!-- highlight-end -->` of Docusaurus.
#[derive(Default)]
struct Comments {
    next: bool,
    inside: bool,
}

impl Comments {
    /// True for a line that is nothing but such a comment.
    fn is_mark(&mut self, line: &str) -> bool {
        let signs = ["//", "#", "/*", "<!--", "--", "{/*", "%", ";"];
        let line = line.trim();
        let Some(body) = signs.iter().find_map(|sign| line.strip_prefix(sign)) else { return false };
        match body.trim_end_matches(['*', '/', '}', '>', '-']).trim() {
            "highlight-next-line" => self.next = true,
            "highlight-start" => self.inside = true,
            "highlight-end" => self.inside = false,
            _ => return false,
        }
        true
    }

    fn marks_next(&mut self) -> bool {
        std::mem::take(&mut self.next) || self.inside
    }
}

fn row_html(row: &Line, number: Option<usize>) -> String {
    let mut class = String::from("code__line");
    for (is, modifier) in [(row.marked, "--mark"), (row.added, "--add"), (row.removed, "--del")] {
        if is {
            class.push_str(" code__line");
            class.push_str(modifier);
        }
    }
    let number = number.map_or(String::new(), |number| format!(" data-line=\"{number}\""));
    format!("<span class=\"{class}\"{number}>{}\n</span>", row.html)
}

/// Puts `<mark>` around texts in a line of highlighted HTML, in each span that they touch.
fn mark_texts(html: &str, texts: &[String]) -> String {
    let wanted: Vec<String> =
        texts.iter().filter(|text| !text.is_empty()).map(|text| attribute(text).into_string()).collect();
    if wanted.is_empty() {
        return html.to_string();
    }
    let pieces = pieces(html);
    let plain: String = pieces.iter().filter(|piece| !piece.starts_with('<')).copied().collect();
    let mut ranges: Vec<(usize, usize)> = wanted
        .iter()
        .flat_map(|text| plain.match_indices(text.as_str()).map(|(at, _)| (at, at + text.len())))
        .collect();
    ranges.sort_unstable();
    let mut out = String::with_capacity(html.len() + 32);
    let mut at = 0;
    for piece in pieces {
        match piece.starts_with('<') {
            true => out.push_str(piece),
            false => {
                push_marked(&mut out, piece, at, &ranges);
                at += piece.len();
            }
        }
    }
    out
}

/// Writes a text that begins at byte `at` of its line, with the parts in `ranges` marked.
fn push_marked(out: &mut String, piece: &str, at: usize, ranges: &[(usize, usize)]) {
    let mut from = at;
    for (begin, stop) in ranges {
        let (begin, stop) = ((*begin).max(from), (*stop).min(at + piece.len()));
        if begin < stop {
            out.push_str(&piece[from - at..begin - at]);
            out.push_str("<mark>");
            out.push_str(&piece[begin - at..stop - at]);
            out.push_str("</mark>");
            from = stop;
        }
    }
    out.push_str(&piece[from - at..]);
}

/// Parts HTML of the highlighter into tags and text.
fn pieces(html: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let end = match rest.starts_with('<') {
            true => rest.find('>').map_or(rest.len(), |end| end + 1),
            false => rest.find('<').unwrap_or(rest.len()),
        };
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces
}
