//! How well a typed path agrees with a path template: whole, its beginning or its middle; with the parameters' names, in
//! braces or bare, or with values in their place.

use std::ops::Range;

use crate::search::tokens::run;

/// A path as it was typed.
#[derive(Debug)]
pub struct Path {
    /// The items of the query that it covers.
    pub items: Range<usize>,
    /// True when it may be a name with a slash in it.
    pub loose: bool,
    segments: Vec<Segment>,
    /// What stands behind `?`.
    parameters: String,
}

#[derive(Debug, PartialEq, Eq)]
struct Segment {
    name: String,
    is_parameter: bool,
}

impl Path {
    /// Returns the path of a URL without scheme, host, query and fragment.
    pub fn bare(word: &str) -> &str {
        split(word).0
    }

    /// Reads a path, or a URL with one.
    pub fn parse(word: &str, items: Range<usize>) -> Path {
        let (path, parameters) = split(word);
        let segments = segments(path);
        let loose = !word.starts_with('/') && !word.contains(['{', ':']) && segments.len() < 3;
        Path { items, loose, segments, parameters: parameters.to_owned() }
    }

    /// Returns the agreement with a template in thousandths; 0 for none.
    pub fn agreement(&self, template: &str) -> u64 {
        let (template, parameters) = split(template);
        let agreement = self.of_segments(&segments(template));
        if parameters == self.parameters { agreement } else { agreement.min(995) }
    }

    fn of_segments(&self, template: &[Segment]) -> u64 {
        let (typed, all) = (self.segments.len(), template.len());
        if typed == 0 || all == 0 {
            return if typed == all { 1000 } else { 0 };
        }
        if typed > all {
            let skipped = typed - all;
            let same = if skipped <= 3 { same(&self.segments[skipped..], template) } else { None };
            return same.map_or(0, |same| (same * 1000 / (4 * all as u64)).saturating_sub(100 * skipped as u64));
        }
        let at = |from: usize| {
            let same = same(&self.segments, &template[from..from + typed])?;
            let missing = 60 * from + 25 * (all - typed - from);
            Some((same * 1000 / (4 * typed as u64)).saturating_sub(missing as u64))
        };
        (0..=all - typed).filter_map(at).max().unwrap_or(0)
    }
}

/// A path without scheme and host, and its query.
fn split(word: &str) -> (&str, &str) {
    let word = match word.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |slash| &rest[slash..]),
        None => word,
    };
    let word = word.split('#').next().unwrap_or_default();
    word.split_once('?').unwrap_or((word, ""))
}

fn segments(path: &str) -> Vec<Segment> {
    path.split('/').filter(|segment| !segment.is_empty()).map(segment).collect()
}

fn segment(written: &str) -> Segment {
    Segment {
        name: run(written).map_or_else(|| written.to_lowercase(), |run| run.whole),
        is_parameter: written.contains('{') || written.starts_with([':', '<']),
    }
}

/// Four for each segment that is the same, fewer for one that may be; `None` when one cannot be, or none is the same for
/// certain.
fn same(typed: &[Segment], template: &[Segment]) -> Option<u64> {
    let mut sum = 0;
    let mut certain = false;
    for (at, (typed_one, other)) in typed.iter().zip(template).enumerate() {
        let begins = at + 1 == typed.len() && other.name.starts_with(&typed_one.name);
        let same = match (typed_one.is_parameter, other.is_parameter) {
            _ if typed_one == other => 4,
            (true, true) => 3,
            (false, true) if typed_one.name == other.name => 4,
            (false, false) if begins => 3,
            (false, true) => 2,
            (true, false) | (false, false) => return None,
        };
        certain |= !other.is_parameter;
        sum += same;
    }
    certain.then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agreement(typed: &str, template: &str) -> u64 {
        Path::parse(typed, 0..0).agreement(template)
    }

    #[test]
    fn a_path_agrees_with_its_template_however_it_is_written() {
        let template = "/repos/{owner}/{repo}/issues";
        for typed in ["/repos/{owner}/{repo}/issues", "repos/owner/repo/issues/", "/Repos/:owner/:repo/issues"] {
            assert_eq!(agreement(typed, template), 1000, "{typed}");
        }
        assert_eq!(agreement("https://api.example.com/repos/owner/repo/issues?page=2", template), 995);
        assert_eq!(agreement("/a?b=c", "/a?b=c"), 1000);
        assert_eq!(agreement("/repos/octocat/hello/issues", template), 750);
        assert_eq!(agreement("/", "/"), 1000);
    }

    #[test]
    fn a_part_of_a_path_agrees_less() {
        assert_eq!(agreement("users/{id}", "/api/users/{id}"), 940);
        assert_eq!(agreement("/users", "/users/{id}"), 975);
        assert_eq!(agreement("/us", "/users"), 750);
        assert_eq!(agreement("/v1/users/{id}", "/users/{id}"), 900);
        assert_eq!(agreement("/pets", "/users"), 0);
        assert_eq!(agreement("/a", "/{b}"), 0);
        assert_eq!(agreement("/", "/users"), 0);
    }
}
