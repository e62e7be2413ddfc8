"""TU-2: does one session of a role keep to its own keys, and can it do there what its role may?"""

import json
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.access.sessions import session_policy
from bucketwright.contract.access.size import TooLarge
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.model import Environment
from bucketwright.iam.documents import Document, parse
from bucketwright.iam.languages import And, Formula, member
from bucketwright.iam.reach import Caller, Listings, Objects, Policies, reached
from tests.contract.access.environments import ACCOUNT, environment, files
from tests.contract.access.holders import ARN
from tests.contract.access.oracle import allows

CALLER = Caller(f"arn:aws:iam::{ACCOUNT}:role/uploader", ACCOUNT)
PATHS = (
    "sessions/{session_id:uuid}/",
    "{env}/up/{user}/{session}/",
    "{user}/files/{session}/{part:int}/",
    "in-{session}/x/",
    "up/{day:date}-{session:int}/",
    "{user}.{number:int}/{session}/",
)
VALUES: Mapping[str, tuple[Value, ...]] = {
    "session_id": ("0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"),
    "user": ("a", "b", "a.1", "files"),
    "session": ("1", "2", "12"),
    "part": (0, 1),
    "day": ("2026-01-31", "2027-01-31"),
    "number": (1, 11),
}


def uploads(path: str, **prefix: object) -> Environment:
    """A bucket of sessions, a bucket beside it, and a role that may do everything there."""
    grants = {verb: ["files/up", "files/other"] for verb in ("read", "write", "delete")}
    access = {"uploader": {"trusts": "lambda.amazonaws.com", **grants}}
    return environment(**files(up={"path": path, **prefix}, other="other/{x}/up/"), access=access)


def session(subject: Environment, values: Mapping[str, Value]) -> Document:
    return parse(json.dumps(session_policy(subject, "uploader", "files/up", values)))


def reach(subject: Environment, limit: Document, action: str, view: Objects | Listings) -> Formula:
    """What a session of the role reaches: what both the role and the session's policy allow."""
    identity = tuple(parse(json.dumps(one)) for one in role_policies(subject, "uploader"))
    return reached(CALLER, Policies(identity, None, (limit,)), ACCOUNT, action, view)


@st.composite
def values_of(draw: st.DrawFn, path: str) -> dict[str, Value]:
    """Values for the first variables of a path, as many segments as are drawn."""
    chosen: dict[str, Value] = {}
    segments = path.split("/")
    for segment in segments[: draw(st.integers(1, len(segments)))]:
        names = [name for name in VALUES if f"{{{name}}}" in segment or f"{{{name}:" in segment]
        chosen |= {name: draw(st.sampled_from(VALUES[name])) for name in names}
    return chosen


@pytest.mark.requirement("TU-2")
@settings(max_examples=120, deadline=None)
@given(st.sampled_from(PATHS), st.sampled_from([None, "{name}", "part_{n:int}"]), st.data())
def test_two_sessions_share_nothing(path: str, objects: str | None, data: st.DataObject) -> None:
    """Sessions of values that differ reach no key and no list in common, by themselves and with the role."""
    one, other = data.draw(values_of(path)), data.draw(values_of(path))
    if all(one[name] == other[name] for name in one.keys() & other.keys()):
        return
    subject = uploads(path, objects=objects)
    first, second = session(subject, one), session(subject, other)

    for view, actions in ((Objects(), ("s3:getobject", "s3:putobject")), (Listings(ARN), ("s3:listbucket",))):
        for action in actions:
            alone = [And((reach(subject, limit, action, view),)) for limit in (first, second)]
            assert member(And(tuple(alone))) is None


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(PATHS), st.data())
def test_a_session_reaches_all_of_its_own(path: str, data: st.DataObject) -> None:
    """Every verb of the role, below the path of the session's values."""
    values = data.draw(values_of(path))
    subject = uploads(path)
    policy = json.loads(json.dumps(session_policy(subject, "uploader", "files/up", values)))
    rest = {name: several[0] for name, several in VALUES.items() if f"{{{name}" in path} | values
    key = path.replace("{env}", "prod")
    for name, value in rest.items():
        key = key.replace(f"{{{name}}}", str(value))
        for kind in ("int", "uuid", "date"):
            key = key.replace(f"{{{name}:{kind}}}", str(value))

    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"):
        assert allows([policy], {"action": action, "resource": f"{ARN}/{key}below/x"})
    assert allows([policy], {"action": "s3:ListBucket", "resource": ARN, "s3:prefix": key})
    assert not allows([policy], {"action": "s3:ListBucket", "resource": ARN, "s3:prefix": ""})
    assert not allows([policy], {"action": "s3:ListBucket", "resource": ARN})


