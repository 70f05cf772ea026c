//! The roadmap: the board, the same items by time, and one item.

mod time;

use jiff::civil::Date;
use serde::Serialize;

use super::Body;
use super::parts::{
    Chip, DateView, FilterGroup, after_title, choices, cut, first_paragraph, not_among, operation_of, sentence,
    sentences, toc, unique, words,
};
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
    pub filters: Vec<FilterGroup>,
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
    /// True for the stretch of time that holds the day of the build; never for columns.
    pub now: bool,
    /// True for a stretch of time that had not begun by the day of the build, and for what has no date.
    pub ahead: bool,
    /// Its items in the author's order.
    pub items: Vec<ItemRow>,
}

/// What `timeline.html` sees.
#[derive(Debug, Serialize)]
pub struct TimelineView {
    /// The title that the board and the timeline share.
    pub title: String,
    /// Quarters and other stretches in order; "no date yet" last.
    pub groups: Vec<ColumnView>,
    /// By what the items can be filtered.
    pub filters: Vec<FilterGroup>,
    /// The board.
    pub board_href: Option<String>,
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
    /// When it is expected: `Q3 2026`; `None` when nobody said, and where the list around it says the same.
    pub target: Option<String>,
    /// True when "no date yet" should stand in place of a target.
    pub undated: bool,
    /// True when that time has passed and it has not shipped.
    pub overdue: bool,
    /// The APIs that it concerns.
    pub apis: Vec<ItemApi>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it is: `Addition`, `Deprecation` …
    pub kind: Option<String>,
    /// When it was shipped.
    pub shipped: Option<DateView>,
    /// One line about it.
    pub summary: Option<String>,
}

/// An API that an item concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemApi {
    /// Its title; the id as written when the portal has no such API.
    pub title: String,
    /// Its page.
    pub href: Option<String>,
}

/// What `item.html` sees.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// The same facts as in lists.
    pub row: ItemRow,
    /// When it is expected, in the author's words: a date, or `Next`.
    pub target: Option<String>,
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
    let column = |(column, title): (Column, &str)| ColumnView {
        title: title.into(),
        now: false,
        ahead: false,
        items: of_column(context, column),
    };
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
    let rows: Vec<_> = rows(context).into_iter().filter(|(_, item)| item.column != Column::Declined).collect();
    let view = TimelineView {
        title: context.link(Subject::Roadmap).map_or_else(|| context.route.title.clone(), |link| link.title),
        filters: filters(rows.iter().map(|(row, _)| row)),
        groups: time::groups(rows, today(context.portal().settings.built_at)),
        board_href: context.href(Subject::Roadmap),
    };
    Body::new(&view)
}

/// The APIs and kinds of items, in order of first use; a list with one choice is none.
fn filters<'a>(rows: impl Iterator<Item = &'a ItemRow> + Clone) -> Vec<FilterGroup> {
    let apis = unique(rows.clone().flat_map(|row| row.apis.iter().map(|api| api.title.as_str())));
    let kinds = unique(rows.filter_map(|row| row.kind.as_deref()));
    choices(apis, kinds)
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
    let add = |(written, _): &(String, crate::diag::Place)| AddView {
        link: operation_of(context, own, written).and_then(|subject| context.link(subject)),
        written: written.clone(),
    };
    let adds: Vec<AddView> = item.adds.iter().map(add).collect();
    let depends = depends(context, item);
    let mentions = without(context.mentions(subject), &adds, &depends);
    let view = ItemView {
        target: item.target.as_ref().map(|target| target.shown.clone()),
        owner: item.owner.as_deref().map(words),
        updated: item.updated.map(DateView::new),
        shipped: item.shipped.map(DateView::new),
        body_html: context.markdown(&item.body, range.clone(), 2),
        mentioned_by: not_among(context.mentioned_by(subject), &mentions),
        mentions,
        adds,
        depends,
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
    let api = |id: &crate::model::Text| match portal.api_of_id(id) {
        Some(index) => ItemApi { title: portal.api(index).info.title.clone(), href: context.href(Subject::Api(index)) },
        None => ItemApi { title: id.to_string(), href: None },
    };
    // "Next" says no more than the column that the item stands in.
    let dated = item.target.as_ref().filter(|target| target.days.is_some() || !is_lane(&target.shown));
    let open = !matches!(item.status, Status::Shipped | Status::Declined);
    Some(ItemRow {
        title: item.title.clone(),
        href: context.href(Subject::RoadmapItem(index))?,
        status: status(item),
        target: dated.filter(|_| item.status != Status::Declined).map(|target| target.shown.clone()),
        undated: item.target.is_none() && open,
        overdue: overdue(item, portal.settings.built_at),
        apis: item.apis.iter().map(api).collect(),
        tags: item.tags.clone(),
        kind: item.kind.as_deref().map(|kind| kind_word(context, kind)),
        shipped: item.shipped.map(DateView::new),
        summary: first_text(item).map(|text| sentences(&text, 140)),
    })
}

fn is_lane(target: &str) -> bool {
    COLUMNS.iter().any(|(_, title)| title.eq_ignore_ascii_case(target.trim()))
}

/// The word for a kind of item: that of the theme's strings, else the author's own.
fn kind_word(context: &PageContext<'_>, kind: &str) -> String {
    let key = format!("kind_{}", kind.trim().to_lowercase());
    context.renderer.shell.strings.get(&key).map_or_else(|| words(kind), Clone::clone)
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
    open && last.zip(today(built_at)).is_some_and(|(last, today)| last < today)
}

/// The day of the build, in UTC.
fn today(built_at: Option<i64>) -> Option<Date> {
    let built = jiff::Timestamp::from_second(built_at?).ok()?;
    Some(built.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The first paragraph of an item; of one without paragraphs, its first words.
fn first_text(item: &RoadmapItem) -> Option<String> {
    let words = || item.body.sections.iter().map(|section| section.text.clone()).find(|text| !text.is_empty());
    first_paragraph(&item.body).or_else(words)
}
