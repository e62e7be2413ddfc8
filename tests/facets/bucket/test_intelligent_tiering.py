"""Intelligent tiering: configurations by name, each about some objects of the class."""

from pathlib import Path

import pytest

from bucketwright.contract.lifecycle.rules import Predicates, Tag
from bucketwright.contract.loading import load
from bucketwright.facets.bucket import intelligent_tiering
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import Planned
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan

EVERYTHING = load(Path(__file__).parents[2] / "contract" / "everything.yaml").environments["prod"]


def tiers(name: object, *tierings: Inputs, **more: object) -> tuple[str, Inputs]:
    return intelligent_tiering.KIND, {"name": name, "tierings": list(tierings), **more}


def after(days: object, tier: object = "ARCHIVE_ACCESS") -> Inputs:
    return {"accessTier": tier, "days": days}


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(
            plan({}, tiers("a", after(90.0))), (Tiering("a", archive=90),), id="one tier, all objects"
        ),
        pytest.param(
            plan({}, tiers("a", after(180, "DEEP_ARCHIVE_ACCESS"), after(90), filter={"prefix": "x/"})),
            (Tiering("a", Predicates("x/"), 90, 180),),
            id="two tiers in any order, a prefix",
        ),
        pytest.param(
            plan(
                {},
                tiers("b", after(90)),
                tiers("a", after(90), status="Disabled", filter={"tags": {"k": "v"}}),
            ),
            (Tiering("a", Predicates(tags=(Tag("k", "v"),)), 90, enabled=False), Tiering("b", archive=90)),
            id="two in the order of their names, one off",
        ),
    ],
)
def test_tiering_in_a_plan(planned: Planned, said: object) -> None:
    """There may be several, and their order means nothing."""
    assert intelligent_tiering.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, tiers("a", after(UNKNOWN_INPUT))), "known only after", id="unknown days"),
        pytest.param(plan({}, tiers(UNKNOWN_INPUT, after(90))), "known only after", id="unknown name"),
        pytest.param(plan({}, tiers("a", after(90, "COLD"))), "one of ARCHIVE_ACCESS", id="no such tier"),
        pytest.param(
            plan({}, tiers("a", after(90)), tiers("a", after(91))), "one name", id="two of one name"
        ),
        pytest.param(plan({}, tiers(None, after(90))), "name: is not said", id="no name"),
    ],
)
def test_tiering_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        intelligent_tiering.from_plan(planned)


def test_wanted_tiers_of_a_whole_bucket() -> None:
    """Without prefixes there is one configuration, for all objects."""
    tiering = EVERYTHING.buckets["files"].intelligent_tiering
    assert tiering is not None
    whole = tiering.model_copy(update={"prefixes": ()})
    files = EVERYTHING.buckets["files"].model_copy(update={"intelligent_tiering": whole})

    environment = EVERYTHING.model_copy(update={"buckets": {**EVERYTHING.buckets, "files": files}})

    assert intelligent_tiering.wanted(BucketScope(environment, "files")) == (
        Tiering("bucket", archive=90, deep_archive=180),
    )
