//! What the program does with a description that is readable but odd: the site is written, and `--strict` refuses it.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

use std::path::Path;
use std::process::{Command, Output};

fn build(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portolan"));
    command.arg("build").arg(folder).args(more).output().unwrap()
}

#[test]
fn l10_a_broken_reference_costs_no_site_unless_the_build_is_strict() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("apis/tides")).unwrap();
    let description = "openapi: 3.1.0\ninfo: {title: Tides, version: '1'}\npaths:\n  /tides:\n    get:\n      \
                       responses: {'200': {$ref: '#/components/responses/None'}}\n";
    std::fs::write(folder.path().join("apis/tides/openapi.yaml"), description).unwrap();
    let (site, strict) = (folder.path().join("site"), folder.path().join("strict"));

    let output = build(folder.path(), &["--out", site.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("warning[unknown-reference]"), "{said}");
    let page = std::fs::read_to_string(site.join("apis/tides/operations/get-tides/index.html")).unwrap();
    assert!(page.contains("#/components/responses/None"), "the box names the pointer");

    let output = build(folder.path(), &["--strict", "--out", strict.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error[unknown-reference]"), "{said}");
    assert!(!strict.join("index.html").exists());
}
