//! Codes of the portal as a whole: configuration, links, references, routes, output.

crate::diagnostic_codes! {
    BROKEN_LINK = "broken-link", Error,
        "A link in the portal's own prose leads to no page or file.",
        "Write the path of an existing document, relative to the one that links.";
}
