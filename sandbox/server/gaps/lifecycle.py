"""Lifecycle rules."""

from dataclasses import replace
from http import HTTPStatus
from secrets import token_hex
from typing import Final

from moto.s3.models import FakeBucket

from bucketwright.contract.lifecycle.validity import refusals
from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import KeptSetting
from sandbox.server.elements import Element, element
from sandbox.server.gaps.versioning import is_mfa_delete_on
from sandbox.server.held import documents_of
from sandbox.server.mending import Forward, Gap
from sandbox.server.refusals import invalid, refusal
from sandbox.server.schema import plain

GAPS: Final = (
    Gap(
        "lifecycle-size-filters",
        "drops ObjectSizeGreaterThan and ObjectSizeLessThan, alone and in And",
        "returns the filters as they were put",
    ),
    Gap(
        "lifecycle-newer-noncurrent-versions",
        "drops NewerNoncurrentVersions of NoncurrentVersionExpiration",
        "returns it",
    ),
    Gap(
        "lifecycle-minimum-size",
        "says all_storage_classes_128K whatever was put",
        "keeps and returns x-amz-transition-default-minimum-object-size",
    ),
    Gap(
        "lifecycle-rule-ids",
        "returns a rule that was put without an ID without one",
        "gives it one",
    ),
    Gap(
        "lifecycle-refusals",
        "takes rule sets that S3 refuses, such as an expiration before a transition",
        "refuses them, by this project's own judge of rule sets",
    ),
)

_MINIMUM_SIZE: Final = "x-amz-transition-default-minimum-object-size"
_MINIMUM_SIZES: Final = ("all_storage_classes_128K", "varies_by_storage_class")
_KEPT_SIZE: Final = ("lifecycle", "minimum size")


def _absent(call: Call, _bucket: FakeBucket) -> Answer:
    return refusal(
        call,
        HTTPStatus.NOT_FOUND,
        "NoSuchLifecycleConfiguration",
        "The lifecycle configuration does not exist",
    )


def _judge(call: Call, bucket: FakeBucket, sent: Element) -> Answer | None:
    if is_mfa_delete_on(bucket):
        message = "Lifecycle configuration is not supported on a bucket with Mfa Authentication"
        return refusal(call, HTTPStatus.CONFLICT, "InvalidBucketState", message)
    found = refusals(plain("GetBucketLifecycleConfiguration", sent).get("Rules", []))
    if not found:
        return None
    words, _, code = found[0].rpartition(" (")
    return invalid(call, code.removesuffix(")"), words)


def _with_ids(sent: Element) -> Element:
    """S3 makes an ID where none was sent, and sends it first."""
    return replace(sent, children=tuple(map(_with_id, sent.children)))


def _with_id(rule: Element) -> Element:
    given = rule.text_at("ID") or token_hex(24)
    return replace(rule, children=(element("ID", given), *rule.without("ID").children))


_RULES: Final = KeptSetting("lifecycle", "PutBucketLifecycleConfiguration", _absent, _judge, _with_ids)


def put_with_size(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """Keeps the minimum size of transitions beside the rules, and says it back."""
    size = call.header(_MINIMUM_SIZE) or _MINIMUM_SIZES[0]
    if size not in _MINIMUM_SIZES:
        return invalid(call, "InvalidArgument", f"{_MINIMUM_SIZE} is none of {', '.join(_MINIMUM_SIZES)}")
    answer = _RULES.put(call, forward, bucket)
    if answer.status != HTTPStatus.OK:
        return answer
    documents_of(bucket)[_KEPT_SIZE] = element(_MINIMUM_SIZE, size)
    return answer.with_headers(**{_MINIMUM_SIZE: size})


def get_with_size(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """The rules, and their minimum size as a header."""
    answer = _RULES.get(call, forward, bucket)
    kept = documents_of(bucket).get(_KEPT_SIZE) if answer.status == HTTPStatus.OK else None
    return answer.with_headers(**{_MINIMUM_SIZE: kept.text}) if kept else answer


MENDINGS: Final = mends_setting("lifecycle", GET=get_with_size, PUT=put_with_size, DELETE=_RULES.delete)
