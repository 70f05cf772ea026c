//! Puts a tree together from what a reader meets: values, keys, and containers that open and close.
//!
//! All open containers share two stacks, so that a finished container is one exact allocation. Keys are unique when
//! a map closes: the first is kept, and the readers are told of the others. Knows nothing of any format.

use std::sync::Arc;

use super::intern::Interner;
use crate::model::Text;
use crate::model::node::{Entry, Node, Number, Span, Value};

/// Texts up to this many bytes are kept once a parse: they are mostly type names, references and numbers.
const SHARED_BYTES: usize = 40;

/// Maps up to this many entries are searched for equal keys pair by pair.
const PAIRWISE_ENTRIES: usize = 8;

/// A tree that is being read.
pub(super) struct Builder {
    file: u32,
    names: Interner,
    frames: Vec<Frame>,
    nodes: Vec<Node>,
    entries: Vec<Entry>,
    /// The number of each entry's key.
    keys: Vec<u32>,
    /// For each number of a key: the map that had it last, and at which entry.
    marks: Vec<Mark>,
    maps: u32,
    root: Option<Node>,
    /// Keys that stood twice in a map; taken by the reader.
    pub(super) duplicates: Vec<Duplicate>,
}

/// A container that is not closed yet.
struct Frame {
    is_map: bool,
    /// A key was read and its value was not.
    key_waits: bool,
    /// Where its part of the stack begins.
    begin: usize,
    /// The first byte of the container.
    start: u32,
    /// The byte after the last thing that was read in it.
    end: u32,
    measure: Measure,
}

/// How large a value is once aliases are written out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    /// Nodes: the value itself and everything in it.
    pub(super) nodes: usize,
    /// Containers inside one another: 0 for a scalar.
    pub(super) height: usize,
}

impl Measure {
    /// A value that holds no other.
    pub(super) const SCALAR: Measure = Measure { nodes: 1, height: 0 };

    fn add(&mut self, inner: Measure) {
        self.nodes = self.nodes.saturating_add(inner.nodes);
        self.height = self.height.max(inner.height + 1);
    }
}

#[derive(Clone, Copy, Default)]
struct Mark {
    map: u32,
    entry: u32,
}

/// The same key twice in one map.
pub(super) struct Duplicate {
    /// The key.
    pub(super) key: Text,
    /// Where it stands first.
    pub(super) first: Span,
    /// Where it stands again.
    pub(super) second: Span,
}

impl Builder {
    /// Begins a tree whose spans name this file.
    pub(super) fn new(file: u32) -> Builder {
        Builder {
            file,
            names: Interner::new(),
            frames: Vec::new(),
            nodes: Vec::new(),
            entries: Vec::new(),
            keys: Vec::new(),
            marks: Vec::new(),
            maps: 0,
            root: None,
            duplicates: Vec::new(),
        }
    }

