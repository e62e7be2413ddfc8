"""Whose signatures a distribution takes, as plans say it."""

import pytest

from bucketwright.facets.distribution.trusted_keys import GROUP, PUBLIC_KEY, from_plan, normal, to_args
from bucketwright.facets.facet import Planned
from bucketwright.facets.tokens import DISTRIBUTION
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, resolve, whole

FIRST, SECOND = "-----BEGIN-----\nfirst\n-----END-----\n", "-----BEGIN-----\nsecond\n-----END-----\n"


def public(pem: object, name: str) -> Resource:
    return made(PUBLIC_KEY, {"encodedKey": pem}, name=name)


ONE, TWO = public(FIRST, "one"), public(SECOND, "two")


def group(*keys: Resource, name: str = "group", ids: tuple[str, ...] = ()) -> Resource:
    """A group of keys of the plan, whose ids are known only later unless they are given."""
    return made(GROUP, {"items": list(ids) or [LATER] * len(keys)}, {"items": keys}, name)


def behavior(*ids: str) -> Inputs:
    return {"trustedKeyGroups": list(ids)}


def trusting(default: Inputs, *groups: Resource, parts: tuple[Resource, ...] = (ONE, TWO)) -> Planned:
    """A distribution whose default behavior is computed from these groups."""
    thing = made(DISTRIBUTION, {"defaultCacheBehavior": default}, {"defaultCacheBehavior": groups})
    return whole(thing, *groups, *parts)


@pytest.mark.parametrize(
    ("planned", "keys"),
    [
        pytest.param(trusting(behavior(LATER), group(ONE)), {FIRST}, id="one key in one group"),
        pytest.param(trusting(behavior(LATER), group(ONE, TWO)), {FIRST, SECOND}, id="two keys in one group"),
        pytest.param(
            trusting(behavior(LATER, LATER), group(ONE), group(TWO, name="other")),
            {FIRST, SECOND},
            id="two groups",
        ),
        pytest.param(
            trusting(behavior("g-1"), group(ONE, ids=("K1",))), {FIRST}, id="whose ids are known by now"
        ),
        pytest.param(
            trusting({**behavior(LATER), "trustedSigners": ["self"]}, group(ONE)),
            {FIRST, "account:self"},
            id="beside keys of the account",
        ),
    ],
)
def test_the_keys_of_all_groups_are_trusted(planned: Planned, keys: set[str]) -> None:
    """By what they are, whatever they are called."""
    assert from_plan(planned) == frozenset(keys)


def test_the_keys_of_every_path_are_trusted() -> None:
    """Also those of one path alone."""
    first, second = group(ONE), group(TWO, name="other")
    behaviors = {
        "defaultCacheBehavior": behavior(LATER),
        "orderedCacheBehaviors": [{"pathPattern": "/a", **behavior(LATER)}],
    }
    computed = {"defaultCacheBehavior": (first,), "orderedCacheBehaviors": (second,)}
    thing = made(DISTRIBUTION, behaviors, computed)

    assert from_plan(whole(thing, first, second, ONE, TWO)) == frozenset({FIRST, SECOND})


def test_without_groups_nothing_is_said() -> None:
    """Nobody has to sign."""
    assert from_plan(trusting({})) is UNSET


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(trusting(behavior(LATER)), "not all that it names", id="a group from elsewhere"),
        pytest.param(trusting(behavior("g-1")), "not all that it names", id="a group of others"),
        pytest.param(
            trusting(behavior(LATER, LATER), group(ONE)), "not all that it names", id="one of two is ours"
        ),
        pytest.param(
            trusting(behavior(LATER), group(ONE, ids=("K1", "K2"))), "not all", id="one of two keys is ours"
        ),
        pytest.param(
            trusting(behavior(LATER), group(ONE), parts=()), "not of this plan", id="a key read elsewhere"
        ),
        pytest.param(
            trusting(behavior(LATER), group(public(LATER, "one")), parts=(public(LATER, "one"),)),
            "after deployment",
            id="a key nobody knows",
        ),
        pytest.param(trusting({"trustedKeyGroups": "g-1"}), "not a list", id="a text for a list"),
    ],
)
def test_a_key_nobody_knows_is_not_passed_over(planned: Planned, reason: str) -> None:
    """Whoever else may sign, all signers are unknown then."""
    with pytest.raises(Undetermined, match=reason):
        from_plan(planned)


def test_white_space_of_a_key_means_nothing() -> None:
    """Indented, with blank lines, with the line ends of other systems."""
    assert normal("  -----BEGIN-----\r\n\n first  \n-----END-----") == FIRST
    assert normal(FIRST) == FIRST


def test_a_key_is_named_by_what_it_is() -> None:
    """It cannot be changed in place, so another key is another resource, and the order means nothing."""
    both = to_args(frozenset({FIRST, SECOND}), resolve)
    [one] = to_args(frozenset({FIRST}), resolve)

    assert {declared.name for declared in both} > {one.name}
    assert {str(declared.args["encoded_key"]) for declared in both} == {FIRST, SECOND}
