"""The contracts that drifts are tried on."""

from pathlib import Path
from typing import Final

import pytest
import yaml

from bucketwright.contract.loading import load
from bucketwright.contract.model import Environment
from tests.cli.running import ROOT

ACCOUNT: Final = "210987654321"
"""Where the small contract is deployed."""
_SMALL: Final = """
project: small
name: prod
account: "210987654321"
account_block: true
buckets:
  notes: {versioning: enabled, prefixes: {notes: {path: notes/}}}
  letters:
    cors: {origins: https://a.example.com, methods: GET}
    prefixes: {old: {path: old/, expire: 9 days}}
"""
_ROOMY: Final = Path(__file__).with_name("roomy.yaml")
_FILES: Final = (*ROOT.glob("examples/*/contract.yaml"), ROOT / "stacks" / "contract.yaml", _ROOMY)
ENVIRONMENTS: Final = [
    pytest.param(environment, id=f"{environment.project} {environment.name}")
    for path in sorted(_FILES)
    for environment in load(path).environments.values()
]
"""Each environment of each contract of this project."""


def roomy() -> Environment:
    """A contract with room for every drift but the account's."""
    return load(_ROOMY).environments["prod"]


def small() -> Environment:
    """A small contract that blocks its whole account."""
    return Environment.model_validate(yaml.safe_load(_SMALL))
