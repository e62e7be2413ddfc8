"""The JSON Schema of a contract: shipped as generated, whole, and about as strict as the loader."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bucketwright.contract
from bucketwright.contract.composing import compose
from bucketwright.contract.schema import DIALECT, IDENTIFIER, schema
from tests.contract.schema_cases import VALIDATOR, judge

SHIPPED = Path(bucketwright.contract.__path__[0]) / "contract.schema.json"
EVERYTHING = Path(__file__).parent / "everything.yaml"


def value(text: str) -> object:
    """The plain data of a contract's text."""
    root = compose(text, "contract.yaml").root
    assert root is not None
    return root.value


def refusals(body: str) -> list[str]:
    """Where the schema refuses a contract with these lines."""
    data = value(f"project: demo\nenvironments: {{dev: {{}}}}\n{body}")
    return [error.json_path for error in VALIDATOR.iter_errors(data)]


def parts(value: object) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema."""
    if isinstance(value, dict):
        yield value
    for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(below)


def objects(value: object) -> Iterator[dict[str, Any]]:
    """Every object schema in a schema."""
    return (part for part in parts(value) if part.get("type") == "object")


def test_the_shipped_file_is_the_generated_one() -> None:
    """Nobody edits the schema by hand, and nobody forgets to make it anew."""
    assert json.loads(SHIPPED.read_text()) == schema()


def test_the_schema_is_valid_and_has_its_name() -> None:
    """It follows its own dialect, and says which version it is."""
    VALIDATOR.check_schema(schema())
    assert (schema()["$schema"], schema()["$id"]) == (DIALECT, IDENTIFIER)


def test_no_object_takes_unknown_keys() -> None:
    """Every mapping of a contract is closed, or open by design with typed values."""
    assert [part for part in objects(schema()) if part.get("additionalProperties") in (None, True)] == []


def test_every_field_is_described() -> None:
    """Every setting has its description, for readers of text and of Markdown."""
    bare = [
        key
        for part in objects(schema())
        for key, setting in part.get("properties", {}).items()
        if not (setting.get("description") and setting["description"] == setting["markdownDescription"])
    ]
    assert bare == []


def test_every_example_is_allowed_where_it_stands() -> None:
    """What an editor offers as an example is taken by the schema that offers it."""
    whole = schema()
    offered = [(part, example) for part in parts(whole) for example in part.get("examples", [])]
    assert len(offered) > 50
    refused = [
        example for part, example in offered if not judge(part | {"$defs": whole["$defs"]}).is_valid(example)
    ]
    assert refused == []


def test_the_contract_that_says_everything_satisfies_it() -> None:
    """Each form that the loader takes is known to the schema."""
    assert [error.message for error in VALIDATOR.iter_errors(value(EVERYTHING.read_text()))] == []


@pytest.mark.parametrize(
    "body",
    [
        "buckets: {files: {encryption: kms, access_logs: logs, cors: {origins: x, methods: GET}}}",
        "buckets: {files: {tls_minimum: 1.3}}\naccount: 111122223333",
        "access: {app: {trusts: 111122223333, read: a/b}}",
    ],
    ids=["short forms", "unquoted numbers", "an unquoted account"],
)
def test_it_takes_what_the_loader_takes(body: str) -> None:
    """Short forms and unquoted numbers are fine."""
    assert refusals(body) == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("bucket: {}", "$"),
        ("buckets: {Files: {}}", "$.buckets"),
        ("buckets: {files: {versioning: perhaps}}", "$.buckets.files.versioning"),
        ("buckets: {files: {encryption: kmss}}", "$.buckets.files.encryption"),
        ("buckets: {files: {prefixes: {a: {expire: 3 days}}}}", "$.buckets.files.prefixes.a"),
        ("buckets: {files: {abort_uploads: 7}}", "$.buckets.files.abort_uploads"),
        ("account: '12'", "$.account"),
        ("region: null", "$.region"),
    ],
)
def test_it_refuses_what_the_loader_refuses(body: str, path: str) -> None:
    """Unknown keys, wrong words, missing fields and wrong types are found, at their place."""
    assert refusals(body) == [path]


@pytest.mark.parametrize(
    ("delta", "paths"),
    [
        ("{protect: true, buckets: {files: {versioning: null, prefixes: {a: {expire: 3 days}}}}}", []),
        ("{buckets: {files: null, more: {encryption: {bucket_key: false}}}}", []),
        ("{tags: {team: null}, transfer: {concurrency: 2}}", []),
        ("null", []),
        ("{buckets: {files: {versioning: perhaps}}}", ["$.environments.dev"]),
        ("{project: other}", ["$.environments.dev"]),
        ("{exemptions: [{rule: some-rule}]}", ["$.environments.dev"]),
    ],
)
def test_an_environment_may_say_any_part_or_null(delta: str, paths: list[str]) -> None:
    """In a delta nothing is required and everything can be removed, but lists are whole."""
    data = value(f"project: demo\nenvironments: {{dev: {delta}}}\n")
    assert [error.json_path for error in VALIDATOR.iter_errors(data)] == paths
