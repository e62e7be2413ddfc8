"""What the policy pack stops, and when: in a preview, in an update after one, and in one without."""

import json
import os
from pathlib import Path
from typing import Final

import pulumi
import pytest
from pulumi_aws import s3

from policies.alone import sayers
from policies.pack import EXEMPTED, NOT_EVALUATED
from sandbox.accounts import NOBODY
from sandbox.engine import ROOT, engine_environment, own_program
from sandbox.program_runs import Runs
from sandbox.provider.double import serving_double
from sandbox.server import Server
from tests.engine.command_line import hosted
from tests.engine.packed import PACK, CommandLine, packed_stack, preview, project_in, update

pytestmark = pytest.mark.engine

ALONE: Final = {
    "acl-public-read",
    "policy-foreign-dangerous-action",
    "policy-unknown-account",
    "policy-wildcard-action",
    "policy-wildcard-principal",
    "website-hosting",
}
TOGETHER: Final = {"bucket-public-access-block", "bucket-public-read", "bucket-public-write", "tls-only"}
"""What the program breaks: rules of one resource, and rules of several."""
EXAMPLE: Final = ROOT / "stacks" / "contract.yaml"


def wide_open() -> None:
    """A bucket that anybody may read and change."""
    account = s3.AccountPublicAccessBlock(
        "account",
        block_public_acls=False,
        block_public_policy=False,
        ignore_public_acls=False,
        restrict_public_buckets=False,
    )
    bucket = s3.Bucket("files", bucket="shop-files", tags={"bucketwright:address": "bucket:files"})
    block = s3.BucketPublicAccessBlock(
        "files",
        bucket=bucket.id,
        block_public_acls=False,
        block_public_policy=False,
        ignore_public_acls=False,
        restrict_public_buckets=False,
    )
    writers = s3.BucketOwnershipControls("files", bucket=bucket.id, rule={"object_ownership": "ObjectWriter"})
    after = pulumi.ResourceOptions(depends_on=[account, block, writers])
    s3.BucketAcl("files", bucket=bucket.id, acl="public-read", opts=after)
    arn = "arn:aws:s3:::shop-files"
    anybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": [arn, f"{arn}/*"]}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [anybody]})
    s3.BucketPolicy("files", bucket=bucket.id, policy=policy, opts=after)
    s3.BucketWebsiteConfiguration("files", bucket=bucket.id, index_document={"suffix": "i"}, opts=after)


def exempting(rules: set[str]) -> str:
    """A contract that exempts the bucket from these rules."""
    said = [
        {"rule": one, "reason": "shown to everybody", "owner": "web", "expires": "2026-12-31"}
        | ({} if one.startswith("account-") else {"bucket": "files"})
        for one in sorted(rules)
    ]
    contract = {"project": "shop", "environments": {"dev": {}}, "buckets": {"files": {}}, "exemptions": said}
    return json.dumps(contract)


def test_a_preview_names_all_that_is_broken_and_exemptions_let_it_pass(
    aws: Server, engine: Path, runs: Runs, tmp_path: Path
) -> None:
    """Ten rules, each by its id, some of one resource and some of several; then each exemption instead."""
    project = project_in(tmp_path)

    with packed_stack(aws, engine, tmp_path, runs.of(wide_open)) as stack:
        found = preview(stack)
        broken = found.of("mandatory")
        (project / "contract.yaml").write_text(exempting(broken))
        exempted = preview(stack)

    assert {one for one in broken if one in sayers()} >= ALONE
    assert {one for one in broken if one not in sayers()} >= TOGETHER
    assert not found.passed
    assert exempted.passed
    assert exempted.of("mandatory") == set()
    assert {one.split("exempted: ")[1].split()[0] for one in exempted.by(EXEMPTED)} == broken
    assert all("until 2026-12-31, web: shown to everybody" in one for one in exempted.by(EXEMPTED))
    assert aws.buckets() == []


def test_an_update_without_a_preview_stops_before_what_a_resource_breaks(
    aws: Server, engine: Path, runs: Runs, tmp_path: Path
) -> None:
    """The resource that breaks a rule alone is not made; what came before it is."""
    project_in(tmp_path, exempting({"account-public-access-block"}))

    with packed_stack(aws, engine, tmp_path, runs.of(wide_open)) as stack:
        found = update(stack)

    s3_client = aws.clients(account=NOBODY, region="us-east-1").client("s3")
    assert not found.passed
    assert found.of("mandatory") <= set(sayers())
    assert found.of("mandatory") & ALONE
    assert [one["name"] for one in aws.buckets()] == ["shop-files"]
    with pytest.raises(s3_client.exceptions.ClientError, match="NoSuchBucketPolicy"):
        s3_client.get_bucket_policy(Bucket="shop-files")
    with pytest.raises(s3_client.exceptions.ClientError, match="NoSuchWebsiteConfiguration"):
        s3_client.get_bucket_website(Bucket="shop-files")


def test_an_update_without_a_preview_fails_after_what_several_break(
    aws: Server, engine: Path, runs: Runs, tmp_path: Path
) -> None:
    """All is made by then, and the update fails: that is why nobody leaves the preview out."""
    project_in(tmp_path, exempting(set(sayers())))

    with packed_stack(aws, engine, tmp_path, runs.of(wide_open)) as stack:
        found = update(stack)

    s3_client = aws.clients(account=NOBODY, region="us-east-1").client("s3")
    assert not found.passed
    assert found.of("mandatory") >= TOGETHER
    assert found.of("mandatory").isdisjoint(sayers())
    assert s3_client.get_bucket_website(Bucket="shop-files")["IndexDocument"] == {"Suffix": "i"}


def test_our_own_stack_passes_and_stays_so(aws: Server, engine: Path, runs: Runs, tmp_path: Path) -> None:
    """New, it keeps every rule; later, one line says what the program leaves open of what is there."""
    project_in(tmp_path, EXAMPLE.read_text())

    with packed_stack(aws, engine, tmp_path, runs.of(own_program)) as stack:
        made, later = update(stack), preview(stack)

    assert made.passed
    assert made.said == ()
    assert later.passed
    assert [(level, policy) for level, policy, _, _ in later.said] == [("advisory", NOT_EVALUATED)]
    assert "bucket files: " in later.by(NOT_EVALUATED)[0]


def test_the_command_line_previews_first(aws: Server, engine: Path, tmp_path: Path) -> None:
    """`pulumi up` ends with its preview, and nothing is made; a sound program passes."""
    project = project_in(tmp_path)
    program = project / "__main__.py"
    program.write_text(
        "from pulumi_aws import s3\n"
        "bucket = s3.Bucket('files', bucket='shop-files')\n"
        "s3.BucketWebsiteConfiguration('files', bucket=bucket.id, index_document={'suffix': 'i'})\n"
    )
    with serving_double(aws, account=NOBODY, region="us-east-1") as port:
        variables = hosted(tmp_path, {**os.environ, **engine_environment(aws, tmp_path, port)})
        run = CommandLine(engine, project, variables)
        assert run("stack", "init", "dev").passed
        stopped = run("up", "--yes", "--policy-pack", PACK)
        levels = tmp_path / "levels.json"
        levels.write_text(json.dumps({"all": "disabled", "website-hosting": "advisory"}))
        passed = run("up", "--yes", "--policy-pack", PACK, "--policy-pack-config", str(levels))

    assert not stopped.passed
    assert stopped.of("mandatory") == {"website-hosting", "tls-only"}
    assert "no contract is found, so the usual terms hold" in stopped.text
    assert passed.passed, passed.text
    assert {(level, policy) for level, policy, _, _ in passed.said} == {("advisory", "website-hosting")}
    assert [one["name"] for one in aws.buckets()] == ["shop-files"]
