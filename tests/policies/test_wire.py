"""What the engine tells is read as it is meant: unknown, secret, a provider's own notes, an order."""

from typing import Final

import pytest
from google.protobuf.struct_pb2 import Struct
from hypothesis import given
from hypothesis import strategies as st
from pulumi.runtime.proto import analyzer_pb2 as pb
from pulumi_policy import proxy
from pulumi_policy.deserialize import SPECIAL_SECRET_SIG, SPECIAL_SIG_KEY

from bucketwright.plan import UNKNOWN_INPUT, Resource
from policies.wire import in_order, is_there, registered, tied
from tests.policies.asking import PROVIDER, Sent

BUCKET: Final = "aws:s3/bucket:Bucket"
UNKNOWN: Final = {name: value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_")}


def request(said: dict[str, Sent], provider: pb.AnalyzerProviderResource = PROVIDER) -> pb.AnalyzeRequest:
    """What is told of a bucket that says this."""
    made = pb.AnalyzeRequest(type=BUCKET, urn="urn:files", name="files", provider=provider)
    made.properties.update(said)
    return made


def secret(value: Sent) -> Sent:
    """A value that the program calls a secret."""
    return {SPECIAL_SIG_KEY: SPECIAL_SECRET_SIG, "value": value}


def inputs(**said: Sent) -> dict[str, object]:
    return dict(registered(request(said))[-1].resource.inputs)


@pytest.mark.parametrize("name", UNKNOWN)
def test_whatever_is_unknown_is_one_unknown(name: str) -> None:
    """The engine has a sign for each type of value; here there is one for all."""
    assert inputs(a=UNKNOWN[name], b=[UNKNOWN[name]]) == {"a": UNKNOWN_INPUT, "b": (UNKNOWN_INPUT,)}


def test_every_sign_of_the_sdk_is_known() -> None:
    """A sign that the SDK adds one day is noticed here."""
    assert len(UNKNOWN) == 7
    assert all(isinstance(one, str) for one in UNKNOWN.values())


def test_values_are_plain() -> None:
    """Whole numbers are whole, lists are tuples, nothing is nothing."""
    said: dict[str, Sent] = {"a": 7.0, "b": 0.5, "c": [True, "x", None], "d": {"e": {}}}

    assert inputs(**said) == {"a": 7, "b": 0.5, "c": (True, "x", None), "d": {"e": {}}}
    assert isinstance(inputs(a=7.0)["a"], int)


def test_notes_of_the_provider_are_left_out() -> None:
    """Checked inputs carry which of them are defaults."""
    assert inputs(a={"__defaults": ["b"], "b": "x"}, __defaults=[]) == {"a": {"b": "x"}}


def test_a_secret_is_read_and_noted() -> None:
    """It is judged like any value, and remembered as what must not be shown."""
    told = registered(request({"a": secret({"b": ["hidden-1", 42]}), "c": "plain"}))[-1]

    assert told.resource.inputs == {"a": {"b": ("hidden-1", 42)}, "c": "plain"}
    assert told.has_secrets
    assert told.secrets == {"hidden-1", "42"}


def test_an_unknown_secret_is_unknown() -> None:
    """Nothing of it could be shown."""
    told = registered(request({"a": secret(UNKNOWN_INPUT)}))[-1]

    assert told.resource.inputs == {"a": UNKNOWN_INPUT}
    assert told.has_secrets
    assert not told.secrets


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({SPECIAL_SIG_KEY: SPECIAL_SECRET_SIG}, id="a secret without a value"),
        pytest.param({SPECIAL_SIG_KEY: 7}, id="a sign that is none"),
        pytest.param({SPECIAL_SIG_KEY: "c44067f5952c0a294b673a41bacd8c17", "path": "x"}, id="an asset"),
    ],
)
def test_odd_structures_are_read(odd: Sent) -> None:
    """No request stops the pack."""
    assert set(inputs(a=odd)) == {"a"}


