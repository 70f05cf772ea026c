//! The words that people write for the status of a plan.

use crate::load::blocks::{fold_space, without_signs};
use crate::model::roadmap::Status::{self, *};

/// Words by status, lower case. Those in the second list are a status in a cell or a field, but as a heading more often
/// a theme ("Research", "Testing").
const WORDS: &[(Status, &[&str], &[&str])] = &[
    (
        Idea,
        &[
            "idea",
            "ideas",
            "proposed",
            "proposal",
            "proposals",
            "wishlist",
            "wish list",
            "wishes",
            "someday",
            "maybe",
            "someday maybe",
            "icebox",
            "visionary",
            "moonshots",
            "nice to have",
            "nice to haves",
            "parking lot",
            "brainstorm",
        ],
        &["suggestion", "suggested", "requested", "concept", "draft", "triage", "needs triage", "inbox", "new"],
    ),
    (
        Exploring,
        &[
            "exploring",
            "exploration",
            "under consideration",
            "considering",
            "being considered",
            "researching",
            "in research",
            "investigating",
            "under investigation",
            "in discovery",
            "discovery",
            "evaluating",
            "under evaluation",
            "in design",
            "under discussion",
            "in discussion",
        ],
        &[
            "research",
            "investigation",
            "explore",
            "design",
            "designing",
            "under review",
            "rfc",
            "spike",
            "prototype",
            "prototyping",
            "poc",
            "analysis",
            "refinement",
            "discussion",
            "evaluation",
        ],
    ),
    (
        Planned,
        &[
            "planned",
            "plan",
            "plans",
            "to do",
            "todo",
            "scheduled",
            "committed",
            "coming soon",
            "coming up",
            "coming",
            "not started",
            "upcoming",
            "to be released",
            "next up",
        ],
        &[
            "accepted",
            "approved",
            "queued",
            "open",
            "ready",
            "pending",
            "on hold",
            "paused",
            "blocked",
            "delayed",
            "postponed",
            "deferred",
            "backlog",
            "not done",
            "tbd",
            "prioritized",
            "specified",
            "to be done",
            "future",
        ],
    ),
    (
        Building,
        &[
            "building",
            "in progress",
            "wip",
            "work in progress",
            "in development",
            "under development",
            "in the works",
            "works in progress",
            "underway",
            "under way",
            "ongoing",
            "started",
            "doing",
            "being built",
            "working on",
            "working on it",
            "we're working on it",
            "we are working on it",
            "what we're working on",
            "currently working on",
            "in flight",
            "now building",
            "under construction",
        ],
        &[
            "active",
            "developing",
            "development",
            "implementing",
            "implementation",
            "coding",
            "in review",
            "in testing",
            "testing",
            "partial",
            "partially done",
            "partially complete",
            "in implementation",
            "in the making",
            "almost done",
            "in qa",
        ],
    ),
    (
        Preview,
        &[
            "preview",
            "in preview",
            "in beta",
            "public beta",
            "private beta",
            "closed beta",
            "open beta",
            "public preview",
            "private preview",
            "tech preview",
            "technical preview",
            "early access",
            "limited availability",
            "beta testing",
        ],
        &[
            "beta",
            "alpha",
            "experimental",
            "rc",
            "release candidate",
            "canary",
            "pilot",
            "in alpha",
            "feature preview",
            "labs",
        ],
    ),
    (
        Shipped,
        &[
            "shipped",
            "done",
            "complete",
            "completed",
            "finished",
            "released",
            "launched",
            "delivered",
            "recently completed",
            "recently shipped",
            "recently released",
            "general availability",
            "generally available",
            "ga",
            "what we shipped",
            "already done",
        ],
        &[
            "live",
            "stable",
            "available",
            "available now",
            "implemented",
            "merged",
            "closed",
            "resolved",
            "deployed",
            "fixed",
            "in production",
            "rolled out",
            "yes",
        ],
    ),
    (
        Declined,
        &[
            "declined",
            "rejected",
            "wont do",
            "won't do",
            "wontfix",
            "won't fix",
            "will not do",
            "cancelled",
            "canceled",
            "dropped",
            "abandoned",
            "not planned",
            "out of scope",
            "no longer planned",
            "discontinued",
            "non goals",
            "non-goals",
        ],
        &["obsolete", "withdrawn", "superseded", "discarded", "closed as not planned", "invalid", "won’t do"],
    ),
];

