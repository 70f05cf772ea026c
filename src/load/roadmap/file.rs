//! One ROADMAP.md: which of its sections, bullets and rows are items, and what stays prose.
//!
//! Made into items: sections with facts of their own (`**Status**: …`, a list of `Owner: …`, a table with one row),
//! rows of tables, tasks, bullets marked with signs, and what stands below a heading that is a status, a period or a
//! release. A file with nothing of the kind stays prose, and so does every block that is no part of an item.

use std::ops::Range;

use super::draft::{self, Draft};
use super::fields::{self, Fields, Table};
use super::heading::{self, Meaning};
use super::status;
use super::target::When;
use crate::load::blocks::{Block, Kind, trim};
use crate::model::roadmap::Status;

/// What a file gives: items in its order, and the byte ranges that are prose.
#[derive(Debug, Default)]
pub struct Found {
    /// The items.
    pub items: Vec<Draft>,
    /// What is no item.
    pub prose: Vec<Range<usize>>,
}

/// Finds the items among the blocks of a file.
pub fn find(text: &str, blocks: &[Block]) -> Found {
    let sections = sections(blocks);
    let title = sections.iter().find(|section| section.level == 1).map(|section| section.words());
    let (when, year) = title.map_or((None, None), heading::read_title);
    let meanings: Vec<Meaning> = sections.iter().map(|section| heading::read(section.words(), year)).collect();
    let facts: Vec<Fields> = sections.iter().map(|section| fields::of_section(text, section.own)).collect();
    let mut walk = Walk {
        text,
        blocks,
        timed: when.is_some(),
        year,
        lists: false,
        holds_neighbours: Vec::new(),
        alone: sections.iter().all(|section| section.level < 2),
        taken: vec![false; blocks.len()],
        items: Vec::new(),
        sections,
        meanings,
        facts,
    };
    walk.lists = walk.is_made_of_lists();
    walk.holds_neighbours = walk.find_neighbours();
    walk.visit(0, &Context { when, ..Context::default() });
    let prose = walk.prose();
    Found { items: walk.items, prose }
}

/// A heading and what stands below it.
struct Section<'a> {
    /// 0 for what stands before any heading.
    level: u8,
    heading: Option<&'a Block>,
    /// The blocks up to the next heading, and the index of the first of them.
    own: &'a [Block],
    first: usize,
    /// The index after the last block of all sections inside it.
    end: usize,
    parent: usize,
    children: Vec<usize>,
}

impl Section<'_> {
    fn words(&self) -> &str {
        self.heading.map_or("", |heading| heading.inline.text.trim())
    }

    fn has_text(&self) -> bool {
        self.own.iter().any(|block| matches!(block.kind, Kind::Paragraph | Kind::Quote | Kind::Code))
    }
}

fn sections(blocks: &[Block]) -> Vec<Section<'_>> {
    let heads: Vec<usize> = (0..blocks.len()).filter(|&at| matches!(blocks[at].kind, Kind::Heading(_))).collect();
    let level = |at: usize| if let Kind::Heading(level) = blocks[at].kind { level } else { 0 };
    let preface = heads.first().copied().unwrap_or(blocks.len());
    let mut sections = vec![Section {
        level: 0,
        heading: None,
        own: &blocks[..preface],
        first: 0,
        end: blocks.len(),
        parent: 0,
        children: Vec::new(),
    }];
    let mut open = vec![0];
    for (index, &at) in heads.iter().enumerate() {
        let next = heads.get(index + 1).copied().unwrap_or(blocks.len());
        while open.last().is_some_and(|&above| sections[above].level >= level(at)) {
            let closed = open.pop().unwrap_or(0);
            sections[closed].end = at;
        }
        let parent = open.last().copied().unwrap_or(0);
        let section = sections.len();
        sections[parent].children.push(section);
        sections.push(Section {
            level: level(at),
            heading: Some(&blocks[at]),
            own: &blocks[at + 1..next],
            first: at + 1,
            end: blocks.len(),
            parent,
            children: Vec::new(),
        });
        open.push(section);
    }
    sections
}

/// What the headings above say.
#[derive(Debug, Clone, Default)]
struct Context {
    status: Option<Status>,
    when: Option<When>,
    /// Below a heading that is a column, a period or a release.
    board: bool,
    tags: Vec<String>,
}

impl Context {
    fn below(&self, meaning: &Meaning) -> Context {
        let mut below = self.clone();
        below.board |= meaning.is_board();
        below.status = meaning.status.or(below.status);
        below.when = meaning.when.clone().or(below.when);
        below.tags.extend(meaning.tag.clone());
        below
    }

