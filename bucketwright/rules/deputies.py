"""Is a service that a statement lets in kept to acting for somebody who is named?

A service acts for whoever asks it to. Only what it says of the source tells for whom.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from bucketwright.contract.partitions import NO_ACCOUNT
from bucketwright.iam.documents import Condition, Statement

_IN_ARNS: Final = frozenset({"arnequals", "arnlike"})
_EQUALS: Final = _IN_ARNS | {"stringequals", "stringequalsignorecase", "stringlike"}
_OWN_ACCOUNT: Final = re.compile(r"\$\{aws:ResourceAccount\}", re.IGNORECASE)
_ACCOUNT: Final = re.compile(r"[0-9]{12}")
_ORGANISATION: Final = re.compile(r"o-[a-z0-9]{10,32}")
_UNIT: Final = re.compile(r"o-[a-z0-9]{10,32}/[^$]*")
_PARTS: Final = 6


def is_tied(statement: Statement) -> bool:
    """Whether it holds only for sources of accounts, organisations or names that are fixed."""
    return any(map(_ties, statement.conditions))


def _ties(condition: Condition) -> bool:
    judge = _SOURCES.get(condition.key)
    if judge is None or condition.operator not in _EQUALS or not condition.values:
        return False
    also_absent = condition.if_exists or condition.quantifier == "forallvalues"
    values = (_OWN_ACCOUNT.sub(NO_ACCOUNT, value) for value in condition.values)
    return not also_absent and all(judge(value, condition.operator) for value in values)


def _is_account(value: str, _: str) -> bool:
    return _ACCOUNT.fullmatch(value) is not None


def _is_organisation(value: str, _: str) -> bool:
    return _ORGANISATION.fullmatch(value) is not None


def _is_unit(value: str, _: str) -> bool:
    return _UNIT.fullmatch(value) is not None


def _is_source(value: str, operator: str) -> bool:
    """An ARN of a fixed account, or one without account and wildcard, such as that of one bucket.

    Compared as text, a wildcard before the account may stand for another account as well.
    """
    parts = value.split(":")
    if len(parts) < _PARTS:
        return False
    before, account = "".join(parts[:4]), parts[4]
    if not account:
        return _is_fixed(value)
    return _is_account(account, operator) and (operator in _IN_ARNS or _is_fixed(before))


def _is_fixed(text: str) -> bool:
    return not any(wild in text for wild in ("*", "?", "$"))


_SOURCES: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "aws:sourceaccount": _is_account,
    "aws:sourceowner": _is_account,
    "aws:sourcearn": _is_source,
    "aws:sourceorgid": _is_organisation,
    "aws:sourceorgpaths": _is_unit,
}
