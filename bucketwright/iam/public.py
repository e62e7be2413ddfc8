"""Is a bucket policy public? By S3's own definition, naming the clause that decides.

S3 starts from public. A statement is not public only if it names fixed principals, or a condition ties it to
fixed values of certain keys: no wildcard, no policy variable, no wide address range. A Deny never helps.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Final

from bucketwright.iam.documents import OPERATORS, Condition, Document, PrincipalKind, Principals, Statement
from bucketwright.iam.strict_json import shown

_EQUALS: Final = frozenset({"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike"})
_SOURCE_IP: Final = "aws:sourceip"
_VPC_SOURCE_IP: Final = "aws:vpcsourceip"
_USER_ID: Final = "aws:userid"
_ACCESS_POINT: Final = "s3:dataaccesspointarn"
FIXING_KEYS: Final = frozenset(
    {
        _SOURCE_IP,
        _ACCESS_POINT,
        "s3:dataaccesspointaccount",
        "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "aws:sourcearn",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:sourceowner",
        "aws:sourceaccount",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:principalarn",
        "aws:principalaccount",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:principalservicename",
        "aws:principalservicenameslist",
        _USER_ID,
    }
)
# Newer than S3's published list: they do name a caller, but S3 does not say how it takes them.
_UNSETTLED_KEYS: Final = frozenset(
    {
        "aws:federatedprovider",
        "aws:sourcevpcarn",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:vpceorgpaths",
        _VPC_SOURCE_IP,
    }
)
_WIDEST: Final = {4: 8, 6: 32}
_NAMES: Final[Mapping[PrincipalKind, re.Pattern[str]]] = {
    "AWS": re.compile(r"[0-9]{12}|arn:[^:]+:[^:]+::[^:]*:.+|A[A-Z0-9]{15,127}"),
    "Service": re.compile(r"[^\s.]+(\.[^\s.]+)+"),
    "Federated": re.compile(r"\S+"),
    "CanonicalUser": re.compile(r"\S+"),
}
_POINT: Final = re.compile(r"([^:$]+:[^:$]+:[^:$]+:[^:$]*):[0-9]{12}:accesspoint/[^$]+")
_SESSION: Final = re.compile(r"AROA[^:]*:.*", re.DOTALL)
_RANGE: Final = re.compile(r"[0-9A-Fa-f:.]+(/[0-9]{1,3})?")


@dataclass(frozen=True, slots=True)
class Answer:
    """True, False, or None where it cannot be decided; and the clause that says so."""

    holds: bool | None
    because: str


_FIXED: Final = Answer(True, "is a fixed value")


def is_public(document: Document) -> Answer:
    """Whether S3 calls this bucket policy public."""
    allows = (_statement(statement) for statement in document.statements if statement.allows)
    return _weakest(allows, Answer(False, "no statement allows anything"))


def _weakest(answers: Iterable[Answer], nobody: Answer) -> Answer:
    """Public beats undecided beats not public; the first of its kind speaks."""
    worst = {True: 0, None: 1, False: 2}
    return min(answers, key=lambda answer: worst[answer.holds], default=nobody)


def _statement(statement: Statement) -> Answer:
    if statement.principals is None:
        return Answer(None, f"{statement.label} has no Principal, so this is no bucket policy")
    who = _open_to(statement.principals)
    if who.holds is not True:
        return Answer(who.holds, f"{statement.label}: {who.because}")
    ties = [_ties(condition, statement.principals) for condition in statement.conditions]
    fixed = next((tie for tie in ties if tie.holds), None)
    if fixed:
        return Answer(False, f"{statement.label}: {who.because}, tied by {fixed.because}")
    unsure = next((tie for tie in ties if tie.holds is None), None)
    if unsure:
        return Answer(None, f"{statement.label}: {who.because}, and {unsure.because}")
    loose = "; ".join(tie.because for tie in ties) or "there is no condition"
    return Answer(True, f"{statement.label}: {who.because}, and {loose}")


def _open_to(principals: Principals) -> Answer:
    """Whether somebody that nobody named is among the principals."""
    if principals.negated:
        return Answer(True, "NotPrincipal lets in everyone else")
    members = (_member(kind, name) for kind, name in principals.members)
    return _weakest(members, Answer(None, "nobody is named"))


def _member(kind: PrincipalKind, name: str) -> Answer:
    who = f"{kind} principal {shown(name)}"
    if name == "*":
        return Answer(True, "everyone is let in")
    if not _is_fixed(name):
        return Answer(True, f"{who} is not a fixed one")
    if not _NAMES[kind].fullmatch(name):
        return Answer(None, f"{who} names nobody that S3 knows")
    if kind == "Federated" and not name.startswith("arn:"):
        return Answer(True, f"{who} lets in every user of that provider")
    return Answer(False, f"{who} is fixed")


def _ties(condition: Condition, principals: Principals) -> Answer:
    """Whether this condition alone ties the statement to fixed callers."""
    if condition.operator not in OPERATORS:
        return Answer(None, f"{shown(condition.spelled)} is an operator IAM does not know")
    tie = f"{condition.spelled} {shown(condition.key)}"
    known = condition.key in FIXING_KEYS
    if not known and not _unsettled(condition.key, principals):
        return Answer(False, f"{tie} does not tie the caller")
    values = _fixed_values(condition)
    if values.holds is not True:
        return Answer(values.holds, f"{tie} {values.because}")
    if not known:
        return Answer(None, f"{tie} is not in S3's published definition")
    if condition.if_exists or condition.quantifier == "forallvalues":
        return Answer(None, f"{tie} also holds where the key is absent, which S3 does not define")
    return Answer(True, tie)


def _unsettled(key: str, principals: Principals) -> bool:
    """Claims of a web identity provider tie its users, but S3's definition does not name them."""
    providers = {name.lower() for kind, name in principals.members if kind == "Federated"}
    return key in _UNSETTLED_KEYS or (not principals.negated and key.partition(":")[0] in providers)


