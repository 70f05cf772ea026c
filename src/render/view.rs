//! What templates see: the theme authors' interface. Nothing else is serialised.
//!
//! Fields that end in `_html` are safe HTML and are written with `| safe`; everything else is text and is escaped.
//! Every `href` is ready to stand in an attribute: relative to the page, or absolute.

use serde::Serialize;

use super::html::SafeHtml;

/// Portal-wide facts: `shell` in every template. URLs here are relative to the site's root: write `page.root` before.
#[derive(Debug, Clone, Serialize)]
pub struct Shell {
    /// The portal's title.
    pub title: String,
    /// The portal's description.
    pub description: Option<String>,
    /// BCP 47 language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The links of the page head; `section` says which main section each leads to.
    pub nav: Vec<ShellLink>,
    /// The links of the page foot.
    pub footer: Vec<ShellLink>,
    /// The portal's logo (`static/logo.svg`, else `static/logo.png`), if there is one.
    pub logo: Option<String>,
    /// The icon (`static/favicon.svg`, `.ico` or `.png`), if there is one.
    pub icon: Option<String>,
    /// Feeds: title and URL.
    pub feeds: Vec<ShellLink>,
    /// When the site was built, as it is shown (`21 Nov 2026`), when `SOURCE_DATE_EPOCH` says so.
    pub built: Option<String>,
    /// The same as ISO 8601 date.
    pub built_iso: Option<String>,
    /// Theme files by name: `site.css`, `boot.js`, `site.js`, `search.js`, `user.css` → URL.
    pub assets: std::collections::BTreeMap<String, String>,
    /// Icons by name, as elements: what the `icon` component shows.
    pub icons: std::collections::BTreeMap<String, String>,
    /// Whether there are guides, stories, paths, a roadmap, a changelog, APIs: for empty states and start cards.
    pub has: Has,
    /// The strict Content-Security-Policy; what a page is held by is [`PageView::csp`].
    pub csp: String,
    /// Words of the interface by key.
    pub strings: std::collections::BTreeMap<String, String>,
    /// The colours of the page, for the browser's own frame.
    pub page_colours: PageColours,
}

/// The colour of the page, for `theme-color`.
#[derive(Debug, Clone, Serialize)]
pub struct PageColours {
    /// On light pages, `#rrggbb`.
    pub light: String,
    /// On dark pages.
    pub dark: String,
}

/// Which main sections exist.
#[derive(Debug, Clone, Copy, Serialize, Default)]
pub struct Has {
    /// At least one API.
    pub apis: bool,
    /// At least one guide.
    pub guides: bool,
    /// At least one story.
    pub stories: bool,
    /// At least one onboarding path.
    pub onboarding: bool,
    /// At least one roadmap item.
    pub roadmap: bool,
    /// At least one changelog.
    pub changelog: bool,
}

/// A link of the shell.
#[derive(Debug, Clone, Serialize)]
pub struct ShellLink {
    /// Its text.
    pub title: String,
    /// Relative to the root, or absolute.
    pub url: String,
    /// True when `url` is absolute and `page.root` must not stand before it.
    pub external: bool,
    /// The main section that it leads to: `api`, `guides`, `stories`, `onboarding`, `roadmap`, `changelog`, `pages`;
    /// equal to `page.section` on its pages.
    pub section: String,
}

/// What every page has: `page` in every template.
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The kind: `operation`, `guide` …; also the class `page--<kind>`.
    pub kind: &'static str,
    /// The main section, as in [`ShellLink::section`].
    pub section: &'static str,
    /// The title, as in h1.
    pub title: String,
    /// The text of `<title>`.
    pub head_title: String,
    /// The text of the description meta tag, at most about 160 characters.
    pub description: Option<String>,
    /// The URL relative to the site's root.
    pub url: String,
    /// `""`-free prefix that leads to the site's root: `./`, `../../`; `/base/` on the 404 page.
    pub root: String,
    /// The absolute URL, when `base_url` is known.
    pub canonical: Option<String>,
    /// The page's Markdown twin.
    pub twin: Option<String>,
    /// Breadcrumbs from the top, the page itself last and without `href`; empty on first-level pages.
    pub crumbs: Vec<Crumb>,
    /// Headings of the page for "On this page".
    pub toc: Vec<TocEntry>,
    /// The portal's APIs, on the pages of one when there are others.
    pub apis: Option<Switch>,
    /// The versions of the page's API, when it has several: each leads to the same operation, schema or tag there.
    pub versions: Option<Switch>,
    /// The section's menu; empty when the page has none.
    pub nav_html: SafeHtml,
    /// The page before this one in its menu.
    pub previous: Option<PageLink>,
    /// The page after this one.
    pub next: Option<PageLink>,
    /// Where the source can be edited.
    pub edit: Option<String>,
    /// Where a problem with the page can be reported.
    pub report: Option<String>,
    /// A notice above the page: an earlier version, a draft.
    pub banner: Option<Banner>,
    /// True when crawlers should leave the page out.
    pub noindex: bool,
    /// The page's Content-Security-Policy: `shell.csp`, widened where the page has the try-it console.
    pub csp: String,
}

/// A choice between pages of which the reader sees one.
#[derive(Debug, Clone, Serialize)]
pub struct Switch {
    /// The title of the one that is open.
    pub title: String,
    /// Every choice, the open one too.
    pub links: Vec<SwitchLink>,
}

/// One choice.
#[derive(Debug, Clone, Serialize)]
pub struct SwitchLink {
    /// Its title.
    pub title: String,
    /// Where it leads.
    pub href: String,
    /// True for the one that is open.
    pub current: bool,
    /// A word about it: the `current` version, or that the link leads to an `overview` because the page is not there.
    pub note: Option<&'static str>,
}

/// One breadcrumb.
#[derive(Debug, Clone, Serialize)]
pub struct Crumb {
    /// Its text.
    pub title: String,
    /// Where it leads; `None` for the page itself.
    pub href: Option<String>,
}

/// One line of "On this page".
#[derive(Debug, Clone, Serialize)]
pub struct TocEntry {
    /// 2 or 3.
    pub level: u8,
    /// The anchor, without `#`.
    pub id: String,
    /// Its text.
    pub title: String,
}

/// A link to another page, wherever one is listed.
#[derive(Debug, Clone, Serialize)]
pub struct PageLink {
    /// The page's title.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// The kind of the page.
    pub kind: &'static str,
    /// The HTTP method of an operation, in capitals as written; for the method label.
    pub method: Option<String>,
    /// The path of an operation or the name of a webhook.
    pub path: Option<String>,
    /// One line about it.
    pub summary: Option<String>,
    /// Deprecated.
    pub deprecated: bool,
}

/// A notice above a page.
#[derive(Debug, Clone, Serialize)]
pub struct Banner {
    /// `note`, `caution` or `tip`: the callout's look.
    pub kind: &'static str,
    /// Its text.
    pub text: String,
    /// A link's text and target.
    pub link: Option<Crumb>,
}
