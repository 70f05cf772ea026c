//! Which file is read as what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::{Loaded, LoadedApi, changelog, markdown, openapi, roadmap};
use crate::diag::{Diagnostic, SourcePath, SourceText};
use crate::model::Text;
use crate::model::document::DocumentKind;
use crate::model::settings::Settings;
use crate::slug::{Slugs, slug};
use crate::source::SourceTree;

/// A kind of input file.
pub struct InputKind {
    /// Its name, for caches and messages.
    pub name: &'static str,
    /// True for the files of this kind. The first kind of the table that says so has the file.
    pub recognises: fn(&Spot<'_>) -> bool,
    /// Reads one.
    pub load: fn(&Job<'_>, &SourceTree, &Settings) -> Outcome,
}

/// Every kind, the most particular first.
pub const KINDS: &[InputKind] = &[
    InputKind {
        name: "history",
        recognises: |spot| spot.is_data && spot.is_in("history") && spot.api.is_some(),
        load: load_api,
    },
    InputKind { name: "description", recognises: |spot| spot.is_data && spot.is_description, load: load_api },
    InputKind { name: "changelog", recognises: is_changelog, load: load_changelog },
    InputKind { name: "roadmap-file", recognises: is_roadmap_file, load: load_roadmap_file },
    InputKind {
        name: "roadmap-item",
        recognises: |spot| spot.is_prose && spot.is_in("roadmap"),
        load: load_roadmap_item,
    },
    InputKind { name: "summary", recognises: |spot| spot.is_prose && spot.stem == "summary", load: load_summary },
    InputKind { name: "document", recognises: |spot| spot.is_prose && !spot.is_spare_readme, load: load_document },
];

/// Where a file lies and what can be seen of it without reading it as anything.
pub struct Spot<'a> {
    /// Its path.
    pub path: &'a SourcePath,
    /// The folder below `apis/` that it lies in.
    pub api: Option<&'a str>,
    /// The folders between the top (or the API's folder) and the file.
    pub folders: Vec<&'a str>,
    /// Its name without extension, in lower case.
    pub stem: String,
    /// Markdown.
    pub is_prose: bool,
    /// YAML or JSON.
    pub is_data: bool,
    /// Begins like an OpenAPI or Swagger description, or stands where one is expected.
    pub is_description: bool,
    /// A `README.md` beside an `index.md`: for the repository's visitors, not the portal's.
    pub is_spare_readme: bool,
}

impl<'a> Spot<'a> {
    fn new(path: &'a SourcePath, tree: &SourceTree) -> Spot<'a> {
        let mut folders: Vec<&str> = path.folder().split('/').filter(|part| !part.is_empty()).collect();
        let api = (folders.len() >= 2 && folders[0] == "apis").then(|| folders[1]);
        if api.is_some() {
            folders.drain(..2);
        }
        let extension = path.extension();
        let stem = path.stem().to_lowercase();
        let has_index = ["index.md", "_index.md"]
            .iter()
            .any(|name| path.join(name).is_some_and(|index| tree.files.contains_key(&index)));
        Spot {
            path,
            api,
            folders,
            is_prose: matches!(extension.as_str(), "md" | "mdx" | "markdown"),
            is_data: matches!(extension.as_str(), "yaml" | "yml" | "json"),
            is_description: false,
            is_spare_readme: stem == "readme" && has_index,
            stem,
        }
    }

    /// True when the first folder (below the top or the API) has this name.
    fn is_in(&self, folder: &str) -> bool {
        self.folders.first() == Some(&folder)
    }

    /// True for `openapi.yaml` and `swagger.json`, wherever they are.
    fn has_description_name(&self) -> bool {
        matches!(self.stem.as_str(), "openapi" | "swagger")
    }
}

/// One file to read.
pub struct Job<'a> {
    /// As what.
    pub kind: &'static InputKind,
    /// Where it lies.
    pub spot: Spot<'a>,
    /// Its text.
    pub source: Arc<SourceText>,
    /// The API's id, for descriptions and what lies in an API's folder.
    pub id: String,
    /// A hash of the settings that reading depends on.
    pub settings_hash: u64,
}

/// What came of reading one file.
#[derive(Default)]
pub struct Outcome {
    /// Documents.
    pub loaded: Vec<Loaded>,
    /// Mistakes.
    pub problems: Vec<Diagnostic>,
}

/// Lists the files to read, in order of path, each with its kind.
pub fn jobs<'a>(tree: &'a SourceTree, settings: &Settings) -> Vec<Job<'a>> {
    let settings_hash = xxh3_64(format!("{:?}", settings.limits).as_bytes());
    let mut spots: Vec<Spot<'_>> =
        tree.files.keys().filter(|path| !is_reserved(path)).map(|path| Spot::new(path, tree)).collect();
    mark_descriptions(&mut spots, tree);
    let ids = description_ids(&spots, tree);
    let mut jobs = Vec::new();
    for spot in spots {
        let Some(kind) = KINDS.iter().find(|kind| (kind.recognises)(&spot)) else { continue };
        let Some(source) = tree.text(spot.path) else { continue };
        let id = ids.get(spot.path).cloned().or(spot.api.map(slug)).unwrap_or_default();
        jobs.push(Job { kind, spot, source, id, settings_hash });
    }
    jobs
}

