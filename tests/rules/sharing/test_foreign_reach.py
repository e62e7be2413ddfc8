"""May another account do something by a bucket's policy? The oracle asks for everybody, one by one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.facets.bucket.policy import policy_of
from bucketwright.posture import Estate
from bucketwright.rules.foreign_reach import ForeignReach
from bucketwright.rules.statements import statements
from tests.rules.sharing.judged import OWN

_ROLES: Final = "arn:aws:iam::999988887777:role"
_OURS, _OTHERS = "arn:aws:iam::111122223333:role/ours", "arn:aws:iam::444455556666:role/others"
_THEIRS, _MORE, _NOBODY = f"{_ROLES}/one", f"{_ROLES}/more", "arn:aws:iam::777766665555:role/nobody"
_OTHER: Final = f"{_ROLES}/other"
_CALLERS: Final = (_OURS, _OTHERS, _THEIRS, _MORE, _OTHER, _NOBODY)
_NAMED: Final[Mapping[str, frozenset[str]]] = {
    "*": frozenset(_CALLERS),
    _OURS: frozenset({_OURS}),
    _THEIRS: frozenset({_THEIRS}),
    f"{_ROLES}/o*": frozenset({_THEIRS, _OTHER}),
    "999988887777": frozenset({_THEIRS, _MORE, _OTHER}),
    "111122223333": frozenset({_OURS}),
    "444455556666": frozenset({_OTHERS}),
}
_PRINCIPALS: Final = ("*", _OURS, _THEIRS, "999988887777", "111122223333")
_RESOURCES: Final[Mapping[str, frozenset[str]]] = {
    "arn:aws:s3:::example/*": frozenset({"a/x", "b/x"}),
    "arn:aws:s3:::example/a/*": frozenset({"a/x"}),
    "arn:aws:s3:::example": frozenset(),
}
_ACCOUNT, _ARN = "aws:PrincipalAccount", "aws:PrincipalArn"
_VALUES: Final = {
    _ACCOUNT: ("111122223333", "444455556666", "999988887777"),
    _ARN: (_OURS, _THEIRS, f"{_ROLES}/o*"),
}


@dataclass(frozen=True)
class Only:
    """For these callers alone, or for all but these."""

    key: str
    values: tuple[str, ...]
    negated: bool

    @property
    def json(self) -> dict[str, object]:
        kind = "String" if self.key == _ACCOUNT else "Arn"
        return {f"{kind}{'Not' if self.negated else ''}Equals": {self.key: self.values}}

    def holds(self, caller: str) -> bool:
        return any(caller in _NAMED[value] for value in self.values) != self.negated


@dataclass(frozen=True)
class Written:
    """A statement on the ACLs of objects."""

    effect: str
    who: str
    resource: str
    only: Only | None

    @property
    def json(self) -> dict[str, object]:
        return {
            "Effect": self.effect,
            "Principal": "*" if self.who == "*" else {"AWS": self.who},
            "Action": "s3:PutObjectAcl",
            "Resource": self.resource,
            "Condition": self.only.json if self.only else {},
        }

    def is_about(self, caller: str, key: str) -> bool:
        tied = self.only is None or self.only.holds(caller)
        return tied and caller in _NAMED[self.who] and key in _RESOURCES[self.resource]


_only = st.sampled_from(sorted(_VALUES)).flatmap(
    lambda key: st.builds(
        Only,
        st.just(key),
        st.lists(st.sampled_from(_VALUES[key]), min_size=1, max_size=2, unique=True).map(tuple),
        st.booleans(),
    )
)
_statements = st.builds(
    Written,
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from(_PRINCIPALS),
    st.sampled_from(sorted(_RESOURCES)),
    st.none() | _only,
)


def _may_somebody(policy: list[Written]) -> bool:
    """Whether somebody who is not ours may, named or not."""
    effects = (
        {one.effect for one in policy if one.is_about(caller, key)}
        for caller in _CALLERS
        if caller != _OURS
        for key in ("a/x", "b/x")
    )
    return any(found == {"Allow"} for found in effects)


@settings(max_examples=300, deadline=None)
@given(st.lists(_statements, min_size=1, max_size=4))
def test_what_is_granted_is_what_somebody_may(policy: list[Written]) -> None:
    """A grant to another account is found exactly where somebody of one may do it."""
    written = {"Version": "2012-10-17", "Statement": [one.json for one in policy]}
    found = statements(policy_of(json.dumps(written)))
    reach = ForeignReach("example", found, Estate("live", {OWN.address: OWN}), ("s3:putobjectacl",))

    granted = [fault for one in found for fault in reach.granted(one)]

    assert bool(granted) == _may_somebody(policy), granted


def _reach(*some: Mapping[str, object], action: str = "s3:putobjectacl") -> ForeignReach:
    usual = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
    written = [{name: value for name, value in {**usual, **one}.items() if value is not None} for one in some]
    found = statements(policy_of(json.dumps({"Version": "2012-10-17", "Statement": written})))
    return ForeignReach("example", found, Estate("live", {OWN.address: OWN}), (action,))


def _granted(*some: Mapping[str, object], action: str = "s3:putobjectacl") -> tuple[str, ...]:
    """What the first of these statements lets other accounts do."""
    reach = _reach(*some, action=action)
    return reach.granted(reach.policy[0])


SPARES_ONE: Final = {"Effect": "Deny", "Principal": None, "NotPrincipal": {"AWS": [_THEIRS, "999988887777"]}}
ALL_BUT_OURS: Final = {"Effect": "Deny", "Condition": {"StringNotEquals": {_ACCOUNT: "111122223333"}}}
NAMELESS: Final = {"Principal": None, "Action": "s3:GetObject"}
GRANTS: Final[Mapping[str, tuple[tuple[Mapping[str, object], ...], bool]]] = {
    "a Deny, of nobody knows whom": (({"Effect": "Deny", "Principal": {"CanonicalUser": "ab"}},), False),
    "one whom a Deny spares": (({}, SPARES_ONE), True),
    "one who is spared, beside nobody": (({}, NAMELESS, SPARES_ONE), True),
    "nobody but us": (
        ({"Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}, ALL_BUT_OURS),
        False,
    ),
    "what another statement grants": (
        ({"Principal": {"AWS": _THEIRS}, "Condition": {"ArnEquals": {_ARN: _OURS}}}, {}),
        False,
    ),
    "another action, of nobody knows whom": (
        ({"Principal": {"CanonicalUser": "ab"}, "Action": "s3:GetObject"},),
        False,
    ),
}


@pytest.mark.parametrize(("some", "expected"), GRANTS.values(), ids=GRANTS)
def test_a_statement_is_judged_by_what_it_grants_itself(
    some: tuple[Mapping[str, object], ...], *, expected: bool
) -> None:
    """Less what is denied, and not by what others grant."""
    assert bool(_granted(*some)) == expected


def test_one_kind_of_request_is_enough() -> None:
    """Lists below a prefix are lists, though those of everything are not granted."""
    below = {"Principal": {"AWS": _THEIRS}, "Condition": {"StringLike": {"s3:prefix": "a/*"}}}

    assert _granted(below, action="s3:listbucket") == (f"statement 1 lets '{_THEIRS}' do s3:ListBucket",)
