"""Which facts of which kinds are needed, for the rules that are judged and for what a contract declares?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.estate import READERS, AccessPointPosture, BucketPosture, DirectoryBucketPosture
from bucketwright.facets.reading import LiveFacet, Read
from bucketwright.judging import judge
from bucketwright.looking.scope import Scope
from bucketwright.objects.postures import DeleteMarkerPosture, ObjectPosture, UploadPosture
from bucketwright.posture import Estate, Posture, Unset
from bucketwright.rules import catalogue
from bucketwright.rules.rule import Rule

LENS: Final = "live"
_ALWAYS: Final = frozenset({UploadPosture.kind})
_OF_OBJECTS: Final = frozenset({ObjectPosture.kind, DeleteMarkerPosture.kind})
_HOW_TO_SCAN: Final = frozenset({"versioning"})
_OF_OWNERS: Final = frozenset({"acl", "owner"})
_OWNER: Final = "acl"
"""The setting of a bucket whose answer tells whose it is."""
_OPENED: Final = "bucket"
"""Of a door beside a contract, which knows none: to what it leads."""
Facts = Mapping[str, frozenset[str]]
"""Names of facts, by the kind of thing."""


@dataclass(frozen=True, slots=True)
class Needs:
    """The facts that are asked for."""

    own: Facts
    """Of what is judged."""
    across: Facts
    """Of what others refer to."""
    declared: frozenset[str] = frozenset()
    """The kinds of which a contract declares some: of these it has to be told which are its own."""

    def facts(self, kind: str, *, is_subject: bool = True) -> tuple[str, ...]:
        """Those of one thing, which is judged itself or only referred to."""
        found = self.across.get(kind, frozenset()) | (
            self.own.get(kind, frozenset()) if is_subject else set()
        )
        return tuple(sorted(found))

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.own) | frozenset(self.across)

    def reads(self) -> Iterator[Read]:
        """All that is asked of things: one for each call and permission."""
        several = (read for kind in sorted(self.kinds) for read in reads_of(kind, self.facts(kind)))
        yield from {(one.service, one.operation, one.permission): one for one in several}.values()


def reads_of(kind: str, facts: Iterable[str]) -> Iterator[Read]:
    """What is asked for these facts; nothing for one that no server tells."""
    _, facets = READERS[kind]
    for name in facts:
        facet = facets[name]
        if isinstance(facet, LiveFacet):
            yield from facet.READS


def needs(scope: Scope) -> Needs:
    """What the rules read, and what the contract has set.

    No contract declares directory buckets, and no bucket names one: they are found where all are asked about.
    """
    own: dict[str, set[str]] = defaultdict(set)
    across: dict[str, set[str]] = defaultdict(set)
    for rule in asked_rules(scope):
        for read in rule.reads:
            kind, _, name = read.rpartition(".")
            (across[kind] if kind else own[rule.kind.kind]).add(name)
        own[BucketPosture.kind] |= _of_scan(rule)
    declared = frozenset(one.kind for one in _intended(scope).values())
    for posture in _intended(scope).values():
        own[posture.kind] |= {name for name, fact in posture.facts.items() if not isinstance(fact, Unset)}
    if declared:
        own[AccessPointPosture.kind].add(_OPENED)
    if not scope.takes_all:
        own.pop(DirectoryBucketPosture.kind, None)
    return Needs(_readable(own), _readable(across), declared)


def _of_scan(rule: Rule[Posture]) -> frozenset[str]:
    """What of a bucket says how its objects are looked at: whether there are versions, and whose it is."""
    if rule.kind.kind not in _OF_OBJECTS:
        return frozenset()
    return _HOW_TO_SCAN if _OF_OWNERS.isdisjoint(rule.reads) else _HOW_TO_SCAN | {_OWNER}


def asked_rules(scope: Scope) -> tuple[Rule[Posture], ...]:
    """Those that are asked for everywhere, and those that the contract makes one of its things keep."""
    meant = Estate(LENS, _intended(scope), circumstances=scope.around)
    declared = {one.rule.id for one in judge(meant, scope.selection)}
    kinds = READERS.keys() | _ALWAYS | (_OF_OBJECTS if scope.objects else set())
    return tuple(
        rule
        for rule in catalogue().values()
        if LENS in rule.lenses
        and rule.kind.kind in kinds
        and (rule.id in declared or scope.selection.has(rule))
    )


def _intended(scope: Scope) -> Mapping[str, Posture]:
    wanted = scope.around.intended
    return {} if wanted is None else wanted.postures


def _readable(facts: Mapping[str, set[str]]) -> Facts:
    """Those that an estate's postures hold; what is known of objects is found by listing them."""
    return {kind: frozenset(names) for kind, names in facts.items() if kind in READERS and names}
