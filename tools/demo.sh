#!/usr/bin/env bash
# Show, command by command, what the example stack's contract says. Needs no credentials and no network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

show() {
    printf '\n$ %s\n' "$*"
    ".venv/bin/$1" "${@:2}"
}

show bucketwright check
show bucketwright access --env dev
show bucketwright explain --env dev dev/cases/7/exports/all.zip
show bucketwright cost --env dev
