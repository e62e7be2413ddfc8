"""What is set in a live bucket is what is read of it, from whatever was there before."""

import json
from collections.abc import Mapping
from types import ModuleType
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.facets.bucket import (
    abac,
    acceleration,
    acl,
    blocks_sse_c,
    encryption,
    object_lock,
    ownership,
    policy,
    public_access_block,
    requester_pays,
    tags,
    versioning,
)
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.grants import ALL_USERS, LOG_DELIVERY, OWNER, Grant
from bucketwright.facets.words import Algorithm, Mode
from sandbox.server import Server
from tests.facets.bucket.live_bucket import Live, made

LAW: Final = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
_KEYS: Final = st.sampled_from(
    (None, "key:files", "key:logs", "arn:aws:kms:eu-west-1:111122223333:key/1234", "alias/mine")
)


@st.composite
def encryptions(draw: st.DrawFn) -> Encryption:
    """Every default that S3 takes."""
    algorithm: Algorithm = draw(st.sampled_from(("AES256", "aws:kms", "aws:kms:dsse")))
    if algorithm == "AES256":
        return Encryption()
    return Encryption(algorithm, draw(_KEYS), algorithm == "aws:kms" and draw(st.booleans()))


@st.composite
def locks(draw: st.DrawFn) -> ObjectLock:
    """Every lock that is one, with and without a default."""
    mode: Mode | None = draw(st.sampled_from((None, "GOVERNANCE", "COMPLIANCE")))
    if mode is None:
        return ObjectLock(True)
    if draw(st.booleans()):
        return ObjectLock(True, mode, days=draw(st.integers(1, 36_500)))
    return ObjectLock(True, mode, years=draw(st.integers(1, 100)))


_GRANTS: Final = st.builds(
    Grant,
    st.sampled_from((OWNER, ALL_USERS, LOG_DELIVERY, f"id:{'ab' * 32}", f"id:{'cd' * 32}")),
    st.sampled_from(("FULL_CONTROL", "READ", "WRITE", "READ_ACP", "WRITE_ACP")),
)
_CANNED: Final = st.sampled_from([acl.CANNED[name] for name in sorted(acl.CANNED.keys() - {"aws-exec-read"})])
"""For the one left out moto grants EC2 nothing, and the sandbox leaves it so."""


@st.composite
def policies(draw: st.DrawFn) -> Policy | None:
    """Policies of one bucket, with a distribution of the contract in some, and none."""
    sources = st.sampled_from(
        (
            "arn:aws:cloudfront::000000000000:distribution/{files}",
            "arn:aws:cloudfront::123456789012:distribution/E2STRANGER",
            "arn:aws:s3:::logs",
        )
    )
    statement = st.fixed_dictionaries(
        {
            "Effect": st.sampled_from(("Allow", "Deny")),
            "Principal": st.sampled_from(
                (
                    "*",
                    {"AWS": "210987654321"},
                    {"Service": ["cloudfront.amazonaws.com", "logging.s3.amazonaws.com"]},
                )
            ),
            "Action": st.sampled_from(("s3:GetObject", ["s3:PutObject", "s3:Get*"])),
            "Resource": st.just("arn:aws:s3:::{name}/*"),
        },
        optional={
            "Condition": st.fixed_dictionaries({"ArnLike": st.fixed_dictionaries({"aws:SourceArn": sources})})
        },
    )
    statements = draw(st.lists(statement, max_size=3))
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": statements})) if statements else None


_WORDS: Final = st.text("abcxyz0189 +-=._:/@äß", min_size=1, max_size=12).map(str.strip).filter(bool)
_TAGS: Final = st.dictionaries(
    _WORDS.filter(lambda word: not word.startswith("aws:")), st.just("") | _WORDS, max_size=5
)
VALUES: Final[Mapping[ModuleType, st.SearchStrategy[object]]] = {
    abac: st.booleans(),
    acceleration: st.booleans(),
    acl: st.frozensets(_GRANTS, max_size=4) | _CANNED,
    blocks_sse_c: st.booleans(),
    encryption: encryptions(),
    object_lock: locks(),
    ownership: st.sampled_from(("BucketOwnerEnforced", "BucketOwnerPreferred", "ObjectWriter")),
    policy: policies(),
    public_access_block: st.builds(PublicAccessBlock, *[st.booleans()] * 4),
    requester_pays: st.booleans(),
    tags: _TAGS,
    versioning: st.sampled_from(("Enabled", "Suspended")),
}


def prepared(server: Server, facet: ModuleType) -> Live:
    """The same, with what the setting needs."""
    live = made(server)
    if facet is object_lock:
        live.call("PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
    live.facts["encryption"] = Encryption()
    return live


def here(value: object, live: Live) -> object:
    """A policy about this bucket."""
    return policy_of(value.text.replace("{name}", live.name)) if isinstance(value, Policy) else value


@pytest.mark.parametrize("facet", VALUES, ids=lambda facet: facet.__name__.rpartition(".")[2])
@LAW
@given(data=st.data())
def test_what_is_set_is_read(server: Server, facet: ModuleType, data: st.DataObject) -> None:
    """From any value to any other, one after the other; and nothing is sent where nothing differs."""
    live = prepared(server, facet)
    before = live.read(facet)
    for drawn in data.draw(st.lists(VALUES[facet], min_size=1, max_size=3)):
        after = here(drawn, live)
        live.set(facet, before, after)

        assert live.read(facet) == after
        assert facet.to_api(after, after, live.site()) == ()
        before = after


@LAW
@given(data=st.data())
def test_the_default_and_what_is_blocked_leave_each_other_alone(server: Server, data: st.DataObject) -> None:
    """One call sets both, so each is told what the other is to be."""
    live = prepared(server, encryption)
    live.facts.update({"encryption": Encryption(), "blocks_sse_c": True})
    for facet in data.draw(st.lists(st.sampled_from((encryption, blocks_sse_c)), max_size=5)):
        name = facet.__name__.rpartition(".")[2]
        before, after = live.facts[name], data.draw(VALUES[facet])
        live.set(facet, before, after)
        live.facts[name] = after

        assert {one: live.read(module) for one, module in BOTH.items()} == live.facts


BOTH: Final = {"encryption": encryption, "blocks_sse_c": blocks_sse_c}
