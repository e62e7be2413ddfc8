#!/usr/bin/env bash
# Get what the tests in a browser need: Debian's Chromium, where root may install it, and axe-core from npm.
# What is missing afterwards is named, here and by the tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

axe=4.14.1
sum=1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5
folder=.browser

say() {
    echo "browser: $*" >&2
}

if ! command -v chromium >/dev/null && [[ -z ${BUCKETWRIGHT_CHROMIUM:-} ]]; then
    if [[ $EUID == 0 ]] && command -v apt-get >/dev/null; then
        say "installing Debian's package chromium"
        { apt-get update -qq &&
            DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends chromium; } >/dev/null ||
            say "that did not work"
    fi
    command -v chromium >/dev/null ||
        say "Chromium shows the HTML report and uploads files in the tests, and there is none: install the package chromium," \
            "or name the program in BUCKETWRIGHT_CHROMIUM"
fi

if [[ -f $folder/axe-$axe.min.js ]]; then
    exit 0
fi
if ! command -v npm >/dev/null; then
    say "npm fetches axe-core, which checks the HTML report, and there is none: install Node.js with npm"
    exit 0
fi
mkdir -p "$folder"
work=$(mktemp -d "$folder/XXXXXX")
trap 'rm -rf "$work"' EXIT
if ! npm pack --silent --ignore-scripts --pack-destination "$work" "axe-core@$axe" >/dev/null; then
    say "npm could not fetch axe-core $axe, which checks the HTML report"
    exit 0
fi
echo "$sum  $work/axe-core-$axe.tgz" | sha512sum --check --quiet
tar -xzf "$work/axe-core-$axe.tgz" -C "$work" package/axe.min.js
mv "$work/package/axe.min.js" "$folder/axe-$axe.min.js"
