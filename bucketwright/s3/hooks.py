"""What is done to every request to S3 besides: keys arrive as they are, and where a bucket is, is learned."""

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Final

from botocore.compat import unquote_str
from botocore.hooks import BaseEventHooks

_REGION: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_HEADER: Final = "x-amz-bucket-region"
_BUCKET: Final = "bucketwright_bucket"
ENCODED: Final = "encoding_type_auto_set"
"""What says in a request's context that nobody but us asked for the encoding; so the SDK says it too."""
_MARKERS: Final = ("KeyMarker", "NextKeyMarker", "Prefix", "Delimiter")
_NAMES: Final = (("Uploads", "Key"), ("CommonPrefixes", "Prefix"))


@dataclass(frozen=True, slots=True)
class Regions:
    """Where the buckets are, as the service said in the answers to earlier calls."""

    _known: dict[str, str] = field(default_factory=dict)

    def of(self, bucket: object) -> str:
        """Its region; empty where nothing was said of it."""
        return self._known.get(bucket, "") if isinstance(bucket, str) else ""

    def listen(self, events: BaseEventHooks) -> None:
        """Learn from all that a client of S3 is answered."""
        events.register("before-parameter-build.s3", self._note)
        events.register_first("response-received.s3", self._learn)

    def _note(self, params: Mapping[str, object], context: dict[str, object], **_event: object) -> None:
        context[_BUCKET] = params.get("Bucket")

    def _learn(
        self, parsed_response: Mapping[str, object] | None, context: Mapping[str, object], **_event: object
    ) -> None:
        self.heard(context.get(_BUCKET), region_in(parsed_response or {}))

    def heard(self, bucket: object, region: str) -> None:
        """Remember what was said of a bucket; nothing where no region was named."""
        if isinstance(bucket, str) and region:
            self._known[bucket] = region


def bucket_in(context: Mapping[str, object]) -> str:
    """Which bucket a request is about, by its context; empty where it is about none."""
    found = context.get(_BUCKET)
    return found if isinstance(found, str) else ""


def region_in(parsed: Mapping[str, object]) -> str:
    """The region that an answer or an error names; empty where it names none that could be one."""
    headers = _mapping(_mapping(parsed.get("ResponseMetadata")).get("HTTPHeaders"))
    named = str(headers.get(_HEADER) or _mapping(parsed.get("Error")).get("Region") or "")
    return named if _REGION.fullmatch(named) else ""


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def read_encoded_uploads(events: BaseEventHooks) -> None:
    """Ask for the keys of open uploads in an encoding that XML can hold, as the SDK does for objects."""
    events.register("before-parameter-build.s3.ListMultipartUploads", _wish_for_encoding)
    events.register("after-call.s3.ListMultipartUploads", decode_uploads)


def _wish_for_encoding(
    params: MutableMapping[str, object], context: dict[str, object], **_event: object
) -> None:
    params["EncodingType"] = "url"
    context[ENCODED] = True


def decode_uploads(
    parsed: MutableMapping[str, object], context: Mapping[str, object], **_event: object
) -> None:
    """Give the keys of open uploads as they are, where the encoding was wished for."""
    if parsed.get("EncodingType") != "url" or not context.get(ENCODED):
        return
    for name in _MARKERS:
        _decode_field(parsed, name)
    for listed, name in _NAMES:
        entries = parsed.get(listed)
        for entry in entries if isinstance(entries, list) else ():
            _decode_field(entry, name)


def _decode_field(entry: MutableMapping[str, object], name: str) -> None:
    if name in entry:
        entry[name] = unquote_str(entry[name])
