"""Whom a bucket tells of its objects: queues, topics and functions of the plan, and what they let in."""

import json

import pytest

from bucketwright.estate import BucketPosture, FunctionPosture, QueuePosture, TopicPosture
from bucketwright.facets.bucket.notifications import KIND as NOTIFICATION
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.function.permissions import KIND as PERMISSION
from bucketwright.facets.function.permissions import WHOLE
from bucketwright.facets.queue.policy import KIND as QUEUE_POLICY
from bucketwright.facets.tokens import FUNCTION, QUEUE, TOPIC
from bucketwright.facets.topic.policy import KIND as TOPIC_POLICY
from bucketwright.plan import Resource
from bucketwright.posture import Estate, Unknown
from policies.planned import planned
from tests.policies.programs import LATER, Program

REGION = "us-west-2"
ACCOUNT = "111122223333"
URL = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/jobs"
S3 = {"Service": "s3.amazonaws.com"}
ALLOWED = {"Effect": "Allow", "Principal": S3, "Action": "sqs:*", "Resource": "*"}
LISTS = {
    "queue": ("queues", "queueArn"),
    "topic": ("topics", "topicArn"),
    "function": ("lambdaFunctions", "lambdaFunctionArn"),
}
TEXT = json.dumps({"Version": "2012-10-17", "Statement": [ALLOWED]})
CALL = {"action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com"}


def read(program: Program, account: str | None = None) -> Estate:
    return planned(program.plan, account=account)


def told(program: Program, of: str, arn: object, computed: Resource | None = None) -> str:
    """Whom a bucket tells, once it tells one."""
    files = program.bucket("files", {"bucket": "shop-files"})
    several, name = LISTS[of]
    inputs = {"bucket": LATER, several: [{name: arn, "events": ["s3:ObjectCreated:*"]}]}
    sources = {"bucket": files} if computed is None else {"bucket": files, several: computed}
    program.make(NOTIFICATION, "tells", inputs, sources)
    found = read(program, ACCOUNT).follow("bucket:files", BucketPosture)
    return found.notifications.targets[0].target


@pytest.mark.parametrize(
    ("of", "kind", "arn"),
    [
        pytest.param("queue", QUEUE, f"arn:aws:sqs:{REGION}:{ACCOUNT}:jobs", id="a queue"),
        pytest.param("topic", TOPIC, f"arn:aws:sns:{REGION}:{ACCOUNT}:jobs", id="a topic"),
        pytest.param(
            "function", FUNCTION, f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:jobs", id="a function"
        ),
    ],
)
def test_a_destination_of_the_plan_has_an_address(of: str, kind: str, arn: str) -> None:
    """By its output or by its ARN; one of another account is a stranger."""
    for named, by_output in ((LATER, True), (arn, False)):
        program = Program()
        own = program.make(kind, "own", {"name": "jobs", "region": REGION})

        assert told(program, of, named, own if by_output else None) == f"{of}:own"
    program = Program()
    program.make(kind, "own", {"name": "jobs", "region": REGION})
    foreign = arn.replace(ACCOUNT, "444455556666")

    assert told(program, of, foreign) == foreign


@pytest.mark.parametrize(
    ("queue", "sources"),
    [
        pytest.param(LATER, True, id="by its output"),
        pytest.param(URL, False, id="by its address"),
    ],
)
def test_a_policy_belongs_to_the_queue_it_names(queue: str, *, sources: bool) -> None:
    """No other queue is let anybody in by it."""
    program = Program()
    own = program.make(QUEUE, "own", {"name": "jobs", "region": REGION})
    program.make(QUEUE, "other", {"name": "others", "region": REGION})
    computed = {"queueUrl": own} if sources else None
    program.make(QUEUE_POLICY, "policy", {"queueUrl": queue, "policy": TEXT}, computed)
    estate = read(program, ACCOUNT)

    assert estate.follow("queue:own", QueuePosture).policy == policy_of(TEXT)
    assert estate.follow("queue:other", QueuePosture).policy is None


def test_a_policy_of_a_strangers_queue_is_told() -> None:
    """All of it is in one document."""
    program = Program()
    program.make(QUEUE_POLICY, "policy", {"queueUrl": URL, "policy": TEXT})
    found = read(program).only(QueuePosture)

    assert (found.address, found.name, found.policy) == ("queue:jobs", "jobs", policy_of(TEXT))


def test_a_policy_belongs_to_the_topic_it_names() -> None:
    """By its output; and to a stranger by its ARN."""
    program = Program()
    own = program.make(TOPIC, "own", {})
    program.make(TOPIC_POLICY, "policy", {"arn": LATER, "policy": TEXT}, {"arn": own})
    foreign = f"arn:aws:sns:{REGION}:{ACCOUNT}:jobs"
    program.make(TOPIC_POLICY, "foreign", {"arn": foreign, "policy": TEXT})
    estate = read(program)

    assert estate.follow("topic:own", TopicPosture).policy == policy_of(TEXT)
    assert estate.follow("topic:jobs", TopicPosture).policy == policy_of(TEXT)


@pytest.mark.parametrize(
    "function",
    [
        pytest.param(LATER, id="by its output"),
        pytest.param("jobs", id="by its name"),
        pytest.param(f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:jobs", id="by its ARN"),
        pytest.param(f"{ACCOUNT}:function:jobs", id="by a part of its ARN"),
    ],
)
def test_a_permission_belongs_to_the_function_it_names(function: str) -> None:
    """For the bucket of the plan that it names as well."""
    program = Program()
    files = program.bucket("files")
    own = program.make(FUNCTION, "own", {"name": "jobs", "region": REGION})
    sources = {"sourceArn": files, "function": own}
    program.make(PERMISSION, "call", {**CALL, "function": function, "sourceArn": LATER}, sources)
    found = read(program, ACCOUNT).follow("function:own", FunctionPosture).permissions

    assert found is not None
    (statement,) = found.document.statements
    assert [one.values for one in statement.conditions] == [("bucket:files",)]


@pytest.mark.parametrize(
    ("kind", "inputs"),
    [
        pytest.param(PERMISSION, {**CALL, "function": "jobs"}, id="a permission"),
        pytest.param(
            WHOLE, {"resourceArn": "arn:aws:lambda:a:1:function:jobs", "policy": TEXT}, id="a policy"
        ),
    ],
)
def test_a_strangers_function_is_not_told_of(kind: str, inputs: dict[str, object]) -> None:
    """What one program lets in is not all that is let in; so its ARN stays what it is called by."""
    program = Program()
    program.make(kind, "call", inputs)

    assert read(program).postures == {}
    foreign = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:jobs:live"
    assert told(program, "function", foreign) == foreign


def test_a_function_that_is_taken_over_has_more_permissions() -> None:
    """Others had it before this program."""
    program = Program()
    program.make(FUNCTION, "own", {"name": "jobs"}, import_id="jobs")
    program.make(PERMISSION, "call", {**CALL, "function": "jobs"})

    assert isinstance(read(program).follow("function:own", FunctionPosture).told("permissions"), Unknown)
