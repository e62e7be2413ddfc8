"""What is a drift? A change that somebody makes by hand, and which facts it changes.

A drift is one function below `themes`: its name is the drift's, its docstring says in one sentence what
somebody does. It gets the sandbox and what it happens to, and makes plain calls, as anybody might.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Generic, Protocol, TypeVar

from bucketwright.contract.model import Environment
from sandbox.accounts import account_of
from sandbox.server.clients import SandboxError, Server

STRANGER: Final = "999988887777"
"""An account that no contract knows."""


class WrongNameError(SandboxError):
    """No drift, or no bucket, has that name."""


class NoRoomError(SandboxError):
    """Nothing in the sandbox is such that this drift could happen to it."""


@dataclass(frozen=True, slots=True)
class Live:
    """A sandbox with one environment deployed in it, as somebody sees it who may do anything there."""

    server: Server
    environment: Environment

    def client(self, service: str, region: str | None = None) -> Any:
        """A client of the environment's account, in its region unless another is asked."""
        clients = self.server.clients(account=account_of(self.environment), region=self.environment.region)
        return clients.client(service, region)


class Subject(Protocol):
    """Something of a contract."""

    @property
    def address(self) -> str:
        """Its contract address."""

    @property
    def name(self) -> str:
        """What AWS calls it, where that is known."""


@dataclass(frozen=True, slots=True)
class Injected:
    """What a drift did."""

    address: str
    """The contract address of what it happened to; for what no contract names, its kind and name."""
    name: str
    """What AWS calls that."""
    before: str
    after: str
    undo: Callable[[], object] | None = None
    """Puts back what was there; None where that is gone for good."""
    key: str = ""
    """The object that was put or changed, where there is one."""


Found = TypeVar("Found", bound=Subject)
Found_contra = TypeVar("Found_contra", bound=Subject, contravariant=True)


class Does(Protocol[Found_contra]):
    """The function of a drift."""

    @property
    def __name__(self) -> str: ...

    def __call__(self, live: Live, at: Found_contra, /) -> Injected: ...


@dataclass(frozen=True, slots=True)
class On(Generic[Found]):
    """To what a drift can happen."""

    needs: str
    """Which kind of thing, in words that go on after 'needs'."""
    within: Callable[[Environment], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that a drift can happen to."""

    address: str
    bucket_id: str | None
    """The bucket it is, or belongs to."""
    inject: Callable[[Live], Injected]


@dataclass(frozen=True, slots=True)
class Drift:
    """One entry of the table."""

    name: str
    says: str
    """What somebody does, in one sentence."""
    changes: frozenset[str]
    """Exactly the facts that are others afterwards, such as `bucket.versioning` or `object.tags`."""
    needs: str
    candidates: Callable[[Environment], tuple[Candidate, ...]]


def drift(on: On[Found], *changes: str) -> Callable[[Does[Found]], Drift]:
    """Make a function the drift of its name."""

    def made(does: Does[Found]) -> Drift:
        def candidates(environment: Environment) -> tuple[Candidate, ...]:
            return tuple(
                Candidate(at.address, getattr(at, "bucket_id", None), partial(_done, does, at))
                for at in on.within(environment)
            )

        says = (inspect.getdoc(does) or "").partition("\n\n")[0].replace("\n", " ")
        return Drift(does.__name__.replace("_", "-"), says, frozenset(changes), on.needs, candidates)

    return made


def _done(does: Does[Found], at: Found, live: Live) -> Injected:
    return does(live, at)
