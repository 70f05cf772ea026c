//! Real descriptions that nobody here wrote: they load without a panic, and no operation is lost.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{SourcePath, SourceText};
use crate::load::openapi::{Loaded, is_description, load};
use crate::model::api::{Api, OperationKind, SpecVersion};
use crate::model::node::{Node, Sources};
use crate::model::settings::Limits;
use crate::tree;

pub fn corpus() -> Option<PathBuf> {
    #[allow(clippy::disallowed_methods)]
    let folder = std::env::var_os("PORTOLAN_CORPUS")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"));
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("NOT TESTED: there is no corpus at {}", folder.display());
    None
}

/// Returns the description-like files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| {
            path.extension().is_some_and(|ending| ["json", "yaml", "yml"].iter().any(|known| ending == *known))
        })
        .collect();
    found.sort();
    found
}

#[allow(clippy::disallowed_methods)]
fn source(folder: &Path, path: &SourcePath) -> Option<Arc<SourceText>> {
    let bytes = std::fs::read(folder.join(path.as_str())).ok()?;
    Some(Arc::new(SourceText::new(path.clone(), String::from_utf8_lossy(&bytes))))
}

pub fn load_file(folder: &Path, file: &Path) -> Option<(Arc<SourceText>, Loaded)> {
    let relative = file.strip_prefix(folder).ok()?;
    let path = SourcePath::new(relative.to_str()?.replace('\\', "/"));
    let root = source(folder, &path)?;
    let loaded = load(path.stem(), &root, &|path| source(folder, path), &Limits::default());
    Some((root, loaded))
}

/// Counts operations by a walk that shares nothing with the loader.
fn count(folder: &Path, source_: &SourceText, root: &Node) -> usize {
    let mut operations = 0;
    for section in ["paths", "webhooks", "x-webhooks"] {
        for item in root.get(section).map_or(&[][..], Node::entries) {
            if item.key.starts_with("x-") {
                continue;
            }
            let other = item.value.get("$ref").and_then(Node::as_str).and_then(|reference| {
                let (file, pointer) = reference.split_once('#').unwrap_or((reference, ""));
                let mut node = root.clone();
                if !file.is_empty() {
                    let path = source_.path.join(&file.replace("%7B", "{").replace("%7D", "}"))?;
                    node = tree::parse(&source(folder, &path)?, 0, &Limits::default(), &mut Vec::new());
                }
                for token in pointer.split('/').skip(1) {
                    node = node
                        .get(&token.replace("%7B", "{").replace("%7D", "}").replace("~1", "/").replace("~0", "~"))?
                        .clone();
                }
                Some(node)
            });
            let item = other.as_ref().unwrap_or(&item.value);
            operations += item.entries().iter().filter(|entry| counts(entry)).count();
            operations += item.get("additionalOperations").map_or(0, |others| others.entries().len());
        }
    }
    operations
}

fn counts(entry: &crate::model::node::Entry) -> bool {
    let method = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"].contains(&&*entry.key);
    method && entry.value.get("x-internal").and_then(Node::as_bool) != Some(true)
}

#[test]
fn c02_every_description_of_the_corpus_loads_and_keeps_its_operations() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("openapi");
    let mut described = 0;
    for file in files(&folder) {
        let Some((root, loaded)) = load_file(&folder, &file) else { continue };
        if !is_description(&root.text, &root.path) {
            continue;
        }
        described += 1;
        let tree = tree::parse(&root, 0, &Limits::default(), &mut Vec::new());
        let sources = Sources(vec![Arc::clone(&root)]);
        assert_eq!(loaded.api.operations.len(), count(&folder, &root, &tree), "{}", sources.0[0].path);
        let slugs: std::collections::HashSet<_> = loaded.api.operations.iter().map(|o| &o.slug).collect();
        let webhooks = loaded.api.operations.iter().any(|o| !matches!(o.kind, OperationKind::Http { .. }));
        assert!(webhooks || slugs.len() == loaded.api.operations.len(), "{}", root.path);
    }
    assert!(described > 90, "only {described} descriptions were found");
}

