"""CORS: rules about pages of other origins, of which S3 takes the first that fits."""

import pytest

from bucketwright.facets.bucket import cors
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.facet import Planned
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan

PAGE: Inputs = {
    "allowedOrigins": ["https://b.example.com", "https://a.example.com"],
    "allowedMethods": ["GET"],
}
PAGES = CorsRule(("https://a.example.com", "https://b.example.com"), ("GET",))


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, (cors.KIND, {"corsRules": [PAGE]})), (PAGES,), id="a resource of its own"),
        pytest.param(plan({"corsRules": [PAGE]}), (PAGES,), id="the bucket itself"),
        pytest.param(plan({"corsRules": []}), UNSET, id="an empty list in the bucket"),
        pytest.param(plan({}, (cors.KIND, {"corsRules": []})), (), id="a resource without rules"),
        pytest.param(
            plan(
                {},
                (
                    cors.KIND,
                    {
                        "corsRules": [
                            {
                                **PAGE,
                                "allowedHeaders": ["*"],
                                "exposeHeaders": ["ETag"],
                                "maxAgeSeconds": 60.0,
                            }
                        ]
                    },
                ),
            ),
            (CorsRule(PAGES.origins, PAGES.methods, ("*",), ("ETag",), 60),),
            id="headers and an age",
        ),
    ],
)
def test_cors_in_a_plan(planned: Planned, said: object) -> None:
    """The order inside a rule means nothing."""
    assert cors.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(
            plan({}, (cors.KIND, {"corsRules": [{**PAGE, "allowedOrigins": [UNKNOWN_INPUT]}]})),
            "known only",
            id="unknown",
        ),
        pytest.param(plan({"corsRules": [PAGE, 7]}), "not a mapping", id="a number for a rule"),
        pytest.param(
            plan({"corsRules": [{**PAGE, "allowedMethods": [1]}]}),
            "list of texts",
            id="a number for a method",
        ),
        pytest.param(
            plan({"corsRules": [PAGE]}, (cors.KIND, {"corsRules": [PAGE, PAGE]})),
            "another",
            id="they contend",
        ),
    ],
)
def test_cors_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        cors.from_plan(planned)


def test_the_order_of_cors_rules_counts() -> None:
    """S3 takes the first that fits."""
    narrow = {**PAGE, "allowedMethods": ["PUT"]}

    assert cors.from_plan(plan({"corsRules": [PAGE, narrow]})) != cors.from_plan(
        plan({"corsRules": [narrow, PAGE]})
    )
