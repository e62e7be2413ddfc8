"""Which earlier findings are of versions that have another address now?

A version that is overwritten, or hidden by a delete marker, stays what it was, and so does what is wrong with
it; it is called current again once all that hid it is gone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final, Protocol, TypeAlias

from bucketwright.findings import Finding, Subject, fingerprint_of
from bucketwright.history import History, Remembered
from bucketwright.posture import reference_beside

_NULL: Final = "null"
_KnownBy: TypeAlias = tuple[str, str, str]


class Told(Protocol):
    """A finding, remembered or not."""

    @property
    def rule(self) -> str: ...
    @property
    def aspect(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def subject(self) -> Subject: ...


def followed(before: History, findings: Iterable[Finding]) -> History:
    """What is remembered, each version under the address that it has now."""
    moved = moves(before.known, findings)
    known = (_at(moved[one.fingerprint], one) if one.fingerprint in moved else one for one in before)
    return replace(before, known=tuple(known)) if moved else before


def moves(before: Iterable[Told], after: Iterable[Told]) -> Mapping[str, str]:
    """By its fingerprint, the address under which an earlier finding is to be looked for, if it has changed.

    Where a version became current in the place of one that is lost, the lost one is known by its own id.
    """
    later = [one for one in after if one.subject.version_id]
    if not later:
        return {}
    there = {one.fingerprint: one.subject.version_id for one in later}
    gone = [one for one in before if there.get(one.fingerprint, "") != one.subject.version_id]
    versions = {one.subject.version_id for one in gone}
    now = {_lasting(one): one.subject.address for one in later if one.subject.version_id in versions}
    moved = {one.fingerprint: now[lasting] for one in gone if (lasting := _lasting(one)) in now}
    taken = {_known_by(one, moved[one.fingerprint]) for one in gone if one.fingerprint in moved}
    lost = [
        one for one in gone if one.fingerprint not in moved and _known_by(one, one.subject.address) in taken
    ]
    return {**moved, **{one.fingerprint: _beside(one.subject) for one in lost}}


def _at(address: str, one: Remembered) -> Remembered:
    return replace(one, address=address, fingerprint=fingerprint_of(one.rule, address, one.key, one.aspect))


def _known_by(one: Told, address: str) -> _KnownBy:
    return one.rule, address, one.aspect


def _lasting(one: Told) -> _KnownBy:
    """What it is known by whatever lies over the version."""
    return _known_by(one, _beside(one.subject))


def _beside(subject: Subject) -> str:
    return reference_beside(subject.kind, subject.bucket, subject.key, subject.version_id or _NULL)
