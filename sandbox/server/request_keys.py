"""Which condition keys does an S3 request carry, and with what values?"""

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs

from moto.s3.models import FakeBucket, FakeKey

from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import Document
from sandbox.server.calls import Call
from sandbox.server.held import tags_on

_EXISTING: Final = "s3:existingobjecttag/"
_REQUESTED: Final = "s3:requestobjecttag/"
_HEADERS: Final = (
    "x-amz-acl",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-storage-class",
)
_QUERIES: Final = ("prefix", "delimiter", "max-keys", "versionid")
_OF_EVERY_REQUEST: Final[Known] = {
    "aws:securetransport": ("true",),
    "aws:principalisawsservice": ("false",),
    "aws:viaawsservice": ("false",),
    "aws:sourcearn": (),
    "aws:sourceaccount": (),
    "aws:sourcevpc": (),
    "aws:sourcevpce": (),
}


def keys_of(call: Call, bucket: FakeBucket, stored: FakeKey | None, policy: Document) -> Known:
    """What can be known of a request; tags that the policy asks for and nobody set are known to be absent."""
    query = {name.lower(): value for name, value in call.query.items()}
    return {
        **dict.fromkeys(_tag_keys(policy), ()),
        **_OF_EVERY_REQUEST,
        **{f"s3:{name}": _one(call.header(name)) for name in _HEADERS},
        **{f"s3:{name}": _one(query.get(name)) for name in _QUERIES},
        **{f"{_REQUESTED}{key.lower()}": (value,) for key, value in _asked_tags(call)},
        **({} if stored is None else _existing_tags(stored, bucket)),
    }


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _tag_keys(policy: Document) -> Iterator[str]:
    tests = (test for one in policy.statements for test in one.conditions)
    return (test.key for test in tests if test.key.startswith((_EXISTING, _REQUESTED)))


def _asked_tags(call: Call) -> Iterator[tuple[str, str]]:
    sent = parse_qs(call.header("x-amz-tagging") or "", keep_blank_values=True)
    return ((key, values[0]) for key, values in sent.items())


def _existing_tags(stored: FakeKey, bucket: FakeBucket) -> Known:
    return {f"{_EXISTING}{key.lower()}": (value,) for key, value in tags_on(stored, bucket).items()}
