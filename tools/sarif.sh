#!/usr/bin/env bash
# Does Microsoft's validator, with the rules of GitHub's code scanning, accept what `plan --format sarif` prints?
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

multitool=5.7.0
folder=.sarif
mkdir -p "$folder"
[[ -d $folder/node_modules/@microsoft/sarif-multitool-linux ]] ||
    npm install --prefix "$folder" --no-save --no-package-lock --no-audit --no-fund --ignore-scripts \
        "@microsoft/sarif-multitool@$multitool" >/dev/null
program=$folder/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$program"

.venv/bin/bucketwright plan prod --profile all --format sarif >"$folder/report.sarif" || [[ $? == 1 || $? == 3 ]]
"$program" validate "$folder/report.sarif" --rule-kind "Sarif;Ghas" --output "$folder/verdict.sarif" \
    --log ForceOverwrite >/dev/null
.venv/bin/python - "$folder" <<'PYTHON'
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
results = json.loads((folder / "report.sarif").read_text())["runs"][0]["results"]
# SARIF2005 asks for the address of a web site.
said = [one for one in json.loads((folder / "verdict.sarif").read_text())["runs"][0].get("results", [])
        if one["ruleId"] != "SARIF2005"]
print(f"sarif: {len(results)} results, {len(said)} complaints")
sys.exit(1 if said or not results else 0)
PYTHON
