//! What static hosts read: `_headers`, `_redirects`, `.nojekyll`, and a page at each old URL.

use std::fmt::Write;

use crate::model::portal::Portal;
use crate::model::route::Url;
use crate::render::html::HtmlBuilder;

/// Returns `_headers` (Netlify, Cloudflare Pages): hashed files are kept for ever, pages are asked for again.
pub fn headers(csp: &str, base_path: &str) -> String {
    format!(
        "{base_path}*\n  Content-Security-Policy: {csp}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n  Cache-Control: public, max-age=0, must-revalidate\n\
         {base_path}assets/*\n  ! Cache-Control\n  Cache-Control: public, max-age=31536000, immutable\n\
         {base_path}*.md\n  Content-Type: text/markdown; charset=utf-8\n\
         {base_path}.well-known/api-catalog\n  Content-Type: application/linkset+json\n"
    )
}

/// Returns `_redirects` (Netlify, Cloudflare Pages): old URLs and where they lead.
pub fn redirects(portal: &Portal, base_path: &str) -> String {
    let mut text = String::new();
    for (old, new) in &portal.redirects {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{base_path}{old} {base_path}{new} 301");
    }
    text
}

/// Returns the page at an old URL, for hosts without redirects: it leads on at once, and by a link.
pub fn redirect_page(portal: &Portal, old: &Url, new: &Url) -> Vec<u8> {
    let href = old.to(new);
    let mut html = HtmlBuilder::new();
    html.push_markup("<!doctype html>\n<html");
    html.push_attribute("lang", &portal.settings.language);
    html.push_markup("><head><meta charset=\"utf-8\"><title>Moved</title><meta http-equiv=\"refresh\"");
    html.push_attribute("content", &format!("0; url={href}"));
    html.push_markup("><link rel=\"canonical\"");
    let canonical = portal.settings.base_url.as_deref().map_or(href.clone(), |base| format!("{base}{new}"));
    html.push_attribute("href", &canonical);
    html.push_markup("><meta name=\"robots\" content=\"noindex\"></head><body><p>This page has moved: <a");
    html.push_attribute("href", &href);
    html.push_markup(">");
    html.push_text(new.as_str());
    html.push_markup("</a></p></body></html>\n");
    html.finish().into_string().into_bytes()
}
