"""Does an operation only read? An audit holds no Send that would send any other."""

import re
from typing import Final

from bucketwright.calls import Begins, Call, Done, Outcome, Send

_READING_VERB: Final = re.compile("(BatchGet|Describe|Get|Head|List)(?=[A-Z])")
_READING_BESIDE: Final = frozenset({("cloudtrail", "LookupEvents"), ("iam", "SimulatePrincipalPolicy")})
_HANDS_OUT_SECRETS: Final = frozenset(
    {
        ("kms", "GetParametersForImport"),
        ("s3", "GetObject"),
        ("s3control", "GetDataAccess"),
        ("sts", "GetFederationToken"),
        ("sts", "GetSessionToken"),
        ("sts", "GetWebIdentityToken"),
    }
)
"""What begins as a reading call does, and gives credentials, keys or the contents of objects."""


class WritingCallError(RuntimeError):
    """A mistake in this program: something that only reads was about to do more."""


def only_reads(service: str, operation: str) -> bool:
    """Whether an operation changes nothing, and hands out neither credentials nor contents."""
    named = (service, operation)
    if named in _HANDS_OUT_SECRETS:
        return False
    return named in _READING_BESIDE or _READING_VERB.match(operation) is not None


def reading_only(send: Send) -> Send:
    """The same for calls that only read; WritingCallError for any other, before anything is sent."""
    return _BeginsReading(send) if isinstance(send, Begins) else _Reading(send)


class _Reading:
    def __init__(self, send: Send) -> None:
        self._send = send

    def __call__(self, call: Call) -> Outcome:
        _refuse_writing(call)
        return self._send(call)


class _BeginsReading(_Reading):
    def __init__(self, send: Begins) -> None:
        super().__init__(send)
        self._begins = send

    def begin(self, call: Call, done: Done) -> None:
        _refuse_writing(call)
        self._begins.begin(call, done)


def _refuse_writing(call: Call) -> None:
    if not only_reads(call.service, call.operation):
        raise WritingCallError(f"{call.service}:{call.operation} is not a call that only reads")
