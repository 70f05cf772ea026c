//! Codes of Markdown documents: front matter, roadmaps, changelogs, containers.

crate::diagnostic_codes! {
    MISSING_TITLE = "missing-title", Warning,
        "The document has no title; its file name is shown instead.",
        "Add `title: …` to the front matter, or begin the text with a level-1 heading.";
    UNTERMINATED_FRONT_MATTER = "unterminated-front-matter", Error,
        "Front matter begins at the top of the file and never ends, so all of it is shown as text.",
        "End the front matter with the line that it began with: `---`, `+++`, or the closing `}`.";
    FRONT_MATTER_CONFLICT = "front-matter-conflict", Warning,
        "Two keys of the front matter mean the same and differ. The first one in the order of Portolan's own keys is used.",
        "Keep one of the two.";
    FRONT_MATTER_TYPE = "front-matter-type", Warning,
        "A key of the front matter holds another kind of value than it should, and is left out.",
        "Write the value as the message says.";
    UNKNOWN_FRONT_MATTER = "unknown-front-matter", Info,
        "A key of the front matter is none that Portolan knows. It is kept as `extra` for templates.",
        "Mend the spelling, or move data of your own below `extra:`.";
    UNKNOWN_DATE = "unknown-date", Warning,
        "A date is not in a form that can be read in one way only. It is left out, or shown as written and orders nothing.",
        "Write it as ISO 8601: `2026-03-14`. A roadmap item's `when` may also be a month (`2027-03`), a quarter \
         (`2027-Q1`), a half (`2027-H1`), a year, `now`, `next` or `later`.";
    UNKNOWN_DURATION = "unknown-duration", Warning,
        "A time needed is not in a form that is understood, and is left out.",
        "Write minutes or hours: `5m`, `10 min`, `1h`, `1h 30m`.";
    UNKNOWN_CONTAINER = "unknown-container", Warning,
        "A container has a name that Portolan does not know. Its content is shown as a note under that name.",
        "Use a name such as `note`, `tip`, `important`, `caution`, `danger`, `tabs`, `tab`, `steps` or `cards`.";
    UNCLOSED_CONTAINER = "unclosed-container", Warning,
        "A container begins and never ends; it is closed where the text around it ends.",
        "End it: `:::` on a line of its own with the same indentation, or the component's closing tag.";
    STRAY_CONTAINER_END = "stray-container-end", Warning,
        "A container ends where none of its kind is open.",
        "Remove the line, or begin the container before it at the same indentation.";
    UNSUPPORTED_CONTAINER = "unsupported-container", Warning,
        "A container asks for something that this place cannot give; it is shown as it is written.",
        "Write its content into the document.";
    UNKNOWN_CODE_WORD = "unknown-code-word", Info,
        "A word behind the opening fence of a code block has no meaning and is left out.",
        "Mend the spelling, or remove the word.";
    HTML_NOT_ALLOWED = "html-not-allowed", Warning,
        "An HTML element or attribute is none of those that may stand in Markdown; the element is shown as text, the attribute left out.",
        "Write it in Markdown, or as a container.";
    UNSAFE_URL = "unsafe-url", Warning,
        "A link has a scheme that could run or read something; its text is shown without the link.",
        "Link with http, https, mailto, tel, a relative path or a fragment.";
    MDX_NOT_SUPPORTED = "mdx-not-supported", Info,
        "The document imports or exports code. Nothing of a portal's content is run, so the statements are left out.",
        "Remove the statements; the common components (`<Note>`, `<Tabs>`, `<Steps>`, `<Card>` …) work without them.";
    LIMIT_NESTING = "limit-nesting", Warning,
        "Lists, quotations or containers nest deeper than 64 levels; what is deeper is shown at that level.",
        "Flatten the text.";
}
