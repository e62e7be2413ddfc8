"""`check` with isolation on 200 buckets of 20 prefixes, against libyaml parsing the same file."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.contracts import large_contract
from bench.processes import in_turn
from bench.promise import Promise

_PARSE = "import sys, yaml; yaml.load(open(sys.argv[1]), yaml.CSafeLoader)"


def measure() -> Iterator[Promise]:
    """Yield the ratio of whole processes and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        contract = Path(folder) / "contract.yaml"
        contract.write_text(large_contract(200, 20), encoding="utf-8")
        parsing, checking = in_turn(
            5, ("-c", _PARSE, str(contract)), ("-m", "bucketwright", "check", "--contract", str(contract))
        )
    ratio = checking.cpu_seconds / parsing.cpu_seconds
    yield Promise("check of 200 x 20 prefixes, times libyaml's parsing", ratio, 8, "x")
    yield Promise("check of 200 x 20 prefixes, memory", checking.megabytes, 300, "MB")
