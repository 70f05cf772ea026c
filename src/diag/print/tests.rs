//! One report in every format.

use std::sync::Arc;

use super::*;
use crate::diag::codes::portal::BROKEN_LINK;
use crate::diag::codes::tree::{DUPLICATE_KEY, JSON_SYNTAX};
use crate::diag::{Place, SourcePath, SourceText};

fn text(path: &str, text: &str) -> Arc<SourceText> {
    Arc::new(SourceText::new(SourcePath::new(path), text))
}

fn at(source: &Arc<SourceText>, marked: &str) -> Place {
    let start = source.text.find(marked).unwrap();
    Place::new(source, start..start + marked.len())
}

fn report(diagnostics: Vec<Diagnostic>) -> Report {
    let mut report = Report::default();
    diagnostics.into_iter().for_each(|diagnostic| report.push(diagnostic));
    report.sorted()
}

fn two() -> Report {
    let guide = text("guides/a.md", "# A\n\nsee [b](b.md) ähm\n");
    let spec = text("specs/b.yaml", "get: 1\nput: 2\nget: 3\n");
    let link = Diagnostic::new(BROKEN_LINK, at(&guide, "b.md"), "no page at `b.md`")
        .label("no such file")
        .help("did you mean `c.md`?");
    let key = Diagnostic::new(DUPLICATE_KEY, Place::new(&spec, 14..17), "the key `get` stands here twice")
        .related(Place::new(&spec, 0..3), "the first one");
    report(vec![key, link])
}

fn printed(report: &Report, format: Format) -> String {
    print(report, format, &Look { prefix: "docs/".into(), color: false, at_most: None })
}

#[test]
fn people_see_the_line_a_mark_and_what_to_do() {
    let expected = "\
error[broken-link]: no page at `b.md`
 --> docs/guides/a.md:3:9
  |
3 | see [b](b.md) ähm
  |         ^^^^ no such file
  |
  = help: did you mean `c.md`?

warning[duplicate-key]: the key `get` stands here twice
 --> docs/specs/b.yaml:3:1
  |
3 | get: 3
  | ^^^
  |
 ::: docs/specs/b.yaml:1:1
  |
1 | get: 1
  | --- the first one

";
    assert_eq!(printed(&two(), Format::Human), expected);
}

#[test]
fn colour_is_there_only_when_it_is_asked_for() {
    let look = Look { color: true, ..Look::default() };
    assert!(print(&two(), Format::Human, &look).contains("\u{1b}["));
    assert!(!printed(&two(), Format::Human).contains('\u{1b}'));
}

#[test]
fn more_than_asked_for_are_counted_and_not_shown() {
    let look = Look { at_most: Some(1), ..Look::default() };
    let shown = print(&two(), Format::Human, &look);
    assert!(shown.contains("broken-link") && !shown.contains("duplicate-key"));
    assert!(shown.ends_with("1 more are not shown; `--all` shows every one\n\n"));
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let long = text("a.json", &format!("{}\"här\"{}", "[".repeat(5_000_000), "]".repeat(5_000_000)));
    let shown = printed(&report(vec![Diagnostic::new(JSON_SYNTAX, at(&long, "\"här\""), "too deep")]), Format::Human);
    assert!(shown.contains(" --> docs/a.json:1:5000001\n"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() < 140), "{shown}");
    let lines: Vec<&str> = shown.lines().collect();
    let mark = lines[4].find('^').unwrap();
    let marked: String = lines[3].chars().skip(lines[4][..mark].chars().count()).take(5).collect();
    assert_eq!(marked, "\"här\"");
}

#[test]
fn a_mark_at_the_end_of_a_line_and_of_a_file_is_shown() {
    let source = text("a.json", "{\n\n");
    for at in 0..=3 {
        let diagnostic = Diagnostic::new(JSON_SYNTAX, Place::new(&source, at..at), "expected `}`");
        assert!(printed(&report(vec![diagnostic]), Format::Human).contains('^'), "{at}");
    }
}

/// Nothing of this may act in a terminal, a workflow log or an XML parser.
fn hostile() -> Report {
    let evil = text("x\n::error::pwned,a:b%.md", "a \u{1b}[31mred\u{202e}\u{7}\u{9b}31m <&\"]]>\u{0}\n");
    let place = at(&evil, "red");
    report(vec![
        Diagnostic::new(BROKEN_LINK, place, "no \u{1b}]0;title\u{7} \r\n::set-output name=x::y <&>").help("a\n::b"),
    ])
}

