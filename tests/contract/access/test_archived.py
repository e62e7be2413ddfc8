"""Who may have an object restored from an archive: whoever reads it there, and nobody else?"""

import json
from collections.abc import Mapping

import pytest

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.matrix import access_matrix
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.model import Environment
from tests.contract.access.environments import PARTNER, environment
from tests.contract.access.holders import ARN
from tests.contract.access.oracle import allows

Data = Mapping[str, object]
RESTORE = "s3:RestoreObject"
LAMBDA = {"trusts": "lambda.amazonaws.com"}
GLACIER = {"archive": {"after": "90 days", "to": "glacier"}}
TIERED = {"archive": {"after": "30 days", "to": "intelligent-tiering"}}
TIERS = {"archive": "90 days"}


def subject(prefix: Data, bucket: Data | None = None, grants: Data | None = None) -> Environment:
    """A bucket with an old prefix of these settings and a plain one, and somebody with these grants."""
    prefixes = {"old": {"path": "old/{n:int}/", **prefix}, "plain": {"path": "plain/"}}
    return environment(
        buckets={"files": {"versioning": "enabled", **(bucket or {}), "prefixes": prefixes}},
        access={"app": {**LAMBDA, **(grants or {"read": ["files/old", "files/plain"]})}},
    )


def restores(asked: Environment, key: str = "old/1/x") -> bool:
    policies = [json.loads(json.dumps(one)) for one in role_policies(asked, "app")]
    return allows(policies, {"action": RESTORE, "resource": f"{ARN}/{key}"})


@pytest.mark.parametrize(
    ("prefix", "bucket", "expected"),
    [
        pytest.param(GLACIER, {}, True, id="moves to glacier"),
        pytest.param({"archive": {"after": "180 days", "to": "deep-archive"}}, {}, True, id="deep archive"),
        pytest.param(
            {"archive": [{"after": "30 days", "to": "standard-ia"}, {"after": "90 days", "to": "glacier"}]},
            {},
            True,
            id="glacier at last",
        ),
        pytest.param({"noncurrent": GLACIER}, {}, True, id="old versions move"),
        pytest.param({"delivery": "archive"}, {}, True, id="delivered from an archive"),
        pytest.param(TIERED, {"intelligent_tiering": TIERS}, True, id="archive tiers for all"),
        pytest.param(
            TIERED, {"intelligent_tiering": {**TIERS, "prefixes": ["old"]}}, True, id="archive tiers for it"
        ),
        pytest.param(
            TIERED, {"intelligent_tiering": {**TIERS, "prefixes": ["plain"]}}, False, id="tiers for another"
        ),
        pytest.param(TIERED, {}, False, id="no archive tiers"),
        pytest.param({}, {"intelligent_tiering": TIERS}, False, id="tiers, and nothing moves there"),
        pytest.param({"archive": {"after": "30 days", "to": "glacier-ir"}}, {}, False, id="read at once"),
        pytest.param({"archive": {"after": "30 days", "to": "standard-ia"}}, {}, False, id="rarely read"),
        pytest.param({"expire": "7 days"}, {}, False, id="never moves"),
    ],
)
def test_readers_of_an_archive_may_restore(prefix: Data, bucket: Data, expected: bool) -> None:
    """On the archived prefix, and in no case on the plain one beside it."""
    asked = subject(prefix, bucket)

    assert restores(asked) == expected
    assert not restores(asked, "plain/x")
    assert [row.restores for row in access_matrix(asked)] == [expected, False]


@pytest.mark.parametrize("verb", ["list", "write", "delete"])
def test_other_verbs_restore_nothing(verb: str) -> None:
    """A restore is for who reads; writing or listing asks for none."""
    asked = subject(GLACIER, grants={verb: "files/old"})

    assert not restores(asked)
    assert not any(row.restores for row in access_matrix(asked))


def test_who_reads_the_whole_bucket_restores_its_archives_alone() -> None:
    """`files/*` names no prefix, and still only the archived one is restored."""
    asked = subject(GLACIER, grants={"read": "files/*"})

    assert restores(asked)
    assert not restores(asked, "plain/x")


@pytest.mark.parametrize(
    ("storage_class", "expected"),
    [
        pytest.param("deep-archive", True, id="copies in an archive"),
        pytest.param("glacier-ir", False, id="copies at hand"),
    ],
)
def test_copies_that_arrive_in_an_archive_are_restored(storage_class: str, expected: bool) -> None:
    """The bucket that receives them says nothing of an archive; the one that sends them does."""
    bucket = {"versioning": "enabled", "prefixes": {"docs": {"path": "docs/"}}}
    sends = {**bucket, "replication": {"to": "files", "storage_class": storage_class}}
    asked = environment(
        buckets={"files": bucket, "more": sends},
        access={"app": {**LAMBDA, "read": ["files/docs", "more/docs"]}},
    )

    assert restores(asked, "docs/x") == expected
    assert [row.restores for row in access_matrix(asked)] == [expected, False]


def test_a_deny_takes_restoring_with_reading() -> None:
    """Where a pattern crosses another prefix, its keys are neither read nor restored."""
    prefixes = {
        "old": {"path": "c/{n:int}/old/", **GLACIER},
        "docs": {"path": "c/{n:int}/docs/", **GLACIER},
    }
    asked = environment(
        buckets={"files": {"prefixes": prefixes}}, access={"app": {**LAMBDA, "read": "files/old"}}
    )

    assert restores(asked, "c/1/old/x")
    assert not restores(asked, "c/1/docs/old/x")


def test_another_account_restores_what_it_reads() -> None:
    """The bucket's policy says so, tied to the account like the read itself."""
    visitor = {"principals": f"arn:aws:iam::{PARTNER}:role/reader", "read": "files/old", "trusts": ()}
    document = json.loads(json.dumps(bucket_policy(subject(GLACIER, grants=visitor), "files")))
    (restoring,) = (one for one in document["Statement"] if one["Action"] == RESTORE)

    assert restoring["Resource"] == f"{ARN}/old/*/*"
    assert restoring["Condition"] == {"StringEquals": {"aws:PrincipalAccount": PARTNER}}
