//! The portal-wide facts that every template sees.

use std::collections::BTreeSet;

use super::theme::Theme;
use super::view::{Has, Shell, ShellLink};
use crate::diag::SourcePath;
use crate::graph::{Graph, Target};
use crate::model::document::DocumentKind;
use crate::model::portal::Portal;
use crate::model::route::{Subject, Url};
use crate::model::settings::NavLink;

/// Makes the shell of a portal.
pub fn shell(portal: &Portal, graph: &Graph, theme: &Theme) -> Shell {
    let settings = &portal.settings;
    let has = has(portal);
    let nav = match settings.nav.is_empty() {
        true => own_nav(portal, has),
        false => settings.nav.iter().map(|link| shell_link(portal, graph, link)).collect(),
    };
    let built = settings.built_at.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let built = built.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    Shell {
        title: settings.title.clone(),
        description: settings.description.clone(),
        direction: direction(&settings.language),
        language: settings.language.clone(),
        nav,
        footer: settings.footer.iter().map(|link| shell_link(portal, graph, link)).collect(),
        logo: first_file(portal, &["logo.svg", "logo.png"]),
        icon: first_file(portal, &["favicon.svg", "favicon.ico", "favicon.png"]),
        feeds: feeds(has),
        built: built.map(shown_date),
        built_iso: built.map(|date| date.to_string()),
        assets: theme.assets().urls(),
        icons: theme.icons().clone(),
        has,
        csp: content_security_policy(portal),
        page_colours: theme.page_colours().clone(),
        strings: theme.strings(&settings.language),
    }
}

fn has(portal: &Portal) -> Has {
    let any = |kind: DocumentKind| portal.documents.iter().any(|document| document.kind == kind);
    Has {
        apis: !portal.apis.is_empty(),
        guides: any(DocumentKind::Guide),
        stories: any(DocumentKind::Story),
        onboarding: any(DocumentKind::Path),
        roadmap: portal.routes.of(Subject::Roadmap).is_some(),
        changelog: portal.routes.of(Subject::Changelog(None)).is_some(),
    }
}

/// The links of the page head when the settings name none: what exists, in the order a newcomer needs it.
fn own_nav(portal: &Portal, has: Has) -> Vec<ShellLink> {
    let wanted = [
        ("Get started", "onboarding", "onboarding/", has.onboarding),
        ("Guides", "guides", "guides/", has.guides),
        ("Stories", "stories", "stories/", has.stories),
        ("APIs", "api", "apis/", has.apis),
        ("Roadmap", "roadmap", "roadmap/", has.roadmap),
        ("Changelog", "changelog", "changelog/", has.changelog),
    ];
    let exists = |url: &str| portal.routes.at(url).is_some();
    let links = wanted.into_iter().filter(|(_, _, url, wanted)| *wanted && exists(url));
    let link = |(title, section, url, _): (&str, &str, &str, bool)| ShellLink {
        title: title.to_owned(),
        url: url.to_owned(),
        external: false,
        section: section.to_owned(),
    };
    links.map(link).collect()
}

/// Resolves a link of `portal.toml` as if it stood in a document at the top. What leads nowhere has been reported
/// (`broken-link`) and leads home.
fn shell_link(portal: &Portal, graph: &Graph, link: &NavLink) -> ShellLink {
    let target = graph.references.resolve(portal, &SourcePath::new("portal.toml"), None, &link.url);
    let with = |anchor: Option<String>| anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
    let (url, external, section) = match target {
        Target::Page { subject, anchor } => {
            let url = portal.routes.of(subject).map_or(String::new(), |route| route.url.to_string());
            (format!("{url}{}", with(anchor)), false, super::frame::section(portal, subject))
        }
        Target::File(url, anchor) => (format!("{url}{}", with(anchor)), false, ""),
        Target::External(url) => (url, true, ""),
        Target::Anchor(_) | Target::Broken(_) => (String::new(), false, ""),
    };
    ShellLink { title: link.title.clone(), url, external, section: section.to_owned() }
}

fn first_file(portal: &Portal, names: &[&str]) -> Option<String> {
    let found = names.iter().find(|name| portal.files.contains_key(&Url::new((**name).to_owned())));
    found.map(|name| (*name).to_owned())
}

fn feeds(has: Has) -> Vec<ShellLink> {
    let link = |title: &str, url: &str| ShellLink {
        title: title.to_owned(),
        url: url.to_owned(),
        external: false,
        section: String::new(),
    };
    match has.changelog {
        true => {
            vec![link("Changelog (Atom)", "changelog/feed.xml"), link("Changelog (JSON Feed)", "changelog/feed.json")]
        }
        false => Vec::new(),
    }
}

/// Returns a date as readers see it: `14 Mar 2026`.
pub fn shown_date(date: jiff::civil::Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

fn direction(language: &str) -> &'static str {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    if matches!(primary, "ar" | "fa" | "he" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv") { "rtl" } else { "ltr" }
}

/// Returns the policy of every page: nothing but the site's own files, and images of the hosts that the publisher's own
/// documents show.
pub fn content_security_policy(portal: &Portal) -> String {
    let hosts: String = image_hosts(portal).into_iter().map(|host| format!(" {host}")).collect();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:{hosts}; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'"
    )
}

/// Returns the hosts (with scheme) of images in the publisher's own documents.
pub fn image_hosts(portal: &Portal) -> BTreeSet<String> {
    let documents = portal.documents.iter().map(|document| &document.body);
    let items = portal.roadmap.iter().map(|item| &item.body);
    let logs = portal.changelogs.iter().map(|log| &log.body);
    let images = documents.chain(items).chain(logs).flat_map(|body| &body.links).filter(|link| link.image);
    images.filter_map(|image| origin(&image.target)).collect()
}

/// Returns `https://host[:port]` of a URL that can stand in a policy.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_plain = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'));
    (matches!(scheme, "http" | "https") && is_plain).then(|| format!("{scheme}://{}", host.to_ascii_lowercase()))
}
