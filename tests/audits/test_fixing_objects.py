"""Is nothing planned for an object but what still ends the finding by the time it is planned?"""

from collections.abc import Mapping
from typing import Final

import pytest

from audits.fixing import Left
from audits.fixing_objects import Planned, Within, plan_one
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.grants import ALL_USERS, Grant
from bucketwright.findings import finding_of
from bucketwright.judging import Judgement
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules import catalogue
from bucketwright.rules.example_access import OPEN as NOT_BLOCKED
from bucketwright.rules.example_access import account
from bucketwright.verdicts import Fails
from tests.audits.fixing_model import OWNER, ground

BYTES: Final = "binary/octet-stream"
OLD: Final = ObjectPosture(
    "object:shop/a.png@v1",
    "a.png",
    {
        "key": "a.png",
        "version_id": "v1",
        "is_latest": False,
        "content_type": BYTES,
        "etag": '"old"',
        "bucket": "bucket:shop",
        "size": 9,
    },
)


CURRENT: Final = ObjectPosture(
    "object:shop/a.png", "a.png", {**OLD.facts, "version_id": "v2", "is_latest": True, "is_newest": True}
)


def copied(head: Mapping[str, object], *, deletes: bool, **facts: object) -> Planned:
    """What is planned for a current object whose type is wrong."""
    estate = Estate("live", {CURRENT.address: CURRENT})
    rule = catalogue()["object-content-type-default"]
    verdict = rule.verdict(CURRENT, estate)
    assert isinstance(verdict, Fails)
    judgement = Judgement(rule, CURRENT, verdict)
    usual = {"ETag": '"old"', "ContentLength": 9, "ContentType": BYTES, "Metadata": {}}

    def read(call: Call) -> Outcome:
        if call.operation == "GetObjectAcl":
            return Answer({"Owner": {"ID": OWNER}, "Grants": []})
        if call.params.get("VersionId") == "null":
            return Failure("gone", "404")
        return Answer({**usual, **head} if call.operation == "HeadObject" else {"TagSet": []})

    within = Within(ground(**facts), estate, str, read, delete_old=deletes)
    [one] = plan_one(CURRENT, [(judgement, finding_of(judgement))], within)
    assert isinstance(one, Planned)
    return one


BUCKET: Final = BucketPosture(
    "bucket:shop", "shop", {"ownership": "ObjectWriter", "public_access_block": NOT_BLOCKED}
)
ACCOUNT: Final = account(NOT_BLOCKED)
OWNERS: Final = {"Grantee": {"ID": OWNER}, "Permission": "FULL_CONTROL"}
HELD: Final = {"ObjectLockLegalHoldStatus": "ON"}
LOCKED: Final = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": "2030-01-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    ("head", "versions", "deletes", "expected"),
    [
        ({"VersionId": "v2"}, "Enabled", True, "v2"),
        ({"VersionId": "null"}, "Enabled", True, "null"),
        ({"VersionId": "v2"}, "Suspended", True, "v2"),
        ({"VersionId": "v2"}, "", True, "v2"),
        ({"VersionId": "v2"}, "Enabled", False, ""),
        ({"VersionId": "null"}, "Suspended", True, ""),
        ({}, "Disabled", True, ""),
        ({"VersionId": "v2", **LOCKED}, "Enabled", True, ""),
        ({"VersionId": "v2", **HELD}, "Enabled", True, ""),
    ],
    ids=[
        "a version", "one put before there were any", "one put before they were suspended",
        "nobody knows whether versions are kept", "nothing is to be deleted", "the copy overwrites it",
        "no versions", "locked", "held",
    ],
)  # fmt: skip
def test_which_version_goes_with_the_copy(
    head: Mapping[str, object], versions: str, deletes: bool, expected: str
) -> None:
    """That which the copy takes the place of, where older versions may be deleted and it can be."""
    one = copied(head, deletes=deletes, versions=versions)
    removals = [write.call.params["VersionId"] for write in one.writes[1:]]

    assert one.fix.replaced == expected
    assert removals == ([expected] if expected else [])
    assert ("is deleted then" in one.fix.beside) == bool(expected)


@pytest.mark.parametrize(
    ("version", "versions", "expected"),
    [
        ("v2", "Enabled", "v2"),
        (None, "Enabled", "null"),
        (None, "Suspended", "null"),
        (None, "Disabled", None),
    ],
    ids=["a version", "put before there were any", "put since there are none more", "no versions"],
)
def test_an_acl_is_set_of_the_version_that_was_looked_at(
    version: str | None, versions: str, expected: str | None
) -> None:
    """What somebody puts under the key between the look and the call is another, and not meant."""
    one = ObjectPosture(
        CURRENT.address,
        "a.png",
        {**CURRENT.facts, "version_id": version, "acl": FRESH | {Grant(ALL_USERS, "READ")}},
    )
    estate = Estate("live", {each.address: each for each in (one, BUCKET, ACCOUNT)})
    rule = catalogue()["object-public-acl"]
    verdict = rule.verdict(one, estate)
    assert isinstance(verdict, Fails), verdict
    judgement = Judgement(rule, one, verdict)
    asked = list[Call]()

    def read(call: Call) -> Outcome:
        asked.append(call)
        grants = [{"Grantee": {"URI": ALL_USERS}, "Permission": "READ"}, OWNERS]
        return Answer({"Owner": {"ID": OWNER}, "Grants": grants})

    within = Within(ground(versions=versions), estate, str, read)
    [found] = plan_one(one, [(judgement, finding_of(judgement))], within)

    assert isinstance(found, Planned), found
    several = [*asked, *(write.call for write in (*found.writes, *found.undo))]
    assert [call.operation for call in several] == ["GetObjectAcl", "PutObjectAcl", "PutObjectAcl"]
    assert {call.params.get("VersionId") for call in several} == {expected}
    assert found.writes[0].permission == ("s3:PutObjectVersionAcl" if expected else "s3:PutObjectAcl")


def planned(now: str) -> tuple[Planned | Left, ...]:
    """What becomes of an older version that may be deleted, and is of some type by now."""
    estate = Estate("live", {OLD.address: OLD})
    rule = catalogue()["object-content-type-default"]
    verdict = rule.verdict(OLD, estate)
    assert isinstance(verdict, Fails)
    judgement = Judgement(rule, OLD, verdict)

    def read(call: Call) -> Outcome:
        assert (call.operation, call.params["VersionId"]) == ("HeadObject", "v1")
        return Answer({"ETag": '"old"', "ContentLength": 9, "ContentType": now, "Metadata": {}})

    within = Within(ground(versions="Enabled"), estate, str, read, delete_old=True)
    return plan_one(OLD, [(judgement, finding_of(judgement))], within)


def test_an_older_version_is_deleted_where_that_is_wanted() -> None:
    """Only it, and only while it is what was looked at."""
    [one] = planned(BYTES)

    assert isinstance(one, Planned)
    assert [write.call.operation for write in one.writes] == ["DeleteObject"]
    assert (one.fix.thing.version, one.fix.etag) == ("v1", '"old"')


def test_what_somebody_mended_meanwhile_is_not_deleted() -> None:
    """It breaks the rule no more: a deletion would lose it for nothing."""
    [one] = planned("image/png")

    assert isinstance(one, Left)
    assert one.why == "somebody changed it while it was looked at"
