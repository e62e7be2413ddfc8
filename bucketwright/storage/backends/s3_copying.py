"""How is an object copied inside of a server, on a condition, whatever its size?

AWS copies up to 5 GB in one request, and takes conditions with it. Other servers are not known to keep a
condition there, so the copy is made as an upload of parts, which takes it when it is finished.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.limits import MOST_PARTS
from bucketwright.s3.addresses import is_amazon
from bucketwright.storage.backends.like_s3 import keep_condition
from bucketwright.storage.backends.s3_requests import (
    Asking,
    attribute_params,
    etag_of,
    just_written,
)
from bucketwright.storage.errors import StorageError
from bucketwright.storage.stored import At, Attributes, Condition, IfMatch, Stored
from bucketwright.storage.transfer.sizes import LARGEST_AT_ONCE, spans

_PART: Final = 100 * 10**6


@dataclass(frozen=True, slots=True)
class Copying:
    """What is to be copied, and what the copy carries."""

    ask: Asking
    source: At
    target: At
    attributes: Attributes
    etag: str
    """Of the content that is meant."""


def copied(copying: Copying, known: Stored, condition: Condition) -> Stored:
    """The copy of what is known to be there; Changed where it is no longer what is meant."""
    keep_condition(IfMatch(copying.etag), known, copying.source.key)
    keeps_condition = condition is None or is_amazon(copying.ask.sessions.endpoint_url)
    if known.size == 0:
        return _empty(copying, condition)
    if known.size <= LARGEST_AT_ONCE and keeps_condition:
        return _at_once(copying, known.size, condition)
    return _in_parts(copying, known.size, condition)


def _empty(copying: Copying, condition: Condition) -> Stored:
    """No range of bytes holds none, so there is nothing that a part could be copied from."""
    said = attribute_params(copying.attributes)
    wanted = {"Key": copying.target.key, "Body": b"", "ChecksumAlgorithm": "SHA256", **said}
    answer = copying.ask.written("PutObject", copying.target, wanted, condition)
    return just_written(copying.target, 0, copying.attributes, answer)


def _at_once(copying: Copying, size: int, condition: Condition) -> Stored:
    wanted = {
        "Key": copying.target.key,
        "MetadataDirective": "REPLACE",
        "TaggingDirective": "REPLACE",
        **_from(copying),
        **attribute_params(copying.attributes),
    }
    answer = copying.ask.written("CopyObject", copying.target, wanted, condition)
    result = answer.get("CopyObjectResult")
    told = {**answer, **(result if isinstance(result, Mapping) else {})}
    return just_written(copying.target, size, copying.attributes, told)


def _in_parts(copying: Copying, size: int, condition: Condition) -> Stored:
    ask, target = copying.ask, copying.target
    wanted = {"Key": target.key, **attribute_params(copying.attributes)}
    begun = ask.asked("CreateMultipartUpload", target, wanted)
    upload = {"Key": target.key, "UploadId": begun["UploadId"]}
    try:
        parts = {"Parts": list(_parts(copying, upload, size))}
        ask.keep_beforehand(target, condition)
        answer = ask.written(
            "CompleteMultipartUpload", target, {"MultipartUpload": parts, **upload}, condition
        )
    except BaseException:
        with suppress(StorageError):
            ask.asked("AbortMultipartUpload", target, upload)
        raise
    return just_written(target, size, copying.attributes, answer)


def _parts(copying: Copying, upload: Mapping[str, object], size: int) -> Iterator[Mapping[str, object]]:
    part = max(_PART, -(-size // MOST_PARTS))
    for number, (first, length) in enumerate(spans(size, part), start=1):
        span = {"PartNumber": number, "CopySourceRange": f"bytes={first}-{first + length - 1}"}
        wanted = {**_from(copying), **upload, **span}
        answer = copying.ask.asked("UploadPartCopy", copying.target, wanted, IfMatch(copying.etag))
        result = answer.get("CopyPartResult")
        etag = etag_of(result if isinstance(result, Mapping) else {})
        yield {"PartNumber": number, "ETag": f'"{etag}"'}


def _from(copying: Copying) -> Mapping[str, object]:
    source, owner = copying.source, copying.ask.owner
    return {
        "CopySource": {"Bucket": source.bucket, "Key": source.key},
        "CopySourceIfMatch": f'"{copying.etag}"',
        **({"ExpectedSourceBucketOwner": owner} if owner else {}),
    }
