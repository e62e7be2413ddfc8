"""Who may do what: the grantees against the prefixes, as the contract grants it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bucketwright.contract.access.crossings import crossings, lost_keys
from bucketwright.contract.access.verbs import OBJECT_VERBS, WHOLE_BUCKET, buckets_of, held
from bucketwright.contract.model import Environment
from bucketwright.contract.placement import places
from bucketwright.contract.roles import VERBS, Access, Verb


@dataclass(frozen=True, slots=True)
class Row:
    """What one grantee may do on one prefix."""

    access_id: str
    kind: str
    bucket_id: str
    prefix_id: str
    pattern: str
    verbs: tuple[Verb, ...]
    lost: tuple[str, ...]
    """Keys of the prefix that the grantee cannot use, one example for each prefix they look like."""


def access_matrix(environment: Environment) -> tuple[Row, ...]:
    """Every grant, prefix by prefix."""
    return tuple(
        row
        for access_id, access in environment.access.items()
        for bucket_id in environment.buckets
        if bucket_id in buckets_of(access)
        for row in _rows(environment, access_id, access, bucket_id)
    )


def kind_of(access: Access) -> str:
    """What sort of grantee it is."""
    return "service" if access.service else "account" if access.principals else "role"


def _rows(environment: Environment, access_id: str, access: Access, bucket_id: str) -> Iterator[Row]:
    ids = {verb: held(access, verb, bucket_id) for verb in VERBS}
    lost = {some: _lost(environment, bucket_id, some) for some in {ids[verb] for verb in OBJECT_VERBS}}
    for place in places(environment, bucket_id):
        verbs = tuple(verb for verb in VERBS if ids[verb] & {place.prefix_id, WHOLE_BUCKET})
        if verbs:
            keys = [
                key for verb in verbs if verb != "list" for key in lost[ids[verb]].get(place.prefix_id, ())
            ]
            yield Row(
                access_id,
                kind_of(access),
                bucket_id,
                place.prefix_id,
                place.key_pattern,
                verbs,
                tuple(dict.fromkeys(keys)),
            )


def _lost(environment: Environment, bucket_id: str, ids: frozenset[str]) -> dict[str, list[str]]:
    """An example of what each Deny takes from each prefix of a grant."""
    lost: dict[str, list[str]] = {}
    for crossing in crossings(environment, bucket_id, ids):
        key = lost_keys(crossing)
        if key is not None:
            lost.setdefault(crossing.granted.prefix_id, []).append(key)
    return lost
