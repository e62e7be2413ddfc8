"""The schema of contracts, ready to validate with; jsonschema carries no types, so what is used is stated."""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol

from bucketwright.contract.schema import schema


class Refusal(Protocol):
    """What is wrong with a value, and where."""

    message: str
    json_path: str


class Validator(Protocol):
    """Judges plain data by a schema."""

    def check_schema(self, schema: object) -> None: ...
    def is_valid(self, data: object) -> bool: ...
    def iter_errors(self, data: object) -> Iterator[Refusal]: ...


def judge(schema: object) -> Validator:
    """What judges by a schema of the dialect of contracts."""
    validator: Validator = import_module("jsonschema").Draft202012Validator(schema)
    return validator


VALIDATOR = judge(schema())
