"""Which KMS key does a role meet in a bucket, and is it let use that key?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.partitions import NO_ACCOUNT, partition_of
from bucketwright.estate import BucketPosture, KeyPosture, RolePosture
from bucketwright.iam.actions import covers
from bucketwright.iam.conditions import Known, holds
from bucketwright.iam.documents import Principals, Statement
from bucketwright.iam.languages import Work, arns, within
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.accounts import own_account
from bucketwright.rules.named_keys import id_in
from bucketwright.rules.requests_to_bucket import is_any, named

_UNHEARD_OF: Final = "00000000-0000-0000-0000-000000000000"
"""Stands for an id that is not known, and that no document spells out."""
ALIASES: Final = "kms:resourcealiases"
"""The condition key that tells under which names a key goes."""
_STEPS: Final = 1_000_000
"""Enough for more names than any document has room for."""


@dataclass(frozen=True, slots=True)
class UsedKey:
    """The key under which a bucket puts objects, that somebody has to be let use."""

    named: str
    """As the bucket names it."""
    arn: str
    """Its ARN; one with parts that stand for what is not known, where that is not told."""
    scope: str
    """A pattern of all ARNs that it can have."""
    region: str
    posture: KeyPosture | None

    @classmethod
    def of(cls, bucket: BucketPosture, estate: Estate) -> "UsedKey | None":
        """None under keys of AWS, which whoever reaches an object may use."""
        key = bucket.encryption.key
        if key is None:
            return None
        posture, region = _posture(key, estate), bucket.region
        called = posture.name if posture else key
        if id_in(called):
            return cls(key, called, called, region, posture)
        account, partition = _account(estate), partition_of(region)
        arn = f"arn:{partition}:kms:{region}:{account or NO_ACCOUNT}:key/{_UNHEARD_OF}"
        return cls(key, arn, f"arn:{partition}:kms:{region}:{account or '*'}:key/*", region, posture)

    @property
    def names(self) -> frozenset[str]:
        """Under which names documents may mean it."""
        posture = self.posture
        return frozenset({self.named, self.arn}) | (posture.aliases if posture else frozenset[str]())

    def is_refused(self, statements: Iterable[Statement], action: str) -> bool:
        """Whether a role's statements surely deny it the use."""
        about = (one for one in statements if not one.allows and covers(one.actions, action))
        return any(self._is_named(one) and self._surely_holds(one) for one in about)

    def is_granted(self, statements: Iterable[Statement], action: str) -> bool:
        """Whether a role's statements allow it the use; Undetermined where only the ARN would tell."""
        allows = [
            one for one in statements if one.allows and covers(one.actions, action) and self._may_hold(one)
        ]
        if any(map(self._is_named, allows)):
            return True
        if any(map(self._may_be_named, allows)):
            raise Undetermined(self.named, Unknown("the ARN of the key is not known"))
        return False

    def lets_in(self, role: RolePosture, action: str) -> bool:
        """Whether the key's own policy names the role; to name the account is to leave it to the role's."""
        if self.posture is None:
            raise Undetermined(self.named, Unknown("the policy of the key is not known"))
        statements = self.posture.policy.document.statements if self.posture.policy else ()
        return any(
            one.allows
            and covers(one.actions, action)
            and _names(one.principals, role)
            and self._may_hold(one)
            for one in statements
        )

    def _is_named(self, statement: Statement) -> bool:
        names = statement.resources
        return names is not None and within(named(names), tuple(self.arn), Work(_STEPS))

    def _may_be_named(self, statement: Statement) -> bool:
        names = statement.resources
        return names is not None and is_any("policies", arns(self.scope), named(names))

    def _may_hold(self, statement: Statement) -> bool:
        known = self._known(statement)
        return all(holds(test, known) is not False for test in statement.conditions)

    def _surely_holds(self, statement: Statement) -> bool:
        known = self._known(statement)
        return all(holds(test, known) for test in statement.conditions)

    def _known(self, statement: Statement) -> Known:
        """What KMS is told of a request of S3; under which aliases the key goes, where that is asked."""
        suffix = ".cn" if partition_of(self.region) == "aws-cn" else ""
        through: Known = {"kms:viaservice": (f"s3.{self.region}.amazonaws.com{suffix}",)}
        if all(test.key != ALIASES for test in statement.conditions):
            return through
        if self.posture is None:
            raise Undetermined(self.named, Unknown("the aliases of the key are not known"))
        return {**through, ALIASES: tuple(sorted(self.posture.aliases))}


def _posture(key: str, estate: Estate) -> KeyPosture | None:
    found = estate.postures.get(key)
    if isinstance(found, KeyPosture):
        return found
    alias = key.rpartition(":")[2]
    named = (one for one in estate.every(KeyPosture) if one.name == key or alias in one.aliases)
    return next(named, None)


def _account(estate: Estate) -> str | None:
    try:
        return own_account(estate)
    except Undetermined:
        return None


def _names(principals: Principals | None, role: RolePosture) -> bool:
    """Whether the role is among them by itself, or as everybody is."""
    if principals is None or principals.negated:
        return principals is not None
    itself = re.compile(rf"arn:[^:]*:iam::[^:]*:role/(?:.*/)?{re.escape(role.name)}")
    return any(name == "*" or itself.fullmatch(name) for _, name in principals.members)
