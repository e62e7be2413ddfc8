"""How is an object copied that is too large for one call? In parts, of which none is left if one fails."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from audits.fixing_lanes import Lanes, each
from bucketwright.calls import Call, Failure, Outcome, Send
from bucketwright.facets.writing import Write

_MEBIBYTE: Final = 2**20
_PART: Final = 256 * _MEBIBYTE
_MOST_PARTS: Final = 10_000
_AT_ONCE: Final = 8
_SOURCE: Final = ("CopySource", "CopySourceIfMatch")
_ONLY_WHOLE: Final = (*_SOURCE, "IfMatch", "MetadataDirective", "TaggingDirective", "AnnotationDirective")
"""What CopyObject takes, and what begins an upload does not."""
_OF_WHOLE: Final = frozenset({"CRC32", "CRC32C", "CRC64NVME"})
"""Checksums that S3 puts together from those of the parts."""


def part_size(size: int) -> int:
    """Bytes of each part but the last."""
    fewest = -(-size // _MOST_PARTS)
    return max(_PART, -(-fewest // _MEBIBYTE) * _MEBIBYTE)


def parts_of(size: int) -> int:
    """How many parts that makes."""
    return -(-size // part_size(size))


def copied_in_parts(write: Write, size: int, send: Send, begun: Callable[[str], None]) -> Outcome:
    """What comes of a CopyObject that is made in parts; `begun` is told of the upload before any part."""
    call = write.call
    created = send(_begin(call))
    if isinstance(created, Failure):
        return created
    upload = created.values.get("UploadId")
    if not isinstance(upload, str) or not upload:
        return Failure("bad answer", "", "CreateMultipartUpload names no upload")
    try:
        begun(upload)
        outcome = _finished(call, size, upload, send)
    except BaseException:
        send(_about(call, "AbortMultipartUpload", UploadId=upload))
        raise
    if isinstance(outcome, Failure):
        send(_about(call, "AbortMultipartUpload", UploadId=upload))
    return outcome


def _begin(call: Call) -> Call:
    params = {name: value for name, value in call.params.items() if name not in _ONLY_WHOLE}
    algorithm = params.get("ChecksumAlgorithm")
    kind = {"ChecksumType": "FULL_OBJECT"} if algorithm in _OF_WHOLE else {}
    return Call("s3", "CreateMultipartUpload", {**params, **kind}, call.region, call.account)


def _finished(call: Call, size: int, upload: str, send: Send) -> Outcome:
    parts: list[Mapping[str, object]] = []
    for number, outcome in each(_copying(call, upload, send), _ranges(size), Lanes(_AT_ONCE)):
        part = _part(number, outcome)
        if isinstance(part, Failure):
            return part
        parts.append(part)
    parts.sort(key=lambda one: str(one["PartNumber"]).zfill(len(str(_MOST_PARTS))))
    condition = {name: value for name, value in call.params.items() if name == "IfMatch"}
    return send(
        _about(
            call,
            "CompleteMultipartUpload",
            UploadId=upload,
            MultipartUpload={"Parts": parts},
            MpuObjectSize=size,
            **condition,
        )
    )


def _ranges(size: int) -> Iterator[tuple[int, str]]:
    step = part_size(size)
    for number, first in enumerate(range(0, size, step), 1):
        yield number, f"bytes={first}-{min(first + step, size) - 1}"


def _copying(call: Call, upload: str, send: Send) -> Callable[[tuple[int, str]], tuple[int, Outcome]]:
    source = {name: call.params[name] for name in _SOURCE}

    def copied(one: tuple[int, str]) -> tuple[int, Outcome]:
        number, piece = one
        told = {"UploadId": upload, "PartNumber": number, "CopySourceRange": piece}
        return number, send(_about(call, "UploadPartCopy", **told, **source))

    return copied


def _part(number: int, outcome: Outcome) -> Mapping[str, object] | Failure:
    """What the end of the upload has to say of a part: also its checksums, where there are some."""
    if isinstance(outcome, Failure):
        return outcome
    result = outcome.values.get("CopyPartResult")
    told = result if isinstance(result, Mapping) else {}
    if not isinstance(told.get("ETag"), str):
        return Failure("bad answer", "", f"UploadPartCopy says nothing of part {number}")
    kept = {name: value for name, value in told.items() if name == "ETag" or name.startswith("Checksum")}
    return {"PartNumber": number, **kept}


def _about(call: Call, operation: str, **params: object) -> Call:
    named = {name: call.params[name] for name in ("Bucket", "Key")}
    return Call("s3", operation, {**named, **params}, call.region, call.account)
