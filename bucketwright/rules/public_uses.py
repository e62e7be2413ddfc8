"""For what do a bucket's ACL and policy let in people whom nobody named, once its blocks are looked at?"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.iam.actions import (
    LISTING,
    OBJECT,
    SETTINGS,
    TAKEOVER,
    UPLOADS,
    covers,
    spelled,
    unknown_actions,
)
from bucketwright.iam.documents import Names, Statement
from bucketwright.iam.patterns import without_variables
from bucketwright.posture import Estate
from bucketwright.rules import acl_grants
from bucketwright.rules.partly_known import faults_of, faults_unless
from bucketwright.rules.public_block import is_on
from bucketwright.rules.public_statements import why_public
from bucketwright.rules.rule import Change, change
from bucketwright.rules.statements import allows, some_of
from bucketwright.verdicts import Fault

_READS: Final = tuple(f"s3:{verb}" for verb in ("get", "list", "head", "describe"))
"""How the actions begin that change nothing; whatever is called otherwise does."""
_ACTIONS: Final = frozenset(
    one for one in OBJECT | LISTING | UPLOADS | TAKEOVER | SETTINGS if one.startswith("s3:")
)


@dataclass(frozen=True, slots=True)
class Use:
    """One of two kinds of access: what of an ACL gives it, and which actions are of it."""

    permissions: frozenset[str]
    reads: bool

    def among(self, names: Names) -> tuple[str, ...]:
        """The names that let somebody do an action of this kind; of what is excepted, all or none."""
        if names.negated:
            return names.patterns if self._has(names) else ()
        return tuple(one for one in names.patterns if self._has(Names((one,)), without_variables(one).head))

    def _has(self, names: Names, head: str = "") -> bool:
        """Whether the names cover an action of this kind that begins so."""
        known = any(covers(names, one) for one in _ACTIONS if one.startswith(head) and self._is_of(one))
        return known or any(map(self._is_of, unknown_actions(names)))

    def _is_of(self, action: str) -> bool:
        return action.startswith(_READS) == self.reads


READ: Final = Use(acl_grants.READING, reads=True)
WRITE: Final = Use(acl_grants.WRITING, reads=False)


def public_uses(bucket: BucketPosture, estate: Estate, use: Use) -> tuple[Fault, ...]:
    """Each way in which people whom nobody named have this kind of access now."""
    acls_ignored = partial(is_on, bucket, estate, "ignore_acls")
    policy_restricted = partial(is_on, bucket, estate, "restrict_buckets")
    return faults_of(
        partial(faults_unless, acls_ignored, partial(_by_acl, bucket, use)),
        partial(faults_unless, policy_restricted, partial(_by_policy, bucket, use)),
    )


def close_to_everybody(bucket: BucketPosture, _: Estate) -> Change:
    """Turns on all four switches of the bucket, which ends every kind of public access; grants in the ACL and
    statements of the policy stay, without effect."""
    return change(bucket, "public_access_block", PublicAccessBlock())


def _by_acl(bucket: BucketPosture, use: Use) -> tuple[Fault, ...]:
    given = acl_grants.given_to(bucket.acl, acl_grants.GROUPS, use.permissions)
    return tuple(Fault(acl_grants.said(one), fact="acl") for one in given)


def _by_policy(bucket: BucketPosture, use: Use) -> tuple[Fault, ...]:
    texts = faults_of(*(partial(_by_statement, one, use) for one in allows(bucket.policy)))
    return tuple(Fault(text, fact="policy") for text in texts)


def _by_statement(statement: Statement, use: Use) -> tuple[str, ...]:
    allowed = some_of([spelled(one) for one in use.among(statement.actions)])
    because = why_public(statement) if allowed else None
    but = "everything but " if statement.actions.negated else ""
    return (f"{because}; allowed is {but}{allowed}",) if because else ()
