"""What a contract intends is what is live once it is deployed, and the rules say of both lenses the same."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from audits.live import Looked
from audits.regions import as_regional
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.estate import READERS
from bucketwright.facets.reading import Asked, LiveFacet
from bucketwright.judging import judge
from bucketwright.posture import Circumstances, Estate, Unknown, Unset
from bucketwright.verdicts import Fails, Passes
from policies.planned import planned
from sandbox.server import Server
from tests.audits.sandboxed import ALL, WRITTEN, around_in, deploy, last_environment, seen
from tests.components.contracts import recorded
from tests.contract.prefix_strategies import Data
from tests.contract.strategies import as_yaml, contracts

LAW = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
UNTOLD = "this server cannot answer"
"""What the sandbox says of settings that it does not have."""


def differences(looked: Looked, around: Circumstances) -> dict[tuple[str, str], object]:
    """Each fact that is otherwise than the contract wants, of those that a server can tell."""
    wanted = around.intended
    assert wanted is not None
    return {
        (address, name): (fact, found)
        for address, posture in wanted.postures.items()
        for name, fact in posture.facts.items()
        if not isinstance(fact, Unset) and isinstance(READERS[posture.kind][1][name], LiveFacet)
        for found in (_fact(looked.estate, address, name),)
        if found != fact and not (isinstance(found, Unknown) and UNTOLD in found.reason)
    }


def _fact(estate: Estate, address: str, name: str) -> object:
    posture = estate.postures.get(address)
    return None if posture is None else posture.told(name)


def read_otherwise(looked: Looked) -> dict[tuple[str, str], object]:
    """Each fact that the same answers tell otherwise once all of them are there."""
    return {
        (address, name): (fact, found)
        for address, target in looked.targets.items()
        for name, fact in looked.estate.postures[address].facts.items()
        for facet in (READERS[target.kind][1][name],)
        if isinstance(facet, LiveFacet) and as_regional(facet) is None and not isinstance(fact, Unknown)
        for found in (facet.from_api(Asked(target, looked.outcomes, looked.refer(address))),)
        if found != fact
    }


def assert_live_as_intended(server: Server, contract: Contract) -> int:
    """How many verdicts two lenses agreed on."""
    around = around_in(contract, last_environment(contract))
    deploy(server, around)
    looked = seen(server, around)

    assert differences(looked, around) == {}
    assert read_otherwise(looked) == {}
    assert around.environment is not None
    assert not looked.undiscovered
    plan = planned(recorded(around.environment), account=around.environment.account)
    before, after = _decided(Estate("planned", plan.postures, plan.missing, around)), _decided(looked.estate)
    both = before.keys() & after.keys()
    assert {one: (before[one], after[one]) for one in both if before[one] != after[one]} == {}
    return len(both)


def _decided(estate: Estate) -> dict[tuple[str, str], str]:
    return {
        (one.rule.id, one.posture.address): type(one.verdict).__name__
        for one in judge(estate, ALL)
        if isinstance(one.verdict, Passes | Fails)
    }


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.parent.name)
def test_a_written_contract_is_live_as_intended(server: Server, path: Path) -> None:
    """Every contract in this repository, the one that says everything among them."""
    assert assert_live_as_intended(server, load(path)) > 100


@LAW
@given(data=contracts(most_buckets=2))
def test_any_contract_is_live_as_intended(server: Server, data: Data) -> None:
    """Each fact of each bucket, key, role, distribution, queue and account, read back by calls alone."""
    assert_live_as_intended(server, read(as_yaml(data), "contract.yaml"))
