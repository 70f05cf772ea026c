//! What a reader of the output folder may ever see.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::*;
use crate::model::route::SitePath;
use crate::plan::{Family, Output};

mod refusals;

/// A site whose every file tells its edition, so that a mixture of two shows.
fn site(edition: &str, pages: usize) -> Site {
    let mut site = Site::default();
    for n in 0..pages {
        let text = format!("{edition} page {n}\n").repeat(20);
        site.outputs
            .insert(path(&format!("guides/{n}/index.html")), Output::Make(Box::new(move || text.clone().into())));
    }
    let digests = |digests: &[Digest]| digests.iter().map(|d| format!("{} {}\n", d.path, d.bytes)).collect::<String>();
    site.outputs.insert(path("portal.json"), Output::FromDigests(Box::new(move |d| digests(d).into_bytes())));
    site.outputs.insert(path("edition.txt"), Output::Bytes(edition.as_bytes().into()));
    let shard = format!("assets/search/{edition}.json");
    let make = move || BTreeMap::from([(shard.clone(), b"{}".to_vec())]);
    site.families.push(Family::new("", Box::new(make)));
    site
}

fn path(path: &str) -> SitePath {
    SitePath::new(path)
}

struct Folder {
    temporary: tempfile::TempDir,
}

impl Folder {
    fn new() -> Folder {
        let temporary = tempfile::tempdir().unwrap();
        fs::create_dir(temporary.path().join("portal")).unwrap();
        Folder { temporary }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.temporary.path().join(name)
    }

    fn out(&self) -> PathBuf {
        self.path("portal/site")
    }

    fn publish(&self, site: &Site) -> Result<Published, Refused> {
        self.publish_on(&Disk::default(), site)
    }

    fn publish_on(&self, disk: &Disk, site: &Site) -> Result<Published, Refused> {
        let target = Target { out: &self.out(), input: &self.path("portal"), home: None };
        write_on(disk, site, &target, &|_, _| {})
    }
}

/// Every file below a folder with its bytes.
fn snapshot(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap).filter(|entry| !entry.file_type().is_dir());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap_or_default())).collect()
}

/// Returns the edition of a whole site; panics when two editions are mixed or a file is missing.
fn edition_of(out: &Path) -> String {
    let files = snapshot(out);
    let edition = String::from_utf8(files["edition.txt"].clone()).unwrap();
    let manifest = Manifest::parse(&files[manifest::NAME]).expect("a whole site has its manifest");
    for file in &manifest.files {
        let bytes = files.get(&file.path).unwrap_or_else(|| panic!("{} is missing from {edition}", file.path));
        assert_eq!(bytes.len() as u64, file.bytes, "{}", file.path);
        if file.path.starts_with("guides/") {
            assert!(bytes.starts_with(edition.as_bytes()), "{} is not of {edition}", file.path);
        }
    }
    edition
}

#[test]
fn a_site_is_written_whole_with_a_manifest_and_replaced_by_the_next() {
    let folder = Folder::new();
    let first = folder.publish(&site("one", 3)).unwrap();
    assert_eq!(first.unchanged, 0);
    assert_eq!(
        snapshot(&folder.out()).into_keys().collect::<Vec<_>>(),
        [
            ".portolan-manifest.json",
            "assets/search/one.json",
            "edition.txt",
            "guides/0/index.html",
            "guides/1/index.html",
            "guides/2/index.html",
            "portal.json"
        ]
    );
    let portal = fs::read_to_string(folder.out().join("portal.json")).unwrap();
    assert!(portal.starts_with("assets/search/one.json 2\nedition.txt 3\n"), "{portal}");

    let second = folder.publish(&site("two", 2)).unwrap();
    assert_eq!(edition_of(&folder.out()), "two");
    assert!(!folder.out().join("guides/2").exists());
    assert_eq!(second.digests.len(), 5);
    assert_eq!(folder.publish(&site("two", 2)).unwrap().unchanged, 5);
    assert_eq!(fs::read_dir(folder.path("portal")).unwrap().count(), 1, "nothing is left beside the site");
}

