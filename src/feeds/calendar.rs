//! Calendars (RFC 5545): roadmap targets, sunsets and other days to subscribe to.
//!
//! Written here in a few lines rather than by a library, because identifiers and stamps must be the same in every
//! build, and lines be folded between characters.

use std::fmt::Write;

use jiff::civil::Date;

use super::absolute;

/// The longest line in bytes, without its end (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;

/// A calendar.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where the site is published, with a trailing `/`.
    pub base_url: Option<&'a str>,
    /// When the site was built, seconds since the Unix epoch: the stamp of events that have none.
    pub built_at: Option<i64>,
    /// Its events.
    pub events: &'a [CalendarEvent],
}

/// An event that lasts whole days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// What it is, stable however its title and days change: `roadmap/refund-webhooks`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A few words.
    pub description: String,
    /// The URL of its page relative to the site's root.
    pub url: String,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// When it last changed.
    pub updated: Option<Date>,
    /// Days before the first day on which a calendar should remind.
    pub alarms: Vec<u32>,
}

/// Writes a calendar.
pub fn write(calendar: &Calendar<'_>) -> Vec<u8> {
    let mut lines = Lines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//Portolan//Portolan//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.text("X-WR-CALNAME", calendar.name);
    for event in calendar.events {
        write_event(&mut lines, calendar, event);
    }
    lines.add("END", "VCALENDAR");
    lines.0.into_bytes()
}

fn write_event(lines: &mut Lines, calendar: &Calendar<'_>, event: &CalendarEvent) {
    let host = calendar.base_url.map_or("localhost", super::host);
    let day = |date: Date| date.strftime("%Y%m%d").to_string();
    // The end is the first day that is not part of it (section 3.6.1).
    let end = event.last.max(event.first).tomorrow().unwrap_or(Date::MAX);
    lines.add("BEGIN", "VEVENT");
    lines.text("UID", &format!("{}@{host}", event.id));
    lines.add("DTSTAMP", &stamp(calendar, event));
    lines.add("DTSTART;VALUE=DATE", &day(event.first));
    lines.add("DTEND;VALUE=DATE", &day(end));
    lines.text("SUMMARY", &event.title);
    if !event.description.is_empty() {
        lines.text("DESCRIPTION", &event.description);
    }
    if let Some(base) = calendar.base_url {
        lines.add("URL", &absolute(base, &event.url));
    }
    lines.add("TRANSP", "TRANSPARENT");
    for days in &event.alarms {
        lines.add("BEGIN", "VALARM");
        lines.add("ACTION", "DISPLAY");
        lines.text("DESCRIPTION", &event.title);
        lines.add("TRIGGER", &format!("-P{days}D"));
        lines.add("END", "VALARM");
    }
    lines.add("END", "VEVENT");
}

/// When the event's facts were set: its own day, else the build's, else the beginning of time.
fn stamp(calendar: &Calendar<'_>, event: &CalendarEvent) -> String {
    let own = event.updated.map(|day| day.strftime("%Y%m%dT000000Z").to_string());
    let built = || {
        jiff::Timestamp::from_second(calendar.built_at?).ok().map(|time| time.strftime("%Y%m%dT%H%M%SZ").to_string())
    };
    own.or_else(built).unwrap_or_else(|| "19700101T000000Z".to_owned())
}

/// Content lines.
struct Lines(String);

impl Lines {
    /// Adds a line whose value is escaped (section 3.3.11).
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push(' '),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.add(name, &escaped);
    }

    /// Adds a line, folded between characters.
    fn add(&mut self, name: &str, value: &str) {
        let mut room = LONGEST_LINE;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST_LINE - 1;
            }
            room -= c.len_utf8();
            // Writing to a string cannot fail.
            let _ = self.0.write_char(c);
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(title: &str) -> CalendarEvent {
        CalendarEvent {
            id: "roadmap/refunds".into(),
            title: title.into(),
            description: "a; b, c\\d\r\nnext".into(),
            url: "roadmap/refunds/".into(),
            first: "2027-01-01".parse().unwrap(),
            last: "2027-03-31".parse().unwrap(),
            updated: None,
            alarms: vec![30],
        }
    }

    fn calendar(events: &[CalendarEvent]) -> String {
        let calendar =
            Calendar { name: "Roadmap", base_url: Some("https://example.com/x/"), built_at: Some(0), events };
        String::from_utf8(write(&calendar)).unwrap()
    }

    #[test]
    fn events_last_whole_days_and_their_text_is_escaped() {
        let text = calendar(&[event("Refunds, all")]);
        for line in [
            "BEGIN:VCALENDAR",
            "UID:roadmap/refunds@example.com",
            "DTSTAMP:19700101T000000Z",
            "DTSTART;VALUE=DATE:20270101",
            "DTEND;VALUE=DATE:20270401",
            "SUMMARY:Refunds\\, all",
            "DESCRIPTION:a\\; b\\, c\\\\d\\nnext",
            "URL:https://example.com/x/roadmap/refunds/",
            "TRIGGER:-P30D",
            "END:VCALENDAR",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} in {text}");
        }
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }

    #[test]
    fn long_lines_are_folded_between_characters_and_unfold_to_the_same() {
        let title = "ä€𝄞 long words ".repeat(30);
        let text = calendar(&[event(&title)]);
        assert!(text.split("\r\n").all(|line| line.len() <= LONGEST_LINE));
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{title}\r\n")));
    }

    #[test]
    fn a_last_day_before_the_first_is_one_day() {
        let mut one = event("x");
        one.last = "2020-01-01".parse().unwrap();
        one.updated = "2026-05-06".parse().ok();
        let text = calendar(&[one]);
        assert!(text.contains("DTEND;VALUE=DATE:20270102\r\n") && text.contains("DTSTAMP:20260506T000000Z\r\n"));
    }
}
