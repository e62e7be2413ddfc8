"""What is said of ACLs, replication and distributions that break a rule on sharing?"""

from collections.abc import Mapping

import pytest

from bucketwright.estate import BucketPosture, DistributionPosture
from bucketwright.facets.bucket.acl import FRESH
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.distribution.origins import Origin
from bucketwright.facets.grants import Grant
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.posture import Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.verdicts import Undecided, Verdict
from tests.rules.sharing.judged import bucket, judged, policy, texts


def test_acls() -> None:
    """Who is given what, in the order of the alphabet."""
    acl = FRESH | {Grant("id:" + "b" * 64, "READ"), Grant("email:a@example.com", "WRITE")}

    assert texts(bucket("bucket-acl-user-grants", acl=acl)) == (
        "the ACL gives 'email:a@example.com' WRITE",
        f"the ACL gives 'id:{'b' * 64}' READ",
    )
    assert texts(bucket("acls-disabled", ownership="ObjectWriter")) == ("ownership is ObjectWriter",)
    assert texts(bucket("acl-with-enforced-ownership", acl=acl, ownership="BucketOwnerEnforced")) == (
        "an ACL of 3 grants, though ownership is enforced",
    )


def test_replication() -> None:
    """The rule, the bucket and its account are named; whose a bucket is without one, is not told."""
    target = "arn:aws:s3:::elsewhere"
    abroad, untold = (
        Replication("role:copy", (ReplicationRule("all", 1, target, account=account),))
        for account in ("999988887777", None)
    )

    assert texts(bucket("replication-external", replication=abroad)) == (
        f"rule 'all' copies to '{target}' of account '999988887777', which is not known",
    )
    assert bucket("replication-external", replication=untold) == Undecided(
        "replication", f"whose '{target}' is, is not told"
    )


def _distribution(
    rule: str, *beside: Posture, missing: Mapping[str, str] | None = None, **origins: str
) -> Verdict:
    found = frozenset(Origin(target, "control") for target in origins.values())
    posture = DistributionPosture("distribution:web", "E1WEB", {"origins": found})
    several = {one.address: one for one in (posture, *beside)}
    return catalogue()[rule].verdict(posture, Estate("live", several, missing or {}))


def test_origins_without_control() -> None:
    """It is said how each bucket is fetched."""
    origins = frozenset(
        {Origin("bucket:files", "identity"), Origin("files.s3.amazonaws.com"), Origin("b.example.com")}
    )
    posture = DistributionPosture("distribution:web", "", {"origins": origins})

    assert texts(judged("cloudfront-origin-control", posture)) == (
        "'bucket:files' is fetched by the older identity",
        "'files.s3.amazonaws.com' is fetched without showing who asks",
    )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        pytest.param({"Principal": "*"}, "files lets in everybody", id="everybody"),
        pytest.param(
            {"Principal": {"AWS": "arn:aws:iam::cloudfront:user/E1"}},
            "files lets in the older identity 'arn:aws:iam::cloudfront:user/E1'",
            id="an older identity",
        ),
        pytest.param(
            {"Principal": {"Service": "cloudfront.amazonaws.com"}},
            "files lets in CloudFront, whosever distribution it is",
            id="any distribution",
        ),
        pytest.param(
            {
                "Principal": {"Service": "cloudfront.amazonaws.com"},
                "Condition": {
                    "ArnLike": {"aws:SourceArn": "arn:aws:cloudfront::111122223333:distribution/*"}
                },
            },
            "files lets in 'arn:aws:cloudfront::111122223333:distribution/*', which does not deliver it",
            id="any of the account",
        ),
    ],
)
def test_ways_past_the_distribution(statement: Mapping[str, object], said: str) -> None:
    """Each way in beside the distribution is named."""
    files = BucketPosture("bucket:files", "files", {"policy": policy(statement)})

    assert texts(_distribution("cloudfront-origin-control", files, one="bucket:files")) == (said,)


def test_a_distribution_that_was_not_looked_at() -> None:
    """It may deliver the bucket, or not."""
    arn = "arn:aws:cloudfront::111122223333:distribution/E9OTHER"
    tied = {"StringEquals": {"aws:SourceArn": arn}}
    found = policy({"Principal": {"Service": "cloudfront.amazonaws.com"}, "Condition": tied})
    files = BucketPosture("bucket:files", "files", {"policy": found})

    assert _distribution("cloudfront-origin-control", files, one="bucket:files") == Undecided(
        "distribution", f"'{arn}' is not in what was looked at"
    )


def test_what_s3_leaves_open() -> None:
    """Whether a policy is public is not guessed."""
    tied = {"StringEqualsIfExists": {"aws:SourceAccount": "111122223333"}}
    found = policy({"Principal": "*", "Condition": tied})
    files = BucketPosture("bucket:files", "files", {"policy": found})
    verdict = _distribution("cloudfront-origin-control", files, one="bucket:files")

    assert isinstance(verdict, Undecided)
    assert verdict.reason.startswith("S3 does not say whether this is public")


def test_an_origin_that_is_missing() -> None:
    """What is not there is named; what was not read may be there."""
    rule = "cloudfront-origin-missing"

    gone = _distribution(rule, one="bucket:gone")
    unread = _distribution(rule, missing={"bucket:gone": "access is denied"}, one="bucket:gone")
    stranger, pages = (
        _distribution(rule, one=f"other.{service}.eu-west-1.amazonaws.com")
        for service in ("s3", "s3-website")
    )

    assert texts(gone) == ("there is no 'bucket:gone'",)
    assert unread == Undecided("bucket:gone", "access is denied")
    assert isinstance(pages, Undecided)
    assert stranger == Undecided(
        "other.s3.eu-west-1.amazonaws.com", "whether there is such a bucket is not told"
    )
