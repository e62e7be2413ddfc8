"""Which verbs on which patterns of keys do statements grant in a bucket, and which tags may be set there?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bucketwright.contract.access.archived import RESTORE_ACTION
from bucketwright.contract.access.verbs import LIST_ACTION, PUT_ACTION, TAG_ACTION, WHOLE_BUCKET
from bucketwright.contract.words import Verb
from bucketwright.iam.documents import Condition, Names, Statement

_LIST: Final = LIST_ACTION.lower()
_TAG: Final = TAG_ACTION.lower()
_RESTORE: Final = RESTORE_ACTION.lower()
_VERBS: Final[Mapping[str, Verb]] = {
    "s3:getobject": "read",
    PUT_ACTION.lower(): "write",
    "s3:deleteobject": "delete",
}
_PREFIX: Final = "s3:prefix"
_TAG_KEYS: Final = "s3:requestobjecttagkeys"
_TAG_VALUE: Final = "s3:requestobjecttag/"


@dataclass(frozen=True, slots=True)
class Granted:
    """What somebody holds in one bucket; `*` stands for all of it."""

    verbs: Mapping[Verb, tuple[str, ...]] = field(default_factory=dict)
    tags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Tags that may be set, by the pattern of the keys."""
    beside: tuple[str, ...] = ()
    """Patterns that are named besides: refused, for they are somebody else's, or restored from an archive."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every pattern of keys that is named."""
        objects = (pattern for verb in ("read", "write", "delete") for pattern in self.verbs.get(verb, ()))
        return tuple(dict.fromkeys((*objects, *self.tags, *self.beside)))

    @property
    def listed(self) -> tuple[str, ...]:
        """Every pattern below which may be listed."""
        return self.verbs.get("list", ())


def granted(statements: Iterable[Statement], arn: str) -> Granted:
    """What these statements grant in the bucket of an ARN."""
    verbs: dict[Verb, dict[str, None]] = {}
    tags: dict[str, Mapping[str, str]] = {}
    beside: dict[str, None] = {}
    for one in statements:
        keys = _keys(one.resources, arn)
        if not one.allows:
            beside |= dict.fromkeys(keys)
            continue
        for action in one.actions.patterns if not one.actions.negated else ():
            if action in _VERBS and keys:
                verbs.setdefault(_VERBS[action], {}).update(dict.fromkeys(keys))
            elif action == _LIST and _names(one.resources, arn):
                verbs.setdefault("list", {}).update(dict.fromkeys(_below(one.conditions)))
            elif action == _TAG:
                tags |= dict.fromkeys(keys, _tags(one.conditions))
            elif action == _RESTORE:
                beside |= dict.fromkeys(keys)
    return Granted({verb: tuple(found) for verb, found in verbs.items()}, tags, tuple(beside))


def _keys(resources: Names | None, arn: str) -> Sequence[str]:
    if resources is None or resources.negated:
        return ()
    inside = (one.removeprefix(f"{arn}/") for one in resources.patterns if one.startswith(f"{arn}/"))
    return tuple(filter(None, inside))


def _names(resources: Names | None, arn: str) -> bool:
    return resources is not None and not resources.negated and arn in resources.patterns


def _below(conditions: Iterable[Condition]) -> Iterator[str]:
    """What a listing may ask for; all, where nothing is said of that."""
    said = [value for one in conditions if one.key == _PREFIX for value in one.values]
    yield from said or (WHOLE_BUCKET,)


def _tags(conditions: Iterable[Condition]) -> Mapping[str, str]:
    """The tags that have to be set, with their one value each; keys keep their case in the list of keys."""
    several = tuple(conditions)
    keys = {key.lower(): key for one in several if one.key == _TAG_KEYS for key in one.values}
    found: dict[str, str] = {}
    for one in several:
        name = one.key.removeprefix(_TAG_VALUE)
        if one.key.startswith(_TAG_VALUE) and name in keys and len(one.values) == 1:
            found[keys[name]] = one.values[0]
    return found
