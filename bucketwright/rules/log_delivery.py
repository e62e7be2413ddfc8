"""Is S3 let deliver a bucket's access logs to another, by that one's policy or by its ACL?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bucketwright.contract.keys.patterns import iam_literal
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.ownership import FRESH as ENFORCED
from bucketwright.facets.grants import LOG_DELIVERY
from bucketwright.iam.actions import covers
from bucketwright.iam.callers import surely_hits
from bucketwright.iam.charset import Repeat
from bucketwright.iam.conditions import Known
from bucketwright.iam.documents import Names, Principals, Statement
from bucketwright.iam.languages import ANYTHING, EVERYTHING, NOTHING, Formula, Leaf, Not, Or, arns, exactly
from bucketwright.iam.patterns import ESCAPED, VARIABLE
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Undetermined, Unknown
from bucketwright.rules.accounts import own_account
from bucketwright.rules.partly_known import faults_unless
from bucketwright.rules.request_conditions import SECURE_TRANSPORT, surely
from bucketwright.rules.requests_to_bucket import bucket_arn, is_any
from bucketwright.rules.statements import statements

SERVICE: Final = "logging.s3.amazonaws.com"
_DELIVERY: Final = Principals((("Service", SERVICE),))
_NAMED: Final = frozenset({("Service", SERVICE), ("AWS", "*")})
_PUT: Final = "s3:putobject"
_REST: Final = Repeat(EVERYTHING, 1, None)
_OPEN: Final = re.compile(r"[*?$]")
_WRITING: Final = frozenset({"WRITE", "FULL_CONTROL"})
_OF_A_SERVICE: Final[Known] = {
    SECURE_TRANSPORT: ("true",),
    "aws:principalisawsservice": ("true",),
    "aws:principalservicename": (SERVICE,),
    "aws:principalorgid": (),
    "aws:sourcevpc": (),
    "aws:sourcevpce": (),
}
"""It belongs to no organisation, and comes through nobody's network."""


@dataclass(frozen=True, slots=True)
class LogDelivery:
    """The log of one bucket on its way to another."""

    source: BucketPosture
    logging: Logging
    target: BucketPosture
    estate: Estate

    def gaps(self) -> tuple[str, ...]:
        """What is missing to let it in."""
        return faults_unless(self._is_let_in_by_acl, self._gaps_of_policy)

    def refusals(self) -> Iterator[str]:
        """The statements that surely refuse some of it, whatever lets it in."""
        known = self._known()
        for one in self._about(allows=False):
            certain = surely_hits(one.principals, _DELIVERY) and all(
                surely(test, known) for test in one.conditions
            )
            if certain and self._is_any(self._meant(one, unsure=NOTHING)):
                yield f"{one.label} of the policy there refuses what {SERVICE} delivers"

    def _gaps_of_policy(self) -> Iterator[str]:
        known = self._known()
        allows = [one for one in self._about(allows=True) if one.principals and _lets_in(one.principals)]
        held = [(one, [surely(test, known) for test in one.conditions]) for one in allows]
        if any(all(tests) and self._plainly_names(one) for one, tests in held):
            return
        possible = (self._meant(one, unsure=ANYTHING) for one, tests in held if False not in tests)
        certain = (self._meant(one, unsure=NOTHING) for one, tests in held if all(tests))
        if self._is_any(*map(Not, possible)):
            below = f" below {shown(self.logging.prefix)}" if self.logging.prefix else ""
            yield f"the policy there does not let {SERVICE} put objects{below}"
        elif self._is_any(*map(Not, certain)):
            raise Undetermined("policy", Unknown("whether its conditions hold for S3 is not known"))

    def _is_let_in_by_acl(self) -> bool:
        """The older way, which enforced ownership turns off."""
        return self.target.ownership != ENFORCED and any(
            one.grantee == LOG_DELIVERY and one.permission in _WRITING for one in self.target.acl
        )

    def _about(self, *, allows: bool) -> tuple[Statement, ...]:
        """What the target's policy says of putting objects."""
        some = (one for one in statements(self.target.policy) if one.allows is allows)
        return tuple(one for one in some if covers(one.actions, _PUT))

    def _is_any(self, *limits: Formula) -> bool:
        """Whether some objects of the log are within these; only where it matters, who and where is asked."""
        if not is_any("policy", self._objects(), *limits):
            return False
        if self.logging.keys == "Simple":
            return True
        parts = (own_account(self.estate), self.source.region, self.source.name)
        return is_any("policy", self._objects("".join(f"{part}/" for part in parts)), *limits)

    def _plainly_names(self, statement: Statement) -> bool:
        """Whether one of its patterns is the beginning of all keys, or of more; that is quickly told."""
        names, begins = statement.resources, self._beginning()
        if names is None or names.negated:
            return False
        heads = (one[:-1] for one in names.patterns if one.endswith("*"))
        return any(begins == head or (begins.startswith(head) and "$" not in head) for head in heads)

    def _meant(self, statement: Statement, *, unsure: Formula) -> Formula:
        """Which objects of the log it is about; where that depends on a policy variable, it is unsure."""
        names = statement.resources
        if names is None:
            return unsure
        near = _near(names, self._beginning())
        if any(set(VARIABLE.split(one)[1::2]) - set(ESCAPED) for one in near):
            return unsure
        some = Or(tuple(map(arns, near)))
        return Not(some) if names.negated else some

    def _objects(self, below: str = "") -> Leaf:
        """The ARNs that objects of the log can have, below what follows on its prefix."""
        return Leaf((*exactly(self._beginning(below)).tokens, _REST))

    def _beginning(self, below: str = "") -> str:
        return f"{self._arn(self.target)}/{iam_literal(self.logging.prefix + below)}"

    def _arn(self, bucket: BucketPosture) -> str:
        """Both buckets are of one region, and so of one partition."""
        if not bucket.name:
            raise Undetermined(bucket.address, Unknown("what it will be called is not known"))
        return bucket_arn(bucket.name, statements(self.target.policy))

    def _known(self) -> Known:
        known = {**_OF_A_SERVICE, "aws:sourcearn": (self._arn(self.source),)}
        try:
            return {**known, "aws:sourceaccount": (own_account(self.estate),)}
        except Undetermined:
            return known


def _lets_in(principals: Principals) -> bool:
    """Whether S3's delivery is among those who are let in."""
    return _NAMED.isdisjoint(principals.members) == principals.negated


def _near(names: Names, beginning: str) -> tuple[str, ...]:
    """Those of the patterns that may match what begins so: up to its first wildcard, one begins the other.

    A policy may name the folders of hundreds of buckets, and to compare them letter by letter takes long.
    """
    known = _head(beginning)
    heads = ((one, _head(one)) for one in names.patterns)
    return tuple(one for one, head in heads if head.startswith(known) or known.startswith(head))


def _head(pattern: str) -> str:
    """The text that everything it matches begins with."""
    return _OPEN.split(pattern, maxsplit=1)[0]
