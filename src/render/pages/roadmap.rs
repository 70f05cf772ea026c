//! The roadmap: the board, the same items by time, and one item.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::Body;
use super::parts::{Chip, DateView, after_title, cut, operation_of, sentence, sentences, toc, words};
use crate::graph::Target;
use crate::model::roadmap::{Column, RoadmapItem, Status};
use crate::model::route::Subject;
use crate::render::PageContext;
use crate::render::html::SafeHtml;
use crate::render::view::PageLink;

/// What `roadmap.html` sees.
#[derive(Debug, Serialize)]
pub struct BoardView {
    /// Now, Next, Later, Shipped; empty ones too.
    pub columns: Vec<ColumnView>,
    /// Declined items, below the board.
    pub declined: Vec<ItemRow>,
    /// By what the items can be filtered; none when there is nothing to choose.
    pub filters: Vec<FilterView>,
    /// Prose beside the board.
    pub prose: Vec<SafeHtml>,
    /// The same items by time.
    pub timeline_href: Option<String>,
}

/// A column of the board, or a stretch of time.
#[derive(Debug, Serialize)]
pub struct ColumnView {
    /// Its title.
    pub title: String,
    /// Its items in the author's order.
    pub items: Vec<ItemRow>,
}

/// What `timeline.html` sees.
#[derive(Debug, Serialize)]
pub struct TimelineView {
    /// Quarters and other stretches in order; "no date yet" last.
    pub groups: Vec<ColumnView>,
    /// By what the items can be filtered.
    pub filters: Vec<FilterView>,
    /// The board.
    pub board_href: Option<String>,
}

/// A choice of items: those of an API, or of a kind.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct FilterView {
    /// `api` or `kind`.
    pub key: &'static str,
    /// Its name.
    pub value: String,
}

/// An item in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// How far it is.
    pub status: Chip,
    /// When it is expected: `Q3 2026`; `None` when nobody said.
    pub target: Option<String>,
    /// True when that time has passed and it has not shipped.
    pub overdue: bool,
    /// The APIs that it concerns.
    pub apis: Vec<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it is: `Add`, `Deprecate` …
    pub kind: Option<String>,
    /// When it last changed, or was shipped.
    pub updated: Option<DateView>,
    /// One line about it.
    pub summary: Option<String>,
}

/// What `item.html` sees.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// The same facts as in lists.
    pub row: ItemRow,
    /// The APIs that it concerns.
    pub apis: Vec<PageLink>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it last changed.
    pub updated: Option<DateView>,
    /// When it was shipped.
    pub shipped: Option<DateView>,
    /// Why, for whom, what not.
    pub body_html: SafeHtml,
    /// Operations that it adds.
    pub adds: Vec<AddView>,
    /// Items that must come before.
    pub depends: Vec<ItemRow>,
    /// Pages that it mentions.
    pub mentions: Vec<PageLink>,
    /// Pages that mention it.
    pub mentioned_by: Vec<PageLink>,
    /// The board.
    pub board_href: Option<String>,
}

/// An operation that an item adds.
#[derive(Debug, Serialize)]
pub struct AddView {
    /// Its page; `None` while the description lacks it.
    pub link: Option<PageLink>,
    /// The reference as written.
    pub written: String,
}

const COLUMNS: [(Column, &str); 4] =
    [(Column::Now, "Now"), (Column::Next, "Next"), (Column::Later, "Later"), (Column::Shipped, "Shipped")];

/// Makes the board.
pub fn board(context: &PageContext<'_>) -> Body {
    let column =
        |(column, title): (Column, &str)| ColumnView { title: title.into(), items: of_column(context, column) };
    let prose = context.portal().roadmap_prose.iter();
    let prose = prose.map(|prose| context.markdown(&prose.body, after_title(&prose.body, "Roadmap"), 2));
    let view = BoardView {
        columns: COLUMNS.map(column).into(),
        filters: filters(rows(context).iter().map(|(row, _)| row)),
        declined: of_column(context, Column::Declined),
        prose: prose.filter(|html| !html.is_empty()).collect(),
        timeline_href: context.href(Subject::RoadmapTimeline),
    };
    let named = |view: &ColumnView| view.items.iter().map(|item| item.title.clone()).collect::<Vec<_>>();
    let first: Vec<String> = view.columns.iter().flat_map(named).take(4).collect();
    Body::new(&view).description((!first.is_empty()).then(|| cut(&first.join(", "), 150)))
}

