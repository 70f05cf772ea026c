//! Facts about one item, written as `**Status**: Done` lines, `* Owner: …` bullets, or the cells of a table.

use super::status;
use crate::load::blocks::{Block, Kind, fold_space};

/// What a column or field is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The item's name.
    Title,
    /// More words about it.
    Description,
    /// How far it is.
    Status,
    /// When it is expected.
    When,
    /// Who answers for it.
    Owner,
    /// A facet: theme, area, priority.
    Tag,
    /// Links to where it is discussed.
    Evidence,
}

/// Names of fields, lower case.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Title,
        &[
            "title",
            "feature",
            "features",
            "item",
            "name",
            "epic",
            "initiative",
            "task",
            "goal",
            "what",
            "enhancement",
            "capability",
            "project",
            "work item",
            "story",
            "deliverable",
            "topic",
            "roadmap item",
            "objective",
            "functionality",
            "improvement",
            "change",
        ],
    ),
    (
        Field::Description,
        &[
            "description",
            "details",
            "detail",
            "note",
            "notes",
            "comment",
            "comments",
            "summary",
            "remarks",
            "why",
            "outcome",
        ],
    ),
    (Field::Status, &["status", "state", "progress", "stage", "done", "completed"]),
    (
        Field::When,
        &[
            "target",
            "target date",
            "target completion",
            "target quarter",
            "timeline",
            "eta",
            "when",
            "date",
            "quarter",
            "timeframe",
            "time frame",
            "due",
            "due date",
            "planned for",
            "expected",
            "release date",
            "milestone",
            "release",
            "target release",
            "version",
            "target version",
            "schedule",
            "year",
        ],
    ),
    (
        Field::Owner,
        &[
            "owner",
            "owners",
            "lead",
            "leads",
            "assignee",
            "assignees",
            "champion",
            "dri",
            "team",
            "who",
            "responsible",
            "contact",
        ],
    ),
    (
        Field::Tag,
        &[
            "theme",
            "themes",
            "category",
            "area",
            "component",
            "type",
            "priority",
            "group",
            "tag",
            "tags",
            "label",
            "labels",
            "sig",
            "workstream",
            "module",
            "pillar",
        ],
    ),
    (
        Field::Evidence,
        &[
            "issue",
            "issues",
            "tracking",
            "tracking issue",
            "link",
            "links",
            "pr",
            "pull request",
            "rfc",
            "rfc issue",
            "epic link",
            "discussion",
            "proposal",
            "spec",
            "reference",
            "ticket",
            "github issue",
            "design",
        ],
    ),
];

/// Returns what a column's head or a field's key is about.
pub fn of_name(name: &str) -> Option<Field> {
    let name =
        fold_space(&name.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>()).to_lowercase();
    NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(field, _)| *field)
}

/// The facts of one item.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// Each fact, in order.
    pub all: Vec<(Field, String)>,
    /// URLs beside them.
    pub links: Vec<String>,
}

impl Fields {
    /// Returns the first value of a field that says something.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.all.iter().filter(|(own, _)| *own == field).map(|(_, value)| value.as_str()).find(|value| is_said(value))
    }

    /// Returns true when the facts make an item of the section they stand in.
    pub fn make_an_item(&self) -> bool {
        let has = |field: Field| self.all.iter().any(|(own, _)| *own == field);
        let others = [Field::Owner, Field::Tag, Field::Description, Field::Evidence]
            .into_iter()
            .filter(|field| has(*field))
            .count();
        has(Field::Status) || has(Field::When) || others > 1
    }

    fn take(&mut self, line: &str, links: &[&str]) -> bool {
        let Some((key, value)) = line.split_once(':').filter(|(key, _)| key.split_whitespace().count() < 4) else {
            return false;
        };
        let Some(field) = of_name(key).filter(|field| *field != Field::Title) else { return false };
        self.all.push((field, fold_space(value)));
        self.links.extend(links.iter().filter(|link| link.starts_with("http")).map(|link| link.to_string()));
        true
    }
}

/// Returns false for a cell or field that is empty or says so.
pub fn is_said(value: &str) -> bool {
    !matches!(
        value.trim().to_lowercase().as_str(),
        "" | "-"
            | "–"
            | "—"
            | "n/a"
            | "na"
            | "none"
            | "?"
            | "tbd"
            | "tba"
            | "to be defined"
            | "to be decided"
            | "unknown"
            | "unspecified"
            | "not set"
            | "to be added"
    )
}

/// Reads the facts at the beginning of a section: lines, a list of them, or a table with one row.
pub fn of_section(text: &str, blocks: &[Block]) -> Fields {
    let mut fields = Fields::default();
    for block in blocks.iter().take(4) {
        match block.kind {
            Kind::Paragraph => of_lines(text, block, &mut fields),
            Kind::List => of_list(block, &mut fields),
            Kind::Table => of_table(block, &mut fields),
            _ => {}
        }
    }
    fields
}

