"""With whose credentials does an audit ask, whom, and where is kept what was answered?"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from audits.refusing import CannotLookError, nobody
from bucketwright.calls import Failure, Send
from bucketwright.contract.partitions import NO_ACCOUNT
from bucketwright.plain_text import shown
from bucketwright.s3.endpoints import Server, named, recognised
from bucketwright.s3.evidence import Evidence, Recorded, recorded
from bucketwright.s3.limits import Deadline, Limits
from bucketwright.s3.reading_only import reading_only
from bucketwright.s3.sender import sdk_send
from bucketwright.s3.sessions import Access, AssumedRole, Sessions
from bucketwright.s3.wire.sending import Chosen, Engine, send_by, unfit
from cli import audit_options

_RANDOM: Final = 3
_OF_A_PLACE: Final = frozenset({"unreachable", "bad answer", "late"})
_ACCOUNT: Final = re.compile(r"arn:[a-z-]+:iam::([0-9]{12}):")


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask, and until when."""

    send: Send
    deadline: Deadline
    sessions: Sessions
    region: str
    server: str
    """What it is called, as `--server` takes it."""
    accounts: tuple[str, ...] = ()
    """Those whose roles are assumed."""
    recorder: Recorded | None = None
    """Where what was answered is kept."""
    why_sdk: str = ""
    """Why the SDK asks where the fast engine was wished for."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How the other side is reached."""

    sessions: Sessions
    deadline: Deadline
    server: Server
    accounts: tuple[str, ...]

    @property
    def send(self) -> Send:
        """Whatever it is told to; whoever holds it decides what that is."""
        return sdk_send(self.sessions, self.deadline, self.server)

    def by(self, engine: Engine) -> Chosen:
        """The same by an engine."""
        return send_by(engine, self.sessions, self.deadline, self.server)


def asking(asked: audit_options.Access, run: str, keep: Path | None, engine: Engine = "sdk") -> Asking:
    """Whoever is asked; AccessError where that cannot work at all, CannotLookError where nobody answers."""
    way = _way(asked, run, engine)
    chosen = way.by(engine)
    send = reading_only(chosen.send)
    recorder = None if keep is None else recorded(send, Evidence(keep))
    region, server = way.sessions.region, way.server.name
    accounts, why = way.accounts, chosen.why_sdk
    return Asking(recorder or send, way.deadline, way.sessions, region, server, accounts, recorder, why)


def hands(asked: audit_options.Access, run: str) -> tuple[Asking, Send]:
    """The same for a fix, whose scan goes over the wire where that gets through; and by what it changes
    things and looks at each before and after: the SDK."""
    way = _way(asked, run, "fast")
    scanning = reading_only(way.by("fast").send)
    sessions = way.sessions
    return Asking(scanning, way.deadline, sessions, sessions.region, way.server.name, way.accounts), way.send


def _way(asked: audit_options.Access, run: str, engine: Engine) -> _Way:
    roles = tuple(AssumedRole(_account_of(arn), arn, asked["external_id"] or "") for arn in asked["roles"])
    access = Access(
        profile=asked["aws_profile"] or "",
        region=asked["region"] or "",
        endpoint_url=asked["endpoint_url"] or "",
        plain_http=asked["plain_http"],
        run=run,
    )
    sessions = Sessions(access, roles, Limits(run_seconds=asked["deadline"]))
    deadline = Deadline.after(asked["deadline"])
    server = named(asked["server"]) if asked["server"] else _recognised(sessions, deadline, engine)
    if isinstance(server, Failure):
        raise nobody(server)
    return _Way(sessions, deadline, server, tuple(role.account for role in roles))


def _recognised(sessions: Sessions, deadline: Deadline, engine: Engine) -> Server | Failure:
    """By the engine that asks all else."""
    if engine == "sdk" or unfit(sessions):
        return recognised(sessions, deadline)
    from bucketwright.s3.wire.signature import signature  # noqa: PLC0415 - with it comes all of the wire

    return recognised(sessions, deadline, signature)


def _account_of(role: str) -> str:
    """The account in the ARN of a role; of what is no ARN none, which is refused with the role."""
    found = _ACCOUNT.match(role)
    return NO_ACCOUNT if found is None else found[1]


def sentence(refused: CannotLookError, endpoint: str | None) -> str:
    """What kept anything from being looked at, and where nobody answered."""
    is_of_place = endpoint is not None and refused.reason in _OF_A_PLACE
    return f"{shown(endpoint)}: {refused}" if is_of_place else str(refused)


def run_name(now: datetime) -> str:
    """A name for a run that no other has."""
    return f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(_RANDOM)}"
