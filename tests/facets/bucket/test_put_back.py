"""Whatever a live bucket drifts to is seen by its facets, and put back by their calls."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pytest

from bucketwright.facets.bucket import FACETS, acl
from bucketwright.facets.reading import LiveFacet, Target
from bucketwright.facets.writing import SettableFacet, Unsettable
from sandbox.drifts import all_drifts, drift_named, inject
from sandbox.server import Server
from tests.facets.live import asked, sender
from tests.facets.live_account import LiveAccount
from tests.sandbox.drifts.contracts import roomy
from tests.sandbox.drifts.deploying import deployed

ORDER: Final = (
    "acl", "policy", "abac", "acceleration", "blocks_sse_c", "encryption", "object_lock", "ownership",
    "public_access_block", "requester_pays", "tags", "versioning",
)  # fmt: skip
"""ACLs and policies before what keeps any more of them out."""
PUT_BACK: Final = sorted(
    name
    for name, drift in all_drifts().items()
    if drift.changes <= {f"bucket.{one}" for one in ORDER} and name != "versioning-turned-on"
)
READ: Final = {
    name: facet for name, facet in FACETS.items() if isinstance(facet, LiveFacet) and name in ORDER
}


@pytest.fixture(scope="module")
def live(server: Server) -> LiveAccount:
    """A contract with room for every drift, deployed."""
    account = LiveAccount(server, deployed(server, roomy()).environment)
    assert account.addresses
    return account


def facts(live: LiveAccount, target: Target) -> Mapping[str, object]:
    """All that the bucket says."""
    return {name: live.read(facet, target) for name, facet in READ.items()}


def put_back(
    live: LiveAccount, target: Target, before: Mapping[str, object], wanted: Mapping[str, Any]
) -> None:
    owner = acl.owner_of(asked(sender(live.server, live.number), target, acl.READS))
    site = replace(live.site(target), facts=wanted, owner=owner)
    for name in ORDER:
        facet = FACETS[name]
        assert isinstance(facet, SettableFacet)
        live.send(facet.to_api(before[name], wanted[name], site))


@pytest.mark.parametrize("name", PUT_BACK)
def test_what_drifted_can_be_put_back(live: LiveAccount, name: str) -> None:
    """What the drift changes, and nothing else, is not as wanted; after the calls all of the bucket is."""
    done = inject(drift_named(name), live.drifting)
    thing, _ = next((thing, facets) for thing, facets in live.things if thing.scope.address == done.address)
    wanted = {one: facet.wanted(thing.scope) for one, facet in FACETS.items() if one in READ}
    drifted = facts(live, thing.target)
    put_back(live, thing.target, drifted, wanted)

    assert {f"bucket.{one}" for one in wanted if drifted[one] != wanted[one]} == drift_named(name).changes
    assert facts(live, thing.target) == wanted


def test_versions_cannot_be_unwanted(live: LiveAccount) -> None:
    """S3 has no call for it, and that is said instead of suspending them."""
    done = inject(drift_named("versioning-turned-on"), live.drifting)
    thing, _ = next((thing, facets) for thing, facets in live.things if thing.scope.address == done.address)
    drifted = facts(live, thing.target)

    with pytest.raises(Unsettable, match="it can suspend it"):
        put_back(live, thing.target, drifted, {**drifted, "versioning": "Disabled"})
