"""Why can nothing at all be looked at, and what can somebody do about it?"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from bucketwright.calls import Failure, FailureKind
from bucketwright.plain_text import shown

WRONG_ACCOUNT: Final = "WrongAccount"

Reason: TypeAlias = FailureKind | Literal["account", "bucket"]
_GRANT: Final = "grant that"
_AGAIN: Final = "try again"
_RIGHT: Final = "put that right"
_STAYS: Final = frozenset({"refused", "credentials", "unsupported"})
"""What is no other a moment later."""
_WHOSE: Final = "sts:GetCallerIdentity"
_TOLD_AS: Final[Mapping[FailureKind, str]] = {
    "refused": f"the server does not say whose credentials these are: {_WHOSE} was answered by {{}}",
    "denied": (
        f"the credentials may not ask whose they are: {_WHOSE} is denied ({{}}); use others, or look at the "
        "policies of the account and the address of the endpoint"
    ),
    "throttled": f"the service asks for fewer requests and left {_WHOSE} unanswered ({{}}): try again later",
}
"""Where the service's own words alone would not say what was asked."""
_WORDS: Final[Mapping[FailureKind, str]] = {
    "refused": "the server does not say whose credentials these are",
    "denied": "the credentials may not even ask whose they are",
    "throttled": "the service asks for fewer requests: try again later",
    "unsupported": "the server cannot say whose credentials these are",
    "gone": "the server does not say whose credentials these are",
    "bad answer": "what answers there is neither AWS nor S3: look at the address of the endpoint",
    "unreachable": "the server cannot be reached: look at the network and the address of the endpoint",
    "credentials": "the credentials do not hold: sign in again, or name another profile",
    "late": "time was up before anything was answered",
}


class HistoryUnreadableError(Exception):
    """A file of remembered findings cannot be used: its text is a sentence for people."""


class CannotLookError(Exception):
    """Nothing can be looked at: its text is a sentence for people."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(text)
        self.reason = reason


def nobody(failure: Failure) -> CannotLookError:
    """It is not known who asks, or it is somebody else than is meant."""
    is_other = failure.code == WRONG_ACCOUNT
    return CannotLookError("account" if is_other else failure.kind, _sentence(failure))


def _sentence(failure: Failure) -> str:
    answered = ": ".join(filter(None, (failure.code, failure.message)))
    if failure.kind in _TOLD_AS and answered:
        return _TOLD_AS[failure.kind].format(answered)
    return failure.message or _WORDS[failure.kind]


def no_such_bucket(names: frozenset[str]) -> CannotLookError:
    """Buckets that were asked for by name are not there."""
    told = ", ".join(map(shown, sorted(names)))
    what = f"there is no bucket {told}" if len(names) == 1 else f"there are no buckets {told}"
    return CannotLookError("bucket", f"{what}: look at the spelling, the account and the endpoint")


def no_list(reason: Reason, told: str) -> CannotLookError:
    """Nobody named a bucket, and they cannot be listed."""
    what = _GRANT if reason == "denied" else _RIGHT if reason in _STAYS else _AGAIN
    return CannotLookError(reason, f"the buckets cannot be listed: {told}; {what}, or name buckets")
