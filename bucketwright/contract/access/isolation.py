"""Law 7: what a grantee reaches beyond its grants, decided over the compiled statements, Denies included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.clashes import clashes
from bucketwright.contract.access.crossings import declared_shared
from bucketwright.contract.access.findings import Escape, Finding, Oversize, Unusable
from bucketwright.contract.access.grantees import refusal
from bucketwright.contract.access.grants import grant_statements
from bucketwright.contract.access.key_policy import key_policy
from bucketwright.contract.access.keys import has_own_key
from bucketwright.contract.access.losing import leaves_some
from bucketwright.contract.access.reaching import leftover
from bucketwright.contract.access.replication import replication_policy
from bucketwright.contract.access.requests import KEYS, LISTINGS, Requests
from bucketwright.contract.access.role_policy import identity_policies
from bucketwright.contract.access.size import TooLarge
from bucketwright.contract.access.statement import Statement
from bucketwright.contract.access.verbs import (
    LIST_ACTION,
    OBJECT_VERBS,
    WHOLE_BUCKET,
    actions,
    buckets_of,
    held,
    listed,
)
from bucketwright.contract.placement import Place, bucket_arn, places
from bucketwright.contract.words import Verb
from bucketwright.iam.languages import Undecided

if TYPE_CHECKING:
    from bucketwright.contract.model import Environment


@dataclass(frozen=True, slots=True)
class _Holding:
    """Verbs of a grantee on prefixes of one bucket, and the patterns its statements allow and deny."""

    access_id: str
    verbs: tuple[Verb, ...]
    ids: frozenset[str]
    asking: Requests
    allowed: frozenset[str]
    denied: frozenset[str]


def check_isolation(environment: "Environment") -> tuple[Finding, ...]:
    """Every grant that reaches beyond its prefixes though the compiler shut out what it could.

    Also grants of which nothing is left, and policies too large to be deployed. What is not considered is
    named by `NOT_CONSIDERED`.
    """
    return (
        *(one for access_id in environment.access for one in isolation_of(environment, access_id)),
        *(one for bucket_id in environment.buckets for one in _of_bucket(environment, bucket_id)),
    )


def isolation_of(environment: "Environment", access_id: str) -> Iterator[Finding]:
    """What is found of one grantee alone."""
    access = environment.access[access_id]
    yield from refusal(environment, access_id)
    granted: list[Statement] = []
    for bucket_id in buckets_of(access):
        own, statements = places(environment, bucket_id), grant_statements(environment, access_id, bucket_id)
        for holding in _holdings(environment, access_id, bucket_id, statements):
            yield from _escapes(holding, own)
            yield from _unusable(holding, own)
        granted += statements
    try:
        identity_policies(environment, access_id, granted)
    except TooLarge as error:
        yield Oversize(("access", access_id), str(error))


def _of_bucket(environment: "Environment", bucket_id: str) -> Iterator[Finding]:
    yield from clashes(environment, bucket_id)
    bucket, written = environment.buckets[bucket_id], [bucket_policy]
    if environment.account is not None and has_own_key(bucket):
        written.append(key_policy)
    if bucket.replication:
        written.append(replication_policy)
    for document in written:
        try:
            document(environment, bucket_id)
        except TooLarge as error:
            yield Oversize(("buckets", bucket_id), str(error))


def _holdings(
    environment: "Environment", access_id: str, bucket_id: str, statements: Sequence[Statement]
) -> Iterator[_Holding]:
    """What the compiled statements make of the verbs, those on the same prefixes together."""
    access, bucket = environment.access[access_id], environment.buckets[bucket_id]
    by_prefixes: dict[frozenset[str], tuple[Verb, ...]] = {}
    acting: dict[frozenset[str], str] = {}
    for verb in OBJECT_VERBS:
        ids = held(access, verb, bucket_id)
        by_prefixes[ids] = (*by_prefixes.get(ids, ()), verb)
        acting[ids] = actions(verb, bucket)[0]
    below = f"{bucket_arn(environment, bucket_id)}/"
    for ids, verbs in by_prefixes.items():
        keys = (_keys(statements, acting[ids], effect, below) for effect in ("Allow", "Deny"))
        yield _Holding(access_id, verbs, ids, KEYS, *keys)
    lists = (_asked(statements, effect) for effect in ("Allow", "Deny"))
    yield _Holding(access_id, ("list",), listed(access, bucket_id), LISTINGS, *lists)


def _keys(statements: Sequence[Statement], action: str, effect: str, below: str) -> frozenset[str]:
    about = (one for one in statements if one.effect == effect and action in one.action)
    return frozenset(key.removeprefix(below) for one in about for key in one.resource)


def _asked(statements: Sequence[Statement], effect: str) -> frozenset[str]:
    about = (one for one in statements if one.effect == effect and LIST_ACTION in one.action)
    return frozenset(asked for one in about for asked in one.asked)


def _escapes(holding: _Holding, own: Sequence[Place]) -> Iterator[Escape]:
    """Each prefix not granted that is reached all the same, but for keys that are shared on purpose."""
    asking = holding.asking
    granted = [one for one in own if one.prefix_id in holding.ids and asking.pattern(one) in holding.allowed]
    for other in own:
        if holding.ids & {other.prefix_id, WHOLE_BUCKET}:
            continue
        denied = asking.pattern(other) in holding.denied
        reaching = [
            one for one in granted if asking.meets(one, other, denied) and not declared_shared(one, other)
        ]
        sharing = [one for one in granted if declared_shared(one, other)] if reaching else []
        example = _example(holding, reaching, sharing, other) if reaching else None
        if example is not None:
            yield Escape(holding.access_id, reaching[0].address, other.address, example, holding.verbs)


def _example(
    holding: _Holding, reaching: Sequence[Place], sharing: Sequence[Place], other: Place
) -> str | None:
    """What is allowed and gets at keys of the other prefix; its pattern, where that cannot be settled."""
    pattern = holding.asking.pattern
    wanted = holding.asking.out_of_bounds(other, pattern(other) in holding.denied)
    try:
        return leftover(map(pattern, reaching), wanted, holding.denied | set(map(pattern, sharing)))
    except Undecided:
        return pattern(other)


def _unusable(holding: _Holding, own: Sequence[Place]) -> Iterator[Unusable]:
    """Each granted prefix of which the Denies take everything."""
    asking = holding.asking
    denied = [asking.template(one) for one in own if asking.pattern(one) in holding.denied]
    for place in own:
        if place.prefix_id in holding.ids and not leaves_some(asking.template(place), denied):
            granted = f"{' and '.join(holding.verbs)} on {place.address}"
            because = "nothing is left of it, for what keeps the grantee out of other prefixes denies it all"
            yield Unusable(holding.access_id, granted, because)
