//! Which files a theme is made of: the built-in ones, those of each theme in the chain, those of the portal.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use super::did_you_mean;
use super::settings::{Settings, parse_settings};
use super::templates::Layer;
use crate::diag::codes::theme::{THEME_CYCLE, UNKNOWN_THEME};
use crate::diag::{Diagnostic, Place, SourcePath, SourceText};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static THEMES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// The theme that every other one extends in the end.
const DEFAULT: &str = "default";

/// Everything that a theme is made of, the lowest first.
#[derive(Debug, Default)]
pub struct Files {
    /// Templates: built-in, those of each theme, the portal's.
    pub templates: Vec<Layer>,
    /// Parts of the built-in stylesheet by name.
    pub css: BTreeMap<String, String>,
    /// Built-in stylesheets that stand on their own, by name.
    pub own_css: BTreeMap<String, String>,
    /// Stylesheets of the themes above.
    pub theme_css: Vec<String>,
    /// The portal's `user.css`.
    pub user_css: Option<String>,
    /// `theme.toml` of the themes above.
    pub settings: Vec<Settings>,
    /// Words, by language.
    pub strings: Vec<(Option<String>, Arc<SourceText>)>,
    /// `icons.svg` of the built-in theme and of those above.
    pub icons: Vec<String>,
    /// Other files by name: scripts, what themes have under `static/`.
    pub assets: BTreeMap<String, Arc<[u8]>>,
}

type Overrides = BTreeMap<SourcePath, Arc<SourceText>>;

/// Collects the files of a theme. Reports `unknown-theme` and `theme-cycle`.
pub fn collect(name: &str, overrides: &Overrides, report: &mut Vec<Diagnostic>) -> Files {
    let mut files = Files::default();
    built_in(&mut files);
    for (theme, settings) in chain(name, overrides, report) {
        of_theme(&theme, settings, overrides, &mut files);
    }
    files.templates.push(below(overrides, "templates/").filter(|(name, _)| is_template(name)).collect());
    files.user_css = overrides.get(&SourcePath::new("user.css")).map(|source| source.text.clone());
    for (name, source) in below(overrides, "strings.") {
        files.strings.extend(name.strip_suffix(".toml").map(|language| (Some(language.to_lowercase()), source)));
    }
    files.templates = std::mem::take(&mut files.templates).into_iter().filter(|layer| !layer.is_empty()).collect();
    files
}

fn built_in(files: &mut Files) {
    let texts = |dir: &'static Dir<'static>| all_files(dir).filter_map(|(path, bytes)| Some((path, text(bytes)?)));
    let source =
        |path: &str, text: String| Arc::new(SourceText::new(SourcePath::new(format!("(built-in) {path}")), text));
    let templates = texts(&TEMPLATES).map(|(path, text)| (path.clone(), source(&format!("templates/{path}"), text)));
    files.templates.push(templates.collect());
    for (path, bytes) in all_files(&THEMES) {
        let Some(path) = path.strip_prefix("default/") else { continue };
        match path.split_once('/') {
            Some(("css", name)) if name.starts_with(|c: char| c.is_ascii_digit()) => {
                files.css.extend(text(bytes).map(|css| (name.to_owned(), css)));
            }
            Some(("css", name)) => files.own_css.extend(text(bytes).map(|css| (name.to_owned(), css))),
            Some(("js", name)) => push_script(files, name, bytes),
            None if path == "icons.svg" => files.icons.extend(text(bytes)),
            None if path == "strings.toml" => {
                files.strings.extend(text(bytes).map(|text| (None, source(path, text))));
            }
            _ => {}
        }
    }
}

/// Adds a script; those in a folder are the parts of one, in order of name: `js/x/1.js` and `js/x/2.js` make `x.js`.
fn push_script(files: &mut Files, name: &str, bytes: &[u8]) {
    let name = name.split_once('/').map_or_else(|| name.to_owned(), |(folder, _)| format!("{folder}.js"));
    let whole = files.assets.get(&name).map_or(Vec::new(), |before| before.to_vec());
    files.assets.insert(name, [whole.as_slice(), &script(bytes)].concat().into());
}

