"""Is a trail's bucket as it should be? What examples cannot show: buckets nobody read, and what is said."""

import pytest

from bucketwright.contract.lifecycle.rules import Expiration
from bucketwright.estate import AccountPosture, BucketPosture, TrailPosture
from bucketwright.facets.bucket.acl import CANNED
from bucketwright.facets.bucket.lifecycle import FRESH
from bucketwright.posture import Estate, Unknown
from bucketwright.rules import catalogue
from bucketwright.rules.example_access import OPEN, allow, policy
from bucketwright.rules.example_lifecycles import having, on
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided
from tests.rules.account.judging import texts, verdict

RULES = ("trail-bucket-exists", "trail-bucket-logging", "trail-bucket-mfa-delete", "trail-bucket-public")
ACCOUNT = AccountPosture("account:own", "", {"public_access_block": OPEN})
TRAIL = TrailPosture("trail:main", "main", {"bucket": "bucket:audit"})


def bucket(**facts: object) -> BucketPosture:
    """A bucket of which everything is wrong, or otherwise."""
    wrong = {
        "acl": CANNED["public-read"],
        "lifecycle": FRESH,
        "logging": None,
        "mfa_delete": False,
        "policy": policy(allow(action="s3:PutObject")),
        "public_access_block": OPEN,
    }
    return BucketPosture("bucket:audit", "audit", {**wrong, **facts})


@pytest.mark.parametrize(
    ("rule", "faults", "expected"),
    [
        pytest.param(
            "trail-bucket-logging",
            ("'bucket:audit' keeps no access log",),
            "access logging to another bucket",
            id="no log",
        ),
        pytest.param(
            "trail-bucket-mfa-delete",
            ("'bucket:audit' is without MFA delete",),
            "MFA delete on",
            id="no device",
        ),
        pytest.param(
            "trail-bucket-public",
            (
                "'bucket:audit': the ACL gives everyone READ",
                "'bucket:audit': everyone is let in, and there is no condition; allowed is 's3:PutObject'",
            ),
            "no access without being named",
            id="open to everyone",
        ),
    ],
)
def test_what_is_wrong_is_said(rule: str, faults: tuple[str, ...], expected: str) -> None:
    """Of the bucket, by the name that the trail uses."""
    found = verdict(rule, TRAIL, bucket(), ACCOUNT)

    assert tuple(text.replace("statement 1: ", "") for text in texts(found)) == faults
    assert isinstance(found, Fails)
    assert found.expected == expected


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("lens", ["planned", "live"])
def test_a_bucket_that_could_not_be_read(rule: str, lens: str) -> None:
    """It may be as it should."""
    why = {"bucket:audit": "access denied"}

    assert verdict(rule, TRAIL, ACCOUNT, lens=lens, missing=why) == Undecided("bucket:audit", "access denied")


@pytest.mark.parametrize("rule", RULES)
def test_a_stranger_is_not_looked_at(rule: str) -> None:
    """A plan does not show what others made, nor does an account what is another's."""
    trail = TrailPosture("trail:main", "main", {"bucket": "archive"})

    assert isinstance(verdict(rule, trail, bucket(), ACCOUNT), Undecided)


@pytest.mark.parametrize("named", ["archive", "arn:aws:s3:::archive", "bucket:archive"])
def test_a_bucket_of_another_account(named: str) -> None:
    """That it is there is known, and nothing else is asked of this account."""
    trail = TrailPosture("trail:main", "main", {"bucket": named})
    estate = Estate("live", {trail.address: trail}, foreign=frozenset({"bucket:archive"}))
    found = {rule: catalogue()[rule].verdict(trail, estate) for rule in RULES}

    assert found.pop("trail-bucket-exists") == Passes()
    assert set(found.values()) == {NotApplicable("it lies in another account; audit that one")}


@pytest.mark.parametrize("named", ["archive-2", "arn:aws:s3:::other", "bucket:other"])
def test_only_that_bucket_is_another_accounts(named: str) -> None:
    """What is known of one says nothing of others."""
    trail = TrailPosture("trail:main", "main", {"bucket": named})
    estate = Estate(
        "live", {trail.address: trail}, {"bucket:other": "denied"}, foreign=frozenset({"bucket:archive"})
    )

    assert {type(catalogue()[rule].verdict(trail, estate)) for rule in RULES} == {Undecided}


def test_a_bucket_that_is_gone_is_one_fault() -> None:
    """The other rules leave it to the one that is about this."""
    found = {rule: verdict(rule, TRAIL, ACCOUNT) for rule in RULES}

    assert texts(found.pop("trail-bucket-exists")) == ("there is no 'bucket:audit'",)
    assert set(found.values()) == {NotApplicable("there is no such bucket")}


def test_a_lifecycle_rules_mfa_delete_out() -> None:
    """S3 has not both."""
    kept = bucket(lifecycle=having(on(expiration=Expiration(days=400))))

    assert verdict("trail-bucket-mfa-delete", TRAIL, kept) == NotApplicable(
        "S3 has no MFA delete for a bucket with a lifecycle"
    )


def test_mfa_delete_decides_by_itself() -> None:
    """Whatever the lifecycle is."""
    found = bucket(mfa_delete=True, lifecycle=Unknown("access denied"))

    assert verdict("trail-bucket-mfa-delete", TRAIL, found) == Passes()


def test_one_way_in_is_enough() -> None:
    """Also where the other could not be read."""
    found = bucket(acl=Unknown("access denied"))

    assert len(texts(verdict("trail-bucket-public", TRAIL, found, ACCOUNT))) == 1
