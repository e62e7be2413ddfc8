"""What does a policy say once some of its statements hold under one more condition?"""

import json
from collections.abc import Mapping

import pytest

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.iam.documents import Condition, Statement
from bucketwright.rules.statements import statements
from bucketwright.rules.tying import tied

ALLOW = {
    "Effect": "Allow",
    "Principal": {"Service": "s3.amazonaws.com"},
    "Action": "s3:PutObject",
    "Resource": "*",
}
DENY = {**ALLOW, "Effect": "Deny"}
TIE = Condition("stringequals", "aws:sourceaccount", ("111122223333",))
OTHER = Condition("bool", "aws:securetransport", ("true",))


def _tied(*written: Mapping[str, object]) -> tuple[Statement, ...]:
    before = policy_of(json.dumps({"version": "2012-10-17", "statement": written}))
    after = tied(before, lambda one: one.allows, "aws:SourceAccount", "111122223333")
    return statements(after)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        pytest.param(None, {TIE}, id="the first condition"),
        pytest.param({"Bool": {"aws:SecureTransport": "true"}}, {TIE, OTHER}, id="beside another"),
        pytest.param({"StringEquals": {"aws:SourceAccount": ["1", "2"]}}, {TIE}, id="in the place of values"),
        pytest.param({"stringequals": {"AWS:sourceACCOUNT": "*"}}, {TIE}, id="in whatever case they were"),
        pytest.param(
            {"StringEquals": {"s3:x-amz-acl": "private"}},
            {TIE, Condition("stringequals", "s3:x-amz-acl", ("private",))},
            id="beside another of its operator",
        ),
    ],
)
def test_the_condition_is_added(condition: Mapping[str, object] | None, expected: set[Condition]) -> None:
    """The statement keeps its other conditions, and a looser one on the same key and operator is replaced."""
    [tied_one] = _tied(ALLOW if condition is None else {**ALLOW, "Condition": condition})

    assert set(tied_one.conditions) == expected


def test_the_policy_keeps_its_name() -> None:
    """And whatever else stands beside its statements, once."""
    before = policy_of(json.dumps({"version": "2012-10-17", "Id": "mine", "statement": [DENY]}))
    after = tied(before, lambda one: one.allows, "aws:SourceAccount", "111122223333")

    assert json.loads(after.text) == {"Version": "2012-10-17", "Id": "mine", "Statement": [DENY]}


def test_others_stay() -> None:
    """Statements that are not meant stay as they were, in their order."""
    first, second = _tied(DENY, ALLOW)

    assert (first.allows, first.conditions) == (False, ())
    assert (second.allows, second.conditions) == (True, (TIE,))
