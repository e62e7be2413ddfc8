"""Whatever goes wrong while it asks, an audit keeps its word; a seed gives what goes wrong."""

from collections.abc import Iterator

import pytest

from tests.faults.auditing import Stage
from tests.faults.estate import LiveEstate, estate
from tests.faults.schedules import KINDS, Schedule, schedule, toxic
from tests.faults.trials import Trial
from tests.servers.toxiproxy import toxiproxy

SEEDS = range(16)
"""As many as keep this file quick; `make faults` tries hundreds."""
TOXIC = range(5)


@pytest.fixture(scope="module")
def live() -> Iterator[LiveEstate]:
    """One estate for all schedules."""
    with estate() as made:
        yield made


@pytest.fixture(scope="module")
def trial(live: LiveEstate, tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Nothing but the proxy before it."""
    return Trial(Stage(live, tmp_path_factory.mktemp("faults")))


@pytest.fixture(scope="module")
def weak(live: LiveEstate, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """The same behind a network that can be at fault."""
    with toxiproxy() as network:
        yield Trial(Stage(live, tmp_path_factory.mktemp("toxins"), network))


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_lost_invented_or_left_open(trial: Trial, seed: int) -> None:
    """Findings, files, exit code, time and requests are as they have to be."""
    assert list(trial.violations(schedule(seed))) == []


@pytest.mark.parametrize("seed", TOXIC)
def test_a_bad_network_changes_nothing_but_what_is_known(weak: Trial, seed: int) -> None:
    """Latency, narrow bands, broken and cut connections, and none at all."""
    assert list(weak.violations(toxic(seed))) == []


def test_a_seed_is_a_schedule() -> None:
    """The same each time; eight that follow each other are of all kinds."""
    assert [schedule(seed) for seed in SEEDS] == [schedule(seed) for seed in SEEDS]
    assert {schedule(seed).kind for seed in range(8)} == set(KINDS)
    assert len({_what(schedule(seed)) for seed in range(200)}) > 180


def _what(one: Schedule) -> str:
    return str((one.extent, one.wrongs, one.events))
