"""How far does an audit go: which stack, buckets and accounts? Kept with a run, to be judged again."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from bucketwright.contract.words import Profile
from bucketwright.estate import BucketPosture
from bucketwright.judging import Selection
from bucketwright.looking.scope import Scope
from bucketwright.plain_text import did_you_mean, shown
from bucketwright.posture import Circumstances, reference
from bucketwright.s3.endpoints import OTHER, SERVERS
from cli.output import Output

if TYPE_CHECKING:
    from cli.audited_stack import Stack

_OWN: Final = ""
_AMAZONS: Final = "aws"
_USUAL: Final[Profile] = "baseline"


@dataclass(frozen=True, slots=True)
class Extent:
    """What is looked at."""

    stack: str = ""
    buckets: tuple[str, ...] = ()
    all_buckets: bool = False
    objects: bool = False
    rules: tuple[str, ...] = ()
    """Those that are judged alone; none: all that are asked for."""
    region: str = "us-east-1"
    accounts: tuple[str, ...] = ()
    """Those whose roles are assumed; none: that of the run's own credentials."""
    endpoint: str = ""
    server: str = _AMAZONS

    @property
    def on_aws(self) -> bool:
        """Whether it is Amazon's own S3."""
        return self.server == _AMAZONS

    @property
    def silent(self) -> Mapping[str, str]:
        """The facts of objects of which the server says nothing, and why."""
        return SERVERS.get(self.server, OTHER).silent

    def as_data(self) -> Mapping[str, object]:
        """As JSON can hold it."""
        return asdict(self)


def extent_of(told: Mapping[str, object]) -> Extent:
    """From what was kept; what is not there is as usual."""
    usual = Extent()
    return Extent(
        stack=_text(told, "stack") or usual.stack,
        buckets=_texts(told, "buckets"),
        all_buckets=told.get("all_buckets") is True,
        objects=told.get("objects") is True,
        rules=_texts(told, "rules"),
        region=_text(told, "region") or usual.region,
        accounts=_texts(told, "accounts"),
        endpoint=_text(told, "endpoint"),
        server=_text(told, "server") or usual.server,
    )


def _text(told: Mapping[str, object], name: str) -> str:
    found = told.get(name)
    return found if isinstance(found, str) else ""


def _texts(told: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = told.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


@dataclass(frozen=True, slots=True)
class Judges:
    """By what is judged."""

    selection: Selection
    around: Circumstances
    stack: "Stack | None" = None


def judges(
    stack_name: str, named: Path | None, profile: Profile | None, now: datetime, output: Output
) -> Judges:
    """The terms of a stack, or the usual ones where there is no contract."""
    if not stack_name:
        return Judges(Selection(profile or _USUAL), Circumstances(now=now))
    from cli.audited_stack import sound  # noqa: PLC0415 - brings the contract

    stack = sound(named, stack_name, output)
    return Judges(Selection.of(stack.environment.rules, profile), stack.around(now), stack)


def refuse_unknown(rules: Iterable[str], known: Collection[str]) -> None:
    """Names of rules that there are not."""
    for one in rules:
        if one not in known:
            hint = did_you_mean(one, known)
            raise click.UsageError(f"no rule is called {shown(one)}{'; ' if hint else ''}{hint}")


def limited(by: Judges, rules: Iterable[str]) -> Judges:
    """The same by these rules alone; where none is named, the same."""
    return replace(by, selection=replace(by.selection, only=frozenset(rules)))


def scopes(extent: Extent, by: Judges) -> Mapping[str, Scope]:
    """What the lens looks at, account by account."""
    return {
        account: Scope(
            around=by.around,
            selection=by.selection,
            buckets=frozenset(_live_name(one, by.around) for one in extent.buckets),
            all_buckets=extent.all_buckets,
            region=extent.region,
            signer=account,
            objects=extent.objects,
        )
        for account in extent.accounts or (_OWN,)
    }


def _live_name(asked: str, around: Circumstances) -> str:
    """What AWS calls a bucket, where the contract's own word for it was given."""
    if around.intended is None or any(one.name == asked for one in around.intended.every(BucketPosture)):
        return asked
    declared = around.intended.postures.get(reference("bucket", asked))
    return asked if declared is None or not declared.name else declared.name