#[test]
fn c05_hostile_files_end_with_a_diagnosis() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("hostile");
    for file in files(&folder) {
        let Some((root, loaded)) = load_file(&folder, &file) else { continue };
        let benign = ["xss-everywhere.json", "slug-collisions.yaml", "control-chars.yaml", "invalid-utf8.yaml"];
        let expected = !benign.contains(&root.path.as_str());
        assert!(!expected || !loaded.diagnostics.is_empty(), "{}", root.path);
    }
}

/// What a strict reader of 3.0 found in a whole document, and what we did, in lines that can be compared.
fn outline(api: &Api) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for operation in &api.operations {
        let OperationKind::Http { method, path } = &operation.kind else { continue };
        let codes: std::collections::BTreeSet<&str> = operation.responses.iter().map(|r| &*r.status).collect();
        let own = operation.parameters.iter().filter(|parameter| !parameter.shared).count();
        let id = operation.operation_id.as_deref().unwrap_or("-");
        lines.push(format!("{method} {path} {id} {own} {codes:?} {}", operation.request_body.is_some()));
    }
    lines.sort();
    lines.extend(api.named_schemas.iter().map(|named| named.name.to_string()));
    lines
}

fn strict_outline(document: &openapiv3::OpenAPI) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (path, item) in document.paths.iter() {
        let openapiv3::ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in item.iter() {
            let codes = operation.responses.responses.keys().map(ToString::to_string);
            let codes: std::collections::BTreeSet<String> =
                codes.chain(operation.responses.default.as_ref().map(|_| "default".to_string())).collect();
            let id = operation.operation_id.as_deref().unwrap_or("-");
            let own = operation.parameters.len();
            let method = method.to_ascii_uppercase();
            lines.push(format!("{method} {path} {id} {own} {codes:?} {}", operation.request_body.is_some()));
        }
    }
    lines.sort();
    lines.extend(document.components.iter().flat_map(|components| components.schemas.keys().cloned()));
    lines
}

#[test]
fn a_strict_reader_of_3_0_finds_the_same_in_valid_documents() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("openapi");
    let mut compared = 0;
    for file in files(&folder) {
        let inside_multi = file.starts_with(folder.join("multi"));
        let Some((root, loaded)) = (!inside_multi).then(|| load_file(&folder, &file)).flatten() else { continue };
        let plain =
            loaded.diagnostics.iter().all(|d| !["limit", "json", "yaml"].iter().any(|w| d.code.name.starts_with(w)));
        let local = !root.text.contains("x-internal") && !root.text.contains("\n    $ref:");
        if loaded.api.spec != SpecVersion::V3_0 || !plain || !local {
            continue;
        }
        let Ok(strict) = tree::de::from_node::<openapiv3::OpenAPI>(&loaded.api.root) else { continue };
        let undeclared =
            |d: &crate::diag::Diagnostic| d.code.name == "path-parameter" || d.code.name == "duplicate-parameter";
        if loaded.diagnostics.iter().any(undeclared) || strict.paths.iter().any(|(_, item)| item.as_item().is_none()) {
            continue;
        }
        compared += 1;
        assert_eq!(outline(&loaded.api), strict_outline(&strict), "{}", root.path);
    }
    assert!(compared > 20, "only {compared} documents were compared");
}

/// A linear congruential generator: the same cuts and changes in every run.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize
}

#[test]
fn c05_cut_and_changed_descriptions_of_the_corpus_load() {
    let Some(corpus) = corpus() else { return };
    let folder = corpus.join("openapi");
    let mut random = 7;
    for file in files(&folder) {
        let relative = file.strip_prefix(&folder).ok().and_then(Path::to_str).unwrap_or("").to_string();
        let root = source(&folder, &SourcePath::new(relative));
        let Some(root) = root.filter(|root| root.text.len() < 60_000) else { continue };
        if !is_description(&root.text, &root.path) {
            continue;
        }
        for round in 0..8 {
            let mut bytes = root.text.clone().into_bytes();
            let at = next(&mut random) % bytes.len().max(1);
            if round % 2 == 0 {
                bytes.truncate(at);
            } else {
                for _ in 0..4 {
                    let at = next(&mut random) % bytes.len().max(1);
                    bytes[at] = b"{}[]:,\"' \n-#&*0a"[next(&mut random) % 16];
                }
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let changed = Arc::new(SourceText::new(root.path.clone(), text));
            let loaded = load("x", &changed, &|_| None, &Limits::default());
            let _ = super::print::all(&loaded);
        }
    }
}
