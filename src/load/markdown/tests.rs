//! Tests of this module.

use super::*;
use crate::diag::SourcePath;

fn loaded_as(path: &str, text: &str, kind: DocumentKind) -> (Document, Vec<Diagnostic>) {
    let source = Arc::new(SourceText::new(SourcePath::new(path), text));
    let mut problems = Vec::new();
    let document = load(&source, kind, None, &Limits::default(), &mut problems);
    (document, problems)
}

fn loaded(path: &str, text: &str) -> (Document, Vec<&'static str>) {
    let (document, problems) = loaded_as(path, text, DocumentKind::Guide);
    (document, problems.iter().map(|problem| problem.code.name).collect())
}

#[test]
fn the_title_is_looked_for_in_three_places() {
    for (path, text, title, codes) in [
        ("guides/a.md", "---\ntitle: T\n---\n# H\n", "T", vec![]),
        ("guides/a.md", "Intro\n\n# The `H`\n", "The H", vec![]),
        ("guides/a.md", "<a id=\"x\"></a>\n\n## Only\n\n### x\n", "Only", vec![]),
        ("guides/02-get-started.md", "x\n\n## H\n", "Get started", vec!["missing-title"]),
        ("guides/02-get-started.md", "## G\n\n## H\n", "Get started", vec!["missing-title"]),
        ("guides/web-hooks/index.md", "x\n", "Web hooks", vec!["missing-title"]),
    ] {
        let (document, found) = loaded(path, text);
        assert_eq!((document.front.title.as_str(), found), (title, codes), "{text}");
    }
    let (home, problems) = loaded_as("index.md", "x", DocumentKind::Home);
    assert_eq!((home.front.title.as_str(), problems.len()), ("", 0));
}

#[test]
fn a_heading_that_is_the_title_is_known() {
    assert!(leads_with_title(&loaded("a.md", "# H\n").0));
    assert!(leads_with_title(&loaded("a.md", "---\ntitle: h\n---\n# H\n").0));
    assert!(!leads_with_title(&loaded("a.md", "---\ntitle: T\n---\n# H\n").0));
    assert!(!leads_with_title(&loaded("a.md", "## H\n\n# H\n").0));
    assert!(leads_with_title(&loaded("a.md", "## H\n\n### x\n").0));
}

#[test]
fn the_files_name_gives_order_and_date() {
    assert_eq!(loaded("guides/03-a.md", "# H").0.front.order, Some(3.0));
    assert_eq!(loaded("guides/03-a.md", "---\norder: 1\n---\n# H").0.front.order, Some(1.0));
    assert_eq!(loaded("guides/2026-03-14-a.md", "# H").0.front.date, Some(jiff::civil::date(2026, 3, 14)));
}

#[test]
fn ranges_are_bytes_of_the_file() {
    let text = "---\r\ntitle: T\r\n---\r\n\r\n## H\r\n\r\n[a](b)\r\n";
    let (document, _) = loaded("a.md", text);
    assert_eq!(&document.body.source.text[document.body.headings[0].range.clone()], "## H\r\n");
    assert_eq!(document.body.place(document.body.links[0].range.clone()).to_string(), "a.md:7:1");
    assert!(document.front.toc);
}

#[test]
fn module_statements_are_left_out_with_one_hint() {
    let (document, codes) = loaded("a.mdx", "import A from 'a';\nexport const b = 1;\n\n# H\n\n<A />\n");
    assert_eq!(codes, ["mdx-not-supported"]);
    assert_eq!(document.front.title, "H");
}

#[test]
fn a_document_above_the_limit_is_named_and_not_read() {
    let source = Arc::new(SourceText::new(SourcePath::new("a-b.md"), "# H\n".repeat(10)));
    let limits = Limits { document_bytes: 9, ..Limits::default() };
    let mut problems = Vec::new();
    let document = load(&source, DocumentKind::Guide, None, &limits, &mut problems);
    assert_eq!((document.front.title.as_str(), document.body.text()), ("A b", ""));
    assert_eq!(problems[0].code.name, "limit-size");
}

#[test]
fn links_of_descriptions_are_listed() {
    assert_eq!(link_targets("[a](b) ![c](d) https://e.f <Card href=\"no\">"), ["b", "d", "https://e.f"]);
}

#[test]
fn hostile_front_matter_stays_data() {
    #[expect(clippy::disallowed_methods, reason = "tests find the corpus by the environment")]
    let root = std::env::var("PORTOLAN_CORPUS")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus").into());
    let path = std::path::Path::new(&root).join("hostile/frontmatter-traversal.md");
    #[expect(clippy::disallowed_methods, reason = "tests read the corpus")]
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("NOT TESTED: no corpus at {}", path.display());
        return;
    };
    let (document, codes) = loaded("a.md", &text);
    assert_eq!(document.front.slug.as_deref(), Some("../../../../../../tmp/pwned"));
    assert_eq!(codes, ["front-matter-conflict"]);
    assert_eq!(document.body.text().trim(), "body");
}

proptest::proptest! {
    #[test]
    fn no_file_makes_loading_panic(text in "(---|\\+\\+\\+|\\{)?\r?\n?([a-z]{1,8}: |\"|\\[|\\]|\\{|\\}|\n|---\n|# |title|!|&a|\\*a|\\PC){0,40}") {
        loaded("a.md", &text);
    }
}
