"""Which Denies of a policy by itself count against which of its Allows?"""

import pytest

from bucketwright.iam.languages import Formula, member
from bucketwright.iam.reach import Objects, granted
from tests.iam.callers_and_policies import (
    ACCOUNT,
    KEY,
    OTHER,
    ROLE,
    SESSION,
    USER,
    Raw,
    allow,
    deny,
    document,
)


def hits(formula: Formula) -> bool:
    return member(formula) is not None


DENIED = {
    "everyone": ({"AWS": ROLE}, {"Principal": "*"}),
    "the role": ({"AWS": ROLE}, {"Principal": {"AWS": ROLE}}),
    "the role and another": ({"AWS": ROLE}, {"Principal": {"AWS": [USER, ROLE]}}),
    "the role's account": ({"AWS": ROLE}, {"Principal": {"AWS": ACCOUNT}}),
    "the role's account, by its root": (
        {"AWS": ROLE},
        {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}},
    ),
    "the user's account": ({"AWS": USER}, {"Principal": {"AWS": ACCOUNT}}),
    "the session's account": ({"AWS": SESSION}, {"Principal": {"AWS": ACCOUNT}}),
    "the account of both": ({"AWS": [USER, ROLE]}, {"Principal": {"AWS": ACCOUNT}}),
    "the account": ({"AWS": ACCOUNT}, {"Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}}),
    "the service": ({"Service": "a.example.com"}, {"Principal": {"Service": "a.example.com"}}),
    "all but another role": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": f"{ROLE}2"}}),
    "all but a user of that name": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": USER}}),
    "all but another account": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": OTHER}}),
    "all but another account's role": (
        {"AWS": SESSION},
        {"NotPrincipal": {"AWS": f"arn:aws:iam::{OTHER}:role/r"}},
    ),
    "all but a service": ({"AWS": ROLE}, {"NotPrincipal": {"Service": "a.example.com"}}),
    "all but a role, of a service": ({"Service": "a.example.com"}, {"NotPrincipal": {"AWS": ROLE}}),
    "all but another account, of an account": ({"AWS": ACCOUNT}, {"NotPrincipal": {"AWS": OTHER}}),
}
SPARED = {
    "another": ({"AWS": ROLE}, {"Principal": {"AWS": USER}}),
    "fewer than are allowed": ({"AWS": [USER, ROLE]}, {"Principal": {"AWS": ROLE}}),
    "another account": ({"AWS": ROLE}, {"Principal": {"AWS": OTHER}}),
    "the account of one of two": (
        {"AWS": [f"arn:aws:iam::{OTHER}:role/r", ROLE]},
        {"Principal": {"AWS": ACCOUNT}},
    ),
    "a role of the account": ({"AWS": ACCOUNT}, {"Principal": {"AWS": ROLE}}),
    "an account, which a unique id may not be of": (
        {"AWS": "AROAEXAMPLEEXAMPLE123"},
        {"Principal": {"AWS": ACCOUNT}},
    ),
    "an account, which a canonical user may not be": (
        {"CanonicalUser": "79a5"},
        {"Principal": {"AWS": ACCOUNT}},
    ),
    "an account, of a service with that name": ({"Service": ACCOUNT}, {"Principal": {"AWS": ACCOUNT}}),
    "one of everyone": ("*", {"Principal": {"AWS": ACCOUNT}}),
    "all but one, of everyone": ("*", {"NotPrincipal": {"AWS": ROLE}}),
    "all but a service, of everyone": ("*", {"NotPrincipal": {"Service": "a.example.com"}}),
    "all but everyone": ({"AWS": ROLE}, {"NotPrincipal": "*"}),
    "all but the role": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": ROLE}}),
    "all but the role and another": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": [USER, ROLE]}}),
    "all but its account": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": ACCOUNT}}),
    "all but a role of the account": ({"AWS": ACCOUNT}, {"NotPrincipal": {"AWS": ROLE}}),
    "all but a session, which may be the role's": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": SESSION}}),
    "all but the role that may be the session's": ({"AWS": SESSION}, {"NotPrincipal": {"AWS": ROLE}}),
    "all but a unique id, which may be the role's": (
        {"AWS": ROLE},
        {"NotPrincipal": {"AWS": "AROAEXAMPLEEXAMPLE123"}},
    ),
    "all but a canonical user, who may be the account": (
        {"AWS": ACCOUNT},
        {"NotPrincipal": {"CanonicalUser": "79a5"}},
    ),
    "all but a role with a wildcard": (
        {"AWS": ROLE},
        {"NotPrincipal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/*"}},
    ),
    "all but any account's role": ({"AWS": ROLE}, {"NotPrincipal": {"AWS": "arn:aws:iam::*:role/reader"}}),
    "all but another name, which may be the service's": (
        {"Service": "a.example.com"},
        {"NotPrincipal": {"Service": "a.region.example.com"}},
    ),
    "all but another canonical user": (
        {"CanonicalUser": "79a5"},
        {"NotPrincipal": {"CanonicalUser": "80b6"}},
    ),
}


