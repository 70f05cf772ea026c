//! Search over real descriptions and documents: what is found first, what it costs to load, and that the browser's script
//! agrees with the program.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    clippy::type_complexity,
    reason = "a test may fail and looks at the world; the tables of queries are long"
)]

mod support;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex};

use portolan::model::settings::SearchSettings;
use portolan::search::{Index, Kind, Record, index, records};
use support::{build, corpus, files_below, root, tree};

/// A portal's records and its index.
struct Portal {
    records: Vec<Record>,
    files: BTreeMap<String, Vec<u8>>,
}

/// Portals that were indexed already: the large ones take their time.
static PORTALS: LazyLock<Mutex<BTreeMap<String, Arc<Portal>>>> = LazyLock::new(Mutex::default);

/// The sample portal, or a description or folder of documents of the corpus; `None` without a corpus.
fn portal(name: &str) -> Option<Arc<Portal>> {
    let mut portals = PORTALS.lock().unwrap();
    if let Some(portal) = portals.get(name) {
        return Some(Arc::clone(portal));
    }
    let path = if name == "sample-portal" { root().join(name) } else { corpus()?.join(name) };
    let files = match path.is_dir() {
        true => files_below(&path),
        false => BTreeMap::from([(path.file_name()?.to_string_lossy().into_owned(), std::fs::read(&path).unwrap())]),
    };
    let built = build(&tree("portal", files));
    let records = records(&built.portal);
    let files = index::write(&records, vec!["API".into(), "Other".into()], &SearchSettings::default());
    let portal = Arc::new(Portal { records, files });
    portals.insert(name.to_owned(), Arc::clone(&portal));
    Some(portal)
}

/// A portal of one description, built.
fn portal_of(path: &Path) -> portolan::Built {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    build(&tree("portal", BTreeMap::from([(name, std::fs::read(path).unwrap())])))
}

/// A line of `tests/search/queries.txt`.
struct Query {
    kind: String,
    words: String,
    /// Pages that are wanted first; `#` begins an anchor.
    wanted: Vec<String>,
}

/// The queries by portal.
fn queries() -> Vec<(String, Vec<Query>)> {
    let text = std::fs::read_to_string(root().join("tests/search/queries.txt")).unwrap();
    let mut portals: Vec<(String, Vec<Query>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            portals.push((name.to_owned(), Vec::new()));
            continue;
        }
        let (asked, wanted) = line.split_once(" → ").expect(line);
        let (kind, words) = asked.split_once(": ").expect(line);
        let wanted = wanted.split(" | ").map(str::to_owned).collect();
        portals.last_mut().unwrap().1.push(Query { kind: kind.to_owned(), words: words.to_owned(), wanted });
    }
    portals
}

/// How often the wanted page stood first, among the first three, and the mean of one by its rank.
#[derive(Default)]
struct Rates {
    all: usize,
    first: usize,
    three: usize,
    reciprocal: f64,
}

impl Rates {
    fn add(&mut self, rank: Option<usize>) {
        self.all += 1;
        self.first += usize::from(rank == Some(0));
        self.three += usize::from(rank.is_some_and(|rank| rank < 3));
        self.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
    }

    fn success_at_1(&self) -> f64 {
        self.first as f64 / self.all.max(1) as f64
    }

    fn success_at_3(&self) -> f64 {
        self.three as f64 / self.all.max(1) as f64
    }

    fn mean_reciprocal_rank(&self) -> f64 {
        self.reciprocal / self.all.max(1) as f64
    }

    fn shown(&self) -> String {
        let (one, three, mean) = (self.success_at_1(), self.success_at_3(), self.mean_reciprocal_rank());
        format!("{} queries, success@1 {one:.3}, success@3 {three:.3}, MRR {mean:.3}", self.all)
    }
}

/// The rank of the first wanted page among the hits.
fn rank_of(query: &Query, portal: &Portal) -> (Option<usize>, String) {
    let index = Index::open(&portal.files).unwrap();
    let answer = index.query(&query.words);
    let heads: Vec<usize> = (0..portal.records.len()).filter(|at| portal.records[*at].part == 0).collect();
    let agrees = |hit: &portolan::search::Hit| {
        let head = &portal.records[heads[hit.page]];
        query.wanted.iter().any(|wanted| {
            let (page, anchor) = wanted.split_once('#').unwrap_or((wanted, ""));
            let in_parts =
                || hit.parts.iter().any(|part| portal.records[heads[hit.page] + *part as usize].anchor == anchor);
            is_page(&head.url, page) && (anchor.is_empty() || in_parts())
        })
    };
    let shown = answer.hits.iter().take(3).map(|hit| portal.records[heads[hit.page]].url.as_str());
    (answer.hits.iter().position(agrees), shown.collect::<Vec<_>>().join("  "))
}

