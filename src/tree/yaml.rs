//! Reads YAML 1.2 with the core schema, from the events of `granit-parser`.
//!
//! Adds to the events what they leave open: which scalars are numbers, what tags, aliases and merge keys stand for,
//! unique keys, and limits on depth and on what aliases expand to. At a syntax error it closes what is open and
//! returns what it has. A text of several documents gives its first one.

mod alias;
mod mend;
mod tag;
mod words;

use std::ops::Range;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle, Tag};

use self::alias::Anchors;
use self::mend::{Failure, Mend, Mended};
use super::build::{Builder, Measure};
use super::problems::Problems;
use crate::diag::codes::tree::{YAML_DOCUMENTS, YAML_KEY};
use crate::diag::{Diagnostic, SourceText};
use crate::model::node::{Node, Value};
use crate::model::settings::Limits;

/// Parses a YAML text.
///
/// Reports `yaml-syntax`, `yaml-alias`, `yaml-key`, `yaml-merge`, `yaml-tag`, `yaml-indent`, `yaml-documents`,
/// `duplicate-key`, `limit-depth` and `limit-aliases`. Returns what could be read; `null` when nothing could.
pub fn parse(source: &Arc<SourceText>, file: u32, limits: &Limits, problems: &mut Vec<Diagnostic>) -> Node {
    parse_at(source, 0..source.text.len(), file, limits, problems)
}

/// Parses a byte range of a file as YAML: the front matter of a document. Spans and places are those of the file.
pub fn parse_at(
    source: &Arc<SourceText>,
    range: Range<usize>,
    file: u32,
    limits: &Limits,
    problems: &mut Vec<Diagnostic>,
) -> Node {
    let Some(text) = source.text.get(range.clone()) else { return Builder::new(file).finish() };
    let before = problems.len();
    let mut mend: Option<Mend> = None;
    loop {
        let (parsed, mended) = mend.as_ref().map_or((text, &[][..]), |mend| (&mend.text, &mend.mended));
        let mut reader = Reader {
            text,
            mended,
            base: range.start,
            depth: super::depth_limit(limits),
            tree: Builder::new(file),
            frames: Vec::new(),
            anchors: Anchors::new(limits, text),
            skip: None,
            problems: Problems::new(source, problems),
        };
        let (root, failure) = reader.document(parsed);
        let Some(failure) = failure else { return root };
        if !mend.get_or_insert_with(|| Mend::new(text)).again(text, &failure) {
            return root;
        }
        problems.truncate(before);
    }
}

struct Reader<'a> {
    text: &'a str,
    /// The quoted texts that the parser is given in another form.
    mended: &'a [Mended],
    /// Where the text begins in its file.
    base: usize,
    depth: usize,
    tree: Builder,
    /// The open containers of the tree, with what only YAML has.
    frames: Vec<Frame>,
    anchors: Anchors,
    skip: Option<Skip>,
    problems: Problems<'a>,
}

#[derive(Default)]
struct Frame {
    /// The number of the container's anchor, 0 for none.
    anchor: usize,
    /// The last key was `<<`.
    merges_next: bool,
    /// The values of the `<<` keys.
    merges: Vec<Node>,
}

/// A container that is stepped over: a key that is no text, or one that stands too deep.
struct Skip {
    open: usize,
    start: usize,
    is_key: bool,
}

