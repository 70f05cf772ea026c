//! The one browser of the program: found, started, and ended whatever happens to the test.
//!
//! Chromium runs below a shell that waits for the end of its own input. The input is a pipe that closes when this
//! program ends, be it by a panic or by a signal, so no browser and no profile is ever left behind.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use chromiumoxide::Browser;
use chromiumoxide::handler::HandlerConfig;
use futures::StreamExt;
use tokio::runtime::Runtime;

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=en-US",
    "--remote-debugging-port=0",
];

/// Waits for the end of its input, then ends the browser and removes the profile.
const GUARD: &str = r#"
profile=$(mktemp -d)
"$0" "$@" "--user-data-dir=$profile" about:blank </dev/null &
browser=$!
read -r _
kill "$browser" 2>/dev/null
wait "$browser" 2>/dev/null
rm -rf "$profile"
"#;

/// Threads that speak with the browser.
pub static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap());

/// The browser of all tests.
pub static BROWSER: LazyLock<Running> = LazyLock::new(start);

/// A browser, and the pipe that keeps it alive.
pub struct Running {
    /// Speaks with it.
    pub browser: Browser,
    _guard: Child,
}

fn start() -> Running {
    let Some(program) = find() else {
        panic!(
            "\n*** no Chromium found: looked for {NAMES:?} in PATH and at CHROMIUM; on Debian: apt-get install chromium ***\n"
        );
    };
    let mut guard = Command::new("sh")
        .arg("-c")
        .arg(GUARD)
        .arg(&program)
        .args(FLAGS)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let url = debugging_url(&mut guard);
    let config = HandlerConfig { request_timeout: Duration::from_secs(20), viewport: None, ..HandlerConfig::default() };
    let browser = RUNTIME.block_on(async {
        let (browser, mut handler) = Browser::connect_with_config(url, config).await.unwrap();
        RUNTIME.spawn(async move { while handler.next().await.is_some() {} });
        browser
    });
    Running { browser, _guard: guard }
}

fn find() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let installed = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.into_iter().chain(installed).find(|program| program.is_file())
}

/// Reads what the browser says until it names its port; goes on reading, so that the pipe never fills.
fn debugging_url(guard: &mut Child) -> String {
    let mut lines = BufReader::new(guard.stderr.take().unwrap()).lines();
    let mut said = Vec::new();
    let url = loop {
        let Some(Ok(line)) = lines.next() else {
            panic!("Chromium ended before it was ready:\n{}", said.join("\n"));
        };
        if let Some(url) = line.strip_prefix("DevTools listening on ") {
            break url.trim().to_owned();
        }
        said.push(line);
    };
    std::thread::spawn(move || lines.for_each(drop));
    url
}