#[test]
fn foreign_files_and_folders_are_carried_over_and_listed() {
    for without_exchange in [false, true] {
        let folder = Folder::new();
        folder.publish(&site("one", 3)).unwrap();
        for (path, text) in
            [("CNAME", "a.example"), (".git/HEAD", "ref"), ("guides/mine.html", "m"), ("guides/2/b", "b")]
        {
            let file = folder.out().join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let disk = Disk { without_exchange, ..Disk::default() };
        let published = folder.publish_on(&disk, &site("two", 1)).unwrap();
        assert_eq!(published.foreign, [".git/", "CNAME", "guides/2/b", "guides/mine.html"]);
        assert_eq!(published.untidy, [""; 0]);
        assert_eq!(edition_of(&folder.out()), "two");
        let files = snapshot(&folder.out());
        let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
        assert_eq!(
            [text("CNAME"), text(".git/HEAD"), text("guides/mine.html"), text("guides/2/b")],
            ["a.example", "ref", "m", "b"]
        );
        assert!(!files.contains_key("guides/2/index.html"));
        assert_eq!(fs::read_dir(folder.path("portal")).unwrap().count(), 1);
    }
}

#[cfg(unix)]
#[test]
fn a_link_among_the_old_files_is_not_followed_when_they_are_removed() {
    let folder = Folder::new();
    folder.publish(&site("one", 2)).unwrap();
    fs::create_dir_all(folder.path("precious/0")).unwrap();
    fs::write(folder.path("precious/0/index.html"), "precious").unwrap();
    fs::remove_dir_all(folder.out().join("guides")).unwrap();
    std::os::unix::fs::symlink(folder.path("precious"), folder.out().join("guides")).unwrap();
    assert!(folder.publish(&site("two", 2)).unwrap_err().to_string().contains("was not written by Portolan"));
    folder.publish(&site("three", 0)).unwrap();
    assert_eq!(fs::read_to_string(folder.path("precious/0/index.html")).unwrap(), "precious");
    assert!(folder.out().join("guides").is_symlink());
}

#[test]
fn when_any_operation_fails_the_old_site_stays_byte_for_byte_and_the_next_build_works() {
    for without_exchange in [false, true] {
        let mut failed = 0;
        for fail_at in 1.. {
            let folder = Folder::new();
            folder.publish(&site("one", 3)).unwrap();
            fs::write(folder.out().join("CNAME"), "a.example").unwrap();
            fs::create_dir(folder.out().join(".git")).unwrap();
            fs::write(folder.out().join(".git/HEAD"), "ref").unwrap();
            let before = snapshot(&folder.out());

            let mut disk = Disk { without_exchange, ..Disk::default() };
            disk.faults.fail_at = fail_at;
            match folder.publish_on(&disk, &site("two", 3)) {
                Err(refused) => {
                    failed += 1;
                    assert_eq!(snapshot(&folder.out()), before, "operation {fail_at}");
                    assert_eq!(refused.exit_code(), 3, "{refused}");
                    assert!(refused.to_string().contains(folder.temporary.path().to_str().unwrap()), "{refused}");
                }
                Ok(_) => assert_eq!(edition_of(&folder.out()), "two"),
            }
            let is_over = disk.faults.count.into_inner() < fail_at;
            folder.publish(&site("three", 2)).unwrap();
            assert_eq!(edition_of(&folder.out()), "three");
            assert_eq!(fs::read_to_string(folder.out().join(".git/HEAD")).unwrap(), "ref", "operation {fail_at}");
            assert_eq!(fs::read_to_string(folder.out().join("CNAME")).unwrap(), "a.example", "operation {fail_at}");
            if is_over {
                break;
            }
        }
        assert!(failed > 20, "{failed}");
    }
}

/// The other process of the tests below: builds one edition after the other until it is killed.
#[test]
fn child_that_builds() {
    let Ok(root) = std::env::var("PORTOLAN_TEST_BUILDS_IN") else { return };
    let (root, rounds) = (PathBuf::from(root), std::env::var("PORTOLAN_TEST_ROUNDS").unwrap().parse::<u32>().unwrap());
    let without_exchange = std::env::var("PORTOLAN_TEST_WITHOUT_EXCHANGE").is_ok();
    for round in 0..rounds {
        let target = Target { out: &root.join("portal/site"), input: &root.join("portal"), home: None };
        let edition = format!("edition-{}-{round}", std::process::id());
        write_on(&Disk { without_exchange, ..Disk::default() }, &site(&edition, 60), &target, &|_, _| {}).unwrap();
    }
}

fn builder(folder: &Folder, rounds: u32, without_exchange: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "publish::tests::child_that_builds"]);
    command.env("PORTOLAN_TEST_BUILDS_IN", folder.temporary.path()).env("PORTOLAN_TEST_ROUNDS", rounds.to_string());
    if without_exchange {
        command.env("PORTOLAN_TEST_WITHOUT_EXCHANGE", "1");
    }
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn kills() -> u64 {
    std::env::var("PORTOLAN_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20)
}

#[test]
fn a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_build_needs_no_hand() {
    let folder = Folder::new();
    folder.publish(&site("first", 60)).unwrap();
    fs::create_dir(folder.out().join(".git")).unwrap();
    fs::write(folder.out().join(".git/HEAD"), "ref").unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let seen = |edition: &[u8]| edition.starts_with(b"edition-") || edition == b"first";
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                assert!(fs::read(folder.out().join("edition.txt")).is_ok_and(|edition| seen(&edition)));
            }
        });
        kill_builders(&folder);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        reader.join().unwrap();
    });
    folder.publish(&site("last", 2)).unwrap();
    assert_eq!(edition_of(&folder.out()), "last");
    assert_eq!(fs::read_to_string(folder.out().join(".git/HEAD")).unwrap(), "ref");
    assert_eq!(fs::read_dir(folder.path("portal")).unwrap().count(), 1, "nothing is left beside the site");
}

