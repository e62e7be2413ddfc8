"""What a contract intends is what the plan of its own program says: contract, components, plan, posture."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract, Environment
from bucketwright.intended import intended
from bucketwright.plan import Plan
from bucketwright.posture import Estate, Unset
from components.recording import record
from components.storage import declare
from policies.planned import planned
from tests.contract.prefix_strategies import Data
from tests.contract.strategies import as_yaml, contracts

ROOT = Path(__file__).parents[2]
WRITTEN = [ROOT / "tests/contract/everything.yaml", *sorted(ROOT.glob("examples/*/contract.yaml"))]
LAW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def plan_of(environment: Environment) -> Plan:
    """What the project's own program would make at first."""

    def program() -> None:
        declare(environment)

    return record(program, project=environment.project, stack=environment.name)


Facts = dict[tuple[str, str], object]


def declared(estate: Estate) -> Facts:
    """All that an estate says of anything; of an account only what a contract wants of it."""
    return {
        (address, name): found
        for address, one in estate.postures.items()
        for name, found in (("what AWS calls it", one.name), *one.facts.items())
        if not all(isinstance(fact, Unset) for fact in one.facts.values())
    }


def assert_planned_as_intended(contract: Contract) -> None:
    for environment in contract.environments.values():
        estate = planned(plan_of(environment), account=environment.account)
        found, wanted = declared(estate), declared(intended(environment))

        stated = {one: fact for one, fact in wanted.items() if not isinstance(fact, Unset)}
        assert {one: (found.get(one), fact) for one, fact in stated.items() if found.get(one) != fact} == {}
        assert found.keys() == wanted.keys()
        assert not estate.missing


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.parent.name)
def test_a_written_contract_is_planned_as_intended(path: Path) -> None:
    """Every contract in this repository, the one that says everything among them."""
    assert_planned_as_intended(load(path))


@LAW
@given(contracts(most_buckets=2))
def test_any_contract_is_planned_as_intended(data: Data) -> None:
    """Each fact of each bucket, key, role, distribution and account: no value is lost or unknown."""
    assert_planned_as_intended(read(as_yaml(data), "contract.yaml"))
