"""Users of a MinIO that runs for a test, made by its own command line, with policies of a contract."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from tests.servers.processes import NotRunningError
from tests.servers.running import KEY, SECRET, Running, needed_peer


def make_user(server: Running, name: str, secret: str, policies: Sequence[Mapping[str, object]]) -> None:
    """One that may do what these policies say."""
    _told(server, "user", "add", "it", name, secret)
    for number, document in enumerate(policies):
        file = server.folder.parent / f"{name}-{number}.json"
        file.write_text(json.dumps(document))
        _told(server, "policy", "create", "it", file.stem, str(file))
        _told(server, "policy", "attach", "it", file.stem, "--user", name)


def _told(server: Running, *words: str) -> None:
    """What mc is told of it; NotRunningError where it does not do that."""
    environment = {
        "MC_HOST_it": f"http://{KEY}:{SECRET}@{urlsplit(server.url).netloc}",
        "HOME": str(server.folder.parent),
        "PATH": os.environ.get("PATH", os.defpath),
    }
    told = subprocess.run(  # noqa: S603 - a tool of the benches
        [needed_peer("mc"), "--json", "admin", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise NotRunningError(f"mc admin {words[0]} {words[1]}: {told.stdout}{told.stderr}")
