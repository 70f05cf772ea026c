//! `portal.toml`, `search.toml` and the command line to [`Settings`].
//!
//! Cannot fail: a key that is unknown or wrong is reported and its default holds. What each key means is documented
//! at the fields of [`Settings`].

mod reader;
mod search;

use crate::Options;
use crate::diag::codes::portal::{UNKNOWN_SETTING, WRONG_SETTING};
use crate::diag::{Diagnostic, Report, Severity, SourcePath, codes};
use crate::model::sample_language::SampleLanguage;
use crate::model::settings::{ApiSettings, CheckLevel, Limits, NavLink, Settings, TagSettings};
use crate::source::SourceTree;
use reader::Table;

/// Reads the settings of a portal; command line options win over the file.
///
/// Reports `unknown-setting`, `wrong-setting` and what the TOML reader finds.
pub fn load(tree: &SourceTree, options: &Options, report: &mut Report) -> Settings {
    let mut settings = Settings::default();
    if let Some(source) = tree.text(&SourcePath::new("portal.toml")) {
        let mut problems = Vec::new();
        let node = crate::tree::toml::parse(&source, 0, &Limits::default(), &mut problems);
        let mut table = Table::new(&source, &node, "", &mut problems);
        read(&mut table, &mut settings);
        problems.into_iter().for_each(|problem| report.push(problem));
    }
    settings.search = search::load(tree, report);
    settings.drafts = options.drafts;
    settings.audience.clone_from(&options.audience);
    settings.built_at = options.built_at;
    if let Some(base) = &options.base_url {
        settings.base_url = Some(base.clone());
    }
    settings.base_url = settings.base_url.map(|base| format!("{}/", base.trim_end_matches('/')));
    settings
}

