"""Is a grant beyond its limit? What a random search seldom meets: who it is, and what both sides deny."""

import json
from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.posture import Undetermined
from bucketwright.rules.containment import Limit
from bucketwright.rules.statements import statements

Written = Mapping[str, object]
ARN: Final = "arn:aws:s3:::example"
ACCOUNT: Final = "999988887777"
ROLE, OTHER = f"arn:aws:iam::{ACCOUNT}:role/one", f"arn:aws:iam::{ACCOUNT}:role/two"
OURS: Final = "arn:aws:iam::111122223333:role/ours"
PROVIDER: Final = {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/people"}
ALL: Final[Written] = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"{ARN}/*"}
IN_A: Final = {"Resource": f"{ARN}/a/*"}
DENIED: Final = {"Effect": "Deny"}
WRITES: Final = {"Action": "s3:PutObject"}


def to(*names: str) -> Written:
    return {"Principal": {"AWS": names}}


def where(operator: str, key: str, *values: str) -> Written:
    return {"Condition": {operator: {key: values}}}


def is_arn(arn: str) -> Written:
    return where("ArnEquals", "aws:PrincipalArn", arn)


def in_vpc(name: str, operator: str = "StringEquals") -> Written:
    return where(operator, "aws:SourceVpc", name)


HERE: Final = where("IpAddress", "aws:SourceIp", "192.0.2.0/24")
NOT_HERE: Final = where("NotIpAddress", "aws:SourceIp", "192.0.2.0/24")
THERE: Final = where("IpAddress", "aws:SourceIp", "198.51.100.0/24")
INSIDE: Final = where("IpAddress", "aws:VpcSourceIp", "10.0.0.0/8")
BUT_ROLE: Final[Written] = {"Principal": None, "NotPrincipal": {"AWS": ROLE}}
Case = tuple[list[Written], list[Written]]


def beyond(policy: list[Written], limit: list[Written]) -> bool:
    """Whether the first statement of the policy is, each of them as ALL with something changed."""
    texts = (
        [{name: value for name, value in {**ALL, **one}.items() if value is not None} for one in some]
        for some in (policy, limit)
    )
    held, control = (policy_of(json.dumps({"Version": "2012-10-17", "Statement": some})) for some in texts)
    within = Limit(control.document, "example", statements(held))
    return bool(within.exceeded_by(within.policy[0]))


WITHIN: Final[Mapping[str, Case]] = {
    "everybody who is one role": ([is_arn(ROLE)], [to(ROLE)]),
    "everybody of one account": (
        [where("StringEquals", "aws:PrincipalAccount", ACCOUNT)],
        [to(ACCOUNT)],
    ),
    "an account, as far as it is one role": ([{**to(ACCOUNT), **is_arn(ROLE)}], [to(ROLE)]),
    "an account, beside what is said of another": ([to(ACCOUNT)], [to(ACCOUNT), {**IN_A, **is_arn(OURS)}]),
    "two statements that let in all networks": (
        [{}],
        [in_vpc("vpc-1"), in_vpc("vpc-1", "StringNotEquals")],
    ),
    "a network that is not the other": ([in_vpc("vpc-1")], [in_vpc("vpc-2", "StringNotEquals")]),
    "a role that both deny": ([to(ACCOUNT), {**DENIED, **to(ROLE)}], [{}, {**DENIED, **to(ROLE)}]),
    "a range that both deny": ([{}, {**DENIED, **HERE}], [{}, {**DENIED, **HERE}]),
    "a range that is let in and denied": ([HERE, {**DENIED, **HERE}], [{}, {**DENIED, **INSIDE}]),
}
BEYOND: Final[Mapping[str, Case]] = {
    "another network": ([in_vpc("vpc-1")], [in_vpc("vpc-2")]),
    "the one network that is not denied": (
        [{}, {**DENIED, **in_vpc("vpc-1", "StringNotEquals")}],
        [in_vpc("vpc-2")],
    ),
    "a limit that only denies": ([{}], [DENIED]),
    "another action, whatever is denied of it": ([{**WRITES}, {**WRITES, **DENIED, **HERE}], [{}]),
    "keys that are denied for certain": ([HERE], [THERE, {**DENIED, **IN_A}]),
    "one of two that are denied": ([to(ACCOUNT)], [{}, {**DENIED, **to(OURS, ROLE)}]),
    "all but one, as far as it is another": ([{**BUT_ROLE, **is_arn(OTHER)}], [WRITES]),
    "people who take on a role": ([{"Principal": PROVIDER, **is_arn(ROLE)}], [WRITES]),
}
OPEN: Final[Mapping[str, Case]] = {
    "a range that alone is not denied": ([{}, {**DENIED, **NOT_HERE}], [THERE]),
    "another range that is let in": ([HERE], [THERE]),
}


@pytest.mark.parametrize(("policy", "limit"), WITHIN.values(), ids=WITHIN)
def test_what_the_limit_allows_is_within(policy: list[Written], limit: list[Written]) -> None:
    """For each of those who are let in, in all circumstances."""
    assert not beyond(policy, limit)


@pytest.mark.parametrize(("policy", "limit"), BEYOND.values(), ids=BEYOND)
def test_what_the_limit_surely_does_not_allow_is_beyond(policy: list[Written], limit: list[Written]) -> None:
    """For one of them, in some circumstances."""
    assert beyond(policy, limit)


@pytest.mark.parametrize(("policy", "limit"), OPEN.values(), ids=OPEN)
def test_ranges_are_not_compared(policy: list[Written], limit: list[Written]) -> None:
    """Whether one is in the other is left open."""
    with pytest.raises(Undetermined, match="cannot be compared"):
        beyond(policy, limit)