    /// Returns the span of a byte range.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    /// Returns how many containers are open.
    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Returns true when the innermost open container is a map.
    pub(super) fn in_map(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.is_map)
    }

    /// Returns the byte after the last thing that was read in the innermost open container.
    pub(super) fn read_up_to(&self) -> Option<usize> {
        self.frames.last().map(|frame| frame.end as usize)
    }

    /// Returns true when the innermost open container is a map whose next value belongs to no key yet.
    pub(super) fn wants_key(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.is_map && !frame.key_waits)
    }

    /// Returns the first byte of the innermost open container.
    pub(super) fn opened_at(&self) -> Option<usize> {
        self.frames.last().map(|frame| frame.start as usize)
    }

    /// Returns a text, shared with every equal one when it is short.
    pub(super) fn text(&mut self, text: &str) -> Text {
        if text.len() > SHARED_BYTES {
            return text.into();
        }
        let number = self.names.number(text);
        self.names.text(number)
    }

    /// Returns a number whose JSON spelling is what the author wrote.
    pub(super) fn number(&mut self, written: &str) -> Value {
        let json = self.text(written);
        Value::Number(Number { written: Text::clone(&json), json })
    }

    /// Opens a list at a byte.
    pub(super) fn open_list(&mut self, start: usize) {
        self.open(false, self.nodes.len(), start);
    }

    /// Opens a map at a byte.
    pub(super) fn open_map(&mut self, start: usize) {
        self.open(true, self.entries.len(), start);
    }

    fn open(&mut self, is_map: bool, begin: usize, start: usize) {
        let measure = Measure { nodes: 1, height: 0 };
        self.frames.push(Frame { is_map, key_waits: false, begin, start: start as u32, end: start as u32, measure });
    }

    /// Takes the next key of the innermost map.
    pub(super) fn key(&mut self, key: &str, span: Span) {
        let number = self.names.number(key);
        let value = Node { value: Value::Null, span };
        self.entries.push(Entry { key: self.names.text(number), key_span: span, value });
        self.keys.push(number);
        if let Some(frame) = self.frames.last_mut() {
            frame.key_waits = true;
            frame.end = span.end;
        }
    }

    /// Takes a value that holds no other: the next item of a list, the value of the last key, or the whole tree.
    pub(super) fn scalar(&mut self, value: Value, span: Span) {
        self.node(Node { value, span }, span.end, Measure::SCALAR);
    }

    /// Takes a whole value that ends at a byte of the open container.
    pub(super) fn node(&mut self, node: Node, end: u32, measure: Measure) {
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.measure.add(measure);
        frame.end = frame.end.max(end);
        if !frame.is_map {
            self.nodes.push(node);
        } else if frame.key_waits {
            frame.key_waits = false;
            if let Some(entry) = self.entries.last_mut() {
                entry.value = node;
            }
        }
    }

    /// Closes the innermost container; `end` is the byte after it, `None` when its last part ends it.
    pub(super) fn close(&mut self, end: Option<usize>) -> Measure {
        self.drop_waiting_key();
        let Some(frame) = self.frames.pop() else { return Measure::SCALAR };
        let end = end.map_or(frame.end, |end| end as u32);
        let value = if frame.is_map {
            self.drop_repeated_keys(frame.begin);
            self.keys.truncate(frame.begin);
            Value::Map(self.entries.drain(frame.begin..).collect::<Arc<[Entry]>>())
        } else {
            Value::List(self.nodes.drain(frame.begin..).collect::<Arc<[Node]>>())
        };
        let span = Span { file: self.file, start: frame.start, end };
        self.node(Node { value, span }, end, frame.measure);
        frame.measure
    }

    /// Forgets the last key of the innermost map when its value never came.
    pub(super) fn drop_waiting_key(&mut self) {
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.key_waits) {
            frame.key_waits = false;
            self.take_last_entry();
        }
    }

    /// Closes every open container where reading stopped, and returns the tree; `null` when nothing was read.
    pub(super) fn finish(&mut self) -> Node {
        while self.depth() > 0 {
            self.close(None);
        }
        self.root.take().unwrap_or(Node { value: Value::Null, span: self.span(0, 0) })
    }

    /// Returns the value that was read last, while its container is open or when it is the whole tree.
    pub(super) fn last_value(&self) -> Option<&Node> {
        match self.frames.last() {
            None => self.root.as_ref(),
            Some(frame) if frame.is_map => self.entries.last().map(|entry| &entry.value),
            Some(_) => self.nodes.last(),
        }
    }

    /// Adds the entries of other maps whose keys the innermost map does not have yet, without a word about the rest.
    pub(super) fn merge<'n>(&mut self, maps: impl Iterator<Item = &'n Node>) {
        let Some(begin) = self.frames.last().filter(|frame| frame.is_map).map(|frame| frame.begin) else { return };
        self.drop_repeated_keys(begin);
        let own = self.mark_keys(begin);
        for entry in maps.flat_map(Node::entries) {
            let number = self.names.number(&entry.key);
            self.marks.resize(self.names.len().max(self.marks.len()), Mark::default());
            let mark = &mut self.marks[number as usize];
            if mark.map != own {
                *mark = Mark { map: own, entry: self.entries.len() as u32 };
                self.entries.push(entry.clone());
                self.keys.push(number);
            }
        }
    }

    /// Takes the last entry of the innermost map out again.
    pub(super) fn take_last_entry(&mut self) -> Option<Entry> {
        self.keys.pop();
        self.entries.pop()
    }

    fn mark_keys(&mut self, begin: usize) -> u32 {
        self.maps += 1;
        self.marks.resize(self.names.len().max(self.marks.len()), Mark::default());
        for (entry, key) in self.keys.iter().enumerate().skip(begin) {
            self.marks[*key as usize] = Mark { map: self.maps, entry: entry as u32 };
        }
        self.maps
    }

    fn drop_repeated_keys(&mut self, begin: usize) {
        let keys = &self.keys[begin..];
        let repeated = if keys.len() <= PAIRWISE_ENTRIES {
            keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key))
        } else {
            self.has_marked_twice(begin)
        };
        if repeated {
            self.drop_marked_twice(begin);
        }
    }

    fn has_marked_twice(&mut self, begin: usize) -> bool {
        self.maps += 1;
        self.marks.resize(self.names.len().max(self.marks.len()), Mark::default());
        for key in &self.keys[begin..] {
            let mark = &mut self.marks[*key as usize];
            if mark.map == self.maps {
                return true;
            }
            mark.map = self.maps;
        }
        false
    }

    fn drop_marked_twice(&mut self, begin: usize) {
        self.maps += 1;
        self.marks.resize(self.names.len().max(self.marks.len()), Mark::default());
        let mut kept = begin;
        for at in begin..self.entries.len() {
            let mark = &mut self.marks[self.keys[at] as usize];
            if mark.map == self.maps {
                let first = self.entries[mark.entry as usize].key_span;
                let Entry { key, key_span: second, .. } = &self.entries[at];
                self.duplicates.push(Duplicate { key: Text::clone(key), first, second: *second });
                continue;
            }
            *mark = Mark { map: self.maps, entry: kept as u32 };
            self.entries.swap(kept, at);
            self.keys.swap(kept, at);
            kept += 1;
        }
        self.entries.truncate(kept);
        self.keys.truncate(kept);
    }
}
