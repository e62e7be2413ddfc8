"""Does every statement that S3 calls public break a rule that says why, and no other statement one?"""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.iam.public import is_public
from bucketwright.rules.example_access import CLOSED, policy
from bucketwright.rules.exposure.latent_public_policy import latent_public_policy
from bucketwright.rules.exposure.policy_allow_notprincipal import policy_allow_notprincipal
from bucketwright.rules.exposure.policy_broad_source_ip import policy_broad_source_ip
from bucketwright.rules.exposure.policy_federated_public import policy_federated_public
from bucketwright.rules.exposure.policy_wildcard_condition import policy_wildcard_condition
from bucketwright.rules.exposure.policy_wildcard_principal import policy_wildcard_principal
from bucketwright.verdicts import Fails, Passes, Undecided
from tests.iam.bucket_policies import DENY, Raw, allow, everyone_else, when
from tests.iam.test_not_public import FIXED
from tests.iam.test_public import PUBLIC
from tests.iam.test_public_laws import CONDITIONS, PRINCIPALS
from tests.iam.test_public_undecided import UNDECIDED
from tests.rules.exposure.judging import faults, verdict

CAUSES: Final = (
    policy_broad_source_ip,
    policy_federated_public,
    policy_wildcard_condition,
    policy_wildcard_principal,
)
"""The rules of which each says one reason why a policy is public, beside NotPrincipal."""


def _broken(*statements: Raw) -> list[str]:
    document = policy(*statements)
    rules = (*CAUSES, policy_allow_notprincipal)
    return [rule.id for rule in rules if isinstance(verdict(rule, policy=document), Fails)]


@pytest.mark.parametrize("statements", PUBLIC.values(), ids=PUBLIC)
def test_a_public_policy_breaks_a_rule(statements: list[Raw]) -> None:
    """Whatever makes it public."""
    assert _broken(*statements)


@pytest.mark.parametrize("statements", FIXED.values(), ids=FIXED)
def test_a_policy_that_is_not_public_breaks_none(statements: list[Raw]) -> None:
    """A wildcard somewhere in it is no fault."""
    document = policy(*statements)

    assert all(isinstance(verdict(rule, policy=document), Passes) for rule in CAUSES)


@pytest.mark.parametrize("statements", UNDECIDED.values(), ids=UNDECIDED)
def test_what_s3_leaves_open_is_neither_public_nor_not(statements: list[Raw]) -> None:
    """The rules on causes may pass it for what it is not; the one on the whole says that it cannot tell."""
    document = policy(*statements)

    assert isinstance(verdict(latent_public_policy, policy=document, public_access_block=CLOSED), Undecided)
    assert not any(isinstance(verdict(rule, policy=document), Fails) for rule in CAUSES)


STATEMENTS: Final = st.builds(lambda who, when: {**allow(who), "Condition": when}, PRINCIPALS, CONDITIONS)


@given(st.lists(STATEMENTS, max_size=3))
def test_rules_and_definition_agree(statements: list[Raw]) -> None:
    """A public policy breaks some rule, any other none, and what S3 leaves open is undecided as a whole."""
    document = policy(*statements)
    broken = _broken(*statements)
    whole = verdict(latent_public_policy, policy=document, public_access_block=CLOSED)

    match is_public(document.document).holds:
        case True:
            assert broken
            assert isinstance(whole, Fails)
        case False:
            assert not broken
            assert isinstance(whole, Passes)
        case _:
            assert not broken
            assert isinstance(whole, Undecided)


LEFT_OPEN = {
    "everyone, if a network is named": (
        policy_wildcard_principal,
        when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1"),
    ),
    "a wide range beside a network, if one is named": (
        policy_broad_source_ip,
        allow(IpAddress={"aws:SourceIp": "0.0.0.0/0"}, StringEqualsIfExists={"aws:SourceVpc": "vpc-1"}),
    ),
    "a wildcard beside a network, if one is named": (
        policy_wildcard_condition,
        allow(StringLike={"aws:SourceVpce": "vpce-*"}, StringEqualsIfExists={"aws:SourceVpc": "vpc-1"}),
    ),
    "an audience, if one is named": (
        policy_federated_public,
        allow(
            {"Federated": "accounts.google.com"}, StringEqualsIfExists={"accounts.google.com:aud": "app-1"}
        ),
    ),
    "a claim that names neither audience nor subject": (
        policy_federated_public,
        allow({"Federated": "accounts.google.com"}, StringEquals={"accounts.google.com:email": "x"}),
    ),
}


@pytest.mark.parametrize(("rule", "statement"), LEFT_OPEN.values(), ids=LEFT_OPEN)
def test_a_cause_that_s3_leaves_open_is_undecided(rule: object, statement: Raw) -> None:
    """Where the rule's own question hangs on it, it is not passed."""
    assert rule in CAUSES
    found = verdict(CAUSES[CAUSES.index(rule)], policy=policy(statement))

    assert isinstance(found, Undecided)
    assert found.missing == "policy"
    assert found.reason.startswith("S3 does not say whether this is public: statement 1: ")


def test_a_fault_is_told_though_another_statement_is_open() -> None:
    """What is certain is not hidden by what is not."""
    undecided = when("StringEqualsIfExists", "aws:SourceVpc", "vpc-1")

    assert _broken(undecided, allow()) == ["policy-wildcard-principal"]


@pytest.mark.parametrize("claim", ["aud", "oaud", "azp", "app_id", "sub", "id", "user_id"])
@pytest.mark.parametrize("provider", ["accounts.google.com", "Graph.Facebook.com"])
def test_an_audience_or_subject_ties_web_identities(provider: str, claim: str) -> None:
    """Each provider has its own names for them."""
    statement = allow({"Federated": provider}, StringEquals={f"{provider}:{claim}": "1"})

    assert isinstance(verdict(policy_federated_public, policy=policy(statement)), Passes)


@pytest.mark.parametrize(
    "statement", [everyone_else(), DENY, allow(), {**allow(), "Principal": {"Federated": "*"}}]
)
def test_only_providers_are_providers(statement: Raw) -> None:
    """Everyone else, nobody and everybody are the business of other rules."""
    assert isinstance(verdict(policy_federated_public, policy=policy(statement)), Passes)


def test_a_long_reason_is_cut() -> None:
    """A policy may have hundreds of conditions that do not tie."""
    conditions = {f"aws:RequestTag/{number}": "x" for number in range(100)}
    statement = allow(StringEquals=conditions)
    [fault] = faults(verdict(policy_wildcard_principal, policy=policy(statement)))

    assert fault.endswith("…")
    assert len(fault) == 301
