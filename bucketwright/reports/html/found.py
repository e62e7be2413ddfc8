"""What does the page show of the findings: by resource and rule, each cause with its consequences inside?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from bucketwright.contract.words import Severity
from bucketwright.findings import Finding
from bucketwright.plain_text import clipped, shown
from bucketwright.posture import reference
from bucketwright.reports.audit_rows import bucket_of, region_of
from bucketwright.rules.engine import ENGINE
from bucketwright.verdicts import SEVERITIES

if TYPE_CHECKING:
    from bucketwright.audited import Audit, Part

LONGEST: Final = 300
_LONGEST_KEY: Final = 200
_LONGEST_NAME: Final = 100
_MOST_CONSEQUENCES: Final = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a finding, or of several of which it is the same; empty where it is not."""

    seen: str = ""
    expected: str = ""
    means: str = ""
    place: str = ""
    age: str = ""

    def __bool__(self) -> bool:
        return any(self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        return self.seen, self.expected, self.means, self.place, self.age


@dataclass(frozen=True, slots=True)
class Consequence:
    """A broken rule that follows from a finding."""

    rule: str
    weight: str
    """Its severity; or that it is exempted, or not decided."""
    about: str
    seen: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding, as far as it differs from the others of its group."""

    anchor: str
    about: str
    own: Told
    consequences: tuple[Consequence, ...] = ()
    unsaid: int = 0
    """Consequences that are not named."""


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule about one resource."""

    rule: str
    severity: Severity
    is_drift: bool
    is_likely: bool
    common: Told
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A bucket with all that lies in it, or something else that was looked at."""

    anchor: str
    name: str
    where: str
    """What AWS calls it, and where it lies."""
    counts: Mapping[Severity, int]
    new: int
    groups: tuple[Group, ...]
    left_out: int = 0
    """Findings for which there is no room."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class _Around:
    """What is known around the findings of an account."""

    part: "Part"
    audit: "Audit"
    account: str
    """Empty where there is only one."""
    new: frozenset[str]


def anchor(one: Finding, account: str) -> str:
    """By what a link finds it; several accounts may have the same."""
    return f"f-{account}-{one.fingerprint}" if account else f"f-{one.fingerprint}"


def resources(audit: "Audit") -> tuple[Resource, ...]:
    """All of which something was found, the worst first."""
    several = len(audit.parts) > 1
    around = [
        _Around(
            part, audit, f"{number}" if several else "", part.recalled.new if audit.since else frozenset()
        )
        for number, part in enumerate(audit.parts, 1)
    ]
    gathered: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for place, one in enumerate(around):
        for finding in one.part.counting:
            gathered[place, _address(finding)].append(finding)

    def rank(each: tuple[tuple[int, str], list[Finding]]) -> tuple[object, ...]:
        counts = Counter(one.severity for one in each[1])
        return *(-counts[severity] for severity in SEVERITIES), each[0]

    return tuple(
        _resource(f"r{number}", found, around[place])
        for number, ((place, _), found) in enumerate(sorted(gathered.items(), key=rank), 1)
    )


def _address(one: Finding) -> str:
    subject = one.subject
    return reference("bucket", subject.bucket) if subject.bucket else subject.address


def _resource(name: str, found: Sequence[Finding], around: _Around) -> Resource:
    first, part = found[0], around.part
    kind, _, identifier = _address(first).partition(":")
    called = bucket_of(first, part) or first.subject.name
    where = (
        clipped(called, _LONGEST_NAME) if called not in {"", identifier} else "",
        clipped(region_of(first, part), _LONGEST_NAME),
        f"account {clipped(part.account, _LONGEST_NAME)}" if around.account else "",
    )
    return Resource(
        anchor=name,
        name=_named(kind, identifier),
        where=", ".join(filter(None, where)),
        counts=Counter(one.severity for one in found),
        new=sum(one.fingerprint in around.new for one in found),
        groups=tuple(_groups(found, around)),
    )


def _groups(found: Iterable[Finding], around: _Around) -> Iterator[Group]:
    """The gravest first, as the findings are."""
    gathered: dict[tuple[str, Severity, str], list[Finding]] = defaultdict(list)
    for one in found:
        gathered[one.rule, one.severity, one.confidence].append(one)
    for (rule, severity, confidence), several in gathered.items():
        told = [_told(one, around) for one in several]
        common = _common(told)
        entries = tuple(
            _entry(one, _own(each, common), around.account) for one, each in zip(several, told, strict=True)
        )
        yield Group(rule, severity, rule in ENGINE, confidence == "likely", common, entries)


def _told(one: Finding, around: _Around) -> Told:
    place = around.audit.places.get(one.fingerprint)
    return Told(
        seen=clipped(one.seen, LONGEST),
        expected=clipped(one.expected, LONGEST),
        means=clipped(one.because, LONGEST),
        place=f"{clipped(place.file, LONGEST)}:{place.line}" if place else "",
        age=_age(one.fingerprint, around) if around.audit.since else "",
    )


def _age(fingerprint: str, around: _Around) -> str:
    recalled = around.part.recalled
    since = recalled.first_seen.get(fingerprint)
    known = f"since {since:%Y-%m-%d %H:%M} UTC" if since else ""
    if fingerprint not in around.new:
        return known
    return f"worse than before, {known}" if fingerprint in recalled.comparison.worse else "new"


def _common(told: Sequence[Told]) -> Told:
    """What is the same of all."""
    same = (
        texts[0] if len(set(texts)) == 1 else "" for texts in zip(*(one.texts for one in told), strict=True)
    )
    return Told(*same)


def _own(told: Told, common: Told) -> Told:
    return Told(*("" if same else text for text, same in zip(told.texts, common.texts, strict=True)))


def _entry(one: Finding, own: Told, account: str) -> Entry:
    named, rest = one.consequences[:_MOST_CONSEQUENCES], one.consequences[_MOST_CONSEQUENCES:]
    inner = tuple(_consequence(each, one) for each in named)
    return Entry(anchor(one, account), _about(one), own, inner, len(rest))


def about(one: Finding) -> str:
    """Whom a finding is about, in full."""
    kind, _, identifier = _address(one).partition(":")
    return ": ".join(filter(None, (_named(kind, identifier), _about(one))))


def _about(one: Finding) -> str:
    """What of its resource a finding is about; empty where it is the whole."""
    aspect = clipped(one.aspect.replace("_", " "), _LONGEST_NAME)
    return ": ".join(filter(None, (_inside(one), aspect)))


def _inside(one: Finding) -> str:
    """Whom it is about, where that lies in its resource."""
    subject = one.subject
    kind, _, identifier = subject.address.partition(":")
    if subject.key:
        return f"{kind.replace('_', ' ')} {shown(subject.key, _LONGEST_KEY)}"
    return _named(kind, identifier) if subject.address != _address(one) else ""


def _named(kind: str, identifier: str) -> str:
    return f"{kind.replace('_', ' ')} {clipped(identifier, _LONGEST_NAME)}"


def _consequence(inner: Finding, cause: Finding) -> Consequence:
    if inner.status == "unknown":
        weight = "not decided"
    else:
        weight = f"{inner.severity}{', exempted' if inner.exemption is not None else ''}"
    told = _inside(inner) if _address(inner) == _address(cause) else about(inner)
    return Consequence(inner.rule, weight, told, clipped(inner.seen or inner.because, LONGEST))


def without(resource: Resource, groups: tuple[Group, ...]) -> Resource:
    """The same with only these of its findings."""
    kept = sum(len(group.entries) for group in groups)
    return replace(resource, groups=groups, left_out=resource.total - kept)
