//! What an API says about itself on its landing page: logo, description, contact, licence, terms.

use super::api::DESCRIPTION_PREFIX;
use crate::model::api::{License, Logo, LogoUrl};
use crate::render::html::{HtmlBuilder, SafeHtml};
use crate::render::markdown::LinkOut;
use crate::render::reference::{Reference, push_link};
use crate::render::view::TocEntry;

/// Headings below the first level of a description are listed this deep.
const TOC_LEVELS: u8 = 2;

/// Returns `info.description`, and its headings for "On this page".
pub(super) fn description(reference: &Reference<'_>) -> (SafeHtml, Vec<TocEntry>) {
    let Some(prose) = &reference.api.info.description else { return Default::default() };
    let (html, headings) = reference.context.prose_with_headings(reference.at, prose, 2, DESCRIPTION_PREFIX);
    let listed = headings.into_iter().filter(|heading| heading.level < 2 + TOC_LEVELS);
    let entry = |heading: crate::render::markdown::RenderedHeading| TocEntry {
        level: heading.level,
        id: heading.id,
        title: heading.text,
    };
    (html, listed.map(entry).collect())
}

/// Returns the logo. An image of another host is a link: a page loads nothing from elsewhere.
pub(super) fn logo(reference: &Reference<'_>) -> SafeHtml {
    let mut html = HtmlBuilder::new();
    let Some(logo) = &reference.api.info.logo else { return html.finish() };
    let mut inner = HtmlBuilder::new();
    let classes = match logo.dark {
        Some(_) => ["api__logo api__logo--light", "api__logo api__logo--dark"],
        None => ["api__logo", "api__logo"],
    };
    for (url, class) in logo.urls().zip(classes) {
        push_image(reference, &mut inner, logo, url, class);
    }
    let inner = inner.finish();
    if inner.is_empty() {
        return inner;
    }
    let href = logo.href.as_deref().filter(|href| crate::render::html::safe_url(href).is_some());
    html.push_markup("<p class=\"api__logos\">");
    match href.filter(|_| !inner.as_str().starts_with("<a")) {
        Some(href) => {
            html.push_markup("<a");
            html.push_url("href", href);
            html.push_markup(">");
            html.push_safe(&inner);
            html.push_markup("</a>");
        }
        None => {
            html.push_safe(&inner);
            if let Some(href) = href {
                html.push_markup(" ");
                push_link(&mut html, href, href);
            }
        }
    }
    html.push_markup("</p>");
    html.finish()
}

fn push_image(reference: &Reference<'_>, html: &mut HtmlBuilder, logo: &Logo, url: &LogoUrl, class: &'static str) {
    let linked = logo.href.as_ref().map_or("", |_| reference.api.info.title.as_str());
    let alt = logo.alt.as_deref().unwrap_or(linked);
    match reference.context.link_of_description(reference.at, url.span.file, &url.written, true) {
        LinkOut::To(href) => {
            let mut image = HtmlBuilder::new();
            image.push_markup("<img");
            image.push_attribute("class", class);
            if image.push_url("src", &href) {
                image.push_attribute("alt", alt);
                image.push_markup(">");
                html.push_safe(&image.finish());
            }
        }
        LinkOut::External(href) => {
            let text = if alt.is_empty() { "Logo" } else { alt };
            html.push_safe(&if html.is_empty() { SafeHtml::default() } else { crate::render::html::escape(" ") });
            push_link(html, &href, text);
        }
        // A check has reported it.
        LinkOut::Operation { .. } | LinkOut::Broken => html.push_text(alt),
    }
}

