#!/usr/bin/env bash
# Installs what the tests need and runs every test. Works on a fresh Debian or Ubuntu machine with Rust.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$*"; }

need_chromium() {
  if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    return
  fi
  step "installing Chromium"
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  if ! $sudo apt-get install -y --no-install-recommends chromium; then
    $sudo apt-get update
    $sudo apt-get install -y --no-install-recommends chromium
  fi
}

need_component() {
  cargo "$1" --version >/dev/null 2>&1 || rustup component add "$2"
}

need_deny() {
  cargo deny --version >/dev/null 2>&1 || { step "installing cargo-deny"; cargo install cargo-deny --locked --debug; }
}

need_yaml() {
  /usr/bin/python3 -c 'import yaml' 2>/dev/null || python3 -c 'import yaml' 2>/dev/null && return
  step "installing PyYAML"
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get install -y --no-install-recommends python3-yaml || printf '\n*** no PyYAML: operations are not counted independently ***\n'
}

need_component fmt rustfmt
need_component clippy clippy
need_chromium
need_yaml
need_deny

step "format"
cargo fmt --all -- --check

step "lints"
cargo clippy --all-targets -- -D warnings

step "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --quiet

step "dependencies"
cargo deny --log-level error check bans licenses sources
if cargo deny fetch db >/dev/null 2>&1; then
  cargo deny --log-level error check advisories
else
  printf '\n*** NOT CHECKED: advisories, because the advisory database cannot be reached ***\n'
fi

step "tests"
cargo test --quiet

step "the sample portal"
cargo run --quiet -- check sample-portal --strict

printf '\nEvery test passed.\n'
