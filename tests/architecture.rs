//! The arrows between modules, the completeness of ARCHITECTURE.md, and the bounds on size: what the design promises
//! and the compiler does not check.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The order of modules: each may name only modules of later lines, or itself.
const LAYERS: &[&[&str]] = &[
    &["cli"],
    &["serve"],
    &["publish"],
    &["plan"],
    &["export"],
    &["feeds"],
    &["render"],
    &["search"],
    &["check"],
    &["graph"],
    &["schema"],
    &["assemble"],
    &["load"],
    &["config"],
    &["source"],
    &["tree"],
    &["text"],
    &["slug"],
    &["model"],
    &["diag"],
];

/// What may be named against the order, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[("export", "plan", "digests are what the manifest is made from")];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// `src/render/pages/api.rs` belongs to `render`.
fn module_of(path: &Path) -> String {
    let relative = path.strip_prefix(root().join("src")).unwrap();
    relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

fn layer_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The modules that a line names by `crate::…`, also inside braces.
fn named_modules(line: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for part in line.split("crate::").skip(1) {
        let names = match part.strip_prefix('{') {
            Some(inside) => inside.split('}').next().unwrap_or_default().split(',').map(str::trim).collect::<Vec<_>>(),
            None => vec![part],
        };
        for name in names {
            let word: String = name.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            named.insert(word);
        }
    }
    named
}

#[test]
fn a_module_names_only_modules_below_it() {
    let mut wrong = Vec::new();
    for path in rust_files(&root().join("src")) {
        let module = module_of(&path);
        let Some(own) = layer_of(&module) else { continue };
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            if line.trim_start().starts_with("//") || is_test_file(&path) {
                continue;
            }
            for named in named_modules(line) {
                let excepted = EXCEPTIONS.iter().any(|(from, to, _)| *from == module && *to == named);
                if let Some(other) = layer_of(&named)
                    && named != module
                    && other <= own
                    && !excepted
                {
                    wrong.push(format!("{}:{}: `{module}` names `{named}`", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "arrows against the order of modules:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_is_in_the_list_and_on_the_page() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let modules: BTreeSet<String> = rust_files(&root().join("src"))
        .iter()
        .map(|path| module_of(path))
        .filter(|name| name != "main" && name != "lib")
        .collect();
    for module in &modules {
        assert!(layer_of(module).is_some(), "`{module}` is in no layer of tests/architecture.rs");
        assert!(page.contains(&format!("`{module}`")), "ARCHITECTURE.md does not name `{module}`");
    }
    for module in LAYERS.iter().flat_map(|layer| layer.iter()) {
        assert!(modules.contains(*module), "`{module}` is listed but does not exist");
    }
}

/// Files of nothing but tests: `tests.rs`, `corpus_tests.rs`, `tests/corpus.rs`.
fn is_test_file(path: &Path) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        let name = name.trim_end_matches(".rs");
        name == "tests" || name.ends_with("_tests")
    })
}

/// A line of code without what stands between double quotes: samples of other people's programs are no code of ours.
fn without_texts(line: &str) -> String {
    line.replace("\\\"", "").split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

#[test]
fn only_four_modules_touch_the_world() {
    let allowed: BTreeMap<&str, &str> = BTreeMap::from([
        ("source", "reads"),
        ("publish", "writes"),
        ("serve", "has sockets"),
        ("cli", "prints and looks at the environment"),
    ]);
    let world = [
        "std::fs",
        "TcpListener",
        "TcpStream",
        "UdpSocket",
        "std::env",
        "std::process",
        "println!",
        "eprintln!",
        "SystemTime",
    ];
    let mut wrong = Vec::new();
    for path in rust_files(&root().join("src")) {
        let module = module_of(&path);
        if allowed.contains_key(module.as_str()) || module == "main" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate().filter(|_| !is_test_file(&path)) {
            let line = without_texts(line);
            if !line.trim_start().starts_with("//") && world.iter().any(|word| line.contains(word)) {
                wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "only source, publish, serve and cli may do this:\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let mut wrong = Vec::new();
    for path in rust_files(&root().join("src")) {
        let text = std::fs::read_to_string(&path).unwrap();
        if !text.starts_with("//!") {
            wrong.push(format!("{}: no module documentation", path.display()));
        }
        let lines = text.lines().count();
        if lines > 700 {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn templates_print_unescaped_only_what_is_known_to_be_html() {
    let mut wrong = Vec::new();
    let mut folders = vec![root().join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for (number, line) in text.lines().enumerate() {
                for before in line.split("safe").collect::<Vec<_>>().iter().rev().skip(1) {
                    let Some(expression) = before.trim_end().strip_suffix('|') else { continue };
                    if expression.trim_end().ends_with("shell.icons[name]") {
                        continue;
                    }
                    let name = expression.trim_end().rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next();
                    if !name.is_some_and(|name| name.ends_with("_html") || name == "html") {
                        wrong.push(format!("{}:{}: {}", path.display(), number + 1, line.trim()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "`| safe` on something that is not called …_html:\n{}", wrong.join("\n"));
}
