"""Access logs, inventories and notifications: what a bucket sends to whom."""

from pathlib import Path

import pytest

from bucketwright.contract.buckets import Notification
from bucketwright.contract.buckets import Notifications as Stated
from bucketwright.contract.loading import load
from bucketwright.facets.bucket import inventory, logging, notifications
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.notifications import Notifications, Target
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import Planned
from bucketwright.plan import UNKNOWN_INPUT
from bucketwright.posture import UNSET, Undetermined
from tests.facets.plans import Inputs, plan, resolve

EVERYTHING = load(Path(__file__).parents[2] / "contract" / "everything.yaml").environments["prod"]
QUEUE = "arn:aws:sqs:us-west-2:111122223333:uploads"
TOPIC = "arn:aws:sns:us-west-2:111122223333:uploads"
FUNCTION = "arn:aws:lambda:us-west-2:111122223333:function:uploads"
PUT = ("s3:ObjectCreated:Put",)


def logs(bucket: object = "name-of-bucket-logs", **more: object) -> tuple[str, Inputs]:
    return logging.KIND, {"targetBucket": bucket, "targetPrefix": "files/", **more}


def keys(source: object) -> Inputs:
    return {"targetObjectKeyFormat": {"partitionedPrefix": {"partitionDateSource": source}}}


def listing(name: object = "objects", **more: object) -> tuple[str, Inputs]:
    to = {"bucketArn": "arn:aws:s3:::bucket/logs", "format": "Parquet", **more}
    return inventory.KIND, {
        "name": name,
        "includedObjectVersions": "Current",
        "schedule": {"frequency": "Weekly"},
        "destination": {"bucket": to},
    }


def told(**targets: object) -> tuple[str, Inputs]:
    return notifications.KIND, {"bucket": "files", **targets}


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(
            plan({}, logs()), Logging("bucket:logs", "files/"), id="flat keys, where no form is named"
        ),
        pytest.param(
            plan({}, logs(targetObjectKeyFormat={"simplePrefix": {}})),
            Logging("bucket:logs", "files/"),
            id="flat keys",
        ),
        pytest.param(
            plan({}, logs(**keys("EventTime"))),
            Logging("bucket:logs", "files/", "EventTime"),
            id="by event time",
        ),
        pytest.param(
            plan({}, logs(**keys("DeliveryTime"))),
            Logging("bucket:logs", "files/", "DeliveryTime"),
            id="by delivery",
        ),
        pytest.param(plan({}, logs("elsewhere")), Logging("elsewhere", "files/"), id="a bucket of strangers"),
        pytest.param(
            plan({}, logs(targetGrants=[{"permission": "READ", "grantee": {"type": "Group"}}])),
            Logging("bucket:logs", "files/", shared=True),
            id="given to others",
        ),
        pytest.param(
            plan({"logging": {"targetBucket": "name-of-bucket-logs"}}),
            Logging("bucket:logs", ""),
            id="the bucket itself",
        ),
        pytest.param(
            plan({"loggings": [{"targetBucket": "elsewhere", "targetPrefix": "a/"}]}),
            Logging("elsewhere", "a/"),
            id="the older bucket: a list of one",
        ),
    ],
)
def test_logging_in_a_plan(planned: Planned, said: object) -> None:
    """Where logs go is an address, if it is one of ours."""
    assert logging.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, logs(UNKNOWN_INPUT)), "known only after", id="unknown target"),
        pytest.param(plan({}, logs(targetPrefix=UNKNOWN_INPUT)), "known only after", id="unknown prefix"),
        pytest.param(plan({}, logs(**keys("Today"))), "one of EventTime", id="no such date"),
        pytest.param(plan({}, logs(None)), "targetBucket: is not said", id="no target"),
        pytest.param(plan({}, logs(7)), "not text", id="a number"),
        pytest.param(plan({"logging": {"targetBucket": "a"}}, logs()), "another", id="they contend"),
    ],
)
def test_logging_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        logging.from_plan(planned)


