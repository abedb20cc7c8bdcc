#!/usr/bin/env bash
# Every check and test, one stage after the other; stops at the first that fails.
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

# Nothing may wait for an answer.
exec </dev/null

# Where Cargo puts what it builds.
TARGET="${CARGO_TARGET_DIR:-target}/debug"
export TENANTA_BINARY="$ROOT/$TARGET/tenanta"
[[ "$TARGET" != /* ]] || TENANTA_BINARY="$TARGET/tenanta"
CHROMIUM="${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}"
export CHROMIUM

summary=()

# stage NAME COMMAND…
stage() {
    local name="$1" began=$SECONDS
    shift
    say "$name"
    if ! "$@"; then
        fail "make test failed in the stage \"$name\" after $((SECONDS - began)) s"
    fi
    summary+=("$(printf '%4d s  %s' $((SECONDS - began)) "$name")")
}

with_postgres() { "$TARGET/examples/with_postgres" "$@"; }

rust_tests() { with_postgres cargo test --locked --workspace --all-features; }

browser_tests() { with_postgres npm --prefix web run --silent e2e; }

summarize() {
    printf '\n'
    printf '%s\n' "${summary[@]}"
    say "make test passed in $SECONDS s"
}

stage "set-up" scripts/setup.sh test
stage "client: packages" install_web_packages
stage "client: format, lints, types" npm --prefix web run --silent check
stage "client: unit tests" npm --prefix web run --silent test
stage "client: build" build_web
stage "server: format" cargo fmt --all --check
stage "server: lints" cargo clippy --locked --workspace --all-targets --all-features -- -D warnings
stage "server: build" cargo test --locked --workspace --all-features --no-run
stage "server: unit, database and HTTP tests" rust_tests
stage "browser tests" browser_tests
summarize
