"""Who may do what: the grantees against the prefixes, as the contract grants it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.access.archived import restorable
from bucketwright.contract.access.crossings import crossings, lost_keys
from bucketwright.contract.access.grantees import is_tied
from bucketwright.contract.access.verbs import OBJECT_VERBS, WHOLE_BUCKET, ObjectVerb, buckets_of, held
from bucketwright.contract.placement import places
from bucketwright.contract.words import VERBS, Verb
from bucketwright.iam import reach

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment
    from bucketwright.contract.roles import Access

NOT_CONSIDERED: Final = ("permissions boundaries", *reach.NOT_CONSIDERED)
"""What may change who can do what beside the grants; a boundary is known to the contract by its ARN alone."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A key that a grantee cannot use though its prefix is granted, for it looks like another prefix's."""

    key: str
    verbs: tuple[ObjectVerb, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What one grantee may do on one prefix."""

    access_id: str
    kind: str
    bucket_id: str
    prefix_id: str
    pattern: str
    verbs: tuple[Verb, ...]
    losses: tuple[Loss, ...]
    """Examples of what is lost, one for each prefix the keys look like."""
    restores: bool
    """Whether objects may lie in an archive, so that a read begins with a restore, which is charged."""

    @property
    def lost(self) -> tuple[str, ...]:
        """The keys among the losses."""
        return tuple(loss.key for loss in self.losses)


def access_matrix(environment: "Environment") -> tuple[Row, ...]:
    """Every grant, prefix by prefix, of whoever is let in: `not_let_in` names the others."""
    return tuple(
        row
        for access_id, access in environment.access.items()
        if is_tied(environment, access)
        for bucket_id in environment.buckets
        if bucket_id in buckets_of(access)
        for row in _rows(environment, access_id, access, bucket_id)
    )


def kind_of(access: "Access") -> str:
    """What sort of grantee it is."""
    return "service" if access.service else "account" if access.principals else "role"


def _rows(environment: "Environment", access_id: str, access: "Access", bucket_id: str) -> Iterator[Row]:
    ids = {verb: held(access, verb, bucket_id) for verb in VERBS}
    by_prefixes = {some: _lost(environment, bucket_id, some) for some in {ids[one] for one in OBJECT_VERBS}}
    lost = {verb: by_prefixes[ids[verb]] for verb in OBJECT_VERBS}
    own = places(environment, bucket_id)
    restored = {place.prefix_id for place in restorable(environment, access, bucket_id, own)}
    for place in own:
        verbs = tuple(verb for verb in VERBS if ids[verb] & {place.prefix_id, WHOLE_BUCKET})
        if verbs:
            yield Row(
                access_id=access_id,
                kind=kind_of(access),
                bucket_id=bucket_id,
                prefix_id=place.prefix_id,
                pattern=place.key_pattern,
                verbs=verbs,
                losses=tuple(_losses(lost, place.prefix_id)),
                restores=place.prefix_id in restored,
            )


def _losses(lost: Mapping[ObjectVerb, Mapping[str, list[str]]], prefix_id: str) -> Iterator[Loss]:
    """The keys lost of a prefix, each with the verbs that lose it."""
    keys = dict.fromkeys(key for by_prefix in lost.values() for key in by_prefix.get(prefix_id, ()))
    for key in keys:
        yield Loss(
            key, tuple(verb for verb, by_prefix in lost.items() if key in by_prefix.get(prefix_id, ()))
        )


def _lost(environment: "Environment", bucket_id: str, ids: frozenset[str]) -> dict[str, list[str]]:
    """An example of what each Deny takes from each prefix of a grant."""
    lost: dict[str, list[str]] = {}
    for crossing in crossings(environment, bucket_id, ids):
        key = lost_keys(crossing)
        if key is not None:
            lost.setdefault(crossing.granted.prefix_id, []).append(key)
    return lost