    fn draft(&self) -> Draft {
        Draft { status: self.status, when: self.when.clone(), tags: self.tags.clone(), ..Draft::default() }
    }
}

struct Walk<'a> {
    text: &'a str,
    blocks: &'a [Block],
    sections: Vec<Section<'a>>,
    meanings: Vec<Meaning>,
    facts: Vec<Fields>,
    /// The title names a year or period.
    timed: bool,
    /// The year that the title names.
    year: Option<i16>,
    /// At least half of the sections are a list each.
    lists: bool,
    /// For each section whether those directly below it are items because one of them is.
    holds_neighbours: Vec<bool>,
    /// No heading is below level 1.
    alone: bool,
    /// The blocks that became items, or a heading of theirs.
    taken: Vec<bool>,
    items: Vec<Draft>,
}

impl Walk<'_> {
    fn visit(&mut self, at: usize, context: &Context) {
        if self.meanings[at].aside {
            return;
        }
        if self.is_item(at, context) {
            self.take_section(at, context);
            return;
        }
        let below = match self.sections[at].level {
            // The title's time is known already; its words are no facet.
            0 | 1 => context.clone(),
            _ => context.below(&self.meanings[at]),
        };
        for offset in 0..self.sections[at].own.len() {
            self.take_block(at, self.sections[at].first + offset, &below);
        }
        for child in self.sections[at].children.clone() {
            self.visit(child, &below);
        }
    }

    /// Decides whether a section is one item.
    fn is_item(&self, at: usize, context: &Context) -> bool {
        let section = &self.sections[at];
        if section.level < 2 || self.meanings[at].is_board() || self.holds_items(at) {
            return false;
        }
        if self.says_facts(at) {
            return true;
        }
        let leaf = section.children.is_empty();
        let said = section.has_text() || section.own.is_empty() || !self.facts[at].all.is_empty();
        leaf && said && (context.board || self.is_among_items(at) || self.is_theme_of_period(at))
    }

    /// Tasks, marked bullets and rows are items themselves, and their section is none.
    fn holds_items(&self, at: usize) -> bool {
        let section = &self.sections[at];
        let own = section
            .own
            .iter()
            .any(|block| is_task_list(block) || is_marked_list(block) || Table::read(block).is_some());
        let inner = |&child: &usize| self.says_facts(child) || self.holds_items(child);
        own || (!self.says_facts(at) && section.children.iter().any(inner))
    }

    fn says_facts(&self, at: usize) -> bool {
        self.facts[at].make_an_item()
    }

    fn is_among_items(&self, at: usize) -> bool {
        self.holds_neighbours[self.sections[at].parent]
    }

    /// Where one section says its status, its neighbours below the same heading are items too; at the top, where half do.
    fn find_neighbours(&self) -> Vec<bool> {
        let counts = self.sections.iter().map(|parent| {
            let children = parent.children.iter().filter(|&&child| !self.meanings[child].aside);
            let with_facts = children.clone().filter(|&&child| self.says_facts(child)).count();
            match parent.level {
                0 | 1 => with_facts * 2 >= children.count() && with_facts > 1,
                _ => with_facts > 0,
            }
        });
        counts.collect()
    }

    /// `# Roadmap 2026` above themes: the sections of a theme are what will be done.
    fn is_theme_of_period(&self, at: usize) -> bool {
        let section = &self.sections[at];
        let parent = &self.sections[section.parent];
        self.timed && section.level > 2 && parent.level > 1 && parent.children.len() > 1
    }

    /// Makes an item of a section, with all below it save sections that say facts of their own.
    fn take_section(&mut self, at: usize, context: &Context) {
        let section = &self.sections[at];
        let Some(heading) = section.heading else { return };
        let mut draft = context.draft();
        draft.set_title(&heading.inline, self.year);
        draft.set_facts(&self.facts[at], self.year);
        let split = section.children.iter().any(|&child| self.says_facts(child));
        let last = if split { section.first + section.own.len() } else { section.end };
        let end = self.blocks.get(last).map_or(self.text.len(), |next| next.range.start);
        draft.place = heading.range.clone();
        draft.body = trim(self.text, heading.range.end..end);
        self.taken[section.first - 1..last].fill(true);
        self.items.push(draft);
        let children = if split { section.children.clone() } else { Vec::new() };
        children.into_iter().for_each(|child| self.visit(child, context));
    }

    fn take_block(&mut self, at: usize, index: usize, context: &Context) {
        let block = &self.blocks[index];
        if block.kind == Kind::List && self.is_list_of_items(at, block, context) {
            let new: Vec<Draft> = block.children.iter().filter_map(|item| self.bullet(item, context)).collect();
            self.items.extend(new);
            self.taken[index] = true;
        } else if let Some(table) = Table::read(block) {
            let rows = table.rows();
            // What no item would keep, the table keeps: it stays where it is.
            let drafts: Vec<Draft> =
                rows.iter().map(|row| draft::of_row(self.text, context.draft(), row, self.year)).collect();
            let whole = rows.iter().all(|row| !row.has_more) && drafts.iter().all(|draft| !draft.title.is_empty());
            self.taken[index] = rows.len() + 1 == block.children.len() && whole;
            self.items.extend(drafts.into_iter().filter(|draft| !draft.title.is_empty()));
        }
    }

    fn is_list_of_items(&self, at: usize, list: &Block, context: &Context) -> bool {
        let links = list.links();
        let contents = !links.is_empty() && links.iter().all(|link| link.starts_with('#'));
        if contents {
            return false;
        }
        context.board || is_task_list(list) || is_marked_list(list) || self.is_theme_list(at, list)
    }

    /// A list that is all that a theme says, in a file that is made of such lists or names its period.
    fn is_theme_list(&self, at: usize, list: &Block) -> bool {
        let section = &self.sections[at];
        let only_links = list.children.iter().all(|item| draft::is_only_a_link(item.head()));
        let fits = section.level > 1 || (self.alone && section.words().to_lowercase().contains("roadmap"));
        fits && (self.lists || self.timed) && self.is_list_section(at) && !only_links
    }

    fn is_list_section(&self, at: usize) -> bool {
        let section = &self.sections[at];
        let lists = section.own.iter().filter(|block| block.kind == Kind::List).count();
        lists > 0 && section.own.len() - lists < 3 && section.children.is_empty()
    }

    fn is_made_of_lists(&self) -> bool {
        let leaves =
            (1..self.sections.len()).filter(|&at| self.sections[at].children.is_empty() && !self.meanings[at].aside);
        let (lists, all) =
            leaves.fold((0, 0), |(lists, all), at| (lists + usize::from(self.is_list_section(at)), all + 1));
        lists > 0 && lists * 2 >= all
    }

    fn bullet(&self, item: &Block, context: &Context) -> Option<Draft> {
        let head = item.head();
        let mut draft = context.draft();
        if !draft.set_title(head, self.year) {
            draft.status = status::of_sign_within(&head.text).or(draft.status);
        }
        if draft.title.is_empty() {
            return None;
        }
        match item.kind {
            Kind::Item(Some(true)) => draft.status = Some(Status::Shipped),
            // An open box below "Done" is not done.
            Kind::Item(Some(false)) if draft.status == Some(Status::Shipped) => draft.status = Some(Status::Planned),
            _ => {}
        }
        draft.evidence = item.links().into_iter().filter(|link| link.starts_with("http")).map(str::to_string).collect();
        draft.place = trim(self.text, item.range.clone());
        let plain = head.links.is_empty() && head.strong.is_empty() && !head.code;
        let whole = plain && item.rest().is_empty() && draft.title_is(&head.text);
        draft.body = if whole { draft.place.end..draft.place.end } else { draft.place.clone() };
        Some(draft)
    }

    /// Runs of blocks that are in no item and say more than a heading.
    fn prose(&self) -> Vec<Range<usize>> {
        if self.items.is_empty() {
            return Vec::new();
        }
        let mut prose: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < self.blocks.len() {
            let length = self.taken[at..].iter().take_while(|taken| !**taken).count();
            let run = &self.blocks[at..at + length];
            let speaks = |block: &Block| {
                let comment = block.kind == Kind::Html && block.inline.text.trim().starts_with("<!--");
                !(comment || matches!(block.kind, Kind::Heading(_) | Kind::Rule))
            };
            if let (Some(first), Some(last)) = (run.first(), run.iter().rposition(speaks)) {
                prose.push(first.range.start..run[last].range.end);
            }
            at += length.max(1);
        }
        prose
    }
}

fn is_task_list(block: &Block) -> bool {
    block.kind == Kind::List && block.children.iter().any(|item| matches!(item.kind, Kind::Item(Some(_))))
}

/// At least half of the bullets carry a sign such as ✅ or 🚧.
fn is_marked_list(block: &Block) -> bool {
    let marked = |item: &&Block| status::split_off(&item.head().text).1.is_some_and(|(_, written)| written.is_none());
    block.kind == Kind::List
        && !block.children.is_empty()
        && block.children.iter().filter(marked).count() * 2 >= block.children.len()
}
