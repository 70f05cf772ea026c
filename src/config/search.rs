//! `search.toml`: words that stand for one another, and pages that count more or less.

use super::reader::Table;
use crate::diag::codes::portal::{UNKNOWN_SETTING, WRONG_SETTING};
use crate::diag::{Diagnostic, Report, SourcePath, nearest};
use crate::model::node::{Entry, Node};
use crate::model::settings::{BOOST_KINDS, Boost, Limits, SearchSettings};
use crate::source::SourceTree;

/// The name of the file at the top of the portal.
const FILE: &str = "search.toml";
/// The greatest factor: what is a hundred times as important stands first anyway.
const MOST: f64 = 100.0;

/// Reads the file; without one everything has its default.
///
/// Reports `unknown-setting`, `wrong-setting` and what the TOML reader finds.
pub fn load(tree: &SourceTree, report: &mut Report) -> SearchSettings {
    let mut settings = SearchSettings::default();
    let Some(source) = tree.text(&SourcePath::new(FILE)) else { return settings };
    let mut problems = Vec::new();
    let node = crate::tree::toml::parse(&source, 0, &Limits::default(), &mut problems);
    let mut table = Table::new(&source, &node, "", &mut problems);
    settings.synonyms = table.string_lists("synonyms").unwrap_or_default();
    table.table("boost", |boost| read_boosts(boost, &mut settings));
    table.report_unknown();
    problems.into_iter().for_each(|problem| report.push(problem));
    settings
}

fn read_boosts(table: &mut Table<'_>, settings: &mut SearchSettings) {
    for entry in table.entries() {
        if &*entry.key == "kind" && entry.value.is_map() {
            read_kinds(table, &entry.value, settings);
        } else if let Some(factor) = factor(table, entry) {
            let place = table.place(entry.key_span);
            settings.boosts.push(Boost { path: entry.key.to_string(), factor, place });
        }
    }
}

fn read_kinds(table: &mut Table<'_>, kinds: &Node, settings: &mut SearchSettings) {
    for entry in kinds.entries() {
        let Some(factor) = factor(table, entry) else { continue };
        if BOOST_KINDS.contains(&&*entry.key) {
            settings.kinds.push((entry.key.to_string(), factor));
            continue;
        }
        let help = match nearest(&entry.key, BOOST_KINDS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known here: {}", BOOST_KINDS.join(", ")),
        };
        let message = format!("`{}` is no kind of page", entry.key);
        table.push(Diagnostic::new(UNKNOWN_SETTING, table.place(entry.key_span), message).help(help));
    }
}

/// A factor above 0; anything else is reported.
fn factor(table: &mut Table<'_>, entry: &Entry) -> Option<f64> {
    let number = entry.value.as_number().and_then(|number| number.json.parse::<f64>().ok());
    let factor = number.filter(|number| (0.01..=MOST).contains(number));
    if factor.is_none() {
        let message = format!("`{}` is no factor for `{}`", table.text(entry.value.span), entry.key);
        let problem = Diagnostic::new(WRONG_SETTING, table.place(entry.value.span), message);
        table.push(problem.help("write a number from 0.01 to 100: 3.0 counts three times, 0.3 a third"));
    }
    factor
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_text(text: &str) -> (SearchSettings, Vec<String>) {
        let tree = SourceTree::of("portal", &[(FILE, text)]);
        let mut report = Report::default();
        let settings = load(&tree, &mut report);
        let messages = report.iter().map(|d| format!("{} {}: {}", d.place, d.code.name, d.message)).collect();
        (settings, messages)
    }

    #[test]
    fn synonyms_and_boosts_are_read() {
        let (settings, messages) = load_text(
            "synonyms = [[\"chargeback\", \"dispute\"]]\n\
             boost = { \"guides/quickstart\" = 3.0, kind.deprecated = 0.3 }\n",
        );
        assert_eq!(messages, Vec::<String>::new());
        assert_eq!(settings.synonyms, [["chargeback", "dispute"]]);
        assert_eq!((settings.boosts[0].path.as_str(), settings.boosts[0].factor), ("guides/quickstart", 3.0));
        assert_eq!(settings.kinds, [("deprecated".to_owned(), 0.3)]);
    }

    #[test]
    fn what_cannot_be_is_reported_where_it_stands() {
        let (settings, messages) =
            load_text("synonims = []\n[boost]\n\"guides/a\" = 0\n\"guides/b\" = \"much\"\n[boost.kind]\nguides = 2\n");
        assert!(settings.boosts.is_empty() && settings.kinds.is_empty());
        assert_eq!(
            messages,
            [
                "search.toml:3:14 wrong-setting: `0` is no factor for `guides/a`",
                "search.toml:4:14 wrong-setting: `\"much\"` is no factor for `guides/b`",
                "search.toml:6:1 unknown-setting: `guides` is no kind of page",
                "search.toml:1:1 unknown-setting: `synonims` is no setting"
            ]
        );
    }
}
