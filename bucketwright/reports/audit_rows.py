"""An audit as rows for programs: one JSON object for each finding, always with the same keys."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from bucketwright.findings import Finding
from bucketwright.posture import reference
from bucketwright.reports.wording import manual
from bucketwright.rules import catalogue
from bucketwright.rules.frameworks import controls

if TYPE_CHECKING:
    from bucketwright.audited import Audit, Part

Json = Mapping[str, object]
_NOWHERE: Final = frozenset({"account", "distribution", "role"})
"""Kinds that lie in no region, wherever they are asked about."""
_SHOWN: Final = frozenset({"fail", "unknown"})
_ALL: Final = _SHOWN | {"pass"}


def rows(audit: "Audit", *, passing: bool = False) -> Iterator[Json]:
    """What fails and what is not known, the gravest of each account first; what passes where it is asked for.

    What is exempted or accepted counts as passing, and says why.
    """
    asked = _ALL if passing else _SHOWN
    for part in audit.parts:
        for one in part.findings:
            if one.status in asked and ("pass" if excuse(one, part) else one.status) in asked:
                yield row(one, part, audit)


def row(one: Finding, part: "Part", audit: "Audit") -> Json:
    """One finding, its consequences in the same shape inside."""
    place = audit.places.get(one.fingerprint)
    since = part.recalled.first_seen.get(one.fingerprint, audit.time)
    excused = excuse(one, part)
    return {
        "rule": one.rule,
        "status": "pass" if excused else one.status,
        "severity": one.severity,
        "confidence": one.confidence,
        "account": part.account or None,
        "region": region_of(one, part) or None,
        "bucket": bucket_of(one, part) or None,
        "key": one.subject.key or None,
        "version_id": one.subject.version_id or None,
        "facet": facet_of(one) or None,
        "seen": one.seen or one.because or None,
        "expected": one.expected,
        "because": excused or one.because or None,
        "consequences": [row(inner, part, audit) for inner in one.consequences],
        "contract": None if place is None else {"file": place.file, "line": place.line},
        "frameworks": list(_frameworks(one.rule)),
        "fix": manual(one.rule).fix,
        "fingerprint": one.fingerprint,
        "first_seen": since.isoformat(),
    }


@cache
def _frameworks(rule_id: str) -> tuple[str, ...]:
    """The controls behind a rule; a verdict of the engine has none."""
    rule = catalogue().get(rule_id)
    return tuple(map(str, controls(rule.maps_to))) if rule else ()


def excuse(one: Finding, part: "Part") -> str:
    """Why a finding that fails does not count; empty where it does."""
    held = one.exemption
    if held is not None:
        return f"exempted until {held.expires} by {held.owner}: {held.reason}"
    return "accepted as it is" if one.counts and part.is_accepted(one) else ""


def bucket_of(one: Finding, part: "Part") -> str:
    """What AWS calls the bucket that a finding is about, where it is about one."""
    subject = one.subject
    if subject.kind == "bucket":
        return subject.name or subject.bucket
    return part.names.get(reference("bucket", subject.bucket), subject.bucket) if subject.bucket else ""


def region_of(one: Finding, part: "Part") -> str:
    """Where it lies, where it lies somewhere."""
    subject = one.subject
    if subject.kind in _NOWHERE:
        return ""
    own = part.regions.get(subject.address, "")
    return own or (part.regions.get(reference("bucket", subject.bucket), "") if subject.bucket else "")


def facet_of(one: Finding) -> str:
    """The fact it goes by before all; of what is no bucket and lies in none, after the address of that."""
    subject = one.subject
    fact = next(iter(one.facts), "")
    if subject.kind == "bucket" or subject.key:
        return fact
    return f"{subject.address}.{fact}" if fact else subject.address
