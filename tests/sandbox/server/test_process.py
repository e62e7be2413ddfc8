"""The sandbox in a process of its own."""

import json
import signal
import subprocess
import sys

import pytest

from sandbox.server import connect
from tests.sandbox.server.asking import ACCOUNT, REGION


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_ends_when_told(ending: signal.Signals) -> None:
    """One line tells address and token; the signal ends it cleanly, having said nothing more."""
    command = [sys.executable, "-m", "sandbox.server"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        server = connect(said["url"], said["token"])
        identity = server.clients(account=ACCOUNT, region=REGION).client("sts").get_caller_identity()
        process.send_signal(ending)
        rest, errors = process.communicate(timeout=20)

    assert identity["Account"] == ACCOUNT
    assert (process.returncode, rest, errors) == (0, "", "")
    assert not server.healthy()