/// True when a URL is the wanted one: its whole end, or, where a `*` stands, what is written holds it.
fn is_page(url: &str, wanted: &str) -> bool {
    match wanted.strip_prefix('*') {
        Some(part) => url.contains(part),
        None => match wanted.strip_suffix('*') {
            Some(part) => url.contains(part),
            None => url == wanted || url.ends_with(&format!("/{wanted}")),
        },
    }
}

#[test]
fn what_people_type_leads_to_the_page_that_they_want() {
    let (mut all, mut kinds) = (Rates::default(), BTreeMap::<String, Rates>::new());
    for (name, queries) in queries() {
        let Some(portal) = portal(&name) else { continue };
        for query in queries {
            let (rank, shown) = rank_of(&query, &portal);
            all.add(rank);
            kinds.entry(query.kind.clone()).or_default().add(rank);
            if rank != Some(0) {
                println!("{name}: `{}` is at {rank:?}: {shown}", query.words);
            }
        }
    }
    kinds.iter().for_each(|(kind, rates)| println!("{kind}: {}", rates.shown()));
    println!("all: {}", all.shown());
    assert!(all.success_at_1() >= 0.9 && all.mean_reciprocal_rank() >= 0.94, "{}", all.shown());
    assert!(kinds["typo"].success_at_3() >= 0.9, "misspelt: {}", kinds["typo"].shown());
}

fn gzip(bytes: &[u8]) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

fn rates(records: &[Record], files: &BTreeMap<String, Vec<u8>>) {
    let index = Index::open(files).unwrap();
    let heads: Vec<&Record> = records.iter().filter(|record| record.part == 0).collect();
    let operations: Vec<&&Record> = heads.iter().filter(|head| head.kind == Kind::Operation).collect();
    let rate = |what: &str, step: usize, queries: Vec<(String, Box<dyn Fn(usize, &[u32]) -> bool + '_>)>| {
        let (mut hit, mut three, mut all) = (0, 0, 0);
        let mut missed = Vec::new();
        let start = std::time::Instant::now();
        for (query, is_hit) in queries.iter().step_by(step) {
            let answer = index.query(query);
            all += 1;
            let found = answer.hits.iter().position(|found| is_hit(found.page, &found.parts));
            hit += usize::from(found == Some(0));
            three += usize::from(found.is_some_and(|at| at < 3));
            if found != Some(0) && missed.len() < 6 {
                missed.push(format!("{query} → {}", answer.hits.first().map_or("-", |hit| &heads[hit.page].title)));
            }
        }
        println!(
            "  {what}: {hit}/{all} = {}%  @3 {}%   {:?}/query {missed:#?}",
            hit * 100 / all.max(1),
            three * 100 / all.max(1),
            start.elapsed() / all.max(1) as u32
        );
    };
    let step = operations.len().div_ceil(150);
    rate(
        "operationId",
        step,
        operations.iter().flat_map(|one| one.names.first().map(|name| (name.clone(), is(one.page)))).collect(),
    );
    let less = |name: &str| {
        let at = name.len() / 2;
        let at = (at..name.len()).find(|at| name.as_bytes()[*at].is_ascii_alphabetic()).unwrap_or(at);
        format!("{}{}", &name[..at], &name[at + 1..])
    };
    rate(
        "one letter missing",
        step,
        operations.iter().flat_map(|one| one.names.first().map(|name| (less(name), is(one.page)))).collect(),
    );
    let call = |one: &Record| one.call.clone().unwrap();
    rate(
        "METHOD /path",
        step,
        operations.iter().map(|one| (format!("{} {}", call(one).0, call(one).1), is(one.page))).collect(),
    );
    rate(
        "path without braces",
        step,
        operations
            .iter()
            .map(|one| {
                let path = call(one).1;
                let bare = path.replace(['{', '}'], "");
                let heads = &heads;
                (
                    bare,
                    Box::new(move |page: usize, _: &[u32]| {
                        heads[page].call.as_ref().is_some_and(|(_, other)| *other == path)
                    }) as Box<dyn Fn(usize, &[u32]) -> bool>,
                )
            })
            .collect(),
    );
    rate(
        "title",
        step,
        operations
            .iter()
            .map(|one| {
                (one.title.clone(), {
                    let heads = &heads;
                    let title = one.title.clone();
                    Box::new(move |page: usize, _: &[u32]| heads[page].title == title)
                        as Box<dyn Fn(usize, &[u32]) -> bool>
                })
            })
            .collect(),
    );
    let fields: Vec<&Record> = records
        .iter()
        .filter(|record| {
            matches!(record.kind, Kind::Property | Kind::BodyField | Kind::ResponseField | Kind::QueryParameter)
                && record.title.contains(['_', '.'])
        })
        .collect();
    let by_place: BTreeMap<(u32, u32), &Record> =
        records.iter().map(|record| ((record.page, record.part), record)).collect();
    let by_place = &by_place;
    rate(
        "fields",
        fields.len().div_ceil(200),
        fields
            .iter()
            .map(|field| {
                let name = field.title.clone();
                (
                    field.title.clone(),
                    Box::new(move |page: usize, parts: &[u32]| {
                        parts.iter().any(|part| by_place[&(page as u32, *part)].names.contains(&name))
                    }) as Box<dyn Fn(usize, &[u32]) -> bool>,
                )
            })
            .collect(),
    );
    let schemas: Vec<&&Record> = heads.iter().filter(|head| head.kind == Kind::Schema).collect();
    rate(
        "schema",
        schemas.len().div_ceil(100).max(1),
        schemas.iter().map(|one| (one.names[0].clone(), is(one.page))).collect(),
    );
}

