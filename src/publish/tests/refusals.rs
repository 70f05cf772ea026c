//! Folders that are refused, each with the way out, and nothing lost.

use super::*;

fn refusal(out: &Path, input: &Path, home: Option<&Path>) -> String {
    let refused = write(&site("x", 1), &Target { out, input, home }, &|_, _| {}).unwrap_err();
    assert_eq!(refused.exit_code(), 2, "{refused}");
    assert!(!refused.help().is_empty());
    refused.to_string()
}

#[test]
fn folders_that_are_no_output_are_refused_and_keep_every_byte() {
    let folder = Folder::new();
    for (path, text) in [("portal/index.md", "# Hi"), ("other/notes.txt", "mine"), ("home/x", "x"), ("file", "f")] {
        fs::create_dir_all(folder.path(path).parent().unwrap()).unwrap();
        fs::write(folder.path(path), text).unwrap();
    }
    let before = snapshot(folder.temporary.path());
    let (input, home) = (folder.path("portal"), folder.path("home"));
    let refused = |out: PathBuf| refusal(&out, &input, Some(&home));
    assert!(refused("/".into()).contains("is the root of a disk"));
    assert!(refused(home.clone()).contains("is or holds your home folder"));
    assert!(refused(input.clone()).contains("is or holds the input folder"));
    assert!(refused(folder.temporary.path().to_owned()).contains("is or holds"));
    assert!(refused(folder.path("other/..")).contains("is or holds"));
    assert!(refused(folder.path("other")).contains("holds files that Portolan did not write, such as `notes.txt`"));
    assert!(refused(folder.path("file")).contains("is a file"));
    assert_eq!(snapshot(folder.temporary.path()), before);
}

#[cfg(unix)]
#[test]
fn an_output_behind_a_link_is_refused_with_and_without_a_slash() {
    let folder = Folder::new();
    fs::create_dir(folder.path("real")).unwrap();
    std::os::unix::fs::symlink(folder.path("real"), folder.path("link")).unwrap();
    for name in ["link", "link/"] {
        assert!(refusal(&folder.path(name), &folder.path("portal"), None).contains("is a symbolic link"));
    }
}

#[test]
fn a_manifest_that_leads_out_of_the_folder_is_refused() {
    let folder = Folder::new();
    folder.publish(&site("one", 1)).unwrap();
    fs::write(folder.path("portal/precious"), "p").unwrap();
    let forged = r#"{"generator":"portolan","version":1,"files":[{"path":"../precious","bytes":1,"sha256":""}]}"#;
    fs::write(folder.out().join(manifest::NAME), forged).unwrap();
    let before = snapshot(&folder.out());
    assert!(
        refusal(&folder.out(), &folder.path("portal"), None).contains("is not a list that this version of Portolan")
    );
    assert_eq!(snapshot(&folder.out()), before);
    assert!(folder.path("portal/precious").exists());
}

#[test]
fn a_foreign_file_in_the_way_of_the_new_site_is_refused_unless_it_is_the_same() {
    let folder = Folder::new();
    folder.publish(&site("one", 1)).unwrap();
    fs::create_dir(folder.out().join("guides/1")).unwrap();
    fs::write(folder.out().join("guides/1/index.html"), "mine").unwrap();
    let refused = folder.publish(&site("two", 2)).unwrap_err();
    assert!(refused.to_string().contains("guides/1/index.html` was not written by Portolan"), "{refused}");
    assert_eq!(edition_of(&folder.out()), "one");
    fs::write(folder.out().join("guides/1/index.html"), "two page 1\n".repeat(20)).unwrap();
    folder.publish(&site("two", 2)).unwrap();
    assert_eq!(edition_of(&folder.out()), "two");
}

#[test]
fn a_second_builder_is_told_who_is_writing() {
    let folder = Folder::new();
    let out = target::resolve(&Target { out: &folder.out(), input: &folder.path("portal"), home: None }).unwrap();
    let held = workshop::open(&Disk::default(), &out).unwrap();
    let refused = folder.publish(&site("one", 1)).unwrap_err();
    assert_eq!(refused.exit_code(), 3);
    assert!(refused.to_string().contains(&format!("another build (process {})", std::process::id())), "{refused}");
    held.close();
    folder.publish(&site("one", 1)).unwrap();
}

#[test]
fn a_site_with_a_path_that_leads_out_is_never_written() {
    let folder = Folder::new();
    let mut site = site("one", 1);
    site.outputs.insert(path("../evil"), Output::Bytes(b"x"[..].into()));
    assert!(folder.publish(&site).unwrap_err().to_string().contains("`../evil`"));
    assert!(!folder.path("portal/evil").exists() && !folder.out().exists());
}
