#!/usr/bin/env bash
# Build S3 servers written by others, and a proxy, from their Go modules, once for each state of their sums.
#   servers.sh            what the tests run against: tests/servers into .servers/bin
#   servers.sh MODULE TO  the tools of another module: servers.sh bench/peers/servers .peers
# BUCKETWRIGHT_ENGINE=required: fail where Go is missing, instead of leaving the tests out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

module=${1:-tests/servers}
folder=${2:-.servers}
stamp=$folder/sums
sums=$(cat "$module/go.mod" "$module/go.sum" | sha256sum | cut -d' ' -f1)

if [[ -d $folder/bin && -f $stamp && $(<"$stamp") == "$sums" ]]; then
    exit 0
fi
if ! command -v go >/dev/null; then
    echo "servers: Go 1.21 or newer builds the servers of $module, and there is none" >&2
    [[ ${BUCKETWRIGHT_ENGINE:-} == required ]] && exit 2
    exit 0
fi
echo "servers: building those of $module from their modules; minutes the first time" >&2
mkdir -p "$folder/bin"
(cd "$module" && GOTOOLCHAIN=auto go build -ldflags '-s -w' -o "$OLDPWD/$folder/bin/" tool)
if [[ -f $folder/bin/server ]]; then
    mv "$folder/bin/server" "$folder/bin/toxiproxy" # Go calls a program like the last folder of its path
fi
echo "$sums" >"$stamp"