/// A theme and all that it extends, the lowest first, `default` left out.
fn chain(name: &str, overrides: &Overrides, report: &mut Vec<Diagnostic>) -> Vec<(String, Settings)> {
    let mut chain: Vec<(String, Settings)> = Vec::new();
    let mut next = (name.to_owned(), Place::file(SourcePath::new("portal.toml")));
    while next.0 != DEFAULT {
        let (name, place) = next;
        if let Some(start) = chain.iter().position(|(seen, _)| *seen == name) {
            let names: Vec<&str> =
                chain[start..].iter().map(|(seen, _)| seen.as_str()).chain([name.as_str()]).collect();
            let message = format!("themes extend one another: {}", names.join(" → "));
            report.push(Diagnostic::new(THEME_CYCLE, place, message).help("let one of them extend `default`"));
            break;
        }
        if below(overrides, &format!("themes/{name}/")).next().is_none() {
            let known = below(overrides, "themes/").filter_map(|(path, _)| Some(path.split_once('/')?.0.to_owned()));
            let known: Vec<String> = known.chain([DEFAULT.to_owned()]).collect();
            let help = did_you_mean(&name, known.iter().map(String::as_str));
            report.push(Diagnostic::new(UNKNOWN_THEME, place, format!("there is no theme `{name}`")).help(help));
            break;
        }
        let file = overrides.get(&SourcePath::new(format!("themes/{name}/theme.toml")));
        let settings = file.map(|source| parse_settings(source, report)).unwrap_or_default();
        next = match &settings.extends {
            Some(extends) => (extends.value.clone(), extends.place.clone()),
            None => (DEFAULT.to_owned(), place),
        };
        chain.push((name, settings));
    }
    chain.reverse();
    chain
}

fn of_theme(name: &str, settings: Settings, overrides: &Overrides, files: &mut Files) {
    let mut templates = Layer::new();
    for (path, source) in below(overrides, &format!("themes/{name}/")) {
        match path.split_once('/') {
            Some(("templates", template)) if is_template(template) => {
                drop(templates.insert(template.to_owned(), source))
            }
            Some(("static", file)) => drop(files.assets.insert(file.to_owned(), source.text.as_bytes().into())),
            Some(("js", file)) => drop(files.assets.insert(file.to_owned(), script(source.text.as_bytes()))),
            Some(("css", file)) if file.ends_with(".css") => files.theme_css.push(source.text.clone()),
            None if path.ends_with(".css") => files.theme_css.push(source.text.clone()),
            None if path == "icons.svg" => files.icons.push(source.text.clone()),
            None if path == "strings.toml" => files.strings.push((None, source)),
            None => {
                let language = path.strip_prefix("strings.").and_then(|rest| rest.strip_suffix(".toml"));
                files.strings.extend(language.map(|language| (Some(language.to_lowercase()), source)));
            }
            _ => {}
        }
    }
    files.templates.push(templates);
    files.settings.push(settings);
}

fn is_template(name: &str) -> bool {
    name.ends_with(".html")
}

/// The files whose paths begin so, by the rest of the path.
fn below<'a>(overrides: &'a Overrides, start: &str) -> impl Iterator<Item = (String, Arc<SourceText>)> + 'a {
    let start = start.to_owned();
    overrides
        .iter()
        .filter_map(move |(path, source)| Some((path.as_str().strip_prefix(&start)?.to_owned(), Arc::clone(source))))
}

/// A script without indentation and without lines that are only a comment. No multi-line text of a script may rely on
/// either.
fn script(bytes: &[u8]) -> Arc<[u8]> {
    let Some(text) = text(bytes) else { return bytes.into() };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes().into()
}

fn text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(|text| text.replace("\r\n", "\n"))
}

/// Every file below a folder with its path, `/` between the parts, in order of path.
fn all_files(dir: &'static Dir<'static>) -> impl Iterator<Item = (String, &'static [u8])> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir];
    while let Some(dir) = open.pop() {
        open.extend(dir.dirs());
        found.extend(dir.files().map(|file| (slashed(file.path()), file.contents())));
    }
    found.into_iter()
}

fn slashed(path: &Path) -> String {
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}
