"""The settings of a KMS key, as plans say them."""

import json
from types import ModuleType

import pytest

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.key import aliases, deletion_window, enabled, policy, rotation, spec
from bucketwright.facets.tokens import ALIAS, KEY
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Undetermined
from tests.facets.wiring import LATER, made, resolve, whole

TEXT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}
        ],
    }
)
OTHER = TEXT.replace("111122223333", "444455556666")


def key(**inputs: object) -> Resource:
    return made(KEY, inputs)


def apart(text: object) -> Resource:
    return made(policy.KIND, {"keyId": LATER, "policy": text})


@pytest.mark.parametrize(
    ("facet", "thing", "said"),
    [
        pytest.param(enabled, key(), UNSET, id="enabled: nothing"),
        pytest.param(enabled, key(isEnabled=False), False, id="enabled: off"),
        pytest.param(rotation, key(), UNSET, id="rotation: nothing"),
        pytest.param(rotation, key(enableKeyRotation=True), 365, id="rotation: once a year"),
        pytest.param(
            rotation, key(enableKeyRotation=True, rotationPeriodInDays=90.0), 90, id="rotation: in 90 days"
        ),
        pytest.param(rotation, key(enableKeyRotation=False), None, id="rotation: never"),
        pytest.param(deletion_window, key(), UNSET, id="deletion window: nothing"),
        pytest.param(deletion_window, key(deletionWindowInDays=7.0), 7, id="deletion window: a week"),
        pytest.param(spec, key(), UNSET, id="spec: nothing"),
        pytest.param(spec, key(customerMasterKeySpec="RSA_2048"), "RSA_2048", id="spec: a pair"),
        pytest.param(policy, key(), UNSET, id="policy: nothing"),
        pytest.param(policy, key(policy=TEXT), policy_of(TEXT), id="policy: of the key itself"),
        pytest.param(aliases, key(), UNSET, id="aliases: nothing"),
    ],
)
def test_what_a_key_says_of_itself(facet: ModuleType, thing: Resource, said: object) -> None:
    """A value as it is, and nothing where nothing is said."""
    assert facet.from_plan(whole(thing)) == said


@pytest.mark.parametrize(
    ("facet", "thing", "reason"),
    [
        pytest.param(enabled, key(isEnabled=LATER), "after deployment", id="enabled: unknown"),
        pytest.param(enabled, key(isEnabled="no"), "true or false", id="enabled: a text"),
        pytest.param(rotation, key(enableKeyRotation=LATER), "after deployment", id="rotation: unknown"),
        pytest.param(
            rotation, key(rotationPeriodInDays=90.0), "not turned on", id="rotation: a period of nothing"
        ),
        pytest.param(deletion_window, key(deletionWindowInDays=0.5), "whole number", id="half a day"),
        pytest.param(spec, key(customerMasterKeySpec=[]), "text", id="spec: a list"),
        pytest.param(policy, key(policy=LATER), "after deployment", id="policy: unknown"),
        pytest.param(policy, key(policy="no"), "none that IAM accepts", id="policy: no document"),
    ],
)
def test_what_nobody_knows_of_a_key_is_not_guessed(facet: ModuleType, thing: Resource, reason: str) -> None:
    """Unknown, odd and contradictory values alike."""
    with pytest.raises(Undetermined, match=reason):
        facet.from_plan(whole(thing))


def test_a_policy_apart_counts_unless_the_key_says_otherwise() -> None:
    """A resource of its own, alone or of one mind with the key."""
    assert policy.from_plan(whole(key(), apart(TEXT))) == policy_of(TEXT)
    assert policy.from_plan(whole(key(policy=TEXT), apart(TEXT))) == policy_of(TEXT)
    with pytest.raises(Undetermined, match="one thing"):
        policy.from_plan(whole(key(policy=OTHER), apart(TEXT)))
    with pytest.raises(Undetermined, match="has to be"):
        policy.from_plan(whole(key(), apart(None)))


def test_a_key_has_all_its_aliases() -> None:
    """Each by its name; one that the engine will make up is not passed over."""
    first, second = made(ALIAS, {"name": "alias/a"}), made(ALIAS, {"name": "alias/b"}, name="two")

    assert aliases.from_plan(whole(key(), first, second)) == frozenset({"alias/a", "alias/b"})
    with pytest.raises(Undetermined, match="leaves the name"):
        aliases.from_plan(whole(key(), first, made(ALIAS, {"namePrefix": "alias/c"}, name="two")))
    with pytest.raises(Undetermined, match="after deployment"):
        aliases.from_plan(whole(key(), made(ALIAS, {"name": LATER})))


@pytest.mark.parametrize(
    ("facet", "value", "args"),
    [
        pytest.param(enabled, True, [], id="a key that can be used needs no word"),
        pytest.param(enabled, False, [{"is_enabled": False}], id="one that cannot does"),
        pytest.param(rotation, None, [], id="no rotation"),
        pytest.param(rotation, 365, [{"enable_key_rotation": True}], id="rotation once a year"),
        pytest.param(
            rotation,
            90,
            [{"enable_key_rotation": True, "rotation_period_in_days": 90}],
            id="rotation more often",
        ),
        pytest.param(deletion_window, 30, [], id="the longest window"),
        pytest.param(deletion_window, 7, [{"deletion_window_in_days": 7}], id="a shorter one"),
        pytest.param(spec, "SYMMETRIC_DEFAULT", [], id="the usual kind"),
        pytest.param(spec, "RSA_2048", [{"customer_master_key_spec": "RSA_2048"}], id="another kind"),
        pytest.param(policy, None, [], id="the policy that KMS writes"),
        pytest.param(policy, UNSET, [], id="a policy of which nothing is known"),
        pytest.param(
            aliases,
            frozenset({"alias/b", "alias/a"}),
            [{"name": "alias/a"}, {"name": "alias/b"}],
            id="aliases",
        ),
    ],
)
def test_what_has_to_be_said_is_declared(facet: ModuleType, value: object, args: list[object]) -> None:
    """And what AWS does anyway is not."""
    assert [one.args for one in facet.to_args(value, resolve)] == args


def test_each_alias_is_a_resource_of_its_own() -> None:
    """Told apart by its name."""
    declared = aliases.to_args(frozenset({"alias/team/a", "alias/b"}), resolve)

    assert [one.name for one in declared] == ["b", "team-a"]
