"""What a contract wants of a bucket, made in the sandbox, is what the live bucket says."""

from pathlib import Path
from typing import Final

import pytest

from bucketwright.contract.loading import load
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.reading import LiveFacet
from sandbox.materialise import materialise
from sandbox.server import Server
from sandbox.strangers import make_strangers
from tests.facets.live import bucket
from tests.facets.live_account import LiveAccount

ROOT: Final = Path(__file__).parents[3]
WRITTEN: Final = sorted(ROOT.glob("examples/*/contract.yaml"))
UNSERVED: Final = frozenset({"metadata_tables"})
"""What the sandbox cannot answer."""


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.parent.name)
def test_a_live_bucket_says_what_the_contract_wants(server: Server, path: Path) -> None:
    """Every setting that can be read comes back as it was wanted."""
    environment = load(path).environments["prod"]
    server.reset()
    make_strangers(server, environment)
    materialise(server, environment)
    account = LiveAccount(server, environment)

    for scope in (BucketScope(environment, bucket_id) for bucket_id in environment.buckets):
        live = bucket(scope.name, scope.region, account.number)
        for name, facet in FACETS.items():
            if isinstance(facet, LiveFacet) and name not in UNSERVED:
                assert account.read(facet, live) == facet.wanted(scope), name
