"""Which rules of IAM decide what is reached: conditions that nobody can decide, Denies, kinds of request?"""

import pytest

from bucketwright.iam.documents import PolicyError, parse
from bucketwright.iam.languages import Formula, member
from bucketwright.iam.reach import (
    NOT_CONSIDERED,
    Caller,
    Containers,
    Listings,
    Lists,
    Objects,
    Policies,
    granted,
    listing_views,
    reached,
)
from tests.iam.callers_and_policies import (
    ACCOUNT,
    ALL,
    OTHER,
    ROLE,
    SESSION,
    USER,
    Raw,
    allow,
    deny,
    document,
    reaches,
)

CONDITIONED = {
    "an Allow that nobody can decide": (
        [allow(Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})],
        True,
    ),
    "a Deny that nobody can decide": (
        [allow(), deny(Condition={"Bool": {"aws:SecureTransport": False}})],
        True,
    ),
    "an Allow for the role": ([allow(Condition={"ArnLike": {"aws:PrincipalArn": f"{ROLE}*"}})], True),
    "an Allow for another role": ([allow(Condition={"ArnEquals": {"aws:PrincipalArn": f"{ROLE}2"}})], False),
    "an Allow for the account": (
        [allow(Condition={"StringEquals": {"aws:PrincipalAccount": ACCOUNT}})],
        True,
    ),
    "an Allow for another account": (
        [allow(Condition={"StringEquals": {"aws:PrincipalAccount": OTHER}})],
        False,
    ),
    "a Deny for all but the role": (
        [allow(), deny(Condition={"ArnNotLike": {"aws:PrincipalArn": ROLE}})],
        True,
    ),
    "a Deny for all but another": (
        [allow(), deny(Condition={"ArnNotLike": {"aws:PrincipalArn": f"{ROLE}2"}})],
        False,
    ),
    "an Allow for lists": ([allow(Condition={"StringLike": {"s3:prefix": "*"}})], False),
    "an Allow for two conditions, one of them failing": (
        [
            allow(
                Condition={
                    "Bool": {"aws:SecureTransport": True},
                    "StringEquals": {"aws:PrincipalAccount": OTHER},
                }
            )
        ],
        False,
    ),
    "a Deny with two conditions, one of them open": (
        [allow(), deny(Condition={"Bool": {"x": True}, "StringEquals": {"aws:PrincipalAccount": ACCOUNT}})],
        True,
    ),
    "a Deny with an operator nobody knows": (
        [allow(), deny(Condition={"StringSounds": {"s3:prefix": "a"}})],
        True,
    ),
}


@pytest.mark.parametrize(("statements", "expected"), CONDITIONED.values(), ids=CONDITIONED)
def test_what_cannot_be_decided_counts_as_reaching(statements: list[Raw], expected: bool) -> None:
    """An Allow whose condition is open counts, a Deny does not; the caller's own keys are known."""
    assert reaches(ROLE, Policies((document(*statements),))) == expected


def test_the_arn_of_a_session_does_not_tell_its_role() -> None:
    """So a condition on `aws:PrincipalArn` stays open for a session, one on the account does not."""
    assert Caller(SESSION, ACCOUNT).known == {"aws:principalaccount": (ACCOUNT,)}
    assert Caller(USER, ACCOUNT).known == {"aws:principalarn": (USER,), "aws:principalaccount": (ACCOUNT,)}
    assert Caller(ROLE, ACCOUNT).is_role
    assert not Caller(USER, ACCOUNT).is_role


def test_a_view_may_know_more_of_the_request() -> None:
    """Keys that the view knows decide conditions."""
    own = document(allow(Condition={"StringEquals": {"aws:SourceVpc": "vpc-1"}}))
    for vpc, expected in (("vpc-1", True), ("vpc-2", False)):
        for view in (
            Objects({"aws:sourcevpc": (vpc,)}),
            Listings("arn:aws:s3:::p", known={"aws:sourcevpc": (vpc,)}),
            Lists({"aws:sourcevpc": (vpc,)}),
        ):
            assert (member(granted(own, "s3:listbucket", view)) is not None) == expected


def hits(formula: Formula) -> bool:
    return member(formula) is not None


def test_all_buckets_but_one_are_without_that_one() -> None:
    """Its list is not granted by a NotResource that names it."""
    rest: Raw = {"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::p"}

    assert not hits(granted(document(rest), "s3:listbucket", Listings("arn:aws:s3:::p")))
    assert hits(granted(document(rest), "s3:listbucket", Listings("arn:aws:s3:::q")))


def test_a_bucket_named_by_a_variable_may_be_any() -> None:
    """An Allow counts where the variable may name the bucket, a Deny only where it surely does."""
    name, cannot = "arn:aws:s3:::${aws:username}", "arn:aws:s3:::q${aws:username}"
    but_name = {key: value for key, value in deny(NotResource=name).items() if key != "Resource"}
    but_other = {key: value for key, value in deny(NotResource=cannot).items() if key != "Resource"}
    listing = Listings("arn:aws:s3:::p")

    assert hits(granted(document(allow(Resource=name)), "s3:listbucket", listing))
    assert not hits(granted(document(allow(Resource=cannot)), "s3:listbucket", listing))
    assert hits(granted(document(allow(), deny(Resource=name)), "s3:listbucket", listing))
    assert not hits(granted(document(allow(), deny(Resource=[name, "*:p"])), "s3:listbucket", listing))
    assert hits(granted(document(allow(), but_name), "s3:listbucket", listing))
    assert not hits(granted(document(allow(), but_other), "s3:listbucket", listing))


def test_only_lists_of_keys_take_a_prefix() -> None:
    """Uploads are listed whole, whatever the condition says."""
    assert [view.whole for view in listing_views("s3:listbucket", "arn:aws:s3:::p")] == [True, False]
    assert [view.whole for view in listing_views("s3:listbucketversions", "arn:aws:s3:::p")] == [True, False]
    assert [view.whole for view in listing_views("s3:listbucketmultipartuploads", "arn:aws:s3:::p")] == [True]


def test_requests_that_are_no_lists_carry_no_prefix() -> None:
    """So an Allow below a prefix allows no settings, and a Deny outside of it denies them."""
    below = document(allow(Condition={"StringLike": {"s3:prefix": "a*"}}))
    outside = document(allow(), deny(Condition={"StringNotLike": {"s3:prefix": "a*"}}))

    assert not hits(granted(below, "s3:putbucketpolicy", Containers()))
    assert not hits(granted(outside, "s3:putbucketpolicy", Containers()))


def test_malformed_policies_are_named() -> None:
    """A statement without a Resource or, in a bucket policy, without a Principal decides nothing."""
    trust = parse({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*"}})
    caller = Caller(ROLE, ACCOUNT)

    with pytest.raises(PolicyError, match=r"^statement 1 names no Resource$"):
        granted(trust, "s3:getobject", Objects())
    assert not hits(granted(trust, "sts:assumerole", Objects()))
    with pytest.raises(PolicyError, match=r"^statement 1 has no Principal, so this is no bucket policy$"):
        reached(caller, Policies(bucket=ALL), ACCOUNT, "s3:getobject", Objects())


def test_what_is_not_considered_is_named() -> None:
    """Reports say what else may limit or widen."""
    assert "organisation policies" in NOT_CONSIDERED
    assert "ACLs" in NOT_CONSIDERED
