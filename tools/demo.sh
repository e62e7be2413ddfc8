#!/usr/bin/env bash
# Show, command by command, what the example stack's contract says, and deploy it in the sandbox. Needs no
# credentials and no network. The sandbox keeps running, to be looked at: bucketwright sandbox down ends it.
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
show bucketwright plan dev
show bucketwright sandbox up dev
show bucketwright sandbox status
printf '\nThe sandbox runs on. To end it: .venv/bin/bucketwright sandbox down\n'
