//! The nearest spellings of a word.

use super::Index;

impl Index<'_> {
    /// Returns the known words that are nearest to a word, with how many mistakes lie between, fewest first: one mistake
    /// in short words, two in long ones.
    pub(super) fn nearest(&self, files: &[(usize, usize, String)], word: &str) -> Vec<(String, u64)> {
        let typed: Vec<char> = word.chars().collect();
        let [one, two] = self.rules().typo_letters;
        let most = usize::from(typed.len() >= one) + usize::from(typed.len() >= two);
        let mut found = Vec::new();
        let near = |(least, greatest, _): &&(usize, usize, String)| {
            *least <= typed.len() + most && typed.len() <= *greatest + most
        };
        for (_, _, file) in files.iter().filter(near).filter(|_| most > 0) {
            let mut before = Vec::new();
            for line in self.text(file).lines() {
                let known = decoded(&mut before, line);
                let mistakes = distance(&typed, &before, most);
                if mistakes <= most {
                    found.push((mistakes, before.first() != typed.first(), before.len().abs_diff(typed.len()), known));
                }
            }
        }
        found.sort();
        found.truncate(self.rules().most_spellings);
        found.into_iter().map(|(mistakes, _, _, word)| (word, mistakes as u64)).collect()
    }
}

/// Decodes a line that shares its beginning with the one before, which `before` holds and then is this one.
pub fn decoded(before: &mut Vec<char>, line: &str) -> String {
    let mut chars = line.chars();
    let shared = chars.next().and_then(|digit| digit.to_digit(36)).unwrap_or(0) as usize;
    before.truncate(shared);
    before.extend(chars);
    before.iter().collect()
}

/// Returns how many letters must be added, left out, changed or swapped with their neighbour to make one word of the
/// other; `most + 1` when more than `most`.
fn distance(a: &[char], b: &[char], most: usize) -> usize {
    if a.len().abs_diff(b.len()) > most {
        return most + 1;
    }
    let (mut older, mut old, mut row) = (vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<_>>(), vec![0; b.len() + 1]);
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (old[j] + 1).min(row[j - 1] + 1).min(old[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(older[j - 2] + 1);
            }
        }
        std::mem::swap(&mut older, &mut old);
        std::mem::swap(&mut old, &mut row);
    }
    old[b.len()].min(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_a_letter_more_less_other_or_swapped() {
        let far = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), 2);
        assert_eq!(far("tikcet", "ticket"), 1);
        assert_eq!(far("ticket", "tickets"), 1);
        assert_eq!(far("tiket", "ticket"), 1);
        assert_eq!(far("tocket", "ticket"), 1);
        assert_eq!(far("tokcet", "ticket"), 2);
        assert_eq!(far("pets", "tickets"), 3);
        assert_eq!(far("abcd", "dcba"), 3);
    }
}
