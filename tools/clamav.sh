#!/usr/bin/env bash
# Get what the tests of quarantines need: Debian's ClamAV daemon, where root may install it.
# It needs no signatures: the tests start one with a few of their own. What is missing is named, here and by the tests.
set -euo pipefail

say() {
    echo "clamav: $*" >&2
}

PATH=$PATH:/usr/sbin
if command -v clamd >/dev/null || [[ -n ${BUCKETWRIGHT_CLAMD_PROGRAM:-} ]]; then
    exit 0
fi
if [[ $EUID == 0 ]] && command -v apt-get >/dev/null; then
    say "installing Debian's package clamav-daemon"
    { apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends clamav-daemon; } >/dev/null ||
        say "that did not work"
fi
command -v clamd >/dev/null ||
    say "the tests of quarantines ask a real scanner, and there is none: install the package clamav-daemon," \
        "or name its clamd in BUCKETWRIGHT_CLAMD_PROGRAM"
