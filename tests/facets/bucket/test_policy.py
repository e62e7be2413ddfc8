"""The policy of a bucket: equal where it means the same, and stand-ins where an ARN is not known yet."""

import json
from pathlib import Path

import pytest

from bucketwright.contract.loading import load
from bucketwright.facets.bucket import policy
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import Planned
from bucketwright.facets.placeholders import addresses_in, render
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan

READS = {
    "Effect": "Allow",
    "Principal": {"AWS": "*"},
    "Action": ["s3:GetObject"],
    "Resource": "arn:aws:s3:::a/*",
}
TEXT = json.dumps({"Version": "2012-10-17", "Statement": [READS]})
ALIKE = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {**READS, "Sid": "Reads", "Principal": "*", "Action": "S3:getobject"},
    }
)
OTHER = TEXT.replace("GetObject", "PutObject")
EVERYTHING = load(Path(__file__).parents[2] / "contract" / "everything.yaml").environments["prod"]
MEDIA = BucketScope(EVERYTHING, "media")
REAL = "arn:aws:cloudfront::123456789012:distribution/E1ABCDEF"


def separate(text: object) -> tuple[str, Inputs]:
    return policy.KIND, {"policy": text}


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        pytest.param(plan({}, separate(TEXT)), TEXT, id="a resource of its own"),
        pytest.param(plan({}, separate(ALIKE)), TEXT, id="the same in other words"),
        pytest.param(plan({}, separate(json.loads(TEXT))), TEXT, id="a mapping instead of text"),
        pytest.param(plan({"policy": TEXT}), TEXT, id="the bucket itself"),
        pytest.param(plan({"policy": ALIKE}, separate(TEXT)), TEXT, id="said twice, alike"),
    ],
)
def test_a_policy_in_a_plan(planned: Planned, text: str) -> None:
    """What it means counts, not how it is spelled or where it stands."""
    assert policy.from_plan(planned) == policy.policy_of(text)


@pytest.mark.parametrize("planned", [plan({}), plan({"policy": ""})], ids=["nothing", "an empty text"])
def test_no_policy_in_a_plan(planned: Planned) -> None:
    """Nothing is said then."""
    assert policy.from_plan(planned) == UNSET


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, separate(UNKNOWN_INPUT)), "known only after", id="unknown"),
        pytest.param(
            plan(
                {}, separate({"Version": "2012-10-17", "Statement": [{**READS, "Resource": UNKNOWN_INPUT}]})
            ),
            "known only after",
            id="a mapping with something unknown in it",
        ),
        pytest.param(plan({}, separate("{")), "none that IAM accepts: the policy is not JSON", id="not JSON"),
        pytest.param(plan({}, separate('{"Statement": [{}]}')), "needs an Effect", id="no policy"),
        pytest.param(plan({}, separate(7)), "not text", id="a number"),
        pytest.param(plan({}, separate("")), "has to be", id="a resource that says nothing"),
        pytest.param(plan({"policy": OTHER}, separate(TEXT)), "another", id="they contend"),
        pytest.param(plan({}, separate(TEXT), separate(TEXT)), "2 resources", id="two resources"),
    ],
)
def test_a_policy_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        policy.from_plan(planned)


def test_another_meaning_is_another_policy() -> None:
    """A changed action is seen."""
    assert policy.policy_of(TEXT) != policy.policy_of(OTHER)


def test_a_distribution_is_rendered_and_restored() -> None:
    """The policy of a delivering bucket waits for the ARN; rendered, a plan of it still says the same."""
    wanted = policy.wanted(MEDIA)
    assert wanted is not None
    assert addresses_in(wanted.text) == {"distribution:media"}
    rendered = render(wanted.text, {"distribution:media": REAL})

    def refer(kind: str, _: str, found: object) -> str | None:
        return "distribution:media" if (kind, found) == ("distribution", REAL) else None

    assert REAL in rendered
    assert policy.from_plan(plan({}, separate(rendered), refer=refer)) == wanted
    assert policy.from_plan(plan({}, separate(rendered))) != wanted


def test_a_contract_without_account_wants_the_same_of_a_distribution() -> None:
    """The account of an ARN that stands for another says nothing, so a contract may leave it out."""
    nowhere = BucketScope(EVERYTHING.model_copy(update={"account": None}), "media")
    wanted, unnamed = policy.wanted(MEDIA), policy.wanted(nowhere)
    assert wanted is not None
    assert unnamed is not None

    ties = {
        condition
        for one in (wanted, unnamed)
        for statement in one.document.statements
        for condition in statement.conditions
        if condition.key == "aws:sourcearn"
    }

    assert len(ties) == 1