/// Signs and their status. A cross is "not done": it is set beside a tick far more often than it means a refusal.
const SIGNS: &[(Status, &str)] = &[
    (Shipped, "✅✔☑🎉✓"),
    (Building, "🚧🔁🔄⏳🏗🔨🛠👷⌛"),
    (Planned, "⬜☐❌📅🗓🔜⏸⏹📋"),
    (Declined, "🚫"),
    (Idea, "💡"),
    (Exploring, "🔍🔬🔎"),
    (Preview, "🧪"),
];

/// The signs that mean their status beside a title too; others decorate there (`🧪 Compatibility tests`).
const TITLE_SIGNS: &str = "✅✔☑✓🚧🔁🔄⏳⌛⬜☐❌🚫";

/// Words around a status that add nothing: `Completed Items`, `Recently done`.
const FILLER: &[&str] = &[
    "items",
    "item",
    "features",
    "feature",
    "recently",
    "work",
    "tasks",
    "projects",
    "stuff",
    "things",
    "list",
    "the",
    "our",
    "we",
    "have",
    "what",
    "currently",
    "already",
    "status",
    "initiatives",
    "epics",
];

/// How many words a status has at most.
const LONGEST_STATUS: usize = 6;

/// Returns the status that a cell, field or front matter value names; `None` when its words are not known.
pub fn of_value(value: &str) -> Option<Status> {
    let words = normal(value);
    let known = |phrase: &str| find(phrase, |plain, more| plain.contains(&phrase) || more.contains(&phrase));
    if words.is_empty() {
        return of_signs(value);
    }
    // `Done in 1.2`, `In progress: 60 %`, `Completed (v3.6)`: the longest known beginning counts.
    let first: Vec<&str> = words.split(' ').take(LONGEST_STATUS).collect();
    (1..=first.len()).rev().find_map(|count| known(&first[..count].join(" ")))
}

/// Returns the status that a heading names for all below it.
pub fn of_heading(heading: &str) -> Option<Status> {
    let words = normal(heading);
    let known = |phrase: &str| find(phrase, |plain, _| plain.contains(&phrase));
    let kept = words.split(' ').filter(|word| !FILLER.contains(word)).collect::<Vec<_>>().join(" ");
    known(&words).or_else(|| known(&kept))
}

/// Returns the status that the signs of a text stand for; several different ones are work in progress.
pub fn of_signs(text: &str) -> Option<Status> {
    let of = |c: char| SIGNS.iter().find(|(_, signs)| signs.contains(c)).map(|(status, _)| *status);
    let mut all = text.chars().filter_map(of);
    let first = all.next()?;
    Some(if all.all(|other| other == first) { first } else { Building })
}

/// Returns the status of a sign in the middle of a bullet: `Faster search ✅ (to be announced)`.
pub fn of_sign_within(text: &str) -> Option<Status> {
    of_signs(&text.chars().filter(|c| TITLE_SIGNS.contains(*c)).collect::<String>())
}

/// Splits a status off a title: `Rotate keys (In Progress)`, `✅ Rotate keys`, `Rotate keys 🚧`, `[WIP] Rotate keys`.
///
/// Returns the title without it, the status, and what the author wrote for it when that was words.
pub fn split_off(title: &str) -> (String, Option<(Status, Option<String>)>) {
    let title = fold_space(title);
    let is_sign = |c: char| TITLE_SIGNS.contains(c) || "~\u{fe0f} ".contains(c);
    let bare = title.trim_matches(is_sign);
    let before = &title[..title.len() - title.trim_start_matches(is_sign).len()];
    let after = &title[title.trim_end_matches(is_sign).len()..];
    let signs = format!("{before}{after}");
    let marked = if bare.is_empty() { None } else { of_signs(&signs).map(|status| (status, None)) };
    let title = if marked.is_some() { bare.to_string() } else { title };
    let trimmed = title.trim_end_matches(['.', ' ']);
    for (open, close) in [('(', ')'), ('[', ']')] {
        let last = trimmed.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
        if let Some((before, words, status)) = last.and_then(|(before, words)| Some((before, words, whole(words)?))) {
            return (before.trim_end().to_string(), Some((status, Some(words.to_string()))));
        }
        let first = trimmed.strip_prefix(open).and_then(|rest| rest.split_once(close));
        if let Some((words, after, status)) = first.and_then(|(words, after)| Some((words, after, whole(words)?))) {
            return (after.trim_start().to_string(), Some((status, Some(words.to_string()))));
        }
    }
    (title, marked)
}

