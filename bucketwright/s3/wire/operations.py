"""How is a call of S3 written as a request, and its answer read, by the SDK's own description of the service?

By the same descriptions, writers and readers as in the SDK's clients, and by none of its clients.
"""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, MutableMapping
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote

from botocore import handlers
from botocore.awsrequest import HeadersDict
from botocore.loaders import Loader
from botocore.model import OperationModel, OperationNotFoundError, ServiceModel
from botocore.parsers import ResponseParserFactory
from botocore.serialize import create_serializer
from botocore.utils import parse_timestamp

from bucketwright.s3.hooks import ENCODED, decode_uploads
from bucketwright.s3.paging import Page
from bucketwright.s3.wholeness import refuse_what_is_not_whole
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.post import Headers
from bucketwright.s3.wire.refusals import refused, with_true_status
from bucketwright.s3.wire.signing import query_of

_PLAIN_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?Z")
_FOR_SESSIONS: Final = frozenset({"CreateSession", "ListDirectoryBuckets"})
_LOCATION: Final = "GetBucketLocation"
_DECODING: Final[Mapping[str, Callable[[Page, Mapping[str, object]], None]]] = {
    "ListMultipartUploads": decode_uploads,
    "ListObjects": handlers.decode_list_object,
    "ListObjectsV2": handlers.decode_list_object_v2,
    "ListObjectVersions": handlers.decode_list_object_versions,
}
_ENCODING: Final = "EncodingType"
_MOST_WRITTEN: Final = 256


class Written(NamedTuple):
    """A call as a request."""

    method: str
    path: str
    query: str
    headers: Headers
    by_us: bool
    """Whether nobody but us asked for keys to be encoded."""


class Operations:
    """All that the SDK knows of S3."""

    def __init__(self, loader: Loader) -> None:
        self._service = ServiceModel(loader.load_service_model("s3", "service-2"), "s3")
        self._writer = create_serializer("rest-xml")
        parsers = ResponseParserFactory()
        parsers.set_parser_defaults(timestamp_parser=_moment)
        self._parser = parsers.create_parser("rest-xml")
        self._models: dict[str, OperationModel | None] = {}
        self._written: dict[Hashable, Written] = {}

    def model(self, name: str) -> OperationModel | None:
        """The description of an operation that reads and is answered whole; None of any other."""
        if name not in self._models:
            self._models[name] = self._described(name)
        return self._models[name]

    def _described(self, name: str) -> OperationModel | None:
        try:
            model = self._service.operation_model(name)
        except OperationNotFoundError:
            return None
        is_plain = model.http["method"] in {"GET", "HEAD"} and model.name not in _FOR_SESSIONS
        return model if is_plain and not model.has_streaming_output else None

    def written(self, model: OperationModel, params: Mapping[str, object]) -> Written:
        """The request; the SDK's error where it would not send that."""
        named = dict(params)
        handlers.validate_bucket_name(named)
        alike = _alike(model.name, named)
        written = self._written.get(alike) if alike is not None else None
        if written is None:
            written = self._anew(model, named)
            if alike is not None:
                if len(self._written) >= _MOST_WRITTEN:
                    self._written.clear()
                self._written[alike] = written
        return written

    def _anew(self, model: OperationModel, named: dict[str, object]) -> Written:
        by_us = model.name in _DECODING and (_ENCODING not in named or model.name == "ListMultipartUploads")
        if by_us:
            named[_ENCODING] = "url"
        made = self._writer.serialize_to_request(named, model)
        path, _, fixed = made["url_path"].partition("?")
        bucket = f"/{quote(str(named['Bucket']), safe='~')}" if "Bucket" in named else ""
        pairs = (*_fixed(fixed), *_pairs(made["query_string"] or {}))
        headers = tuple(sorted((name, str(text)) for name, text in made["headers"].items()))
        return Written(
            made["method"], path.removeprefix(bucket) if bucket else "", query_of(pairs), headers, by_us
        )

    def read(self, model: OperationModel, reply: Reply, *, by_us: bool) -> Page:
        """What was answered; what the SDK would raise where nothing was."""
        if reply.status == 200 and reply.body and not _is_text(model):
            reply = with_true_status(reply)
        if reply.status >= 300:
            raise refused(reply, model.name)
        answer: dict[str, object] = {
            "status_code": reply.status,
            "headers": HeadersDict(reply.headers),
            "body": reply.body,
            "context": {},
        }
        refuse_what_is_not_whole(model, answer)
        beside: dict[str, object] = {}
        handlers.handle_expires_header(model, answer, beside)
        parsed: MutableMapping[str, object] = self._parser.parse(answer, model.output_shape)
        parsed.update(beside)
        if model.name == _LOCATION:
            handlers.parse_get_bucket_location(parsed, _Whole(reply.body))
        if model.name in _DECODING:
            _DECODING[model.name](parsed, {ENCODED: by_us})
        return parsed


class _Whole(NamedTuple):
    """An answer as the SDK's own reader of one operation wants it."""

    content: bytes
    raw: str = ""


def _alike(operation: str, named: Mapping[str, object]) -> Hashable | None:
    """What makes two calls the same request to two buckets; None where another key may be another request."""
    if not isinstance(named.get("Bucket", ""), str) or "Key" in named:
        return None
    rest = tuple((name, value) for name, value in named.items() if name != "Bucket")
    is_plain = all(type(value) in {str, int} for _, value in rest)
    return (operation, "Bucket" in named, rest) if is_plain else None


def wants_path(operation: str) -> bool:
    """Whether it is asked of the region's host, as the SDK does where a bucket's region may be another."""
    return operation == _LOCATION


def _fixed(query: str) -> Iterator[tuple[str, str]]:
    """What stands in the address of an operation."""
    for part in filter(None, query.split("&")):
        name, _, text = part.partition("=")
        yield name, text


def _pairs(query: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in query.items():
        for one in value if isinstance(value, list | tuple) else (value,):
            yield name, str(one)


@lru_cache(maxsize=512)
def _moment(text: str) -> datetime:
    """A time as the SDK reads it; a plain one hundreds of times as fast."""
    found: datetime = datetime.fromisoformat(text) if _PLAIN_TIME.fullmatch(text) else parse_timestamp(text)
    return found


def _is_text(model: OperationModel) -> bool:
    """Whether the body is a document of another kind as it is."""
    shape = model.output_shape
    payload = shape.serialization.get("payload") if shape else None
    return shape is None or (payload is not None and shape.members[payload].type_name in {"blob", "string"})
