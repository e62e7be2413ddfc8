"""What do the fixes of exposure change, and what do they leave alone?"""

import json
from typing import Final

import pytest

from bucketwright.estate import AccessPointPosture, BucketPosture
from bucketwright.facets.access_point.network import INTERNET
from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.grants import ALL_USERS, AUTHENTICATED_USERS, Grant
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, OPEN, ROLE, account, allow, deny, policy, when
from bucketwright.rules.exposure import (
    access_point_policy_public,
    acl_authenticated_users,
    acl_public_read,
    acl_public_write,
    block_by_account_only,
    bucket_public_access_block,
    bucket_public_read,
    bucket_public_write,
    cors_open,
    latent_public_policy,
    policy_wildcard_principal,
    website_hosting,
)
from bucketwright.rules.rule import Change, Fix

NOWHERE: Final = Estate("live", {})
TIED = when("StringEquals", "aws:SourceVpc", "vpc-1", Sid="Tied")
OPEN_QUESTION = when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1", Sid="OpenQuestion")
LOOSE = when("StringLike", "aws:SourceVpc", "vpc-*", Sid="Loose")
REST = [allow({"AWS": ROLE}, Sid="Reader"), TIED, OPEN_QUESTION, deny(Sid="Everyone")]


def _made(fix: Fix[BucketPosture], estate: Estate = NOWHERE, **facts: object) -> Change:
    return fix.make(BucketPosture("bucket:example", "example", facts), estate)


def _sids(found: object) -> list[str]:
    assert isinstance(found, Policy)
    assert found == policy_of(found.text)
    return [one["Sid"] for one in json.loads(found.text)["Statement"]]


@pytest.mark.parametrize(
    "fix",
    [bucket_public_access_block.close, bucket_public_read.close, bucket_public_write.close],
    ids=["block", "read", "write"],
)
def test_a_bucket_is_closed_altogether(fix: Fix[BucketPosture]) -> None:
    """All four switches, and only with somebody's say."""
    half = PublicAccessBlock(block_acls=False)

    assert _made(fix, public_access_block=half) == Change(
        "bucket:example", "public_access_block", half, CLOSED
    )
    assert not fix.is_safe


def test_what_the_account_closes_is_closed_in_the_bucket() -> None:
    """What the account leaves open stays open, so that nothing changes for anybody."""
    fix = block_by_account_only.close_by_itself
    closed = account(PublicAccessBlock(restrict_buckets=False))
    change = _made(fix, Estate("live", {closed.address: closed}), public_access_block=OPEN)

    assert change.after == PublicAccessBlock(restrict_buckets=False)
    assert fix.is_safe


@pytest.mark.parametrize(
    ("fix", "kept"),
    [
        (acl_public_read.withdraw, {(ALL_USERS, "WRITE"), (AUTHENTICATED_USERS, "READ")}),
        (acl_public_write.withdraw, {(ALL_USERS, "READ"), (AUTHENTICATED_USERS, "READ")}),
        (acl_authenticated_users.withdraw, {(ALL_USERS, "READ"), (ALL_USERS, "WRITE")}),
    ],
    ids=["reading", "writing", "other customers"],
)
def test_of_an_acl_only_the_offending_grants_go(fix: Fix[BucketPosture], kept: set[tuple[str, str]]) -> None:
    """The owner's and those that another rule is about stay."""
    grants = {Grant(ALL_USERS, "READ"), Grant(ALL_USERS, "WRITE"), Grant(AUTHENTICATED_USERS, "READ")}
    change = _made(fix, acl=FRESH | grants)

    assert (change.fact, change.after) == ("acl", FRESH | {Grant(*one) for one in kept})
    assert not fix.is_safe


def test_statements_for_everybody_go() -> None:
    """The others stay as they were written, those too that another rule is about."""
    fix = policy_wildcard_principal.drop
    given = policy(allow(Sid="Open"), *REST, LOOSE, when("Bool", "aws:SecureTransport", "true"))
    change = _made(fix, policy=given)

    assert (change.fact, change.before, change.after) == ("policy", given, policy(*REST, LOOSE))
    assert _sids(change.after) == ["Reader", "Tied", "OpenQuestion", "Everyone", "Loose"]
    assert not fix.is_safe


def test_public_statements_go_whatever_makes_them_public() -> None:
    """A Deny for everybody is none."""
    fix = latent_public_policy.drop
    negated = allow(None, NotPrincipal={"AWS": ROLE})
    change = _made(fix, policy=policy(allow(), *REST, LOOSE, negated))

    assert change.fact == "policy"
    assert _sids(change.after) == ["Reader", "Tied", "OpenQuestion", "Everyone"]
    assert not fix.is_safe


def test_an_access_point_loses_what_is_public_at_an_access_point() -> None:
    """A pattern of access points does not tie there."""
    fix = access_point_policy_public.drop
    point = when("StringLike", "s3:DataAccessPointArn", "arn:aws:s3:us-west-2:111122223333:accesspoint/*")
    given = policy(allow(), *REST, point)
    change = fix.make(
        AccessPointPosture("access_point:door", "door", {"policy": given, "network": INTERNET}), NOWHERE
    )

    assert (change.address, change.fact) == ("access_point:door", "policy")
    assert _sids(change.after) == ["Reader", "Tied", "OpenQuestion", "Everyone"]
    assert not fix.is_safe


def test_a_policy_of_which_nothing_is_left_goes() -> None:
    """Also where its only statement is not in a list; and where there is none, there is still none."""
    alone = policy_of(json.dumps({"Id": "x", "Statement": allow()}))
    point = AccessPointPosture("access_point:door", "door", {"policy": None})

    for fix in (policy_wildcard_principal.drop, latent_public_policy.drop):
        assert _made(fix, policy=alone).after is None
        assert _made(fix, policy=None).after is None
    assert access_point_policy_public.drop.make(point, NOWHERE).after is None


def test_what_is_left_of_a_policy_keeps_its_name_and_its_references() -> None:
    """An ARN that stands for something declared still does."""
    arn = "arn:aws:cloudfront::111122223333:distribution/E1ABCDEFGHIJ"
    served = allow({"Service": "cloudfront.amazonaws.com"}, Condition={"ArnLike": {"AWS:SourceArn": arn}})
    text = {"version": "2012-10-17", "Id": "mine", "Statement": [served, allow()]}
    given = policy_of(json.dumps(text), {arn: "distribution:files"}.get)
    after = _made(policy_wildcard_principal.drop, policy=given).after

    assert isinstance(after, Policy)
    assert json.loads(after.text) == {"Version": "2012-10-17", "Id": "mine", "Statement": [served]}
    assert after == policy_of(after.text, {arn: "distribution:files"}.get)
    assert "distribution/{files}" in repr(after.document)


def test_sound_rules_of_cors_stay() -> None:
    """Only those that let in strangers go."""
    sound = CorsRule(("https://app.example.com",), ("PUT",), ("*",))
    reading = CorsRule(("*",), ("GET",))
    change = _made(cors_open.drop, cors=(sound, CorsRule(("*",), ("PUT",)), reading))

    assert (change.fact, change.after) == ("cors", (sound, reading))
    assert not cors_open.drop.is_safe


def test_a_web_site_ends() -> None:
    """Nothing else does."""
    change = _made(website_hosting.stop, website="any")

    assert (change.fact, change.after) == ("website", None)
    assert not website_hosting.stop.is_safe
