"""Does the plain data of an environment fit the models, and what of it is sound where some is not?

Prefixes, buckets, roles and exemptions are judged one by one and remembered by identity: what environments
share is judged once, and one broken part does not hide the others.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from itertools import islice
from typing import Final

from pydantic import ValidationError

from bucketwright.contract.anatomy import known_fields
from bucketwright.contract.buckets import Bucket
from bucketwright.contract.form import Part
from bucketwright.contract.ids import standing_ids
from bucketwright.contract.model import Environment, Exemption, Settings
from bucketwright.contract.prefixes import Prefix
from bucketwright.contract.problems import MOST_SHOWN, Fault, Path
from bucketwright.contract.roles import Access
from bucketwright.contract.scalars import Slug
from bucketwright.contract.wording import explained
from bucketwright.plain_text import did_you_mean, shown

_LONGEST_KEY: Final = 80
_MOST_MENDED: Final = 50
_INSTEAD: Final[Mapping[type[Part], Mapping[str, object]]] = {
    Exemption: {"rule": "any", "reason": "stands for one", "owner": "nobody", "expires": date.max}
}
"""What stands in for a needed field that is not sound, so that the others can still be judged."""


class _Ids(Part):
    """The ids of a mapping, whatever stands under them."""

    ids: Mapping[Slug, object]


@dataclass(frozen=True, slots=True)
class Judged:
    """A value as far as it is sound (None: not at all), what is wrong with it, and what was left out.

    The rest is what can still be judged: what is not sound in it stands there without its faulty fields. In
    place of a misspelt id stands the nearest right one.
    """

    value: object
    rest: object
    faults: tuple[Fault, ...] = ()
    broken: frozenset[Path] = frozenset()
    written: Mapping[Path, str] = field(default_factory=dict)
    """The ids under which something stands in place of misspelt ones, and how those are written."""

    def under(self, *above: str | int) -> "Judged":
        """The same seen from further up."""
        if not self.faults and not self.broken:
            return self
        faults = tuple(fault.under(*above) for fault in self.faults)
        broken = frozenset(above + path for path in self.broken)
        written = {above + path: text for path, text in self.written.items()}
        return Judged(self.value, self.rest, faults, broken, written)

    def as_entry(self, text: str, standing: str) -> "Judged":
        """The same under an id of a mapping, or under the one that stands in place of a misspelt id."""
        if text == standing:
            return self.under(text)
        below = self.under(standing)
        faults = tuple(fault.under(text) for fault in self.faults)
        return replace(below, faults=faults, written={**below.written, (standing,): text})

    def as_written(self, fault: Fault) -> Fault:
        """A fault that was found in the rest, at its path in what was written."""
        if not self.written:
            return fault
        steps = enumerate(fault.path, start=1)
        return replace(
            fault, path=tuple(self.written.get(fault.path[:end], segment) for end, segment in steps)
        )


@dataclass(slots=True)
class Judge:
    """Judges plain data, and remembers by identity what it has judged."""

    _seen: dict[tuple[str, int], tuple[object, Judged]] = field(default_factory=dict)
    _told: int = 0

    def environment(self, data: Mapping[str, object], project: str, name: str) -> Judged:
        """The environment with its sound parts; None where its own settings are not sound."""
        known = known_fields(Settings, ())
        strays = tuple(
            _stray(key, known) for key in islice((k for k in data if k not in known), MOST_SHOWN + 1)
        )
        raw: dict[str, object] = {key: data[key] for key in data if key in known}
        judges = {"buckets": self.buckets, "access": self.access, "exemptions": self.exemptions}
        judged = {key: self._once(key, raw[key], judge) for key, judge in judges.items() if key in raw}
        raw |= {"project": project, "name": name}
        rests = {key: part.rest for key, part in judged.items() if part.rest is not part.value}
        raw |= {key: part.value for key, part in judged.items()}
        whole = self._checked(Environment, raw, raw | rests if rests else None)
        parts = [part.under(key) for key, part in judged.items()]
        return Judged(
            None if strays else whole.value,
            _rest(Environment, raw | rests, (*strays, *whole.faults)) if strays else whole.rest,
            (*strays, *whole.faults, *(fault for part in parts for fault in part.faults)),
            frozenset(path for part in parts for path in part.broken),
            {path: text for part in parts for path, text in part.written.items()},
        )

    def judged_buckets(self, data: Mapping[str, object]) -> Iterator[tuple[str, Bucket]]:
        """Each bucket that is sound by itself, and the rest of each that is not."""
        judged = self._once("buckets", data.get("buckets"), self.buckets)
        if isinstance(judged.value, dict) and isinstance(judged.rest, dict):
            for name, bucket in (judged.value | judged.rest).items():
                if isinstance(bucket, Bucket):
                    yield name, bucket

    def buckets(self, raw: object) -> Judged:
        """Buckets by id; the unsound left out."""
        return self._entries(raw, lambda bucket: self._once("bucket", bucket, self._bucket))

    def access(self, raw: object) -> Judged:
        """Grantees by id; the unsound left out."""
        return self._entries(
            raw, lambda role: self._once("role", role, lambda data: self._checked(Access, data))
        )

    def exemptions(self, raw: object) -> Judged:
        """Exemptions, each as far as it is sound; what is no exemption at all is left out."""
        if not isinstance(raw, list):
            return Judged(raw, raw)
        judged = [self._checked(Exemption, entry).under(index) for index, entry in enumerate(raw)]
        rest = [part.rest for part in judged if part.rest is not None]
        faults = tuple(fault for part in judged for fault in part.faults)
        return Judged(
            rest, rest, faults, frozenset((i,) for i, part in enumerate(judged) if part.rest is None)
        )

    def _bucket(self, raw: object) -> Judged:
        if not isinstance(raw, dict) or "prefixes" not in raw:
            return self._checked(Bucket, raw)
        prefixes = self._entries(
            raw["prefixes"],
            lambda prefix: self._once("prefix", prefix, lambda data: self._checked(Prefix, data)),
        ).under("prefixes")
        rest = None if prefixes.rest is prefixes.value else raw | {"prefixes": prefixes.rest}
        whole = self._checked(Bucket, raw | {"prefixes": prefixes.value}, rest)
        faults = whole.faults + prefixes.faults
        return Judged(whole.value, whole.rest, faults, prefixes.broken, prefixes.written)

    def _entries(self, raw: object, judge: Callable[[object], Judged]) -> Judged:
        if not isinstance(raw, dict):
            return Judged(raw, raw)
        misspelt = tuple(
            replace(fault, path=fault.path[1:]) for fault in self._checked(_Ids, {"ids": raw}).faults
        )
        ids = standing_ids(raw)
        judged = {text: judge(raw[text]).as_entry(text, ids.get(text, text)) for text in raw}
        standing = {ids[text]: part for text, part in judged.items() if text in ids}
        sound = {one: part.value for one, part in standing.items() if part.value is not None}
        rest = {one: part.rest for one, part in standing.items() if part.rest is not None}
        unsound = frozenset((one,) for one, part in standing.items() if part.value is None)
        return Judged(
            sound,
            sound if all(part.rest is part.value for part in standing.values()) else rest,
            (*misspelt, *(fault for part in judged.values() for fault in part.faults)),
            unsound.union(*(part.broken for part in standing.values())),
            {path: text for part in standing.values() for path, text in part.written.items()},
        )

    def _once(self, kind: str, raw: object, judge: Callable[[object], Judged]) -> Judged:
        known = self._seen.get((kind, id(raw)))
        if known is None:
            known = self._seen[kind, id(raw)] = (raw, judge(raw))
        return known[1]

    def _checked(self, model: type[Part], raw: object, rest: object = None) -> Judged:
        """Validate a part; beyond a number of faults that nobody reads, no more are put into words.

        The rest, where it is another, is the same data with parts in it that have faulty fields.
        """
        try:
            value = model.model_validate(raw)
        except ValidationError as error:
            faults = tuple(islice(explained(model, raw, error), MOST_SHOWN + 1 - self._told))
            self._told += len(faults)
            return Judged(None, _rest(model, raw if rest is None else rest, faults), faults)
        return Judged(value, value if rest is None else _rest(model, rest, ()))


def _rest(model: type[Part], raw: object, faults: Collection[Fault]) -> Part | None:
    """What can still be judged of a part with these faults; None where it lacks a field it needs."""
    faulty: set[str] = set()
    for number, fault in enumerate(faults):
        if fault.meant and fault.at == "value" and number < _MOST_MENDED:
            raw = _with(raw, fault.path, fault.meant)
            continue
        head = str(fault.path[0]) if fault.path else ""
        faulty |= {head, *get_close_matches(head[:_LONGEST_KEY], model.model_fields, n=1)}
    instead = _INSTEAD.get(model, {})
    faulty |= {name for name in instead if isinstance(raw, dict) and name not in raw}
    try:
        return model.without(raw, faulty, instead)
    except ValidationError:
        return None


def _with(raw: object, path: Path, text: str) -> object:
    """The data with a text in place of what stands at a path; the data itself stays."""
    match raw, path:
        case (_, ()):
            return text
        case (dict(), (str(key), *below)):
            return raw | {key: _with(raw[key], tuple(below), text)}
        case (list(), (int(index), *below)):
            return [*raw[:index], _with(raw[index], tuple(below), text), *raw[index + 1 :]]
    return raw


def _stray(key: str, known: Collection[str]) -> Fault:
    return Fault((key,), f"unknown key {shown(key)}", tuple(sorted(known)), did_you_mean(key, known), "key")
