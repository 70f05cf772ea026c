//! Laws that hold for any input: a remembered build equals a fresh one after any edits, nothing panics, names stay
//! unique and text stays text.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use portolan::diag::SourcePath;
use portolan::source::{SourceFile, SourceTree};
use portolan::{Memo, Options};
use proptest::prelude::*;
use support::{pool, run_here};

/// One edit of a folder.
#[derive(Debug, Clone)]
enum Edit {
    Write(usize, usize),
    Remove(usize),
    Truncate(usize, u8),
    Rename(usize, usize),
}

const PATHS: &[&str] = &[
    "index.md",
    "portal.toml",
    "guides/a.md",
    "guides/01-b.md",
    "guides/deep/c.md",
    "apis/one/openapi.yaml",
    "apis/one/part.yaml",
    "apis/one/CHANGELOG.md",
    "apis/two/openapi.json",
    "apis/one/api.md",
    "roadmap/x.md",
    "ROADMAP.md",
    "onboarding/start/index.md",
    "onboarding/start/01-go.md",
    "static/pic.svg",
    "templates/home.html",
    "user.css",
];

const TEXTS: &[&str] = &[
    "# Title\n\nSee [b](01-b.md) and [list](op:listThings).\n",
    "---\ntitle: Other\norder: 2\nslug: moved\naliases: [/old]\n---\n\n## Part\n\n[x](#part) `code`\n\n```json\n{\"a\": 1}\n```\n",
    "title = \"P\"\nbase_url = \"https://a.example/x\"\n",
    "openapi: 3.1.0\ninfo: {title: One, version: '1'}\npaths:\n  /things:\n    get:\n      operationId: listThings\n      tags: [T]\n      responses:\n        '200': {description: ok, content: {application/json: {schema: {$ref: 'part.yaml#/Thing'}}}}\n",
    "Thing:\n  type: object\n  properties: {id: {type: string}, next: {$ref: '#/Thing'}}\n",
    "{\"swagger\": \"2.0\", \"info\": {\"title\": \"Two\", \"version\": \"2\"}, \"paths\": {\"/t\": {\"post\": {\"responses\": {\"204\": {\"description\": \"x\"}}}}}}",
    "# Changelog\n\n## [1.1.0] - 2026-01-02\n### Added\n- [list](op:listThings)\n\n## 1.0.0\n- first\n",
    "---\nid: x\ntitle: X\nstatus: building\nwhen: 2027-Q1\n---\nWhy.\n",
    "# Roadmap\n\n## Now\n- [ ] one\n- [x] two\n\n## Later\n- three\n",
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "{% extends \"base.html\" %}{% block content %}<h1>{{ page.title }}</h1>{% endblock content %}",
    "h1 { color: var(--accent) }",
    "",
    "---\nnot closed\n",
    "{\"broken\": ",
    "a: [b\n\tc",
];

fn edit() -> impl Strategy<Value = Edit> {
    let path = || 0..PATHS.len();
    prop_oneof![
        4 => (path(), 0..TEXTS.len()).prop_map(|(path, text)| Edit::Write(path, text)),
        1 => path().prop_map(Edit::Remove),
        1 => (path(), any::<u8>()).prop_map(|(path, at)| Edit::Truncate(path, at)),
        1 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
    ]
}

fn apply(files: &mut BTreeMap<SourcePath, SourceFile>, edit: &Edit) {
    let path = |at: usize| SourcePath::new(PATHS[at]);
    match edit {
        Edit::Write(at, text) => drop(files.insert(path(*at), SourceFile::new(TEXTS[*text].as_bytes()))),
        Edit::Remove(at) => drop(files.remove(&path(*at))),
        Edit::Truncate(at, keep) => {
            if let Some(file) = files.get(&path(*at)) {
                let bytes = file.bytes[..file.bytes.len().min(usize::from(*keep))].to_vec();
                files.insert(path(*at), SourceFile::new(bytes));
            }
        }
        Edit::Rename(from, to) => {
            if let Some(file) = files.remove(&path(*from)) {
                files.insert(path(*to), SourceFile::new(file.bytes));
            }
        }
    }
}

fn site(tree: &SourceTree, memo: &Memo) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let built = portolan::build(tree, &Options::default(), memo);
    (run_here(&built.site), support::messages(&built))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_edits_a_remembered_build_gives_the_bytes_and_messages_of_a_fresh_one(
        edits in proptest::collection::vec(edit(), 1..12)
    ) {
        let mut tree = SourceTree::of("law", &[]);
        let memo = Memo::default();
        pool(2).install(|| {
            for (at, text) in [(0, 0), (2, 1), (5, 3), (6, 4), (7, 6)] {
                apply(&mut tree.files, &Edit::Write(at, text));
            }
            for edit in &edits {
                apply(&mut tree.files, edit);
                let remembered = site(&tree, &memo);
                let fresh = site(&tree, &Memo::default());
                prop_assert_eq!(&remembered.1, &fresh.1);
                let names = remembered.0.keys().chain(fresh.0.keys());
                let differ: BTreeSet<_> = names.filter(|name| remembered.0.get(*name) != fresh.0.get(*name)).collect();
                prop_assert!(differ.is_empty(), "{differ:?}");
            }
            Ok(())
        })?;
    }

    #[test]
    fn any_bytes_in_any_file_give_a_site_whose_links_resolve(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        at in 0..PATHS.len(),
        text in 0..TEXTS.len(),
        cut in any::<u8>(),
    ) {
        let mut mixed = TEXTS[text].as_bytes().to_vec();
        mixed.truncate(usize::from(cut));
        mixed.extend(bytes);
        let mut tree = SourceTree::of("law", &[]);
        tree.files.insert(SourcePath::new(PATHS[at]), SourceFile::new(mixed));
        let (files, _) = pool(2).install(|| site(&tree, &Memo::default()));
        prop_assert_eq!(support::broken_links(&files), Vec::<String>::new());
    }

    #[test]
    fn slugs_are_unique_and_safe(names in proptest::collection::vec("\\PC{0,40}", 1..30)) {
        let mut slugs = portolan::slug::Slugs::default();
        let mut seen = BTreeSet::new();
        for (at, name) in names.iter().enumerate() {
            let slug = slugs.take(name, &format!("{name} {at}"));
            prop_assert!(seen.insert(slug.to_lowercase()), "{slug}");
            let is_safe = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_'));
            prop_assert!(is_safe && !slug.is_empty() && slug.len() <= 100 && !slug.ends_with('.'), "{slug}");
        }
    }

    #[test]
    fn escaped_text_holds_no_tag_and_reads_back(text in "\\PC{0,80}") {
        let html = portolan::render::html::escape(&text);
        prop_assert!(!html.as_str().contains(['<', '>', '"']));
        prop_assert_eq!(support::unescape(html.as_str()), text);
    }
}
