"""A policy lets somebody through, forbids it, or leaves it open; what is open favours the request."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bucketwright.iam.callers import Caller
from sandbox.server.permissions import Asked, Who, allows, forbids, policy_of

ROLE = Caller("arn:aws:iam::111122223333:role/reader", "111122223333")
KNOWN = {"aws:securetransport": ("true",), "aws:sourceaccount": ()}


Cases = Mapping[str, tuple[dict[str, Any], Who]]
APPLIES: Cases = {
    "everyone": ({"Principal": "*"}, ROLE),
    "the role": ({"Principal": {"AWS": ROLE.arn}}, ROLE),
    "its account": ({"Principal": {"AWS": ROLE.account}}, ROLE),
    "everyone, unsigned": ({"Principal": "*"}, None),
    "the service": ({"Principal": {"Service": "logging.s3.amazonaws.com"}}, "logging.s3.amazonaws.com"),
    "all but another": ({"NotPrincipal": {"Service": "sns.amazonaws.com"}}, "s3.amazonaws.com"),
    "a condition that holds": (
        {"Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        ROLE,
    ),
    "a condition on the caller": (
        {"Principal": "*", "Condition": {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/r*"}}},
        ROLE,
    ),
    "other resources left out": ({"Principal": "*", "Resource": None, "NotResource": "arn:c/*"}, ROLE),
}
DOES_NOT: Cases = {
    "another role": ({"Principal": {"AWS": "arn:aws:iam::111122223333:role/writer"}}, ROLE),
    "another account": ({"Principal": {"AWS": "444455556666"}}, ROLE),
    "a role, unsigned": ({"Principal": {"AWS": ROLE.arn}}, None),
    "another service": ({"Principal": {"Service": "sns.amazonaws.com"}}, "s3.amazonaws.com"),
    "another action": ({"Principal": "*", "Action": "s3:PutObject"}, ROLE),
    "another resource": ({"Principal": "*", "Resource": "arn:c/*"}, ROLE),
    "a condition that fails": (
        {"Principal": "*", "Condition": {"StringEquals": {"aws:SourceAccount": "1"}}},
        ROLE,
    ),
    "an identity policy": ({}, ROLE),
}
OPEN: Cases = {
    "a condition on what is not known": (
        {"Principal": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "x"}}},
        ROLE,
    ),
    "a variable": ({"Principal": "*", "Resource": "arn:b/${aws:username}"}, ROLE),
}


def plain(statement: dict[str, Any], effect: str) -> dict[str, Any]:
    """The statement with its effect, without what is None."""
    kept = {"Resource": "arn:b/*", **statement, "Effect": effect}
    return {key: value for key, value in kept.items() if value is not None}


def applies(statement: dict[str, Any], effect: str, who: Who) -> bool:
    """Whether a statement of that effect applies to a request."""
    document = policy_of(json.dumps({"Statement": {"Action": "s3:*", **plain(statement, effect)}}))
    assert document is not None
    asked = Asked("s3:GetObject", "arn:b/k", who, KNOWN)
    return allows(document, asked) if effect == "Allow" else forbids(document, asked)


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize("case", APPLIES)
def test_what_is_meant_applies(case: str, effect: str) -> None:
    """A statement about the request lets it through or forbids it."""
    statement, who = APPLIES[case]

    assert applies(statement, effect, who)


@pytest.mark.parametrize("effect", ["Allow", "Deny"])
@pytest.mark.parametrize("case", DOES_NOT)
def test_what_is_not_meant_does_not_apply(case: str, effect: str) -> None:
    """A statement about something else neither lets through nor forbids."""
    statement, who = DOES_NOT[case]

    assert not applies(statement, effect, who)


@pytest.mark.parametrize("case", OPEN)
def test_what_cannot_be_decided_favours_the_request(case: str) -> None:
    """An Allow that may apply does, a Deny that may does not."""
    statement, who = OPEN[case]

    assert applies(statement, "Allow", who)
    assert not applies(statement, "Deny", who)


def test_a_deny_beats_an_allow() -> None:
    """What is allowed and forbidden is forbidden."""
    both = [plain({"Principal": "*", "Action": "s3:*"}, effect) for effect in ("Allow", "Deny")]
    document = policy_of(json.dumps({"Statement": both}))

    assert document is not None
    assert not allows(document, Asked("s3:GetObject", "arn:b/k", ROLE, KNOWN))


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"Statement": 1}'])
def test_what_is_no_policy_is_none(text: str | None) -> None:
    """Where there is no policy that can be read, there is none."""
    assert policy_of(text) is None