def test_delivered_logs_are_given_to_nobody() -> None:
    """No contract can ask for it."""
    with pytest.raises(ValueError, match="to nobody"):
        logging.to_args(Logging("bucket:logs", "files/", shared=True), resolve)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, listing()), (Inventory("objects", "bucket:logs"),), id="one"),
        pytest.param(
            plan({}, listing("b"), listing("a", bucketArn="arn:aws:s3:::elsewhere")),
            (Inventory("a", "arn:aws:s3:::elsewhere"), Inventory("b", "bucket:logs")),
            id="two, in the order of their names",
        ),
        pytest.param(
            plan({}, listing(encryption={"sseS3": {}})),
            (Inventory("objects", "bucket:logs", key="SSE-S3"),),
            id="SSE-S3",
        ),
        pytest.param(
            plan({}, listing(encryption={"sseKms": {"keyId": "arn:aws:kms:::key/logs"}})),
            (Inventory("objects", "bucket:logs", key="key:logs"),),
            id="a key of ours",
        ),
    ],
)
def test_inventory_in_a_plan(planned: Planned, said: object) -> None:
    """There may be several, and their order means nothing."""
    assert inventory.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, listing(UNKNOWN_INPUT)), "known only after", id="unknown name"),
        pytest.param(plan({}, listing(bucketArn=UNKNOWN_INPUT)), "known only after", id="unknown target"),
        pytest.param(plan({}, listing(format="JSON")), "one of Parquet", id="no such format"),
        pytest.param(plan({}, listing(encryption={"sseKms": {}})), "keyId: is not said", id="no key"),
        pytest.param(plan({}, listing(None)), "name: is not said", id="no name"),
        pytest.param(plan({}, listing(), listing()), "one name", id="two of one name"),
    ],
)
def test_inventory_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said in two ways is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        inventory.from_plan(planned)


@pytest.mark.parametrize(
    ("planned", "said"),
    [
        pytest.param(plan({}), UNSET, id="nothing is said"),
        pytest.param(plan({}, told()), Notifications(), id="a resource that tells nobody"),
        pytest.param(plan({}, told(eventbridge=True)), Notifications(eventbridge=True), id="EventBridge"),
        pytest.param(
            plan(
                {}, told(queues=[{"queueArn": QUEUE, "events": list(PUT), "filterPrefix": "a/", "id": "x"}])
            ),
            Notifications(targets=(Target("queue", QUEUE, PUT, "a/"),)),
            id="a queue, below a prefix",
        ),
        pytest.param(
            plan(
                {},
                told(
                    topics=[{"topicArn": TOPIC, "events": ["b", "a"], "filterSuffix": ".pdf"}],
                    lambdaFunctions=[{"lambdaFunctionArn": FUNCTION, "events": list(PUT)}],
                ),
            ),
            Notifications(
                targets=(Target("function", FUNCTION, PUT), Target("topic", TOPIC, ("a", "b"), suffix=".pdf"))
            ),
            id="a topic and a function, events in any order",
        ),
    ],
)
def test_notifications_in_a_plan(planned: Planned, said: object) -> None:
    """Who is told of what, whatever the order and the ids."""
    assert notifications.from_plan(planned) == said


@pytest.mark.parametrize(
    ("planned", "reason"),
    [
        pytest.param(plan({}, told(eventbridge=UNKNOWN_INPUT)), "known only after", id="unknown switch"),
        pytest.param(
            plan({}, told(queues=[{"queueArn": UNKNOWN_INPUT, "events": ["a"]}])),
            "queueArn: is known",
            id="unknown queue",
        ),
        pytest.param(
            plan({}, told(queues=[{"queueArn": QUEUE, "events": [UNKNOWN_INPUT]}])),
            "known only after",
            id="unknown event",
        ),
        pytest.param(plan({}, told(topics=[{"events": ["a"]}])), "topicArn: is not said", id="no topic"),
        pytest.param(plan({}, told(queues=QUEUE)), "not a list", id="a text for a list"),
        pytest.param(plan({}, told(), told()), "2 resources", id="two resources"),
    ],
)
def test_notifications_that_cannot_be_known(planned: Planned, reason: str) -> None:
    """What is unknown, senseless or said twice is not guessed."""
    with pytest.raises(Undetermined, match=reason):
        notifications.from_plan(planned)


def test_a_quarantine_hears_of_its_uploads() -> None:
    """EventBridge is wanted for it, though the contract does not name it."""
    assert not EVERYTHING.buckets["media"].notifications.eventbridge
    assert notifications.wanted(BucketScope(EVERYTHING, "media")) == Notifications(eventbridge=True)
    assert notifications.wanted(BucketScope(EVERYTHING, "copies")) == Notifications()


def test_what_a_target_is_told_of() -> None:
    """All of the bucket where it names no prefix; spelled as filters are, where it does."""
    stated = Stated(
        targets=(
            Notification(arn=TOPIC, events=("s3:ObjectRemoved:*", "s3:ObjectCreated:*"), suffix=" end"),
            Notification(arn=FUNCTION, events=("s3:ObjectCreated:*",), prefix="documents"),
        )
    )
    files = EVERYTHING.buckets["files"].model_copy(update={"notifications": stated})
    environment = EVERYTHING.model_copy(update={"buckets": {**EVERYTHING.buckets, "files": files}})

    assert notifications.wanted(BucketScope(environment, "files")).targets == (
        Target("function", FUNCTION, ("s3:ObjectCreated:*",), "prod/documents/"),
        Target("topic", TOPIC, ("s3:ObjectCreated:*", "s3:ObjectRemoved:*"), suffix="+end"),
    )