/// Returns contact, licence, terms and external documentation.
pub(super) fn footer(reference: &Reference<'_>) -> SafeHtml {
    let info = &reference.api.info;
    let mut html = HtmlBuilder::new();
    if let Some(contact) = &info.contact {
        html.push_markup("<p>Contact: ");
        match (&contact.name, &contact.url) {
            (name, Some(url)) => push_link(&mut html, url, name.as_ref().unwrap_or(url)),
            (Some(name), None) => html.push_text(name),
            (None, None) => {}
        }
        if let Some(email) = &contact.email {
            html.push_markup(" ");
            push_link(&mut html, &format!("mailto:{email}"), email);
        }
        html.push_markup("</p>");
        reference.push_extensions(&mut html, &contact.extensions);
    }
    if let Some(license) = &info.license {
        html.push_markup("<p>Licence: ");
        push_license(&mut html, license);
        html.push_markup("</p>");
        reference.push_extensions(&mut html, &license.extensions);
    }
    if let Some(terms) = &info.terms_of_service {
        html.push_markup("<p>");
        push_link(&mut html, terms, "Terms of service");
        html.push_markup("</p>");
    }
    if let Some(docs) = &reference.api.external_docs {
        html.push_markup("<p>");
        reference.push_docs(&mut html, docs);
        html.push_markup("</p>");
    }
    html.finish()
}

/// Adds a licence: its name, linked to its URL or its only SPDX id, then the SPDX expression when it says more.
fn push_license(html: &mut HtmlBuilder, license: &License) {
    let expression = license.identifier.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let only = expression.filter(|text| spdx_ids(text) == [(*text, true)]);
    let page = only.map(spdx_page);
    let repeats = expression == Some(license.name.trim());
    match (license.url.as_deref().or(page.as_deref()), expression) {
        (Some(url), _) => push_link(html, url, &license.name),
        (None, Some(expression)) if repeats => return push_expression(html, expression),
        (None, _) => html.push_text(&license.name),
    }
    if let Some(expression) = expression.filter(|_| !repeats) {
        html.push_text(" (");
        match only.is_some() && license.url.is_none() {
            true => html.push_text(expression),
            false => push_expression(html, expression),
        }
        html.push_text(")");
    }
}

/// Adds an SPDX expression with each licence of the SPDX list linked to its text.
fn push_expression(html: &mut HtmlBuilder, expression: &str) {
    for (piece, is_license) in spdx_ids(expression) {
        match is_license {
            true => push_link(html, &spdx_page(piece), piece),
            false => html.push_text(piece),
        }
    }
}

fn spdx_page(id: &str) -> String {
    format!("https://spdx.org/licenses/{}.html", id.trim_end_matches('+'))
}

/// Splits an SPDX expression (SPDX 2.3, annex D) into licences of the list (`true`) and all between them: operators,
/// brackets, exceptions, and licences that a document defines itself.
fn spdx_ids(expression: &str) -> Vec<(&str, bool)> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '+' | ':');
    let mut pieces = Vec::new();
    let (mut rest, mut excepts) = (expression, false);
    while let Some(first) = rest.chars().next() {
        let same = |c: char| is_word(c) == is_word(first);
        let end = rest.find(|c| !same(c)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        let operator = ["AND", "OR", "WITH"].iter().any(|word| piece.eq_ignore_ascii_case(word));
        let own = piece.starts_with("LicenseRef-") || piece.starts_with("DocumentRef-");
        pieces.push((piece, is_word(first) && !operator && !own && !excepts));
        if is_word(first) {
            excepts = piece.eq_ignore_ascii_case("WITH");
        }
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r01_each_licence_of_an_spdx_expression_is_linked() {
        let mut html = HtmlBuilder::new();
        push_expression(&mut html, "(MIT OR GPL-2.0-only+ WITH Bison-exception-2.2) AND LicenseRef-own");
        assert_eq!(
            html.finish().as_str(),
            "(<a href=\"https://spdx.org/licenses/MIT.html\">MIT</a> OR \
             <a href=\"https://spdx.org/licenses/GPL-2.0-only.html\">GPL-2.0-only+</a> \
             WITH Bison-exception-2.2) AND LicenseRef-own"
        );
    }
}
