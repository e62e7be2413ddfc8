"""Which objects is a rule about? One reading of the filters of lifecycle, replication and tiering."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from bucketwright.contract.lifecycle.rules import Predicates, Tag
from bucketwright.facets.declaring import given
from bucketwright.facets.facet import Args
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined, Unknown

ALL: Final = Predicates()


def filter_of(said: Said | None) -> Predicates:
    """A filter of a plan: one predicate directly, several inside `and`; side by side in older forms."""
    if said is None:
        return ALL
    inner = said.part("and")
    if inner is None:
        return _predicates(said)
    if _predicates(said).count:
        raise Undetermined(said.path, Unknown("has predicates beside `and`, which S3 refuses"))
    return _predicates(inner)


def rule_filter(said: Said) -> Predicates:
    """The filter of a rule, or the prefix that older rules have in its place."""
    legacy, chosen = said.text("prefix") or None, said.part("filter")
    if legacy is None:
        return filter_of(chosen)
    if chosen is not None:
        raise Undetermined(said.path, Unknown("has a prefix beside its filter, which S3 refuses"))
    return Predicates(prefix=legacy)


def filter_args(chosen: Predicates) -> Args:
    """The filter of a resource: one predicate as it is, several inside `and`."""
    sizes = given(
        object_size_greater_than=chosen.greater_than,
        object_size_less_than=chosen.less_than,
        prefix=chosen.prefix,
    )
    if chosen.count > 1:
        return {"and_": {**sizes, **tag_args(chosen)}}
    return {"tag": asdict(chosen.tags[0])} if chosen.tags else sizes


def flat_filter_args(chosen: Predicates) -> Args:
    """The filter of a resource that knows no `and`."""
    return {**given(prefix=chosen.prefix), **tag_args(chosen)}


def tag_args(chosen: Predicates) -> Args:
    """The tags of a filter as arguments; nothing where there are none."""
    return {"tags": {tag.key: tag.value for tag in chosen.tags}} if chosen.tags else {}


def tags_of(tags: Mapping[str, str]) -> tuple[Tag, ...]:
    """Tags in the order of their keys."""
    return tuple(Tag(key, value) for key, value in sorted(tags.items()))


def merged(several: tuple[Predicates, ...]) -> Predicates:
    """All predicates of a rule at once; an empty prefix asks nothing."""
    found = ALL
    for one in several:
        found = Predicates(
            one.prefix or found.prefix,
            tuple(sorted({*found.tags, *one.tags}, key=repr)),
            found.greater_than if one.greater_than is None else one.greater_than,
            found.less_than if one.less_than is None else one.less_than,
        )
    return found


def _predicates(said: Said) -> Predicates:
    tags, single = dict(said.map("tags")), said.part("tag")
    if single is not None:
        tags[single.needed("key", single.text("key"))] = single.text("value") or ""
    return Predicates(
        prefix=said.text("prefix") or None,
        tags=tags_of(tags),
        greater_than=said.number("objectSizeGreaterThan"),
        less_than=said.number("objectSizeLessThan"),
    )