@pytest.mark.parametrize(("allowed", "denied"), DENIED.values(), ids=DENIED)
def test_a_deny_counts_against_an_allow_of_whom_it_surely_hits(allowed: object, denied: Raw) -> None:
    """By name, by account, or by not being among those spared."""
    policy = document(allow(Principal=allowed), deny(**denied))

    assert not hits(granted(policy, "s3:getobject", Objects()))


@pytest.mark.parametrize(("allowed", "denied"), SPARED.values(), ids=SPARED)
def test_a_deny_does_not_count_against_an_allow_of_whom_it_may_spare(allowed: object, denied: Raw) -> None:
    """Some of those allowed, or somebody who may be one of those spared."""
    policy = document(allow(Principal=allowed), deny(**denied))

    assert hits(granted(policy, "s3:getobject", Objects()))


BY_ITSELF = {
    "an Allow for all but some": (allow(NotPrincipal={"AWS": ROLE}), deny(Principal={"AWS": ROLE}), True),
    "an Allow for all but some, a Deny for all": (
        allow(NotPrincipal={"AWS": ROLE}),
        deny(Principal="*"),
        False,
    ),
    "an Allow for all but some, a Deny for all but the same": (
        allow(NotPrincipal={"AWS": [ROLE, USER]}),
        deny(NotPrincipal={"AWS": [USER, ROLE]}),
        False,
    ),
    "an Allow for all but some, a Deny for all but fewer": (
        allow(NotPrincipal={"AWS": [ROLE, USER]}),
        deny(NotPrincipal={"AWS": USER}),
        False,
    ),
    "an Allow for all but some, a Deny for all but more": (
        allow(NotPrincipal={"AWS": ROLE}),
        deny(NotPrincipal={"AWS": [ROLE, USER]}),
        True,
    ),
    "an Allow for its holder": (allow(), deny(Principal={"AWS": ROLE}), True),
    "an Allow for its holder, a Deny for all": (allow(), deny(Principal="*"), False),
    "an Allow for its holder, a Deny for all but another": (allow(), deny(NotPrincipal={"AWS": ROLE}), True),
    "a Deny for its holder": (allow(), deny(), False),
    "a Deny of another action": (allow(), deny(Action="s3:PutObject"), True),
}


@pytest.mark.parametrize(("allows", "denies", "expected"), BY_ITSELF.values(), ids=BY_ITSELF)
def test_a_policy_by_itself_counts_the_denies_that_hit_all_it_allows(
    allows: Raw, denies: Raw, expected: bool
) -> None:
    """Whoever the holder is, of those whom the policy allows anything."""
    assert hits(granted(document(allows, denies), "s3:getobject", Objects())) == expected


def test_a_policy_by_itself_remembers_all_whom_it_allows() -> None:
    """A Deny for the last of them spares the first."""
    several = document(
        allow(Principal={"AWS": ROLE}), allow(Principal={"AWS": USER}), deny(Principal={"AWS": USER})
    )

    assert hits(granted(several, "s3:getobject", Objects()))


