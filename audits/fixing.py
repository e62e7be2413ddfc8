"""Which changes would end the findings of an audit, by which calls, in which order?

What drifted becomes as declared. What breaks a rule beside that gets the rule's own fix, unless the contract
itself wants it as it is.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, cast

from audits.fact_now import fact_now
from audits.live import Looked
from bucketwright.calls import Send
from bucketwright.drift.undoing import meant, undone
from bucketwright.estate import READERS
from bucketwright.facets.bucket.acl import owner_of
from bucketwright.facets.bucket.public_access_block import FRESH
from bucketwright.facets.reading import Asked, Target
from bucketwright.facets.writing import SettableFacet, SharedFacet, Site, Unsettable, Write
from bucketwright.findings import Finding
from bucketwright.posture import Estate, Posture, Undetermined, Unknown, Unset
from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE
from bucketwright.rules.rule import Change, Rule
from bucketwright.verdicts import Fails

SAFE_TO_RESTORE: Final = frozenset(
    {
        "bucket.intelligent_tiering", "bucket.inventory", "bucket.logging", "bucket.metadata_tables",
        "bucket.notifications", "bucket.tags", "bucket.versioning", "key.aliases", "key.enabled",
        "key.rotation",
    }
)  # fmt: skip
"""What becomes as declared without anybody losing what they can do now, and without an object going away."""
_OPENED: Final = "opened"
_CLOSED: Final = "closed"
_BLOCK: Final = "public_access_block"
_ORDER: Final = (
    _OPENED, "key.enabled", "key.policy", "key.aliases", "queue.policy",
    "bucket.versioning", "bucket.object_lock", "bucket.encryption", "bucket.blocks_sse_c",
    "bucket.acl", "bucket.ownership", "bucket.policy",
)  # fmt: skip
"""What others build on goes first: a queue lets S3 in before S3 is told of it, there are versions before they
are copied, an ACL is private before enforced ownership refuses another."""
_UNFIXABLE: Final = {
    "bucket-missing": "`pulumi up` makes it",
    "bucket-undeclared": "declare it with `bucketwright adopt`, or delete it by hand",
    "config-undeclared": "declare it, or remove it by hand",
}
NOT_DECLARED: Final = (
    "the contract of this stack does not declare it: `bucketwright adopt` does, or fix it without STACK"
)
"""Why a fix by a contract leaves a thing alone."""
_REMOVING: Final = "--remove-undeclared takes it away"


@dataclass(frozen=True, slots=True)
class Step:
    """One fact of one live thing to be changed."""

    address: str
    fact: str
    target: Target
    before: object
    after: object
    writes: tuple[Write, ...]
    undo: tuple[Write, ...]
    """What puts back what was there; empty where no call does, and `irrevocable` says why."""
    ends: tuple[str, ...]
    """The rules that are kept then."""
    look: Callable[[Send], object] = field(compare=False, repr=False)
    """Reads the fact anew."""
    risk: str = ""
    """What may break by it; empty where nothing can."""
    irrevocable: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A finding that no call of ours ends."""

    finding: Finding
    why: str


@dataclass(frozen=True, slots=True)
class FixPlan:
    """What would be done, in order, and what is left to people."""

    steps: tuple[Step, ...]
    left: tuple[Left, ...]

    def only(self, *, risky: bool) -> "FixPlan":
        """Without the steps by which something may break, unless these are wanted."""
        return self if risky else replace(self, steps=tuple(one for one in self.steps if not one.risk))


@dataclass(slots=True)
class _Wanted:
    """One fact as it is to be, and why."""

    after: object
    ends: list[str]
    risks: list[str]


@dataclass(slots=True)
class _Planning:
    looked: Looked
    intended: Estate | None
    remove_undeclared: bool
    estate: Estate
    """As it is once all changes so far are made."""
    wanted: dict[tuple[str, str], _Wanted] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)

    def restore(self, finding: Finding) -> None:
        """What drifted becomes as declared; what others put there stays, unless it is to go."""
        intended, address = self.intended, finding.subject.address
        if finding.rule in _UNFIXABLE and not finding.facts:
            self.leave(finding, _UNFIXABLE[finding.rule])
        elif intended is None or not finding.facts:
            self.leave(finding, "`pulumi up` makes it as declared")
        else:
            declared = undone(finding, intended, self.looked.estate).postures[address]
            for fact in finding.facts:
                self._restore(finding, fact, declared.told(fact))

    def _restore(self, finding: Finding, fact: str, after: object) -> None:
        posture = self.estate.postures[finding.subject.address]
        facet, before = _facet(posture, fact), posture.told(fact)
        if not self.remove_undeclared and isinstance(facet, SharedFacet):
            after = facet.keeping(before, after)
        if after == before:
            self.leave(finding, f"all that differs is what others added; {_REMOVING}")
            return
        name = f"{posture.kind}.{fact}"
        risk = "" if name in SAFE_TO_RESTORE else "who or what relies on it as it is now may be cut off"
        self.change(finding, (posture, fact), after, risk)

    def repair(self, finding: Finding, rule: Rule[Posture]) -> None:
        """A rule's own fix, of what the changes so far leave broken."""
        posture = self.estate.postures.get(finding.subject.address)
        if posture is None:
            self.leave(finding, "it is not there any more")
            return
        if not isinstance(rule.verdict(posture, self.estate), Fails):
            self._credit(posture, rule)
            return
        if rule.repair is None:
            self.leave(finding, f"people have to decide: `bucketwright explain {rule.id}`")
            return
        made = rule.repair.make(posture, self.estate)
        if why := self._kept_because(posture, made):
            self.leave(finding, why)
            return
        self.change(finding, (posture, made.fact), made.after, rule.repair.risk)

    def _kept_because(self, posture: Posture, made: Change) -> str:
        """Why the contract has a rule's fix not made; empty where it lets it be made, or there is none."""
        if self.intended is None:
            return ""
        declared = meant(posture.address, posture.kind, self.intended)
        if declared is None:
            return NOT_DECLARED
        ours = declared.told(made.fact)
        if ours == posture.told(made.fact):
            return "the contract declares it so: change it there, or exempt it"
        facet = _facet(posture, made.fact)
        if not self.remove_undeclared and isinstance(facet, SharedFacet) and _loses(facet, made, ours):
            return f"its fix changes what others added; {_REMOVING}"
        return ""

    def change(self, finding: Finding, place: tuple[Posture, str], after: object, risk: str) -> None:
        """Let a fact be something else from here on."""
        posture, fact = place
        if not isinstance(_facet(posture, fact), SettableFacet):
            self.leave(finding, "no call sets it: `pulumi up`, or make it anew")
            return
        known = self.wanted.setdefault((posture.address, fact), _Wanted(after, [], []))
        known.after = after
        known.ends.append(finding.rule)
        known.risks += [risk] if risk else []
        made = replace(posture, facts={**posture.facts, fact: after})
        self.estate = replace(self.estate, postures={**self.estate.postures, posture.address: made})

    def leave(self, finding: Finding, why: str) -> None:
        self.left.append(Left(finding, why))

    def _credit(self, posture: Posture, rule: Rule[Posture]) -> None:
        """Some change so far ends it, too."""
        for (address, fact), wanted in self.wanted.items():
            if address == posture.address and fact in rule.reads:
                wanted.ends.append(rule.id)
                return


