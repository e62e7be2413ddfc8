"""Every gap between moto and AWS is one, and the layer closes it."""

import pytest
from botocore.exceptions import BotoCoreError, ClientError

from sandbox.server import Clients
from sandbox.server.gaps import all_gaps
from tests.sandbox.server.asking import Probe
from tests.sandbox.server.probes_access import ACCESS_PROBES
from tests.sandbox.server.probes_configurations import CONFIGURATION_PROBES
from tests.sandbox.server.probes_documents import DOCUMENT_PROBES
from tests.sandbox.server.probes_objects import OBJECT_PROBES

PROBES = (*ACCESS_PROBES, *CONFIGURATION_PROBES, *DOCUMENT_PROBES, *OBJECT_PROBES)


def test_every_gap_has_a_probe() -> None:
    """The table of gaps and the probes name the same gaps, each once."""
    gaps = [gap.id for gap in all_gaps()]

    assert sorted(gaps) == sorted(probe.gap for probe in PROBES)
    assert len(set(gaps)) == len(gaps)


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.gap)
def test_the_layer_answers_as_aws(probe: Probe, clients: Clients, name: str) -> None:
    """What the sandbox answers is what AWS answers."""
    assert probe.ask(clients, name) == probe.aws


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.gap)
def test_moto_alone_does_not(probe: Probe, bare_moto: Clients, name: str) -> None:
    """Bare moto answers something else, or breaks; once it does not, the gap is to be removed."""
    try:
        answer = probe.ask(bare_moto, name)
    except (BotoCoreError, ClientError, LookupError):
        return

    assert answer != probe.aws, f"moto mends it: remove the gap {probe.gap}"
