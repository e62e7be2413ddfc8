#!/usr/bin/env bash
# Get what the benches compare with, each in an environment of its own: Prowler, Cloud Custodian, rclone, s5cmd,
# the SDK with its Common Runtime, and the servers MinIO and its mc, which Go builds from their modules. Versions
# and sums are in bench/peers.
# peers.sh --lock: write the lock files anew from what the .in files ask for.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=.peers

for wanted in bench/peers/*.in; do
    lock=${wanted%.in}.lock
    if [[ ${1:-} == --lock ]]; then
        .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
            --no-annotate --no-header --no-emit-index-url --no-emit-find-links --output-file "$lock" "$wanted"
        continue
    fi
    venv=$folder/$(basename "$wanted" .in)
    sums=$(sha256sum <"$lock")
    if [[ ! -f $venv/sums || $(<"$venv/sums") != "$sums" ]]; then
        echo "peers: installing $(head -1 "$wanted")" >&2
        rm -rf "$venv"
        tools/setup.sh "$lock" "$venv"
        echo "$sums" >"$venv/sums"
    fi
done
[[ ${1:-} == --lock ]] && exit 0

tools/servers.sh bench/peers "$folder"
for tool in rclone s5cmd; do
    ln -sf "../tools/bin/$tool" "$folder/bin/$tool"
done
