//! Changelogs that nobody here wrote: each must give the releases that an independent count found.

use std::ops::Range;
use std::sync::Arc;

use super::{load, outline};
use crate::diag::{SourcePath, SourceText};
use crate::load::blocks::{self, Block, Kind};
use crate::model::changelog::{Changelog, Release};

/// File, count of releases, first and last release with date.
const EXPECTED: &str = "
OpenFunction.md | 27 | 1.2.0 2023-09-22 | 0.4.0 2021-10-19
argo-rollouts.md | 34 | 1.10.0-rc1 2026-06-30 | 1.3.1 2022-09-29
chaos-mesh.md | 25 | Unreleased - | 2.0.6 2021-12-29
containerd.md | 0 | - | -
docs.mdx | 77 | August 21, 2026 2026-08-21 | January 2024 2024-01-01
docsearch.md | 161 | 4.6.0 2026-02-17 | 0.0.2 2015-12-16
docusaurus-openapi-docs.md | 111 | 5.2.0 2026-08-11 | 0.1.0 2021-11-04
etcd-CHANGELOG-3.3.md | 28 | 3.3.27 2021-10-15 | 3.3.0 2018-02-01
fumadocs-openapi.md | 297 | 11.2.2 - | 0.1.0 -
git-cliff.md | 55 | 2.13.1 2026-04-26 | 0.1.0 2021-08-12
go-libp2p.md | 9 | 0.28.0 - | 0.25.0 -
harbor.md | 18 | 1.8.0 2019-05-21 | 0.1.0 2016-03-11
jaeger.md | 105 | 2.20.0 2026-07-19 | 0.6.0 2017-08-09
jj.md | 52 | Unreleased - | 0.3.0 2022-03-12
keep-a-changelog.md | 17 | Unreleased - | 0.0.1 2014-05-31
kruise.md | 48 | 1.9.0 - | 0.1.0 -
kserve.md | 0 | - | -
kubeedge-CHANGELOG-1.10.md | 4 | 1.10.3 - | 1.10.0 -
kubevela-CHANGELOG-1.2.md | 3 | 1.2.2 - | 1.2.0 -
lychee-lychee-lib.md | 14 | Unreleased - | 0.17.0 2024-11-06
mdBook.md | 73 | 0.5.4 - | 0.2.0 2018-08-02
oas-oas.md | 26 | 38.2.0 - | 32.1.13 -
oxc-oxc_parser.md | 155 | 0.145.0 2026-08-18 | 0.2.0 2023-09-14
oxc-oxlint.md | 128 | 1.79.0 2026-08-18 | 0.4.2 2024-05-28
pagefind.md | 46 | Unreleased - | 0.2.0 2022-07-01
prism.md | 112 | 5.15.11 2026-06-03 | 3.0.0-alpha.11 2019-05-24
redoc.md | 172 | 2.5.3 2026-05-27 | 1.0.1 2016-08-01
redocly-cli-cli.md | 229 | 2.47.0 - | 1.0.1 -
ripgrep.md | 42 | Unreleased - | 0.2.0 -
ruff.md | 20 | 0.16.4 2026-08-20 | 0.1.x -
rust-libp2p.md | 0 | - | -
spire.md | 133 | 1.15.3 2026-08-21 | 0.6.0 2018-06-26
starlight-openapi-starlight-openapi.md | 32 | 0.26.1 - | 0.9.0 -
starlight-starlight.md | 186 | 0.41.7 - | 0.0.1 -
stripe-node.md | 598 | 22.5.0 2026-08-10 | 0.0.2 2011-09-28
swagger-parser.md | 14 | 10.0.0 2020-07-10 | 3.0.0 2015-09-25
tikv.md | 117 | 5.3.0 2021-11-29 | 1.0.0 2017-10-15
twilio-oai.md | 145 | 2.6.7 2026-04-14 | 0.1.0 2020-08-26
velero.md | 0 | - | -
volcano.md | 6 | 0.4.2 2020-07-31 | 0.1 2019-05-11
zola.md | 52 | 0.22.1 2026-01-22 | 0.0.3 2017-04-05
";

