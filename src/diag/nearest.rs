//! "Did you mean …": the one measure of likeness for every message.

/// Returns the candidate nearest to a word when it is near enough to be what was meant.
///
/// Near is a Damerau–Levenshtein distance of at most 1 for words up to 4 characters, 2 up to 9, and a quarter of the
/// length beyond; case is ignored. Of equally near ones the first is returned.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    let allowed = match length {
        0 => return None,
        1..=4 => 1,
        5..=9 => 2,
        _ => length / 4,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        if candidate.len().abs_diff(word.len()) > allowed * 4 {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        assert_eq!(nearest("Custmer", ["Order", "Customer"]), Some("Customer"));
        assert_eq!(nearest("tilte", ["title", "theme"]), Some("title"));
        assert_eq!(nearest("ab", ["xyz"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }
}