fn is(page: u32) -> Box<dyn Fn(usize, &[u32]) -> bool> {
    Box::new(move |found, _| found == page as usize)
}

#[test]
fn names_paths_titles_and_fields_of_real_descriptions_are_found_first() {
    for name in ["openapi/huge/github.json", "openapi/huge/openai.yaml", "openapi/huge/stripe-old.yaml"] {
        let Some(portal) = portal(name) else { return };
        let mut sizes: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
        for (file, bytes) in &portal.files {
            let size = sizes.entry(file.split('-').next().unwrap()).or_default();
            *size = (size.0 + 1, size.1 + bytes.len(), size.2 + gzip(bytes));
        }
        println!("{name}: {} records; files, bytes and gzip: {sizes:?}", portal.records.len());
        rates(&portal.records, &portal.files);
    }
}

/// Queries of every form that the parser knows, whatever they find.
const FORMS: [&str; 21] = [
    "create",
    "get a repo",
    "tikcet",
    "list issues",
    "webhook",
    "how do i create an issue comment",
    "created_at",
    "404",
    "GET /repos/{owner}/{repo}/issues",
    "/issues",
    "repos/octocat/hello/issues",
    "日本",
    "pull request revew",
    "delete",
    "add member to team",
    "a",
    "re",
    "isuue coment",
    "zzzzqq",
    "POST issues",
    "https://api.github.com/repos/octocat/hello-world/issues?state=open",
];

#[test]
fn the_browsers_script_finds_what_the_program_finds() {
    for (name, of_portal) in queries() {
        let Some(portal) = portal(&name) else { continue };
        let mut queries: Vec<String> = of_portal.into_iter().map(|query| query.words).collect();
        queries.extend(FORMS.map(str::to_owned));
        for record in portal.records.iter().step_by((portal.records.len() / 60).max(1)) {
            queries.push(record.title.clone());
            queries.extend(record.names.first().cloned());
            queries.push(record.title.chars().take(7).collect());
            if let Some((method, path)) = &record.call {
                queries.push(format!("{method} {path}"));
            }
        }
        println!("{name}:");
        compare(&portal.files, &queries);
    }
}