def test_a_policy_by_itself_is_asked_for_each_whom_it_allows() -> None:
    """Two Denies, each for one of those allowed, deny all; against the other's Allow neither counts."""
    both = allow(Principal={"AWS": [ROLE, USER]})
    each = [deny(Principal={"AWS": who}) for who in (ROLE, USER)]
    kept = allow(Principal={"AWS": ROLE}, Resource=KEY)

    assert not hits(granted(document(both, *each), "s3:getobject", Objects()))
    assert hits(granted(document(both, each[0]), "s3:getobject", Objects()))
    assert not hits(granted(document(allow(Principal={"AWS": USER}), kept, *each), "s3:getobject", Objects()))
    found = granted(document(allow(Principal={"AWS": USER}), kept, each[1]), "s3:getobject", Objects())
    assert member(found) == KEY


SECURE: Raw = {"Bool": {"aws:SecureTransport": True}}
TAGS: Raw = {"StringEquals": {"aws:PrincipalTag/team": ["red", "blue"]}}
CANCELLED = {
    "the same condition": (SECURE, SECURE),
    "the same condition in other letters": (SECURE, {"bool": {"AWS:securetransport": "true"}}),
    "the same values in another order": (
        TAGS,
        {"StringEquals": {"aws:PrincipalTag/team": ["blue", "red", "blue"]}},
    ),
    "two conditions, both the Allow's": (SECURE | TAGS, TAGS | SECURE),
    "one of the Allow's two": (SECURE | TAGS, SECURE),
    "the Allow's, and one that is certain": (
        SECURE,
        {**SECURE, "Null": {"s3:prefix": True}},
    ),
    "the same with a quantifier": (
        {"ForAnyValue:StringLike": {"aws:TagKeys": "a*"}},
        {"ForAnyValue:StringLike": {"aws:TagKeys": ["a*"]}},
    ),
    "the same IfExists": (
        {"StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}},
        {"StringEqualsIfExists": {"aws:SourceVpc": "vpc-1"}},
    ),
    "the same variable": (
        {"StringEquals": {"aws:PrincipalTag/a": "${aws:username}"}},
        {"StringEquals": {"aws:PrincipalTag/a": "${aws:username}"}},
    ),
}
LEFT = {
    "another value": (SECURE, {"Bool": {"aws:SecureTransport": False}}),
    "more values": (TAGS, {"StringEquals": {"aws:PrincipalTag/team": ["red", "blue", "green"]}}),
    "fewer values": (TAGS, {"StringEquals": {"aws:PrincipalTag/team": "red"}}),
    "another operator": (TAGS, {"StringNotEquals": {"aws:PrincipalTag/team": ["red", "blue"]}}),
    "another key": (TAGS, {"StringEquals": {"aws:PrincipalTag/crew": ["red", "blue"]}}),
    "the same, if it exists": (TAGS, {"StringEqualsIfExists": {"aws:PrincipalTag/team": ["red", "blue"]}}),
    "the same for any value": (
        TAGS,
        {"ForAnyValue:StringEquals": {"aws:PrincipalTag/team": ["red", "blue"]}},
    ),
    "one more than the Allow's": (SECURE, SECURE | TAGS),
    "an Allow without conditions": ({}, SECURE),
    "the Allow's, and one that never holds": (SECURE, {**SECURE, "Null": {"s3:prefix": False}}),
}


@pytest.mark.parametrize(("allowing", "denying"), CANCELLED.values(), ids=CANCELLED)
def test_a_deny_is_certain_where_the_allow_asks_the_same(allowing: Raw, denying: Raw) -> None:
    """Nobody knows whether the condition holds, but where the Allow applies it does."""
    policy = document(allow(Condition=allowing), deny(Condition=denying))

    assert not hits(granted(policy, "s3:getobject", Objects()))


@pytest.mark.parametrize(("allowing", "denying"), LEFT.values(), ids=LEFT)
def test_a_deny_is_not_certain_where_it_asks_anything_else(allowing: Raw, denying: Raw) -> None:
    """Another condition may fail where the Allow's holds."""
    policy = document(allow(Condition=allowing), deny(Condition=denying))

    assert hits(granted(policy, "s3:getobject", Objects()))


def test_a_deny_is_certain_only_for_the_allow_that_asks_the_same() -> None:
    """An Allow beside it that asks nothing keeps what it allows."""
    beside = allow(Resource=KEY)
    policy = document(allow(Condition=SECURE), beside, deny(Condition=SECURE))

    assert member(granted(policy, "s3:getobject", Objects())) == KEY