#[test]
fn control_characters_of_the_input_never_reach_the_terminal() {
    let shown = printed(&hostile(), Format::Human);
    let bad = |char: &char| (char.is_control() && *char != '\n') || *char == '\u{202e}';
    assert_eq!(shown.chars().find(bad), None, "{shown}");
    assert!(shown.contains("a \u{fffd}[31mred\u{fffd}\u{fffd}\u{fffd}31m"), "{shown}");
}

#[test]
fn github_gets_one_command_a_line_and_no_name_can_add_one() {
    let expected = "::error file=docs/guides/a.md,line=3,col=9,endLine=3,endColumn=13,title=broken-link::\
                    no page at `b.md`%0Ahelp: did you mean `c.md`?\n";
    assert!(printed(&two(), Format::Github).starts_with(expected), "{}", printed(&two(), Format::Github));
    let evil = printed(&hostile(), Format::Github);
    assert_eq!(evil.lines().count(), 1, "{evil}");
    assert!(evil.starts_with("::error file=docs/x%0A%3A%3Aerror%3A%3Apwned%2Ca%3Ab%25.md,line=1,"), "{evil}");
}

#[test]
fn json_has_every_field() {
    let json: serde_json::Value = serde_json::from_str(&printed(&two(), Format::Json)).unwrap();
    let first = &json["diagnostics"][0];
    assert_eq!(first["file"], "docs/guides/a.md");
    assert_eq!(
        (first["line"].as_u64(), first["column"].as_u64(), first["end_column"].as_u64()),
        (Some(3), Some(9), Some(13))
    );
    assert_eq!((&first["severity"], &first["help"]), (&"error".into(), &"did you mean `c.md`?".into()));
    assert_eq!(json["diagnostics"][1]["related"][0]["line"], 1);
    assert_eq!(json["counts"], serde_json::json!({ "errors": 1, "warnings": 1, "infos": 0 }));
}

#[test]
fn sarif_has_rules_results_and_encoded_paths() {
    let json: serde_json::Value = serde_json::from_str(&printed(&two(), Format::Sarif)).unwrap();
    let run = &json["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][1]["id"], "duplicate-key");
    assert_eq!((&run["results"][1]["ruleIndex"], &run["results"][1]["level"]), (&1.into(), &"warning".into()));
    let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(*region, serde_json::json!({ "startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 13 }));
    let evil: serde_json::Value = serde_json::from_str(&printed(&hostile(), Format::Sarif)).unwrap();
    let uri = &evil["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "docs/x%0A%3A%3Aerror%3A%3Apwned,a%3Ab%25.md");
}

#[test]
fn gitlab_gets_fingerprints_that_stay_when_lines_move() {
    let fingerprint = |prose: &str| {
        let guide = text("a.md", &format!("{prose}[b](b.md) and again [b](b.md)\n"));
        let first = at(&guide, "b.md");
        let second = guide.text.rfind("b.md").unwrap();
        let report = report(vec![
            Diagnostic::new(BROKEN_LINK, first, "no page at `b.md`"),
            Diagnostic::new(BROKEN_LINK, Place::new(&guide, second..second + 4), "no page at `b.md`"),
        ]);
        let json: serde_json::Value = serde_json::from_str(&printed(&report, Format::Gitlab)).unwrap();
        [json[0]["fingerprint"].to_string(), json[1]["fingerprint"].to_string()]
    };
    let [one, two] = fingerprint("");
    assert_ne!(one, two);
    assert_eq!(fingerprint("more\n\nlines\n"), [one, two]);
}

#[test]
fn junit_is_xml_whatever_the_input() {
    for report in [two(), hostile(), Report::default()] {
        let xml = printed(&report, Format::Junit);
        let mut reader = quick_xml::Reader::from_str(&xml);
        reader.config_mut().check_end_names = true;
        let mut cases = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag)
                    if tag.name().as_ref() == b"testcase" =>
                {
                    assert!(tag.attributes().all(|attribute| attribute.unwrap().unescape_value().is_ok()));
                    cases += 1;
                }
                _ => {}
            }
        }
        assert_eq!(cases, report.iter().count().max(1));
        assert!(!xml.chars().any(|char| char.is_control() && char != '\n'), "{xml}");
    }
    assert!(printed(&two(), Format::Junit).contains("tests=\"2\" failures=\"1\""));
}
