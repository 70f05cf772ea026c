//! A text that matches a simple regular expression (ECMA-262), made without a regex engine.
//!
//! Reads literals, classes, groups, alternation and counts; anchors count as nothing. Look-around, back references and
//! property escapes are not read: the answer is then `None`.

/// Groups inside groups are read this deep.
const DEPTH: usize = 16;

/// Returns a text of `min` to `max` characters that matches; the lengths are kept as far as the counts allow.
pub(super) fn text(pattern: &str, min: usize, max: usize, variant: usize) -> Option<String> {
    let mut parser = Parser { rest: pattern.chars().collect(), at: 0 };
    let tree = parser.alternatives(DEPTH)?;
    if parser.at < parser.rest.len() {
        return None;
    }
    let mut writer = Writer { out: String::new(), spare: min.saturating_sub(shortest(&tree)), max, variant };
    writer.write(&tree);
    (writer.out.chars().count() <= 2 * max.max(1)).then_some(writer.out)
}

#[derive(Debug)]
enum Part {
    Sequence(Vec<Part>),
    One(Vec<char>),
    Repeat { part: Box<Part>, min: usize, max: usize },
}

struct Parser {
    rest: Vec<char>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += 1;
        Some(c)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// The first alternative is the one that is written; the others must still be readable.
    fn alternatives(&mut self, depth: usize) -> Option<Part> {
        let first = self.sequence(depth)?;
        while self.eat('|') {
            self.sequence(depth)?;
        }
        Some(first)
    }

    fn sequence(&mut self, depth: usize) -> Option<Part> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            let part = match c {
                '|' | ')' => break,
                '^' | '$' => {
                    self.at += 1;
                    continue;
                }
                _ => self.atom(depth)?,
            };
            parts.push(self.counted(part)?);
        }
        Some(Part::Sequence(parts))
    }

    fn atom(&mut self, depth: usize) -> Option<Part> {
        match self.next()? {
            '(' => {
                if depth == 0 {
                    return None;
                }
                if self.eat('?') {
                    let plain = self.eat(':') || (self.eat('<') && self.group_name());
                    plain.then_some(())?;
                }
                let inner = self.alternatives(depth - 1)?;
                self.eat(')').then_some(inner)
            }
            '[' => self.class(),
            '.' => Some(Part::One(vec!['a'])),
            '\\' => match self.next()? {
                'b' => Some(Part::Sequence(Vec::new())),
                escaped => Some(Part::One(self.escape(escaped)?)),
            },
            '*' | '+' | '?' => None,
            c => Some(Part::One(vec![c])),
        }
    }

    /// `(?<name>…)`; `(?<=…)` and `(?<!…)` are look-behinds.
    fn group_name(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        self.at > start && self.eat('>')
    }

    fn escape(&mut self, c: char) -> Option<Vec<char>> {
        Some(match c {
            'd' => ('0'..='9').collect(),
            'w' => ('a'..='z').chain('0'..='9').collect(),
            's' => vec![' '],
            'D' | 'S' => vec!['a'],
            'W' => vec!['-'],
            'n' => vec!['\n'],
            't' => vec!['\t'],
            'r' => vec!['\r'],
            'f' | 'v' => vec![' '],
            'u' | 'x' => {
                let digits = if c == 'u' { 4 } else { 2 };
                let code: String = self.rest.get(self.at..self.at + digits)?.iter().collect();
                self.at += digits;
                vec![u32::from_str_radix(&code, 16).ok().and_then(char::from_u32)?]
            }
            c if c.is_alphanumeric() => return None,
            c => vec![c],
        })
    }

    fn class(&mut self) -> Option<Part> {
        let negated = self.eat('^');
        let mut members: Vec<char> = Vec::new();
        loop {
            let mut low = match self.next()? {
                ']' => break,
                '\\' => {
                    let escaped = self.next()?;
                    if escaped == 'b' { vec!['\u{8}'] } else { self.escape(escaped)? }
                }
                c => vec![c],
            };
            let range = self.peek() == Some('-') && self.rest.get(self.at + 1).is_some_and(|c| *c != ']');
            if let ([from], true) = (low.as_slice(), range) {
                self.at += 1;
                let to = match self.next()? {
                    '\\' => {
                        let escaped = self.next()?;
                        *self.escape(escaped)?.first()?
                    }
                    c => c,
                };
                low = (*from..=to).take(256).collect();
            }
            members.extend(low);
        }
        if negated {
            let candidates = ('a'..='z').chain('0'..='9').chain(['-', '_', ' ', 'A', 'é']);
            members = candidates.filter(|c| !members.contains(c)).collect();
        }
        (!members.is_empty()).then_some(Part::One(members))
    }

    fn counted(&mut self, part: Part) -> Option<Part> {
        let (min, max) = match self.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => match self.count() {
                Some(bounds) => {
                    self.eat('?');
                    return Some(Part::Repeat { part: Box::new(part), min: bounds.0, max: bounds.1 });
                }
                None => return None,
            },
            _ => return Some(part),
        };
        self.at += 1;
        self.eat('?');
        Some(Part::Repeat { part: Box::new(part), min, max })
    }

    fn count(&mut self) -> Option<(usize, usize)> {
        let close = self.rest[self.at..].iter().position(|c| *c == '}')? + self.at;
        let inside: String = self.rest[self.at + 1..close].iter().collect();
        self.at = close + 1;
        match inside.split_once(',') {
            None => inside.parse().ok().map(|count| (count, count)),
            Some((min, "")) => Some((min.parse().ok()?, usize::MAX)),
            Some((min, max)) => Some((min.parse().ok()?, max.parse().ok()?)),
        }
    }
}

