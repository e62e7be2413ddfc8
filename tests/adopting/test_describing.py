"""From what is live to a contract: it means the same, or the rest is told."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.adopting.accepting import accepted
from bucketwright.adopting.describing import described
from bucketwright.adopting.gaps import Gap, gaps
from bucketwright.adopting.proving import unproven
from bucketwright.contract.lifecycle.compile import LIFECYCLE_TAG
from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.drift.statements import of_policy
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.intended import intended
from bucketwright.posture import Estate
from tests.adopting.seen import live
from tests.contract.prefix_strategies import Data
from tests.contract.strategies import as_yaml, contracts

LAW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CONTRACTS = contracts().filter(lambda data: bool(data["buckets"]))


def last_environment(data: Data) -> Environment:
    """The one that a contract names last."""
    return list(read(as_yaml(data), "generated").environments.values())[-1]


def again(environment: Environment) -> tuple[Environment, tuple[Gap, ...]]:
    """The environment of the contract that describes one, and what it cannot say of it."""
    found = live(environment)
    taken = accepted(described(found))
    assert taken.left_out == ()
    (other,) = taken.contract.environments.values()
    return other, gaps(intended(other), found.estate)


@given(CONTRACTS)
@LAW
def test_every_fact_of_every_bucket_comes_back_or_is_listed(data: Data) -> None:
    """Held against the estate itself, not against what the list was made by."""
    environment = last_environment(data)
    other, listed = again(environment)

    before, after = intended(environment), intended(other)
    lost = {
        (one.address, fact.replace("_", " "))
        for one in before.every(BucketPosture)
        for fact, value in one.facts.items()
        if after.postures[one.address].told(fact) != value
    }
    assert lost == {(gap.address, gap.setting) for gap in listed if gap.address.startswith("bucket:")}


@given(CONTRACTS)
@LAW
def test_only_what_nothing_shows_is_lost(data: Data) -> None:
    """Rules by a tag on keys that nobody may reach, who of two that are alike holds what, and spelling."""
    environment = last_environment(data)
    _, listed = again(environment)

    coming = [(one.service, one.principals) for one in environment.access.values() if not one.makes_role()]
    are_alike = any(coming.count(one) > 1 for one in coming)
    by_tag = [gap for gap in listed if gap.setting == "lifecycle" and LIFECYCLE_TAG in gap.seen]
    spelled = [gap for gap in listed if gap.seen.startswith("it is spelled otherwise")]
    policies = [gap for gap in listed if gap.setting == "policy" and (are_alike or gap in spelled)]
    of_buckets = [gap for gap in listed if gap.address.startswith("bucket:")]
    assert [gap for gap in of_buckets if gap not in by_tag and gap not in policies] == []


@given(CONTRACTS)
@LAW
def test_every_role_comes_back_as_it_was(data: Data) -> None:
    """No grant is dropped and none is invented."""
    environment = last_environment(data)
    other, listed = again(environment)

    wanted, found = intended(other), intended(environment)
    assert list(unproven(other, wanted, found, listed)) == []
    for role in found.every(RolePosture):
        other_role = wanted.postures[role.address]
        assert list(of_policy("policies", role.told("policies"), other_role.told("policies"))) == []
        assert {**other_role.facts, "policies": role.told("policies")} == role.facts


def contract_of(buckets: Data, access: Data) -> Environment:
    """An environment of these parts."""
    data: Data = {
        "project": "shop",
        "environments": {"prod": {"account": "111122223333"}},
        "buckets": buckets,
        "access": access,
    }
    (environment,) = read(as_yaml(data), "here").environments.values()
    return environment


def test_unsafe_settings_wait_for_their_reasons() -> None:
    """Each is written as it is, with the day and no reason of ours."""
    reason = {"public-access": "a reason that nobody can see"}
    bucket: Data = {"public_access_block": {"block_policy": False}, "unsafe": reason}

    other, listed = again(contract_of({"files": bucket}, {}))

    assert listed == ()
    assert other.buckets["files"].unsafe == {"public-access": "found on adoption on 2026-06-01"}


def test_a_role_that_may_do_more_is_no_entry() -> None:
    """What a contract would grant instead is not what the role may do, so the contract does not say it."""
    environment = contract_of({"files": {"prefixes": {"a": {"path": "a/"}}}}, {})
    granting = contract_of(
        {"files": {"prefixes": {"a": {"path": "a/"}}}},
        {"reader": {"trusts": "lambda.amazonaws.com", "read": "files/a"}},
    )
    found = intended(granting)
    role = found.postures["role:reader"]
    assert isinstance(role, RolePosture)
    wider = contract_of(
        {"files": {"prefixes": {"a": {"path": "a/"}}}},
        {"reader": {"trusts": "lambda.amazonaws.com", "read": "files/*"}},
    )
    seen = Estate("live", {**found.postures, "role:reader": intended(wider).postures["role:reader"]})

    listed = gaps(found, seen)

    assert list(unproven(granting, found, seen, listed)) == ["reader"]
    assert list(unproven(granting, found, found, gaps(found, found))) == []
    assert list(unproven(environment, intended(environment), seen, ())) == []


@given(st.sampled_from(["a", "b"]))
def test_an_adopted_contract_is_adopted_as_itself(word: str) -> None:
    """Once described, nothing changes any more."""
    first, _ = again(
        contract_of({word: {"prefixes": {"docs": {"path": "docs/{x}/", "expire": "3 days"}}}}, {})
    )

    second, listed = again(first)

    assert (second, listed) == (first, ())


def test_what_is_left_out_with_a_prefix_says_why_the_prefix_is() -> None:
    """Who may reach keys in the middle of a quarantine is left out with them, and not as one who errs."""
    grant = {"trusts": "lambda.amazonaws.com"}
    waiting = {"path": "waiting/", "quarantine": {"scanner": "scanner", "release_to": "files/clean"}}
    data: Data = {
        "project": "shop",
        "environments": {"prod": {"account": "111122223333"}},
        "buckets": {
            "files": {
                "prefixes": {
                    "waiting": waiting,
                    "clean": {"path": "clean/"},
                    "old": {"path": "waiting/old/", "overlaps": ["waiting"]},
                }
            }
        },
        "access": {
            "scanner": {
                **grant,
                "read": ["files/waiting", "files/clean"],
                "write": "files/clean",
                "delete": "files/waiting",
            },
            "reader": {**grant, "read": ["files/old"]},
            "nobody": {**grant, "read": "files/never"},
        },
    }

    told = {one.path: one.why for one in accepted(data).left_out}

    why = "waiting is a quarantine, which shares its keys with no other prefix"
    assert told["buckets", "files", "prefixes", "old"] == why
    assert told["access", "reader"].endswith(f": files/old is left out, for {why}")
    assert told["access", "nobody"] == "there is no prefix of files 'never'"
