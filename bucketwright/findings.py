"""What is found of a resource: what was seen, what was expected, how is it known again?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from bucketwright.contract.words import Severity
from bucketwright.judging import Judgement
from bucketwright.posture import Posture
from bucketwright.verdicts import Confidence, Fails, Fault, NotApplicable, Passes, Undecided

if TYPE_CHECKING:
    from bucketwright.contract.model import Exemption

Status: TypeAlias = Literal["fail", "unknown", "pass", "not-applicable"]
_STATUS: Final[dict[type, Status]] = {
    Fails: "fail",
    Undecided: "unknown",
    Passes: "pass",
    NotApplicable: "not-applicable",
}
_LONGEST_FINGERPRINT: Final = 32


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a finding is about."""

    kind: str
    address: str
    name: str = ""
    """What AWS calls it."""
    key: str = ""
    """Of an object, its key."""
    prefix: str = ""
    """The id of the prefix it is about, or lies in."""
    version_id: str = ""
    """Of an object or delete marker, which version it is, where the bucket keeps several."""

    @property
    def bucket(self) -> str:
        """The id of its bucket in the contract, where it has one."""
        kind, _, identifier = self.address.partition(":")
        return identifier.partition("/")[0].partition("@")[0] if kind in _IN_BUCKETS else ""


_IN_BUCKETS: Final = frozenset({"bucket", "key", "distribution", "object", "upload", "delete_marker"})


@dataclass(frozen=True)
class Finding:
    """What is said of one resource under one rule, or by the engine itself."""

    rule: str
    status: Status
    severity: Severity
    subject: Subject
    faults: tuple[Fault, ...] = ()
    expected: str = ""
    because: str = ""
    """Why it passes, does not apply or cannot be known."""
    missing: str = ""
    """Of what cannot be known: the fact that is missing."""
    facts: tuple[str, ...] = ()
    """The facts of the resource it goes by, the first before all."""
    confidence: Confidence = "certain"
    exemption: "Exemption | None" = None
    consequences: tuple["Finding", ...] = ()
    """What follows from it and is no finding beside it."""
    aspect: str = ""
    """Tells it from other findings of the same id about the same resource, where there can be several."""

    @cached_property
    def fingerprint(self) -> str:
        """The same from run to run and in every environment; neither line, account nor time is in it."""
        return fingerprint_of(self.rule, self.subject.address, self.subject.key, self.aspect)

    @property
    def forms(self) -> frozenset[str]:
        """What exactly is wrong, in words that last."""
        return frozenset(fault.lasting for fault in self.faults)

    @property
    def seen(self) -> str:
        return "; ".join(fault.text for fault in self.faults)

    @property
    def counts(self) -> bool:
        """Whether it is a finding that nobody has exempted."""
        return self.status == "fail" and self.exemption is None


def fingerprint_of(rule: str, address: str, key: str, aspect: str) -> str:
    """By what a finding is known again."""
    parts = (rule, address, key, *filter(None, (aspect,)))
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_LONGEST_FINGERPRINT]


def finding_of(judgement: Judgement) -> Finding:
    """A judgement as a finding."""
    return _finding(judgement, subject_of(judgement.posture))


def _finding(judgement: Judgement, subject: Subject) -> Finding:
    rule, verdict = judgement.rule, judgement.verdict
    failed = verdict if isinstance(verdict, Fails) else None
    return Finding(
        rule=rule.id,
        status=_STATUS[type(verdict)],
        severity=judgement.severity,
        subject=subject,
        faults=failed.faults if failed else (),
        expected=(failed and failed.expected) or rule.manual.title,
        because=_because(verdict),
        missing=verdict.missing if isinstance(verdict, Undecided) else "",
        facts=_facts(failed, rule.reads),
        confidence=(failed and failed.confidence) or rule.confidence,
    )


def _facts(failed: Fails | None, reads: tuple[str, ...]) -> tuple[str, ...]:
    wrong = tuple(fault.fact for fault in failed.faults if fault.fact) if failed else ()
    return tuple(dict.fromkeys((*wrong, *_own(reads)))) if wrong else _own(reads)


@cache
def _own(reads: tuple[str, ...]) -> tuple[str, ...]:
    """Of the facts that a rule reads, those of the resource itself."""
    return tuple(name for name in reads if "." not in name)


def findings_of(judgements: Iterable[Judgement]) -> Iterator[Finding]:
    """All of them; what is said of one resource is said of one subject."""
    subjects: dict[object, Subject] = {}
    for one in judgements:
        posture = one.posture
        which = (posture.address, posture.told("version_id")) if posture.kind in _KEYED else posture.address
        subject = subjects.get(which)
        if subject is None:
            subject = subjects[which] = subject_of(posture)
        yield _finding(one, subject)


def subject_of(posture: Posture) -> Subject:
    """Whom a posture is of."""
    if posture.kind not in _KEYED:
        return Subject(posture.kind, posture.address, posture.name)
    key, version = (_text(posture.told(name)) for name in ("key", "version_id"))
    return Subject(posture.kind, posture.address, posture.name, key, version_id=version)


_KEYED: Final = frozenset({"object", "upload", "delete_marker"})


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""


def _because(verdict: Passes | Fails | NotApplicable | Undecided) -> str:
    match verdict:
        case Undecided(missing, reason):
            return f"{missing}: {reason}"
        case Passes(because) | NotApplicable(because):
            return because
        case Fails():
            return ""