fn kill_builders(folder: &Folder) {
    let mut in_the_middle = 0;
    for round in 0..kills() {
        let mut child = builder(folder, 1000, false);
        // Spread over start-up and several builds; each is a few milliseconds.
        std::thread::sleep(Duration::from_micros(3_000 + round * 7_919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        edition_of(&folder.out());
        in_the_middle += usize::from(folder.path("portal/.site.portolan").exists());
    }
    assert!(in_the_middle > 0, "no kill came in the middle of a build");
}

#[test]
fn where_folders_cannot_be_exchanged_the_next_build_mends_what_a_kill_left() {
    let folder = Folder::new();
    folder.publish(&site("first", 60)).unwrap();
    fs::write(folder.out().join("CNAME"), "a.example").unwrap();
    for round in 0..kills() / 2 {
        let mut child = builder(&folder, 1000, true);
        std::thread::sleep(Duration::from_micros(3_000 + round * 7_919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        folder.publish_on(&Disk { without_exchange: true, ..Disk::default() }, &site("next", 3)).unwrap();
        assert_eq!(edition_of(&folder.out()), "next");
        assert_eq!(fs::read_to_string(folder.out().join("CNAME")).unwrap(), "a.example");
    }
    assert_eq!(fs::read_dir(folder.path("portal")).unwrap().count(), 1);
}

#[test]
fn several_builders_at_once_leave_one_whole_site() {
    let folder = Folder::new();
    let mut children: Vec<Child> = (0..3).map(|_| builder(&folder, 8, false)).collect();
    for child in &mut children {
        assert!(child.wait().unwrap().success());
    }
    edition_of(&folder.out());
    assert_eq!(fs::read_dir(folder.path("portal")).unwrap().count(), 1);
}

#[test]
fn an_old_file_that_was_edited_by_hand_is_written_anew() {
    let folder = Folder::new();
    let site = site("one", 3);
    folder.publish(&site).unwrap();
    let page = folder.out().join("guides/1/index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, "x".repeat(text.len())).unwrap();
    folder.publish(&site).unwrap();
    assert_eq!(fs::read_to_string(&page).unwrap(), text);
}
