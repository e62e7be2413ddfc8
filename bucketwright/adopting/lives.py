"""What do lifecycle rules say of the objects of each prefix, in a contract's words?"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from bucketwright.adopting.found import Data, one_or_all, short
from bucketwright.adopting.layout import Layout, Mark
from bucketwright.contract.ids import nearest_id
from bucketwright.contract.lifecycle.classes import MINIMUM_SIZES
from bucketwright.contract.lifecycle.compile import LIFECYCLE_TAG
from bucketwright.contract.lifecycle.rules import Predicates, Rule
from bucketwright.contract.quantities import spell_days, spell_size, spell_span
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.filters import merged

_USUAL_ABORT: Final = 7
_YEAR: Final = 365
_ORDER: Final = ("expire", "keep_newest", "archive", "archive_above", "noncurrent")
_MOVES: Final = ".archive"


def bucket_life(value: Lifecycle) -> Data:
    """What holds for the whole bucket: the end of unfinished uploads, and how small what moves may be."""
    aborts = [one.abort.days for one in value.rules if one.abort and one.enabled and not _selects(one)]
    days = aborts[0] if len(aborts) == 1 else None
    usual = days in (None, _USUAL_ABORT)
    small = next(word for word, size in MINIMUM_SIZES.items() if size == value.minimum_size)
    return short(
        abort_uploads=None if usual or not days else spell_life(days),
        minimum_transition_size=None if small == "all-classes" else small,
    )


def marks(value: Lifecycle) -> Iterator[Mark]:
    """What each rule that a contract can say tells of the prefix it is about."""
    for rule in value.rules:
        mark = mark_of(rule)
        if mark is not None and _settings(rule):
            yield mark


def mark_of(rule: Rule) -> Mark | None:
    """The prefix a rule is about; None where it selects otherwise than a contract's rules do."""
    return filter_mark(merged(rule.predicates), (rule.id or "").removesuffix(_MOVES))


def filter_mark(chosen: Predicates, called: str) -> Mark | None:
    """The prefix that a filter selects; None where it selects all, or by what no contract says."""
    tags = {tag.key: tag.value for tag in chosen.tags}
    tagged = tags.pop(LIFECYCLE_TAG, "")
    beginning = chosen.prefix or ""
    if tags or chosen.less_than is not None or not (beginning or tagged):
        return None
    return Mark(beginning, nearest_id(tagged or called), by_tag=bool(tagged))


def lives(value: Lifecycle, laid: Layout) -> Mapping[str, Data]:
    """The settings of each prefix that a rule is about."""
    found: dict[str, Data] = {}
    for rule in value.rules:
        mark, said = mark_of(rule), _settings(rule)
        prefix_id = laid.marked.get(mark) if mark is not None else None
        if prefix_id is not None and said:
            found[prefix_id] = _both(found.get(prefix_id, {}), said)
    return found


def spell_life(days: int) -> str:
    """A number of days as a contract writes it: in years where they are whole."""
    return spell_span(timedelta(days=days)) if days and days % _YEAR == 0 else spell_days(days)


def _both(one: Data, other: Data) -> Data:
    """What two rules say of the same objects."""
    old, more = one.get("noncurrent"), other.get("noncurrent")
    said = {**one, **other}
    if isinstance(old, dict) and isinstance(more, dict):
        said["noncurrent"] = _in_order({**old, **more})
    return _in_order(said)


def _in_order(said: Data) -> Data:
    return {name: said[name] for name in _ORDER if name in said}


def _selects(rule: Rule) -> bool:
    return bool(merged(rule.predicates).count)


def _settings(rule: Rule) -> Data:
    """What a rule does; nothing where it does something that no contract says."""
    chosen, ending, old = merged(rule.predicates), rule.expiration, rule.noncurrent_expiration
    dates = [one.date for one in rule.transitions] + ([ending.date] if ending else [])
    refused = (
        not rule.enabled
        or rule.abort is not None
        or any(dates)
        or any(one.newer_versions for one in rule.noncurrent_transitions)
        or bool(ending and ending.expired_marker)
        or (chosen.greater_than is not None and bool(ending or old))
    )
    if refused:
        return {}
    noncurrent = short(
        expire=_days(old.days) if old else None,
        keep_newest=old.newer_versions if old else None,
        archive=_moves((one.days, one.storage_class) for one in rule.noncurrent_transitions),
    )
    return short(
        expire=_days(ending.days) if ending else None,
        archive=_moves((one.days, one.storage_class) for one in rule.transitions),
        archive_above=None if chosen.greater_than is None else spell_size(chosen.greater_than + 1),
        noncurrent=noncurrent,
    )


def _moves(several: Iterator[tuple[int | None, str | None]]) -> object:
    moves: list[object] = [
        {"after": _days(days), "to": (to or "").lower().replace("_", "-")} for days, to in several
    ]
    return one_or_all(moves) if moves else None


def _days(days: int | None) -> str:
    return spell_life(days or 0)
