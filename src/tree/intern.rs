//! One copy of every key and short string of a text.
//!
//! Takes texts, gives small numbers: equal texts have the same number, so that two keys are compared without looking
//! at their letters. A description of 13 MB has about 2,000 different keys in 600,000 places.

use std::hash::{BuildHasher, RandomState};

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::model::Text;

/// The texts of one parse, by number.
pub(super) struct Interner {
    /// Differs from run to run, so that no input can be made of texts that all fall into one slot.
    seed: u64,
    /// Number + 1 of the text in each slot, 0 for none. The length is a power of two.
    slots: Vec<u32>,
    hashes: Vec<u64>,
    texts: Vec<Text>,
}

impl Interner {
    pub(super) fn new() -> Interner {
        let seed = RandomState::new().hash_one(0_u8);
        Interner { seed, slots: vec![0; 256], hashes: Vec::new(), texts: Vec::new() }
    }

    /// Returns the number of a text; numbers count up from 0.
    pub(super) fn number(&mut self, text: &str) -> u32 {
        let hash = xxh3_64_with_seed(text.as_bytes(), self.seed);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(number) = self.slots[slot].checked_sub(1) {
            let known = number as usize;
            if self.hashes[known] == hash && *self.texts[known] == *text {
                return number;
            }
            slot = (slot + 1) & mask;
        }
        let number = self.texts.len() as u32;
        self.slots[slot] = number + 1;
        self.hashes.push(hash);
        self.texts.push(text.into());
        if self.texts.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    /// Returns the shared copy of the text with this number.
    pub(super) fn text(&self, number: u32) -> Text {
        Text::clone(&self.texts[number as usize])
    }

    /// Returns how many different texts there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        self.slots.clear();
        self.slots.resize(mask + 1, 0);
        for (number, hash) in self.hashes.iter().enumerate() {
            let mut slot = *hash as usize & mask;
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number as u32 + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_one_number_however_many_there_are() {
        let mut names = Interner::new();
        let first: Vec<u32> = (0..5000).map(|i| names.number(&format!("key {i}"))).collect();
        let second: Vec<u32> = (0..5000).map(|i| names.number(&format!("key {i}"))).collect();
        assert_eq!(first, second);
        assert_eq!(names.len(), 5000);
        assert_eq!(&*names.text(first[4321]), "key 4321");
    }
}