fn compare(files: &BTreeMap<String, Vec<u8>>, queries: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let root = support::root();
    let mut node = std::process::Command::new("node")
        .arg(root.join("tests/search/ask.cjs"))
        .arg(root.join("themes/default/js/search.js"))
        .arg(folder.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    node.stdin.take().unwrap().write_all(serde_json::to_string(queries).unwrap().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    let answers: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let index = Index::open(files).unwrap();
    let mut wrong = 0;
    for (query, theirs) in queries.iter().zip(&answers) {
        let ours = index.query(query);
        let ours_hits: Vec<serde_json::Value> = ours
            .hits
            .iter()
            .map(|hit| serde_json::json!({"page": hit.page, "score": hit.score, "parts": hit.parts}))
            .collect();
        if serde_json::Value::from(ours_hits.clone()) != theirs["hits"]
            || theirs["spelling"].as_str() != ours.spelling.as_deref()
        {
            wrong += 1;
            if wrong < 5 {
                println!(
                    "{query:?}: {} / {} {:?} {}\n {:?}\n {:?}",
                    ours_hits.len(),
                    theirs["hits"].as_array().unwrap().len(),
                    ours.spelling,
                    theirs["spelling"],
                    &ours_hits[..ours_hits.len().min(2)],
                    theirs["hits"].as_array().unwrap().iter().take(2).collect::<Vec<_>>()
                );
            }
        }
    }
    let mut firsts: Vec<u64> = answers.iter().map(|a| a["first"]["bytes"].as_u64().unwrap()).collect();
    firsts.sort();
    let mut lasts: Vec<u64> = answers.iter().map(|a| a["last"]["bytes"].as_u64().unwrap()).collect();
    lasts.sort();
    let mut files: Vec<u64> = answers.iter().map(|a| a["first"]["files"].as_u64().unwrap()).collect();
    files.sort();
    let mut ms: Vec<f64> = answers.iter().map(|a| a["milliseconds"].as_f64().unwrap()).collect();
    ms.sort_by(f64::total_cmp);
    let n = firsts.len();
    println!(
        "{n} queries, {wrong} differ; first median {} p90 {} max {}; files median {} p90 {}; last median {} p90 {}; ms median {} p90 {}",
        firsts[n / 2],
        firsts[n * 9 / 10],
        firsts[n - 1],
        files[n / 2],
        files[n * 9 / 10],
        lasts[n / 2],
        lasts[n * 9 / 10],
        ms[n / 2],
        ms[n * 9 / 10]
    );
    assert_eq!(wrong, 0);
}

/// What of a portal's records leads to no place of its site, at most a few.
fn records_without_a_place(built: &portolan::Built) -> Vec<String> {
    let files = support::run(&built.site);
    let mut wrong = Vec::new();
    let records = records(&built.portal);
    for page in records.chunk_by(|a, b| a.page == b.page) {
        let url = &page[0].url;
        let path = if url.is_empty() || url.ends_with('/') { format!("{url}index.html") } else { url.clone() };
        let Some(html) = files.get(&path) else {
            wrong.push(format!("no page {url}"));
            continue;
        };
        let tags = support::tags(&String::from_utf8_lossy(html));
        let ids: std::collections::BTreeSet<&str> = tags.iter().filter_map(|tag| tag.get("id")).collect();
        for record in page.iter().filter(|record| !record.anchor.is_empty() && !ids.contains(record.anchor.as_str())) {
            wrong.push(format!("{:?} {url}#{}", record.kind, record.anchor));
        }
    }
    wrong.truncate(20);
    wrong
}

#[test]
fn n02_every_result_of_the_sample_portal_leads_to_a_place_that_exists() {
    let built = build(&tree("sample-portal", support::files_below(&support::root().join("sample-portal"))));
    assert!(records(&built.portal).len() > 500);
    assert_eq!(records_without_a_place(&built), Vec::<String>::new());
}

#[test]
fn n02_every_result_of_real_descriptions_leads_to_a_place_that_exists() {
    let Some(corpus) = corpus() else { return };
    let names = [
        "openapi/museum.yaml",
        "openapi/many-oneof.yaml",
        "openapi/readme-callbacks.json",
        "openapi/readme-discriminators.json",
        "openapi/discourse-3.1.yaml",
        "openapi/adyen-legal-entity-3.1.yaml",
        "openapi/cafe-3.2.yaml",
        "openapi/asana.yaml",
        "openapi/apisguru/httpbin.org.json",
        "openapi/apisguru/netlify.com.json",
        "openapi/apisguru/telstra.com.json",
        "openapi/apisguru/xero.com__xero_accounting.json",
    ];
    for name in names.into_iter().filter(|name| corpus.join(name).is_file()) {
        assert_eq!(records_without_a_place(&portal_of(&corpus.join(name))), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn n02_fields_of_choices_second_media_types_schemes_callbacks_and_errors_lead_to_their_place() {
    let description = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: a
      requestBody:
        content:
          application/json: {schema: {type: object, properties: {id: {type: string, readOnly: true}, pay: {oneOf: [{title: Card, type: object, properties: {pan: {type: string}}}, {title: Bank, type: object, properties: {iban: {type: string}}}]}}}}
          application/x-www-form-urlencoded: {schema: {type: object, properties: {tags: {type: array, items: {enum: [red, blue]}}}}}
      responses: {'422': {description: d, content: {application/json: {schema: {type: object, properties: {code: {const: too_late}}}}}}}
      callbacks: {onPaid: {'{$request.body#/url}': {post: {operationId: paid, summary: Money came, responses: {}}}}}
components:
  securitySchemes: {The key: {type: apiKey, in: header, name: K}}
";
    let built = build(&tree("t", BTreeMap::from([("openapi.yaml".to_owned(), description.as_bytes().to_vec())])));
    assert_eq!(records_without_a_place(&built), Vec::<String>::new());
    let records = records(&built.portal);
    let anchor = |title: &str| {
        let found = records.iter().find(|record| record.title == title);
        found.map_or_else(|| format!("no {title}"), |record| record.anchor.clone())
    };
    assert_eq!(anchor("pay.iban"), "body-pay-Bank-iban");
    assert_eq!(anchor("tags"), "body-application-x-www-form-urlencoded-tags");
    assert_eq!(anchor("The key"), "scheme-The-key");
    assert_eq!(anchor("onPaid"), "callback-onPaid");
    assert_eq!(anchor("too_late"), "error-too_late");
    assert_eq!(anchor("id"), "no id");
    let tags = records.iter().find(|record| record.title == "tags").unwrap();
    assert!(tags.keywords.iter().any(|word| word == "blue"), "{:?}", tags.keywords);
}
