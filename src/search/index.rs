//! Records to the files that the browser loads.
//!
//! `index.json` is the only file with a fixed name; it holds the rules, what every page is, and the names of all the
//! others, which hold the hash of their bytes. A search loads `index.json`, the shard or two that its words fall into, and
//! the chunks of the pages that it shows; docs/search.md describes the format.

mod chunks;
mod directory;
mod shards;
mod terms;
mod vocabulary;

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use super::records::Record;
use crate::model::settings::SearchSettings;
pub use directory::{Directory, Run, VERSION};

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The entry of the index, the only file without a hash in its name.
pub const ENTRY: &str = "index.json";

/// Writes the index of records. `apis` are the titles of the APIs by their index.
pub fn write(records: &[Record], apis: Vec<String>, settings: &SearchSettings) -> Files {
    let pages: Vec<&[Record]> = records.chunk_by(|a, b| a.page == b.page).collect();
    let mut files = Files::new();
    let mut directory = Directory::new(&pages, apis, settings);
    let found = terms::of_pages(&pages);
    directory.names = shards::names(&found.names, pages.len(), &mut files);
    directory.text = shards::text(&found.text, pages.len(), &mut files);
    directory.words = vocabulary::write("words", found.words, &mut files);
    directory.wholes = vocabulary::write("wholes", found.wholes, &mut files);
    directory.paths = chunks::paths(&pages, &mut files);
    directory.pages = chunks::pages(&pages, &directory, &mut files);
    directory.parts = chunks::parts(&pages, &mut files);
    directory.excerpts = chunks::excerpts(&pages, &mut files);
    let entry = serde_json::to_vec(&directory).expect("a directory is made of strings and numbers");
    files.insert(ENTRY.to_owned(), entry);
    files
}

/// Adds a file under a name that holds the hash of its bytes, and returns the name.
fn add(files: &mut Files, stem: &str, number: usize, text: String) -> String {
    let hash = format!("{:016x}", xxh3_64(text.as_bytes()));
    let name = format!("{stem}-{number}.{}.txt", &hash[..8]);
    files.insert(name.clone(), text.into_bytes());
    name
}

/// Writes a number in base 36.
fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        let digit = (number % 36) as u8;
        digits.push(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
        number /= 36;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

/// Appends a line that shares its beginning with the line before: how much of it as one base-36 digit, then the rest.
fn push_front_coded(out: &mut String, before: &str, line: &str) {
    let shared = before.chars().zip(line.chars()).take(35).take_while(|(a, b)| a == b).count();
    out.push_str(&base36(shared as u64));
    out.extend(line.chars().skip(shared));
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([base36(0), base36(35), base36(36), base36(46_655)], ["0", "z", "10", "zzz"]);
    }

    #[test]
    fn lines_share_their_beginning() {
        let mut out = String::new();
        push_front_coded(&mut out, "", "repo");
        push_front_coded(&mut out, "repo", "repository");
        push_front_coded(&mut out, "repository", "zürich");
        assert_eq!(out, "0repo\n4sitory\n0zürich\n");
    }
}
