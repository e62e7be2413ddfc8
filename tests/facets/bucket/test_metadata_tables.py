"""The metadata tables of a bucket, as plans say them."""

import pytest

from bucketwright.facets.bucket.metadata_tables import KIND, Tables, from_plan, to_args
from bucketwright.posture import UNSET, Undetermined
from sandbox.provider.schema import violations
from tests.facets.plans import Inputs, declared_plan, plan, resolve
from tests.facets.wiring import LATER

JOURNAL: Inputs = {"recordExpiration": {"expiration": "ENABLED", "days": 30.0}}


def tables(state: object) -> Inputs:
    inventory = {"configurationState": state}
    return {
        "metadataConfiguration": {
            "inventoryTableConfiguration": inventory,
            "journalTableConfiguration": JOURNAL,
        }
    }


@pytest.mark.parametrize(
    ("state", "said"), [("ENABLED", "journal and inventory"), ("DISABLED", "journal")], ids=str.lower
)
def test_a_plan_says_which_tables_there_are(state: str, said: str) -> None:
    """The journal is always one of them."""
    assert from_plan(plan({}, (KIND, tables(state)))) == said


def test_without_the_resource_nothing_is_said() -> None:
    """A new bucket has none."""
    assert from_plan(plan({})) is UNSET


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        pytest.param({}, "configurationState: is not said", id="an empty configuration"),
        pytest.param(tables(LATER), "after deployment", id="a state nobody knows"),
        pytest.param(tables("ON"), "one of ENABLED", id="a state of its own"),
        pytest.param({"metadataConfiguration": LATER}, "after deployment", id="all unknown"),
    ],
)
def test_a_table_nobody_knows_is_not_guessed(inputs: Inputs, reason: str) -> None:
    """Neither there nor absent."""
    with pytest.raises(Undetermined, match=reason):
        from_plan(plan({}, (KIND, inputs)))


@pytest.mark.parametrize("wanted", ["journal", "journal and inventory"])
def test_what_is_declared_is_what_the_sdk_takes(wanted: Tables) -> None:
    """Its names and its nesting."""
    said = declared_plan(to_args(wanted, resolve))
    (part,) = said.parts

    assert violations(KIND, {"bucket": "files", **part.inputs}) == []
