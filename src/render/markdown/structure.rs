//! Blocks: headings, paragraphs, lists, tables, footnotes.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Tag};

use super::writer::{CodeBlock, NESTING, Open, OpenHeading, Table, What, Writer};
use super::{HeadingIds, RenderedHeading};
use crate::load::markdown::directive::{CalloutKind, Fold};
use crate::load::markdown::slug::{explicit_id, slug};

impl Writer<'_> {
    pub(super) fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open_markdown("<p>", "</p>\n"),
            Tag::Heading { level, id, .. } => self.start_heading(level as u8, id.as_deref()),
            Tag::BlockQuote(None) => self.open_markdown("<blockquote>\n", "</blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_alert(kind),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.to_string()),
                    CodeBlockKind::Indented => None,
                };
                self.code = Some(CodeBlock { info, text: String::new(), range });
            }
            Tag::HtmlBlock => self.block_html = Some((String::new(), range)),
            Tag::List(None) => self.open_markdown("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open_markdown("<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.open_markdown(&format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => self.open_markdown("<li>", "</li>\n"),
            Tag::DefinitionList => self.open_markdown("<dl>\n", "</dl>\n"),
            Tag::DefinitionListTitle => self.open_markdown("<dt>", "</dt>\n"),
            Tag::DefinitionListDefinition => self.open_markdown("<dd>", "</dd>\n"),
            Tag::FootnoteDefinition(label) => {
                let before = std::mem::take(&mut self.html);
                self.open.push(Open { what: What::Footnote { before, label: label.to_string() }, close: "".into() });
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.open_table_part("<thead><tr>", "</tr></thead>\n<tbody>\n");
            }
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.column = 0;
                }
                self.open_table_part("<tr>", "</tr>\n");
            }
            Tag::TableCell => self.start_cell(),
            _ => self.open_markdown("", ""),
        }
    }

    fn start_heading(&mut self, level: u8, explicit: Option<&str>) {
        let first = self.seen_headings == 0;
        let index = self.seen_headings;
        self.seen_headings += 1;
        let given = match self.options.heading_ids {
            HeadingIds::Given(headings) => headings.get(index).map(|heading| heading.id.clone()),
            HeadingIds::Prefix(prefix) => explicit.and_then(explicit_id).map(|id| format!("{prefix}{id}")),
        };
        let skipped = first && level == 1 && self.options.skip_first_h1;
        let level = if skipped { level } else { self.shown_level(level) };
        let at = self.html.len();
        self.heading = Some(OpenHeading { level, id: given, text: String::new(), skipped, at });
        if !skipped {
            self.open_markdown("", "");
        }
    }

    /// The level shown for a written one: the top is the base, and none is skipped.
    pub(super) fn shown_level(&mut self, written: u8) -> u8 {
        while self.levels.last().is_some_and(|(level, _)| *level >= written) {
            self.levels.pop();
        }
        let shown = self.levels.last().map_or(self.options.heading_base, |(_, shown)| shown + 1).clamp(1, 6);
        self.levels.push((written, shown));
        shown
    }

    /// Ends a heading: only now its text and so its anchor are known.
    pub(super) fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        // Raw elements inside end with it.
        while self.open.last().is_some_and(|open| !matches!(open.what, What::Markdown)) {
            self.close_top();
        }
        let text = heading.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = match (heading.id, self.options.heading_ids) {
            (Some(id), HeadingIds::Given(_)) => id,
            (Some(id), HeadingIds::Prefix(_)) => self.slugger.take(&id),
            (None, HeadingIds::Prefix(prefix)) => self.slugger.take(&format!("{prefix}{}", slug(&text))),
            (None, HeadingIds::Given(_)) => self.slugger.take(&slug(&text)),
        };
        let inner = self.html.split_off(heading.at.min(self.html.len()));
        let level = heading.level;
        self.html.push_str(&format!("<h{level}"));
        self.push_attribute("id", &id);
        self.html.push('>');
        self.html.push_str(inner.trim_end());
        self.html.push_str(" <a class=\"anchor\"");
        self.push_attribute("href", &format!("#{id}"));
        let label = format!("{} {text}", self.options.words.link_to);
        self.push_attribute("aria-label", &label);
        self.html.push_str(&format!("></a></h{level}>\n"));
        self.headings.push(RenderedHeading { level, id, text });
    }

    fn start_alert(&mut self, kind: BlockQuoteKind) {
        let words = self.options.words;
        let (kind, word) = match kind {
            BlockQuoteKind::Note => (CalloutKind::Note, &words.note),
            BlockQuoteKind::Tip => (CalloutKind::Tip, &words.tip),
            BlockQuoteKind::Important => (CalloutKind::Important, &words.important),
            BlockQuoteKind::Warning => (CalloutKind::Danger, &words.warning),
            BlockQuoteKind::Caution => (CalloutKind::Caution, &words.caution),
        };
        let (open, close) = self.callout(kind, "", &super::inline::inline_html(word), Fold::Never);
        self.open_markdown(&open, close);
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        let written = self.open.len() < NESTING;
        self.table = Some(Table { alignments, column: 0, in_head: true, written });
        let around = self.headings.last().map_or("", |heading| &heading.text);
        let label = match around {
            "" => self.options.words.table.clone(),
            around => format!("{}: {around}", self.options.words.table),
        };
        let count = self.tables.entry(label.clone()).or_insert(0);
        *count += 1;
        let label = if *count > 1 { format!("{label} ({count})") } else { label };
        let label = crate::render::html::attribute(&label);
        let open = format!("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>\n");
        self.open_markdown(&open, "</tbody></table></div>\n");
    }

    /// Parts of a table are written when it is, whatever their depth.
    fn open_table_part(&mut self, open: &str, close: &'static str) {
        let written = self.table.as_ref().is_some_and(|table| table.written);
        self.html.push_str(if written { open } else { "" });
        self.open.push(Open { what: What::Markdown, close: if written { close.into() } else { "".into() } });
    }

    pub(super) fn end_table_head(&mut self) {
        if let Some(table) = &mut self.table {
            table.in_head = false;
        }
    }

    fn start_cell(&mut self) {
        let Some(table) = &self.table else { return self.open_table_part("", "") };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        match table.in_head {
            true => self.open_table_part(&format!("<th scope=\"col\"{class}>"), "</th>"),
            false => self.open_table_part(&format!("<td{class}>"), "</td>"),
        }
    }

    pub(super) fn next_column(&mut self) {
        if let Some(table) = &mut self.table {
            table.column += 1;
        }
    }

    pub(super) fn task(&mut self, ticked: bool) {
        let words = self.options.words;
        let (checked, word) = if ticked { (" checked", &words.done) } else { ("", &words.to_do) };
        self.html.push_str("<input class=\"task\" type=\"checkbox\" disabled");
        self.html.push_str(checked);
        self.push_attribute("aria-label", word);
        self.html.push_str("> ");
    }

    /// The prefix of ids that this text makes up.
    fn id_prefix(&self) -> &str {
        match self.options.heading_ids {
            HeadingIds::Given(_) => "",
            HeadingIds::Prefix(prefix) => prefix,
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        let next = self.footnotes.len() + 1;
        let (number, mention) = self.footnotes.entry(label.to_string()).or_insert((next, 0));
        *mention += 1;
        let (number, mention) = (*number, *mention);
        let again = if mention > 1 { format!(":{mention}") } else { String::new() };
        let prefix = crate::render::html::attribute(self.id_prefix());
        self.html.push_str(&format!(
            "<sup class=\"footnote\"><a id=\"{prefix}fnref:{number}{again}\" href=\"#{prefix}fn:{number}\">{number}</a></sup>"
        ));
    }

    /// Writes the footnotes in the order in which they are mentioned, then those that nothing mentions.
    pub(super) fn write_footnotes(&mut self) {
        let mut texts = std::mem::take(&mut self.footnote_texts);
        let mut mentioned: Vec<(&usize, &String)> = self.footnotes.iter().map(|(label, (at, _))| (at, label)).collect();
        mentioned.sort_unstable();
        let mut notes: Vec<(String, bool)> =
            mentioned.iter().map(|(_, label)| (texts.remove(*label).unwrap_or_default(), true)).collect();
        notes.extend(texts.into_values().map(|text| (text, false)));
        if notes.is_empty() {
            return;
        }
        self.html.push_str("<section class=\"footnotes\"");
        self.push_attribute("aria-label", &self.options.words.footnotes);
        self.html.push_str("><ol>\n");
        let prefix = crate::render::html::attribute(self.id_prefix());
        let back = crate::render::html::attribute(&self.options.words.back);
        for (index, (text, mentioned)) in notes.into_iter().enumerate() {
            let number = index + 1;
            let text = text.trim_end();
            let (body, end) = text.strip_suffix("</p>").map_or((text, ""), |body| (body, "</p>"));
            self.html.push_str(&format!("<li id=\"{prefix}fn:{number}\">{body}"));
            if mentioned {
                self.html
                    .push_str(&format!(" <a href=\"#{prefix}fnref:{number}\" aria-label=\"{back} {number}\">↩</a>"));
            }
            self.html.push_str(end);
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ol></section>\n");
    }
}
