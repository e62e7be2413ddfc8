"""How fast may each bucket be asked? One that is asked too much slows down itself alone, and no other.

The SDK's adaptive retries know one rate for a client, which is one for all buckets of a region.
"""

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Final, Protocol

from botocore.awsrequest import AWSRequest
from botocore.hooks import BaseEventHooks
from botocore.retries.adaptive import register_retry_handler

from bucketwright.s3.hooks import bucket_in


class Limiter(Protocol):
    """The SDK's own: it waits before a request once answers have said that there were too many."""

    def on_sending_request(self, request: object) -> object:
        """Wait until it may be sent."""

    def on_receiving_response(self, **answered: object) -> object:
        """Learn from an answer."""


class BucketRates:
    """A limiter for each bucket, made when it is first asked; what is asked of none has one, too."""

    def __init__(self, new: Callable[[], Limiter] | None = None) -> None:
        self._new: Final = new or _new_limiter
        self._of: Final[dict[str, Limiter]] = {}
        self._making: Final = Lock()

    def listen(self, events: BaseEventHooks) -> None:
        """Wait before every attempt of a client of S3, and learn from all that it is answered."""
        events.register_first("request-created.s3", self._wait)
        events.register("needs-retry.s3", self._learn)

    def _wait(self, request: AWSRequest, **_event: object) -> None:
        self._limiter(request.context).on_sending_request(request)

    def _learn(self, request_dict: Mapping[str, Mapping[str, object]], **event: object) -> None:
        limiter = self._limiter(request_dict["context"])
        limiter.on_receiving_response(request_dict=request_dict, **event)

    def _limiter(self, context: Mapping[str, object]) -> Limiter:
        bucket = bucket_in(context)
        with self._making:
            if bucket not in self._of:
                self._of[bucket] = self._new()
            return self._of[bucket]


class _Unheard:
    """A client whose events nobody hands on: the limiter is told here."""

    def __init__(self) -> None:
        self.meta = self.events = self

    def register(self, *_handler: object) -> None:
        """Nothing is to be called."""


def _new_limiter() -> Limiter:
    limiter: Limiter = register_retry_handler(_Unheard())
    return limiter
