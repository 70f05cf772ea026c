//! Codes of changelogs and roadmaps.

crate::diagnostic_codes! {
    CHANGELOG_NOT_PARSED = "changelog-not-parsed", Info,
        "No releases were found in the changelog, so its page shows the file as it is.",
        "Give each release a heading with its version and date, such as `## 1.2.0 - 2026-11-18`.";
    AMBIGUOUS_DATE = "ambiguous-date", Warning,
        "Day and month of a date could be exchanged. The date is shown as written and orders nothing.",
        "Write the date as year-month-day: `2026-04-03`.";
    IMPOSSIBLE_DATE = "impossible-date", Warning,
        "A date names a day that does not exist. It is shown as written and orders nothing.",
        "Correct the day or the month.";
    UNKNOWN_STATUS = "unknown-status", Warning,
        "The status of a roadmap item is a word that Portolan does not know. It is shown as written, and the item counts as planned.",
        "Use idea, exploring, planned, building, preview, shipped or declined.";
    UNKNOWN_ROADMAP_KEY = "unknown-roadmap-key", Info,
        "The front matter of a roadmap item has a key that means nothing to Portolan. It is kept for templates.",
        "Check the spelling, or leave it when a template of yours uses it.";
    UNUSABLE_VALUE = "unusable-roadmap-value", Warning,
        "A key of a roadmap item holds a value of another kind than it should. It is left out.",
        "Write text, or a list of texts.";
}
