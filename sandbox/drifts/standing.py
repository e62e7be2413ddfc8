"""Which drifts are still there? What each changed is remembered, and looked at again."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from sandbox.accounts import account_of
from sandbox.drifts.drift import Drift, Injected, Live
from sandbox.drifts.injecting import inject
from sandbox.drifts.looking import Seen, bucket_and_key, look
from sandbox.server.clients import SandboxError, Server

_RECORD: Final = "drifts.json"
_NOTHING: Final = ""


class DamagedRecordError(SandboxError):
    """The file of the drifts is not what was written to it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A drift that was injected, and what was there before it."""

    name: str
    address: str
    account: str
    region: str
    was: Mapping[str, str]
    """Path of each value that it changed -> its digest beforehand; empty where there was none."""

    @property
    def home(self) -> tuple[str, str]:
        """Where it has to be looked for."""
        return self.account, self.region

    def is_there(self, now: Seen) -> bool:
        """Whether anything of it is not as it was before; one that left no trace to look at always is."""
        return not self.was or any(now.get(path, _NOTHING) != digest for path, digest in self.was.items())

    def outlived(self, before: Seen, after: Seen) -> bool:
        """Whether a deployment between the two left anything of it as it found it."""
        return not self.was or any(
            before.get(path, _NOTHING) == after.get(path, _NOTHING) != digest
            for path, digest in self.was.items()
        )


def seen_of(server: Server, standing: Iterable[Standing]) -> Mapping[tuple[str, str], Seen]:
    """What is live now wherever one of them happened."""
    return {home: look(server, *home) for home in dict.fromkeys(one.home for one in standing)}


def inject_and_record(folder: Path, drift: Drift, live: Live, bucket_id: str | None = None) -> Injected:
    """Make a drift happen, and keep what it changed."""
    known = recorded(folder)
    home = account_of(live.environment), live.environment.region
    before = look(live.server, *home)
    done = inject(drift, live, bucket_id)
    was = changed(before, look(live.server, *home), done, known)
    record(folder, (*known, Standing(drift.name, done.address, *home, was)))
    return done


def changed(before: Seen, after: Seen, done: Injected, known: Iterable[Standing]) -> Mapping[str, str]:
    """What a drift changed, and what had been there before any drift that still stands.

    Objects that went with their bucket are left out: nobody brings them back.
    """
    first = {path: digest for one in reversed(tuple(known)) for path, digest in one.was.items()}
    return {
        path: first.get(path, before.get(path, _NOTHING))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path) and bucket_and_key(path) in (None, (done.name, done.key))
    }


def recorded(folder: Path) -> tuple[Standing, ...]:
    """The drifts of which nobody has seen yet that they are gone, the oldest first."""
    try:
        told = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
        return tuple(map(_standing, told))
    except FileNotFoundError:
        return ()
    except (ValueError, TypeError):
        raise DamagedRecordError(f"{folder / _RECORD} is damaged; remove it") from None


def _standing(told: object) -> Standing:
    match told:
        case {
            "name": str(name),
            "address": str(address),
            "account": str(account),
            "region": str(region),
            "was": dict(was),
        } if all(isinstance(digest, str) for digest in was.values()):
            return Standing(name, address, account, region, was)
    raise ValueError


def record(folder: Path, standing: Iterable[Standing]) -> None:
    """Keep them for the next command."""
    told = json.dumps([asdict(one) for one in standing], indent=1)
    (folder / _RECORD).write_text(told, encoding="utf-8")


def forget(folder: Path) -> None:
    """They are gone with what they had changed."""
    (folder / _RECORD).unlink(missing_ok=True)
