"""Who may be let in: the roles that are called as the contract's, and whomever policies of buckets name?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.adopting.found import Data, Live, known, one_or_all
from bucketwright.adopting.grants import Granted
from bucketwright.adopting.layout import Layout
from bucketwright.adopting.naming import unique
from bucketwright.adopting.roles import who
from bucketwright.adopting.visitors import Visitor, visitors
from bucketwright.contract.access.verbs import WHOLE_BUCKET
from bucketwright.contract.ids import nearest_id
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.words import VERBS, Verb
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.iam.documents import Statement

_ANYWHERE: Final = "*"
_OF_SERVICES: Final[tuple[Verb, ...]] = ("read", "list", "write")
Statements = tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody, as a contract says who that is, with the statements that let it in."""

    told: Data
    statements: Mapping[str, Statements]
    """By the addresses of buckets; those of a role say themselves where they hold."""

    def within(self, address: str) -> Statements:
        """Those that may be about a bucket."""
        return self.statements.get(address) or self.statements.get(_ANYWHERE, ())


def entries(live: Live) -> Mapping[str, Entry]:
    """Everybody under an id of its own."""
    partition, found = partition_of(live.naming.region), _roles(live)
    for visitor, statements in _visiting(live).items():
        told = visitor.who(live.naming.account, partition)
        if told is not None:
            found[unique(nearest_id(visitor.word) or "visitor", found)] = Entry(told, statements)
    return found


def policy_of(bucket: BucketPosture) -> Statements:
    """The statements of a bucket's own policy; none where there is none, or it is not known."""
    policy = known(lambda: bucket.policy)
    return () if policy is None else policy.document.statements


def grants(entry: Entry, held: Mapping[str, tuple[Granted, Layout]]) -> Data:
    """What an entry is granted, prefix by prefix, from what it holds in each bucket by its id."""
    refs: dict[Verb, list[object]] = {verb: [] for verb in VERBS}
    for bucket_id, (granted, layout) in held.items():
        for verb, ids in _verbs(granted, layout).items():
            refs[verb] += [f"{bucket_id}/{prefix_id}" for prefix_id in ids]
    allowed = _OF_SERVICES if "service" in entry.told else VERBS
    return {verb: one_or_all(refs[verb]) for verb in allowed if refs[verb]}


def _roles(live: Live) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for role_id in live.naming.roles:
        role = live.estate.postures.get(f"role:{role_id}")
        entry = _role(role, live) if isinstance(role, RolePosture) else None
        if entry is not None:
            found[role_id] = entry
    return found


def _role(role: RolePosture, live: Live) -> Entry | None:
    told, policies = who(role, partition_of(live.naming.region)), known(lambda: role.policies)
    if told is None or policies is None:
        return None
    return Entry(told, {_ANYWHERE: tuple(sorted(policies.statements, key=repr))})


def _visiting(live: Live) -> Mapping[Visitor, Mapping[str, Statements]]:
    found: dict[Visitor, dict[str, Statements]] = {}
    for bucket in live.buckets:
        for visitor, statements in visitors(policy_of(bucket)).items():
            found.setdefault(visitor, {})[bucket.address] = statements
    return found


def _verbs(held: Granted, layout: Layout) -> Mapping[Verb, tuple[str, ...]]:
    """The prefixes by verb; who reads lists, so that only what is listed besides is said."""
    found: dict[Verb, tuple[str, ...]] = {}
    for verb in ("read", "write", "delete"):
        ids = (one for pattern in held.verbs.get(verb, ()) for one in layout.ids_of(pattern))
        found[verb] = tuple(dict.fromkeys(ids))
    covered = {one.paths for one in layout.prefixes if one.prefix_id in found["read"]}
    covered |= {WHOLE_BUCKET} & set(found["read"])
    listed = (one for pattern in held.listed if pattern not in covered for one in layout.listed_by(pattern))
    return {**found, "list": tuple(dict.fromkeys(listed))}
