//! The site opened from a disk, without any server.

use std::path::Path;

use crate::sites::SAMPLE;
use crate::tab::Tab;

#[test]
fn a_site_on_a_disk_shows_its_styles_runs_its_scripts_and_can_be_walked() {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in SAMPLE.iter() {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let url = |path: &str| format!("file://{}", Path::new(folder.path()).join(path).display());
    let tab = Tab::at(&url("index.html"));
    let styled: bool = tab.ask("getComputedStyle(document.querySelector('.site-head')).display === 'flex'");
    assert!(styled, "no styles on file:");
    assert!(tab.ask::<bool>("document.documentElement.classList.contains('js')"), "no scripts on file:");
    assert_eq!(tab.complaints("file://"), Vec::<String>::new());
    tab.run("window.__left = true");
    tab.click("main a[href$='/']");
    tab.wait_for_page();
    assert!(tab.shows("main h1"), "a link leads to {}", tab.url());
}