def plan(
    findings: Iterable[Finding], looked: Looked, intended: Estate | None, *, remove_undeclared: bool = False
) -> FixPlan:
    """What ends the findings that count, and what ends none."""
    planning = _Planning(looked, intended, remove_undeclared, looked.estate)
    several = [one for one in findings if one.counts]
    for finding in several:
        if finding.rule in ENGINE:
            planning.restore(finding)
    for finding in _broken(several):
        planning.repair(finding, catalogue()[finding.rule])
    steps, left = [], list(planning.left)
    for (address, fact), wanted in planning.wanted.items():
        step, ends = _step(planning, address, fact, wanted), {(address, rule) for rule in wanted.ends}
        if isinstance(step, Step):
            steps.append(step)
        else:
            left += [Left(one, step) for one in several if (one.subject.address, one.rule) in ends]
    return FixPlan(tuple(sorted(steps, key=_rank)), tuple(left))


def site_of(looked: Looked, posture: Posture) -> Site:
    """Where the facts of a live thing are set."""
    target = looked.targets[posture.address]
    return Site(target, looked.resolve, posture.facts, _owner(looked, posture))


def _broken(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Those of rules, and those inside a drift that no call ends."""
    for one in findings:
        if one.rule not in ENGINE:
            yield one
        yield from (each for each in one.consequences if each.rule not in ENGINE and each.status == "fail")


def _step(planning: _Planning, address: str, fact: str, wanted: _Wanted) -> Step | str:
    """The calls of a change, or why there are none."""
    looked = planning.looked
    now, then = looked.estate.postures[address], planning.estate.postures[address]
    before, facet = now.told(fact), cast("SettableFacet[object]", _facet(now, fact))
    if isinstance(before, Unknown | Unset):
        return "what is there now is not known"
    try:
        writes = facet.to_api(before, wanted.after, site_of(looked, then))
    except (Unsettable, Undetermined) as reason:
        return str(reason)
    undo, irrevocable = _undo(facet, (before, wanted.after), site_of(looked, now))
    ends, risks = tuple(dict.fromkeys(wanted.ends)), dict.fromkeys(wanted.risks)
    target = looked.targets[address]
    look = partial(fact_now, target, fact, looked.refer(address))
    step = Step(address, fact, target, before, wanted.after, writes, undo, ends, look)
    return replace(step, risk=" ".join(risks), irrevocable=irrevocable)


def _undo(
    facet: SettableFacet[object], values: tuple[object, object], site: Site
) -> tuple[tuple[Write, ...], str]:
    before, after = values
    try:
        return facet.to_api(after, before, site), ""
    except (Unsettable, Undetermined) as reason:
        return (), str(reason)


def _owner(looked: Looked, posture: Posture) -> str:
    if posture.kind != "bucket":
        return ""
    asked = Asked(looked.targets[posture.address], looked.outcomes, looked.refer(posture.address))
    try:
        return owner_of(asked)
    except Undetermined:
        return ""


def _loses(facet: SharedFacet[object], made: Change, ours: object) -> bool:
    """Whether something of what others put beside ours is gone, or another, after a change."""
    if isinstance(ours, Unset | Unknown):
        theirs, then = made.before, made.after
    else:
        theirs, then = facet.keeping(made.before, ours), facet.keeping(made.after, ours)
    return facet.keeping(then, theirs) != then


def _facet(posture: Posture, fact: str) -> object:
    reader = READERS.get(posture.kind)
    return None if reader is None else reader[1].get(fact)


def _rank(step: Step) -> tuple[int, str, str]:
    """A block is opened before what it would refuse is set, and closed after all that it would hide."""
    name = f"{step.target.kind}.{step.fact}"
    if step.fact == _BLOCK:
        name = _CLOSED if step.after == FRESH else _OPENED
    place = _ORDER.index(name) if name in _ORDER else len(_ORDER) + (name == _CLOSED)
    return place, step.address, step.fact
