"""Which calls set a bucket's settings, what they leave alone, and what no call can do."""

import json
from collections.abc import Mapping

import pytest

from bucketwright.facets.bucket import (
    abac,
    acl,
    blocks_sse_c,
    encryption,
    mfa_delete,
    object_lock,
    policy,
    tags,
    versioning,
)
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.facets.writing import Site, Unsettable
from sandbox.server import Server
from tests.facets.bucket.live_bucket import Live, made
from tests.facets.live import bucket, sent
from tests.facets.plans import resolve


def test_what_is_blocked_is_not_set_over_a_default_that_is_not_known(server: Server) -> None:
    """It would be lost; the default alone leaves what is blocked as it was."""
    live = made(server)
    live.set(encryption, Encryption(), Encryption("aws:kms"))

    with pytest.raises(Unsettable, match="is not known"):
        live.set(blocks_sse_c, True, False)
    assert live.read(blocks_sse_c) is True
    assert live.read(encryption) == Encryption("aws:kms")


def test_tags_that_aws_put_there_are_never_touched(server: Server) -> None:
    """They are no part of any call, whether they are wanted or not; others' stay where they are kept."""
    live = made(server)
    live.call(
        "PutBucketTagging",
        Tagging={"TagSet": [{"Key": "theirs", "Value": "1"}, {"Key": "ours", "Value": "1"}]},
    )
    before = {**tags_of(live), "aws:cloudformation:stack-name": "x"}
    writes = [
        *tags.to_api(before, tags.keeping(before, {"ours": "2"}), live.site()),
        *tags.to_api({"ours": "2"}, {"ours": "3", "aws:a": "y"}, live.site()),
    ]
    sent(live.send, writes)

    assert "aws:" not in json.dumps([write.call.params for write in writes]).replace("arn:aws:", "")
    assert tags_of(live) == {"theirs": "1", "ours": "3"}
    assert tags.to_api(before, {"theirs": "1", "ours": "1"}, live.site()) == ()


def tags_of(live: Live) -> dict[str, str]:
    told = live.read(tags)
    assert isinstance(told, Mapping)
    return dict(told)


def test_tags_are_set_where_they_decide_access(server: Server) -> None:
    """S3 then refuses the call that puts all of them at once."""
    live = made(server)
    live.set(abac, False, True)
    live.set(tags, {}, {"team": "files"})

    assert tags_of(live) == {"team": "files"}


@pytest.mark.parametrize(
    ("region", "arn"),
    [("cn-north-1", "arn:aws-cn:s3:::b"), ("us-gov-west-1", "arn:aws-us-gov:s3:::b"), ("", "arn:aws:s3:::b")],
)
def test_tags_are_put_on_a_bucket_of_its_partition(region: str, arn: str) -> None:
    """By its ARN, and the account that owns it; first goes what is no longer wanted, for there is a limit."""
    writes = tags.to_api({"a": "1", "b": "2"}, {"b": "3"}, Site(bucket("b", region), resolve))

    assert [(write.call.operation, write.permission) for write in writes] == [
        ("UntagResource", "s3:UntagResource"),
        ("TagResource", "s3:TagResource"),
    ]
    assert {(one.call.params["ResourceArn"], one.call.params["AccountId"]) for one in writes} == {
        (arn, "123456789012")
    }


def test_what_s3_cannot_take_back_is_said() -> None:
    """No call is made up that would do something else."""
    site = Site(bucket("files"), resolve)

    with pytest.raises(Unsettable, match="it can suspend it"):
        versioning.to_api("Enabled", "Disabled", site)
    with pytest.raises(Unsettable, match="its default can be removed"):
        object_lock.to_api(ObjectLock(True), ObjectLock(), site)
    with pytest.raises(Unsettable, match="GetBucketAcl tells it"):
        acl.to_api(acl.FRESH, frozenset({Grant(ALL_USERS, "WRITE_ACP")}), site)


def test_an_acl_with_a_name_is_set_by_it() -> None:
    """It says what is meant, nobody's id is needed, and names that are for objects are not used."""
    writes = [acl.to_api(frozenset(), grants, Site(bucket("b"), resolve)) for grants in acl.CANNED.values()]

    assert [one[0].call.params["ACL"] for one in writes] == [
        "private", "private", "private", "public-read", "public-read-write", "authenticated-read",
        "aws-exec-read", "log-delivery-write",
    ]  # fmt: skip


def test_an_email_is_spelled_out(server: Server) -> None:
    """A plan may name somebody so; S3 knows the user by it."""
    grants = frozenset({Grant("email:a@b.example", "READ")})
    (write,) = acl.to_api(acl.FRESH, grants, made(server).site())

    assert "'Type': 'AmazonCustomerByEmail', 'EmailAddress': 'a@b.example'" in str(write.call.params)


def test_mfa_delete_is_read_and_never_set(server: Server) -> None:
    """Its call needs the device of the root user."""
    live = made(server)
    state = {"Status": "Enabled", "MFADelete": "Enabled"}
    live.call("PutBucketVersioning", MFA="serial 123456", VersioningConfiguration=state)

    assert live.read(mfa_delete) is True
    assert live.read(versioning) == "Enabled"
    assert not hasattr(mfa_delete, "to_api")


def test_what_others_put_into_a_policy_stays(server: Server) -> None:
    """Theirs is there after ours was set, in one document, and what was there of ours is gone."""
    live = made(server)
    theirs = statement(live, "Theirs", {"AWS": "210987654321"})
    sent(live.send, policy.to_api(None, text(statement(live, "Ours", "*"), theirs), live.site()))
    before = live.read(policy)
    assert isinstance(before, Policy)
    ours = text(statement(live, "Ours", {"AWS": "111122223333"}))
    live.set(policy, before, policy.keeping(before, ours))

    assert live.read(policy) == text(theirs, statement(live, "Ours", {"AWS": "111122223333"}))


def statement(live: Live, sid: str, principal: object) -> dict[str, object]:
    resource = f"arn:aws:s3:::{live.name}/*"
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": resource,
    }


def text(*statements: Mapping[str, object]) -> Policy:
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))


def test_keeping_a_policy_where_one_of_the_two_is_none() -> None:
    """Nothing of anybody's is lost; nothing is made up."""
    some = policy_of('{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}')

    assert policy.keeping(None, some) is some
    assert policy.keeping(some, None) is some
    assert policy.keeping(None, None) is None
