//! Which HTML may stand in Markdown.
//!
//! Elements of text, tables, lists and folds; nothing that runs, fetches, frames, styles or submits. No `style`, no
//! `class` (it could pass for a part of the page), no event attributes.

/// An element that may be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub name: &'static str,
    /// Attributes beside those that every element may have.
    pub attributes: &'static [&'static str],
    pub kind: Kind,
}

/// How an element behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Has no content.
    Void,
    /// Ends with its HTML block at the latest.
    Text,
    /// May hold blocks of Markdown, and so end in a later HTML block.
    Block,
}

/// Attributes that every element may have.
const EVERYWHERE: &[&str] = &["title", "lang", "dir"];

const ELEMENTS: &[(Kind, &[&str], &[&str])] = &[
    (Kind::Void, &["br", "hr", "wbr"], &[]),
    (Kind::Void, &["col"], &["span"]),
    (
        Kind::Text,
        &[
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "dfn",
            "em",
            "i",
            "kbd",
            "mark",
            "q",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "small",
            "span",
            "strike",
            "strong",
            "sub",
            "sup",
            "tt",
            "u",
            "var",
            "summary",
            "caption",
            "figcaption",
            "pre",
            "del",
            "ins",
        ],
        &[],
    ),
    (Kind::Text, &["time"], &["datetime"]),
    (Kind::Text, &["p", "h1", "h2", "h3", "h4", "h5", "h6"], &["align"]),
    (Kind::Block, &["div"], &["align"]),
    (Kind::Block, &["blockquote", "center", "dl", "dt", "dd", "figure", "ul", "section", "article"], &[]),
    (Kind::Block, &["ol"], &["start", "reversed"]),
    (Kind::Block, &["li"], &["value"]),
    (Kind::Block, &["details"], &["open"]),
    (Kind::Block, &["table"], &["align"]),
    (Kind::Block, &["thead", "tbody", "tfoot", "tr", "colgroup"], &["align"]),
    (Kind::Block, &["td", "th"], &["align", "colspan", "rowspan", "scope"]),
];

/// Returns the element of this name, if it may be written. `a` and `img` have rules of their own.
pub(super) fn element(name: &str) -> Option<Element> {
    ELEMENTS.iter().find_map(|(kind, names, attributes)| {
        let name = names.iter().find(|known| **known == name)?;
        Some(Element { name, attributes, kind: *kind })
    })
}

/// Returns true when an attribute may be written with this value.
pub(super) fn attribute(element: &Element, name: &str, value: &str) -> bool {
    let known = EVERYWHERE.contains(&name) || element.attributes.contains(&name);
    let number = || value.len() <= 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    known
        && match name {
            "colspan" | "rowspan" | "span" | "start" | "value" => number(),
            "align" => matches!(value, "left" | "right" | "center"),
            "dir" => matches!(value, "ltr" | "rtl" | "auto"),
            _ => true,
        }
}

/// Attributes of authors' HTML that are left out without a word: looks, which the theme decides.
pub(super) fn is_looks(name: &str) -> bool {
    let looks =
        ["style", "class", "width", "height", "align", "valign", "border", "bgcolor", "color", "loading", "rel"];
    looks.contains(&name)
        || name == "target"
        || name.starts_with("data-")
        || name.starts_with("aria-")
        || name == "role"
}

/// Elements that end when another of their kind begins (HTML, section 13.1.2.4).
pub(super) fn ends_before(open: &str, next: &str) -> bool {
    match next {
        "li" => open == "li",
        "dt" | "dd" => matches!(open, "dt" | "dd"),
        "tr" => matches!(open, "tr" | "td" | "th"),
        "td" | "th" => matches!(open, "td" | "th"),
        "thead" | "tbody" | "tfoot" => matches!(open, "thead" | "tbody" | "tfoot" | "tr" | "td" | "th"),
        "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "details" => open == "p",
        _ => false,
    }
}
