"""Are paths templates, under the demanded beginning, and does no key belong to two prefixes unsaid?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.form import Unsound
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.overlap import templates_overlap
from bucketwright.contract.keys.templates import NameTemplate, PathTemplate, Template
from bucketwright.contract.names import filled_in, path_template, reserved_values
from bucketwright.contract.problems import Fault, Path
from bucketwright.plain_text import clipped, shown

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix

MOST_PREFIXES: Final = 1000
MOST_PAIRS: Final = 200_000


class _Bound(NamedTuple):
    """A prefix with the template of its keys in one environment."""

    prefix_id: str
    overlaps: frozenset[str]
    keys: Template
    is_quarantine: bool


def paths(scope: Scope) -> Iterator[Fault]:
    """Templates that do not parse, lack the demanded beginning, or share keys unsaid or with a quarantine."""
    beginning, faults = _demanded(scope)
    yield from faults
    pairs = MOST_PAIRS
    for bucket_id, bucket in scope.environment.buckets.items():
        above = ("buckets", bucket_id, "prefixes")
        if len(bucket.prefixes) > MOST_PREFIXES:
            message = f"a bucket has at most {MOST_PREFIXES} prefixes, found {len(bucket.prefixes)}"
            yield Fault(above, message, (), "S3 takes 1000 lifecycle rules")
            continue
        bound: list[_Bound] = []
        values = reserved_values(scope.environment, bucket_id)
        demanded = beginning if bucket.purpose == "data" else ""
        for prefix_id, prefix in bucket.prefixes.items():
            with suppress(Unsound):
                judged = _keys(prefix, values, demanded)
                if isinstance(judged, Template):
                    waits = prefix.quarantine is not None
                    bound.append(_Bound(prefix_id, frozenset(prefix.overlaps), judged, waits))
                else:
                    yield from (fault.under(*above, prefix_id) for fault in judged)
        related = list(islice(_related(bound), pairs + 1))
        pairs -= len(related)
        if pairs < 0:
            yield Fault(above, "too many paths begin alike to be compared", (), "different first segments")
            return
        yield from (fault.under(*above) for fault in _overlaps(bucket, related))
        yield from (fault.under(*above) for fault in _said_overlaps(scope, bucket_id, bound))


def _demanded(scope: Scope) -> tuple[str, Sequence[Fault]]:
    """The beginning that every path needs, without its reserved variables where they have one value."""
    text = scope.environment.key_prefix
    if text is None:
        return "", ()
    try:
        return path_template(text).text, ()
    except TemplateError as error:
        return "", _template_faults(("key_prefix",), error)


def _keys(prefix: "Prefix", values: Mapping[str, str], demanded: str) -> Template | Sequence[Fault]:
    """The template of a prefix's keys with its reserved variables replaced, or why there is none."""
    try:
        path = path_template(prefix.path)
        if "account" in path.variables and "account" not in values:
            return [Fault(("path",), "the path needs the account of the environment, and none is given")]
        if not path.text.startswith(demanded):
            message = f"every path here begins with {shown(demanded)}"
            return [Fault(("path",), message, (), f"path: {clipped(demanded + path.text)}")]
        keys = filled_in(prefix.path, tuple(values.items()))
    except TemplateError as error:
        return _template_faults(("path",), error)
    return keys if prefix.objects is None else _whole_keys(path, prefix.objects, values)


def _whole_keys(path: PathTemplate, objects: str, values: Mapping[str, str]) -> Template | Sequence[Fault]:
    try:
        name = NameTemplate(objects)
    except TemplateError as error:
        return _template_faults(("objects",), error)
    try:
        return path.joined(name).bind(**values)
    except TemplateError as error:
        return _template_faults(("objects",), error.moved(-min(len(path.text), error.position)))


def _template_faults(path: Path, error: TemplateError) -> Sequence[Fault]:
    return [Fault(path, one.message, (), one.help, offset=one.position) for one in (error, *error.others)]


def _related(bound: Iterable[_Bound]) -> Iterator[tuple[_Bound, _Bound]]:
    """The pairs of which one's literal beginning is a beginning of the other's; no others can share a key."""
    open_heads: list[_Bound] = []
    for entry in sorted(bound, key=lambda one: one.keys.literal_head):
        while open_heads and not entry.keys.literal_head.startswith(open_heads[-1].keys.literal_head):
            open_heads.pop()
        yield from ((other, entry) for other in open_heads)
        open_heads.append(entry)


def _overlaps(bucket: "Bucket", related: Iterable[tuple[_Bound, _Bound]]) -> Iterator[Fault]:
    order = {prefix_id: place for place, prefix_id in enumerate(bucket.prefixes)}
    for pair in related:
        a, b = sorted(pair, key=lambda one: order[one.prefix_id])
        if a.prefix_id in b.overlaps or b.prefix_id in a.overlaps:
            continue
        key = templates_overlap(a.keys, b.keys)
        if key is not None:
            message = f"shares keys with {a.prefix_id}, such as {shown(key)}"
            said = "" if a.is_quarantine or b.is_quarantine else f", or say overlaps: [{a.prefix_id}]"
            yield Fault((b.prefix_id, "path"), message, (), f"change a path{said}")


def _said_overlaps(scope: Scope, bucket_id: str, bound: Iterable[_Bound]) -> Iterator[Fault]:
    """Overlaps that are declared and do not exist, or by which others would reach what waits for a scan."""
    known = {entry.prefix_id: entry for entry in bound}
    for entry in known.values():
        said = scope.environment.buckets[bucket_id].prefixes[entry.prefix_id].overlaps
        for place, other in enumerate(said):
            path = (entry.prefix_id, "overlaps", place)
            yield from scope.unknown_prefix(path, bucket_id, other)
            if other == entry.prefix_id:
                yield Fault(path, "a prefix always shares its own keys", (), "remove it")
            elif other in known:
                yield from (fault.under(*path) for fault in _between(entry, known[other]))


def _between(entry: _Bound, other: _Bound) -> Iterator[Fault]:
    if templates_overlap(entry.keys, other.keys) is None:
        yield Fault((), f"shares no key with {other.prefix_id}", (), "remove it")
        return
    for one in (entry, other):
        if one.is_quarantine:
            message = f"{one.prefix_id} is a quarantine, which shares its keys with no other prefix"
            yield Fault((), message, (), "change a path")
