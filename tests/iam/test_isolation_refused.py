"""Which policies are left open because IAM would not take them, and which odd ones does it take?"""

import pytest

from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, B, Raw, allow, but, deny, isolated

OWN = allow("s3:GetObject", f"{B}/home/bob/*")
SERVICE = "names no service, as s3:GetObject does"
ARN = "is no ARN, such as arn:aws:s3:::bucket/*"
PARTITION = "is an ARN of a partition that there is not"
REFUSED = {
    "an action without a service": (allow("GetObject", B), f"Action 'getobject' {SERVICE}"),
    "an action with nothing before the colon": (allow(":GetObject", B), f"Action ':getobject' {SERVICE}"),
    "an action with nothing after the colon": (allow("s3:", B), f"Action 's3:' {SERVICE}"),
    "an action with two colons": (allow("s3:Get:Object", B), f"Action 's3:get:object' {SERVICE}"),
    "an action with a space": (allow("s3:Get Object", B), f"Action 's3:get object' {SERVICE}"),
    "an action with a control character": (allow("s3:get\x1b", B), f"Action 's3:get\\x1b' {SERVICE}"),
    "an empty action": (allow("", B), f"Action '' {SERVICE}"),
    "a wildcard without a service": (allow("Get*", B), f"Action 'get*' {SERVICE}"),
    "the second of two actions": (allow(["s3:GetObject", "x"], B), f"Action 'x' {SERVICE}"),
    "all actions but one without a service": (
        but("Action", allow("GetObject", B)),
        f"NotAction 'getobject' {SERVICE}",
    ),
    "a Deny of an action without a service": (deny("GetObject", B), f"Action 'getobject' {SERVICE}"),
    "a bucket's name": (allow("s3:GetObject", "b/home/bob/*"), f"Resource 'b/home/bob/*' {ARN}"),
    "an ARN in capitals": (
        allow("s3:GetObject", "ARN:aws:s3:::b/home/bob/*"),
        f"Resource 'ARN:aws:s3:::b/home/bob/*' {ARN}",
    ),
    "a wildcard before an ARN": (allow("s3:GetObject", "*:s3:::b/*"), f"Resource '*:s3:::b/*' {ARN}"),
    "a wildcard in the first word": (
        allow("s3:GetObject", "ar?:aws:s3:::b/*"),
        f"Resource 'ar?:aws:s3:::b/*' {ARN}",
    ),
    "an empty resource": (allow("s3:GetObject", ""), f"Resource '' {ARN}"),
    "a variable for a resource": (
        allow("s3:GetObject", "${aws:username}"),
        f"Resource '${{aws:username}}' {ARN}",
    ),
    "the second of two resources": (allow("s3:GetObject", f"{B}/home/bob/*", "b"), f"Resource 'b' {ARN}"),
    "all resources but a bucket's name": (
        but("Resource", deny("s3:GetObject", "b/*")),
        f"NotResource 'b/*' {ARN}",
    ),
    "a partition that there is not": (
        allow("s3:GetObject", "arn:amazon:s3:::b/home/bob/*"),
        f"Resource 'arn:amazon:s3:::b/home/bob/*' {PARTITION}",
    ),
    "a partition that no wildcard makes": (
        allow("s3:GetObject", "arn:aws-x*:s3:::b/home/bob/*"),
        f"Resource 'arn:aws-x*:s3:::b/home/bob/*' {PARTITION}",
    ),
    "no partition": (
        allow("s3:GetObject", "arn::s3:::b/home/bob/*"),
        f"Resource 'arn::s3:::b/home/bob/*' {PARTITION}",
    ),
    "a partition of a variable": (
        allow("s3:GetObject", "arn:${aws:x}:s3:::b"),
        f"Resource 'arn:${{aws:x}}:s3:::b' {PARTITION}",
    ),
}


@pytest.mark.parametrize(("statement", "because"), REFUSED.values(), ids=REFUSED)
def test_a_policy_that_iam_would_not_take_is_left_open(statement: Raw, because: str) -> None:
    """It is never in force, so that neither verdict would say anything; the element is named."""
    assert isolated([OWN, statement], BOB) == Answer(None, f"statement 2: {because}")


TAKEN = {
    "every action": allow("*", f"{B}/home/bob/*"),
    "every action, twice": allow("**", f"{B}/home/bob/*"),
    "every action of every service": allow("*:*", f"{B}/home/bob/*"),
    "a service with a wildcard": allow("s?:GetObject", f"{B}/home/bob/*"),
    "a service with a hyphen": allow("s3-outposts:*", f"{B}/home/bob/*"),
    "an action that nobody knows": allow("s3:ShowSecrets", f"{B}/home/bob/*"),
    "every resource of another service": allow("ec2:*", "*"),
    "every resource, twice": allow("ec2:*", "**"),
    "another service's resource": allow("ec2:*", "arn:aws:ec2:us-west-2:111122223333:instance/*"),
    "every partition": allow("s3:GetObject", "arn:*:s3:::b/home/bob/*"),
    "another partition": allow("s3:GetObject", "arn:aws-us-gov:s3:::b/home/bob/*"),
    "a cut ARN": allow("s3:GetObject", "arn:aws:s3"),
    "no resource for another service": {"Effect": "Allow", "Action": "sts:AssumeRole"},
}


@pytest.mark.parametrize("statement", TAKEN.values(), ids=TAKEN)
def test_an_odd_policy_that_iam_may_take_is_settled(statement: Raw) -> None:
    """Wildcards, other services and whatever partitions there are."""
    assert isolated([OWN, statement], BOB).holds is True


def test_the_statement_is_named_by_its_sid() -> None:
    """As everywhere else."""
    statement = {**allow("GetObject", B), "Sid": "Mine"}

    assert isolated([statement], BOB).because == f"statement 1 ('Mine'): Action 'getobject' {SERVICE}"
