//! Every diagnostic code has a line in `docs/diagnostics.md` and a fixture that produces it.
//!
//! A fixture is a folder `tests/errors/<code>/` that holds a small portal and `expected.txt`: what a check prints. Run
//! with `UPDATE_EXPECT=1` to write the expectations and the page anew, then read the difference.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

mod support;

use std::fmt::Write;
use std::path::Path;

use portolan::diag::codes;
use support::{build, root};

/// Codes that no folder of text files can produce, and the test that does.
const ELSEWHERE: &[(&str, &str)] = &[
    ("file-name", "src/source/tests.rs"),
    ("file-size", "src/source/tests.rs"),
    ("name-clash", "src/source/tests.rs"),
    ("not-a-file", "src/source/tests.rs"),
    ("unreadable", "src/source/tests.rs"),
    ("limit-diagnostics", "src/load/openapi/tests/laws.rs"),
    ("limit-parts", "src/load/openapi/tests/laws.rs"),
    ("page-large", "src/check/page_large.rs"),
    ("unsafe-url", "src/render/markdown/tests.rs"),
];

fn updating() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

#[test]
fn the_page_of_diagnostics_lists_every_code() {
    let mut page = String::from(
        "# Diagnostics\n\nEvery code, what it means and how to mend it; `portolan explain CODE` prints the same. \
         `[checks]` in `portal.toml` changes the severity of a code (`\"error\"`, `\"warning\"`, `\"info\"`, `\"off\"`).\n",
    );
    for code in codes::all() {
        write!(
            page,
            "\n## `{}`\n\n{}. {}\n\n**To mend it:** {}\n",
            code.name,
            capitalised(code.severity.word()),
            code.what,
            code.mend
        )
        .unwrap();
    }
    let path = root().join("docs/diagnostics.md");
    if updating() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/diagnostics.md is stale: run the test with UPDATE_EXPECT=1");
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

#[test]
fn every_code_has_a_fixture_that_produces_it() {
    let mut wrong = Vec::new();
    for code in codes::all() {
        if let Some((_, file)) = ELSEWHERE.iter().find(|(name, _)| *name == code.name) {
            let test = std::fs::read_to_string(root().join(file)).unwrap();
            let constant = code.name.replace('-', "_").to_uppercase();
            assert!(test.contains(code.name) || test.contains(&constant), "{file} does not test `{}`", code.name);
            continue;
        }
        let folder = root().join("tests/errors").join(code.name);
        let expected = std::fs::read_to_string(folder.join("expected.txt")).unwrap_or_default();
        if !expected.contains(&format!("[{}]", code.name)) {
            wrong.push(code.name);
        }
    }
    assert_eq!(wrong, Vec::<&str>::new(), "codes without a fixture in tests/errors/<code>/ that produces them");
}

#[test]
fn fixtures_give_the_expected_diagnostics() {
    let mut wrong = String::new();
    let mut folders: Vec<_> =
        std::fs::read_dir(root().join("tests/errors")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let printed = printed(&folder);
        let path = folder.join("expected.txt");
        if updating() {
            std::fs::write(&path, &printed).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if expected != printed {
            write!(wrong, "\n--- {}\nexpected:\n{expected}\ngot:\n{printed}", folder.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What `portolan check` prints about a fixture, without colours.
fn printed(folder: &Path) -> String {
    let (tree, mut report) = portolan::source::read(folder, &folder.join("site"), None).unwrap();
    report.extend(build(&tree).report);
    portolan::diag::print::print(
        &report.sorted(),
        portolan::diag::print::Format::Human,
        &portolan::diag::print::Look::default(),
    )
}
