"""Which objects will be deleted or archived at another time than before?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.contract.lifecycle.simulator import StoredObject, fate
from bucketwright.contract.placement import Place, places
from bucketwright.contract.protecting import is_protected
from bucketwright.contract.typical import TYPICAL_OBJECT, typical_size
from bucketwright.estate import BucketPosture
from bucketwright.iam.languages import Leaf, member
from bucketwright.posture import Estate, Undetermined, Unknown, reference

Event = Literal["delete", "archive", "delete old versions", "archive old versions", "abort uploads"]
Whom = Literal["all", "objects already there", "objects written from now on"]
Leaving = Literal["deleted", "kept", "protected"]
"""What becomes of the objects of a bucket that goes: they go with it, keep it, or are protected with it."""
_THERE: Final[Whom] = "objects already there"
_TO_COME: Final[Whom] = "objects written from now on"
_Life = Mapping[tuple[Event, str], int]
_BORN: Final = datetime(2001, 1, 1, 0, 0, 1, tzinfo=UTC)
"""One second after midnight: lifecycle acts at the midnight after the days are over."""


@dataclass(frozen=True, slots=True)
class RetentionChange:
    """One event of the life of objects under one prefix, before and after."""

    bucket: str
    """The address of the bucket."""
    prefix: str
    """Keys that begin so, or the address of a declared prefix."""
    event: Event
    before: int | None
    """Days of age; None where it never happens."""
    after: int | None
    to: str = ""
    """The storage class, of an archive."""
    first: date | None = None
    """When it can happen first to an object that is there already."""
    whom: Whom = "all"
    leaving: Leaving | None = None
    """Of a bucket that goes, or makes room for another: what becomes of all of its objects."""
    unsure: str = ""
    """Why it could not be told, where that is so."""

    @property
    def is_earlier(self) -> bool:
        """Whether objects go, or move, that would have stayed longer."""
        return self.after is not None and (self.before is None or self.after < self.before)


@dataclass(frozen=True, slots=True)
class _Sample:
    """An object that stands for all of a prefix."""

    prefix: str
    key: str
    then: Mapping[str, str]
    """Tags as they were written before the change."""
    now: Mapping[str, str]
    size: int = TYPICAL_OBJECT


@dataclass(frozen=True, slots=True)
class _Settings:
    """What decides of the life of objects in a bucket."""

    bucket: BucketPosture

    def days(self, sample: _Sample, tags: Mapping[str, str]) -> _Life:
        """At which age what happens."""
        rules, size = self.bucket.lifecycle.rules, self.bucket.lifecycle.minimum_size
        versioning = self.bucket.versioning
        current = StoredObject(sample.key, _BORN, sample.size, tags=tags, minimum_transition_size=size)
        if versioning != "Disabled":
            current = replace(current, version_id="a")
        old = replace(current, version_id="a", noncurrent=True, successor_created=_BORN)
        upload = replace(current, version_id=None, multipart_upload=True, tags={})
        found: dict[tuple[Event, str], int] = {}
        lives = ((current, CURRENT), (old, OLD), (upload, _UPLOAD))
        for stored, words in lives if versioning != "Disabled" else (lives[0], lives[2]):
            for event in fate(rules, versioning, stored):
                if event.event in words:
                    found.setdefault((words[event.event], event.to or ""), (event.at - _BORN).days)
        return found


CURRENT: Final[Mapping[str, Event]] = {
    "expire": "delete",
    "delete_marker": "delete",
    "delete_permanently": "delete",
    "transition": "archive",
}
"""What the simulator calls a happening, and what it is to whoever reads the object."""
OLD: Final[Mapping[str, Event]] = {
    "delete_permanently": "delete old versions",
    "transition": "archive old versions",
}
"""The same of a version that is old already."""
_UPLOAD: Final[Mapping[str, Event]] = {"abort": "abort uploads"}


def retention_changes(before: Estate, after: Estate, today: date) -> tuple[RetentionChange, ...]:
    """All that changes for the buckets that are in both, and what becomes of the objects of one that goes."""
    new = {one.address: one for one in after.every(BucketPosture)}
    found: list[RetentionChange] = []
    for then in before.every(BucketPosture):
        now = new.get(then.address)
        if now is None:
            found.append(_left(then, before))
        elif is_another(then, now):
            to_come = (one for one in _of_bucket(then, now, (before, after), today) if one.whom != _THERE)
            found += [_left(then, before), *(replace(one, whom=_TO_COME, first=None) for one in to_come)]
        else:
            found += _of_bucket(then, now, (before, after), today)
    return tuple(found)


def is_another(then: BucketPosture, now: BucketPosture) -> bool:
    """Whether what is there goes, and another bucket is made in its place."""
    names, regions = (then.name, now.name), (then.told("region"), now.told("region"))
    return any(
        len({*both}) > 1 and all(isinstance(one, str) and one for one in both) for both in (names, regions)
    )


def _left(bucket: BucketPosture, estate: Estate) -> RetentionChange:
    environment, bucket_id = estate.environment, bucket.address.partition(":")[2]
    declared = environment is not None and bucket_id in environment.buckets
    change = RetentionChange(bucket.address, "", "delete", None, None)
    if environment is not None and declared and is_protected(environment, bucket_id):
        return replace(change, leaving="protected")
    destroys = bucket.told("force_destroy")
    if isinstance(destroys, Unknown):
        return replace(change, unsure=f"force_destroy: {destroys.reason}")
    return (
        replace(change, leaving="deleted", after=0) if destroys is True else replace(change, leaving="kept")
    )


def _of_bucket(
    then: BucketPosture, now: BucketPosture, estates: tuple[Estate, Estate], today: date
) -> Iterator[RetentionChange]:
    try:
        for sample in _samples(then, now, estates):
            yield from _of_sample(sample, _Settings(then), _Settings(now), today)
    except Undetermined as unknown:
        told = ((one.told("lifecycle"), one.told("versioning")) for one in (then, now))
        if len(set(map(repr, told))) > 1:
            yield RetentionChange(now.address, "", "delete", None, None, unsure=str(unknown))


def _of_sample(sample: _Sample, then: _Settings, now: _Settings, today: date) -> Iterator[RetentionChange]:
    was, stays, comes = (
        then.days(sample, sample.then),
        now.days(sample, sample.then),
        now.days(sample, sample.now),
    )
    lives: tuple[tuple[Whom, _Life], ...] = ((_THERE, stays), (_TO_COME, comes))
    for whom, will in (("all", stays),) if stays == comes else lives:
        for event, to in dict.fromkeys((*was, *will)):
            days, other = was.get((event, to)), will.get((event, to))
            if days != other:
                change = RetentionChange(now.bucket.address, sample.prefix, event, days, other, to, whom=whom)
                at_once = change.is_earlier and whom != _TO_COME
                yield replace(change, first=today + timedelta(days=1)) if at_once else change


def _samples(then: BucketPosture, now: BucketPosture, estates: tuple[Estate, Estate]) -> Iterator[_Sample]:
    """One for each declared prefix; where none is declared, one for each prefix that a rule names."""
    old, new = (_declared(one, now.address) for one in estates)
    if not old and not new:
        yield from _named(then, now)
    for address in dict.fromkeys((*old, *new)):
        was, will = old.get(address), new.get(address)
        place = (will or was or _NOTHING).place
        if place is not None:
            key = member(Leaf(place.keys.tokens())) or ""
            tags = (was or will or _NOTHING).tags, (will or was or _NOTHING).tags
            yield _Sample(address, key, *tags, typical_size(place.prefix))


@dataclass(frozen=True, slots=True)
class _Declared:
    """A prefix of a contract, and the tags that its objects carry."""

    place: Place | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


_NOTHING: Final = _Declared()


def _declared(estate: Estate, address: str) -> Mapping[str, _Declared]:
    """The prefixes that the contract of an estate declares of a bucket."""
    environment, bucket_id = estate.environment, address.partition(":")[2]
    if (
        environment is None
        or reference("bucket", bucket_id) != address
        or bucket_id not in environment.buckets
    ):
        return {}
    return {
        place.address: _Declared(place, object_tags(environment, bucket_id, place.prefix_id))
        for place in places(environment, bucket_id)
    }


def _named(then: BucketPosture, now: BucketPosture) -> Iterator[_Sample]:
    """A key and tags that each rule selects."""
    samples = {_selected(rule) for one in (then, now) for rule in one.lifecycle.rules}
    for prefix, tags, size in sorted(samples):
        yield _Sample(prefix, f"{prefix}example", dict(tags), dict(tags), size)


def _selected(rule: Rule) -> tuple[str, tuple[tuple[str, str], ...], int]:
    parts = rule.predicates
    prefix = max((part.prefix or "" for part in parts), key=len, default="")
    tags = tuple(sorted((tag.key, tag.value) for part in parts for tag in part.tags))
    above = max((part.greater_than + 1 for part in parts if part.greater_than is not None), default=0)
    below = min((part.less_than - 1 for part in parts if part.less_than is not None), default=TYPICAL_OBJECT)
    return prefix, tags, max(above, min(below, TYPICAL_OBJECT))