/// The fewest characters that match.
fn shortest(part: &Part) -> usize {
    match part {
        Part::Sequence(parts) => parts.iter().map(shortest).fold(0, usize::saturating_add),
        Part::One(_) => 1,
        Part::Repeat { part, min, .. } => shortest(part).saturating_mul(*min),
    }
}

struct Writer {
    out: String,
    /// Characters that are still missing to the least length.
    spare: usize,
    max: usize,
    variant: usize,
}

impl Writer {
    fn write(&mut self, part: &Part) {
        if self.out.len() > 4 * self.max.max(1) {
            return;
        }
        match part {
            Part::Sequence(parts) => parts.iter().for_each(|part| self.write(part)),
            Part::One(members) => {
                let at = (self.out.chars().count() + self.variant) % members.len();
                self.out.push(members[at]);
            }
            Part::Repeat { part, min, max } => {
                let each = shortest(part).max(1);
                let wanted = min.saturating_add(self.spare.div_ceil(each)).max(self.friendly(*min, *max));
                let times = wanted.min(*max).min(self.max.max(*min)).min(4_000);
                self.spare = self.spare.saturating_sub(times.saturating_sub(*min).saturating_mul(each));
                for _ in 0..times {
                    self.write(part);
                }
            }
        }
    }

    /// An open count reads better with a few characters than with none.
    fn friendly(&self, min: usize, max: usize) -> usize {
        let room = self.max.saturating_sub(self.out.chars().count());
        if max == usize::MAX { min.max(4.min(room)) } else { min }
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn simple_patterns_are_matched() {
        let made = |pattern: &str| text(pattern, 0, 100, 0).unwrap_or_default();
        assert_eq!(made("^[A-Z]{3}$"), "ABC");
        assert_eq!(made(r"^\d{2}-(?:a|b)+$"), "01-aaaa");
        assert_eq!(made("^(foo|bar)?x$"), "x");
        assert_eq!(made("^[^a-z]$"), "0");
        assert_eq!(made(r"^\$\u0041$"), "$A");
    }

    #[test]
    fn lengths_are_kept_when_the_counts_allow() {
        assert_eq!(text("^[a]+$", 7, 9, 0).as_deref(), Some("aaaaaaa"));
        assert_eq!(text("^[a]*$", 0, 2, 0).as_deref(), Some("aa"));
        assert!(text("^(a{1000}){1000}$", 0, 50, 0).is_none_or(|text| text.len() < 5_000));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for pattern in ["(?=a)b", r"\p{L}", r"(a)\1", "a**", "[", "(", "a{", "[z-a]"] {
            assert_eq!(text(pattern, 0, 100, 0), None, "{pattern}");
        }
    }
}