/// Folders and files with a meaning of their own, which hold no documents.
fn is_reserved(path: &SourcePath) -> bool {
    let first = path.segments().next().unwrap_or_default();
    matches!(first, "static" | "templates" | "themes") || path.extension() == "toml"
}

/// Marks what is a description: by its first key, by its name, or because its API's folder has no other.
fn mark_descriptions(spots: &mut [Spot<'_>], tree: &SourceTree) {
    use rayon::prelude::*;
    spots.par_iter_mut().filter(|spot| spot.is_data && !spot.is_in("history")).for_each(|spot| {
        let is_one = |source: Arc<SourceText>| openapi::is_description(&source.text, spot.path);
        let is_loose_api = spot.api.is_none() && spot.folders == ["apis"];
        spot.is_description = (spot.has_description_name() && spot.folders.is_empty())
            || is_loose_api
            || tree.text(spot.path).is_some_and(is_one);
    });
    let described: BTreeSet<&str> =
        spots.iter().filter(|spot| spot.is_description).filter_map(|spot| spot.api).collect();
    let mut expected: BTreeSet<&str> = BTreeSet::new();
    for spot in spots.iter_mut().filter(|spot| spot.is_data && spot.folders.is_empty()) {
        let Some(api) = spot.api.filter(|api| !described.contains(api)) else { continue };
        let is_facts = matches!(spot.stem.as_str(), "deprecations" | "ops");
        spot.is_description = !is_facts && expected.insert(api);
    }
}

/// Gives each description its id: the folder below `apis/`, the file's name, or the folder's when the file's says
/// nothing.
fn description_ids(spots: &[Spot<'_>], tree: &SourceTree) -> BTreeMap<SourcePath, String> {
    let mut ids = BTreeMap::new();
    let mut slugs = Slugs::default();
    let mut described: BTreeSet<&str> = BTreeSet::new();
    let mut descriptions: Vec<&Spot<'_>> =
        spots.iter().filter(|spot| spot.is_description && !(spot.api.is_some() && spot.is_in("history"))).collect();
    descriptions.sort_by_key(|spot| (spot.api.is_none(), !spot.has_description_name(), spot.folders.len(), spot.path));
    for spot in descriptions {
        let folder = spot.folders.last().copied().unwrap_or(&tree.name);
        let says_nothing = matches!(spot.stem.as_str(), "openapi" | "swagger" | "index" | "api" | "spec");
        let name = match spot.api {
            Some(api) if described.insert(api) => api.to_owned(),
            Some(api) => format!("{api}-{}", spot.path.stem()),
            None if says_nothing && !slug(folder).is_empty() => folder.to_owned(),
            None => spot.path.stem().to_owned(),
        };
        ids.insert(spot.path.clone(), slugs.take(&name, spot.path.as_str()).to_string());
    }
    ids
}

fn is_changelog(spot: &Spot<'_>) -> bool {
    let named = spot.stem.starts_with("changelog") || matches!(spot.stem.as_str(), "changes" | "history" | "releases");
    spot.is_prose && ((named && spot.folders.is_empty()) || spot.is_in("changelog") || spot.is_in("releases"))
}

fn is_roadmap_file(spot: &Spot<'_>) -> bool {
    let heads_folder = spot.is_in("roadmap") && matches!(spot.stem.as_str(), "index" | "_index" | "readme" | "roadmap");
    spot.is_prose && ((spot.stem.starts_with("roadmap") && spot.folders.is_empty()) || heads_folder)
}

fn load_api(job: &Job<'_>, tree: &SourceTree, settings: &Settings) -> Outcome {
    let find = |path: &SourcePath| tree.text(path);
    let loaded = openapi::load(&job.id, &job.source, &find, &settings.limits);
    let history = (job.kind.name == "history").then(|| job.spot.path.stem().to_owned());
    let originals = loaded.asked.iter().filter_map(|path| {
        let name = openapi::published_name(job.spot.path, path);
        Some((name, Arc::clone(&tree.files.get(path)?.bytes)))
    });
    let originals = originals.collect();
    let api = LoadedApi { api: Arc::new(loaded.api), history, originals, asked: loaded.asked };
    Outcome { loaded: vec![Loaded::Api(api)], problems: loaded.diagnostics }
}

fn api_of(job: &Job<'_>) -> Option<Text> {
    job.spot.api.map(|_| Text::from(job.id.as_str()))
}

fn load_changelog(job: &Job<'_>, _: &SourceTree, settings: &Settings) -> Outcome {
    let mut problems = Vec::new();
    let in_folder = job.spot.is_in("changelog") || job.spot.is_in("releases");
    let changelog = match in_folder {
        true => changelog::load_folder_file(&job.source, api_of(job), &settings.limits, &mut problems),
        false => changelog::load(&job.source, api_of(job), &mut problems),
    };
    Outcome { loaded: vec![Loaded::Changelog(Arc::new(changelog))], problems }
}

fn load_roadmap_file(job: &Job<'_>, _: &SourceTree, _: &Settings) -> Outcome {
    let mut problems = Vec::new();
    let (items, prose) = roadmap::load_file(&job.source, api_of(job), &mut problems);
    let items = items.into_iter().map(|item| Loaded::Item(Arc::new(item)));
    let loaded = items.chain(prose.into_iter().map(|prose| Loaded::Prose(Arc::new(prose)))).collect();
    Outcome { loaded, problems }
}

fn load_roadmap_item(job: &Job<'_>, _: &SourceTree, settings: &Settings) -> Outcome {
    let mut problems = Vec::new();
    let item = roadmap::load_item_file(&job.source, api_of(job), &settings.limits, &mut problems);
    Outcome { loaded: vec![Loaded::Item(Arc::new(item))], problems }
}

fn load_summary(job: &Job<'_>, _: &SourceTree, settings: &Settings) -> Outcome {
    let mut unreported = Vec::new();
    let summary = markdown::load(&job.source, DocumentKind::Page, None, &settings.limits, &mut unreported);
    Outcome { loaded: vec![Loaded::Summary(Arc::new(summary))], problems: Vec::new() }
}

fn load_document(job: &Job<'_>, _: &SourceTree, settings: &Settings) -> Outcome {
    let mut problems = Vec::new();
    let kind = document_kind(&job.spot);
    let document = markdown::load(&job.source, kind, api_of(job), &settings.limits, &mut problems);
    Outcome { loaded: vec![Loaded::Document(Arc::new(document))], problems }
}

fn document_kind(spot: &Spot<'_>) -> DocumentKind {
    let is_index = matches!(spot.stem.as_str(), "index" | "_index" | "readme");
    match (spot.folders.first().copied(), spot.folders.len()) {
        (None, _) if spot.api.is_some() && (is_index || spot.stem == "api") => DocumentKind::ApiLanding,
        (None, _) if spot.api.is_none() && is_index => DocumentKind::Home,
        (None, _) if spot.api.is_none() => DocumentKind::Page,
        (Some("onboarding"), 1) if is_index => DocumentKind::Section,
        (Some("onboarding"), 1) => DocumentKind::Path,
        (Some("onboarding"), 2) if is_index => DocumentKind::Path,
        (Some("onboarding"), _) => DocumentKind::Step,
        _ if is_index => DocumentKind::Section,
        (Some("stories"), _) => DocumentKind::Story,
        (Some("pages"), _) => DocumentKind::Page,
        _ => DocumentKind::Guide,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_of(files: &[(&str, &str)]) -> Vec<String> {
        let tree = SourceTree::of("portal", files);
        jobs(&tree, &Settings::default())
            .iter()
            .map(|job| format!("{} {} {}", job.spot.path, job.kind.name, job.id))
            .collect()
    }

    #[test]
    fn a_description_is_known_by_its_first_key_wherever_it_lies() {
        let one = "openapi: 3.1.0\n";
        assert_eq!(
            kinds_of(&[
                ("apis/pay/main.yaml", one),
                ("apis/pay/parts/x.yaml", "type: object\n"),
                ("specs/b.yaml", one),
                ("openapi.yaml", one)
            ]),
            ["apis/pay/main.yaml description pay", "openapi.yaml description portal", "specs/b.yaml description b"]
        );
    }

    #[test]
    fn an_apis_folder_without_a_description_gives_its_first_data_file() {
        assert_eq!(kinds_of(&[("apis/x/page.json", "<html>")]), ["apis/x/page.json description x"]);
    }

    #[test]
    fn earlier_versions_are_no_apis_of_their_own() {
        assert_eq!(
            kinds_of(&[("apis/x/history/1.0.0.yaml", "openapi: 3.0.0\n"), ("apis/x/openapi.yaml", "openapi: 3.0.0\n")]),
            ["apis/x/history/1.0.0.yaml history x", "apis/x/openapi.yaml description x"]
        );
    }

    #[test]
    fn a_readme_beside_an_index_is_not_published() {
        assert_eq!(kinds_of(&[("README.md", "a"), ("index.md", "b")]), ["index.md document "]);
    }
}
