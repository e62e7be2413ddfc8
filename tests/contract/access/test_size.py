"""Do documents fit IAM's limits, and does what is joined or cut on the way still mean the same?"""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.access.size import (
    MANAGED_POLICIES,
    MANAGED_POLICY,
    TooLarge,
    fitting,
    joined,
    policy,
    size,
    spread,
)
from bucketwright.contract.access.statement import Statement, allow, asked_for, deny
from tests.contract.access.oracle import allows

RESOURCES = [f"arn:aws:s3:::bucket/{letter * 300}/*" for letter in "abcdefghijklmnopqrstuvwxyz"]
PREFIXES = [f"{letter * 300}/*" for letter in "abcdefghijklmnopqrstuvwxyz"]


def plain(documents: object) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = json.loads(json.dumps(documents))
    return found


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Allows and Denies of objects and lists, some large, some alike but for their resources."""
    found: list[Statement] = []
    for number in range(draw(st.integers(1, 6))):
        make = draw(st.sampled_from([allow, deny]))
        action = draw(st.sampled_from(["s3:GetObject", "s3:PutObject"]))
        some = draw(st.lists(st.sampled_from(range(26)), min_size=1, max_size=26, unique=True))
        if draw(st.booleans()):
            found.append(make(f"S{number % 3}", (action,), [RESOURCES[n] for n in some]))
        else:
            when = asked_for(PREFIXES[n] for n in some)
            found.append(make(f"S{number % 3}", ("s3:ListBucket",), ("arn:aws:s3:::bucket",), when))
    return found


@settings(max_examples=60, deadline=None)
@given(statements())
def test_spreading_keeps_the_meaning(given_statements: list[Statement]) -> None:
    """Every request is judged as by one large document, and each document fits, with no Sid twice."""
    whole = plain([policy(given_statements)])
    written = plain(spread(given_statements, "access.app"))

    for letter in "abcdefghijklmnopqrstuvwxyz":
        for action in ("s3:GetObject", "s3:PutObject"):
            request = {"action": action, "resource": f"arn:aws:s3:::bucket/{letter * 300}/x"}
            assert allows(written, request) == allows(whole, request)
        listing = {
            "action": "s3:ListBucket",
            "resource": "arn:aws:s3:::bucket",
            "s3:prefix": f"{letter * 300}/",
        }
        assert allows(written, listing) == allows(whole, listing)
    for document in written:
        sids = [one["Sid"] for one in document["Statement"]]
        assert size(dict(document)) <= MANAGED_POLICY
        assert len(set(sids)) == len(sids)


def test_one_policy_where_one_is_enough() -> None:
    """Statements that fit are left as they are, in their order."""
    some = [allow("One", ("s3:GetObject",), RESOURCES[:2]), allow("Two", ("s3:GetObject",), RESOURCES[2:4])]

    assert spread(some, "access.app") == (policy(some),)
    assert spread([], "access.app") == ()


def filled(length: int, number: int = 0) -> Statement:
    """A statement that makes a policy of just this size; of another action for each number."""
    sid, action = f"S{number:02}", (f"s3:Action{number:02}",)
    rest = length - size(policy([allow(sid, action, ("",))]))
    return allow(sid, action, ("x" * rest,))


def test_the_limit_is_exact() -> None:
    """6,144 characters are one policy; one more is refused, for nothing can be cut."""
    assert [size(one) for one in spread([filled(MANAGED_POLICY)], "access.app")] == [MANAGED_POLICY]
    with pytest.raises(TooLarge, match=r"a policy of access.app would be 6,145 bytes, 6,144 are allowed"):
        spread([filled(MANAGED_POLICY + 1)], "access.app")


def test_two_statements_that_just_fit_share_a_policy() -> None:
    """Their sizes and the comma between them are counted, and one character more makes two policies."""
    bare = size(policy([]))
    first, big = filled(3_000, 1), filled(6_000, 2)
    for over, expected in ((0, 2), (1, 3)):
        second = filled(MANAGED_POLICY - 3_000 - 1 + bare + over, 3)
        assert len(spread([big, first, second], "access.app")) == expected


def test_ten_policies_are_the_most() -> None:
    """An eleventh is refused, with the numbers."""
    assert len(spread([filled(6_000, n) for n in range(MANAGED_POLICIES)], "access.app")) == 10
    with pytest.raises(TooLarge, match=r"access.app would need 11 policies, 10 are allowed"):
        spread([filled(6_000, n) for n in range(MANAGED_POLICIES + 1)], "access.app")


def test_what_is_not_ascii_counts_as_it_is_sent() -> None:
    """JSON writes it in escapes, six characters for one."""
    ascii_size = size({"Version": "x"})

    assert size({"Version": "é"}) == ascii_size + 5
    assert size({"Version": "\N{SLIGHTLY SMILING FACE}"}) == ascii_size + 11


def test_fitting_says_what_to_do() -> None:
    """The document's name, both figures, and three ways out."""
    with pytest.raises(TooLarge) as refused:
        fitting(policy([filled(3_000)]), 2_048, "the session policy")

    assert str(refused.value) == (
        "the session policy would be 3,000 bytes, 2,048 are allowed: grant a whole bucket, give prefixes a "
        "common literal beginning, or split the grantee"
    )


def test_joining_takes_what_differs_in_resources_alone() -> None:
    """Another action, effect or condition keeps statements apart; a resource given twice stands once."""
    one, two, three = RESOURCES[:3]
    reading = ("s3:GetObject",)
    found = joined(
        [
            allow("A", reading, (one, two)),
            deny("B", reading, (one,)),
            allow("C", reading, (two, three)),
            allow("D", ("s3:PutObject",), (one,)),
            allow("E", reading, (one,), {"Null": {"s3:prefix": "true"}}),
        ]
    )

    assert [(statement.sid, statement.resource) for statement in found] == [
        ("A", (one, two, three)),
        ("B", (one,)),
        ("D", (one,)),
        ("E", (one,)),
    ]


def test_halves_mean_the_same_together() -> None:
    """Resources are cut first, then the beginnings that a list may ask for; what has one of each stays."""
    objects = allow("S", ("s3:GetObject",), RESOURCES[:3])
    lists = allow("S", ("s3:ListBucket",), ("arn",), asked_for(PREFIXES[:2]))

    assert [(half.sid, half.resource) for half in objects.halves()] == [
        ("SA", tuple(RESOURCES[:1])),
        ("SB", tuple(RESOURCES[1:3])),
    ]
    assert [half.asked for half in lists.halves()] == [(PREFIXES[0],), (PREFIXES[1],)]
    assert allow("S", ("s3:ListBucket",), ("arn",), asked_for(PREFIXES[:1])).halves() == ()
    assert allow("S", ("s3:ListBucket",), ("arn",), {"StringLike": {"s3:prefix": "a/*"}}).asked == ("a/*",)