@pytest.mark.parametrize(
    ("path", "values", "missing"),
    [
        pytest.param("{user}/{session}/", {"session": "1"}, "user", id="a later variable without the first"),
        pytest.param("a/{user}.{number:int}/", {"user": "a"}, "number", id="a part of a segment"),
        pytest.param("{a}/{b}/{c}/", {"a": "x", "c": "y"}, "b", id="one left out in the middle"),
        pytest.param("{a}/{b}/{c}/", {"c": "y"}, "a, b", id="two left out"),
    ],
)
def test_later_values_alone_are_refused(path: str, values: Mapping[str, Value], missing: str) -> None:
    """A star for an earlier variable would take in other sessions, so its value is asked for."""
    with pytest.raises(ValueError, match=f"a value for {missing} is needed"):
        session(uploads(path), values)


@pytest.mark.parametrize("value", ["a/b", "*", "a?", "..", "", "a\n", "${aws:username}/x", "x" * 2000])
def test_hostile_values_are_refused(value: str) -> None:
    """A value is text of one segment and nothing else."""
    with pytest.raises(TemplateError):
        session(uploads("up/{session}/"), {"session": value})


def test_a_value_is_no_policy_variable() -> None:
    """What looks like a variable of IAM stays the text it is."""
    policy = session_policy(uploads("up/{session}/"), "uploader", "files/up", {"session": "${aws:userid}"})
    document = json.loads(json.dumps(policy))

    assert allows([document], {"action": "s3:GetObject", "resource": f"{ARN}/up/${{aws:userid}}/x"})
    assert "${aws" not in json.dumps(document)


def statements(policy: object) -> dict[str, Any]:
    return {one["Sid"]: one for one in json.loads(json.dumps(policy))["Statement"]}


def test_a_session_sets_the_tags_of_its_prefix() -> None:
    """A writer's session may tag as declared, or what lifecycle finds by a tag would be kept for ever."""
    tagged = statements(
        session_policy(uploads("{session}/", expire="1 day"), "uploader", "files/up", {"session": "1"})
    )

    assert tagged["Tag"]["Resource"] == f"{ARN}/1/*"
    assert tagged["Tag"]["Condition"]["StringEquals"] == {"s3:RequestObjectTag/bucketwright:prefix": "up"}


def test_a_session_holds_only_the_verbs_of_its_prefix() -> None:
    """What the role may do elsewhere, and the tags of a prefix it only reads, are not its session's."""
    grants = {"read": "files/up", "write": "files/other", "trusts": "lambda.amazonaws.com"}
    subject = environment(
        **files(up={"path": "up/{session}/", "tags": {"team": "red"}}, other="other/"),
        access={"uploader": grants},
    )

    found = statements(session_policy(subject, "uploader", "files/up", {"session": "1"}))

    assert {sid: one["Action"] for sid, one in found.items()} == {
        "Objects": "s3:GetObject",
        "List": "s3:ListBucket",
    }


