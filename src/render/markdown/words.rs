//! Words of the interface that stand inside rendered Markdown.

/// The words, in English unless a portal replaces them.
#[derive(Debug, Clone)]
pub struct Words {
    /// The first line of a note without a title.
    pub note: String,
    /// … of a tip.
    pub tip: String,
    /// … of what is important.
    pub important: String,
    /// … of a caution.
    pub caution: String,
    /// … of a warning.
    pub warning: String,
    /// … of a danger.
    pub danger: String,
    /// … of the check of a step.
    pub verify: String,
    /// What a fold without a title is called.
    pub details: String,
    /// Before a heading's text: the name of its anchor link.
    pub link_to: String,
    /// The name of a table's scroll region.
    pub table: String,
    /// The name of a code block's scroll region.
    pub code: String,
    /// The name of the list of footnotes.
    pub footnotes: String,
    /// The name of the link from a footnote back to the text.
    pub back: String,
    /// The name of a ticked box.
    pub done: String,
    /// The name of an empty box.
    pub to_do: String,
    /// What an image without a description is called where only its link is shown.
    pub image: String,
}

impl Default for Words {
    fn default() -> Words {
        Words {
            note: "Note".into(),
            tip: "Tip".into(),
            important: "Important".into(),
            caution: "Caution".into(),
            warning: "Warning".into(),
            danger: "Danger".into(),
            verify: "Check".into(),
            details: "Details".into(),
            link_to: "Link to".into(),
            table: "Table".into(),
            code: "Code".into(),
            footnotes: "Footnotes".into(),
            back: "Back to the text".into(),
            done: "Done".into(),
            to_do: "To do".into(),
            image: "Image".into(),
        }
    }
}
