//! Text of template languages in prose: `{{ a*b }}`, `{% … %}`, `${A_B}`, `<%= … %>` come out as they are written.
//!
//! CommonMark would take the `*` and `_` inside for emphasis. They are masked by control characters of the same length
//! while the text is parsed, and put back in every event; a text that has such characters of its own is left alone.

use std::borrow::Cow;

/// A sign, and the control character that stands for it.
const MASKS: &[(char, char)] = &[('*', '\u{1a}'), ('_', '\u{1c}'), ('~', '\u{1d}')];

const PAIRS: &[(&str, &str)] = &[("{{", "}}"), ("{%", "%}"), ("${", "}"), ("<%", "%>")];

/// Returns the text with the signs inside template text masked; `None` when there is nothing to mask.
pub(super) fn masked(text: &str) -> Option<String> {
    let is_mask = |c: char| MASKS.iter().any(|(_, mask)| *mask == c);
    if !PAIRS.iter().any(|(open, _)| text.contains(open)) || text.contains(is_mask) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        mask_line(line, &mut out);
    }
    (out != text).then_some(out)
}

fn mask_line(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some((start, end)) = first_pair(rest) {
        out.push_str(&rest[..start]);
        let sign = |c: char| MASKS.iter().find(|(sign, _)| *sign == c).map_or(c, |(_, mask)| *mask);
        // A link's target may hold no control character, and no sign in it means anything.
        match is_target(&rest[..start]) {
            true => out.push_str(&rest[start..end]),
            false => out.extend(rest[start..end].chars().map(sign)),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
}

/// True when what follows is inside a link's target.
fn is_target(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let after = |mark: &str| word.rfind(mark).is_some_and(|at| !word[at + mark.len()..].contains([')', '>']));
    after("](") || after("<") || before.trim_end().ends_with("]:")
}

/// The first template text of a line: where it begins and ends.
fn first_pair(line: &str) -> Option<(usize, usize)> {
    let found = PAIRS.iter().filter_map(|(open, close)| {
        let start = line.find(open)?;
        let inside = start + open.len();
        let end = inside + line[inside..].find(close)? + close.len();
        Some((start, end))
    });
    found.min()
}

/// Puts the signs back.
pub(super) fn unmasked(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| MASKS.iter().any(|(_, mask)| *mask == c)) {
        return Cow::Borrowed(text);
    }
    let sign = |c: char| MASKS.iter().find(|(_, mask)| *mask == c).map_or(c, |(sign, _)| *sign);
    Cow::Owned(text.chars().map(sign).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_signs_inside_template_text_are_masked() {
        let text = "*a* {{ 1*2 }} {% b_c %} ${D_E} {{ f* g\n";
        let masked = masked(text).unwrap();
        assert_eq!(masked.matches(['*', '_']).count(), 3);
        assert_eq!(unmasked(&masked), text);
        assert_eq!(super::masked("*a* ${b}"), None);
        assert_eq!(super::masked("{{*}} \u{1a}"), None);
    }
}
