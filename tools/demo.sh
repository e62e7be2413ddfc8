#!/usr/bin/env bash
# Show, command by command, what the example stack's contract says, deploy it in the sandbox, change things
# behind its back, and find and mend them. Needs no credentials and no network. The sandbox keeps running, to
# be looked at: bucketwright sandbox down ends it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

report=.bucketwright/report.html

show() {
    printf '\n$ %s\n' "$*"
    ".venv/bin/$1" "${@:2}"
}

# The same of a command that ends with 1 where it finds something.
finds() {
    show "$@" || [[ $? -eq 1 ]]
}

deploy() {
    show bucketwright sandbox up dev
    eval "$(.venv/bin/bucketwright sandbox env)"
}

show bucketwright check
show bucketwright access --env dev
show bucketwright explain --env dev dev/cases/7/exports/all.zip
show bucketwright cost --env dev
show bucketwright plan dev
deploy
show bucketwright sandbox status
show bucketwright audit dev --objects full

printf '\n# Somebody makes a bucket anew in another region. S3 moves no bucket: people have to decide.\n'
show bucketwright sandbox drift bucket-in-another-region
finds bucketwright audit dev --quiet
finds bucketwright fix dev --quiet
show bucketwright sandbox down
deploy >/dev/null

printf '\n# A public ACL, an unencrypted object, an unfinished upload, an object without a type.\n'
for drift in acls-enabled-and-public object-unencrypted upload-never-finished object-without-type; do
    show bucketwright sandbox drift "$drift"
    finds bucketwright audit dev --objects full --quiet
done
finds bucketwright fix dev --objects full
finds bucketwright fix dev --objects full --apply --yes --risky --quiet
finds bucketwright fix dev --objects full --apply --yes --risky --delete-old-versions --quiet
show bucketwright audit dev --objects full --format html --out "$report"
printf '\nThe last report as a page: %s\n' "$report"
printf 'The sandbox runs on. To end it: .venv/bin/bucketwright sandbox down\n'
