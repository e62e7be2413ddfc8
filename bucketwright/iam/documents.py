"""Policy documents in one normal form, however they were spelled.

IAM takes a single value or a list, folds the case of actions and condition keys, and reads booleans and
numbers as text; S3 rewrites principals when it stores a policy. Two documents that mean the same parse to
equal statements. What IAM would not accept is a `PolicyError`, never a guess.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from bucketwright.iam.strict_json import PolicyError, decoded, fields, refuse_unknown, several, shown, text

__all__ = (
    "OPERATORS", "Condition", "Document", "Names", "PolicyError", "PrincipalKind", "Principals", "Quantifier",
    "Statement", "canonical", "in_2012", "parse",
)  # fmt: skip

PrincipalKind = Literal["AWS", "Service", "Federated", "CanonicalUser"]
Quantifier = Literal["", "forallvalues", "foranyvalue"]
_KINDS: Final[Mapping[str, PrincipalKind]] = {
    "aws": "AWS",
    "service": "Service",
    "federated": "Federated",
    "canonicaluser": "CanonicalUser",
}
_QUANTIFIERS: Final[Mapping[str, Quantifier]] = {
    "ForAllValues:": "forallvalues",
    "ForAnyValue:": "foranyvalue",
    "": "",
}
_WITHOUT_VARIABLES: Final = "2008-10-17"
_VERSIONS: Final = ("2012-10-17", _WITHOUT_VARIABLES)
_ROOT = re.compile(r"arn:[a-z0-9-]+:iam::([0-9]{12}):root")
_ELEMENTS: Final = frozenset({"version", "id", "statement"})
_STATEMENT_ELEMENTS: Final = frozenset(
    {
        "sid", "effect", "principal", "notprincipal", "action", "notaction", "resource", "notresource",
        "condition",
    }
)  # fmt: skip
OPERATORS: Final[Mapping[str, str]] = {
    name.lower(): name
    for name in (
        "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
        "StringLike", "StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan",
        "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals",
        "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
        "Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals",
        "ArnNotLike", "Null",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Actions or resources: these patterns, or everything but them."""

    patterns: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Principals:
    """Who a statement is about: these, or everyone but them. Everyone is `("AWS", "*")`."""

    members: tuple[tuple[PrincipalKind, str], ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of one operator, with its values."""

    operator: str
    key: str
    values: tuple[str, ...]
    quantifier: Quantifier = ""
    if_exists: bool = False

    @property
    def spelled(self) -> str:
        """The operator as IAM's pages write it."""
        before = next(prefix for prefix, quantifier in _QUANTIFIERS.items() if quantifier == self.quantifier)
        return f"{before}{OPERATORS.get(self.operator, self.operator)}{'IfExists' if self.if_exists else ''}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; `principals` is None in an identity policy."""

    label: str
    allows: bool
    principals: Principals | None
    actions: Names
    resources: Names | None
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole policy, in the language of version 2012-10-17 whatever version it states."""

    version: str
    statements: tuple[Statement, ...]


def parse(raw: object) -> Document:
    """Read a policy given as JSON text or as parsed JSON."""
    if isinstance(raw, str):
        return _read(raw)
    return _document(decoded(raw) if isinstance(raw, bytes) else raw)


@lru_cache(maxsize=4_096)
def _read(text: str) -> Document:
    """Read once, though contract, plan and rules ask for the same text."""
    return _document(decoded(text))


def _document(raw: object) -> Document:
    found = fields(raw, "the policy")
    refuse_unknown(found, _ELEMENTS, "the policy")
    version = text(found.get("version", _WITHOUT_VARIABLES), "the policy's Version")
    if version not in _VERSIONS:
        raise PolicyError(f"the policy's Version is not one of {', '.join(_VERSIONS)}")
    if found.get("statement") is None:
        raise PolicyError("the policy has no Statement")
    statements = enumerate(several(found["statement"]), start=1)
    return Document(version, tuple(_statement(one, f"statement {n}", version) for n, one in statements))


def canonical(document: Document) -> Document:
    """The same meaning without order, doubles and labels, so that equal policies compare equal."""
    plain = set(map(_sorted, document.statements))
    return Document(document.version, tuple(sorted(plain, key=repr)))


def in_2012(pattern: str, version: str) -> str:
    """The older language knows no variables: `${` is plain text there, which the newer one spells `${$}{`."""
    return pattern.replace("${", "${$}{") if version == _WITHOUT_VARIABLES else pattern


def _sorted(statement: Statement) -> Statement:
    who = statement.principals
    conditions = {replace(one, values=tuple(sorted(set(one.values)))) for one in statement.conditions}
    return Statement(
        label="",
        allows=statement.allows,
        principals=who and Principals(tuple(sorted(set(who.members))), who.negated),
        actions=_sorted_names(statement.actions),
        resources=statement.resources and _sorted_names(statement.resources),
        conditions=tuple(sorted(conditions, key=repr)),
    )


def _sorted_names(names: Names) -> Names:
    return Names(tuple(sorted(set(names.patterns))), names.negated)


def _statement(raw: object, where: str, version: str) -> Statement:
    found = fields(raw, where)
    refuse_unknown(found, _STATEMENT_ELEMENTS, where)
    sid = text(found.get("sid", ""), f"{where}: Sid")
    effect = found.get("effect")
    if effect not in ("Allow", "Deny"):
        raise PolicyError(f"{where} needs an Effect of Allow or Deny")
    actions = _names(found, "Action", where)
    if actions is None:
        raise PolicyError(f"{where} names no Action")
    resources = _names(found, "Resource", where)
    return Statement(
        label=f"{where} ({shown(sid)})" if sid else where,
        allows=effect == "Allow",
        principals=_principals(found, where),
        actions=Names(tuple(action.lower() for action in actions.patterns), actions.negated),
        resources=resources and Names(_all_in_2012(resources.patterns, version), resources.negated),
        conditions=tuple(_conditions(found.get("condition", {}), f"{where}: Condition", version)),
    )


def _names(found: Mapping[str, object], element: str, where: str) -> Names | None:
    given = _either(found, element, where)
    if given is None:
        return None
    value, negated = given
    names = _texts(value, f"{where}: {element}")
    if not names:
        raise PolicyError(f"{where}: {element} is empty")
    return Names(names, negated)


def _either(found: Mapping[str, object], element: str, where: str) -> tuple[object, bool] | None:
    """The element or its negation: IAM takes one of them."""
    given = [(found[name], negated) for name, negated in _both(element) if name in found]
    if len(given) > 1:
        raise PolicyError(f"{where} has both {element} and Not{element}")
    return given[0] if given else None


def _both(element: str) -> tuple[tuple[str, bool], tuple[str, bool]]:
    return (element.lower(), False), (f"not{element.lower()}", True)


def _texts(value: object, where: str) -> tuple[str, ...]:
    return tuple(text(one, where) for one in several(value))


def _principals(found: Mapping[str, object], where: str) -> Principals | None:
    given = _either(found, "Principal", where)
    if given is None:
        return None
    value, negated = given
    where = f"{where}: Principal"
    members: list[tuple[PrincipalKind, str]] = []
    for kind, names in fields({"AWS": "*"} if value == "*" else value, where).items():
        if kind not in _KINDS:
            raise PolicyError(f"{where} is AWS, Service, Federated or CanonicalUser, not {shown(kind)}")
        members += ((_KINDS[kind], _account(name)) for name in _texts(names, where))
    if not members:
        raise PolicyError(f"{where} names nobody")
    return Principals(tuple(members), negated)


def _account(name: str) -> str:
    """An account may be written as its number or as its root's ARN: S3 keeps the ARN, we the number."""
    root = _ROOT.fullmatch(name)
    return root[1] if root else name


def _conditions(raw: object, where: str, version: str) -> Iterator[Condition]:
    for operator, keys in fields(raw, where).items():
        name, quantifier, if_exists = _operator(operator)
        for key, value in fields(keys, where).items():
            values = _all_in_2012(_texts(value, where), version)
            yield Condition(name, key, values, quantifier, if_exists)


def _operator(spelled: str) -> tuple[str, Quantifier, bool]:
    prefix = next(prefix for prefix in _QUANTIFIERS if spelled.startswith(prefix.lower()))
    name = spelled.removeprefix(prefix.lower())
    return name.removesuffix("ifexists"), _QUANTIFIERS[prefix], name.endswith("ifexists")


def _all_in_2012(patterns: tuple[str, ...], version: str) -> tuple[str, ...]:
    return tuple(in_2012(pattern, version) for pattern in patterns)
