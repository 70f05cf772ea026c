//! Spellings by length, for finding the nearest to a misspelt word: a mistake changes the length by little.

use super::{Files, add, push_front_coded};

/// Bytes of a file before compression.
const SIZE: usize = 40_000;
/// Shortest word that forgives a mistake, less the mistake.
const SHORTEST: usize = 2;

/// Writes words, front-coded; returns the least and greatest length in characters of each file.
pub fn write(stem: &str, words: Vec<String>, files: &mut Files) -> Vec<(usize, usize, String)> {
    let mut words: Vec<(usize, String)> = words.into_iter().map(|word| (word.chars().count(), word)).collect();
    words.retain(|(length, _)| *length >= SHORTEST);
    words.sort();
    let mut written = Vec::new();
    let (mut text, mut least, mut before) = (String::new(), 0, String::new());
    let mut greatest = 0;
    for (length, word) in words {
        if text.len() >= SIZE && length > greatest {
            written.push((least, greatest, add(files, stem, written.len(), std::mem::take(&mut text))));
            before.clear();
        }
        if text.is_empty() {
            least = length;
        }
        push_front_coded(&mut text, &before, &word);
        (greatest, before) = (length, word);
    }
    if !text.is_empty() {
        written.push((least, greatest, add(files, stem, written.len(), text)));
    }
    written
}
