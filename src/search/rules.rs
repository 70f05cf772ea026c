//! The numbers and words that decide what is found and what comes first.
//!
//! Written into the index, so that the browser's script and [`super::query`] rank alike. All arithmetic is on whole
//! numbers, which is exact in both.

use serde::{Deserialize, Serialize};

/// Weights of fields: how much a word counts by where it stands.
pub mod weight {
    /// A word of a page's title.
    pub const TITLE: u64 = 480;
    /// A part of an operationId, schema name or other identifier of a page.
    pub const NAME: u64 = 400;
    /// A segment of a path.
    pub const PATH: u64 = 240;
    /// A word of a heading inside a page.
    pub const HEADING: u64 = 300;
    /// A part of a parameter's or property's name.
    pub const FIELD: u64 = 160;
    /// A tag, scope, status word or the name of the API.
    pub const KEYWORD: u64 = 140;
    /// An enumerated value.
    pub const VALUE: u64 = 120;
    /// A word of prose.
    pub const TEXT: u64 = 60;
}

/// The steps to which weights are rounded; each is stored as one letter, `A` first.
pub const LEVELS: [u64; 26] = [
    8, 10, 13, 16, 20, 25, 32, 40, 51, 64, 81, 102, 128, 161, 203, 256, 323, 406, 512, 645, 813, 1024, 1290, 1626,
    2048, 2580,
];

/// Scores, and shares in hundredths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The steps of weights.
    pub levels: Vec<u64>,
    /// For a page whose whole name or title is what was typed.
    pub page_whole: u64,
    /// For a page whose title begins with all the words that were typed.
    pub phrase: u64,
    /// The most for words beside others of the query that are a whole name.
    pub pair: u64,
    /// For a page whose whole name or title begins with what was typed; scaled by how much of it was typed.
    pub page_begin: u64,
    /// For a field whose whole name, of several parts, is what was typed.
    pub field_whole: u64,
    /// For a field whose whole name is the one word that was typed.
    pub word_whole: u64,
    /// For a field whose whole name begins with what was typed; scaled.
    pub field_begin: u64,
    /// Share for an enumerated value instead of a field's name.
    pub value: u64,
    /// For a path that is what was typed, parameters' names included.
    pub path_whole: u64,
    /// The most for any other path; scaled by how well it agrees.
    pub path: u64,
    /// Share for a path when what was typed may be a name with a slash in it.
    pub path_loose: u64,
    /// The least agreement of a path, in thousandths.
    pub path_least: u64,
    /// Share for a word that begins with what was typed, plus [`Rules::begin_more`] by how much of it was typed.
    pub begin: u64,
    /// See [`Rules::begin`].
    pub begin_more: u64,
    /// Share for one typing mistake.
    pub typo: u64,
    /// Share for two.
    pub typos: u64,
    /// Share for a synonym.
    pub synonym: u64,
    /// Score of an operation whose method does what the typed verb says.
    pub verb: u64,
    /// Share for each further word that stands in the same title, heading or field.
    pub near: u64,
    /// Share that remains of a page marked as deprecated.
    pub deprecated: u64,
    /// Share for the method that was asked for.
    pub method: u64,
    /// Share that remains of everything else when a method was asked for.
    pub other_method: u64,
    /// Letters from which one typing mistake is forgiven, and two.
    pub typo_letters: [usize; 2],
    /// Most words that a beginning stands for.
    pub most_begun: usize,
    /// Most shards that a beginning is looked up in.
    pub most_shards: usize,
    /// Most words that a misspelt one stands for.
    pub most_spellings: usize,
    /// Most words of a query.
    pub most_words: usize,
    /// Most sub-results of a page.
    pub most_parts: usize,
}

impl Default for Rules {
    fn default() -> Rules {
        Rules {
            levels: LEVELS.to_vec(),
            page_whole: 60_000,
            phrase: 8_000,
            pair: 6_000,
            page_begin: 4_000,
            field_whole: 20_000,
            word_whole: 1_500,
            field_begin: 800,
            value: 50,
            path_whole: 300_000,
            path: 150_000,
            path_loose: 5,
            path_least: 450,
            begin: 40,
            begin_more: 50,
            typo: 45,
            typos: 30,
            synonym: 55,
            verb: 600,
            near: 10,
            deprecated: 55,
            method: 150,
            other_method: 25,
            typo_letters: [3, 7],
            most_begun: 48,
            most_shards: 2,
            most_spellings: 6,
            most_words: 12,
            most_parts: 3,
        }
    }
}

