"""Which actions of lifecycle rules never come about, because another deletes the same objects before?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bucketwright.contract.lifecycle.classes import SMALL_OBJECT_TARGETS, MinimumSize
from bucketwright.contract.lifecycle.rules import NoncurrentTransition, Predicates, Rule, Transition
from bucketwright.contract.limits import SMALL_OBJECT
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.plain_text import shown
from bucketwright.rules.lifecycle_scopes import covers, enabled, fault_of, scope
from bucketwright.verdicts import Fault

DeletesFirst = Callable[[], bool]
"""Whether what is to be moved and deleted on one day is deleted only."""


@dataclass(frozen=True, slots=True)
class _Act:
    """What a rule does to objects, to old versions or to unfinished uploads of some age."""

    rule: Rule
    selects: Predicates
    does: str
    days: int
    deletes: bool
    spares: int = 0
    """So many of the newest old versions are left alone."""

    def comes_after(self, other: "_Act", deletes_first: DeletesFirst) -> bool:
        """Whether all it is about is deleted by another action before."""
        if other.days > self.days or other.spares > self.spares:
            return False
        same_day = other.days == self.days
        if (same_day and self.deletes) or not covers(other.selects, self.selects):
            return False
        return not same_day or deletes_first()


def shadowed(lifecycle: Lifecycle, deletes_first: DeletesFirst) -> Iterator[Fault]:
    """Each such action, with the one before it. Every two are compared; deletions by date are not."""
    several, smallest = [(one, scope(one)) for one in enabled(lifecycle)], lifecycle.minimum_size
    yield from _late([act for one in several for act in _on_objects(*one, smallest)], deletes_first)
    yield from _late([act for one in several for act in _on_versions(*one, smallest)], lambda: True)
    yield from _late([act for one in several for act in _on_uploads(*one)], deletes_first)


def _late(acts: list[_Act], deletes_first: DeletesFirst) -> Iterator[Fault]:
    ends = sorted((act for act in acts if act.deletes), key=lambda act: act.days)
    for act in acts:
        before = next((end for end in ends if act.comes_after(end, deletes_first)), None)
        if before is not None:
            gone = f"{_by(before.rule, act.rule)} deletes them after {before.days}"
            yield fault_of(act.rule, f"{act.does} after {act.days} days, and {gone}")


def _by(rule: Rule, other: Rule) -> str:
    if rule is other:
        return "itself"
    return shown(rule.id) if rule.id else "another rule"


def _on_objects(rule: Rule, selects: Predicates, smallest: MinimumSize) -> Iterator[_Act]:
    if rule.expiration is not None and rule.expiration.days is not None:
        yield _Act(rule, selects, "deletes objects", rule.expiration.days, deletes=True)
    for move in rule.transitions:
        if move.days is not None:
            moved, does = _moved(selects, move.storage_class, smallest), f"moves objects to {_to(move)}"
            yield _Act(rule, moved, does, move.days, deletes=False)


def _on_versions(rule: Rule, selects: Predicates, smallest: MinimumSize) -> Iterator[_Act]:
    end = rule.noncurrent_expiration
    if end is not None and end.days is not None:
        kept = end.newer_versions or 0
        yield _Act(rule, selects, "deletes old versions", end.days, deletes=True, spares=kept)
    for move in rule.noncurrent_transitions:
        if move.days is not None:
            moved, kept = _moved(selects, move.storage_class, smallest), move.newer_versions or 0
            yield _Act(
                rule, moved, f"moves old versions to {_to(move)}", move.days, deletes=False, spares=kept
            )


def _on_uploads(rule: Rule, selects: Predicates) -> Iterator[_Act]:
    if rule.abort is not None and rule.abort.days is not None:
        yield _Act(rule, selects, "ends unfinished uploads", rule.abort.days, deletes=True)


def _moved(selects: Predicates, storage_class: str | None, smallest: MinimumSize) -> Predicates:
    """Without a size of its own a rule leaves small objects where they are."""
    if selects.has_size or storage_class in SMALL_OBJECT_TARGETS[smallest]:
        return selects
    return replace(selects, greater_than=SMALL_OBJECT - 1)


def _to(move: Transition | NoncurrentTransition) -> str:
    return shown(move.storage_class)
