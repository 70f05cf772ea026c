//! Request samples: how to call an operation, in every language of one table.
//!
//! [`request`] makes one canonical request of an operation; each language is one file that writes it. Samples that the
//! author wrote (`x-codeSamples`) win in their language. A language is one line in [`LANGUAGES`].

mod auth;
mod csharp;
mod curl;
mod go;
mod http;
mod java;
mod javascript;
mod literal;
mod php;
mod python;
pub mod request;
mod ruby;
mod rust;
#[cfg(test)]
mod tests;

use super::code::{self, Code};
use super::html::{HtmlBuilder, SafeHtml};
use super::reference::Reference;
use crate::model::api::{CodeSample, Operation, OperationKind};
use crate::schema::anchor;
use request::Request;

/// A language that samples are written in.
pub struct Language {
    /// Its key: the value of its tab, and what the highlighter calls it.
    pub key: &'static str,
    /// Its name for the reader.
    pub label: &'static str,
    /// What authors call it in `x-codeSamples`, in lower case.
    pub aliases: &'static [&'static str],
    /// Writes the request.
    pub write: fn(&Request) -> Code,
}

/// Every language, in the order of the tabs.
pub const LANGUAGES: &[Language] = &[
    Language { key: "shell", label: "curl", aliases: &["curl", "bash", "sh", "cli"], write: curl::write },
    Language {
        key: "javascript",
        label: "JavaScript",
        aliases: &["js", "node", "nodejs", "fetch"],
        write: javascript::write,
    },
    Language { key: "python", label: "Python", aliases: &["py", "python3", "requests"], write: python::write },
    Language { key: "go", label: "Go", aliases: &["golang"], write: go::write },
    Language { key: "java", label: "Java", aliases: &[], write: java::write },
    Language { key: "csharp", label: "C#", aliases: &["c#", "cs", "dotnet", ".net"], write: csharp::write },
    Language { key: "php", label: "PHP", aliases: &[], write: php::write },
    Language { key: "ruby", label: "Ruby", aliases: &["rb"], write: ruby::write },
    Language { key: "rust", label: "Rust", aliases: &["rs"], write: rust::write },
    Language { key: "http", label: "HTTP", aliases: &["raw"], write: http::write },
];

impl Language {
    fn is_called(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        name == self.key || name == self.label.to_lowercase() || self.aliases.contains(&name.as_str())
    }
}

/// Returns what the names of an API's variables begin with.
pub fn variable_prefix(api: &crate::model::api::Api) -> String {
    auth::prefix(api)
}

/// Returns the URL of an API's first server, as an argument in a shell.
pub fn quoted_base(api: &crate::model::api::Api) -> String {
    curl::shell_quoted(&format!("{}/", request::base(&api.servers)))
}

/// One tab of the samples panel.
struct Tab {
    key: String,
    label: String,
    block: SafeHtml,
}

/// Returns the samples of an operation as tabs; for a webhook the request that is delivered.
pub fn of_operation<'a>(reference: &mut Reference<'a>, operation: &'a Operation) -> SafeHtml {
    let request = request::of_operation(reference, operation);
    let sent = matches!(operation.kind, OperationKind::Http { .. });
    let mut tabs: Vec<Tab> = Vec::new();
    for language in LANGUAGES.iter().filter(|language| sent || language.key == "http") {
        let own: Vec<&CodeSample> =
            operation.samples.iter().filter(|sample| language.is_called(&sample.language)).collect();
        match own.is_empty() {
            true => tabs.push(generated(language, &request)),
            false => tabs.extend(own.into_iter().map(|sample| written(reference, sample, Some(language)))),
        }
    }
    let known = |sample: &&CodeSample| LANGUAGES.iter().any(|language| language.is_called(&sample.language));
    for sample in operation.samples.iter().filter(|sample| !known(sample)) {
        tabs.push(written(reference, sample, None));
    }
    panel(reference, tabs)
}

fn generated(language: &Language, request: &Request) -> Tab {
    let code = (language.write)(request).html();
    Tab {
        key: language.key.into(),
        label: language.label.into(),
        block: code::block(language.label, language.key, &code),
    }
}

fn written(reference: &Reference<'_>, sample: &CodeSample, language: Option<&Language>) -> Tab {
    let name = sample.label.as_deref().unwrap_or_else(|| language.map_or(&sample.language, |language| language.label));
    let key = language.map_or_else(|| anchor::part(&sample.language.to_lowercase()), |language| language.key.into());
    let source = sample.source.trim_end();
    let code = reference.context.renderer.highlighter.highlight(source, &key);
    Tab { block: code::block(name, &key, &code), key, label: name.to_string() }
}

fn panel(reference: &mut Reference<'_>, tabs: Vec<Tab>) -> SafeHtml {
    let mut html = HtmlBuilder::new();
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
