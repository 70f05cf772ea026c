//! What a reader does, in a real browser: every page kind under the strict policy, the keyboard, search, themes, pages
//! without scripts, hostile texts, files opened from the disk.
//!
//! One Chromium serves the whole program (`chromium`); sites are built once, in memory (`sites`), and served with the
//! strictest headers (`server`); each test opens its own tab (`tab`) on a port of its own, so that no two tests share
//! what a browser stores. `PORTOLAN_SCREENSHOTS=folder` makes one test write pictures of every page kind.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::zombie_processes,
    clippy::useless_format,
    dead_code,
    reason = "a test may fail and looks at the world"
)]

mod access;
mod anchors;
mod chromium;
mod files;
mod hostile;
mod keyboard;
mod loopback;
mod menu;
mod pages;
mod samples;
mod screenshots;
mod scriptless;
mod search;
mod server;
mod sites;
#[path = "../support/mod.rs"]
mod support;
mod tab;
mod theme;
mod try_it;
mod try_it_sign_in;
