"""Does a role lack the use of the KMS keys of the buckets it is granted, or has it that of others?"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.access.verbs import KEY_ACTIONS
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.words import Verb
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.iam.documents import Statement
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown, reference
from bucketwright.rules.named_buckets import may_reach, named_buckets
from bucketwright.rules.role_statements import OBJECT_ACTIONS, own_statements, statements_of_aws, touches
from bucketwright.rules.used_keys import ALIASES, UsedKey

_VERBS: Final[Mapping[Verb, frozenset[str]]] = {
    "read": frozenset({"s3:getobject", "s3:getobjectversion"}),
    "write": frozenset({"s3:putobject"}),
}
_USE: Final = frozenset({"kms:decrypt", "kms:generatedatakey"})
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class KeysOfRole:
    """A role, and the buckets and keys around it."""

    role: RolePosture
    estate: Estate

    def buckets(self) -> list[str]:
        """The names of the buckets it reads or writes."""
        own = own_statements(self.role)
        return sorted(frozenset().union(*(named_buckets(own, actions) for actions in _VERBS.values())))

    def lacking(self, name: str) -> Iterator[str]:
        """What it lacks to use the key of a bucket that it reads or writes."""
        bucket = self._named.get(name)
        if bucket is None:
            address = reference(BucketPosture.kind, name)
            raise Undetermined(address, Unknown("it is not in what was looked at"))
        key = UsedKey.of(bucket, self.estate)
        own = own_statements(self.role)
        for verb, actions in _VERBS.items():
            if key is not None and name in named_buckets(own, actions):
                lacking = [one for one in KEY_ACTIONS[verb] if not self._may(key, one.lower())]
                if lacking:
                    yield f"{verb}s {shown(name)} and lacks {' and '.join(lacking)} on its key"

    def idle(self) -> Iterator[str]:
        """The buckets whose key its documents name though it reaches no objects under that key."""
        own = own_statements(self.role)
        left = {name for one in own if one.allows and touches(one.actions, _USE) for name in _keys_in(one)}
        for name in named_buckets(own, OBJECT_ACTIONS) & self._named.keys() if left else ():
            left -= self._names(self._named[name])
        for users in self._users(left) if left else ():
            if not any(map(self._reaches, users)):
                yield f"may use the key of {shown(users[0].name)} and reaches nothing under it"

    def _users(self, names: Collection[str]) -> Iterable[tuple[BucketPosture, ...]]:
        """The buckets under keys of these names, those under one key together."""
        found: dict[frozenset[str], tuple[BucketPosture, ...]] = {}
        for _, bucket in sorted(self._named.items()):
            key = self._names(bucket)
            if key.intersection(names):
                found[key] = (*found.get(key, ()), bucket)
        return found.values()

    def _names(self, bucket: BucketPosture) -> frozenset[str]:
        """Under which names documents may mean the key of a bucket."""
        key = UsedKey.of(bucket, self.estate)
        return frozenset() if key is None else key.names

    def _reaches(self, bucket: BucketPosture) -> bool:
        statements = (*own_statements(self.role), *statements_of_aws(self.role))
        arn = f"arn:{partition_of(bucket.region)}:s3:::{bucket.name}"
        return may_reach(statements, arn, OBJECT_ACTIONS)

    def _may(self, key: UsedKey, action: str) -> bool:
        own = own_statements(self.role)
        if key.is_refused(own, action):
            return False
        by_own = key.is_granted(own, action)
        return (
            by_own or key.is_granted(statements_of_aws(self.role), action) or key.lets_in(self.role, action)
        )

    @property
    def _named(self) -> Mapping[str, BucketPosture]:
        return self.estate.once(_by_name)


def _by_name(estate: Estate) -> Mapping[str, BucketPosture]:
    return {one.name: one for one in estate.every(BucketPosture)}


def _keys_in(statement: Statement) -> Iterator[str]:
    """What it names one by one, keys by ARN or alias among it; a pattern is the name of nothing."""
    names = statement.resources
    if names and not names.negated:
        yield from (one for one in names.patterns if "*" not in one)
    yield from (value for test in statement.conditions if test.key == ALIASES for value in test.values)
