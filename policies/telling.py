"""What is said of a judged stack, policy by policy, and on which of its resources?"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from pulumi_policy import EnforcementLevel

from bucketwright.contract.model import Exemption
from bucketwright.contract.words import Severity
from bucketwright.estate import READERS
from bucketwright.findings import Finding, Subject
from bucketwright.plain_text import printable
from bucketwright.plan import Resource
from bucketwright.reports import wording
from policies.judged import Judged, Measure
from policies.pack import EXEMPTED, EXPIRED, NOT_EVALUATED
from policies.wire import Told

Level = Callable[[str, Severity], EnforcementLevel]
"""What a finding of a rule and a severity does."""
_SHORTEST: Final = 6
"""A shorter text is secret nowhere but where it stands."""
_TELLING: Final = 12
"""So much of a secret gives it away; texts are cut where they are shown."""
_MOST: Final = 20
_COLOUR: Final = "<{%"
"""How the engine begins a colour in a text."""
_HIDDEN: Final = "what exactly is not shown, for the program calls something there a secret"


@dataclass(frozen=True, slots=True)
class Line:
    """What one policy says of one resource; of the whole stack where no URN is said."""

    policy: str
    level: EnforcementLevel
    severity: Severity
    text: str
    urn: str = ""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a program calls secret."""

    urns: frozenset[str] = frozenset()
    """The resources with something secret in them."""
    texts: frozenset[str] = frozenset()

    def with_those_of(self, several: Iterable[Told]) -> "Secrets":
        """These and what more resources keep secret."""
        hiding = [one for one in several if one.has_secrets]
        if not hiding:
            return self
        urns = frozenset(one.resource.urn for one in hiding)
        return Secrets(self.urns | urns, self.texts.union(*(one.secrets for one in hiding)))

    def hide(self, text: str, sayers: Sequence[Resource], otherwise: str) -> str:
        """The text, or something else where it may repeat a secret."""
        is_told = any(len(one) >= _SHORTEST and printable(one[:_TELLING]) in text for one in self.texts)
        is_near = any(one.urn in self.urns for one in sayers)
        return otherwise if is_told or is_near else text