/// Makes the roadmap by time.
pub fn timeline(context: &PageContext<'_>) -> Body {
    let mut groups: BTreeMap<(Date, Date, String), Vec<ItemRow>> = BTreeMap::new();
    let mut undated = Vec::new();
    let rows: Vec<_> = rows(context).into_iter().filter(|(_, item)| item.column != Column::Declined).collect();
    let filters = filters(rows.iter().map(|(row, _)| row));
    for (row, item) in rows {
        match stretch(item) {
            Some(key) => groups.entry(key).or_default().push(row),
            None => undated.push(row),
        }
    }
    let dated = groups.into_iter().map(|((_, _, title), items)| ColumnView { title, items });
    let rest = (!undated.is_empty()).then_some(ColumnView { title: "No date yet".into(), items: undated });
    let groups: Vec<ColumnView> = dated.chain(rest).collect();
    Body::new(&TimelineView { groups, filters, board_href: context.href(Subject::Roadmap) })
}

/// The APIs and kinds of items, in order of first use; a list with one choice is none.
fn filters<'a>(rows: impl Iterator<Item = &'a ItemRow> + Clone) -> Vec<FilterView> {
    let apis = unique("api", rows.clone().flat_map(|row| &row.apis));
    let kinds = unique("kind", rows.flat_map(|row| &row.kind));
    [apis, kinds].into_iter().filter(|choices| choices.len() > 1).flatten().collect()
}

fn unique<'a>(key: &'static str, values: impl Iterator<Item = &'a String>) -> Vec<FilterView> {
    let mut found: Vec<FilterView> = Vec::new();
    for value in values {
        if !found.iter().any(|known| known.value == *value) {
            found.push(FilterView { key, value: value.clone() });
        }
    }
    found
}

/// The stretch of time that an item belongs to: last day, first day, name. A day or a month belongs to its quarter; a
/// half or a whole year is a stretch of its own, after its last quarter.
fn stretch(item: &RoadmapItem) -> Option<(Date, Date, String)> {
    let target = item.target.as_ref();
    let (start, end) = match (item.status, item.shipped) {
        (Status::Shipped, Some(day)) => (day, day),
        _ => target?.days?,
    };
    let (first, last) = quarter(start);
    match quarter(end) == (first, last) {
        true => Some((last, first, format!("Q{} {}", (first.month() + 2) / 3, first.year()))),
        false => Some((end, start, target.map_or(String::new(), |target| target.shown.clone()))),
    }
}

fn quarter(day: Date) -> (Date, Date) {
    let month = (day.month() - 1) / 3 * 3 + 1;
    let first = Date::new(day.year(), month, 1).unwrap_or(day);
    let last = Date::new(day.year(), month + 2, 1).map_or(day, Date::last_of_month);
    (first, last)
}

/// Makes the page of an item: its index in the portal's roadmap.
pub fn item(context: &PageContext<'_>, index: u32) -> Body {
    let portal = context.portal();
    let Some((at, item)) = portal.roadmap.get(index as usize).map(|item| (index, &**item)) else {
        return Body::new(&());
    };
    let subject = Subject::RoadmapItem(at);
    let Some(row) = item_row(context, at, item) else { return Body::new(&()) };
    let range = after_title(&item.body, &item.title);
    let own = item.apis.first().map(|api| &**api);
    let apis = item.apis.iter().filter_map(|id| portal.api_of_id(id));
    let add = |(written, _): &(String, crate::diag::Place)| AddView {
        link: operation_of(context, own, written).and_then(|subject| context.link(subject)),
        written: written.clone(),
    };
    let adds: Vec<AddView> = item.adds.iter().map(add).collect();
    let depends = depends(context, item);
    let view = ItemView {
        apis: apis.filter_map(|api| context.link(Subject::Api(api))).collect(),
        owner: item.owner.as_deref().map(words),
        updated: item.updated.map(DateView::new),
        shipped: item.shipped.map(DateView::new),
        body_html: context.markdown(&item.body, range.clone(), 2),
        mentions: without(context.mentions(subject), &adds, &depends),
        adds,
        depends,
        mentioned_by: context.mentioned_by(subject),
        board_href: context.href(Subject::Roadmap),
        row,
    };
    let description = first_text(item);
    Body::new(&view).description(description).toc(toc(&item.body, &range))
}

