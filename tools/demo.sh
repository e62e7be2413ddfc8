#!/usr/bin/env bash
# Show, command by command, what the example stack's contract says, deploy it in the sandbox, change things
# behind its back, and find and mend them. Needs no credentials and no network. The sandbox keeps running, to
# be looked at: bucketwright sandbox down ends it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

report=.bucketwright/report.html
ledger=.bucketwright/demo-ledger
rm -rf "$ledger"

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

printf '\n# Somebody makes a bucket anew in another region. S3 moves no bucket: people have to decide.\n'
show bucketwright sandbox drift bucket-in-another-region
finds bucketwright audit dev --quiet
finds bucketwright fix dev --quiet
show bucketwright sandbox down
deploy >/dev/null

printf '\n# An application writes a document. The contract says where and as what; the audit finds it as it should be.\n'
show python tools/demo_client.py write
show bucketwright audit dev --objects full --ledger "$ledger"

printf '\n# A wrong content type, the key of another account, no encryption, a secret by its name, a stale upload, and\n'
printf '# a public ACL. The ledger knows what was there before.\n'
for drift in object-of-wrong-type object-under-another-key object-unencrypted object-named-like-a-secret \
    upload-never-finished acls-enabled-and-public; do
    show bucketwright sandbox drift "$drift"
done
finds bucketwright audit dev --objects changed --ledger "$ledger"

printf '\n# Once more. A content type or a name cannot change without a trace in the list: these rules ask nothing.\n'
finds bucketwright audit dev --objects changed --ledger "$ledger" \
    --rule object-content-type-mismatch --rule object-weaker-encryption --rule object-unencrypted
printf '\n# S3 can put an object under another key and leave no trace (UpdateObjectEncryption): who looks at keys asks\n'
printf '# again, but not of what it cannot change, such as an object that is not encrypted at all.\n'
finds bucketwright audit dev --objects changed --ledger "$ledger" --rule object-wrong-key

printf '\n# What calls can end is mended. What is called as a secret is for people: they replace it, and delete it.\n'
finds bucketwright fix dev --objects full --apply --yes --risky
show python tools/demo_client.py remove nextpoint-dev-files dev/cases/7/exports/.env
finds bucketwright fix dev --objects full --apply --yes --risky --delete-old-versions --quiet
show bucketwright audit dev --objects changed --ledger "$ledger" --format html --out "$report"
printf '\nThe last report as a page: %s\n' "$report"
printf 'The sandbox runs on. To end it: .venv/bin/bucketwright sandbox down\n'