def test_a_session_restores_what_it_reads_of_an_archive() -> None:
    """Below its own path alone, and nothing where no object goes to an archive or nothing is read."""
    moves = {"archive": {"after": "90 days", "to": "glacier"}}
    writer = environment(
        **files(up={"path": "up/{session}/", **moves}),
        access={"uploader": {"trusts": "lambda.amazonaws.com", "write": "files/up"}},
    )
    restoring = {
        "read": uploads("up/{session}/", **moves),
        "never archived": uploads("up/{session}/"),
        "write": writer,
    }

    own, other = (f"{ARN}/up/{number}/x" for number in (1, 2))
    may = {}
    for name, subject in restoring.items():
        policy = json.loads(json.dumps(session_policy(subject, "uploader", "files/up", {"session": "1"})))
        may[name] = [
            allows([policy], {"action": "s3:RestoreObject", "resource": one}) for one in (own, other)
        ]

    assert may == {"read": [True, False], "never archived": [False, False], "write": [False, False]}


def test_a_session_of_the_whole_bucket_keeps_to_one_path() -> None:
    """A grant of all prefixes is narrowed to the one that is asked for."""
    access = {"uploader": {"trusts": "lambda.amazonaws.com", "write": "files/*"}}
    subject = environment(**files(up="up/{session}/", other="other/"), access=access)

    found = statements(session_policy(subject, "uploader", "files/up", {"session": "1"}))

    assert [one["Resource"] for one in found.values()] == [f"{ARN}/up/1/*"]


def test_a_session_lists_without_reading() -> None:
    """Where only listing is granted, nothing but a list is allowed."""
    access = {"uploader": {"trusts": "lambda.amazonaws.com", "list": "files/up"}}
    subject = environment(**files(up="up/{session}/"), access=access)

    assert list(statements(session_policy(subject, "uploader", "files/up", {"session": "1"}))) == ["List"]


def test_a_session_carries_the_key_of_its_bucket_alone() -> None:
    """The roles' other buckets, and their keys, stay outside."""
    both = {"trusts": "lambda.amazonaws.com", "write": ["files/up", "more/up"]}
    bucket = {"encryption": "kms", "prefixes": {"up": {"path": "up/{session}/"}}}
    subject = environment(buckets={"files": bucket, "more": bucket}, access={"uploader": both})

    found = statements(session_policy(subject, "uploader", "more/up", {"session": "1"}))

    assert set(found) == {"Objects", "MoreKey"}
    assert "alias/shop-prod-more" in json.dumps(found["MoreKey"])


@pytest.mark.parametrize(
    ("address", "access", "words"),
    [
        pytest.param("files/none", {}, "no prefix files/none", id="unknown prefix"),
        pytest.param("none/up", {}, "no prefix none/up", id="unknown bucket"),
        pytest.param("files", {}, "no prefix files", id="no prefix said"),
        pytest.param("files/other", {}, "may do anything on files/other", id="not granted"),
        pytest.param(
            "files/up",
            {"trusts": (), "principals": "arn:aws:iam::444455556666:role/x"},
            "makes no role",
            id="not a role",
        ),
    ],
)
def test_what_is_not_granted_has_no_session(address: str, access: Mapping[str, object], words: str) -> None:
    """An empty policy would be refused by IAM, so the reason is said here."""
    grants = {"trusts": "lambda.amazonaws.com", "write": "files/up", **access}
    subject = environment(**files(up="up/{session}/", other="other/"), access={"uploader": grants})

    with pytest.raises(ValueError, match=words):
        session_policy(subject, "uploader", address, {})


def test_a_session_policy_has_a_limit() -> None:
    """2,048 characters; what does not fit is refused with the figures."""
    long = "/".join(["x" * 90] * 10)

    with pytest.raises(TooLarge, match=r"session policy of access.uploader would be 2,\d+ bytes, 2,048"):
        session(uploads(f"{long}/{{session}}/"), {"session": "1"})


def test_sessions_of_all_paths_are_told_apart_by_their_last_value() -> None:
    """With every variable given, no two sessions of a path share a resource."""
    for path in PATHS:
        names = [name for name in VALUES if f"{{{name}}}" in path or f"{{{name}:" in path]
        values = [{name: VALUES[name][which] for name in names} for which in (0, 1)]
        resources = [json.dumps(session_policy(uploads(path), "uploader", "files/up", one)) for one in values]
        assert all(one != other for one, other in combinations(resources, 2))
