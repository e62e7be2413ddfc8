"""A recorded program: its resources as the engine would hear of them, without engine, account or network."""

import contextvars
import logging
import socket
from typing import NoReturn

import pulumi
import pulumi_aws
import pytest
from pulumi.runtime.settings import set_root_resource
from pulumi_aws import s3

from bucketwright.plan import UNKNOWN_INPUT, Plan
from components.recording import record
from tests.components.programs import IDENTITY, Thing, recorded, resources, telling, under

FIRST = "urn:pulumi:dev::shop::aws:s3/bucket:Bucket::first"


def two_buckets() -> None:
    """Two buckets with settings of their own, the second one told the first one's ARN."""
    first = s3.Bucket("first", bucket="shop-first")
    s3.BucketVersioning(
        "versioning", bucket=first.bucket, versioning_configuration={"status": "Enabled"}, opts=under(first)
    )
    second = s3.Bucket("second", tags={"beside": first.arn})
    s3.BucketLifecycleConfiguration(
        "rules", bucket=second.id, rules=[{"id": "all", "status": "Enabled", "expiration": {"days": 7}}]
    )


def test_inputs_have_the_names_and_values_the_engine_hears() -> None:
    """Types are tokens, names are the provider's, and whole numbers are whole."""
    found = resources(two_buckets)

    assert found["versioning"].type == "aws:s3/bucketVersioning:BucketVersioning"
    assert found["versioning"].inputs == {
        "bucket": "shop-first",
        "versioningConfiguration": {"status": "Enabled"},
    }
    assert repr(found["rules"].inputs["rules"]) == (
        "({'expiration': {'days': 7}, 'id': 'all', 'status': 'Enabled'},)"
    )


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        pytest.param("text", "text", id="a text"),
        pytest.param("", "", id="an empty text"),
        pytest.param(True, True, id="a truth value"),
        pytest.param(0.5, 0.5, id="a fraction"),
        pytest.param(10**15, 10**15, id="a large number"),
        pytest.param([1, [2, {"a": 3}]], (1, (2, {"a": 3})), id="lists in lists"),
        pytest.param({}, {}, id="an empty mapping"),
        pytest.param([], (), id="an empty list"),
        pytest.param(["a", None], ("a", None), id="nothing in a list"),
        pytest.param({"a": None}, {"a": None}, id="nothing in a mapping"),
    ],
)
def test_values_arrive_as_they_are(said: object, heard: object) -> None:
    """Plain data stays what it is."""
    told = resources(telling(lambda: said))["told"]

    assert told.inputs == {"value": heard}
    assert type(told.inputs["value"]) is type(heard)


def test_a_program_knows_its_project_and_stack() -> None:
    """The program reads what it is run as, and the plan says it."""
    seen: list[tuple[str, str, bool]] = []

    def program() -> None:
        seen.append((pulumi.get_project(), pulumi.get_stack(), pulumi.runtime.is_dry_run()))

    assert record(program, project="a", stack="b") == Plan("a", "b", ())
    assert seen == [("a", "b", True)]


def test_what_a_provider_computes_is_unknown() -> None:
    """An ARN is unknown before the deployment, and whose it is stays known."""
    second = resources(two_buckets)["second"]

    assert second.inputs == {"tags": {"beside": UNKNOWN_INPUT}}
    assert second.property_dependencies == {"tags": (FIRST,)}
    assert second.depends_on == (FIRST,)


def test_what_a_resource_was_told_is_known() -> None:
    """The configured name is known to whoever asks the bucket for it, and the dependency is kept."""
    versioning = resources(two_buckets)["versioning"]

    assert versioning.inputs["bucket"] == "shop-first"
    assert versioning.property_dependencies == {"bucket": (FIRST,)}


def test_a_text_with_an_unknown_part_is_unknown() -> None:
    """Half a document is none."""

    def program() -> None:
        first = s3.Bucket("first", bucket="shop-first")
        both = pulumi.Output.concat(first.bucket, "/", first.arn)
        Thing("told", {"both": both, "one": pulumi.Output.concat(first.bucket, "/")})

    assert resources(program)["told"].inputs == {"both": UNKNOWN_INPUT, "one": "shop-first/"}


