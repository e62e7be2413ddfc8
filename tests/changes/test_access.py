"""Who gains and who loses what, held against an evaluation of single requests."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.changes.access import AccessChange, access_changes
from bucketwright.contract.model import Environment
from bucketwright.estate import AccountPosture, BucketPosture, RolePosture
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.role.policies import Policies
from bucketwright.iam.documents import canonical, parse
from bucketwright.intended import intended
from bucketwright.posture import Circumstances, Estate, Unknown
from tests.iam.reference import Raw, Request, Who, may

ACCOUNT: Final = "111122223333"
ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/reader"
ACTIONS: Final = {"read": "s3:GetObject", "write": "s3:PutObject", "delete": "s3:DeleteObject"}
OPEN: Final = PublicAccessBlock(restrict_buckets=False)


def _document(*statements: Raw) -> Raw:
    return {"Version": "2012-10-17", "Statement": [*statements]}


def _estate(identity: Raw, bucket: Raw, *, block: object = OPEN) -> Estate:
    """One bucket, one role, one account."""
    own = frozenset(canonical(parse(json.dumps(identity))).statements)
    policy = policy_of(json.dumps(bucket)) if bucket["Statement"] else None
    facts = {"policy": policy, "public_access_block": block, "region": "us-west-2"}
    held = {"policies": Policies(own), "managed": frozenset()}
    several = (
        BucketPosture("bucket:p", "p", facts),
        RolePosture("role:reader", "reader", held),
        AccountPosture("account:own", ACCOUNT, {"public_access_block": OPEN}),
    )
    return Estate("planned", {one.address: one for one in several})


_PATTERNS = st.sampled_from(["a/*", "a/b/*", "*", "b?", "a/b/c", "*/c"])
_KEYS: Final = ("a/x", "a/b/c", "a/b/d", "b1", "b", "z/c", "")


def _statement(principal: Mapping[str, object]) -> st.SearchStrategy[Raw]:
    return st.builds(
        lambda effect, action, patterns: {
            "Effect": effect,
            "Action": action,
            "Resource": [f"arn:aws:s3:::p/{one}" for one in patterns],
            **principal,
        },
        st.sampled_from(["Allow", "Allow", "Deny"]),
        st.sampled_from(["s3:GetObject", "s3:PutObject", "s3:*"]),
        st.lists(_PATTERNS, min_size=1, max_size=2),
    )


_IDENTITY = st.lists(_statement({}), max_size=2).map(lambda several: _document(*several))
_BUCKET = st.lists(
    st.one_of(_statement({"Principal": {"AWS": ROLE}}), _statement({"Principal": "*"})), max_size=2
).map(lambda several: _document(*several))


def _reaches(identity: Raw, bucket: Raw, verb: str, key: str) -> bool:
    request = Request(ACTIONS[verb], f"arn:aws:s3:::p/{key}")
    return may(Who(ROLE, ACCOUNT), [identity], bucket, [], ACCOUNT, request)


@given(before=st.tuples(_IDENTITY, _BUCKET), after=st.tuples(_IDENTITY, _BUCKET))
@settings(max_examples=150, deadline=None)
def test_examples_are_gained_and_lost_and_nothing_else_is(
    before: tuple[Raw, Raw], after: tuple[Raw, Raw]
) -> None:
    """What is told is so for a request; of what is not told, no request of a small world differs."""
    changes = access_changes(_estate(*before), _estate(*after))
    told = {one.verb: one for one in changes if one.who == "role:reader"}
    for verb in ACTIONS:
        found = told.get(verb, AccessChange("role:reader", verb, "bucket:p"))
        if found.gained:
            assert _reaches(*after, verb, found.gained_example)
            assert not _reaches(*before, verb, found.gained_example)
        if found.lost:
            assert _reaches(*before, verb, found.lost_example)
            assert not _reaches(*after, verb, found.lost_example)
        for key in _KEYS:
            then, now = _reaches(*before, verb, key), _reaches(*after, verb, key)

            assert found.gained if now and not then else True
            assert found.lost if then and not now else True


def _renamed(estate: Estate, policies: tuple[Raw, Raw]) -> Estate:
    """The same with another name of the bucket, in its policies too."""
    identity, bucket = (json.loads(json.dumps(one).replace("s3:::p/", "s3:::other-p/")) for one in policies)
    held = _estate(identity, bucket).postures
    facts = held["bucket:p"].facts
    return replace(estate, postures={**held, "bucket:p": BucketPosture("bucket:p", "other-p", facts)})


@given(before=st.tuples(_IDENTITY, _BUCKET), after=st.tuples(_IDENTITY, _BUCKET))
@settings(max_examples=75, deadline=None)
def test_a_new_name_alone_changes_no_access(before: tuple[Raw, Raw], after: tuple[Raw, Raw]) -> None:
    """Each side is asked for its bucket as it is called there, so that keys are held against keys."""
    then, now = _estate(*before), _estate(*after)

    assert access_changes(then, _renamed(now, after)) == access_changes(then, now)
    assert access_changes(then, _renamed(then, before)) == ()


def test_a_policy_that_keeps_the_old_name_lets_nobody_into_the_new_one() -> None:
    """What stands in a policy counts, not what was meant."""
    nothing = _document()
    before = _estate(nothing, _document(_allow("*")))
    bucket = before.postures["bucket:p"]
    moved = replace(
        before, postures={**before.postures, "bucket:p": BucketPosture("bucket:p", "q", bucket.facts)}
    )
    told = {one.who: one for one in access_changes(before, moved)}

    assert told.keys() == {"everyone", "role:reader"}
    for one in told.values():
        assert (one.verb, one.gained, one.lost, one.lost_example) == ("read", (), ("a/*",), "a/")


def _allow(who: object, pattern: str = "a/*", action: str = "s3:GetObject", **more: object) -> Raw:
    resource = f"arn:aws:s3:::p/{pattern}"
    return {"Effect": "Allow", "Principal": who, "Action": action, "Resource": resource, **more}


@pytest.mark.parametrize(
    ("principal", "who"),
    [
        pytest.param("*", "everyone", id="everyone"),
        pytest.param({"AWS": "444455556666"}, "444455556666", id="another account"),
        pytest.param({"Service": "logging.s3.amazonaws.com"}, "logging.s3.amazonaws.com", id="a service"),
        pytest.param(
            {"AWS": "arn:aws:iam::444455556666:role/x"},
            "arn:aws:iam::444455556666:role/x",
            id="a foreign role",
        ),
    ],
)
def test_whoever_a_bucket_policy_names_is_told(principal: object, who: str) -> None:
    """Not our roles alone: everyone, other accounts and services gain by a bucket's policy."""
    nothing = _document()
    changes = access_changes(_estate(nothing, nothing), _estate(nothing, _document(_allow(principal))))

    assert ("read", ("a/*",)) in {(one.verb, one.gained) for one in changes if one.who == who}


