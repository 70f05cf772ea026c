//! Request samples: how to call an operation, in every language of one table.
//!
//! [`request`] makes one canonical request of an operation; each language is one file that writes it. Samples that the
//! author wrote (`x-codeSamples`) win in their language. The settings choose the languages; what they are called is in
//! [`SampleLanguage`].

mod address;
pub mod auth;
mod csharp;
mod curl;
mod go;
mod http;
mod java;
mod javascript;
mod kotlin;
mod literal;
mod php;
mod powershell;
mod python;
pub mod request;
mod ruby;
mod rust;
mod swift;
mod template;
#[cfg(test)]
mod tests;

use super::code::{self, Code};
use super::html::{HtmlBuilder, SafeHtml};
use super::reference::Reference;
use super::reference::servers::{is_absolute, resolved_url};
use crate::model::api::{CodeSample, Operation, OperationKind};
use crate::model::sample_language::SampleLanguage;
use crate::schema::anchor;
use request::Request;

/// Returns what writes a language.
pub fn writer(language: SampleLanguage) -> fn(&Request) -> Code {
    match language {
        SampleLanguage::Curl => curl::write,
        SampleLanguage::JavaScript => javascript::write,
        SampleLanguage::TypeScript => javascript::write_typescript,
        SampleLanguage::Python => python::write,
        SampleLanguage::PythonHttpx => python::write_httpx,
        SampleLanguage::Go => go::write,
        SampleLanguage::Java => java::write,
        SampleLanguage::Kotlin => kotlin::write,
        SampleLanguage::CSharp => csharp::write,
        SampleLanguage::Ruby => ruby::write,
        SampleLanguage::Php => php::write,
        SampleLanguage::Rust => rust::write,
        SampleLanguage::Swift => swift::write,
        SampleLanguage::PowerShell => powershell::write,
        SampleLanguage::Http => http::write,
    }
}

/// Returns what the names of an API's variables begin with.
pub fn variable_prefix(api: &crate::model::api::Api) -> String {
    auth::prefix(api)
}

/// Returns the URL of an API's first server, as an argument in a shell; a variable when it has no absolute one.
pub fn quoted_base(api: &crate::model::api::Api) -> String {
    let url = api.servers.first().map(resolved_url).filter(|url| is_absolute(url));
    url.map_or_else(|| "\"$BASE_URL/\"".to_owned(), |url| curl::shell_quoted(&format!("{url}/")))
}

/// One tab of the samples panel.
struct Tab {
    key: String,
    label: String,
    block: SafeHtml,
}

/// Returns the samples of an operation as tabs; for a webhook the request that is delivered. Empty when the settings
/// want none and the author wrote none.
pub fn of_operation<'a>(reference: &mut Reference<'a>, operation: &'a Operation) -> SafeHtml {
    let request = request::of_operation(reference, operation);
    let sent = matches!(operation.kind, OperationKind::Http { .. });
    let wanted: &[SampleLanguage] = match sent {
        true => &reference.settings.samples.languages,
        false => &[SampleLanguage::Http],
    };
    let mut tabs: Vec<Tab> = Vec::new();
    for language in wanted {
        let own: Vec<&CodeSample> =
            operation.samples.iter().filter(|sample| language_of(sample) == Some(*language)).collect();
        match own.is_empty() {
            true => tabs.push(generated(*language, &request)),
            false => tabs.extend(own.into_iter().map(|sample| written(reference, sample))),
        }
    }
    let further = |sample: &&CodeSample| language_of(sample).is_none_or(|language| !wanted.contains(&language));
    for sample in operation.samples.iter().filter(further) {
        tabs.push(written(reference, sample));
    }
    panel(reference, operation, tabs)
}

/// Returns true when a sample shows the whole body of an operation: it is not left to a file, and the author's own
/// samples leave a language to us.
pub fn show_body<'a>(reference: &Reference<'a>, operation: &'a Operation) -> bool {
    let own = |language: &SampleLanguage| operation.samples.iter().any(|known| language_of(known) == Some(*language));
    let languages = &reference.settings.samples.languages;
    let whole = || {
        let body = request::body(reference, operation);
        !matches!(body, request::Body::None | request::Body::File(..) | request::Body::Chunks(..))
    };
    languages.iter().any(|language| !own(language)) && whole()
}

/// Returns the language of an author's sample: what `lang` calls it, else what the label does.
fn language_of(sample: &CodeSample) -> Option<SampleLanguage> {
    let by_label = || sample.label.as_deref().and_then(SampleLanguage::named);
    SampleLanguage::named(&sample.language).or_else(by_label)
}

fn generated(language: SampleLanguage, request: &Request) -> Tab {
    let code = writer(language)(request).html();
    Tab {
        key: language.key().into(),
        label: language.label().into(),
        block: code::block(language.label(), language.grammar(), &code),
    }
}

fn written(reference: &Reference<'_>, sample: &CodeSample) -> Tab {
    let language = language_of(sample);
    let written = sample.language.trim();
    let label = sample.label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    let name = label.unwrap_or_else(|| language.map_or(written, |language| language.label()));
    let key = language.map_or_else(|| anchor::part(&written.to_lowercase()), |language| language.key().into());
    let grammar = language.map_or(key.as_str(), |language| language.grammar());
    let code = reference.context.renderer.highlighter.highlight(sample.source.trim_end(), grammar);
    Tab { block: code::block(name, grammar, &code), label: name.to_string(), key }
}

fn panel<'a>(reference: &mut Reference<'a>, operation: &'a Operation, tabs: Vec<Tab>) -> SafeHtml {
    let mut html = HtmlBuilder::new();
    if tabs.is_empty() {
        return html.finish();
    }
    push_choice(reference, operation, &mut html);
    html.push_markup("<div class=\"tabs\" data-tabs=\"lang\">");
    for tab in tabs {
        let id = reference.id(&format!("sample-{}", anchor::part(&tab.key)));
        html.push_markup("<section class=\"tabs__panel\"");
        html.push_attribute("id", &id);
        html.push_attribute("data-tab", &tab.key);
        html.push_markup("><h3 class=\"tabs__label\">");
        html.push_text(&tab.label);
        html.push_markup("</h3>");
        html.push_safe(&tab.block);
        html.push_markup("</section>");
    }
    html.push_markup("</div>");
    html.finish()
}

/// Adds the list of servers that the samples can be shown for. Only a script can act on it, so it is hidden without.
fn push_choice(reference: &Reference<'_>, operation: &Operation, html: &mut HtmlBuilder) {
    let urls = match operation.kind {
        OperationKind::Http { .. } => address::choice(reference, operation),
        OperationKind::Webhook { .. } | OperationKind::Callback { .. } => Vec::new(),
    };
    if urls.is_empty() {
        return;
    }
    // Servers of an operation's own are remembered apart from those of its API.
    let own = operation.servers.as_deref().is_some_and(|servers| !servers.is_empty());
    let key = if own { format!("{}/{}", reference.api.id, operation.slug) } else { reference.api.id.to_string() };
    html.push_markup("<label class=\"op__server\" hidden>Server <select");
    html.push_attribute("data-servers", &key);
    html.push_markup(">");
    for url in urls {
        html.push_markup("<option>");
        html.push_text(&url);
        html.push_markup("</option>");
    }
    html.push_markup("</select></label>");
}
