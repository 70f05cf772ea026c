//! One pass over the lines of a text: finds container lines, takes indentation away, drops module statements.
//!
//! The pass is rough on purpose (it tracks code fences by line); `prepare` holds its result against the CommonMark
//! parser and tells it which lines to leave alone.

use std::collections::BTreeSet;
use std::ops::Range;

use super::directive::{Directive, Edge, Fold, Spelling, parse_colons, parse_indented};
use super::jsx;
use super::prepare::{Dialect, Prepared, Segment};

/// The state of one pass.
pub(super) struct Scanner<'a> {
    text: &'a str,
    dialect: Dialect,
    /// Starts of lines that are no containers.
    none: &'a BTreeSet<usize>,
    at: usize,
    out: String,
    segments: Vec<Segment>,
    markers: Vec<(usize, Directive)>,
    modules: Vec<Range<usize>>,
    frames: Vec<Frame>,
    fence: Option<Fence>,
    /// True when the line before was blank, or there was none.
    after_blank: bool,
    /// True while an HTML block may run, which only a blank line ends.
    in_html: bool,
}

/// Containers inside one another that are looked for; deeper ones stay text.
const DEPTH: usize = 64;

/// An open container whose body is shifted.
struct Frame {
    body: Body,
    /// Columns of indentation that its lines lose; `None` until its first line is seen.
    strip: Option<usize>,
    /// Columns that its lines get instead.
    base: usize,
}

enum Body {
    /// Lasts as long as lines are indented by this many columns.
    Indented { columns: usize },
    /// Holds neighbouring `===` blocks of this indentation together.
    Tabs { columns: usize },
    /// Lasts until `</name>`.
    Tag { name: String },
}

struct Fence {
    mark: u8,
    length: usize,
    /// How many frames were open: a frame that ends takes its code block with it.
    depth: usize,
}

