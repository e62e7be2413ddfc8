"""Which statements does S3 call public, and what might have tied them to fixed callers but does not?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import compress
from operator import not_
from typing import Final

from bucketwright.facets.bucket.policy import Policy
from bucketwright.iam.callers import Member
from bucketwright.iam.documents import Condition, Document, Names, Principals, Statement
from bucketwright.iam.public import Answer, is_public
from bucketwright.plain_text import clipped
from bucketwright.posture import Undetermined, Unknown
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.statements import allows

_VERSION: Final = "2012-10-17"
_ANYTHING: Final = Names(("*",))
_EVERYONE: Final = Statement("", True, Principals((("AWS", "*"),)), _ANYTHING, _ANYTHING, ())
_ADDRESS: Final = "192.0.2.1"
"""A fixed value of whatever key."""
_NETWORK: Final = Condition("stringequals", "aws:sourcevpc", (_ADDRESS,))
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class LooseTie:
    """A condition that would tie its statement to fixed callers, were all of its values fixed."""

    condition: Condition
    wildcards: tuple[str, ...]
    """Values with a wildcard or a policy variable."""
    ranges: tuple[str, ...]
    """Ranges of addresses so wide that S3 takes them for everybody's."""


def publicness(statement: Statement) -> Answer:
    """What S3 says of a policy that holds this statement alone."""
    return is_public(Document(_VERSION, (statement,)))


def why_public(statement: Statement) -> str | None:
    """What makes the statement public; None where it is not; Undetermined where S3 leaves that open."""
    return clause_of(publicness(statement))


def clause_of(answer: Answer) -> str | None:
    """The same of an answer."""
    because = clipped(answer.because, _LONGEST)
    if answer.holds is None:
        raise Undetermined("policy", Unknown(f"S3 does not say whether this is public: {because}"))
    return because if answer.holds else None


def public_clauses(policy: Policy | None) -> tuple[str, ...]:
    """What makes the policy public, statement by statement."""
    return faults_of(*(partial(clauses, one) for one in allows(policy)))


def clauses(statement: Statement) -> tuple[str, ...]:
    """What makes the statement public, if anything does."""
    because = why_public(statement)
    return (because,) if because else ()


def unnamed(statement: Statement) -> tuple[str, ...]:
    """Principals that stand for whomever they match, such as `*`."""
    return tuple(name for _, name in _open_members(statement) if not _is_fixed(name))


def web_providers(statement: Statement) -> tuple[str, ...]:
    """Principals that stand for all users of a web identity provider."""
    return tuple(name for _, name in _open_members(statement) if _is_fixed(name))


def ties_by_value(condition: Condition) -> bool | None:
    """Whether only fixed values of its key meet the condition, whatever that key tells; None where S3 leaves
    that open."""
    public = _under(replace(condition, key=_NETWORK.key)).holds
    return None if public is None else not public


def loose_ties(statement: Statement) -> Iterator[LooseTie]:
    """The conditions that do not tie the statement, but only because of their values."""
    for condition in statement.conditions:
        if not _ties(condition) and _ties(replace(condition, values=(_ADDRESS,))):
            loose = [one for one in condition.values if not _ties(replace(condition, values=(one,)))]
            fixed = [_is_fixed(one) for one in loose]
            ranges, wildcards = compress(loose, fixed), compress(loose, map(not_, fixed))
            yield LooseTie(condition, tuple(wildcards), tuple(ranges))


def _open_members(statement: Statement) -> tuple[Member, ...]:
    """The principals by which alone an Allow would be public."""
    named = statement.principals
    members = () if named is None or named.negated else named.members
    alone = [(one, replace(_EVERYONE, principals=Principals((one,)))) for one in members]
    return tuple(one for one, for_one in alone if publicness(for_one).holds)


def _is_fixed(value: str) -> bool:
    return _ties(replace(_NETWORK, values=(value,)))


def _ties(condition: Condition) -> bool:
    """Whether an Allow for everyone would be anything but public under this condition alone."""
    return _under(condition).holds is not True


def _under(condition: Condition) -> Answer:
    return publicness(replace(_EVERYONE, conditions=(condition,)))