impl Reader<'_> {
    /// Reads the first document; gives the failure of the parser, which has been reported, with it.
    fn document(&mut self, parsed: &str) -> (Node, Option<Failure>) {
        if !self.problems.can_be_read() {
            return (self.tree.finish(), None);
        }
        let failure = self.events(parsed).err();
        while let Some(frame) = self.frames.pop() {
            self.close(frame, None);
        }
        let root = self.tree.finish();
        self.problems.duplicates(std::mem::take(&mut self.tree.duplicates));
        self.report_mended();
        (root, failure)
    }

    fn events(&mut self, parsed: &str) -> Result<(), Failure> {
        let options = granit_parser::options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            flow_nesting_limit: self.depth,
            block_nesting_limit: self.depth,
        };
        let mut parser = Parser::new_from_str_with_options(parsed, options);
        let mut documents = 0;
        let mut last = self.base;
        while let Some(next) = parser.next_event() {
            let (event, span) = match next {
                Ok(next) => next,
                Err(error) => return Err(self.syntax_error(&error, last)),
            };
            let range = self.range(&span, last);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents == 2 {
                        self.second_document(range, parser.next_event());
                        return Ok(());
                    }
                }
                event => self.event(event, range.clone()),
            }
            last = last.max(range.end);
        }
        Ok(())
    }

    /// Returns the bytes of the file that a span of the parser covers.
    fn range(&self, span: &granit_parser::Span, fallback: usize) -> Range<usize> {
        let start = span.start.byte_offset().map_or(fallback, |at| self.base + at);
        let end = span.end.byte_offset().map_or(start, |at| self.base + at);
        start..end.max(start)
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.skip.is_some() {
            return self.step_over(&event, range);
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), range),
            Event::SequenceStart(_, anchor, _) => self.open(anchor, range, Builder::open_list),
            Event::MappingStart(_, anchor, _) => self.open(anchor, range, Builder::open_map),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(frame) = self.frames.pop() {
                    // The end of a block collection is where the next thing begins, after blank lines and comments.
                    self.close(frame, (!range.is_empty()).then_some(range.end));
                }
            }
            Event::Alias(id) => self.alias(id, range),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, range),
            _ => {}
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, tag: Option<&Tag>, range: Range<usize>) {
        let mut range = self.trimmed(range);
        let unmended = self.unmended(text, &range);
        let mut text = unmended.as_deref().unwrap_or(text);
        if range.is_empty() && style == ScalarStyle::Plain {
            // The parser writes `~` for a value that is not there, and places it where the next thing begins.
            text = "";
            let key_end = self.tree.read_up_to().filter(|_| self.tree.in_map() && !self.tree.wants_key());
            range = key_end.map_or(range, |end| end..end);
        }
        let span = self.tree.span(range.start, range.end);
        if self.tree.wants_key() {
            let merges = text == "<<" && style == ScalarStyle::Plain && tag.is_none_or(tag::is_merge);
            if let Some(frame) = self.frames.last_mut() {
                frame.merges_next = merges;
            }
            self.tree.key(text, span);
            if anchor > 0 {
                let value = Value::String(self.tree.text(text));
                self.anchors.define(anchor, Node { value, span }, Measure::SCALAR);
            }
            return;
        }
        let value = self.scalar_value(text, style, tag, range);
        self.tree.scalar(value, span);
        self.finished(anchor, Measure::SCALAR);
    }

    /// Returns the text of a byte range of the file.
    fn slice(&self, range: &Range<usize>) -> &str {
        let end = range.end.saturating_sub(self.base);
        self.text.get(range.start.saturating_sub(self.base)..end).unwrap_or("")
    }

    /// Leaves out the line breaks that a block scalar ends with.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.slice(&range);
        range.start..range.start + text.trim_end_matches(['\n', '\r', ' ', '\t']).len()
    }

    fn open(&mut self, anchor: usize, range: Range<usize>, open: fn(&mut Builder, usize)) {
        let is_key = self.tree.wants_key();
        if !is_key && self.tree.depth() < self.depth {
            open(&mut self.tree, range.start);
            self.frames.push(Frame { anchor, ..Frame::default() });
            return;
        }
        if !is_key {
            self.problems.too_deep(range.start, self.depth);
        }
        self.skip = Some(Skip { open: 1, start: range.start, is_key });
    }

    fn close(&mut self, frame: Frame, end: Option<usize>) {
        self.tree.drop_waiting_key();
        if !frame.merges.is_empty() {
            // Of several, earlier ones win.
            let listed =
                |value| -> &[Node] { if Node::is_map(value) { std::slice::from_ref(value) } else { value.items() } };
            self.tree.merge(frame.merges.iter().flat_map(listed));
        }
        let measure = self.tree.close(end);
        self.finished(frame.anchor, measure);
    }

    /// Does what a whole value calls for: its anchor can be used, and it may be the value of a `<<`.
    fn finished(&mut self, anchor: usize, measure: Measure) {
        if anchor > 0
            && let Some(node) = self.tree.last_value()
        {
            self.anchors.define(anchor, node.clone(), measure);
        }
        if let Some(frame) = self.frames.last_mut()
            && std::mem::take(&mut frame.merges_next)
        {
            self.take_merge();
        }
    }

    fn step_over(&mut self, event: &Event<'_>, range: Range<usize>) {
        let Some(skip) = &mut self.skip else { return };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => skip.open += 1,
            Event::SequenceEnd | Event::MappingEnd => skip.open -= 1,
            _ => {}
        }
        if skip.open > 0 {
            return;
        }
        let Skip { start, is_key, .. } = *skip;
        self.skip = None;
        let range = self.trimmed(start..range.end);
        if is_key {
            return self.odd_key(range);
        }
        let span = self.tree.span(range.start, range.end);
        self.tree.scalar(Value::Null, span);
        self.finished(0, Measure::SCALAR);
    }

    /// Takes a list or a mapping that is a key as the text it was written as.
    fn odd_key(&mut self, range: Range<usize>) {
        let span = self.tree.span(range.start, range.end);
        let text = self.slice(&range).to_owned();
        self.tree.key(&text, span);
        let diagnostic = self.problems.at(YAML_KEY, range, "this key is no text; it is used as it is written");
        self.problems
            .push(diagnostic.help("write a text as the key; put a text that begins with `{` or `[` in quotes"));
    }

    fn second_document(&mut self, range: Range<usize>, first: Option<granit_parser::ParseResult<'_>>) {
        if let Some(Ok((Event::Scalar(text, ScalarStyle::Plain, 0, None), span))) = first
            && text == "~"
            && span.start == span.end
        {
            return;
        }
        let diagnostic =
            self.problems.at(YAML_DOCUMENTS, range, "a second document begins here; only the first one is used");
        self.problems.push(diagnostic.help("put it into a file of its own"));
    }
}