/// One line, measured.
#[derive(Clone, Copy)]
struct Line<'a> {
    start: usize,
    end: usize,
    /// Without indentation and line end.
    content: &'a str,
    content_at: usize,
    columns: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect, none: &'a BTreeSet<usize>) -> Scanner<'a> {
        Scanner {
            text,
            dialect,
            none,
            at: 0,
            out: String::new(),
            segments: Vec::new(),
            markers: Vec::new(),
            modules: Vec::new(),
            frames: Vec::new(),
            fence: None,
            after_blank: true,
            in_html: false,
        }
    }

    /// Scans the whole text; `None` when nothing in it can be a container.
    pub(super) fn run(mut self) -> Option<Prepared<'static>> {
        let description = self.dialect == Dialect::Description;
        if (description && !self.text.contains(":::")) || !self.text.lines().any(|line| may_change(line, self.dialect))
        {
            return None;
        }
        self.out.reserve(self.text.len() + 64);
        while self.at < self.text.len() {
            let line = self.line(self.at);
            self.at = line.end;
            self.take(line);
        }
        while !self.frames.is_empty() {
            self.close_frame(self.text.len());
        }
        Some(Prepared::changed(self.out, self.markers, self.modules, self.segments))
    }

    fn line(&self, start: usize) -> Line<'a> {
        let end = self.text[start..].find('\n').map_or(self.text.len(), |newline| start + newline + 1);
        let whole = &self.text[start..end];
        let content = whole.trim_start_matches([' ', '\t']);
        let content_at = end - content.len();
        let columns = columns(&whole[..content_at - start]);
        Line { start, end, content: content.trim_end(), content_at, columns }
    }

    fn take(&mut self, line: Line<'a>) {
        if line.content.is_empty() {
            self.after_blank = true;
            self.in_html = false;
            return self.emit(line.content_at..line.end, 0);
        }
        self.close_frames_before(&line);
        self.settle_strip(&line);
        if self.in_fence(&line) || self.none.contains(&line.start) || !self.take_special(&line) {
            self.in_html |= line.content.starts_with('<');
            self.emit_line(&line);
        }
        self.after_blank = false;
    }

    /// Takes a line that is not text: true when it did.
    fn take_special(&mut self, line: &Line<'a>) -> bool {
        if let Some((prefix, directive)) = self.colon_line(line) {
            self.emit_marker(line, prefix, directive);
            return true;
        }
        if self.dialect == Dialect::Description {
            return false;
        }
        self.take_indented(line) || self.take_module(line) || self.take_tags(line) || self.take_markdown_html(line)
    }

    /// `<div markdown>` of MkDocs: what follows is Markdown, and so needs a blank line before it.
    fn take_markdown_html(&mut self, line: &Line<'a>) -> bool {
        let is_tag = line.content.starts_with('<') && line.content.ends_with('>') && line.content.contains(" markdown");
        let is_plain = is_tag && jsx::has_markdown_attribute(line.content);
        if is_plain {
            self.emit_line(line);
            self.out.push('\n');
        }
        is_plain
    }

    /// A `:::` line, also as the first thing of a list item; with the bytes of the list mark.
    fn colon_line(&self, line: &Line<'a>) -> Option<(Range<usize>, Directive)> {
        let mark = list_mark(line.content);
        let rest = &line.content[mark..];
        let start = line.content_at + mark;
        let directive = parse_colons(rest, line.start..start + rest.len())?;
        (mark == 0 || directive.edge != Edge::Close).then_some((line.content_at..start, directive))
    }

    fn take_indented(&mut self, line: &Line<'a>) -> bool {
        let Some(directive) = parse_indented(line.content, line.start..line.content_at + line.content.len()) else {
            return false;
        };
        if self.frames.len() >= DEPTH {
            return false;
        }
        let has_body = self.next_line_with_text(line.end).is_some_and(|next| next.columns >= line.columns + 4);
        if !has_body && directive.title.is_none() {
            return false;
        }
        let in_group =
            matches!(self.frames.last(), Some(Frame { body: Body::Tabs { columns }, .. }) if *columns == line.columns);
        if directive.name == "tab" && !in_group {
            self.open_tabs(line);
        }
        let base = self.indentation(line);
        self.emit_marker(line, 0..0, directive);
        let columns = line.columns + 4;
        self.frames.push(Frame { body: Body::Indented { columns }, strip: Some(columns), base });
        true
    }

    fn open_tabs(&mut self, line: &Line<'a>) {
        let base = self.indentation(line);
        let group = synthetic(Edge::Open, "tabs", line.start);
        self.emit_marker(line, 0..0, group);
        self.frames.push(Frame { body: Body::Tabs { columns: line.columns }, strip: Some(line.columns), base });
    }

    /// `import …` and `export …` of MDX, up to the blank line or the end of the statement; and `{/* comments */}`.
    fn take_module(&mut self, line: &Line<'a>) -> bool {
        let Some(end) = jsx::module_end(self.text, line.content_at, line.content, self.dialect == Dialect::Mdx) else {
            return false;
        };
        let is_comment = line.content.starts_with('{');
        if !is_comment && !(line.columns == 0 && (self.after_blank || self.modules_end_at(line.start))) {
            return false;
        }
        if !is_comment {
            self.modules.push(line.start..end);
        }
        self.at = self.line_end(end);
        true
    }

    fn modules_end_at(&self, start: usize) -> bool {
        self.modules.last().is_some_and(|last| self.line_end(last.end) == start)
    }

    /// Component tags at the beginning of a line, and the closing tag of an open one at its end.
    fn take_tags(&mut self, line: &Line<'a>) -> bool {
        let mut at = line.content_at;
        let mut first = true;
        while let Some(tag) = jsx::tag_at(self.text, at).filter(|tag| self.is_component(tag)) {
            self.emit_tag(line, tag.clone());
            at = tag.range.end;
            let rest = &self.text[at..self.line_end(at)];
            at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            first = false;
        }
        if first && !self.ends_with_open_tag(line.content) {
            return false;
        }
        let end = self.line_end(at);
        self.at = end;
        self.take_tail(line, at..end);
        true
    }

    /// What follows the tags of a line: text, perhaps with a closing tag behind it.
    fn take_tail(&mut self, line: &Line<'a>, range: Range<usize>) {
        let text = self.text[range.clone()].trim_end();
        if text.is_empty() {
            return;
        }
        if let Some(cut) = self.open_tag_in(text) {
            let indentation = self.indentation(line);
            self.emit(range.start..range.start + cut, indentation);
            self.out.push('\n');
            let rest = Line { content_at: range.start + cut, content: &text[cut..], ..*line };
            if !self.take_tags(&rest) {
                self.emit(range.start + cut..range.end, indentation);
            }
            return;
        }
        let indentation = self.indentation(line);
        self.emit(range, indentation);
    }

    fn ends_with_open_tag(&self, content: &str) -> bool {
        content.ends_with('>') && self.open_tag_in(content).is_some_and(|cut| cut > 0)
    }

    /// Where the closing tag of an open component begins in a line that ends with it.
    fn open_tag_in(&self, text: &str) -> Option<usize> {
        let cut = text.rfind("</")?;
        let name = text[cut + 2..].strip_suffix('>')?.to_lowercase();
        let is_open = |frame: &Frame| matches!(&frame.body, Body::Tag { name: open } if *open == name);
        self.frames.iter().any(is_open).then_some(cut)
    }

    /// True for tags that are containers here: known components anywhere, unknown ones in MDX, ends of open ones.
    fn is_component(&self, tag: &Directive) -> bool {
        if self.none.contains(&tag.range.start) {
            return false;
        }
        let is_open = |frame: &Frame| matches!(&frame.body, Body::Tag { name } if *name == tag.name);
        let known = super::directive::role_of(&tag.name) != super::directive::Role::Unknown;
        match tag.edge {
            Edge::Close => self.frames.iter().any(is_open) || self.dialect == Dialect::Mdx,
            Edge::Open if self.frames.len() >= DEPTH => false,
            Edge::Open | Edge::Leaf => known || self.dialect == Dialect::Mdx,
        }
    }

    fn emit_tag(&mut self, line: &Line<'a>, tag: Directive) {
        if std::mem::take(&mut self.in_html) {
            self.out.push('\n');
        }
        match tag.edge {
            Edge::Open => {
                let base = self.indentation(line);
                let name = tag.name.clone();
                self.emit_marker(line, 0..0, tag);
                self.frames.push(Frame { body: Body::Tag { name }, strip: None, base });
            }
            Edge::Close => {
                let is_open = |frame: &Frame| matches!(&frame.body, Body::Tag { name } if *name == tag.name);
                if let Some(at) = self.frames.iter().rposition(is_open) {
                    while self.frames.len() > at + 1 {
                        self.close_frame(line.start);
                    }
                    self.frames.pop();
                }
                self.emit_marker(line, 0..0, tag);
            }
            Edge::Leaf => self.emit_marker(line, 0..0, tag),
        }
    }

    /// Ends the indented containers that this line is not indented enough for.
    fn close_frames_before(&mut self, line: &Line<'a>) {
        while let Some(frame) = self.frames.last() {
            let over = match &frame.body {
                Body::Indented { columns } => line.columns < *columns,
                Body::Tabs { columns } => {
                    let next_tab = || parse_indented(line.content, 0..0).is_some_and(|d| d.name == "tab");
                    line.columns < *columns || (line.columns == *columns && !next_tab()) || line.columns > *columns
                }
                Body::Tag { .. } => false,
            };
            if !over {
                return;
            }
            self.close_frame(line.start);
        }
    }

    /// Closes the innermost frame; an indented one gets the marker of its end.
    fn close_frame(&mut self, at: usize) {
        let Some(frame) = self.frames.pop() else { return };
        if self.fence.as_ref().is_some_and(|fence| fence.depth > self.frames.len()) {
            self.fence = None;
        }
        if let Body::Indented { .. } | Body::Tabs { .. } = frame.body {
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.push_marker(frame.base, at..at, synthetic(Edge::Close, "", at));
        }
    }

    /// The first line inside a component tells how far its body is indented.
    fn settle_strip(&mut self, line: &Line<'a>) {
        if let Some(frame) = self.frames.last_mut()
            && frame.strip.is_none()
        {
            frame.strip = Some(line.columns);
        }
    }

    /// True for lines of fenced code, its fences included.
    fn in_fence(&mut self, line: &Line<'a>) -> bool {
        let skipped = if self.fence.is_some() { 0 } else { list_mark(line.content) };
        let content = &line.content[skipped..];
        let mark = content.bytes().next().unwrap_or(b' ');
        let length = content.bytes().take_while(|&byte| byte == mark).count();
        let is_fence = (mark == b'`' || mark == b'~') && length >= 3;
        match &self.fence {
            Some(fence) => {
                let closes = is_fence && mark == fence.mark && length >= fence.length;
                if closes && content[length..].trim().is_empty() {
                    self.fence = None;
                }
                true
            }
            None if is_fence && !(mark == b'`' && content[length..].contains('`')) => {
                self.fence = Some(Fence { mark, length, depth: self.frames.len() });
                true
            }
            None => false,
        }
    }

    fn next_line_with_text(&self, from: usize) -> Option<Line<'a>> {
        let mut at = from;
        while at < self.text.len() {
            let line = self.line(at);
            if !line.content.is_empty() {
                return Some(line);
            }
            at = line.end;
        }
        None
    }

    fn line_end(&self, from: usize) -> usize {
        self.text[from..].find('\n').map_or(self.text.len(), |newline| from + newline + 1)
    }

    /// Columns of indentation that a line has in the prepared text.
    fn indentation(&self, line: &Line<'a>) -> usize {
        match self.frames.last() {
            Some(frame) => frame.base + line.columns.saturating_sub(frame.strip.unwrap_or(line.columns)),
            None => line.columns,
        }
    }

    fn emit_line(&mut self, line: &Line<'a>) {
        match self.frames.is_empty() {
            true => self.emit(line.start..line.end, 0),
            false => {
                let indentation = self.indentation(line);
                self.emit(line.content_at..line.end, indentation);
            }
        }
    }

    fn emit(&mut self, range: Range<usize>, indentation: usize) {
        self.push_spaces(indentation, range.start);
        let here = self.out.len();
        let continues = self
            .segments
            .last()
            .is_some_and(|last| last.there + last.length == range.start && last.here + last.length == here);
        match self.segments.last_mut() {
            Some(last) if continues => last.length += range.len(),
            _ => self.segments.push(Segment { here, there: range.start, length: range.len() }),
        }
        self.out.push_str(&self.text[range]);
    }

    fn push_spaces(&mut self, count: usize, there: usize) {
        if count > 0 {
            self.segments.push(Segment { here: self.out.len(), there, length: 0 });
            self.out.extend(std::iter::repeat_n(' ', count));
        }
    }

    fn emit_marker(&mut self, line: &Line<'a>, prefix: Range<usize>, directive: Directive) {
        let indentation = self.indentation(line);
        let written = directive.range.clone();
        match prefix.is_empty() {
            true => self.push_marker(indentation, written, directive),
            false => {
                self.emit(prefix, indentation);
                self.push_marker(0, written, directive);
            }
        }
    }

    fn push_marker(&mut self, indentation: usize, written: Range<usize>, directive: Directive) {
        self.push_spaces(indentation, written.start);
        let here = self.out.len();
        self.segments.push(Segment { here, there: written.start, length: written.len() });
        self.out.push_str(&format!("<?{}?>\n", self.markers.len()));
        self.markers.push((here, directive));
    }
}

