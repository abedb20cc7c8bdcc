#!/usr/bin/env bash
# Installs what is missing on a machine with Rust and Node: with root's rights by apt-get, without
# them it says in one line what to install. Quick when nothing is missing.
#
# usage: setup.sh [run|test]
# shellcheck source=scripts/lib.sh
source "$(dirname "$0")/lib.sh"

wants_tests() { [ "$purpose" = test ]; }

check_toolchains() {
    has cargo || fail "Rust is missing: install it from https://rustup.rs"
    if ! has node || ! has npm; then
        fail "Node.js 20.19 or newer is missing: see https://nodejs.org"
    fi
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
        fail "Node.js 20.19 or newer is needed; this is $(node --version)"
    if wants_tests && ! has_rust_tools; then
        rustup component add rustfmt clippy ||
            fail "rustfmt and clippy are missing: rustup component add rustfmt clippy"
    fi
}

has_rust_tools() { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1

has_postgres() {
    local program
    for program in /usr/lib/postgresql/*/bin/postgres /usr/local/pgsql/bin/postgres \
        /opt/homebrew/opt/postgresql@*/bin/postgres; do
        [ -x "$program" ] && return
    done
    return 1
}

# Reading SQL takes PostgreSQL's own grammar, whose bindings libclang writes while building.
has_libclang() {
    local folder file
    for folder in ${LIBCLANG_PATH:+"$LIBCLANG_PATH"} /usr/lib/llvm-*/lib /usr/lib/*-linux-gnu \
        /usr/lib /usr/lib64 /usr/local/lib /opt/homebrew/opt/llvm/lib \
        /Library/Developer/CommandLineTools/usr/lib; do
        for file in "$folder"/libclang.so* "$folder"/libclang-*.so* "$folder"/libclang.dylib; do
            # LLVM's C++ interface, which other packages bring along, is another library.
            case "$file" in *libclang-cpp*) continue ;; esac
            [ -e "$file" ] && return
        done
    done
    return 1
}

libclang_hint() {
    has_libclang ||
        printf '; or, without root: pip install libclang, and name the folder clang/native of it %s' \
            'in LIBCLANG_PATH'
}

has_chromium() { has chromium || has chromium-browser || has google-chrome; }

is_root() { [ "$(id -u)" = 0 ]; }

as_root() {
    if is_root; then "$@"; else sudo -n "$@"; fi
}

# What cannot be done without.
install_needed() {
    local missing=()
    has cc || missing+=(build-essential)
    has_libclang || missing+=(libclang-dev)
    if wants_tests && [ -z "${CHROMIUM:-}" ] && ! has_chromium; then missing+=(chromium); fi
    [ ${#missing[@]} -gt 0 ] || return 0
    has apt-get || fail "please install: ${missing[*]}"
    is_root || sudo -n true 2>/dev/null ||
        fail "please install, as root: apt-get install ${missing[*]}$(libclang_hint)"
    apt_install "${missing[@]}" || fail "this did not work: apt-get install ${missing[*]}"
}

# Everybody but root does well with the PostgreSQL that comes with the client's packages; root gets
# Debian's, and with it the account that PostgreSQL runs as.
install_postgres() {
    if [ -n "${DATABASE_URL:-}" ] || has_postgres || ! is_root || ! has apt-get; then return; fi
    without_main_cluster apt_install postgresql ||
        say "This did not work; the PostgreSQL of the client's packages will do"
}

apt_install() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y)
    local install=("${apt[@]}" --no-install-recommends install "$@")
    say "Installing $*"
    # The lists may be missing or old; reading them anew is only worth the time then.
    as_root "${install[@]}" 2>/dev/null ||
        { as_root "${apt[@]}" update && as_root "${install[@]}"; }
}

# Debian's package would make and start a database server of its own, which nobody asked for.
without_main_cluster() {
    local folder=/etc/postgresql-common/createcluster.d
    local file="$folder/tenanta-setup.conf" result=0
    mkdir -p "$folder"
    echo 'create_main_cluster = false' >"$file"
    "$@" || result=$?
    rm -f "$file"
    return "$result"
}

purpose="${1:-run}"
check_toolchains
install_needed
install_postgres
