"""What is live and not as declared: fact by fact, and in both directions?"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bucketwright.contract.lifecycle.compile import prefix_of_rule
from bucketwright.contract.own_tags import ENVIRONMENT_TAG, PROJECT_TAG
from bucketwright.drift import lifecycles, statements
from bucketwright.drift.differing import Compare, Difference, plainly, tags
from bucketwright.drift.reaching import reach_of
from bucketwright.drift.undoing import undone
from bucketwright.drift.weights import (
    DRIFT,
    MISSING,
    NOT_EVALUATED,
    OWNER,
    STRANGE,
    UNDECLARED,
    verdict_id,
    weight,
)
from bucketwright.drift.words import named
from bucketwright.estate import READERS, AccessPointPosture, AccountPosture, BucketPosture
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.facet import fresh
from bucketwright.facets.reading import LiveFacet
from bucketwright.facets.role.policies import Policies
from bucketwright.findings import Finding, subject_of
from bucketwright.posture import Estate, Posture, Unknown, Unset
from bucketwright.rules.engine import ENGINE
from bucketwright.verdicts import Fault

_TAGS: Final = "tags"
_POLICIES: Final = "policies"


def drift(intended: Estate, live: Estate, foreign: Container[str] = ()) -> tuple[Finding, ...]:
    """A finding for each fact of each resource that is not as declared, and for each that is not known.

    `foreign` are the addresses whose names another account has.
    """
    return (*_declared(intended, live, foreign), *_undeclared(intended, live))


@dataclass(frozen=True, slots=True)
class _Pair:
    """One resource as it was meant, and as it is."""

    wanted: Posture
    found: Posture

    def facts(self) -> Iterator[tuple[str, object, object]]:
        """What is declared of it, with what was read; but for what no server tells."""
        readable = READERS[self.wanted.kind][1]
        for fact, wanted in self.wanted.facts.items():
            found = self.found.told(fact)
            told = not isinstance(found, Unset | Unknown) or isinstance(readable[fact], LiveFacet)
            if told and not isinstance(wanted, Unset | Unknown):
                yield fact, wanted, found


def _declared(intended: Estate, live: Estate, foreign: Container[str]) -> Iterator[Finding]:
    for wanted in intended.postures.values():
        found = _live(wanted, live)
        if wanted.address in foreign:
            yield _foreign(wanted)
        elif found is not None:
            yield from _of_resource(_Pair(wanted, found), intended, live)
        elif any(not isinstance(fact, Unset) for fact in wanted.facts.values()):
            yield _absent(wanted, live)


def _live(wanted: Posture, live: Estate) -> Posture | None:
    """The same resource live; an account whose number no contract says is the only one looked at."""
    found = live.postures.get(wanted.address)
    accounts = tuple(live.every(AccountPosture))
    if found is None and isinstance(wanted, AccountPosture) and not wanted.name and len(accounts) == 1:
        return accounts[0]
    return found if found is not None and found.kind == wanted.kind else None


def _foreign(wanted: Posture) -> Finding:
    """Somebody else has it."""
    verdict = ENGINE[OWNER]
    fault = Fault(f"the {wanted.kind.replace('_', ' ')} of that name is another account's")
    title = verdict.manual.title
    return Finding(verdict.id, "fail", verdict.severity, subject_of(wanted), (fault,), title)


def _absent(wanted: Posture, live: Estate) -> Finding:
    """It is not there; or it may be, and could not be read."""
    subject = subject_of(wanted)
    if wanted.address in live.missing:
        because = live.missing[wanted.address]
        verdict = ENGINE[NOT_EVALUATED]
        return Finding(
            verdict.id, "unknown", verdict.severity, subject, because=because, missing=wanted.address
        )
    verdict = ENGINE[MISSING if isinstance(wanted, BucketPosture) else DRIFT]
    noun = wanted.kind.replace("_", " ")
    return Finding(
        verdict.id,
        "fail",
        verdict.severity,
        subject,
        (Fault(f"there is no such {noun}"),),
        f"a {noun}, as the contract declares it",
        aspect="" if verdict.id == MISSING else "resource",
    )


def _of_resource(pair: _Pair, intended: Estate, live: Estate) -> Iterator[Finding]:
    unknown: dict[str, list[str]] = defaultdict(list)
    for fact, wanted, found in pair.facts():
        if isinstance(found, Unset | Unknown):
            reason = found.reason if isinstance(found, Unknown) else "the server says nothing of it"
            unknown[reason].append(fact)
        elif different := tuple(_compare(fact, wanted)(fact, wanted, found)):
            finding = _drifted(pair, fact, different)
            yield _told_by_reach(finding, intended, live)
    for reason, facts in unknown.items():
        yield _not_evaluated(pair.found, tuple(facts), reason)


def _compare(fact: str, wanted: object) -> Compare:
    """How two values of a fact are compared."""
    if fact == _TAGS:
        return tags
    if isinstance(wanted, Policy | Policies):
        return statements.of_policy
    return lifecycles.of_lifecycle if isinstance(wanted, Lifecycle) else plainly


def _drifted(pair: _Pair, fact: str, different: tuple[Difference, ...]) -> Finding:
    kind, wanted = pair.wanted.kind, pair.wanted.told(fact)
    only_added = all(one.does == "added" for one in different)
    only_added |= wanted == fresh(READERS[kind][1][fact])
    return Finding(
        verdict_id(kind, fact, only_added=only_added),
        "fail",
        weight(kind, fact),
        replace(subject_of(pair.found), prefix=_prefix(different)),
        tuple(Fault(one.seen) for one in different),
        "; ".join(dict.fromkeys(one.expected for one in different)),
        facts=(fact,),
        aspect=fact,
    )


def _prefix(different: tuple[Difference, ...]) -> str:
    """The prefix of which alone something differs; empty where it is not of one."""
    of = {prefix_of_rule(one.part) for one in different}
    return of.pop() if len(of) == 1 else ""


def _told_by_reach(finding: Finding, intended: Estate, live: Estate) -> Finding:
    """With what somebody comes to reach by it, where policies changed."""
    reach = reach_of(finding, undone(finding, intended, live), live)
    if not reach:
        return finding
    if finding.facts == (_POLICIES,):
        return replace(finding, faults=(*map(Fault, reach), *finding.faults))
    return replace(finding, because="; ".join(reach))


def _not_evaluated(found: Posture, facts: tuple[str, ...], reason: str) -> Finding:
    verdict = ENGINE[NOT_EVALUATED]
    told = ", ".join(map(named, facts))
    return Finding(
        verdict.id,
        "unknown",
        verdict.severity,
        subject_of(found),
        expected="; ".join(f"{named(fact)} as declared" for fact in facts),
        because=f"{told}: {reason}",
        missing=", ".join(facts),
        facts=facts,
        aspect=facts[0],
    )


def _undeclared(intended: Estate, live: Estate) -> Iterator[Finding]:
    for bucket in live.every(BucketPosture):
        if bucket.address not in intended.postures and not _is_declared_elsewhere(bucket, live):
            yield _stranger(bucket, STRANGE, "no contract declares this bucket")
    for point in live.every(AccessPointPosture):
        opened = point.told("bucket")
        if not isinstance(opened, str) or opened in intended.postures:
            yield _stranger(point, UNDECLARED, "no contract declares this access point")


def _is_declared_elsewhere(bucket: BucketPosture, live: Estate) -> bool:
    """Whether another environment of the contract makes it, or its own tags name another contract."""
    around, told = live.circumstances, bucket.told(_TAGS)
    if around.environment is not None and isinstance(told, Mapping):
        own = (around.environment.project, around.environment.name)
        tagged = (told.get(PROJECT_TAG), told.get(ENVIRONMENT_TAG))
        if all(tagged) and tagged != own:
            return True
    others = (one for each in around.elsewhere.values() for one in each.every(BucketPosture))
    return any(bucket.name == one.name for one in others)


def _stranger(posture: Posture, verdict_name: str, fault: str) -> Finding:
    verdict = ENGINE[verdict_name]
    return Finding(
        verdict.id, "fail", verdict.severity, subject_of(posture), (Fault(fault),), verdict.manual.title
    )
