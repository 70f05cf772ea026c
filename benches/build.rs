//! Whole builds beside their floor: copying the tree they write with plain writes, in the same run.
//!
//! `cargo bench --bench build` prints, for each portal, seconds, peak memory, pages, bytes, and the ratio of the build
//! to the copy (medians of alternating runs). Ratios hold on any machine; seconds are this one's.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test may fail and looks at the world")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 3;

fn main() {
    let work = std::env::temp_dir().join(format!("portolan-bench-{}", std::process::id()));
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let corpus = std::env::var_os("PORTOLAN_CORPUS").map_or_else(|| root.join("../shared/corpus"), PathBuf::from);
    println!(
        "{:<24} {:>8} {:>8} {:>8} {:>8} {:>9} {:>8} {:>7}",
        "portal", "build s", "copy s", "ratio", "MB peak", "MB input", "files", "MB out"
    );
    bench("sample-portal", &root.join("sample-portal"), &work);
    for name in ["github.json", "openai.yaml", "stripe-old.yaml"] {
        let file = corpus.join("openapi/huge").join(name);
        if !file.is_file() {
            println!("{name:<24} not measured: no {}", file.display());
            continue;
        }
        let portal = work.join(format!("in-{name}"));
        let extension = name.rsplit('.').next().unwrap_or("yaml");
        std::fs::create_dir_all(portal.join("apis/api")).expect("a temporary folder");
        std::fs::copy(&file, portal.join(format!("apis/api/openapi.{extension}"))).expect("a copy of the description");
        bench(name, &portal, &work);
    }
    std::fs::remove_dir_all(&work).expect("the temporary folder is ours");
}

fn bench(name: &str, portal: &Path, work: &Path) {
    let (mut builds, mut copies, mut peak) = (Vec::new(), Vec::new(), 0);
    let out = work.join("site");
    for _ in 0..RUNS {
        remove(&out);
        let (took, memory) = build(portal, &out);
        builds.push(took);
        peak = peak.max(memory);
        let copy = work.join("copy");
        remove(&copy);
        let started = Instant::now();
        let status = Command::new("cp").args(["-r", "--reflink=never"]).arg(&out).arg(&copy).status();
        assert!(status.expect("cp runs").success());
        copies.push(started.elapsed());
    }
    let (files, bytes) = size(&out);
    let (_, input) = size(portal);
    let (build, copy) = (median(&mut builds), median(&mut copies));
    println!(
        "{name:<24} {:>8.2} {:>8.2} {:>8.2} {:>8} {:>9.1} {:>8} {:>7.1}",
        build.as_secs_f64(),
        copy.as_secs_f64(),
        build.as_secs_f64() / copy.as_secs_f64(),
        peak / 1024,
        input as f64 / 1e6,
        files,
        bytes as f64 / 1e6
    );
}

/// Builds once; returns the time and the peak of resident memory in KB (0 where the system does not tell).
fn build(portal: &Path, out: &Path) -> (Duration, u64) {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_portolan"))
        .args(["build", "-q", "--keep-going", "--out"])
        .arg(out)
        .arg(portal)
        .stderr(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("a child can be waited for").is_none() {
        let status = std::fs::read_to_string(&status_file).unwrap_or_default();
        let high = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let high = high.and_then(|rest| rest.split_whitespace().next()).and_then(|kb| kb.parse().ok());
        peak = peak.max(high.unwrap_or(0));
        std::thread::sleep(Duration::from_millis(2));
    }
    (started.elapsed(), peak)
}

fn remove(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("the temporary folder is ours");
    }
}

fn size(folder: &Path) -> (usize, u64) {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.fold((0, 0), |(count, bytes), file| (count + 1, bytes + file.metadata().map_or(0, |data| data.len())))
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
