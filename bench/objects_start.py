"""How much does a program compute before it sends its first request? Counted when that arrives."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from bench.objects_filled import environment_for
from bench.processes import run
from bench.promise import Promise

ROUNDS: Final = 5
_SESSION: Final = """
import botocore.session
botocore.session.get_session().get_credentials().get_frozen_credentials()
"""
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_MOST_TIMES: Final = 1.5
_PATIENCE: Final = 60.0


def measure(rounds: int = ROUNDS) -> list[Promise]:
    """Against the import of the SDK's session and the loading of credentials, all in CPU seconds."""
    ours = ("-m", "bench.objects_ours", "any-bucket")
    audit = ("-m", "bucketwright", "audit", "--bucket", "any-bucket", "--objects", "full", "--no-keep")
    taken: dict[str, list[float]] = {"SDK's session": [], "engine": [], "audit": []}
    for _ in range(rounds):
        os.environ.update({"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"})
        taken["SDK's session"].append(run("-c", _SESSION).cpu_seconds)
        taken["engine"].append(until_first_request(ours))
        taken["audit"].append(until_first_request(audit))
    medians = {name: median(several) for name, several in taken.items()}
    for name, seconds in medians.items():
        print(f"  {name:20} {seconds:5.2f} CPU-s before the first request")
    session = medians.pop("SDK's session")
    return [
        Promise(
            f"{name}: CPU before its first request against the SDK's session",
            own / session,
            _MOST_TIMES,
            "times",
        )
        for name, own in medians.items()
    ]


def until_first_request(words: Sequence[str]) -> float:
    """The CPU seconds of a Python program until it connects to the server that it is told of."""
    with socket.create_server(("127.0.0.1", 0)) as listening, tempfile.TemporaryDirectory() as folder:
        listening.settimeout(_PATIENCE)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with subprocess.Popen(
            [sys.executable, *words],
            env=environment_for(url),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                connection, _ = listening.accept()
                with connection:
                    connection.recv(1)
                    return _cpu_seconds(process.pid)
            finally:
                process.kill()


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
