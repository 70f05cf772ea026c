//! The preview server: the plan of the site in memory, one page made when it is asked for, and a new plan after
//! every edit.
//!
//! Takes a folder and the pipeline as a function; tells what happens through [`Notice`]s, because it prints nothing.
//! Runs the same pipeline as a build. A request never reaches the disk: it is looked up in the plan.

#![allow(clippy::disallowed_methods, reason = "the server measures time and watches the disk")]

use std::net::{TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::watch;

use crate::Built;
use crate::diag::Report;
use crate::source::SourceTree;

mod answer;
mod events;
mod guard;
mod http;
mod rebuild;
mod snapshot;
mod watching;

use guard::Hosts;
use snapshot::Snapshot;

/// Ports tried after the wanted one.
const PORTS: u16 = 20;

/// The pipeline from the source tree to the plan.
pub type Pipeline = Box<dyn Fn(&SourceTree) -> Built + Send + Sync>;

/// What to serve and where.
pub struct Setup {
    /// The input folder.
    pub folder: PathBuf,
    /// The output folder of `build`, which is not watched.
    pub out: PathBuf,
    /// The pipeline.
    pub pipeline: Pipeline,
    /// The name or address to listen at.
    pub host: String,
    /// The port to listen at; 0 for any.
    pub port: u16,
    /// Whether a taken port is an error, or the next free one is used.
    pub taken_port: TakenPort,
}

/// What to do when the port is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakenPort {
    /// Try the ports after it.
    UseNext,
    /// Stop.
    Refuse,
}

/// What happened, for the command line to tell.
#[derive(Debug)]
pub enum Notice {
    /// The server answers.
    Listening {
        /// Where the home page is.
        url: String,
        /// The port that was wanted and taken.
        taken: Option<u16>,
        /// Other machines can read the portal.
        is_open: bool,
    },
    /// The portal was built, at the start or after an edit.
    Rebuilt {
        /// How many files were added, changed or removed; 0 at the start.
        changed: usize,
        /// How long it took from the reading to the new plan.
        took: Duration,
        /// Every diagnostic.
        report: Report,
        /// Those that the build before did not have.
        new: Report,
    },
    /// Something is amiss; the server goes on.
    Trouble(String),
}

/// Hears of notices, from any thread.
pub type Voice = Arc<dyn Fn(Notice) + Send + Sync>;

/// Why the server stopped or never began.
#[derive(Debug)]
pub enum Stopped {
    /// The input folder is not one.
    Usage(anyhow::Error),
    /// The machine refused.
    Machine(anyhow::Error),
}

/// What requests are answered from.
struct Shared {
    current: RwLock<Arc<Snapshot>>,
    version: watch::Sender<u64>,
    hosts: Hosts,
}

impl Shared {
    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn replace(&self, snapshot: Snapshot) {
        let version = snapshot.version;
        *self.current.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(snapshot);
        self.version.send_replace(version);
    }
}

/// Serves until the process is told to stop.
pub fn run(setup: Setup, voice: Voice) -> Result<(), Stopped> {
    let (listener, shared) = start(setup, voice)?;
    http::run(listener, shared, http::told_to_stop()).map_err(Stopped::Machine)
}

/// Builds the portal, takes a port and begins to watch.
fn start(setup: Setup, voice: Voice) -> Result<(TcpListener, Arc<Shared>), Stopped> {
    let (mut worker, first) = rebuild::start(setup.folder, setup.out, setup.pipeline, Arc::clone(&voice))?;
    let (listener, taken) = listen(&setup.host, setup.port, setup.taken_port).map_err(Stopped::Machine)?;
    let address = listener.local_addr().context("cannot learn the port").map_err(Stopped::Machine)?;
    let hosts = Hosts::new(&setup.host, address.ip());
    let url = format!("http://{}:{}{}", hosts.shown(), address.port(), first.base());
    let (version, _) = watch::channel(first.version);
    let shared = Arc::new(Shared { current: RwLock::new(Arc::new(first)), version, hosts });

    let updates = Arc::clone(&shared);
    std::thread::Builder::new()
        .name("watch".into())
        .spawn(move || watching::run(&mut worker, |snapshot| updates.replace(snapshot)))
        .context("cannot start a thread")
        .map_err(Stopped::Machine)?;
    voice(Notice::Listening { url, taken, is_open: !address.ip().is_loopback() });
    Ok((listener, shared))
}

fn listen(host: &str, wanted: u16, taken: TakenPort) -> anyhow::Result<(TcpListener, Option<u16>)> {
    let last = match taken {
        TakenPort::UseNext if wanted != 0 => wanted.saturating_add(PORTS),
        _ => wanted,
    };
    for port in wanted..=last {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let addresses: Vec<_> =
            (bare, port).to_socket_addrs().with_context(|| format!("there is no host `{host}`"))?.collect();
        match TcpListener::bind(&*addresses) {
            Ok(listener) => return Ok((listener, (port != wanted).then_some(wanted))),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse && port < last => {}
            Err(error) => return Err(error).with_context(|| format!("cannot listen at {host}, port {port}")),
        }
    }
    anyhow::bail!("ports {wanted} to {last} are taken")
}

/// Returns threads whose stack no nesting within the limits can overflow. The pages of a stack that are not used
/// cost nothing.
pub fn deep_pool() -> anyhow::Result<rayon::ThreadPool> {
    const STACK_BYTES: usize = 64 << 20;
    rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).build().context("cannot start threads")
}

#[cfg(test)]
mod tests;
