"""How long is a signed link good for?

As long as the contract says; long enough for what travels; never longer than the credentials that signed it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

from bucketwright.contract.contradictions.delivery import LONGEST_LINK
from bucketwright.contract.cost.figures import size as in_units
from bucketwright.contract.quantities import spell_span
from bucketwright.storage.errors import Misconfigured, Refused

_SECOND: Final = timedelta(seconds=1)
_A_MINUTE: Final = timedelta(minutes=1)
_AN_HOUR: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)
_SLOWEST: Final = 125_000
"""Bytes a second on a line of 1 Mbit/s, the slowest that a transfer has to be over in time on."""
_BEYOND_ALL: Final = 10**15
"""Bytes that no link lasts for."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What bounds the life of one link."""

    usual: timedelta
    """Where nobody says anything."""
    stated: timedelta | None = None
    """What the contract says, which is not exceeded."""
    longest: timedelta = LONGEST_LINK
    """What whoever checks the signature takes."""
    large: int = 0
    """From how many bytes on an hour is the least."""
    size: int | None = None
    """Bytes that travel, as far as it is known."""


@dataclass(frozen=True, slots=True)
class End:
    """When the credentials end that sign; `at` is None where they do not, or where nobody knows."""

    at: datetime | None = None
    is_unknown: bool = False

    def first(self, moment: datetime) -> datetime:
        """That moment, or the end, whichever comes first: to sign takes its time, too."""
        return moment if self.at is None else min(moment, self.at)


@dataclass(frozen=True, slots=True)
class Life:
    """How long a link is good for, and why that may be too short."""

    seconds: int
    warnings: tuple[str, ...] = ()


def life(asked: timedelta | None, terms: Terms, end: End, now: datetime) -> Life:
    """The life of a link signed now; Refused where a longer one is asked for than there can be."""
    _keep_bounds(asked, terms)
    wanted = asked or terms.stated or terms.usual
    needed = _needed(terms)
    if asked is None and terms.stated is None:
        wanted = max(wanted, needed)
    wanted = min(wanted, terms.longest)
    left = wanted if end.at is None else min(wanted, end.at - now)
    if left < _SECOND:
        raise Misconfigured("the credentials have ended, and what they sign is good for nothing")
    warnings = (*_cut(end, wanted, left), *_too_short(terms, left, needed))
    return Life(left // _SECOND, warnings)


def _keep_bounds(asked: timedelta | None, terms: Terms) -> None:
    if asked is None:
        return
    if asked < _SECOND:
        raise Refused("a link is good for a second at least")
    if asked > terms.longest:
        raise Refused(f"a link there is good for {spell_span(terms.longest)} at most")
    if terms.stated is not None and asked > terms.stated:
        raise Refused(f"the contract lets links there live {spell_span(terms.stated)}, and no longer")


def _needed(terms: Terms) -> timedelta:
    """How long the transfer takes on a slow line, an hour at least where it is large."""
    if terms.size is None:
        return timedelta(0)
    on_the_way = timedelta(seconds=-(-min(terms.size, _BEYOND_ALL) // _SLOWEST))
    return max(on_the_way, _AN_HOUR) if terms.large and terms.size > terms.large else on_the_way


def _cut(end: End, wanted: timedelta, left: timedelta) -> tuple[str, ...]:
    if end.is_unknown:
        return ("it is signed by credentials that end, and nobody says when: it may end before its time",)
    if left < wanted and end.at is not None:
        moment = end.at.astimezone(UTC).isoformat(timespec="seconds")
        return (
            f"it ends with the credentials that signed it, at {moment}, and not after {spell_span(wanted)}",
        )
    return ()


def _too_short(terms: Terms, left: timedelta, needed: timedelta) -> tuple[str, ...]:
    if terms.size is None or left >= needed:
        return ()
    size = in_units(Decimal(terms.size))
    return (f"it is good for {_about(left)}, and {size} may take {_about(needed)} on a line of 1 Mbit/s",)


def _about(span: timedelta) -> str:
    unit = next((one for one in (_A_DAY, _AN_HOUR, _A_MINUTE) if span >= 3 * one), _SECOND)
    return spell_span(unit * max(1, round(span / unit)))
