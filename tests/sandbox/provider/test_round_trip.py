"""What a handler makes is what it reads, for every type, through every change, until it is gone."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

import pytest

from sandbox.provider.calling import create, delete, problems, read, replaces, update
from sandbox.provider.handlers import all_handlers, handlers
from sandbox.provider.schema import kinds_of, violations
from sandbox.server import Clients, Server, serving
from tests.sandbox.provider.all_examples import EXAMPLES
from tests.sandbox.provider.examples import REGION, Example, Plain, filled
from tests.sandbox.provider.ground import new_buckets, shared

_IDS = {
    "aws:cloudtrail/trail:Trail": "arn:aws:cloudtrail:us-west-2:610000000002:trail/nowhere",
    "aws:cloudwatch/eventTarget:EventTarget": "nowhere;nobody",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": "nowhere:nothing",
    "aws:ecs/taskDefinition:TaskDefinition": "arn:aws:ecs:us-west-2:610000000002:task-definition/nowhere:1",
    "aws:iam/policy:Policy": "arn:aws:iam::610000000002:policy/nowhere",
    "aws:iam/rolePolicy:RolePolicy": "nowhere:nothing",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "nowhere/arn:aws:iam::aws:policy/ReadOnlyAccess",
    "aws:kms/alias:Alias": "alias/nowhere",
    "aws:kms/key:Key": "0f5d1ae1-c2b3-4d5e-8f90-123456789abc",
    "aws:lambda/permission:Permission": "nowhere/nothing",
    "aws:s3/accessPoint:AccessPoint": "610000000002:nowhere",
    "aws:scheduler/schedule:Schedule": "nowhere/nothing",
    "aws:sns/topicPolicy:TopicPolicy": "arn:aws:sns:us-west-2:610000000002:nowhere",
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": "610000000002",
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": "nowhere:nothing",
    "aws:s3/bucketMetric:BucketMetric": "nowhere:nothing",
    "aws:s3/inventory:Inventory": "nowhere:nothing",
    "aws:sns/topic:Topic": "arn:aws:sns:us-west-2:610000000002:nowhere",
    "aws:sqs/queue:Queue": "https://sqs.us-west-2.amazonaws.com/610000000002/nowhere",
    "aws:sqs/queuePolicy:QueuePolicy": "https://sqs.us-west-2.amazonaws.com/610000000002/nowhere",
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One sandbox for all."""
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def clients(server: Server) -> Clients:
    """Clients of the account in which examples are tried."""
    return server.clients(account="610000000001", region=REGION)


@pytest.fixture(scope="module")
def strangers(server: Server) -> Clients:
    """Clients of an account in which nothing is."""
    return server.clients(account="610000000002", region=REGION)


@pytest.fixture(scope="module")
def ground(clients: Clients) -> Mapping[str, str]:
    """What all examples may share."""
    return shared(clients)


@pytest.fixture
def words(clients: Clients, ground: Mapping[str, str]) -> Mapping[str, str]:
    """Everything that an example may name."""
    return {**ground, **new_buckets(clients)}


def steps_of(example: Example, words: Mapping[str, str]) -> list[Plain]:
    """The steps with all their words."""
    return [inputs for step in example.steps if isinstance(inputs := filled(step, words), dict)]


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_what_is_made_is_what_is_read(example: Example, clients: Clients, words: Mapping[str, str]) -> None:
    """Creating and every update give back the very inputs; deleting leaves what AWS cannot forget."""
    steps = steps_of(example, words)
    made = create(clients, example.type, steps[0])
    assert made.inputs == steps[0]

    for old, new in pairwise([*steps, steps[-1]]):
        made = update(clients, example.type, made.id, old, new)
        assert made.inputs == new

    assert read(clients, example.type, made.id, steps[-1]) == made
    delete(clients, example.type, made.id, steps[-1])
    left = read(clients, example.type, made.id, steps[-1])
    assert (left.inputs if left else None) == filled(example.left, words)
    delete(clients, example.type, made.id, steps[-1])


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "tags" in one.steps[0]], ids=str)
def test_the_last_tag_can_be_taken_away(example: Example, clients: Clients, words: Mapping[str, str]) -> None:
    """A resource without tags has none, and can have some again."""
    tagged = steps_of(example, words)[0]
    bare = {name: value for name, value in tagged.items() if name != "tags"}
    made = create(clients, example.type, tagged)

    assert update(clients, example.type, made.id, tagged, bare).inputs == bare
    assert update(clients, example.type, made.id, bare, tagged).inputs == tagged
    delete(clients, example.type, made.id, tagged)


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_it_can_be_imported(example: Example, clients: Clients, words: Mapping[str, str]) -> None:
    """Read without a program, it has inputs that the SDK would send."""
    made = create(clients, example.type, steps_of(example, words)[0])

    imported = read(clients, example.type, made.id, {})
    delete(clients, example.type, made.id, {})

    assert imported is not None
    assert violations(example.type, imported.inputs) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_sdk_would_send_the_examples(example: Example) -> None:
    """Every step is spelled as the SDK spells it, and the double carries all of it."""
    for step in example.steps:
        assert problems(example.type, step) == []


@pytest.mark.parametrize("type_", sorted(handlers()))
def test_what_is_not_there_is_gone(type_: str, strangers: Clients) -> None:
    """Where a resource never was, nothing is read, and deleting it is fine."""
    nowhere = _IDS.get(type_, "nowhere")

    assert read(strangers, type_, nowhere, {}) is None
    delete(strangers, type_, nowhere, {})


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_no_step_needs_a_new_resource(example: Example) -> None:
    """The engine updates only what may change in place, and so do the examples."""
    for old, new in pairwise(example.steps):
        assert {name for name in replaces(example.type) if old.get(name) != new.get(name)} == set()


def test_every_handler_is_tried() -> None:
    """Each type has one handler, and each handler an example."""
    types = [handler.type for handler in all_handlers()]

    assert sorted(types) == sorted({example.type for example in EXAMPLES})


@pytest.mark.parametrize("type_", sorted(handlers()))
def test_nothing_that_is_carried_is_untried(type_: str) -> None:
    """Each input stands in an example or is refused, so none can be dropped unnoticed."""
    tried = {name for example in EXAMPLES if example.type == type_ for step in example.steps for name in step}

    assert set(kinds_of(type_)) - {"region"} - tried == handlers()[type_].refuses & set(kinds_of(type_))
