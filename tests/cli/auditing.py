"""An audit on the command line, of a sandbox in which a small contract is deployed."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from click.testing import Result

from bucketwright.contract.loading import read
from sandbox.accounts import account_of
from sandbox.drifts import Live
from tests.cli.running import run
from tests.sandbox.drifts.deploying import deployed, sandbox

SMALL: Final = """\
project: small
region: us-west-2
environments: {prod: {account: "210987654321", account_block: true}}
buckets:
  notes: {versioning: enabled, prefixes: {notes: {path: notes/}}}
  letters:
    tags: {owner: post}
    prefixes: {old: {path: old/, expire: 9 days}}
"""


@contextmanager
def small_estate() -> Iterator[Live]:
    """The small contract, deployed in a sandbox of its own."""
    with sandbox() as server:
        yield deployed(server, read(SMALL, "contract.yaml").environments["prod"])


@dataclass(frozen=True)
class Audits:
    """The command, told where the sandbox is and where to keep its runs."""

    live: Live
    contract: Path
    runs: Path

    def __call__(self, *words: str, **environment: str) -> Result:
        """Run `audit` with these words."""
        clients = self.live.server.clients(
            account=account_of(self.live.environment), region=self.live.environment.region
        )
        names = dict.fromkeys(clients.unwanted, "")
        told = {**names, **clients.environment, **environment}
        return run("audit", *words, environment={**told, "BUCKETWRIGHT_CONTRACT": str(self.contract)})

    def stack(self, *words: str, **environment: str) -> Result:
        """Of the contract's only environment."""
        return self("prod", "--runs", str(self.runs), *words, **environment)

    def rows(self, *words: str) -> list[dict[str, Any]]:
        """The lines of `--format jsonl`."""
        return [json.loads(line) for line in self.stack("--format", "jsonl", *words).stdout.splitlines()]
