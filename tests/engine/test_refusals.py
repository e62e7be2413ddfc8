"""What is wrong ends the engine's run with a line that says so, before anything is made."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pulumi
import pytest
from pulumi.automation import Stack
from pulumi.automation.errors import CommandError
from pulumi_aws import s3

from components.storage import deploy
from sandbox.accounts import NOBODY
from sandbox.engine import engine_environment, engine_stack, opened, own_program
from sandbox.program_runs import Runs
from sandbox.provider.double import serving_double
from sandbox.server import Server

pytestmark = pytest.mark.engine

UNSOUND = """\
project: shop
region: us-west-2
environments: {dev: {}}
buckets:
  files: {versionning: enabled, encryption: kmss}
"""
UNSOUND_TOLD = (
    "contract.yaml:5:11: buckets.files.versionning: unknown key 'versionning'",
    "= help: did you mean 'versioning'?",
    "contract.yaml:5:45: buckets.files.encryption: 'kmss' is not allowed",
    "= allowed: s3, kms, dsse",
)
LEAKY = """\
project: shop
region: us-west-2
environments: {dev: {}}
buckets:
  files:
    prefixes:
      numbered: {path: "docs/{number:int}/"}
      deeper: {path: "docs/x/{number:int}/exports/"}
access: {reader: {trusts: lambda.amazonaws.com, read: files/numbered}}
"""


@pytest.fixture(scope="module")
def stack(sandbox: Server, engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that is only ever previewed."""
    with engine_stack(sandbox, tmp_path_factory.mktemp("engine"), engine, "nowhere", {}) as opened_stack:
        yield opened_stack


def ending(operation: Callable[[], object]) -> str:
    """What the engine says when an operation fails; no traceback is part of it."""
    with pytest.raises(CommandError) as failed:
        operation()
    said = str(failed.value)
    assert "Traceback" not in said
    return said


def test_a_contract_that_does_not_check_is_told_with_its_lines(
    stack: Stack, runs: Runs, tmp_path: Path
) -> None:
    """All that is wrong with it, where, and what would be right."""
    contract = tmp_path / "contract.yaml"
    contract.write_text(UNSOUND)

    said = ending(lambda: stack.preview(program=runs.of(lambda: deploy(contract, "dev"))))

    assert [line for line in UNSOUND_TOLD if line not in said] == []


def test_access_that_leaks_is_told_before_anything_is_made(stack: Stack, runs: Runs, tmp_path: Path) -> None:
    """The contract loads, and its `check` fails: the finding, and where to see it."""
    contract = tmp_path / "contract.yaml"
    contract.write_text(LEAKY)

    said = ending(lambda: stack.preview(program=runs.of(lambda: deploy(contract, "dev"))))

    assert "error: dev is not deployed, for its access cannot be granted as declared:" in said
    assert "access.reader: listing 'docs/x/' shows keys of files/deeper" in said
    assert "bucketwright check --env dev" in said


def test_a_contract_that_is_not_there_is_named(stack: Stack, runs: Runs, tmp_path: Path) -> None:
    """The file that was looked for."""
    missing = tmp_path / "contract.yaml"

    said = ending(lambda: stack.preview(program=runs.of(lambda: deploy(missing, "dev"))))

    assert f"error: {missing}: there is no such file" in said


def test_a_stack_that_no_environment_has_is_told_which_there_are(stack: Stack) -> None:
    """The project's own program, in a stack whose name is none of the contract's."""
    said = ending(stack.preview)

    assert "error: contract.yaml has no environment 'nowhere'; it has: dev, staging, prod" in said


def raw(type_: str, inputs: dict[str, object]) -> None:
    """Register a resource without the SDK's class, which would know better."""
    bucket = s3.Bucket("bucket", bucket="refusals")
    pulumi.CustomResource(type_, "raw", {"bucket": bucket.id, **inputs})


@pytest.mark.parametrize(
    ("type_", "inputs", "told"),
    [
        pytest.param(
            "aws:s3/bucketVersioning:BucketVersioning",
            {"versioningConfiguration": {"status": "Enabled"}, "mfaa": "1 2"},
            "mfaa is no property here; did you mean mfa?",
            id="a property misspelt",
        ),
        pytest.param(
            "aws:s3/bucketVersioning:BucketVersioning",
            {"versioningConfiguration": {"status": "Enabled", "mfaDeletes": "Disabled"}},
            "versioningConfiguration.mfaDeletes is no property here; did you mean mfaDelete?",
            id="a nested property misspelt",
        ),
        pytest.param(
            "aws:s3/bucketVersioning:BucketVersioning",
            {"versioningConfiguration": [{"status": "Enabled"}]},
            "versioningConfiguration must be a mapping, not a list",
            id="another nesting",
        ),
        pytest.param(
            "aws:s3/bucketVersionings:BucketVersionings",
            {},
            "is not a type of pulumi-aws",
            id="a type that is none",
        ),
    ],
)
def test_inputs_that_the_sdk_does_not_know_are_refused(
    stack: Stack, runs: Runs, type_: str, inputs: dict[str, object], told: str
) -> None:
    """The double takes nothing that the classes of pulumi_aws would not send."""
    said = ending(lambda: stack.preview(program=runs.of(lambda: raw(type_, inputs))))

    assert told in said


def test_the_same_inputs_spelt_right_are_taken(stack: Stack) -> None:
    """A raw registration is no fault by itself."""
    inputs: dict[str, object] = {"versioningConfiguration": {"status": "Enabled"}}

    found = stack.preview(program=lambda: raw("aws:s3/bucketVersioning:BucketVersioning", inputs))

    assert found.change_summary == {"create": 3}


@pytest.mark.parametrize("operation", [Stack.preview, Stack.up], ids=["preview", "up"])
def test_credentials_of_another_account_are_refused(
    operation: Callable[[Stack], object], aws: Server, engine: Path, runs: Runs, tmp_path: Path
) -> None:
    """The program allows the account of its environment alone, so dev's stack makes nothing in staging's."""
    with serving_double(aws, account=NOBODY, region="us-west-2", holder="444455556666") as port:
        variables = engine_environment(aws, tmp_path, port)
        dev = opened(tmp_path, engine, "dev", variables, runs.of(own_program))
        said = ending(lambda: operation(dev))

    assert "AWS account 444455556666 is not allowed: the provider is for 111122223333" in said
    assert aws.buckets() == []