fn read(table: &mut Table<'_>, settings: &mut Settings) {
    set(&mut settings.title, table.string("title"));
    settings.description = table.string("description");
    settings.base_url = table.absolute_url("base_url");
    set(&mut settings.language, table.string("language"));
    set(&mut settings.theme, table.string("theme"));
    settings.repository = table.absolute_url("repository").map(|url| url.trim_end_matches('/').to_owned());
    set(&mut settings.edit_path, table.string("edit_path"));
    settings.report_url = table.absolute_url("report_url");
    set(&mut settings.show_extensions, table.strings("show_extensions"));
    set(&mut settings.show_comments, table.flag("show_comments"));
    set(&mut settings.nav, table.tables("nav", nav_link));
    set(&mut settings.footer, table.tables("footer", nav_link));
    table.table("samples", |samples| read_samples(samples, settings));
    table.table("apis", |apis| read_apis(apis, settings));
    table.table("limits", |limits| read_limits(limits, &mut settings.limits));
    table.table("tags", |tags| read_tags(tags, &mut settings.tags));
    table.table("checks", |checks| read_checks(checks, settings));
    table.report_unknown();
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

fn nav_link(table: &mut Table<'_>) -> Option<NavLink> {
    let (title, url) = (table.required_string("title"), table.required_string("url"));
    table.report_unknown();
    Some(NavLink { title: title?, url: url?, place: table.place_of("url") })
}

fn read_apis(table: &mut Table<'_>, settings: &mut Settings) {
    table.each_table(|id, place, table| {
        let base_url = table.absolute_url("base_url");
        let try_it = table.flag("try_it").unwrap_or(false);
        let try_it_place = table.place_of("try_it");
        table.report_unknown();
        settings.apis.insert(id.to_string(), ApiSettings { base_url, try_it, try_it_place, place });
    });
}

fn read_tags(table: &mut Table<'_>, tags: &mut TagSettings) {
    tags.untagged = table.string("untagged");
    set(&mut tags.ungrouped, table.string("ungrouped"));
    set(&mut tags.show_unused, table.flag("show_unused"));
    table.report_unknown();
}

fn read_limits(table: &mut Table<'_>, limits: &mut Limits) {
    set(&mut limits.description_bytes, table.count("description_bytes").map(|count| count as u64));
    set(&mut limits.document_bytes, table.count("document_bytes").map(|count| count as u64));
    set(&mut limits.depth, table.count("depth").map(|count| count.min(MAX_DEPTH)));
    set(&mut limits.alias_nodes, table.count("alias_nodes"));
    set(&mut limits.inline_depth, table.count("inline_depth").map(|count| count.min(MAX_DEPTH)));
    set(&mut limits.example_nodes, table.count("example_nodes"));
    set(&mut limits.example_depth, table.count("example_depth").map(|count| count.min(MAX_DEPTH)));
    set(&mut limits.reference_chain, table.count("reference_chain"));
    set(&mut limits.page_bytes, table.count("page_bytes"));
    table.report_unknown();
}

fn read_samples(table: &mut Table<'_>, settings: &mut Settings) {
    let mut languages = Vec::new();
    let Some(written) = table.string_nodes("languages") else { return table.report_unknown() };
    for (name, span) in written {
        match SampleLanguage::named(&name) {
            Some(language) if languages.contains(&language) => {}
            Some(language) => languages.push(language),
            None => {
                let keys = || SampleLanguage::ALL.iter().map(|known| known.key());
                let near = crate::diag::nearest(&name, keys());
                let all = || format!("samples are written in {}", keys().collect::<Vec<_>>().join(", "));
                let help = near.map_or_else(all, |near| format!("did you mean `{near}`?"));
                let message = format!("`{name}` is no language of samples");
                table.push(Diagnostic::new(WRONG_SETTING, table.place(span), message).help(help));
            }
        }
    }
    settings.samples.languages = languages;
    table.report_unknown();
}

/// No setting may let the recursion of reading and rendering outgrow its stack.
const MAX_DEPTH: usize = 1000;

fn read_checks(table: &mut Table<'_>, settings: &mut Settings) {
    for entry in table.entries() {
        let level = match entry.value.as_str().map(|word| &**word) {
            Some("error") => CheckLevel::Report(Severity::Error),
            Some("warning" | "warn") => CheckLevel::Report(Severity::Warning),
            Some("info") => CheckLevel::Report(Severity::Info),
            Some("off") => CheckLevel::Off,
            _ => {
                let message = format!("`{}` is no level for `{}`", table.text(entry.value.span), entry.key);
                let problem = Diagnostic::new(WRONG_SETTING, table.place(entry.value.span), message);
                table.push(problem.help("write \"error\", \"warning\", \"info\" or \"off\""));
                continue;
            }
        };
        if codes::find(&entry.key).is_none() {
            let names = codes::all();
            let near = crate::diag::nearest(&entry.key, names.iter().map(|code| code.name));
            let help =
                near.map_or("`portolan explain` lists every code".into(), |near| format!("did you mean `{near}`?"));
            let problem = Diagnostic::new(
                UNKNOWN_SETTING,
                table.place(entry.key_span),
                format!("`{}` is no diagnostic code", entry.key),
            );
            table.push(problem.help(help));
        }
        settings.checks.insert(entry.key.to_string(), level);
    }
}

/// Gives every diagnostic the severity that the settings want, and drops those switched off.
pub fn apply_levels(settings: &Settings, report: &mut Report) {
    report.retain_mut(|diagnostic| match settings.checks.get(diagnostic.code.name) {
        Some(CheckLevel::Off) => false,
        Some(CheckLevel::Report(severity)) => {
            diagnostic.severity = *severity;
            true
        }
        None => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load_text(text: &str) -> (Settings, Vec<String>) {
        let tree = SourceTree::of("portal", &[("portal.toml", text)]);
        let mut report = Report::default();
        let settings = load(&tree, &Options::default(), &mut report);
        let messages = report.iter().map(|d| format!("{} {}: {}", d.place, d.code.name, d.message)).collect();
        (settings, messages)
    }

    #[test]
    fn a_base_url_ends_with_a_slash() {
        let (settings, messages) = load_text("title = \"T\"\nbase_url = \"https://a.example/docs\"\n");
        assert_eq!((settings.base_url.as_deref(), messages.len()), (Some("https://a.example/docs/"), 0));
    }

    #[test]
    fn r04_an_api_has_a_base_url_of_its_own() {
        let (settings, messages) = load_text("[apis.\"a.b\"]\nbase_url = \"https://a.test\"\n");
        assert_eq!(settings.apis["a.b"].base_url.as_deref(), Some("https://a.test"));
        assert!(messages.is_empty(), "{messages:?}");
        let (_, messages) = load_text("[apis.a]\nbase_url = \"a.test\"\nbase = 1\n[apis]\nb = 1\n");
        assert_eq!(
            messages,
            [
                "portal.toml:2:12 wrong-setting: `apis.a.base_url` is no absolute URL",
                "portal.toml:3:1 unknown-setting: `apis.a.base` is no setting",
                "portal.toml:5:5 wrong-setting: `apis.b` is a number, expected a table"
            ]
        );
    }

    #[test]
    fn a_mistyped_key_is_reported_with_what_was_meant() {
        let (_, messages) = load_text("tilte = \"T\"\n");
        assert_eq!(messages, ["portal.toml:1:1 unknown-setting: `tilte` is no setting"]);
    }

    #[test]
    fn a_wrong_type_keeps_the_default() {
        let (settings, messages) = load_text("language = 3\n[limits]\ndepth = \"deep\"\n");
        assert_eq!((settings.language.as_str(), settings.limits.depth), ("en", 128));
        assert_eq!(
            messages,
            [
                "portal.toml:1:12 wrong-setting: `language` is a number, expected a string",
                "portal.toml:3:9 wrong-setting: `limits.depth` is a string, expected a whole number"
            ]
        );
    }

    #[test]
    fn n01_the_languages_of_samples_are_chosen_and_ordered() {
        use crate::model::sample_language::SampleLanguage::{Curl, Kotlin, Python};
        let (settings, messages) = load_text("[samples]\nlanguages = [\"Kotlin\", \"py\", \"curl\", \"python\"]\n");
        assert_eq!((settings.samples.languages, messages.len()), (vec![Kotlin, Python, Curl], 0));
        let (settings, messages) = load_text("[samples]\nlanguages = [\"curl\", \"kotlni\"]\nlanguage = 1\n");
        assert_eq!(settings.samples.languages, [Curl]);
        assert_eq!(
            messages,
            [
                "portal.toml:2:22 wrong-setting: `kotlni` is no language of samples",
                "portal.toml:3:1 unknown-setting: `samples.language` is no setting"
            ]
        );
    }

    #[test]
    fn r07_tags_are_shown_as_the_settings_say() {
        let (settings, messages) =
            load_text("[tags]\nuntagged = \"Rest\"\nungrouped = \"More\"\nshow_unused = false\n");
        assert_eq!((settings.tags.untagged.as_deref(), &*settings.tags.ungrouped), (Some("Rest"), "More"));
        assert!(!settings.tags.show_unused && messages.is_empty(), "{messages:?}");
        let (settings, messages) = load_text("[tags]\nshow_unused = \"no\"\n");
        assert!(settings.tags.show_unused);
        assert_eq!(
            messages,
            ["portal.toml:2:15 wrong-setting: `tags.show_unused` is a string, expected true or false"]
        );
    }

    #[test]
    fn checks_change_the_severity_of_their_code() {
        let (settings, messages) = load_text("[checks]\nbroken-link = \"off\"\nbroken-lnk = \"error\"\n");
        assert_eq!(settings.checks.get("broken-link"), Some(&CheckLevel::Off));
        assert_eq!(messages, ["portal.toml:3:1 unknown-setting: `broken-lnk` is no diagnostic code"]);
    }

    #[test]
    fn n12_the_console_is_switched_on_for_one_api_and_wrong_values_are_reported() {
        let (settings, messages) = load_text("[apis.museum]\ntry_it = true\n[apis.\"other-api\"]\n");
        let on = |id: &str| settings.apis.get(id).is_some_and(|api| api.try_it);
        assert_eq!((on("museum"), on("other-api"), on("third"), messages.len()), (true, false, false, 0));
        let (settings, messages) = load_text("[apis]\nmuseum = true\n[apis.x]\ntry_it = \"yes\"\ntryit = true\n");
        assert_eq!(settings.apis.values().filter(|api| api.try_it).count(), 0);
        assert_eq!(
            messages,
            [
                "portal.toml:2:10 wrong-setting: `apis.museum` is a boolean, expected a table",
                "portal.toml:4:10 wrong-setting: `apis.x.try_it` is a string, expected true or false",
                "portal.toml:5:1 unknown-setting: `apis.x.tryit` is no setting",
            ]
        );
    }
}