/// `**Status**: In progress`, each on its line; words in the middle of prose do not count.
fn of_lines(text: &str, block: &Block, fields: &mut Fields) {
    for line in text.get(block.range.clone()).unwrap_or("").lines() {
        let bold = line.trim_start().starts_with("**") || line.trim_start().starts_with("__");
        let plain = line.replace("**", "").replace("__", "").replace('`', "");
        let key = plain.split(':').next().and_then(of_name);
        let counts = matches!(key, Some(Field::Status | Field::When)) || (bold && key == Some(Field::Owner));
        if counts && line.len() < 120 && (bold || block.range.len() < 200) {
            fields.take(&plain, &[]);
        }
    }
}

/// `* Owner: …` bullets, when half of the list is made of them.
fn of_list(block: &Block, fields: &mut Fields) {
    let mut found = Fields::default();
    let taken = block.children.iter().filter(|item| found.take(&item.head().text, &item.links())).count();
    if taken * 2 >= block.children.len() {
        fields.all.append(&mut found.all);
        fields.links.append(&mut found.links);
    }
}

/// A table with one row and no column for a title is about the section that it stands in.
fn of_table(block: &Block, fields: &mut Fields) {
    let [head, row] = &*block.children else { return };
    let names: Vec<Option<Field>> = head.children.iter().map(|cell| of_name(&cell.inline.text)).collect();
    if names.contains(&Some(Field::Title))
        || !names.iter().any(|name| matches!(name, Some(Field::Status | Field::When)))
    {
        return;
    }
    for (name, cell) in names.iter().zip(&row.children) {
        if let Some(field) = name {
            fields.all.push((*field, fold_space(&cell.inline.text)));
        }
        fields.links.extend(links_of(cell));
    }
}

/// URLs of a cell, linked or bare.
pub fn links_of(cell: &Block) -> Vec<String> {
    let bare = cell.inline.text.split_whitespace().map(|word| word.trim_end_matches([',', ';', ')']));
    let bare = bare.filter(|word| word.starts_with("https://") || word.starts_with("http://")).map(str::to_string);
    let linked = cell.links().into_iter().filter(|link| link.starts_with("http")).map(str::to_string);
    let mut links: Vec<String> = linked.collect();
    bare.for_each(|link| {
        if !links.contains(&link) {
            links.push(link)
        }
    });
    links
}

/// A table whose rows are items.
#[derive(Debug)]
pub struct Table<'a> {
    names: Vec<Option<Field>>,
    title: usize,
    description: Option<usize>,
    rows: &'a [Block],
}

/// One row of it.
#[derive(Debug)]
pub struct Row<'a> {
    /// The cell of the title.
    pub title: &'a Block,
    /// The cell of the description.
    pub description: Option<&'a Block>,
    /// The facts.
    pub fields: Fields,
    /// True when a cell without a known name holds words that are kept nowhere else.
    pub has_more: bool,
}

impl<'a> Table<'a> {
    /// Reads the head of a table; `None` when its rows are no items.
    pub fn read(block: &'a Block) -> Option<Table<'a>> {
        let (head, rows) = block.children.split_first().filter(|_| block.kind == Kind::Table)?;
        let mut names: Vec<Option<Field>> = head.children.iter().map(|cell| of_name(&cell.inline.text)).collect();
        let find = |field: Field| names.iter().position(|name| *name == Some(field));
        let says_more = names.iter().any(|name| matches!(name, Some(Field::Status | Field::When | Field::Tag)));
        let described = find(Field::Description);
        // `Theme | Description | Timeline`: the description names the item.
        let title = find(Field::Title).or(described.filter(|_| find(Field::Tag).is_some()))?;
        names[title] = Some(Field::Title);
        let history = head.children.iter().any(|cell| cell.inline.text.to_lowercase().contains("release date"));
        (says_more && !history).then(|| Table { description: described.filter(|at| *at != title), names, title, rows })
    }

    /// Returns the rows; an empty facet is that of the row above.
    pub fn rows(&self) -> Vec<Row<'a>> {
        let first_tag = self.names.iter().position(|name| *name == Some(Field::Tag));
        let mut above = String::new();
        let mut rows = Vec::new();
        for row in self.rows {
            let Some(title) = row.children.get(self.title).filter(|cell| !cell.inline.text.trim().is_empty()) else {
                continue;
            };
            let mut read = Row {
                title,
                description: self.description.and_then(|at| row.children.get(at)),
                fields: Fields::default(),
                has_more: false,
            };
            for (at, (name, cell)) in self.names.iter().zip(&row.children).enumerate() {
                let mut value = fold_space(&cell.inline.text);
                if Some(at) == first_tag && at < self.title {
                    if value.is_empty() { value = above.clone() } else { above = value.clone() }
                }
                read.take(*name, value, cell);
            }
            rows.push(read);
        }
        rows
    }
}

impl Row<'_> {
    fn take(&mut self, name: Option<Field>, value: String, cell: &Block) {
        let links = links_of(cell);
        let known = matches!(name, Some(Field::Title | Field::Description));
        self.has_more |= name.is_none() && is_said(&value) && links.is_empty();
        if name != Some(Field::Description) {
            self.fields.links.extend(links);
        }
        // `Note: Completed` in a table without a column for the status.
        let status = (name == Some(Field::Description)).then(|| status::whole(&value)).flatten();
        match name {
            _ if status.is_some() => self.fields.all.push((Field::Status, value)),
            Some(field) if !known => self.fields.all.push((field, value)),
            _ => {}
        }
    }
}
