#!/usr/bin/env bash
# Build the Pulumi engine's command line from its Go modules, once for each state of their sums.
# BUCKETWRIGHT_ENGINE=required: fail where Go is missing, instead of leaving the engine's tests out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

module=tests/engine
version=$(awk '$1 == "github.com/pulumi/pulumi/pkg/v3" { print $2; exit }' "$module/go.mod")
binary=.engine/bin/pulumi
stamp=.engine/sums
sums=$(cat "$module/go.mod" "$module/go.sum" | sha256sum | cut -d' ' -f1)

if [[ -x $binary && -f $stamp && $(<"$stamp") == "$sums" ]]; then
    exit 0
fi
if ! command -v go >/dev/null; then
    echo "engine: Go 1.21 or newer builds the Pulumi engine that the engine tests need, and there is none" >&2
    [[ ${BUCKETWRIGHT_ENGINE:-} == required ]] && exit 2
    exit 0
fi
echo "engine: building the Pulumi engine $version from its modules; minutes the first time" >&2
mkdir -p .engine/bin
flag="-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=$version"
(cd "$module" && GOTOOLCHAIN=auto go build -ldflags "$flag" -o ../../"$binary" github.com/pulumi/pulumi/pkg/v3/cmd/pulumi)
echo "$sums" >"$stamp"
