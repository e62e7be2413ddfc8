"""Checksums: with which algorithm S3 keeps one of each object."""

from dataclasses import replace
from http import HTTPStatus
from typing import Final
from urllib.parse import unquote

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import in_bucket
from sandbox.server.calls import Answer, Call
from sandbox.server.elements import Element, document, element, parsed
from sandbox.server.held import version_of
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "checksums-listed",
        "names no checksum algorithm in a list of versions",
        "names it in every list, CRC64NVME where the upload named none",
    ),
)
_ROWS: Final = frozenset({"Contents", "Version"})
_FIELD: Final = "ChecksumAlgorithm"
_OF_S3: Final = "CRC64NVME"
"""S3 works this one out of whatever comes without any."""


def listed(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's list, each object or version with the algorithm of its checksum."""
    answer = forward(call)
    if answer.status != HTTPStatus.OK:
        return answer
    root = parsed(answer.body)
    rows = tuple(_told(one, bucket) if one.name in _ROWS else one for one in root.children)
    return answer.with_body(document(replace(root, children=rows)))


def _told(row: Element, bucket: FakeBucket) -> Element:
    if row.find(_FIELD) is not None:
        return row
    key = row.text_at("Key") or ""
    version = row.text_at("VersionId")
    stored = version_of(bucket, key, version) or version_of(bucket, unquote(key), version)
    return row.having(element(_FIELD, (stored and stored.checksum_algorithm) or _OF_S3))


MENDINGS: Final = (
    Mending(in_bucket(listed), "bucket", "GET", ""),
    Mending(in_bucket(listed), "bucket", "GET", "versions"),
)