@dataclass(frozen=True, slots=True)
class Teller:
    """All that a text needs beside the finding."""

    by: Measure
    level: Level
    secrets: Secrets = Secrets()

    def lines(self, judged: Judged, said: Collection[tuple[str, str]] = ()) -> Iterator[Line]:
        """What is wrong, exempted and not decided, and what is wrong with the exemptions.

        `said` are rules of which it was said before that a resource breaks them, each with the URN.
        """
        for finding in judged.exempted.findings:
            if finding.status != "fail" or self._is_off(finding):
                continue
            sayers = judged.said_by.get(finding.subject.address, ())
            if finding.exemption is not None:
                yield self._exempted(finding, finding.exemption, sayers)
            elif not any((finding.rule, one.urn) in said for one in sayers):
                yield self.failing(finding, sayers)
        yield from self._undecided(judged)
        yield from self._exemptions(judged)

    def failing(self, finding: Finding, sayers: Sequence[Resource]) -> Line:
        """What is wrong, what was expected, and how what stops a deployment is put right."""
        seen = f"{_named(finding.subject)}: {wording.seen(finding)}"
        found = self.secrets.hide(seen, sayers, f"{finding.subject.kind.replace('_', ' ')}: {_HIDDEN}")
        expected = self.secrets.hide(f"expected: {printable(finding.expected)}", sayers, "")
        level = self.level(finding.rule, finding.severity)
        stops = level == EnforcementLevel.MANDATORY
        place = self.by.place(finding)
        fix = f"fix: {wording.manual(finding.rule).fix}" if stops else ""
        text = _plain(found, expected, f"contract: {place}" if place else "", fix)
        return Line(finding.rule, level, finding.severity, text, _urn(finding, sayers))

    def _is_off(self, finding: Finding) -> bool:
        return self.level(finding.rule, finding.severity) == EnforcementLevel.DISABLED

    def _exempted(self, finding: Finding, exemption: Exemption, sayers: Sequence[Resource]) -> Line:
        """An exemption at work, and what it is for."""
        seen = f"{wording.subject(finding.subject)}: {wording.seen(finding)}"
        said = wording.exemption(exemption, self.by.today)
        text = _plain(f"exempted: {said}", self.secrets.hide(seen, sayers, _HIDDEN))
        return Line(EXEMPTED, EnforcementLevel.ADVISORY, finding.severity, text, _urn(finding, sayers))

    def _undecided(self, judged: Judged) -> Iterator[Line]:
        """Each verdict that would stop the deployment by itself; the others by what they lack."""
        together: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        left_open: dict[str, list[Finding]] = defaultdict(list)
        for finding in judged.exempted.findings:
            if finding.status != "unknown" or self._is_off(finding):
                continue
            if finding.fingerprint in judged.left_open:
                left_open[finding.subject.address].append(finding)
            elif self.level(finding.rule, finding.severity) != EnforcementLevel.MANDATORY:
                together[finding.subject.address, finding.because].append(finding)
            else:
                yield self._why(finding, judged)
        for several in together.values():
            yield replace(self._why(several[0], judged, _rules(several)), policy=NOT_EVALUATED)
        if left_open:
            yield self._left_open(left_open, judged)

    def _why(self, finding: Finding, judged: Judged, *also: str) -> Line:
        sayers = judged.said_by.get(finding.subject.address, ())
        text = f"{wording.subject(finding.subject)} is not decided: {printable(finding.because)}"
        found = self.secrets.hide(text, sayers, f"not decided; {_HIDDEN}")
        urn = _urn(finding, sayers)
        return Line(finding.rule, EnforcementLevel.ADVISORY, finding.severity, _plain(found, *also), urn)

    def _left_open(self, subjects: Mapping[str, Sequence[Finding]], judged: Judged) -> Line:
        """What was there before and is not spoken of may have become anything since: one line for all."""
        told = ["what was there before may be otherwise where the program says nothing of it:"]
        for address, several in islice(subjects.items(), _MOST):
            missing = ", ".join(dict.fromkeys(one.missing for one in several))
            subject = wording.subject(several[0].subject)
            told.append(self.secrets.hide(f"{subject}: {missing}", judged.said_by.get(address, ()), ""))
        if len(subjects) > _MOST:
            told.append(f"and {len(subjects) - _MOST} more")
        rules = _rules([one for several in subjects.values() for one in several])
        severity = wording.severity(NOT_EVALUATED)
        return Line(NOT_EVALUATED, EnforcementLevel.ADVISORY, severity, _plain(*told, rules))

    def _exemptions(self, judged: Judged) -> Iterator[Line]:
        """What is wrong with exemptions themselves."""
        severity = wording.severity(EXPIRED)
        level = self.level(EXPIRED, severity)
        if level == EnforcementLevel.DISABLED:
            return
        ended = ((one, "") for one in judged.exempted.ended)
        unused = ((one, "it exempts nothing here") for one in judged.exempted.unused)
        for one, more in (*ended, *unused):
            text = _plain(f"exemption: {wording.exemption(one, self.by.today)}", more)
            yield Line(EXPIRED, level, severity, text)

    def why_not_applicable(self, rules: Iterable[str], judged: Judged) -> Iterator[tuple[str, str]]:
        """The rules of which nobody can say that this stack keeps them, each with the reason."""
        about: dict[str, list[Finding]] = defaultdict(list)
        for finding in judged.exempted.findings:
            about[finding.rule].append(finding)
        for rule_id in rules:
            several = about.get(rule_id, [])
            if not several:
                yield rule_id, "nothing in the stack is judged by it"
            elif all(one.status == "not-applicable" for one in several):
                sayers = judged.said_by.get(several[0].subject.address, ())
                yield rule_id, self.secrets.hide(several[0].because, sayers, "it is not about this")
            elif any(one.status == "unknown" for one in several):
                yield rule_id, "not everything is decided"


def _named(subject: Subject) -> str:
    """Whom it is about, and what AWS calls it where that says more."""
    called = wording.subject(subject)
    is_told = not subject.name or called.endswith(f" {subject.name}")
    return called if is_told else f"{called} ({printable(subject.name)})"


def _rules(several: Sequence[Finding]) -> str:
    return f"so these are not decided: {', '.join(sorted({one.rule for one in several}))}"


def _urn(finding: Finding, sayers: Sequence[Resource]) -> str:
    """The resource that says what a finding goes by, else the first that speaks of its subject."""
    kind = finding.subject.kind
    facets = READERS[kind][1] if kind in READERS else {}
    kinds = [getattr(facets.get(fact), "KIND", "") for fact in finding.facts[:1]]
    return _first([one for one in sayers if one.kind in kinds]) or _first(sayers)


def _first(sayers: Sequence[Resource]) -> str:
    return sayers[0].urn if sayers else ""


def _plain(*lines: str) -> str:
    """Lines that hold nothing but text."""
    return "\n".join(line.replace(_COLOUR, "< {%") for line in lines if line)