def _fixed_values(condition: Condition) -> Answer:
    judge = _VALUES.get(condition.key, _plain)
    if condition.operator not in _EQUALS and not (judge is _narrow and condition.operator == "ipaddress"):
        return Answer(False, "does not tie the caller to a value")
    if not condition.values:
        return Answer(None, "has no value")
    return _weakest_tie(judge(value) for value in condition.values)


def _weakest_tie(answers: Iterable[Answer]) -> Answer:
    """A list ties only if each of its values does."""
    worst = {False: 0, None: 1, True: 2}
    return min(answers, key=lambda answer: worst[answer.holds])


def _is_fixed(value: str) -> bool:
    return not ("*" in value or "?" in value or "${" in value)


def _plain(value: str) -> Answer:
    return _FIXED if _is_fixed(value) else Answer(False, f"{shown(value)} is not a fixed value")


def _narrow(value: str) -> Answer:
    if not _is_fixed(value):
        return _plain(value)
    try:
        network = ip_network(value if _RANGE.fullmatch(value) else "", strict=False)
    except ValueError:
        return Answer(None, f"{shown(value)} is no address range")
    widest = _WIDEST[network.version]
    wide = network.prefixlen < widest
    return Answer(False, f"{shown(value)} is wider than /{widest}") if wide else _FIXED


def _access_point(value: str) -> Answer:
    """The name of an access point may be a wildcard as long as its account is fixed."""
    named = _POINT.fullmatch(value)
    if _is_fixed(value) or not named:
        return _plain(value)
    if _is_fixed(named[1]):
        return _FIXED
    return Answer(None, f"{shown(value)} fixes the account but not the region, which S3 does not define")


def _user_id(value: str) -> Answer:
    """S3 excepts the form `AROLEID:*`, and leaves open whether a named session is of that form."""
    if _is_fixed(value) and _SESSION.fullmatch(value):
        return Answer(None, f"{shown(value)} is a session of a role, which S3 does not define as fixed")
    return _plain(value)


_VALUES: Final[Mapping[str, Callable[[str], Answer]]] = {
    _SOURCE_IP: _narrow,
    _VPC_SOURCE_IP: _narrow,
    _ACCESS_POINT: _access_point,
    _USER_ID: _user_id,
}
