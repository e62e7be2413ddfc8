"""What a contract wants of an account, a role, a key, a queue or a distribution is what a plan says."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings

from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract, Environment
from bucketwright.estate import READERS
from bucketwright.facets import account, distribution, key, queue, role
from bucketwright.facets.facet import DeclaredFacet, Planned, fresh
from bucketwright.facets.scopes import (
    AccountScope,
    distribution_scopes,
    key_scopes,
    queue_scopes,
    role_scopes,
)
from bucketwright.facets.tokens import DISTRIBUTION, KEY, QUEUE, ROLE
from bucketwright.posture import Unknown, Unset
from tests.contract.prefix_strategies import Data
from tests.contract.strategies import as_yaml, contracts
from tests.facets.wiring import declared_thing, resolve

ROOT = Path(__file__).parents[2]
WRITTEN = [ROOT / "tests/contract/everything.yaml", *sorted(ROOT.glob("examples/*/contract.yaml"))]
LAW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
Facets = Mapping[str, DeclaredFacet[object, object]]
KINDS: Final = {"account": account, "distribution": distribution, "key": key, "queue": queue, "role": role}
TOKENS: Final = {"account": "", "distribution": DISTRIBUTION, "key": KEY, "queue": QUEUE, "role": ROLE}
LEFT_TO_OTHERS: Final = frozenset({"account analyzers", "account policy_change_alarm"})
"""What no contract says anything of."""


def scopes(environment: Environment) -> Iterator[tuple[str, object]]:
    """All of an environment that has settings, beside its buckets."""
    yield "account", AccountScope(environment)
    yield from (("role", scope) for scope in role_scopes(environment))
    yield from (("key", scope) for scope in key_scopes(environment))
    yield from (("queue", scope) for scope in queue_scopes(environment))
    yield from (("distribution", scope) for scope in distribution_scopes(environment))


def facets_of(kind: str) -> Facets:
    found: Facets = KINDS[kind].FACETS
    return found


def plan_of(kind: str, scope: object) -> Planned:
    """The plan of one thing with all its settings."""
    facets = facets_of(kind).values()
    return declared_thing(
        TOKENS[kind], (one for facet in facets for one in facet.to_args(facet.wanted(scope), resolve))
    )


def assert_round_trip(contract: Contract) -> None:
    for environment in contract.environments.values():
        for kind, scope in scopes(environment):
            planned = plan_of(kind, scope)
            for name, facet in facets_of(kind).items():
                said, wanted = facet.from_plan(planned), facet.wanted(scope)
                assert said == wanted or (isinstance(said, Unset) and wanted == fresh(facet)), (name, said)


@LAW
@given(contracts())
def test_a_plan_says_what_the_contract_wants(data: Data) -> None:
    """Every setting comes back as it was wanted, or is as AWS makes it and left unsaid."""
    assert_round_trip(read(as_yaml(data), "contract.yaml"))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.parent.name)
def test_a_plan_of_a_written_contract_says_what_it_wants(path: Path) -> None:
    """The same of every contract in this repository, the one that says everything among them."""
    assert_round_trip(load(path))


@LAW
@given(contracts())
def test_little_is_left_to_others(data: Data) -> None:
    """What a contract wants is known, and the same each time.

    Of an account it may want nothing, and the policy of a key names the account.
    """
    for environment in read(as_yaml(data), "contract.yaml").environments.values():
        for kind, scope in scopes(environment):
            left = {
                **dict.fromkeys(LEFT_TO_OTHERS, True),
                "account public_access_block": not environment.account_block,
                "key policy": environment.account is None,
            }
            for name, facet in facets_of(kind).items():
                wanted = facet.wanted(scope)

                assert not isinstance(wanted, Unknown)
                assert isinstance(wanted, Unset) == left.get(f"{kind} {name}", False)
                assert wanted == facet.wanted(scope)


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_setting_has_its_fact(kind: str) -> None:
    """A posture has a field for each setting that is read, and no other."""
    posture, facets = READERS[kind]

    assert posture.fields().keys() == facets.keys()
    assert posture.kind == kind


@pytest.mark.parametrize("kind", sorted(READERS))
def test_every_setting_says_which_question_it_answers(kind: str) -> None:
    """A module begins with its question, which stands nowhere else."""
    posture, facets = READERS[kind]
    asked = [(facet.__doc__ or "").partition("\n")[0] for facet in facets.values()]

    assert [one for one in asked if not (": " in one and one.endswith("?"))] == []
    assert {one.about for one in posture.fields().values()} == {""}
