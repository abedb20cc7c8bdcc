#!/bin/sh
# Prints crates/definition/src/expression/typing/catalog.txt from real servers: what all of them
# agree on. Give it psql's arguments of each server, one argument per server:
#   scripts/print_catalog.sh "-h /tmp -p 5415 -U postgres" "-h /tmp -p 5418 -U postgres"
set -eu
cd "$(dirname "$0")/.."
source=crates/definition/src/expression
functions=$(sed -n 's/.*[ (]f("\([a-z0-9_]*\)".*/\1/p' "$source/functions.rs" | tr '\n' ' ')
functions="$functions extract like_escape similar_to_escape"
operators=$(sed -n 's/^    ("\([^"]*\)", [A-Z]*),$/\1/p' "$source/precedence.rs" | tr '\n' ' ')
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
printed=
for server in "$@"; do
    # The server's arguments are several words.
    # shellcheck disable=SC2086
    psql -X -q -v ON_ERROR_STOP=1 -v functions="$functions" -v operators="$operators" \
        $server -d postgres -f scripts/print_catalog.sql >"$work/next"
    # Later versions added an argument to one function and vouch for more of another; what the
    # earlier ones say holds for all.
    sed -i -e 's/^function jsonb_strip_nulls jsonb i 1 - jsonb bool$/function jsonb_strip_nulls jsonb i 0 - jsonb/' \
        -e 's/^function date_trunc timestamptz i 0 - text timestamptz text$/function date_trunc timestamptz s 0 - text timestamptz text/' \
        "$work/next"
    if [ -n "$printed" ]; then
        grep -Fxf "$work/next" "$work/printed" >"$work/both"
        mv "$work/both" "$work/printed"
    else
        mv "$work/next" "$work/printed"
        printed=yes
    fi
done
sed 's/ *$//' "$work/printed"
