"""In what does a contract still differ from what is live: what can it not express, what would it add?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bucketwright.adopting.found import own_tags
from bucketwright.contract.own_tags import OWN_TAGS
from bucketwright.drift.comparing import drift
from bucketwright.drift.words import named
from bucketwright.estate import READERS, AccountPosture, BucketPosture
from bucketwright.facets.reading import LiveFacet
from bucketwright.findings import Finding
from bucketwright.plain_text import clipped, shown
from bucketwright.posture import Estate, Posture, Unknown, Unset

Kind = Literal["differs", "unknown", "left out"]
_TAGS: Final = "tags"
_WIDTH: Final = 300
_SPELLED: Final = "it is spelled otherwise, and does the same as far as can be told"


@dataclass(frozen=True, slots=True)
class Gap:
    """One setting of one thing that the contract does not say as it is."""

    kind: Kind
    address: str
    """Of the thing in the contract; of what the contract does not know, its kind and name."""
    name: str
    """What AWS calls it."""
    setting: str
    seen: str
    declared: str = ""
    """What the contract says, or why it says nothing."""


def gaps(intended: Estate, live: Estate) -> tuple[Gap, ...]:
    """Every fact of everything the contract declares that is not equal to what is live, or is not known."""
    findings: dict[tuple[str, str], Finding] = {}
    for one in drift(intended, live):
        for fact in one.facts or ("",):
            findings[one.subject.address, fact] = one
    found: list[Gap] = []
    for wanted in intended.postures.values():
        if not isinstance(wanted, AccountPosture):
            found += _of(wanted, live, findings)
    return tuple(found)


def _of(wanted: Posture, live: Estate, findings: Mapping[tuple[str, str], Finding]) -> Iterator[Gap]:
    found = live.postures.get(wanted.address)
    if found is None:
        absent = findings.get((wanted.address, ""))
        yield Gap(
            "differs", wanted.address, wanted.name, "all of it", _why_absent(wanted, live), _adds(absent)
        )
        return
    for fact, value in wanted.facts.items():
        seen = found.told(fact)
        if isinstance(value, Unset) or not isinstance(READERS[wanted.kind][1][fact], LiveFacet):
            continue
        if isinstance(seen, Unset | Unknown):
            reason = seen.reason if isinstance(seen, Unknown) else "the server says nothing of it"
            yield Gap("unknown", wanted.address, wanted.name, named(fact), reason)
        elif fact == _TAGS:
            yield from _tags(wanted, value, seen)
        elif value != seen:
            yield _difference(wanted, fact, findings.get((wanted.address, fact)))


def _difference(wanted: Posture, fact: str, finding: Finding | None) -> Gap:
    if finding is None:
        return Gap("differs", wanted.address, wanted.name, named(fact), _SPELLED)
    seen = "; ".join(fault.text for fault in finding.faults)
    return Gap("differs", wanted.address, wanted.name, named(fact), seen, finding.expected)


def _tags(wanted: Posture, value: object, seen: object) -> Iterator[Gap]:
    """Those of bucketwright come with the first deployment, and those of AWS are nobody's to declare."""
    declared = own_tags(value) if isinstance(value, Mapping) else {}
    there = seen if isinstance(seen, Mapping) else {}
    for key in sorted({*declared, *there}):
        if declared.get(key) != there.get(key) and not key.startswith(OWN_TAGS):
            told = (
                f"{clipped(str(key))}={clipped(str(there[key]))}"
                if key in there
                else f"no {clipped(str(key))}"
            )
            says = shown(declared[key]) if key in declared else "a contract cannot say it"
            yield Gap("differs", wanted.address, wanted.name, "tags", told, says)


def _why_absent(wanted: Posture, live: Estate) -> str:
    return clipped(
        live.missing.get(wanted.address, f"there is no such {wanted.kind.replace('_', ' ')}"), _WIDTH
    )


def _adds(finding: Finding | None) -> str:
    return finding.expected if finding is not None else "the first deployment makes it"


def own_tags_missing(intended: Estate, live: Estate) -> int:
    """How many buckets do not yet carry the tags by which bucketwright knows its own."""
    several = ((one, live.postures.get(one.address)) for one in intended.every(BucketPosture))
    told = ((one.told(_TAGS), other.told(_TAGS)) for one, other in several if other is not None)
    return sum(_lacks(wanted, seen) for wanted, seen in told)


def _lacks(wanted: object, seen: object) -> bool:
    if not isinstance(wanted, Mapping) or not isinstance(seen, Mapping):
        return False
    return any(wanted[key] != seen.get(key) for key in wanted if key.startswith(OWN_TAGS))
