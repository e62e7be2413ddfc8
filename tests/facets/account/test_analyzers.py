"""Where IAM Access Analyzer looks, as plans say it."""

import pytest

from bucketwright.facets.account.analyzers import EXTERNAL, KIND, Analyzer, from_plan
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, whole

NOTHING_SAID = made("", {})
HERE: Inputs = {"analyzerName": "outside", "region": "eu-west-1"}


@pytest.mark.parametrize(
    ("several", "said"),
    [
        pytest.param([HERE], {Analyzer("ACCOUNT", "eu-west-1")}, id="of the account where nothing is said"),
        pytest.param(
            [HERE, {**HERE, "region": "us-east-1", "type": "ORGANIZATION"}],
            {Analyzer("ACCOUNT", "eu-west-1"), Analyzer("ORGANIZATION", "us-east-1")},
            id="two",
        ),
        pytest.param(
            [{**HERE, "type": "ACCOUNT_UNUSED_ACCESS"}],
            {Analyzer("ACCOUNT_UNUSED_ACCESS", "eu-west-1")},
            id="of what nobody uses",
        ),
    ],
)
def test_a_plan_says_which_there_are(several: list[Inputs], said: set[Analyzer]) -> None:
    """Each with its scope and its region."""
    parts = (made(KIND, inputs, name=str(number)) for number, inputs in enumerate(several))

    assert from_plan(whole(NOTHING_SAID, *parts)) == frozenset(said)


def test_without_one_nothing_is_said() -> None:
    """Somebody else may have made some."""
    assert from_plan(whole(NOTHING_SAID)) is UNSET


@pytest.mark.parametrize(
    ("inputs", "reason"),
    [
        pytest.param({"analyzerName": "outside"}, "the provider's own region", id="no region"),
        pytest.param({**HERE, "region": LATER}, "after deployment", id="a region nobody knows"),
        pytest.param({**HERE, "type": LATER}, "after deployment", id="a scope nobody knows"),
        pytest.param({**HERE, "type": "PLANET"}, "one of ACCOUNT", id="a scope of its own"),
    ],
)
def test_one_that_nobody_knows_is_not_guessed(inputs: Inputs, reason: str) -> None:
    """Nor left out: another region may lack it."""
    with pytest.raises(Undetermined, match=reason):
        from_plan(whole(NOTHING_SAID, made(KIND, HERE), made(KIND, inputs, name="two")))


def test_two_scopes_are_about_outsiders() -> None:
    """The others look at what is granted within."""
    assert {"ACCOUNT", "ORGANIZATION"} == EXTERNAL