def test_nobody_computes_with_an_unknown_value() -> None:
    """A function of it is not called; one of a known value is."""
    called: list[object] = []

    def program() -> None:
        thing = Thing("thing", {"size": 3})
        for output in (thing.made, thing.id, thing.urn):
            output.apply(called.append)

    recorded(program)

    assert called == ["urn:pulumi:dev::shop::shop:index:Thing::thing"]


@pytest.mark.parametrize(
    ("calls", "heard"),
    [
        pytest.param({IDENTITY: {"accountId": "111122223333"}}, "111122223333", id="in the table"),
        pytest.param({}, UNKNOWN_INPUT, id="not in the table"),
    ],
)
def test_a_function_answers_from_the_table(calls: dict[str, dict[str, object]], heard: str) -> None:
    """What the table does not say is unknown."""

    def program() -> None:
        Thing("told", {"account": pulumi_aws.get_caller_identity_output().account_id})

    assert resources(program, calls)["told"].inputs == {"account": heard}


def test_a_function_may_be_asked_at_once() -> None:
    """A program that needs the answer while it runs gets it."""

    def program() -> None:
        Thing(pulumi_aws.get_caller_identity().account_id)

    assert list(resources(program, {IDENTITY: {"accountId": "111122223333"}})) == ["111122223333"]


def test_what_exists_already_is_no_part_of_the_plan() -> None:
    """Of a resource that is read only its id is known."""

    def program() -> None:
        there = s3.Bucket.get("there", "shop-there")
        Thing("told", {"id": there.id, "arn": there.arn})

    found = resources(program)

    assert list(found) == ["told"]
    assert found["told"].inputs == {"id": "shop-there", "arn": UNKNOWN_INPUT}


def test_what_is_looked_up_by_an_unknown_id_is_unknown() -> None:
    """Nobody computes with the id of something that cannot be found yet."""
    called: list[object] = []

    def program() -> None:
        there = Thing("there", opts=pulumi.ResourceOptions(id=Thing("first").made))
        there.id.apply(called.append)

    recorded(program)

    assert called == []


def test_configuration_is_what_was_given() -> None:
    """The program reads its configuration and nobody else's."""

    def program() -> None:
        Thing("told", {"size": pulumi.Config("shop").require_int("size"), "no": pulumi.Config().get("size")})

    plan = record(program, project="p", stack="dev", config={"shop:size": "3"})

    assert plan.resources[0].inputs == {"size": 3}


def test_stacks_follow_one_another_in_one_process() -> None:
    """The second program sees nothing of the first: neither its names nor its resources."""
    plans = [recorded(two_buckets, stack) for stack in ("dev", "prod", "dev")]

    assert [plan.stack for plan in plans] == ["dev", "prod", "dev"]
    assert plans[0] == plans[2]
    assert all("::shop::" in one.urn and one.urn.startswith("urn:pulumi:prod:") for one in plans[1].resources)
    assert len(plans[1].resources) == 4


def test_a_program_is_recorded_wherever_another_one_is() -> None:
    """The root of a program that is still there is nobody's parent."""
    roots: list[pulumi.Resource | None] = []
    recorded(lambda: roots.append(pulumi.runtime.get_root_resource()))

    def beside_another() -> Plan:
        for root in filter(None, roots):
            set_root_resource(root)
        return recorded(two_buckets)

    assert contextvars.copy_context().run(beside_another) == recorded(two_buckets)


def test_no_connection_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program is recorded where there is neither a network nor a way to say who one is."""

    def refused(*_: object) -> NoReturn:
        raise AssertionError

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr("os.environ", {})

    assert len(recorded(two_buckets).resources) == 4


def test_warnings_of_the_program_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """What the program wants its reader to know is not lost, and what is mere talk is."""

    def program() -> None:
        thing = Thing("thing")
        pulumi.log.info("mere talk")
        pulumi.warn("beware", thing)

    recorded(program)

    assert caplog.record_tuples == [("components.recording", logging.WARNING, "beware")]
