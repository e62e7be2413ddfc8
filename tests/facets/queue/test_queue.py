"""Who may send to a queue, and take from it, as plans say it."""

import json
from pathlib import Path

import pytest

from bucketwright.contract.loading import load
from bucketwright.estate import QueuePosture
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.queue.policy import FRESH, KIND, from_plan, to_args
from bucketwright.facets.tokens import QUEUE
from bucketwright.iam.documents import Principals
from bucketwright.intended import intended
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs
from tests.facets.wiring import LATER, made, resolve, whole

SENDING = {
    "Effect": "Allow",
    "Principal": {"Service": "s3.amazonaws.com"},
    "Action": "sqs:SendMessage",
    "Resource": "*",
}
DOCUMENT = {"Version": "2012-10-17", "Statement": [SENDING]}
TEXT = json.dumps(DOCUMENT)


@pytest.mark.parametrize(
    ("inline", "separate"),
    [
        pytest.param({}, {"policy": TEXT}, id="a resource of its own"),
        pytest.param({}, {"policy": DOCUMENT}, id="one that is given no text"),
        pytest.param({"policy": TEXT}, None, id="the queue itself"),
        pytest.param({"policy": TEXT}, {"policy": TEXT}, id="both alike"),
    ],
)
def test_a_plan_says_the_policy(inline: Inputs, separate: Inputs | None) -> None:
    """In normal form, in whichever way it is given."""
    parts = [] if separate is None else [made(KIND, separate)]

    assert from_plan(whole(made(QUEUE, inline), *parts)) == policy_of(TEXT)


def test_a_queue_of_which_nothing_is_said_lets_nobody_in() -> None:
    """But for its own account."""
    assert from_plan(whole(made(QUEUE, {"name": "jobs"}))) is UNSET
    assert FRESH is None
    assert to_args(FRESH, resolve) == ()


@pytest.mark.parametrize(
    ("inline", "separate", "reason"),
    [
        pytest.param({}, [{"policy": LATER}], "after deployment", id="unknown"),
        pytest.param({}, [{"policy": "{"}], "none that IAM accepts", id="no policy"),
        pytest.param({}, [{"policy": TEXT}, {"policy": TEXT}], "2 resources", id="two of them"),
        pytest.param(
            {"policy": TEXT.replace("s3", "sns")},
            [{"policy": TEXT}],
            "one thing",
            id="the queue says otherwise",
        ),
    ],
)
def test_a_policy_nobody_knows_is_not_guessed(inline: Inputs, separate: list[Inputs], reason: str) -> None:
    """Nobody is let in by a guess, and nobody kept out."""
    parts = (made(KIND, inputs, name=str(number)) for number, inputs in enumerate(separate))
    with pytest.raises(Undetermined, match=reason):
        from_plan(whole(made(QUEUE, inline), *parts))


def test_a_quarantine_has_two_queues() -> None:
    """One of arrivals, and one for those nobody could handle; both are wanted as their program makes them."""
    environment = load(Path(__file__).parents[2] / "contract/everything.yaml").environments["prod"]
    wanted = {one.address: one for one in intended(environment).every(QueuePosture)}

    assert {address: one.name for address, one in wanted.items()} == {
        "queue:media/incoming": "everything-prod-media_incoming",
        "queue:media/incoming/dead": "everything-prod-media_incoming_dead",
    }
    for one in wanted.values():
        assert one.policy is not None
        (statement,) = one.policy.document.statements
        assert statement.principals == Principals((("Service", "events.amazonaws.com"),))
        assert statement.resources is not None
        assert statement.resources.patterns[0].endswith(f":{one.name}")
