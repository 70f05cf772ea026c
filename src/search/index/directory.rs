//! `index.json`: the rules, what every page is, and where everything else lies.

use serde::{Deserialize, Serialize};

use crate::model::settings::SearchSettings;
use crate::search::records::{Kind, Record};
use crate::search::rules::{METHODS, Rules, STOP, SYNONYMS, VERBS};

/// Pages of one kind and API that follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Row of [`Directory::kinds`].
    pub kind: usize,
    /// Index into [`Directory::apis`]; -1 for none.
    pub api: i64,
    /// How many pages.
    pub count: usize,
    /// What their URLs begin with.
    pub base: String,
}

/// The directory of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// The form of the files; a script of another form does not read them.
    pub version: u32,
    /// How many pages there are.
    pub count: usize,
    /// Numbers that rank.
    pub rules: Rules,
    /// Word, group, beginning of anchors and share in hundredths of each kind.
    pub kinds: Vec<(String, String, String, u64)>,
    /// Titles of the APIs.
    pub apis: Vec<String>,
    /// What every page is, in order.
    pub runs: Vec<Run>,
    /// A letter for each operation and webhook in order: what its method does.
    pub acts: String,
    /// Deprecated pages, each as its distance from the one before.
    pub deprecated: Vec<usize>,
    /// Pages that count more or less than others: number, hundredths.
    pub boosts: Vec<(usize, u32)>,
    /// Methods: name, letter, row of `verbs` (-1 for none).
    pub methods: Vec<(String, char, i64)>,
    /// Words for the same act.
    pub verbs: Vec<Vec<String>>,
    /// Words that stand for one another.
    pub synonyms: Vec<Vec<String>>,
    /// Function words.
    pub stop: String,
    /// Shards of names: first term, file.
    pub names: Vec<(String, String)>,
    /// Shards of prose: first term, file.
    pub text: Vec<(String, String)>,
    /// Spellings of words: least and greatest length, file.
    pub words: Vec<(usize, usize, String)>,
    /// Spellings of whole names: least and greatest length, file.
    pub wholes: Vec<(usize, usize, String)>,
    /// Paths.
    pub paths: Vec<String>,
    /// What is shown of pages: first page, file.
    pub pages: Vec<(usize, String)>,
    /// What is shown of parts: first page, file.
    pub parts: Vec<(usize, String)>,
    /// Prose of pages: first page, file.
    pub excerpts: Vec<(usize, String)>,
}

/// The form that this program writes.
pub const VERSION: u32 = 2;

impl Directory {
    /// Describes the pages; the names of files are filled in as they are written.
    pub fn new(pages: &[&[Record]], apis: Vec<String>, settings: &SearchSettings) -> Directory {
        let owned = |words: &&[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let method =
            |(name, letter, verbs): (&str, char, usize)| (name.to_owned(), letter, i64::try_from(verbs).unwrap_or(-1));
        let rules = Rules::default();
        let heads: Vec<&Record> = pages.iter().filter_map(|page| page.first()).collect();
        Directory {
            version: VERSION,
            count: pages.len(),
            rules: Rules { deprecated: scaled(rules.deprecated, "deprecated", settings), ..rules },
            kinds: Kind::ALL.into_iter().map(|row| kind(row, settings)).collect(),
            apis,
            runs: runs(&heads),
            acts: heads.iter().filter_map(|head| act(head)).collect(),
            deprecated: deprecated(&heads),
            boosts: boosts(&heads),
            methods: METHODS.into_iter().map(method).collect(),
            verbs: VERBS.iter().map(owned).collect(),
            synonyms: SYNONYMS.iter().map(owned).chain(settings.synonyms.iter().cloned()).collect(),
            stop: STOP.to_owned(),
            names: Vec::new(),
            text: Vec::new(),
            words: Vec::new(),
            wholes: Vec::new(),
            paths: Vec::new(),
            pages: Vec::new(),
            parts: Vec::new(),
            excerpts: Vec::new(),
        }
    }

    /// Returns what the URL of a page begins with.
    pub fn base(&self, page: usize) -> &str {
        self.run(page).map_or("", |run| &run.base)
    }

    /// Returns the run that a page is in.
    pub fn run(&self, page: usize) -> Option<&Run> {
        let mut first = 0;
        self.runs.iter().find(|run| {
            first += run.count;
            page < first
        })
    }
}

fn kind(
    (_, word, group, at, share): (Kind, &str, &str, &str, u64),
    settings: &SearchSettings,
) -> (String, String, String, u64) {
    (word.to_owned(), group.to_owned(), at.to_owned(), scaled(share, word, settings))
}

/// A share in hundredths, times what the portal says of this kind of page.
fn scaled(share: u64, kind: &str, settings: &SearchSettings) -> u64 {
    let factor = settings.kinds.iter().rev().find(|(word, _)| word == kind).map_or(1.0, |(_, factor)| *factor);
    (share as f64 * factor).round() as u64
}

fn runs(heads: &[&Record]) -> Vec<Run> {
    let run = |heads: &[&Record]| Run {
        kind: heads[0].kind.row(),
        api: heads[0].api.map_or(-1, |api| i64::from(api.0)),
        count: heads.len(),
        base: shared_folder(heads),
    };
    heads.chunk_by(|a, b| a.kind == b.kind && a.api == b.api).map(run).collect()
}

/// What all the URLs begin with, up to a `/`.
fn shared_folder(heads: &[&Record]) -> String {
    let first = heads[0].url.as_str();
    let shared = heads.iter().fold(first.len(), |shared, head| {
        let same = first.bytes().zip(head.url.bytes()).take_while(|(a, b)| a == b).count();
        shared.min(same)
    });
    let end = first.as_bytes()[..shared].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
    first[..end].to_owned()
}

/// The letter of what an operation's method does; `x` for methods without one. `None` for other pages.
fn act(head: &Record) -> Option<char> {
    let (method, path) = head.call.as_ref()?;
    let one = path.trim_end_matches('/').ends_with('}');
    let mut letters =
        METHODS.iter().filter(|(name, ..)| name.eq_ignore_ascii_case(method)).map(|(_, letter, _)| *letter);
    let first = letters.next().unwrap_or('x');
    Some(if one { letters.next().unwrap_or(first) } else { first })
}

fn deprecated(heads: &[&Record]) -> Vec<usize> {
    let mut before = 0;
    let marked = heads.iter().enumerate().filter(|(_, head)| head.deprecated);
    marked.map(|(at, _)| at - std::mem::replace(&mut before, at)).collect()
}

fn boosts(heads: &[&Record]) -> Vec<(usize, u32)> {
    heads.iter().enumerate().filter(|(_, head)| head.boost != 100).map(|(at, head)| (at, head.boost)).collect()
}
