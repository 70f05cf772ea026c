//! `portolan search`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::context::Context;
use super::portal::{self, PortalArguments, Strictness};
use super::progress::Progress;
use super::{Done, Failure, answer, say};
use crate::diag::print::clean;
use crate::search::{Found, Record, find};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder of the portal, then the words; words alone search the working folder
    #[arg(value_names = ["DIR", "WORDS"], num_args = 1..=2, required = true)]
    words: Vec<String>,
    /// How to print the results
    #[arg(long, value_enum, default_value_t = Shape::Human)]
    format: Shape,
    /// How many results at most
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    limit: usize,
    /// Include documents marked as drafts
    #[arg(long)]
    drafts: bool,
    /// Include documents for this audience
    #[arg(long, value_name = "NAME")]
    audience: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people
    Human,
    /// Every field
    Json,
}

/// One result as JSON.
#[derive(Serialize)]
struct Result<'a> {
    url: &'a str,
    title: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    api: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    deprecated: bool,
    score: u64,
    parts: Vec<Part<'a>>,
}

/// Something inside a page that agrees.
#[derive(Serialize)]
struct Part<'a> {
    url: String,
    title: &'a str,
    kind: &'static str,
}

/// Everything that was found, as JSON.
#[derive(Serialize)]
struct Results<'a> {
    query: &'a str,
    /// What the query was taken for, when a word of it was misspelt.
    spelling: Option<&'a str>,
    /// How many pages agree.
    count: usize,
    results: Vec<Result<'a>>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> std::result::Result<Done, Failure> {
    let (folder, words) = match arguments.words.as_slice() {
        [folder, words] => (folder.as_str(), words.as_str()),
        words => (".", words.first().map_or("", String::as_str)),
    };
    let progress = Progress::start(context);
    let portal = PortalArguments {
        folder: PathBuf::from(folder),
        base_url: None,
        drafts: arguments.drafts,
        audience: arguments.audience.clone(),
    };
    let out = portal.default_out();
    let built = portal::build(&portal, &out, Strictness::Lenient, context, &progress)?;
    drop(progress);
    let found = find(&built.portal, words, arguments.limit);
    match arguments.format {
        Shape::Human => {
            answer(&for_people(&found))?;
            if !context.quiet {
                say(&summary(&found, words));
            }
        }
        Shape::Json => {
            let text = serde_json::to_string_pretty(&as_json(&found, words)).map_err(Failure::machine)?;
            answer(&format!("{text}\n"))?;
        }
    }
    Ok(Done::Clean)
}

fn as_json<'a>(found: &'a Found, words: &'a str) -> Results<'a> {
    let results = found.hits.iter().map(|hit| Result {
        url: &hit.page.url,
        title: &hit.page.title,
        kind: hit.page.kind.word(),
        api: found.api(&hit.page),
        method: hit.page.call.as_ref().map(|(method, _)| method.as_str()),
        path: hit.page.call.as_ref().map(|(_, path)| path.as_str()).filter(|path| !path.is_empty()),
        deprecated: hit.page.deprecated,
        score: hit.score,
        parts: hit.parts.iter().map(part).collect(),
    });
    Results { query: words, spelling: found.spelling.as_deref(), count: found.count, results: results.collect() }
}

fn part(record: &Record) -> Part<'_> {
    Part { url: address(record), title: &record.title, kind: record.kind.word() }
}

fn address(record: &Record) -> String {
    if record.anchor.is_empty() { record.url.clone() } else { format!("{}#{}", record.url, record.anchor) }
}

/// A result is its title with what it is, then its address; parts are indented below.
fn for_people(found: &Found) -> String {
    let mut text = String::new();
    for hit in &found.hits {
        let call = hit.page.call.as_ref().map_or(String::new(), |(method, path)| format!(" · {method} {path}"));
        let api = found.api(&hit.page).filter(|_| found.apis.len() > 1);
        let api = api.map_or(String::new(), |api| format!(" · {api}"));
        let old = if hit.page.deprecated { " · deprecated" } else { "" };
        text += &format!("{}{call}  ({}{api}{old})\n  {}\n", hit.page.title, hit.page.kind.word(), hit.page.url);
        for part in &hit.parts {
            text += &format!("    {}  ({})\n      {}\n", part.title, part.kind.word(), address(part));
        }
    }
    text.lines().map(|line| format!("{}\n", clean(line))).collect()
}

fn summary(found: &Found, words: &str) -> String {
    let pages = super::summary::count(found.count, "result");
    let taken = found.spelling.as_ref().map_or(String::new(), |spelling| format!(", searched for `{spelling}`"));
    format!("{pages} for `{}`{}\n", clean(words), clean(&taken))
}