/// The status when a text is nothing but a status.
pub fn whole(value: &str) -> Option<Status> {
    let words = normal(value);
    match words.is_empty() {
        true => of_signs(value),
        false => find(&words, |plain, more| plain.contains(&&*words) || more.contains(&&*words)),
    }
}

fn find(phrase: &str, has: impl Fn(&[&str], &[&str]) -> bool) -> Option<Status> {
    let found = WORDS.iter().find(|(_, plain, more)| has(plain, more));
    found.map(|(status, _, _)| *status).filter(|_| !phrase.is_empty())
}

/// Lower case words without signs, punctuation or hyphens.
fn normal(text: &str) -> String {
    let text = without_signs(text).replace('’', "'").to_lowercase();
    let kept = |c: char| {
        if c.is_alphanumeric() || c == '\'' { c } else { ' ' }
    };
    fold_space(&text.chars().map(kept).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_others_are_mapped() {
        let cases = [
            ("idea", Some(Idea)),
            ("Proposed", Some(Idea)),
            ("under consideration", Some(Exploring)),
            ("todo", Some(Planned)),
            ("Not started", Some(Planned)),
            ("coming soon", Some(Planned)),
            ("In-Progress", Some(Building)),
            ("we’re working on it", Some(Building)),
            ("🚧", Some(Building)),
            ("Public Beta", Some(Preview)),
            ("GA", Some(Shipped)),
            ("✅", Some(Shipped)),
            ("Done in 1.2", Some(Shipped)),
            ("Completed (v3.6)", Some(Shipped)),
            ("Won't do", Some(Declined)),
            ("not planned", Some(Declined)),
            ("maybe tomorrow", Some(Idea)),
            ("purple", None),
            ("", None),
            ("🔁❌", Some(Building)),
            ("❌", Some(Planned)),
        ];
        for (words, status) in cases {
            assert_eq!(of_value(words), status, "{words}");
        }
    }

    #[test]
    fn headings_are_read_more_strictly() {
        for (heading, status) in [
            ("Completed Items", Some(Shipped)),
            ("Recently completed", Some(Shipped)),
            ("🚧 In the works", Some(Building)),
            ("Research", None),
            ("Beta", None),
            ("New features", None),
            ("Done!", Some(Shipped)),
        ] {
            assert_eq!(of_heading(heading), status, "{heading}");
        }
    }

    #[test]
    fn a_status_beside_a_title_is_split_off() {
        let show = |title: &str| split_off(title);
        assert_eq!(
            show("Rotate keys (In Progress)"),
            ("Rotate keys".into(), Some((Building, Some("In Progress".into()))))
        );
        assert_eq!(show("[WIP] Rotate keys"), ("Rotate keys".into(), Some((Building, Some("WIP".into())))));
        assert_eq!(show("✅ Rotate keys"), ("Rotate keys".into(), Some((Shipped, None))));
        assert_eq!(show("Rotate keys. 🔁✅"), ("Rotate keys.".into(), Some((Building, None))));
        assert_eq!(show("Rotate keys (all of them)"), ("Rotate keys (all of them)".into(), None));
        assert_eq!(show("🧪 Tests"), ("🧪 Tests".into(), None));
        assert_eq!(show("🛣️ Roads"), ("🛣️ Roads".into(), None));
        assert_eq!(show("✅"), ("✅".into(), None));
    }
}