/// The pages that are not listed as additions or dependencies already.
fn without(links: Vec<PageLink>, adds: &[AddView], depends: &[ItemRow]) -> Vec<PageLink> {
    let added = |link: &PageLink| adds.iter().filter_map(|add| add.link.as_ref()).any(|other| other.href == link.href);
    let needed = |link: &PageLink| depends.iter().any(|item| item.href == link.href);
    links.into_iter().filter(|link| !added(link) && !needed(link)).collect()
}

fn depends(context: &PageContext<'_>, item: &RoadmapItem) -> Vec<ItemRow> {
    let targets = item.depends.iter().map(|(id, _)| context.renderer.graph.references.roadmap_item(id));
    let row = |target: Target| match target {
        Target::Page { subject: Subject::RoadmapItem(at), .. } => {
            item_row(context, at, context.portal().roadmap.get(at as usize)?)
        }
        _ => None,
    };
    targets.filter_map(row).collect()
}

/// Returns the items that come next: those of "Now", then of "Next".
pub fn next_items(context: &PageContext<'_>, most: usize) -> Vec<ItemRow> {
    let now = of_column(context, Column::Now);
    now.into_iter().chain(of_column(context, Column::Next)).take(most).collect()
}

fn of_column(context: &PageContext<'_>, column: Column) -> Vec<ItemRow> {
    rows(context).into_iter().filter(|(_, item)| item.column == column).map(|(row, _)| row).collect()
}

fn rows<'a>(context: &PageContext<'a>) -> Vec<(ItemRow, &'a RoadmapItem)> {
    let items = context.portal().roadmap.iter().enumerate();
    items.filter_map(|(at, item)| Some((item_row(context, u32::try_from(at).ok()?, item)?, &**item))).collect()
}

fn item_row(context: &PageContext<'_>, index: u32, item: &RoadmapItem) -> Option<ItemRow> {
    let portal = context.portal();
    let name = |id: &crate::model::Text| {
        let index = portal.api_of_id(id);
        index.map_or_else(|| id.to_string(), |index| portal.api(index).info.title.clone())
    };
    Some(ItemRow {
        title: item.title.clone(),
        href: context.href(Subject::RoadmapItem(index))?,
        status: status(item),
        target: item.target.as_ref().map(|target| target.shown.clone()),
        overdue: overdue(item, portal.settings.built_at),
        apis: item.apis.iter().map(name).collect(),
        tags: item.tags.clone(),
        kind: item.kind.as_deref().map(words),
        updated: item.shipped.or(item.updated).map(DateView::new),
        summary: first_text(item).map(|text| sentences(&text, 140)),
    })
}

fn status(item: &RoadmapItem) -> Chip {
    let look = match item.status {
        Status::Idea | Status::Exploring | Status::Declined => "plain",
        Status::Planned => "note",
        Status::Building | Status::Preview => "info",
        Status::Shipped => "ok",
    };
    let word = item.status_written.as_deref().unwrap_or(item.status.word());
    Chip { word: sentence(word), look }
}

/// True when the target's last day lies before the day of the build; without a build time nobody can say.
fn overdue(item: &RoadmapItem, built_at: Option<i64>) -> bool {
    let open = !matches!(item.status, Status::Shipped | Status::Declined);
    let last = item.target.as_ref().and_then(|target| target.days).map(|(_, last)| last);
    let built = built_at.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let today = built.map(|time| time.to_zoned(jiff::tz::TimeZone::UTC).date());
    open && last.zip(today).is_some_and(|(last, today)| last < today)
}

fn first_text(item: &RoadmapItem) -> Option<String> {
    item.body.sections.iter().map(|section| section.text.clone()).find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_quarter_ends_with_its_last_month() {
        assert_eq!(quarter(date(2026, 2, 14)), (date(2026, 1, 1), date(2026, 3, 31)));
        assert_eq!(quarter(date(2026, 12, 31)), (date(2026, 10, 1), date(2026, 12, 31)));
    }
}
