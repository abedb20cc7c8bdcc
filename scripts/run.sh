#!/usr/bin/env bash
# Installs what is missing, builds Tenanta, and becomes it: Ctrl-C reaches the server directly.
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/setup.sh run
build_web
say "Building the server (the first time takes some minutes)"
cargo build --release --locked --package server --bin tenanta
exec target/release/tenanta serve --demo "$@"
