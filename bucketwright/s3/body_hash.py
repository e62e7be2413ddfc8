"""How is a body signed whose hash is known already? With that hash: the SDK would read it all once more.

Small bodies are sent at once, and not asked for first by `Expect: 100-continue`.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from botocore.auth import AUTH_TYPE_MAPS, S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.hooks import BaseEventHooks
from botocore.model import OperationModel

_SIGNED_SO: Final = "s3v4"
_WITH_KNOWN_HASH: Final = "bucketwright-s3v4"
_SENDING: Final = frozenset({"PutObject", "UploadPart"})
_SMALL_BYTES: Final = 1024 * 1024
_KNOWN: Final[ContextVar[str]] = ContextVar("body_hash", default="")


@contextmanager
def body_hash(digest: str) -> Iterator[None]:
    """What is sent in the block, in this thread, has a body with that SHA-256."""
    token = _KNOWN.set(digest)
    try:
        yield
    finally:
        _KNOWN.reset(token)


def sign_by_known_hashes(events: BaseEventHooks) -> None:
    """Let a client of S3 do so where it sends objects and parts."""
    AUTH_TYPE_MAPS[_WITH_KNOWN_HASH] = _KnownHashAuth
    for operation in _SENDING:
        events.register_first(f"choose-signer.s3.{operation}", _chosen)
    events.register_last("before-call.s3", _small_at_once)  # where the SDK says what is taken back here


class _KnownHashAuth(S3SigV4Auth):  # type: ignore[misc]  # botocore carries no types
    def payload(self, request: AWSRequest) -> str:
        """The hash that is signed for."""
        return _KNOWN.get() or str(super().payload(request))


def _chosen(signature_version: object, **_event: object) -> str | None:
    """Our own way to sign, where a hash is known; links are signed without one."""
    return _WITH_KNOWN_HASH if _KNOWN.get() and signature_version == _SIGNED_SO else None


def _small_at_once(
    model: OperationModel, params: Mapping[str, MutableMapping[str, str]], **_event: object
) -> None:
    headers = params["headers"]
    if model.name in _SENDING and int(headers.get("Content-Length", "0")) <= _SMALL_BYTES:
        headers.pop("Expect", None)