/// Letters for what a method does: method, letter, index into [`VERBS`]. A `GET` of one thing, whose path ends in a
/// parameter, has the letter `g`; of many, `l`.
pub const METHODS: [(&str, char, usize); 10] = [
    ("GET", 'l', 0),
    ("GET", 'g', 1),
    ("POST", 'c', 2),
    ("PUT", 'p', 3),
    ("PATCH", 'a', 3),
    ("DELETE", 'd', 4),
    ("HEAD", 'h', 1),
    ("QUERY", 'q', 0),
    ("OPTIONS", 'o', usize::MAX),
    ("TRACE", 't', usize::MAX),
];

/// Words for the same act.
pub const VERBS: [&[&str]; 5] = [
    &["list", "get", "all", "find", "search", "fetch", "browse", "query", "index", "read", "show"],
    &["get", "read", "retrieve", "fetch", "show", "view", "find", "load", "details"],
    &["create", "add", "post", "new", "make", "insert", "register", "send", "submit", "open", "start"],
    &["update", "edit", "patch", "put", "change", "modify", "replace", "set", "rename", "save"],
    &["delete", "remove", "destroy", "drop", "cancel", "revoke", "unset", "erase"],
];

/// Words that stand for one another.
pub const SYNONYMS: [&[&str]; 12] = [
    &["webhook", "hook", "callback", "event"],
    &["authentication", "auth", "authorization", "login", "signin"],
    &["error", "problem", "failure"],
    &["parameter", "param", "argument"],
    &["configuration", "config", "setting", "preference"],
    &["pagination", "paging", "page"],
    &["repository", "repo"],
    &["organization", "organisation", "org"],
    &["identifier", "id"],
    &["quickstart", "tutorial", "start"],
    &["limit", "quota", "throttle"],
    &["changelog", "release", "history"],
];

/// Function words: they count when they are found and cost nothing when they are not.
pub const STOP: &str = "a an and are as at be by can do does for from how i if in is it its me my not of on or our \
                        should so that the their then there this to via was we what when where which will with you your";

/// Returns true for a function word.
pub fn is_stop(word: &str) -> bool {
    word.len() <= 6 && STOP.split(' ').any(|stop| stop == word)
}

/// Returns the letter of a weight's step: the greatest step that is no greater.
pub fn level(weight: u64) -> char {
    let at = LEVELS.iter().rposition(|level| *level <= weight).unwrap_or(0);
    char::from(b'A' + at as u8)
}

/// Returns how rare a term is: eight times the binary logarithm of 1 + all ÷ those that have it, at least 8.
pub fn rarity(all: u64, having: u64) -> u64 {
    let having = having.max(1);
    let (mut value, mut result) = (((all + having) << 16) / having, 0);
    while value >= 2 << 16 {
        value >>= 1;
        result += 8;
    }
    for bit in [4, 2, 1] {
        value = (value * value) >> 16;
        if value >= 2 << 16 {
            value >>= 1;
            result += bit;
        }
    }
    result.max(8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rarity_is_eight_times_the_binary_logarithm() {
        assert_eq!([rarity(1, 1), rarity(3, 1), rarity(1023, 1), rarity(1000, 1000), rarity(5, 2)], [8, 16, 80, 8, 14]);
        let by_float = |all: f64, having: f64| (8.0 * (1.0 + all / having).log2()).floor() as u64;
        for having in [3_u64, 17, 400, 999] {
            assert!(rarity(20_000, having).abs_diff(by_float(20_000.0, having as f64)) <= 1);
        }
    }

    #[test]
    fn levels_rise_with_weight() {
        assert_eq!([level(0), level(8), level(60), level(480), level(u64::MAX)], ['A', 'A', 'I', 'R', 'Z']);
    }
}
