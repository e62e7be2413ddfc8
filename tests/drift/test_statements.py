"""Policies are compared statement by statement, by what they mean."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.drift.differing import Difference
from bucketwright.drift.statements import of_policy
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.role.policies import Policies
from tests.drift.estates import bucket, changed, drifts, policy_with, role

READ = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}
WIDE = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}


def policy(*statements: Mapping[str, object]) -> Policy:
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": statements}))


def differing(wanted: Policy | None, found: Policy | None) -> list[Difference]:
    return list(of_policy("policy", wanted, found))


@pytest.mark.parametrize(
    ("found", "seen"),
    [
        pytest.param(
            (READ, {**READ, "Sid": "New", "Action": "s3:PutObject"}),
            "statement 'New' was added: it allows everybody s3:PutObject on arn:aws:s3:::b/*",
            id="added",
        ),
        pytest.param(
            ({**READ, "Sid": "A", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}},),
            "statement 'A' was changed: it allows everybody s3:GetObject on arn:aws:s3:::b/*, "
            "where aws:sourceip IpAddress 10.0.0.0/8",
            id="changed",
        ),
        pytest.param(
            (),
            "statement 'A' is missing: it allows everybody s3:GetObject on arn:aws:s3:::b/*",
            id="missing",
        ),
    ],
)
def test_a_difference_says_what_the_statement_does(
    found: tuple[Mapping[str, object], ...], seen: str
) -> None:
    """Its Sid, where it has one, is what it is called by."""
    other = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::b"}
    [one] = differing(policy({**READ, "Sid": "A"}, other), policy(*found, other))

    assert one.seen == seen


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param(
            [{**READ, "Action": ["s3:GetObject", "s3:PutObject"]}],
            [READ, {**READ, "Action": "s3:PutObject"}],
            id="an action each",
        ),
        pytest.param(
            [{**READ, "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}],
            [READ, {**READ, "Resource": "arn:aws:s3:::b"}],
            id="a resource each",
        ),
        pytest.param(
            [{**READ, "Condition": {"StringLike": {"s3:prefix": ["a/*", "b/*"]}}}],
            [{**READ, "Condition": {"StringLike": {"s3:prefix": one}}} for one in ("a/*", "b/*")],
            id="a value each",
        ),
        pytest.param([READ], [READ, READ], id="twice the same"),
        pytest.param([{**READ, "Sid": "One"}], [{**READ, "Sid": "Two"}], id="another Sid"),
        pytest.param(
            [READ], [{**READ, "Principal": {"AWS": "*"}, "Action": ["S3:getobject"]}], id="spelling"
        ),
    ],
)
def test_how_statements_are_spread_means_nothing(
    wanted: list[Mapping[str, object]], found: list[Mapping[str, object]]
) -> None:
    """Neither way round is it a drift."""
    assert differing(policy(*wanted), policy(*found)) == []
    assert differing(policy(*found), policy(*wanted)) == []


@pytest.mark.parametrize("operator", ["StringNotLike", "ForAllValues:StringLike"])
def test_values_that_count_together_are_not_spread(operator: str) -> None:
    """Neither of two values is one of none of them, nor are some of all of them."""
    one, both = ({**READ, "Condition": {operator: {"s3:prefix": told}}} for told in (["a"], ["a", "b"]))
    other = {**READ, "Condition": {operator: {"s3:prefix": ["b"]}}}

    assert differing(policy(both), policy(one, other)) != []


ACTIONS = st.lists(
    st.sampled_from(["s3:GetObject", "s3:PutObject", "s3:DeleteObject"]), min_size=1, unique=True
)
PLACES = st.lists(st.sampled_from(["arn:aws:s3:::b/a/*", "arn:aws:s3:::b/b/*"]), min_size=1, unique=True)
STATEMENTS = st.builds(
    lambda effect, actions, places: {
        "Effect": effect,
        "Principal": "*",
        "Action": actions,
        "Resource": places,
    },
    st.sampled_from(["Allow", "Deny"]),
    ACTIONS,
    PLACES,
)


def pairs(statements: list[dict[str, object]]) -> set[tuple[object, str, str]]:
    """The oracle: each statement for each action and resource, multiplied out by hand."""
    found: set[tuple[object, str, str]] = set()
    for one in statements:
        actions, places = one["Action"], one["Resource"]
        assert isinstance(actions, list)
        assert isinstance(places, list)
        found |= {(one["Effect"], action, place) for action in actions for place in places}
    return found


@given(st.lists(STATEMENTS, max_size=4), st.lists(STATEMENTS, max_size=4))
def test_policies_differ_where_their_pairs_do(
    wanted: list[dict[str, object]], found: list[dict[str, object]]
) -> None:
    """Something is told if and only if one of them says what the other does not."""
    different = differing(policy(*wanted), policy(*found))

    assert bool(different) == (pairs(wanted) != pairs(found))


def test_a_statement_without_end_is_compared_as_a_whole() -> None:
    """Many actions on many resources are not multiplied out."""
    many = {
        **READ,
        "Action": [f"s3:A{n}" for n in range(200)],
        "Resource": [f"arn:aws:s3:::b/{n}" for n in range(200)],
    }
    fewer = {**many, "Action": [f"s3:A{n}" for n in range(199)]}

    assert differing(policy(many), policy(many)) == []
    assert [one.does for one in differing(policy(many), policy(fewer))] == ["missing", "added"]


def test_hostile_names_are_made_harmless() -> None:
    """What others wrote into a policy is shown, on one line and cut."""
    [one] = differing(
        policy(READ), policy(READ, {**READ, "Sid": "x", "Resource": "a\x1b[31m\n" + "b" * 9_000})
    )

    assert one.seen.isprintable()
    assert len(one.seen) < 400


def test_a_stranger_who_may_read_is_told_with_what_he_reaches() -> None:
    """By reach, where that can be decided."""
    wide = {"Effect": "Allow", "Principal": {"AWS": "999988887777"}, "Action": "s3:GetObject"}
    live = changed(
        "bucket:files",
        policy=policy_with(bucket("files").policy, {**wide, "Resource": "arn:aws:s3:::roomy-prod-files/*"}),
    )
    [found] = drifts(live)

    assert found.because.startswith("999988887777 read on bucket:files gains '*'")


def test_a_widened_role_gains() -> None:
    """Who gains which verbs and patterns, and by which statement."""
    more = policy_of(json.dumps({"Version": "2012-10-17", "Statement": WIDE}))
    own = role("loader").policies
    both = Policies(own.statements | {*more.document.statements}, (*own.texts, more.text))
    [found] = drifts(changed("role:loader", policies=both))

    assert found.rule == "iam-prefix-drift"
    assert any("role:loader read on bucket:files gains '*'" in fault.text for fault in found.faults)
    assert found.faults[-1].text == "statement was added: it allows s3:* on *"


def test_a_role_without_its_policies_loses() -> None:
    """The other direction."""
    [found] = drifts(changed("role:loader", policies=Policies()))

    assert found.rule == "iam-prefix-drift"
    assert found.seen.startswith("role:loader write on bucket:files loses 'prod/cases/*/documents/*.pdf'")


def test_how_policies_are_spread_over_a_roles_documents_means_nothing() -> None:
    """Two documents that say together what one said are no drift."""
    own = role("loader").policies
    apart = Policies(own.statements, tuple(reversed(own.texts)))

    assert drifts(changed("role:loader", policies=apart)) == ()
