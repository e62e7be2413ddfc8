"""What does a bucket's own policy say in a contract's words: of TLS, CloudFront, scanners and strangers?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.adopting.found import Data, account_number, one_or_all
from bucketwright.contract.access.cloudfront import SERVICE as CLOUDFRONT
from bucketwright.contract.access.deliveries import INVENTORY_SERVICE
from bucketwright.iam.documents import Condition, Principals, Statement

_EVERYTHING: Final = ("s3:*",)
_TLS: Final = ("bool", "aws:securetransport", ("false",))
_OLD_TLS: Final = ("numericlessthan", "s3:tlsversion")
_EVERYONE: Final = ("AWS", "*")
_DELIVERING: Final = frozenset({"logging.s3.amazonaws.com", INVENTORY_SERVICE, CLOUDFRONT})
_STAND_IN: Final = re.compile(r"arn:[a-z0-9-]+:cloudfront::[0-9]*:distribution/\{[a-z0-9-]+\}")
_SCANNER: Final = ("arnnotlike", "aws:principalarn")
_OF_GRANTS: Final = frozenset({"s3:prefix", "s3:requestobjecttagkeys"})
_TAG_VALUE: Final = "s3:requestobjecttag/"


def transport(statements: Iterable[Statement], arn: str) -> Data:
    """Whether plain HTTP is refused, and which TLS is the oldest; the reason has to be given beside it."""
    oldest = ""
    refused = False
    for one in statements:
        if not _refuses_all(one, arn) or len(one.conditions) != 1:
            continue
        (condition,) = one.conditions
        refused |= (condition.operator, condition.key, condition.values) == _TLS
        if (condition.operator, condition.key) == _OLD_TLS and len(condition.values) == 1:
            oldest = condition.values[0]
    if not refused:
        return {"require_tls": False}
    return {"tls_minimum": oldest} if oldest == "1.3" else {}


def _refuses_all(one: Statement, arn: str) -> bool:
    everyone = one.principals is not None and one.principals.members == (_EVERYONE,)
    named = one.resources.patterns if one.resources and not one.resources.negated else ()
    return (
        not one.allows
        and everyone
        and one.actions.patterns == _EVERYTHING
        and {arn, f"{arn}/*"} <= set(named)
    )


def by_cloudfront(statements: Iterable[Statement], arn: str) -> tuple[str, ...]:
    """The patterns of keys that the distribution in front of the bucket reads."""
    return tuple(
        pattern.removeprefix(f"{arn}/")
        for one in statements
        if one.allows and one.principals and one.principals.members == (("Service", CLOUDFRONT),)
        if any(_STAND_IN.fullmatch(value) for each in one.conditions for value in each.values)
        for pattern in (one.resources.patterns if one.resources else ())
        if pattern.startswith(f"{arn}/")
    )


def quarantined(statements: Iterable[Statement], arn: str) -> Mapping[str, str]:
    """The patterns of keys that nobody but one role reads, with the name of that role."""
    found: dict[str, str] = {}
    for one in statements:
        if one.allows or len(one.conditions) != 1 or one.resources is None:
            continue
        (condition,) = one.conditions
        if (condition.operator, condition.key) == _SCANNER and len(condition.values) == 1:
            role = condition.values[0].partition(":role/")[2]
            keys = (
                key.removeprefix(f"{arn}/") for key in one.resources.patterns if key.startswith(f"{arn}/")
            )
            found |= dict.fromkeys(keys, role)
    return found


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whom bucket policies let in: who, and under which conditions."""

    principals: Principals
    tie: frozenset[Condition]

    @property
    def word(self) -> str:
        """What it is called where it has to be called something."""
        kind, name = self.principals.members[0]
        return name.partition(".")[0] if kind == "Service" else re.split(r"[:/]", name)[-1]

    def who(self, account: str, partition: str) -> Data | None:
        """The contract's words for it; None where it has none."""
        kinds = {kind for kind, _ in self.principals.members}
        names = [name for _, name in self.principals.members]
        if kinds == {"Service"} and len(names) == 1:
            return self._service(names[0], account)
        if kinds != {"AWS"} or "*" in names:
            return None
        return {"principals": one_or_all([principal_arn(name, partition) for name in names])}

    def _service(self, name: str, account: str) -> Data:
        accounts = self._values("stringequals", "aws:sourceaccount")
        sources = self._values("arnlike", "aws:sourcearn")
        told: Data = {"name": name}
        if accounts != (account,):
            told["accounts"] = one_or_all([account_number(one) for one in accounts])
        if sources:
            told["sources"] = one_or_all(list(sources))
        return {"service": {key: value for key, value in told.items() if value}}

    def _values(self, operator: str, key: str) -> tuple[str, ...]:
        return tuple(
            value
            for one in sorted(self.tie, key=repr)
            if (one.operator, one.key) == (operator, key)
            for value in one.values
        )


def visitors(statements: Iterable[Statement]) -> Mapping[Visitor, tuple[Statement, ...]]:
    """Everybody else whom a policy lets in, with the statements that do."""
    found: dict[Visitor, list[Statement]] = {}
    for one in statements:
        who = one.principals
        if not one.allows or who is None or who.negated or _EVERYONE in who.members or _delivers(who):
            continue
        tie = frozenset(each for each in one.conditions if not _is_of_grants(each))
        found.setdefault(Visitor(who, tie), []).append(one)
    return {who: tuple(several) for who, several in found.items()}


def _delivers(who: Principals) -> bool:
    return all(kind == "Service" and name in _DELIVERING for kind, name in who.members)


def _is_of_grants(condition: Condition) -> bool:
    return condition.key in _OF_GRANTS or condition.key.startswith(_TAG_VALUE)


def principal_arn(name: str, partition: str) -> str:
    """The ARN of a principal; a policy may name an account by its number alone."""
    return f"arn:{partition}:iam::{name}:root" if name.isdecimal() else name
