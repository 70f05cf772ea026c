//! Values of front matter: texts, lists, flags, dates, times, calls.

use super::keys::Keys;
use crate::diag::codes::document as codes;
use crate::diag::{Diagnostic, Place};
use crate::model::document::Call;
use crate::model::node::{Node, Value};

impl Keys<'_, '_> {
    /// A text; numbers and booleans in the author's spelling.
    pub(super) fn text(&mut self, meaning: &str, names: &[&'static str]) -> Option<String> {
        let (name, entry) = self.first(meaning, names)?;
        let text = entry.value.as_text();
        if text.is_none() {
            self.wrong_type(&entry.value, name, "a text");
        }
        text.map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
    }

    /// A list of texts; one text is a list of one.
    pub(super) fn texts(&mut self, meaning: &str, names: &[&'static str]) -> Vec<String> {
        let Some((name, entry)) = self.first(meaning, names) else { return Vec::new() };
        self.list(name, &entry.value)
    }

    fn list(&mut self, name: &str, node: &Node) -> Vec<String> {
        if let Some(text) = node.as_text() {
            return vec![text.trim().to_string()].into_iter().filter(|text| !text.is_empty()).collect();
        }
        if !node.is_list() {
            self.wrong_type(node, name, "a list of texts");
            return Vec::new();
        }
        let mut texts = Vec::new();
        for item in node.items() {
            match item.as_text() {
                Some(text) => texts.push(text.trim().to_string()),
                None if item.is_null() => {}
                None => self.wrong_type(item, name, "a list of texts"),
            }
        }
        texts
    }

    /// A flag; a name that begins with `!` says the opposite.
    pub(super) fn flag(&mut self, meaning: &str, names: &[&'static str]) -> Option<bool> {
        let (name, entry) = self.first(meaning, names)?;
        let plain = name.trim_start_matches('!');
        let value = flag_of(&entry.value);
        if value.is_none() {
            self.wrong_type(&entry.value, plain, "true or false");
        }
        value.map(|value| value != name.starts_with('!'))
    }

    pub(super) fn number(&mut self, meaning: &str, names: &[&'static str]) -> Option<f64> {
        let (name, entry) = self.first(meaning, names)?;
        let number = entry.value.as_text().and_then(|text| text.trim().parse::<f64>().ok()).filter(|n| n.is_finite());
        if number.is_none() {
            self.wrong_type(&entry.value, name, "a number");
        }
        number
    }

    /// `order`; Hugo's `weight: 0` means none.
    pub(super) fn order(&mut self) -> Option<f64> {
        let order = self.number("order", &["order", "sidebar_position", "sidebar.order", "weight", "nav_order"]);
        let is_weight = self.all(&["order", "sidebar_position", "sidebar.order"]).is_empty();
        order.filter(|order| !(is_weight && *order == 0.0))
    }

    /// `tags`, else the taxonomies of other tools. Keywords beside tags are no contradiction.
    pub(super) fn tags(&mut self) -> Vec<String> {
        let found = self.all(&["tags", "taxonomies.tags", "taxonomies", "categories", "keywords"]);
        let Some(&(name, entry)) = found.first() else { return Vec::new() };
        match &entry.value.value {
            Value::Map(lists) => lists.iter().flat_map(|list| self.list(name, &list.value)).collect(),
            Value::String(text) => {
                text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(String::from).collect()
            }
            _ => self.list(name, &entry.value),
        }
    }

    /// `toc`; the settings of other tools that only bound its levels leave it on.
    pub(super) fn toc(&mut self) -> bool {
        let names = ["toc", "!hide_table_of_contents", "tableOfContents", "showMiniToc"];
        let found = self.all(&names);
        let hides = self.all(&["hide"]);
        let hidden = hides
            .iter()
            .any(|(_, hide)| hide.value.items().iter().any(|item| item.as_text().as_deref() == Some("toc")));
        match found.first() {
            Some((_, entry)) if entry.value.is_map() => true,
            Some(_) => self.flag("toc", &names).unwrap_or(true),
            None => !hidden,
        }
    }

    /// `status`, else a badge, else `deprecated: true`.
    pub(super) fn status(&mut self) -> Option<String> {
        let found = self.all(&["status", "sidebar.badge.text", "sidebar.badge", "tag"]);
        let is_deprecated = self.all(&["deprecated"]).iter().any(|(_, entry)| flag_of(&entry.value) == Some(true));
        let Some(&(name, entry)) = found.first() else {
            return is_deprecated.then(|| "deprecated".to_string());
        };
        let text = entry.value.as_text();
        if text.is_none() && name == "status" {
            self.wrong_type(&entry.value, name, "a word");
        }
        text.map(|text| text.to_string())
    }

    /// Who to ask: a text, or the `url` or `email` of a contact object.
    pub(super) fn contact(&mut self) -> Option<String> {
        let (_, entry) = self.first("contact", &["contact"])?;
        let inner = || ["email", "url", "name"].iter().find_map(|key| entry.value.get(key)?.as_text());
        let text = entry.value.as_text().or_else(inner);
        if text.is_none() {
            self.wrong_type(&entry.value, "contact", "a mail address or URL");
        }
        text.map(|text| text.to_string())
    }

    /// `api`: an API's id. Other tools write a method and a path there.
    pub(super) fn api(&mut self) -> Option<String> {
        let (_, entry) = self.first("api", &["api"])?;
        let text = entry.value.as_text()?;
        (!text.is_empty() && !text.contains([' ', '/'])).then(|| text.to_string())
    }

    /// A day in ISO 8601, with or without a time behind it.
    pub(super) fn date(&mut self, meaning: &str, names: &[&'static str]) -> Option<jiff::civil::Date> {
        let found = self.all(names);
        let (name, entry) =
            *found.iter().find(|(_, entry)| !entry.value.is_map() && entry.value.as_bool().is_none())?;
        let text = entry.value.as_text().unwrap_or_default();
        let date = iso_date(text.trim());
        if date.is_none() {
            let message = format!("`{}` of `{name}` is no ISO 8601 date", text.trim());
            let problem = Diagnostic::new(codes::UNKNOWN_DATE, self.place(&entry.value), message);
            self.problems.push(problem.help("write the day as `2026-03-14`"));
        }
        let _ = self.first(meaning, names);
        date
    }

    /// `time`: minutes needed.
    pub(super) fn minutes(&mut self) -> Option<u32> {
        let (name, entry) = self.first("time", &["time", "duration", "minutes"])?;
        let text = entry.value.as_text().unwrap_or_default();
        let minutes = parse_minutes(&text);
        if minutes.is_none() {
            let message = format!("`{}` of `{name}` is no time that is understood", text.trim());
            let problem = Diagnostic::new(codes::UNKNOWN_DURATION, self.place(&entry.value), message);
            self.problems.push(problem.help("write minutes or hours: `5m`, `10 min`, `1h 30m`"));
        }
        minutes
    }

    /// `calls`: operation references; `wait: name` may stand in quotes or not.
    pub(super) fn calls(&mut self) -> Vec<Call> {
        let items = self.places("calls", "a list of operations");
        let calls = items.into_iter().map(|(written, place)| {
            let waits = written.strip_prefix("wait:").or_else(|| written.strip_prefix("wait "));
            let reference = waits.unwrap_or(&written).trim().to_string();
            Call { wait: waits.is_some(), reference, place }
        });
        calls.collect()
    }

    /// `steps`: paths of documents.
    pub(super) fn steps(&mut self) -> Vec<(String, Place)> {
        self.places("steps", "a list of documents")
    }

    /// A list of texts with the place of each; `key: value` inside is read as it looks.
    fn places(&mut self, name: &'static str, expected: &str) -> Vec<(String, Place)> {
        let Some((_, entry)) = self.first(name, &[name]) else { return Vec::new() };
        let node = &entry.value;
        let items = match node.is_list() {
            true => node.items(),
            false => std::slice::from_ref(node),
        };
        let mut found = Vec::new();
        for item in items {
            let pair = || match item.entries() {
                [pair] => Some(format!("{}: {}", pair.key, pair.value.as_text()?)),
                entries => ["path", "file", "step", "op", "call"]
                    .iter()
                    .find_map(|key| entries.iter().find(|entry| &*entry.key == *key)?.value.as_text())
                    .map(|text| text.to_string()),
            };
            match item.as_text().map(|text| text.to_string()).or_else(pair) {
                Some(text) => found.push((text.trim().to_string(), self.place(item))),
                None if item.is_null() => {}
                None => self.wrong_type(item, name, expected),
            }
        }
        found
    }
}

/// A boolean, also as one of the words that people put in quotes.
fn flag_of(node: &Node) -> Option<bool> {
    let text = node.as_text()?;
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// `2026-03-14`, with `T…` or a space and a time behind it.
fn iso_date(text: &str) -> Option<jiff::civil::Date> {
    let day = text.get(..10)?;
    let rest = &text[10..];
    let shape =
        day.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let time = rest.is_empty() || rest.starts_with(['T', 't', ' ']);
    (shape && time).then(|| day.parse().ok()).flatten()
}

/// `5m`, `10 min`, `1h`, `1h 30m`, `1.5 hours`, `90` (minutes).
fn parse_minutes(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase();
    let mut rest = text.trim_start_matches(['~', '≈']).trim_start_matches("about ").trim();
    let mut minutes = 0.0;
    let mut any = false;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let number: f64 = rest[..digits].parse().ok()?;
        rest = rest[digits..].trim_start_matches([' ', '-']);
        let unit = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        minutes += number
            * match &rest[..unit] {
                "" | "m" | "min" | "mins" | "minute" | "minutes" => 1.0,
                "h" | "hr" | "hrs" | "hour" | "hours" => 60.0,
                _ => return None,
            };
        rest = rest[unit..].trim_start_matches([' ', '.', ',']);
        any = true;
    }
    (any && minutes <= 100_000.0).then_some(minutes.ceil() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_minutes() {
        for (text, expected) in [
            ("5m", Some(5)),
            ("10 min", Some(10)),
            ("1h", Some(60)),
            ("1h 30m", Some(90)),
            ("1.5 hours", Some(90)),
            ("15", Some(15)),
            ("~20 minutes", Some(20)),
            ("30-minute", Some(30)),
            ("soon", None),
            ("", None),
            ("5 days", None),
        ] {
            assert_eq!(parse_minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn only_iso_days_are_dates() {
        let day = jiff::civil::date(2026, 3, 14);
        for text in ["2026-03-14", "2026-03-14T10:00:00Z", "2026-03-14 10:00"] {
            assert_eq!(iso_date(text), Some(day), "{text}");
        }
        for text in ["14.03.2026", "2026-3-14", "2026-02-30", "03/04/2026", "2026-03", "2026-03-14x", "2026é03-14"] {
            assert_eq!(iso_date(text), None, "{text}");
        }
    }
}
