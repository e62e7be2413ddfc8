"""What lies in another account: what is known of it, and what is not asked of this one?"""

import pytest

from audits.live import Looked
from bucketwright.calls import Answer, Outcome
from bucketwright.looking.scope import Scope
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict
from tests.audits.paper import ACCOUNT, DENIED, GONE, REGION, Paper, declared, listing
from tests.audits.sandboxed import ALL

ARN = f"arn:aws:cloudtrail:{REGION}:{ACCOUNT}:trail/all"
TRAIL = {"Name": "all", "TrailARN": ARN, "HomeRegion": REGION, "S3BucketName": "archive"}
ELSEWHERE = NotApplicable("it lies in another account; audit that one")


def looked(head: Outcome, buckets: Outcome) -> Looked:
    """An account with one trail, into a bucket that answers so."""
    paper = Paper(
        ListBuckets=buckets,
        HeadBucket=head,
        DescribeTrails=Answer({"trailList": [TRAIL]}),
        GetTrail=Answer({"Trail": TRAIL}),
    )
    return paper.look(Scope(declared(), ALL))


def verdict(rule: str, seen: Looked) -> Verdict:
    return catalogue()[rule].verdict(seen.estate.postures["trail:all"], seen.estate)


def test_a_trails_bucket_in_another_account() -> None:
    """The account's list is whole and lacks it, and the name is taken: it is there, and another's."""
    seen = looked(DENIED, listing("shop-prod-files"))

    assert "bucket:archive" in seen.estate.foreign
    assert verdict("trail-bucket-exists", seen) == Passes()
    assert {verdict(f"trail-bucket-{what}", seen) for what in ("logging", "mfa-delete", "public")} == {
        ELSEWHERE
    }


def test_a_trails_bucket_that_is_gone() -> None:
    """Nobody has a bucket of that name."""
    seen = looked(GONE, listing("shop-prod-files"))

    assert seen.estate.foreign == frozenset()
    assert isinstance(verdict("trail-bucket-exists", seen), Fails)


@pytest.mark.parametrize("what", ["exists", "logging", "mfa-delete", "public"])
def test_whose_it_is_takes_the_whole_list(what: str) -> None:
    """Where that is denied it may be this account's, and the reason is said."""
    seen = looked(DENIED, DENIED)

    assert seen.estate.foreign == frozenset()
    assert verdict(f"trail-bucket-{what}", seen) == Undecided("bucket", "bucket: s3:ListBucket is denied")
