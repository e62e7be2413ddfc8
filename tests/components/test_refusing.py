"""Does the program refuse to deploy access that cannot be granted as it is declared?"""

import logging
from pathlib import Path

import pulumi
import pytest

from bucketwright.plan import Plan
from components.recording import MESSAGES, record
from components.storage import deploy
from tests.components.contracts import of_kind

HEAD = "project: shop\nenvironments: {dev: {}, prod: {account: 111122223333}}\n"
APART = "numbered: {path: 'docs/{number:int}/'}, exports: {path: 'exports/{number:int}/'}"
LEAKY = "numbered: {path: 'docs/{number:int}/'}, deeper: {path: 'docs/x/{number:int}/exports/'}"
READER = "reader: {trusts: lambda.amazonaws.com, read: files/numbered}"
SERVICE = "trail: {service: {name: cloudtrail.amazonaws.com}, write: files/numbered}"
ESCAPES = (
    "dev is not deployed, for its access cannot be granted as declared:\n"
    "  access.reader: listing 'docs/x/' shows keys of files/deeper, which is not granted, and ends where no "
    "Deny can tell it apart; let files/numbered begin otherwise, or grant both\n"
    "bucketwright check --env dev shows them in place"
)


def deployed(folder: Path, prefixes: str, access: str, environment: str = "dev") -> Plan:
    """What the program makes of a contract of one bucket."""
    file = folder / "contract.yaml"
    file.write_text(f"{HEAD}buckets: {{files: {{prefixes: {{{prefixes}}}}}}}\naccess: {{{access}}}\n")
    return record(lambda: deploy(file, environment), project="shop", stack=environment)


def test_sound_access_is_deployed_without_a_word(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing stops a contract whose grants hold."""
    plan = deployed(tmp_path, APART, READER)

    assert set(of_kind(plan, "iam/role:Role")) == {"reader"}
    assert caplog.messages == []


def test_access_that_leaks_is_not_deployed(tmp_path: Path) -> None:
    """The run ends with the finding and the command that shows it, before anything is made."""
    with pytest.raises(pulumi.RunError) as refused:
        deployed(tmp_path, LEAKY, READER)

    assert str(refused.value) == ESCAPES


def test_policies_that_aws_would_refuse_are_not_deployed(tmp_path: Path) -> None:
    """What cannot be written as documents of the allowed size ends the run in the same way."""
    many = {f"p{number}": f"{{path: {'x' * 90}{number}/}}" for number in range(500)}
    prefixes = ", ".join(f"{one}: {path}" for one, path in many.items())
    refs = ", ".join(f"files/{one}" for one in many)

    with pytest.raises(pulumi.RunError) as refused:
        deployed(tmp_path, prefixes, f"reader: {{trusts: lambda.amazonaws.com, read: [{refs}]}}")

    head, told, where = str(refused.value).split("\n")
    assert head.startswith("dev is not deployed")
    assert told.startswith("  access.reader: ")
    assert where == "bucketwright check --env dev shows them in place"


def test_of_many_findings_the_first_are_told(tmp_path: Path) -> None:
    """A page of them helps nobody; how many more there are is said."""
    readers = ", ".join(READER.replace("reader", f"reader-{number}", 1) for number in range(13))

    with pytest.raises(pulumi.RunError) as refused:
        deployed(tmp_path, LEAKY, readers)

    _, *told, more, _ = str(refused.value).split("\n")
    assert len(told) == 10
    assert more == "  and 3 more"


def test_a_grant_that_gives_nothing_is_told_and_deployed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It opens nothing, so it stops nothing: a warning in the preview."""
    with caplog.at_level(logging.WARNING, MESSAGES):
        plan = deployed(tmp_path, APART, f"{READER}, {SERVICE}")

    assert set(of_kind(plan, "s3/bucket:Bucket")) == {"files"}
    [told] = caplog.messages
    assert told.startswith("access.trail: the service is not let in: it could act for anybody; name accounts")


def test_each_environment_is_judged_by_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """With its account known the same service is let in, and nothing is to be told."""
    plan = deployed(tmp_path, APART, f"{READER}, {SERVICE}", "prod")

    assert "cloudtrail" in str(of_kind(plan, "s3/bucketPolicy:BucketPolicy")["files"].inputs["policy"])
    assert caplog.messages == []
