"""Who may publish to a topic, as plans say it."""

import json

import pytest

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.tokens import TOPIC
from bucketwright.facets.topic.policy import FRESH, KIND, from_plan
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, whole

PUBLISHING = {
    "Effect": "Allow",
    "Principal": {"Service": "s3.amazonaws.com"},
    "Action": "sns:Publish",
    "Resource": "*",
}
TEXT = json.dumps({"Version": "2012-10-17", "Statement": [PUBLISHING]})


@pytest.mark.parametrize(
    ("inline", "separate"),
    [
        pytest.param({}, {"policy": TEXT}, id="a resource of its own"),
        pytest.param({"policy": TEXT}, None, id="the topic itself"),
    ],
)
def test_a_plan_says_the_policy(inline: Inputs, separate: Inputs | None) -> None:
    """In normal form, in whichever way it is given."""
    parts = [] if separate is None else [made(KIND, separate)]

    assert from_plan(whole(made(TOPIC, inline), *parts)) == policy_of(TEXT)


def test_a_topic_of_which_nothing_is_said_lets_no_service_in() -> None:
    """SNS writes a policy for the topic's own account, which is as if there were none."""
    assert from_plan(whole(made(TOPIC, {"name": "jobs"}))) is UNSET
    assert FRESH is None


def test_a_policy_nobody_knows_is_not_guessed() -> None:
    """Most programs compute it from the topic's ARN."""
    with pytest.raises(Undetermined, match="after deployment"):
        from_plan(whole(made(TOPIC, {}), made(KIND, {"policy": LATER})))