def test_a_resource_stands_after_its_provider() -> None:
    """Which has inputs of its own, and is found under its URN."""
    maker = pb.AnalyzerProviderResource(type=PROVIDER.type, urn=PROVIDER.urn, name=PROVIDER.name)
    maker.properties.update({"defaultTags": secret({"tags": {"a": "hidden-1"}})})
    provider, told = registered(request({"bucket": "x"}, maker))

    assert provider.resource.inputs == {"defaultTags": {"tags": {"a": "hidden-1"}}}
    assert provider.has_secrets
    assert told.resource.provider == provider.resource.urn
    assert told.resource.custom


@pytest.mark.parametrize(
    ("kind", "is_custom"), [("team:index:Storage", False), ("pulumi:providers:aws", True)]
)
def test_what_nobody_provides_is_a_component_or_a_provider(kind: str, is_custom: bool) -> None:
    """The engine does not say it otherwise."""
    [told] = registered(pb.AnalyzeRequest(type=kind, urn="urn:x", name="x"))

    assert told.resource.custom == is_custom


def test_options_are_kept() -> None:
    """What the program ignores, and what it stands in."""
    made = request({"bucket": "x"})
    made.options.ignoreChanges.extend(["tags", "acl", "tags"])
    made.options.parent = "urn:above"
    made.options.protect = True
    resource = registered(made)[-1].resource

    assert (resource.ignore_changes, resource.parent, resource.protect) == (
        ("acl", "tags"),
        "urn:above",
        True,
    )


def test_what_it_hangs_on_comes_at_the_end() -> None:
    """Names of properties with what they are computed from; what hangs on nothing is left out."""
    said = pb.AnalyzerResource(urn="urn:files", parent="urn:above", dependencies=["urn:b", "urn:a"])
    said.propertyDependencies["bucket"].urns.extend(["urn:b"])
    said.propertyDependencies["rule"].urns.extend([])
    found = tied(Resource("urn:files", BUCKET, "files", {}), said)

    assert (found.parent, found.depends_on) == ("urn:above", ("urn:a", "urn:b"))
    assert found.property_dependencies == {"bucket": ("urn:b",)}


@pytest.mark.parametrize(
    ("outputs", "is_known"),
    [
        pytest.param({"arn": "arn:aws:s3:::x"}, True, id="an ARN"),
        pytest.param({"arn": UNKNOWN_INPUT}, False, id="an ARN that is still to be given"),
        pytest.param({"arn": ""}, False, id="no text"),
        pytest.param({"bucket": "x"}, False, id="no ARN at all"),
    ],
)
def test_what_has_an_arn_was_made(outputs: dict[str, Sent], is_known: bool) -> None:
    """In a preview, only what is there has one."""
    properties = Struct()
    properties.update(outputs)

    assert is_there(pb.AnalyzerResource(properties=properties)) == is_known
    assert set(properties.fields) == set(outputs)


@given(st.permutations(range(7)), st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6))))
def test_each_stands_after_what_it_hangs_on(order: list[int], edges: set[tuple[int, int]]) -> None:
    """In whatever order they come; what hangs on itself in a circle is still there once."""
    after = {one: sorted(b for a, b in edges if a == one and b < a) for one in order}
    resources = {
        f"urn:{one}": Resource(
            f"urn:{one}", "t:t:T", "", {}, depends_on=tuple(f"urn:{b}" for b in after[one])
        )
        for one in order
    }
    found = [one.urn for one in in_order(resources)]

    assert sorted(found) == sorted(resources)
    assert all(
        found.index(f"urn:{b}") < found.index(f"urn:{a}") for a, several in after.items() for b in several
    )


def test_a_circle_ends() -> None:
    """No engine sends one; a pack that waits for ever would be worse than a wrong order."""
    one = Resource("urn:a", "t:t:T", "", {}, parent="urn:b")
    other = Resource("urn:b", "t:t:T", "", {}, property_dependencies={"x": ("urn:a", "urn:gone")})

    assert {found.urn for found in in_order({"urn:a": one, "urn:b": other})} == {"urn:a", "urn:b"}