#[allow(clippy::disallowed_methods, reason = "tests read the corpus from the disk")]
pub fn corpus(folder: &str) -> Vec<Arc<SourceText>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
    let root = std::env::var("PORTOLAN_CORPUS").unwrap_or(default.into());
    let Ok(files) = std::fs::read_dir(format!("{root}/{folder}")) else {
        eprintln!("NO CORPUS at {root}: set PORTOLAN_CORPUS; this test checked nothing");
        return Vec::new();
    };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let text = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        Arc::new(SourceText::new(SourcePath::new(name), std::fs::read_to_string(path).unwrap()))
    };
    paths.iter().map(text).collect()
}

fn name(release: Option<&Release>) -> String {
    release.map_or("-".into(), |release| {
        let version = release.version.as_deref().unwrap_or("Unreleased");
        format!("{version} {}", release.date.map_or("-".into(), |date| date.to_string()))
    })
}

fn line(source: &SourceText, changelog: &Changelog) -> String {
    let releases = &changelog.releases;
    format!("{} | {} | {} | {}", source.path, releases.len(), name(releases.first()), name(releases.last()))
}

#[test]
fn every_file_of_the_corpus_gives_its_releases() {
    let files = corpus("changelogs");
    let lines: Vec<String> = files.iter().map(|source| line(source, &load(source, None, &mut Vec::new()))).collect();
    if !files.is_empty() {
        assert_eq!(lines.join("\n"), EXPECTED.trim());
    }
}

/// Every block of the file stands in a release, in a heading, in the preamble or is the title; and of a release in its
/// summary, an entry or a heading.
fn assert_nothing_is_lost(source: &SourceText, changelog: &Changelog) {
    let blocks = blocks::parse(&source.text, changelog.body.range.clone());
    let headings: Vec<_> = changelog.releases.iter().map(|release| release.place.start..release.place.end).collect();
    let mut kept: Vec<Range<usize>> = changelog.preamble.clone();
    kept.extend(headings.iter().cloned());
    kept.extend(changelog.releases.iter().map(|release| release.range.clone()));
    for block in &blocks {
        let silent = matches!(block.kind, Kind::Heading(_) | Kind::Rule) || outline::is_silent(&source.text, block);
        assert!(
            silent || is_covered(source, block, &kept),
            "{}: {:?} is lost",
            source.path,
            &source.text[block.range.clone()]
        );
    }
    for release in &changelog.releases {
        let mut kept: Vec<_> = release.entries.iter().map(|entry| entry.range.clone()).collect();
        kept.extend(release.summary.clone());
        for block in blocks::parse(&source.text, release.range.clone()) {
            let items = if block.kind == Kind::List { &block.children[..] } else { std::slice::from_ref(&block) };
            for item in items {
                let said = is_covered(source, item, &kept) || item.words().split_whitespace().count() < 3;
                let silent = matches!(item.kind, Kind::Heading(_) | Kind::Rule | Kind::Html);
                let inner = item.rest().iter().flat_map(|list| &list.children);
                let section = item.head().is_all_strong() || item.inline.text.trim().ends_with(':');
                let section =
                    section || inner.clone().count() > 0 && inner.clone().all(|item| is_covered(source, item, &kept));
                assert!(silent || said || section, "{}: {:?} is lost", source.path, &source.text[item.range.clone()]);
            }
        }
    }
}

fn is_covered(source: &SourceText, block: &Block, kept: &[Range<usize>]) -> bool {
    let text = &source.text[block.range.clone()];
    let start = block.range.start + text.len() - text.trim_start().len();
    let end = block.range.start + text.trim_end().trim_end_matches("</Update>").trim_end().len();
    // A list of releases is covered by its releases together.
    kept.iter().any(|range| range.start <= start && end <= range.end)
        || (kept.iter().any(|range| range.contains(&start))
            && kept.iter().any(|range| range.start < end && end <= range.end))
}

#[test]
fn no_text_of_the_corpus_is_lost() {
    for source in corpus("changelogs") {
        assert_nothing_is_lost(&source, &load(&source, None, &mut Vec::new()));
    }
}

#[test]
fn slugs_of_the_corpus_are_unique() {
    for source in corpus("changelogs") {
        let changelog = load(&source, None, &mut Vec::new());
        let slugs: std::collections::BTreeSet<_> = changelog.releases.iter().map(|release| &release.slug).collect();
        assert_eq!(slugs.len(), changelog.releases.len(), "{}", source.path);
        assert!(slugs.iter().all(|slug| !slug.is_empty() && !slug.contains('/')), "{}", source.path);
    }
}
