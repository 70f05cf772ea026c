//! Roadmaps that nobody here wrote: what comes out, as a person judged it.

use std::ops::Range;

use super::load_file;
use crate::diag::SourceText;
use crate::load::blocks::{self, Block, Kind};
use crate::load::changelog::corpus_tests::corpus;
use crate::model::roadmap::{Column, RoadmapItem, RoadmapProse};

/// File, items by column (now next later shipped declined), stretches of prose, first and last title.
const EXPECTED: &str = "
OpenFunction-OpenFunction.md | 0 17 0 40 0 | 1 | Nodejs async functions frameworks | Optimize and localize existing function 
antrea-io-antrea.md | 0 0 0 0 0 | 1 | - | -
argoproj-argo-rollouts.md | 0 0 0 0 0 | 1 | - | -
buildpacks-community.md | 0 4 0 0 0 | 1 | Graduation | OCI Artifacts
etcd-io-etcd.md | 1 0 9 13 0 | 2 | Support downgrade | raft: enhance the configuration change v
goharbor-harbor.md | 0 7 7 10 0 | 1 | Optimize data transfer for substandard d | Leverage Sigstore Cosign to deliver pers
ipfs-roadmap.md | 6 3 0 11 0 | 7 | IPFS core solidified and APIs revamped/c | IPFS Community Meetups receive an upgrad
jj-vcs-jj.md | 0 0 0 0 0 | 1 | - | -
kserve-kserve.md | 0 25 0 0 0 | 4 | LLM Serving Runtimes | Update any out-of-date documentation and
libp2p-js-libp2p.md | 0 14 0 0 0 | 2 | js-libp2p amino DHT bootstrapper | WebRTC Direct in Node.js
libp2p-rust-libp2p.md | 1 2 4 9 0 | 1 | WebTransport | Automate port-forwarding e.g. via UPnP
libp2p-specs.md | 1 0 21 3 0 | 2 | 🖧 Decentralizing networks | WebRTC
rook-rook.md | 0 0 8 0 0 | 2 | Add support for Ceph Umbrella v21 | Collect details to help troubleshoot the
spiffe-spire.md | 0 5 3 4 0 | 1 | Support for using Google Cloud Key Manag | Secretless authentication to Microsoft A
volcano-sh-volcano.md | 0 3 4 27 0 | 1 | Stability and Resilience | Improve the Autoscaling efficiency
";

fn line(source: &SourceText, items: &[RoadmapItem], prose: &[RoadmapProse]) -> String {
    let columns = [Column::Now, Column::Next, Column::Later, Column::Shipped, Column::Declined];
    let counts = columns.map(|column| items.iter().filter(|item| item.column == column).count().to_string());
    let title =
        |item: Option<&RoadmapItem>| item.map_or("-".into(), |item| item.title.chars().take(40).collect::<String>());
    format!(
        "{} | {} | {} | {} | {}",
        source.path,
        counts.join(" "),
        prose.len(),
        title(items.first()),
        title(items.last())
    )
}

#[test]
fn every_file_of_the_corpus_gives_what_a_reader_expects() {
    let files = corpus("roadmaps");
    let lines = files.iter().map(|source| {
        let mut problems = Vec::new();
        let (items, prose) = load_file(source, None, &mut problems);
        assert!(problems.is_empty(), "{problems:?}");
        line(source, &items, &prose)
    });
    let lines: Vec<String> = lines.collect();
    if !files.is_empty() {
        assert_eq!(lines.join("\n"), EXPECTED.trim());
    }
}

#[test]
fn no_text_of_the_corpus_is_lost() {
    for source in corpus("roadmaps") {
        let (items, prose) = load_file(&source, None, &mut Vec::new());
        let mut kept: Vec<Range<usize>> = prose.iter().map(|prose| prose.body.range.clone()).collect();
        kept.extend(items.iter().flat_map(|item| [item.place.start..item.place.end, item.body.range.clone()]));
        let covered = |range: &Range<usize>| kept.iter().any(|kept| kept.start <= range.start && range.end <= kept.end);
        for block in blocks::parse(&source.text, 0..source.text.len()) {
            let lost = match block.kind {
                Kind::Heading(_) | Kind::Rule => false,
                Kind::List => {
                    !block.children.iter().all(|item| covered(&blocks::trim(&source.text, item.range.clone())))
                }
                // A table's row is an item; its cells are facts of it.
                Kind::Table => {
                    let inside = |row: &Block| {
                        kept.iter().any(|kept| row.range.start <= kept.start && kept.end <= row.range.end)
                    };
                    !covered(&blocks::trim(&source.text, block.range.clone()))
                        && !block.children[1..].iter().all(inside)
                }
                _ => !covered(&blocks::trim(&source.text, block.range.clone())),
            };
            assert!(!lost, "{}: {:?} is lost", source.path, &source.text[block.range.clone()]);
        }
    }
}