def test_a_closed_bucket_lets_nobody_in_from_outside() -> None:
    """A public policy that is cut off gives nobody anything; behind an unknown block it is not decided."""
    nothing, public = _document(), _document(_allow("*"))
    closed = access_changes(_estate(nothing, nothing), _estate(nothing, public, block=PublicAccessBlock()))
    dark = access_changes(_estate(nothing, nothing), _estate(nothing, public, block=Unknown("denied")))

    assert [one for one in closed if one.who == "everyone"] == []
    assert {one.unsure for one in dark if one.who == "everyone"} == {"public_access_block: denied"}


def test_an_equal_estate_changes_nothing() -> None:
    """The same policies in another order and spelling are the same."""
    one, two = _allow("*"), _allow({"AWS": "444455556666"}, "b?")
    nothing = _document()

    assert access_changes(_estate(nothing, _document(one, two)), _estate(nothing, _document(two, one))) == ()


def test_lists_are_told_by_their_prefixes() -> None:
    """A grant in a contract is told with its patterns, and an example that its prefix could hold."""

    def estate(reads: list[str]) -> Estate:
        prefixes = {"documents": {"path": "{env}/cases/{id:int}/"}, "other": {"path": "{env}/other/"}}
        environment = Environment.model_validate(
            {
                "project": "shop",
                "name": "prod",
                "buckets": {"files": {"prefixes": prefixes}},
                "access": {"app": {"trusts": "lambda.amazonaws.com", "write": "files/other", "read": reads}},
            }
        )
        return Estate("intended", intended(environment).postures, {}, Circumstances(environment))

    changes = access_changes(estate(["files/other"]), estate(["files/documents"]))
    told = {one.verb: (one.gained, one.lost) for one in changes}

    assert told["list"] == (("prod/cases/*/*",), ("prod/other/*",))
    assert told["read"] == (("prod/cases/*/*",), ("prod/other/*",))
    assert "write" not in told
    [read] = (one for one in changes if one.verb == "read")
    assert read.gained_example.startswith("prod/cases/0/")


def test_policies_that_aws_writes_are_not_guessed() -> None:
    """A role that gets a policy of AWS may come to reach anything."""
    nothing = _document()
    before = _estate(nothing, nothing)
    held = {"policies": Policies(), "managed": frozenset({"arn:aws:iam::aws:policy/AdministratorAccess"})}
    role = RolePosture("role:reader", "reader", held)
    after = Estate("planned", {**before.postures, role.address: role})

    assert "AdministratorAccess" in access_changes(before, after)[0].unsure
