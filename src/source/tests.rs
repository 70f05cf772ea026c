//! What the walk reads, what it leaves out, and what it says.

use std::fs;
use std::path::Path;

use super::*;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(folder.path(), path, text.as_bytes());
    }
    folder
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

fn read_folder(root: &Path) -> (SourceTree, Report) {
    read(root, &root.join("site"), None).unwrap()
}

fn paths(tree: &SourceTree) -> Vec<&str> {
    tree.files.keys().map(SourcePath::as_str).collect()
}

fn messages(report: Report) -> Vec<String> {
    report.sorted().iter().map(|d| format!("{}[{}]: {}", d.severity.word(), d.code.name, d.message)).collect()
}

fn manifest_text() -> String {
    format!(r#"{{"generator":"portolan","version":{},"files":[]}}"#, manifest::VERSION)
}

#[test]
fn a_portal_is_read_and_what_is_no_part_of_it_is_not() {
    let manifest = manifest_text();
    let folder = folder(&[
        ("index.md", "# Hi"),
        ("guides/a.md", "a"),
        ("static/.well-known/security.txt", "s"),
        ("static/.secret", "s"),
        (".git/config", "g"),
        (".env", "secret"),
        ("guides/.well-known/x", "x"),
        ("node_modules/p/README.md", "n"),
        ("target/notes.md", "no compiler wrote this"),
        ("tool/Cargo.toml", "[package]"),
        ("tool/target/doc/x.md", "t"),
        ("guides/a.md~", "b"),
        ("guides/#a.md#", "b"),
        ("guides/a.md.swp", "b"),
        ("4913", ""),
        ("site/index.html", "<p>"),
        ("old-site/index.html", "<p>"),
        ("old-site/.portolan-manifest.json", &manifest),
    ]);
    let (tree, report) = read_folder(folder.path());
    assert_eq!(
        paths(&tree),
        ["guides/a.md", "index.md", "static/.well-known/security.txt", "target/notes.md", "tool/Cargo.toml"]
    );
    assert_eq!(messages(report), [""; 0]);
    assert_eq!(tree.text(&SourcePath::new("index.md")).unwrap().text, "# Hi");
    assert_eq!(tree.name, folder.path().file_name().unwrap().to_str().unwrap());
}

#[test]
fn a_missing_folder_a_file_and_an_output_are_refused_in_plain_words() {
    let folder = folder(&[("openapi.yaml", "x"), ("out/.portolan-manifest.json", &manifest_text())]);
    let error = |path: &str| read(&folder.path().join(path), Path::new("site"), None).unwrap_err().to_string();
    assert!(error("nowhere").starts_with("there is no folder `"));
    assert!(error("openapi.yaml").contains("is a file; give the folder that holds it"));
    assert!(error("out").contains("is the output of a build"));
}

#[test]
fn text_is_decoded_from_utf8_and_utf16_and_the_first_bad_byte_is_named() {
    let folder = folder(&[("bom.md", "\u{feff}# A"), ("static/latin.json", "")]);
    write(folder.path(), "wide.md", b"\xff\xfe#\0 \0\xe4\0");
    write(folder.path(), "latin.md", b"\xef\xbb\xbfcaf\xe9\nb");
    write(folder.path(), "static/latin.json", b"\xe9");
    write(folder.path(), "image.png", b"\x89PNG");
    let (tree, report) = read_folder(folder.path());
    let text = |path| tree.text(&SourcePath::new(path)).unwrap().text.clone();
    assert_eq!(text("bom.md"), "# A");
    assert_eq!(text("wide.md"), "# ä");
    assert_eq!(text("latin.md"), "caf\u{fffd}\nb");
    let bad = report.iter().find(|d| d.severity == crate::diag::Severity::Error).unwrap();
    assert_eq!(bad.place.to_string(), "latin.md:1:4");
    assert_eq!(
        messages(report),
        ["error[not-utf8]: byte 0xe9 at offset 6 is not UTF-8", "warning[not-utf8]: the file is UTF-16"]
    );
}

#[test]
fn names_that_meet_on_other_disks_are_reported_with_both() {
    let folder = folder(&[("guides/Setup.md", "a"), ("guides/setup.md", "b")]);
    write(folder.path(), "caf\u{e9}.md", b"one");
    write(folder.path(), "cafe\u{301}.md", b"two");
    let (tree, report) = read_folder(folder.path());
    assert_eq!(
        messages(report),
        [
            "error[name-clash]: two entries are named `caf\u{e9}.md` once their accents are composed; the second was left out",
            "error[name-clash]: `guides/setup.md` and `guides/Setup.md` are one name on a disk that folds case",
        ]
    );
    assert_eq!(tree.files.len(), 3);
}

#[test]
fn an_unchanged_file_is_not_read_again_and_a_fresh_one_is() {
    let folder = folder(&[("old.md", "one"), ("fresh.md", "one")]);
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    fs::File::options().write(true).open(folder.path().join("old.md")).unwrap().set_modified(long_ago).unwrap();
    let (first, _) = read_folder(folder.path());
    let (second, _) = read(folder.path(), Path::new("/nowhere/site"), Some(&first)).unwrap();
    let shared = |path: &str| {
        let path = SourcePath::new(path);
        Arc::ptr_eq(&first.files[&path].bytes, &second.files[&path].bytes)
    };
    assert!(shared("old.md"));
    assert!(!shared("fresh.md"));

    write(folder.path(), "old.md", b"two");
    fs::remove_file(folder.path().join("fresh.md")).unwrap();
    let (third, _) = read(folder.path(), Path::new("/nowhere/site"), Some(&second)).unwrap();
    let changed: Vec<String> = third.changed_since(&second).iter().map(ToString::to_string).collect();
    assert_eq!(changed, ["fresh.md", "old.md"]);
}

#[test]
fn a_giant_and_a_file_without_permission_are_reported_and_the_rest_is_read() {
    let folder = folder(&[("a.md", "a")]);
    // A hole: it takes no room on the disk.
    fs::File::create(folder.path().join("film.mp4")).unwrap().set_len(read::MAX_FILE_BYTES + 1).unwrap();
    let (tree, mut report) = read_folder(folder.path());
    assert_eq!(paths(&tree), ["a.md"]);
    report.push(read::unreadable(&SourcePath::new("b.md"), &std::io::ErrorKind::PermissionDenied.into()));
    assert_eq!(
        messages(report),
        [
            "error[unreadable]: no permission to read `b.md`",
            "error[file-size]: `film.mp4` is larger than 512 MB and was not read",
        ]
    );
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_name_that_is_not_utf8_is_reported_by_its_bytes_and_the_rest_is_read() {
        let folder = folder(&[("a.md", "a")]);
        fs::write(folder.path().join(OsStr::from_bytes(b"caf\xe9.md")), "x").unwrap();
        let (tree, report) = read_folder(folder.path());
        assert_eq!(paths(&tree), ["a.md"]);
        assert_eq!(
            messages(report),
            [r"error[file-name]: the name `caf\xe9.md` is not UTF-8, so the entry was left out"]
        );
    }

    #[test]
    fn links_are_followed_inside_the_folder_only_and_loops_end() {
        let outside = folder(&[("secret.md", "secret")]);
        let folder = folder(&[("shared/note.md", "note"), ("guides/a.md", "a")]);
        let root = folder.path();
        symlink("../shared", root.join("guides/shared")).unwrap();
        symlink("../shared/note.md", root.join("guides/note.md")).unwrap();
        symlink(outside.path(), root.join("outside")).unwrap();
        symlink(outside.path().join("secret.md"), root.join("secret.md")).unwrap();
        symlink("..", root.join("guides/up")).unwrap();
        symlink("../guides", root.join("shared/back")).unwrap();
        symlink("nowhere", root.join("dangling")).unwrap();
        symlink("itself", root.join("itself")).unwrap();
        let (tree, report) = read_folder(root);
        assert_eq!(
            paths(&tree),
            [
                "guides/a.md",
                "guides/note.md",
                "guides/shared/note.md",
                "shared/back/a.md",
                "shared/back/note.md",
                "shared/note.md"
            ]
        );
        let said = messages(report).join("\n");
        for part in [
            "`outside` leads out of",
            "`secret.md` leads out of",
            "`guides/up` leads back",
            "`guides/shared/back` leads back",
            "`shared/back/shared` leads back",
            "`dangling` leads nowhere",
            "`itself` cannot be followed",
        ] {
            assert!(said.contains(part), "{part} in\n{said}");
        }
    }

    #[test]
    fn a_pipe_is_left_out_without_waiting_for_it() {
        let folder = folder(&[("a.md", "a")]);
        let made = rustix::fs::mknodat(
            rustix::fs::CWD,
            folder.path().join("pipe.md"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR,
            0,
        );
        made.unwrap();
        let (tree, report) = read_folder(folder.path());
        assert_eq!(paths(&tree), ["a.md"]);
        assert_eq!(messages(report), ["warning[not-a-file]: `pipe.md` is a pipe, socket or device and was left out"]);
    }
}
