//! Codes of the portal as a whole: configuration, links, references, routes.

crate::diagnostic_codes! {
    UNKNOWN_SETTING = "unknown-setting", Error,
        "`portal.toml` holds a key that is no setting, or names a diagnostic code or an API that does not exist.",
        "Write the setting's name as it is documented; `did you mean` names the nearest one.";
    WRONG_SETTING = "wrong-setting", Error,
        "A setting in `portal.toml` has a value that it cannot have. Its default is used.",
        "Write a value of the kind that the message names.";
    TRY_IT_SERVER = "try-it-server", Warning,
        "The try-it console is switched on for an API of which it can call no server: none is named, or none is https or \
         on the reader's own machine.",
        "Name a server with `https://` under `servers`, or take `try_it` out of `portal.toml`.";
    API_WITHOUT_DESCRIPTION = "api-without-description", Warning,
        "A folder below `apis/` holds documents but no OpenAPI description, so it gets no reference.",
        "Add an `openapi.yaml` to the folder, or move its documents to `guides/`.";
    ROUTE_COLLISION = "route-collision", Error,
        "Two sources would be written to the same URL, or to two that a case-folding disk takes for one. The first one \
         is kept.",
        "Rename one of the two files, or give one of them a `slug` in its front matter.";
    BAD_ALIAS = "bad-alias", Error,
        "An old URL (`aliases`) cannot lead to this document: it is the URL of a page, or two documents claim it.",
        "Remove the alias from one of the documents.";
    DUPLICATE_ID = "duplicate-id", Error,
        "Two roadmap items have the same id, so that `road:` references to it mean either.",
        "Give one of the items another `id`.";
    BROKEN_LINK = "broken-link", Error,
        "A link in the portal's own prose leads to no page or file.",
        "Write the path of an existing document, relative to the one that links.";
    BROKEN_ANCHOR = "broken-anchor", Error,
        "A link leads to a page that has no heading with this anchor.",
        "Use the anchor of an existing heading: its text in lower case, with hyphens for spaces.";
    UNKNOWN_REFERENCE = "unknown-reference-in-prose", Error,
        "A reference such as `op:…`, `schema:…`, `error:…`, `road:…` or `release:…` names nothing in the portal.",
        "Use the id that the description, roadmap or changelog gives; `did you mean` names the nearest one.";
    UNKNOWN_BOOST = "unknown-boost", Error,
        "`search.toml` boosts a page that the portal does not have, so the boost does nothing.",
        "Write the path of a document, or the URL of a page or folder of the site.";
    UNKNOWN_OPERATION_IN_CODE = "unknown-operation-in-code", Info,
        "Inline code in a document is written like an operation of one of the portal's APIs, `METHOD /path`, but no API \
         has it.",
        "Write the operation as its description does; with `{nolink}` behind the code, nothing is looked up.";
    UNSAFE_LINK = "unsafe-link", Error,
        "A link has a scheme that is not published: only http, https, mailto and tel are.",
        "Link to a web page, or to a document of the portal.";
    REMOTE_LOGO = "remote-logo", Info,
        "The logo of an API (`x-logo`) lies on another host. Pages load nothing from elsewhere, so it is shown as a link.",
        "Copy the image beside the description and write its relative path.";
    BROKEN_LINK_IN_DESCRIPTION = "broken-link-in-description", Warning,
        "A link in a text of an API description leads to no page or file of the portal. Its text is shown without a link.",
        "Write an absolute URL in the description, or a path relative to its file.";
    PAGE_LARGE = "page-large", Warning,
        "A page of the site has more than 300 KB of HTML, which readers on slow lines have to wait for. Only `build` \
         knows it.",
        "Give large inline schemas a name under `components`, so that they get pages of their own, or cut the document \
         in two.";
}
