//! The connection: requests in, checked, and answered by threads that may take their time.

use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::answer::{self, OWN, decode, text};
use super::events::Reader;
use super::{Shared, answer::set_common_headers};

/// A page may nest deeply.
const STACK_BYTES: usize = 16 << 20;

/// Threads that make pages.
const MAKERS: usize = 8;

/// How soon a page asks again after the server was started anew.
const RETRY: Duration = Duration::from_millis(500);

/// Serves until `stop` is ready.
pub(super) fn run(listener: TcpListener, shared: Arc<Shared>, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .thread_stack_size(STACK_BYTES)
        .max_blocking_threads(MAKERS)
        .build()
        .context("cannot start the server")?;
    listener.set_nonblocking(true).context("cannot start the server")?;
    let outcome = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).context("cannot start the server")?;
        let app = Router::new().fallback(handle).with_state(shared);
        tokio::select! {
            ended = axum::serve(listener, app) => ended.context("the server ended"),
            () = stop => Ok(()),
        }
    });
    // Streams of events have no end of their own, so nothing is waited for.
    runtime.shutdown_background();
    outcome
}

/// Is ready when the process is asked to end: Ctrl-C, or the signal of whoever supervises it.
pub(super) async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        return;
    }
    let _ = tokio::signal::ctrl_c().await;
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    if let Err((status, words)) = shared.hosts.check(request.headers(), request.uri()) {
        return text(status, words);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut refused = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered\n");
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return refused;
    }
    let Some(path) = decode(request.uri().path()) else {
        return text(StatusCode::BAD_REQUEST, "the path cannot be decoded\n");
    };
    let query = request.uri().query().map(str::to_owned);
    if path.strip_prefix(OWN) == Some("events") {
        return match shared.hosts.check_origin(request.headers()) {
            Ok(()) if request.method() == Method::HEAD => text(StatusCode::OK, ""),
            Ok(()) => events(shared, query.as_deref().unwrap_or("")),
            Err((status, words)) => text(status, words),
        };
    }
    let snapshot = shared.snapshot();
    let made = tokio::task::spawn_blocking(move || answer::answer(&snapshot, &path, query.as_deref())).await;
    made.unwrap_or_else(|_| {
        text(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be made; that is a bug in Portolan\n")
    })
}

/// Tells a page of every build from now on.
fn events(shared: Arc<Shared>, query: &str) -> Response<Body> {
    let value = |name: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).and_then(|(_, value)| decode(value)).unwrap_or_default()
    };
    let reader = Arc::new(Mutex::new(Reader { page: value("page"), shown: value("shown") }));
    // Keeps only the latest version for a client that is slow to take it.
    let versions = WatchStream::new(shared.version.subscribe());
    let updates = versions.then(move |_| {
        let (snapshot, reader) = (shared.snapshot(), Arc::clone(&reader));
        let update = move || reader.lock().unwrap_or_else(PoisonError::into_inner).update(&snapshot);
        async move { tokio::task::spawn_blocking(update).await.unwrap_or_default() }
    });
    let stream = updates.map(|data| Ok::<_, Infallible>(Event::default().event("update").data(data).retry(RETRY)));
    let mut response = Sse::new(stream).keep_alive(KeepAlive::default()).into_response();
    set_common_headers(response.headers_mut());
    response
}
