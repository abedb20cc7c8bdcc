#!/usr/bin/env bash
# A debug server, and the client with live reload in front of it. Both end with Ctrl-C.
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

scripts/setup.sh run
build_web
cargo build --package server --bin tenanta
npm --prefix web run dev &
client=$!
trap 'kill "$client" 2>/dev/null || true' EXIT
target/debug/tenanta serve --demo "$@"
