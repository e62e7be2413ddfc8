"""Settings that are a switch or a word: acceleration, ABAC, who pays, namespace, region, tags."""

from types import ModuleType

import pytest

from bucketwright.facets.bucket import (
    abac,
    acceleration,
    force_destroy,
    namespace,
    region,
    requester_pays,
    tags,
)
from bucketwright.facets.facet import Planned
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined, Unknown
from tests.facets.plans import Inputs, plan


def abac_is(word: object) -> tuple[str, Inputs]:
    return abac.KIND, {"abacStatus": {"status": word}}


def accelerated(word: object) -> tuple[str, Inputs]:
    return acceleration.KIND, {"status": word}


def paid_by(word: object) -> tuple[str, Inputs]:
    return requester_pays.KIND, {"payer": word}


@pytest.mark.parametrize(
    ("facet", "planned", "said"),
    [
        pytest.param(abac, plan({}), UNSET, id="abac: nothing"),
        pytest.param(abac, plan({}, abac_is("Enabled")), True, id="abac: on"),
        pytest.param(abac, plan({}, abac_is("Disabled")), False, id="abac: off"),
        pytest.param(acceleration, plan({}), UNSET, id="acceleration: nothing"),
        pytest.param(acceleration, plan({}, accelerated("Enabled")), True, id="acceleration: on"),
        pytest.param(acceleration, plan({}, accelerated("Suspended")), False, id="acceleration: suspended"),
        pytest.param(
            acceleration, plan({"accelerationStatus": "Enabled"}), True, id="acceleration: the bucket itself"
        ),
        pytest.param(requester_pays, plan({}), UNSET, id="payer: nothing"),
        pytest.param(requester_pays, plan({}, paid_by("Requester")), True, id="payer: the caller"),
        pytest.param(requester_pays, plan({}, paid_by("BucketOwner")), False, id="payer: the owner"),
        pytest.param(
            requester_pays, plan({"requestPayer": "Requester"}), True, id="payer: the bucket itself"
        ),
        pytest.param(
            requester_pays,
            plan({"requestPayer": "Requester"}, paid_by("Requester")),
            True,
            id="payer: said twice",
        ),
        pytest.param(force_destroy, plan({}), UNSET, id="force destroy: nothing"),
        pytest.param(force_destroy, plan({"forceDestroy": True}), True, id="force destroy: on"),
        pytest.param(force_destroy, plan({"forceDestroy": False}), False, id="force destroy: off"),
        pytest.param(namespace, plan({}), UNSET, id="namespace: nothing"),
        pytest.param(namespace, plan({"bucketNamespace": "global"}), "global", id="namespace: global"),
        pytest.param(
            namespace,
            plan({"bucketNamespace": "account-regional"}),
            "account-regional",
            id="namespace: regional",
        ),
        pytest.param(region, plan({"region": "eu-west-1"}), "eu-west-1", id="region: named"),
        pytest.param(tags, plan({}), UNSET, id="tags: nothing"),
        pytest.param(tags, plan({"tags": {}}), UNSET, id="tags: none"),
        pytest.param(
            tags, plan({"tags": {"team": "a", "empty": ""}}), {"team": "a", "empty": ""}, id="tags: two"
        ),
    ],
)
def test_a_switch_in_a_plan(facet: ModuleType, planned: Planned, said: object) -> None:
    """Each way to say it is understood, and off is not the same as not said."""
    assert facet.from_plan(planned) == said


@pytest.mark.parametrize(
    ("facet", "planned", "reason"),
    [
        pytest.param(abac, plan({}, abac_is(UNKNOWN_INPUT)), "known only after", id="abac: unknown"),
        pytest.param(
            abac, plan({}, abac_is("Suspended")), "one of Enabled, Disabled", id="abac: no such word"
        ),
        pytest.param(abac, plan({}, (abac.KIND, {})), "has to be", id="abac: nothing in the resource"),
        pytest.param(abac, plan({}, abac_is("Enabled"), abac_is("Disabled")), "2 resources", id="abac: two"),
        pytest.param(
            acceleration, plan({}, accelerated(UNKNOWN_INPUT)), "known only", id="acceleration: unknown"
        ),
        pytest.param(
            acceleration,
            plan({"accelerationStatus": "Suspended"}, accelerated("Enabled")),
            "another",
            id="acceleration: they contend",
        ),
        pytest.param(
            requester_pays,
            plan({"requestPayer": "BucketOwner"}, paid_by("Requester")),
            "another",
            id="payer: they contend",
        ),
        pytest.param(requester_pays, plan({"requestPayer": ["Requester"]}), "not text", id="payer: a list"),
        pytest.param(
            force_destroy, plan({"forceDestroy": UNKNOWN_INPUT}), "known only", id="force destroy: unknown"
        ),
        pytest.param(
            force_destroy, plan({"forceDestroy": "true"}), "true or false", id="force destroy: a word"
        ),
        pytest.param(
            namespace, plan({"bucketNamespace": "mine"}), "one of global", id="namespace: no such word"
        ),
        pytest.param(region, plan({"region": UNKNOWN_INPUT}), "known only after", id="region: unknown"),
        pytest.param(region, plan({"region": 7}), "not text", id="region: a number"),
        pytest.param(tags, plan({"tags": UNKNOWN_INPUT}), "known only after", id="tags: unknown"),
        pytest.param(tags, plan({"tags": {"team": UNKNOWN_INPUT}}), "tags.team", id="tags: an unknown value"),
        pytest.param(tags, plan({"tags": ["team"]}), "a mapping", id="tags: a list"),
    ],
)
def test_a_switch_that_cannot_be_known(facet: ModuleType, planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        facet.from_plan(planned)


def test_a_region_that_is_not_named_is_unknown() -> None:
    """The provider decides then, and the bucket does not say what that is."""
    assert isinstance(region.from_plan(plan({})), Unknown)
