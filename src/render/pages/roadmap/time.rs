//! The roadmap by time: quarters and longer stretches in order.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{ColumnView, ItemRow};
use crate::model::roadmap::{RoadmapItem, Status};

/// A stretch of time: last day, first day, name. Of stretches that end together the shorter one comes first.
type Stretch = (Date, Reverse<Date>, String);

/// Groups items by when they are expected or were shipped; what has no date stands last.
pub(super) fn groups(rows: Vec<(ItemRow, &RoadmapItem)>, today: Option<Date>) -> Vec<ColumnView> {
    let mut groups: BTreeMap<Stretch, Vec<ItemRow>> = BTreeMap::new();
    let mut undated = Vec::new();
    for (mut row, item) in rows {
        match stretch(item) {
            Some(key) => {
                row.target = row.target.filter(|target| *target != key.2 || row.overdue);
                groups.entry(key).or_default().push(row);
            }
            None => {
                row.undated = false;
                undated.push(row);
            }
        }
    }
    let nearest = today.and_then(|today| groups.keys().find(|key| key.0 >= today).cloned());
    let dated = groups.into_iter().map(|(key, items)| {
        let ahead = today.is_some_and(|today| key.1.0 > today);
        let now = !ahead && nearest.as_ref() == Some(&key);
        ColumnView { title: key.2, now, ahead, items }
    });
    let rest = ColumnView { title: "No date yet".into(), now: false, ahead: today.is_some(), items: undated };
    dated.chain((!rest.items.is_empty()).then_some(rest)).collect()
}

/// The stretch of time that an item belongs to. A day or a month belongs to its quarter; a half or a whole year is a
/// stretch of its own, after its last quarter.
fn stretch(item: &RoadmapItem) -> Option<Stretch> {
    let target = item.target.as_ref();
    let (start, end) = match (item.status, item.shipped) {
        (Status::Shipped, Some(day)) => (day, day),
        _ => target?.days?,
    };
    Some(stretch_of(start, end, || target.map_or(String::new(), |target| target.shown.clone())))
}

fn stretch_of(start: Date, end: Date, name: impl Fn() -> String) -> Stretch {
    let (first, last) = quarter(start);
    match quarter(end) == (first, last) {
        true => (last, Reverse(first), format!("Q{} {}", (first.month() + 2) / 3, first.year())),
        false => (end, Reverse(start), name()),
    }
}

fn quarter(day: Date) -> (Date, Date) {
    let month = (day.month() - 1) / 3 * 3 + 1;
    let first = Date::new(day.year(), month, 1).unwrap_or(day);
    let last = Date::new(day.year(), month + 2, 1).map_or(day, Date::last_of_month);
    (first, last)
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

    #[test]
    fn a_half_stands_after_its_last_quarter() {
        let quarter = |first: Date| stretch_of(first, first, String::new);
        let mut stretches = [
            stretch_of(date(2027, 1, 1), date(2027, 12, 31), || "2027".into()),
            stretch_of(date(2027, 1, 1), date(2027, 6, 30), || "H1 2027".into()),
            quarter(date(2027, 10, 5)),
            stretch_of(date(2027, 7, 1), date(2027, 12, 31), || "H2 2027".into()),
            quarter(date(2027, 5, 1)),
            quarter(date(2027, 7, 1)),
            quarter(date(2027, 1, 9)),
        ];
        stretches.sort();
        let names: Vec<&str> = stretches.iter().map(|(_, _, name)| &**name).collect();
        assert_eq!(names, ["Q1 2027", "Q2 2027", "H1 2027", "Q3 2027", "Q4 2027", "H2 2027", "2027"]);
    }
}
