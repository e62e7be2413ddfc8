#!/usr/bin/env bash
# Make the virtual environment from a hashed lock file: setup.sh LOCK [FOLDER]
# With requirements-dev.lock the project itself is installed too, editable, so that the sources are what runs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

lock=$1
venv=${2:-.venv}

fail() {
    printf 'setup: %s\n' "$@" >&2
    exit 2
}

is_new_enough() {
    command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    local candidate
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if is_new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    fail "Python 3.11 or newer is needed; found $(python3 -V 2>&1 || true)" \
        "install one, or name it: make setup PYTHON=/path/to/python3.12"
}

if ! is_new_enough "$venv/bin/python"; then
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python cannot make virtual environments: its venv module is missing" \
            "on Debian and Ubuntu: apt-get install python3-venv"
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi

install() {
    "$venv/bin/python" -m pip --disable-pip-version-check install --quiet "$@"
}

install --require-hashes --requirement "$lock"
if [[ $lock == requirements-dev.lock ]]; then
    install --no-deps --no-build-isolation --editable .
fi
