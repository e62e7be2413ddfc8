"""One call to AWS and what came of it, as plain data: what is sent, kept as evidence and replayed."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, Protocol, TypeAlias, runtime_checkable

FailureKind: TypeAlias = Literal[
    "refused",
    "denied",
    "throttled",
    "unsupported",
    "gone",
    "bad answer",
    "unreachable",
    "credentials",
    "late",
]
"""Why nothing was answered. `refused` is any other error code; some mean that nothing is configured."""
_spelled: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode
_NOT_ASKED: Final = "NotAsked"


@dataclass(frozen=True)
class Call:
    """One call, all pages of its answer included."""

    service: str
    """As the SDK names it: `s3`, `s3control`, `iam`."""
    operation: str
    """As the API names it: `GetBucketVersioning`."""
    params: Mapping[str, object] = field(default_factory=dict)
    region: str = ""
    """Where it is sent; empty where the service has one place for all, or it does not matter."""
    account: str = ""
    """Whose credentials sign it; empty for those that the run began with."""

    @cached_property
    def identity(self) -> str:
        """The same for the same question."""
        return _spelled((self.account, self.region, self.service, self.operation, self.params))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, as JSON could hold it: a time is its text in ISO 8601."""

    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """That nothing was answered, and why."""

    kind: FailureKind
    code: str = ""
    """The service's own word for it, such as `NoSuchBucketPolicy`."""
    message: str = ""
    """For people; nothing secret is in it."""

    @property
    def is_not_asked(self) -> bool:
        """Whether nobody was asked, because the server is known to have nothing of the kind."""
        return self.code == _NOT_ASKED


def not_asked(why: str) -> Failure:
    """That a server is known to have nothing of the kind, or to answer falsely."""
    return Failure("unsupported", _NOT_ASKED, why)


Outcome: TypeAlias = Answer | Failure
Send: TypeAlias = Callable[[Call], Outcome]
"""Whoever asks: AWS by the SDK, or what was kept of an earlier run. It never raises for what is answered."""
Done: TypeAlias = Callable[[Outcome | BaseException], object]


@runtime_checkable
class Begins(Protocol):
    """A Send that need not be waited for."""

    def __call__(self, call: Call, /) -> Outcome: ...

    def begin(self, call: Call, done: Done, /) -> None:
        """Make a call, and tell in any thread what came of it; of a mistake in the program the error."""
