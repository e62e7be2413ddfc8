"""The JSON Schema of a contract: shipped as generated, whole, and about as strict as the loader."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import bucketwright.contract
from bucketwright.contract.composing import compose
from bucketwright.contract.schema import DIALECT, IDENTIFIER, document, schema
from tests.contract.schema_cases import VALIDATOR

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


def objects(part: object) -> Iterator[dict[str, object]]:
    """Every object schema in a schema."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for below in part.values():
            yield from objects(below)
    elif isinstance(part, list):
        for below in part:
            yield from objects(below)


def test_the_shipped_file_is_the_generated_one() -> None:
    """Nobody edits the schema by hand, and nobody forgets to make it anew."""
    assert SHIPPED.read_text() == document()


def test_the_module_prints_the_schema() -> None:
    """`python -m bucketwright.contract.schema` writes what is shipped."""
    command = [sys.executable, "-m", "bucketwright.contract.schema"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == document()  # noqa: S603


def test_the_schema_is_valid_and_has_its_name() -> None:
    """It follows its own dialect, and says which version it is."""
    VALIDATOR.check_schema(schema())
    assert (schema()["$schema"], schema()["$id"]) == (DIALECT, IDENTIFIER)
    assert json.loads(document()) == schema()


def test_no_object_takes_unknown_keys() -> None:
    """Every mapping of a contract is closed, or open by design with typed values."""
    assert [part for part in objects(schema()) if part.get("additionalProperties") in (None, True)] == []


def test_what_can_be_described_is() -> None:
    """Every setting has its description, for readers of text and of Markdown."""
    bare = [
        f"{name}.{key}"
        for name, part in schema()["$defs"].items()
        for key, setting in part.get("properties", {}).items()
        if "$ref" not in setting.get("anyOf", [setting])[0]
        and not (setting.get("description") and setting["description"] == setting["markdownDescription"])
    ]
    assert bare == []


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
