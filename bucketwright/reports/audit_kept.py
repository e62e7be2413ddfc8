"""What an audit found, as it is kept with the run: enough to know each finding again and to tell of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias, get_args

from bucketwright.contract.words import Severity
from bucketwright.findings import Finding, Status, Subject
from bucketwright.reports.audit_rows import row
from bucketwright.reports.audit_text import NOBODYS
from bucketwright.verdicts import Fault

if TYPE_CHECKING:
    from bucketwright.audited import Audit, Part

Json: TypeAlias = Mapping[str, object]
VERSION: Final = 1
_KNOWN_BY: Final = "known_by"
"""The field of a row that no report has: what a finding is recognised by."""
_INSIDE: Final = "consequences"


class NotKeptError(ValueError):
    """What is said to be kept findings is none."""


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One account."""

    account: str
    findings: tuple[Finding, ...] = ()
    """What fails or is not known; what somebody exempted or accepted passes."""
    rows: Mapping[str, Json] = field(default_factory=dict)
    """The row of each in a report, by fingerprint."""


@dataclass(frozen=True, slots=True)
class KeptAudit:
    """One run."""

    project: str
    stack: str
    profile: str
    parts: tuple[KeptPart, ...]

    @property
    def accounts(self) -> Mapping[str, KeptPart]:
        return {part.account: part for part in self.parts}

    @property
    def title(self) -> str:
        """What it is an audit of."""
        if self.stack:
            return f"{self.project}/{self.stack}"
        return f"account {', '.join(part.account or NOBODYS for part in self.parts)}"


def as_data(audit: "Audit") -> Json:
    """As JSON can hold it."""
    return {
        "version": VERSION,
        "project": audit.project,
        "stack": audit.stack,
        "profile": audit.profile,
        "parts": [{"account": part.account, "findings": list(_entries(part, audit))} for part in audit.parts],
    }


def _entries(part: "Part", audit: "Audit") -> Iterator[Json]:
    for one in part.findings:
        if one.status in ("fail", "unknown"):
            yield _entry(one, part, audit)


def _entry(one: Finding, part: "Part", audit: "Audit") -> Json:
    subject = one.subject
    return {
        **row(one, part, audit),
        _INSIDE: [_entry(inner, part, audit) for inner in one.consequences],
        _KNOWN_BY: {
            "kind": subject.kind,
            "address": subject.address,
            "prefix": subject.prefix,
            "aspect": one.aspect,
            "forms": sorted(one.forms),
            "facts": list(one.facts),
        },
    }


def read(told: object) -> KeptAudit:
    """From what was kept; NotKeptError where it is not what was written."""
    match told:
        case {
            "version": int(version),
            "project": str(project),
            "stack": str(stack),
            "profile": str(profile),
            "parts": list(parts),
        } if version == VERSION:
            return KeptAudit(project, stack, profile, tuple(map(_part, parts)))
    raise NotKeptError


def _part(told: object) -> KeptPart:
    match told:
        case {"account": str(account), "findings": list(several)}:
            pairs = [(_finding(one), _public(one)) for one in several]
            rows = {finding.fingerprint: shown for finding, shown in pairs}
            return KeptPart(account, tuple(finding for finding, _ in pairs), rows)
    raise NotKeptError


def _finding(told: object) -> Finding:
    """Earlier versions of this program kept no ids of versions."""
    match {"version_id": None, **told} if isinstance(told, dict) else told:
        case {
            "rule": str(rule),
            "status": str(status),
            "severity": str(severity),
            "key": None | str() as key,
            "version_id": None | str() as version,
            "seen": None | str(),
            "consequences": list(inside),
            "known_by": {
                "kind": str(kind),
                "address": str(address),
                "prefix": str(prefix),
                "aspect": str(aspect),
                "forms": list(forms),
                "facts": list(facts),
            },
        } if status in get_args(Status) and severity in get_args(Severity):
            return Finding(
                rule=rule,
                status=next(one for one in get_args(Status) if one == status),
                severity=next(one for one in get_args(Severity) if one == severity),
                subject=Subject(kind, address, key=key or "", prefix=prefix, version_id=version or ""),
                faults=tuple(Fault(str(form)) for form in forms),
                facts=tuple(map(str, facts)),
                consequences=tuple(map(_finding, inside)),
                aspect=aspect,
            )
    raise NotKeptError


def _public(told: object) -> Json:
    """The row as reports have it."""
    if not isinstance(told, dict):
        raise NotKeptError
    inside = told.get(_INSIDE)
    shown = {name: value for name, value in told.items() if name != _KNOWN_BY}
    return {**shown, _INSIDE: [_public(one) for one in inside] if isinstance(inside, list) else []}
