#!/usr/bin/env bash
# Write the lock files from pyproject.toml: every package with its hashes, no host named, good for every
# platform and Python this project supports. Pins stay as they are unless asked: lock.sh [--upgrade | --upgrade-package NAME]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lock() {
    local output=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header --no-emit-index-url --no-emit-find-links \
        --output-file "$output" "$@" pyproject.toml
}

lock requirements.lock "$@"
lock requirements-image.lock --extra aws --extra lambda --extra report "$@"
lock requirements-dev.lock --all-extras --group dev "$@"
