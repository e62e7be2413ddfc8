"""Every example, deployed by the real engine, repaired by it, and taken away again."""

from pathlib import Path

import pytest

from sandbox.server import Server
from tests.engine.deploying import Target, stack_of
from tests.engine.drifts import DRIFTS, Drift
from tests.engine.live import live
from tests.engine.seeing import drift_of, kept_state

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("drift", DRIFTS, ids=lambda drift: f"{drift.contract}, {drift.called}")
def test_a_stack_is_deployed_drifts_is_repaired_and_goes(
    drift: Drift, aws: Server, engine: Path, tmp_path: Path
) -> None:
    """What a preview counts is made, stays as it is, is seen to drift, is repaired, and leaves nothing."""
    target = Target(drift.contract, drift.environment)
    clients, count = target.clients(aws), len(target.recorded().resources) + 1

    with stack_of(target, aws, engine, tmp_path) as stack:
        empty = live(aws, clients)
        assert stack.preview().change_summary == {"create": count}
        assert live(aws, clients) == empty

        assert stack.up().summary.resource_changes == {"create": count}
        whole = live(aws, clients)
        assert stack.up().summary.resource_changes == {"same": count}

        drift.does(clients)
        drifted, state = live(aws, clients), kept_state(tmp_path)
        assert drifted != whole
        assert [drift_of(stack), drift_of(stack)] == [drift.seen, drift.seen]
        assert (live(aws, clients), kept_state(tmp_path)) == (drifted, state)

        stack.up(refresh=True)
        assert live(aws, clients) == whole

        assert stack.destroy().summary.resource_changes == {"delete": count}
        assert live(aws, clients) == empty
