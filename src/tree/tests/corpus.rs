//! Every description of the corpus, and its hostile files. Left out, loudly, where there is no corpus.

use std::path::{Path, PathBuf};

use super::*;
use crate::tree;

/// Returns the files of a folder of the corpus; says so when there are none.
#[allow(clippy::disallowed_methods)]
fn corpus(folder: &str) -> Vec<PathBuf> {
    let at = std::env::var("PORTOLAN_CORPUS")
        .map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"), PathBuf::from);
    let files = walkdir::WalkDir::new(at.join(folder)).sort_by_file_name().into_iter().flatten();
    let files: Vec<PathBuf> =
        files.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect();
    if files.is_empty() {
        eprintln!("NO CORPUS at {}: this test looked at nothing", at.display());
    }
    files
}

#[allow(clippy::disallowed_methods)]
fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().and_then(|extension| extension.to_str()).is_some_and(|found| extensions.contains(&found))
}

fn codes(lines: &[String]) -> Vec<&str> {
    lines.iter().filter_map(|line| line.split(' ').next()).collect()
}

#[test]
fn every_description_is_read_to_its_end() {
    // `yamlbomb` refers to itself, `invalid` and `unknown` of swagger-parser are broken on purpose.
    let broken = ["yamlbomb", "/invalid", "/unknown"];
    for path in corpus("openapi").iter().filter(|path| has_extension(path, &["yaml", "yml", "json"])) {
        let text = String::from_utf8(bytes(path)).unwrap();
        let name = path.display().to_string();
        let (_, lines) = read(&name, &text);
        let errors: Vec<_> = lines.iter().filter(|line| !line.starts_with("duplicate-key")).collect();
        assert!(errors.is_empty() || broken.iter().any(|part| name.contains(part)), "{name}: {errors:?}");
    }
}

#[test]
fn json_files_are_what_serde_json_reads_and_what_yaml_reads() {
    for path in corpus("openapi").iter().filter(|path| has_extension(path, &["json"])) {
        let text = String::from_utf8(bytes(path)).unwrap();
        let source = Arc::new(SourceText::new(SourcePath::new(path.display().to_string()), text));
        let mut problems = Vec::new();
        let node = tree::json::parse(&source, 0, &Limits::default(), &mut problems);
        let Ok(expected) = serde_json::from_str::<serde_json::Value>(&source.text) else {
            assert!(!problems.is_empty(), "{}", path.display());
            continue;
        };
        assert!(problems.iter().all(|found| found.code.name == "duplicate-key"), "{}", path.display());
        if problems.is_empty() {
            assert!(tree::de::to_json(&node) == expected, "{}", path.display());
        }
        if source.text.len() < 300_000 {
            let as_yaml = tree::yaml::parse(&source, 0, &Limits::default(), &mut Vec::new());
            assert!(as_yaml.same_value(&node), "{}", path.display());
        }
    }
}

#[test]
fn hostile_files_end_in_a_diagnosis() {
    let expected = [("alias-bomb.yaml", "limit-aliases"), ("deep-nesting.json", "limit-depth")];
    for path in corpus("hostile") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match tree::decode::decode(&bytes(&path), &SourcePath::new(name.as_str())) {
            Ok(source) => {
                let (_, lines) = read(&name, &source.text);
                let code = expected.iter().find(|(file, _)| *file == name).map(|(_, code)| *code);
                assert!(code.is_none_or(|code| codes(&lines).contains(&code)), "{name}: {lines:?}");
            }
            Err(found) => assert_eq!(found.code.name, "not-utf8", "{name}"),
        }
    }
}
