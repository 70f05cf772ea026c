//! The one browser of the program, and the protocol spoken with it.
//!
//! Chromium takes commands from a pipe and answers on another (`--remote-debugging-pipe`: JSON messages, each ended by
//! a zero byte). When this program ends, be it by a panic or by a signal, the pipe closes and Chromium ends itself; the
//! shell around it then removes the profile. All messages come in one order, so what a page caused before it answered
//! is known when the answer is.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

/// How long anything may take before the test gives up.
pub const LIMIT: Duration = Duration::from_secs(15);

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
    "--remote-debugging-pipe",
];

/// Gives Chromium the pipes where it looks for them, and an empty profile that does not outlive it.
const AROUND: &str = r#"
profile=$(mktemp -d)
"$0" "$@" "--user-data-dir=$profile" about:blank 3<&0 4>&1 </dev/null >/dev/null
rm -rf "$profile"
"#;

/// The browser of all tests.
pub static BROWSER: LazyLock<Browser> = LazyLock::new(start);

/// A running browser.
pub struct Browser {
    input: Mutex<ChildStdin>,
    calls: AtomicU64,
    waiting: Mutex<HashMap<u64, Sender<Value>>>,
    events: Mutex<HashMap<String, Vec<Value>>>,
}

impl Browser {
    /// Runs a command of the protocol, in a tab's session or in the browser itself (the empty session).
    pub fn call(&self, session: &str, method: &str, parameters: Value) -> Result<Value, String> {
        let id = self.calls.fetch_add(1, Ordering::Relaxed);
        let (answer, answered) = channel();
        self.waiting.lock().unwrap().insert(id, answer);
        let mut message = json!({ "id": id, "method": method, "params": parameters });
        if !session.is_empty() {
            message["sessionId"] = session.into();
        }
        let mut line = message.to_string().into_bytes();
        line.push(0);
        self.input.lock().unwrap().write_all(&line).map_err(|error| error.to_string())?;
        let mut answer = answered.recv_timeout(LIMIT).map_err(|_| format!("{method}: no answer within {LIMIT:?}"))?;
        if let Some(error) = answer["error"]["message"].as_str() {
            return Err(format!("{method}: {error}"));
        }
        Ok(answer["result"].take())
    }

    /// Takes the events of a session that came since it was last asked.
    pub fn take_events(&self, session: &str) -> Vec<Value> {
        self.events.lock().unwrap().remove(session).unwrap_or_default()
    }

    fn listen(&self, output: impl Read) {
        for message in BufReader::new(output).split(0).map_while(Result::ok) {
            let Ok(message) = serde_json::from_slice::<Value>(&message) else { continue };
            if let Some(id) = message["id"].as_u64() {
                let waiting = self.waiting.lock().unwrap().remove(&id);
                // Whoever gave up waiting has failed its test already.
                waiting.map(|waiting| waiting.send(message));
            } else if let Some(session) = message["sessionId"].as_str() {
                self.events.lock().unwrap().entry(session.to_owned()).or_default().push(message);
            }
        }
    }
}

fn start() -> Browser {
    let Some(program) = find() else {
        panic!("\n*** no Chromium: none of {NAMES:?} in PATH, and CHROMIUM names none; see tests/run.sh ***\n");
    };
    let mut around = Command::new("sh")
        .args(["-c", AROUND])
        .arg(&program)
        .args(FLAGS)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = around.stdout.take().unwrap();
    let browser = Browser {
        input: Mutex::new(around.stdin.take().unwrap()),
        calls: AtomicU64::new(1),
        waiting: Mutex::default(),
        events: Mutex::default(),
    };
    std::thread::spawn(move || BROWSER.listen(output));
    browser
}

fn find() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let installed = NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    named.into_iter().chain(installed).find(|program| program.is_file())
}
