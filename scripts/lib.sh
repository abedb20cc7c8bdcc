# Shared by the scripts beside it; to be sourced.
# shellcheck shell=bash

set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

# rustup puts cargo here; a shell without login may not know.
if ! command -v cargo >/dev/null && [ -x "${HOME:-/root}/.cargo/bin/cargo" ]; then
    PATH="${HOME:-/root}/.cargo/bin:$PATH"
fi

# Where standard output is no terminal, colours only disturb.
say() {
    if [ -t 1 ]; then printf '\033[1m==> %s\033[0m\n' "$*"; else printf '==> %s\n' "$*"; fi
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

if has sha256sum; then SHA256=(sha256sum); else SHA256=(shasum -a 256); fi

# One number for the content of a whole folder, what is generated in it left out.
fingerprint() {
    (
        cd "$1"
        find . \( -name node_modules -o -name dist -o -name test-results \) -prune \
            -o -type f -print0 | LC_ALL=C sort -z | xargs -0 "${SHA256[@]}" | "${SHA256[@]}"
    )
}

# The client's packages, as the lock file has them.
install_web_packages() {
    local lock stamp=web/node_modules/.lock-fingerprint
    lock="$("${SHA256[@]}" <web/package-lock.json)"
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$lock" ]; then return; fi
    say "Installing the client's packages"
    npm --prefix web ci --no-audit --no-fund --loglevel=error || return
    printf '%s' "$lock" >"$stamp"
}

# The client itself, unless it is built from these very sources.
build_web() {
    local sources stamp=web/node_modules/.built-fingerprint
    install_web_packages || return
    sources="$(fingerprint web)"
    if [ -f web/dist/index.html ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sources" ]; then
        return
    fi
    say "Building the client"
    npm --prefix web run --silent build || return
    printf '%s' "$sources" >"$stamp"
}