/// A container's edge that no line of its own stands for.
fn synthetic(edge: Edge, name: &str, at: usize) -> Directive {
    Directive {
        edge,
        spelling: Spelling::Indented,
        name: name.into(),
        written_name: name.into(),
        title: None,
        attributes: Vec::new(),
        fold: Fold::Never,
        range: at..at,
    }
}

/// True when a line could be anything but CommonMark.
fn may_change(line: &str, dialect: Dialect) -> bool {
    let content = line.trim_start_matches([' ', '\t']);
    if content[list_mark(content)..].starts_with(":::") {
        return true;
    }
    if dialect == Dialect::Description {
        return false;
    }
    let starts = ["!!! ", "??? ", "???+ ", "=== \"", "===! \"", "===+ \"", "import ", "{/*"];
    let tag = content.strip_prefix("</").or_else(|| content.strip_prefix('<'));
    starts.iter().any(|start| content.starts_with(start))
        || (dialect == Dialect::Mdx && content.starts_with("export "))
        || (content.starts_with('<') && content.contains(" markdown"))
        || tag.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
}

/// Bytes of a list mark and the white space behind it at the beginning of a line; 0 when there is none.
fn list_mark(content: &str) -> usize {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match content.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) => digits + 1,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        _ => return 0,
    };
    let spaces = content[mark..].bytes().take_while(|&byte| byte == b' ').count();
    if (1..=4).contains(&spaces) { mark + spaces } else { 0 }
}

/// Columns of white space, a tab reaching to the next multiple of four (CommonMark 0.31, section 2.2).
fn columns(indentation: &str) -> usize {
    indentation.bytes().fold(0, |columns, byte| if byte == b'\t' { columns / 4 * 4 + 4 } else { columns + 1 })
}
