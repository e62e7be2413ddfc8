"""Does a policy let anybody do what its limit does not? The oracle makes every request there is."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.posture import Undetermined
from bucketwright.rules.containment import Limit
from bucketwright.rules.statements import statements

Request = Mapping[str, str | None]
_ROLE, _OTHER = "arn:aws:iam::999988887777:role/one", "arn:aws:iam::999988887777:role/two"
_ARN: Final = "arn:aws:s3:::example"
_OWN, _STRANGER = "arn:aws:iam::111122223333:role/own", "arn:aws:iam::444455556666:role/stranger"
_CALLERS: Final[Mapping[str, frozenset[str]]] = {
    "*": frozenset({_ROLE, _OTHER, _OWN, _STRANGER}),
    "999988887777": frozenset({_ROLE, _OTHER}),
    _ROLE: frozenset({_ROLE}),
    _OWN: frozenset({_OWN}),
}
_ACTIONS: Final[Mapping[str, frozenset[str]]] = {
    "s3:GetObject": frozenset({"s3:GetObject"}),
    "s3:PutObject": frozenset({"s3:PutObject"}),
    "s3:*Object": frozenset({"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}),
}
_RESOURCES: Final[Mapping[str, frozenset[str]]] = {
    "arn:aws:s3:::example/*": frozenset({"a/x", "a/y", "b/x", "b/y"}),
    "arn:aws:s3:::example/a/*": frozenset({"a/x", "a/y"}),
    "arn:aws:s3:::example/*/x": frozenset({"a/x", "b/x"}),
    "arn:aws:s3:::other/*": frozenset(),
    "*": frozenset({"a/x", "a/y", "b/x", "b/y"}),
}
_TESTS: Final[Mapping[tuple[str, str, str], Callable[[str | None], bool]]] = {
    ("Bool", "aws:SecureTransport", "true"): lambda said: said == "true",
    ("Bool", "aws:SecureTransport", "false"): lambda said: said == "false",
    ("StringEquals", "aws:SourceVpc", "vpc-1"): lambda said: said == "vpc-1",
    ("StringNotEquals", "aws:SourceVpc", "vpc-1"): lambda said: said != "vpc-1",
    ("StringEqualsIfExists", "aws:SourceVpc", "vpc-2"): lambda said: said in {None, "vpc-2"},
    ("Null", "aws:SourceVpc", "true"): lambda said: said is None,
    ("ArnEquals", "aws:PrincipalArn", _ROLE): lambda said: said == _ROLE,
    ("ArnNotEquals", "aws:PrincipalArn", _ROLE): lambda said: said != _ROLE,
    ("StringEquals", "aws:PrincipalAccount", "999988887777"): lambda said: said == "999988887777",
    ("StringNotEquals", "aws:PrincipalAccount", "999988887777"): lambda said: said != "999988887777",
}
_SAID: Final[Mapping[str, tuple[str | None, ...]]] = {
    "aws:SecureTransport": ("true", "false"),
    "aws:SourceVpc": ("vpc-1", "vpc-2", "vpc-3", None),
}


def _told(request: Request, key: str) -> str | None:
    """What a request says of itself; of its caller by ARN and account."""
    caller = request["caller"] or ""
    return {**request, "aws:PrincipalArn": caller, "aws:PrincipalAccount": caller.split(":")[4]}[key]


@dataclass(frozen=True)
class Written:
    """A statement as it is written."""

    effect: str
    who: str
    action: str
    resource: str
    test: tuple[str, str, str] | None

    def json(self) -> dict[str, object]:
        return {
            "Effect": self.effect,
            "Principal": "*" if self.who == "*" else {"AWS": self.who},
            "Action": self.action,
            "Resource": self.resource,
            "Condition": {self.test[0]: {self.test[1]: self.test[2]}} if self.test else {},
        }

    def is_about(self, request: Request) -> bool:
        return (
            request["caller"] in _CALLERS[self.who]
            and request["action"] in _ACTIONS[self.action]
            and request["key"] in _RESOURCES[self.resource]
            and (self.test is None or _TESTS[self.test](_told(request, self.test[1])))
        )


_statements = st.builds(
    Written,
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.sampled_from(sorted(_CALLERS)),
    st.sampled_from(sorted(_ACTIONS)),
    st.sampled_from(sorted(_RESOURCES)),
    st.none() | st.sampled_from(sorted(_TESTS)),
)
_policies = st.lists(_statements, min_size=1, max_size=3)


def _requests() -> Iterator[Request]:
    """Every one that some policy here can tell from others."""
    for caller, action, key, *said in product(
        sorted(_CALLERS["*"]), sorted(_ACTIONS["s3:*Object"]), sorted(_RESOURCES["*"]), *_SAID.values()
    ):
        yield {"caller": caller, "action": action, "key": key, **dict(zip(_SAID, said, strict=True))}


def _allowed(policy: list[Written], request: Request) -> bool:
    return {one.effect for one in policy if one.is_about(request)} == {"Allow"}


def _limit(policy: list[Written], limit: list[Written]) -> Limit:
    texts = (
        json.dumps({"Version": "2012-10-17", "Statement": [one.json() for one in some]})
        for some in (limit, policy)
    )
    control, held = map(policy_of, texts)
    return Limit(control.document, "example", statements(held))


def _beyond(policy: Mapping[str, object], *limit: Mapping[str, object]) -> tuple[str, ...]:
    texts = (json.dumps({"Version": "2012-10-17", "Statement": one}) for one in (limit, policy))
    control, held = map(policy_of, texts)
    within = Limit(control.document, "example", statements(held))
    return within.exceeded_by(within.policy[0])


@settings(max_examples=200, deadline=None)
@given(_policies, _policies)
def test_a_policy_exceeds_its_limit_where_some_request_does(
    policy: list[Written], limit: list[Written]
) -> None:
    """A fault is found exactly where some request is allowed by the policy and not by the limit."""
    within = _limit(policy, limit)
    beyond = [
        request for request in _requests() if _allowed(policy, request) and not _allowed(limit, request)
    ]

    found = [fault for one in within.policy for fault in within.exceeded_by(one)]

    assert bool(found) == bool(beyond), (found, beyond[:1])


@pytest.mark.parametrize(
    ("granted", "limited", "beyond"),
    [
        pytest.param("a/*", "a/*", False, id="the same prefix"),
        pytest.param("a/b/*", "a/*", False, id="a prefix below"),
        pytest.param("a/*", "b/*", True, id="another prefix"),
        pytest.param("a*", "a/*", True, id="a wider prefix"),
        pytest.param("a/*", None, False, id="a limit without prefix"),
        pytest.param(None, "*", True, id="lists without a prefix"),
    ],
)
def test_lists_are_told_apart_by_their_prefix(
    granted: str | None, limited: str | None, *, beyond: bool
) -> None:
    """A list below a prefix is within the limit where the limit lets that be listed."""
    lists = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:ListBucket",
        "Resource": "arn:aws:s3:::example",
    }
    limit, policy = (
        {**lists, "Condition": {"StringLike": {"s3:prefix": prefix}} if prefix else {}}
        for prefix in (limited, granted)
    )

    assert bool(_beyond(policy, limit)) == beyond


def _source(operator: str, key: str, *values: str) -> dict[str, object]:
    return {operator: {key: values}}


_ANYBODY: Final = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "*"}
_MATES: Final = {"AWS": [_ROLE, _OTHER]}


@pytest.mark.parametrize(
    ("who", "denied", "beyond"),
    [
        pytest.param({"Principal": "*"}, {}, True, id="a Deny without Principal"),
        pytest.param({"Principal": {"AWS": _ROLE}}, {}, True, id="one, by a Deny without Principal"),
        pytest.param(
            {"Principal": {"AWS": _ROLE}}, {"NotPrincipal": {"AWS": _ROLE}}, False, id="one who is spared"
        ),
        pytest.param(
            {"Principal": {"AWS": _OTHER}}, {"NotPrincipal": {"AWS": _ROLE}}, True, id="one who is not"
        ),
        pytest.param(
            {"Principal": _MATES}, {"NotPrincipal": {"AWS": _ROLE}}, True, id="two, one of them spared"
        ),
        pytest.param(
            {"NotPrincipal": {"AWS": _ROLE}}, {"NotPrincipal": {"AWS": _ROLE}}, True, id="the others"
        ),
        pytest.param(
            {"NotPrincipal": {"AWS": _ROLE}}, {"Principal": {"AWS": _ROLE}}, False, id="all but him"
        ),
        pytest.param(
            {"NotPrincipal": {"AWS": _ROLE}}, {"Principal": {"AWS": _OTHER}}, True, id="all but another"
        ),
        pytest.param(
            {"Principal": {"AWS": _ROLE}}, {"Principal": {"AWS": _OTHER}}, False, id="somebody else"
        ),
        pytest.param(
            {"Principal": {"AWS": "999988887777"}}, {"Principal": {"AWS": _ROLE}}, True, id="one of many"
        ),
        pytest.param(
            {"Principal": {"AWS": _ROLE}}, {"Principal": {"AWS": "999988887777"}}, True, id="his account"
        ),
        pytest.param(
            {"Principal": {"CanonicalUser": "ab"}}, {"Principal": {"AWS": _ROLE}}, True, id="perhaps him"
        ),
    ],
)
def test_whom_the_limit_denies(
    who: Mapping[str, object], denied: Mapping[str, object], *, beyond: bool
) -> None:
    """What the limit denies somebody, a policy must not let them do."""
    policy = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **who}
    deny = {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*", **denied}

    assert bool(_beyond(policy, _ANYBODY, deny)) == beyond


_READS: Final = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}
_HERE: Final = _source("IpAddress", "aws:SourceIp", "192.0.2.0/24")
_THERE: Final = _source("IpAddress", "aws:SourceIp", "198.51.100.0/24")


@pytest.mark.parametrize(
    ("granted", "limited", "beyond"),
    [
        pytest.param(_HERE, _HERE, False, id="the same range"),
        pytest.param(_HERE, {}, False, id="a limit without condition"),
        pytest.param({}, _HERE, True, id="a condition of the limit alone"),
        pytest.param(_HERE, _source("StringEquals", "aws:SourceVpc", "vpc-1"), True, id="two keys"),
    ],
)
def test_conditions_that_need_not_be_compared(
    granted: dict[str, object], limited: dict[str, object], *, beyond: bool
) -> None:
    """Where the same is asked, or only one side asks, it is clear what is within the limit."""
    assert bool(_beyond({**_READS, "Condition": granted}, {**_READS, "Condition": limited})) == beyond


@pytest.mark.parametrize("limit", [{"Effect": "Allow"}, {"Effect": "Deny"}], ids=["an Allow", "a Deny"])
def test_conditions_that_cannot_be_compared(limit: dict[str, object]) -> None:
    """Where both sides look at one key whose values cannot be gone through, the verdict is open."""
    everything = {**_READS, "Sid": "all"}
    policy, control = {**_READS, "Condition": _HERE}, {**_READS, **limit, "Condition": _THERE}

    with pytest.raises(Undetermined, match="conditions on 'aws:sourceip' cannot be compared"):
        _beyond(policy, *([control] if limit["Effect"] == "Allow" else [everything, control]))


def test_what_is_not_allowed_at_all_needs_no_comparison() -> None:
    """Another action is beyond the limit, whatever the conditions are."""
    policy = {**_READS, "Action": "s3:PutObject", "Condition": _HERE}

    assert _beyond(policy, {**_READS, "Condition": _THERE})


def test_only_who_is_beyond_the_limit_is_named() -> None:
    """Each one whom a statement lets in is judged by itself."""
    found = _beyond({**_READS, "Principal": _MATES}, {**_READS, "Principal": {"AWS": _ROLE}})

    assert found == (f"statement 1 lets '{_OTHER}' do 's3:GetObject' beyond the limit",)


def test_what_s3_may_add_is_beyond_a_list_of_actions() -> None:
    """Everything is more than all actions there are."""
    listed = [f"s3:{letter}*" for letter in ascii_lowercase if letter != "x"]
    found = _beyond({**_READS, "Action": "s3:*"}, {**_READS, "Action": listed})

    assert found == ("statement 1 lets everybody do 'what S3 may add' beyond the limit",)


def test_what_everybody_knows_is_named_first() -> None:
    """Of the actions that are told apart by nothing."""
    for kind, known in (("s3:*Object*", "s3:GetObject"), ("s3:List*", "s3:ListBucket")):
        [found] = _beyond({**_READS, "Action": kind, "Resource": [_ARN, f"{_ARN}/*"]})

        assert f"'{known}'" in found


def _policy(*some: Mapping[str, object]) -> Policy:
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": some}))


_BUT_ONE: Final = {
    "Effect": "Deny",
    "NotPrincipal": {"AWS": _ROLE},
    "Action": "s3:GetObject",
    "Resource": f"{_ARN}/a/*",
}
_NAMELESS: Final = {"Effect": "Deny", "Action": "s3:GetObject", "Resource": f"{_ARN}/a/*"}


def test_a_deny_lets_nobody_do_anything() -> None:
    """It is no grant that could go beyond."""
    held = statements(_policy({**_READS, "Effect": "Deny"}, _NAMELESS))
    within = Limit(_policy(_BUT_ONE).document, "example", held)

    assert within.exceeded_by(held[0]) == within.exceeded_by(held[1]) == ()


def test_whom_a_deny_spares_matters_only_beyond_the_limit() -> None:
    """What is within it needs no Deny, whoever is spared by one."""
    held = statements(_policy(_READS, _BUT_ONE))

    assert Limit(_policy(_READS).document, "example", held).exceeded_by(held[0]) == ()
    with pytest.raises(Undetermined, match="whom a Deny with NotPrincipal spares"):
        Limit(_policy({**_READS, "Resource": f"{_ARN}/c/*"}).document, "example", held).exceeded_by(held[0])


def test_a_deny_without_principal_spares_nobody() -> None:
    """What a policy allows beside it is judged as ever."""
    held = statements(_policy(_READS, _NAMELESS))

    assert Limit(_policy(_BUT_ONE).document, "example", held).exceeded_by(held[0])
