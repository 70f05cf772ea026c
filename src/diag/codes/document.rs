//! Codes of Markdown documents: front matter, roadmaps, changelogs, containers.

crate::diagnostic_codes! {
    MISSING_TITLE = "missing-title", Warning,
        "The document has no title; its file name is shown instead.",
        "Add `title: …` to the front matter, or begin the text with a level-1 heading.";
}
