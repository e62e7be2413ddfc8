"""What a contract wants, made in the sandbox, is what the live account says; what drifts can be put back."""

from collections.abc import Iterator
from typing import Final

import pytest

from bucketwright.facets.reading import LiveFacet
from bucketwright.facets.writing import SettableFacet
from bucketwright.posture import Unset
from sandbox.drifts import all_drifts, drift_named, inject
from tests.facets.live_account import LiveAccount
from tests.sandbox.drifts.contracts import roomy
from tests.sandbox.drifts.deploying import deployed, sandbox

LEFT_TO_OTHERS: Final = frozenset(
    {"account analyzers", "account policy_change_alarm", "account public_access_block"}
)
"""What this contract says nothing of."""
SETTABLE: Final = frozenset(
    {f"bucket.{one}" for one in ("cors", "intelligent_tiering", "inventory", "lifecycle", "logging")}
    | {f"bucket.{one}" for one in ("notifications", "replication", "website")}
    | {f"key.{one}" for one in ("aliases", "enabled", "policy", "rotation")}
    | {f"role.{one}" for one in ("boundary", "managed", "max_session", "policies", "trust")}
    | {"queue.policy"}
)
PUT_BACK: Final = [name for name in sorted(all_drifts()) if drift_named(name).changes <= SETTABLE]


@pytest.fixture(scope="module")
def live() -> Iterator[LiveAccount]:
    """A contract with room for every drift, deployed."""
    with sandbox() as server:
        account = LiveAccount(server, deployed(server, roomy()).environment)
        assert account.things
        assert account.addresses
        yield account


def test_everything_says_what_the_contract_wants(live: LiveAccount) -> None:
    """Every setting of every kind that can be read comes back as it was wanted, and needs no call."""
    seen = set()
    for thing, facets in live.things:
        for name, facet in facets.items():
            called = f"{thing.kind} {name}"
            if isinstance(facet, LiveFacet) and called not in LEFT_TO_OTHERS:
                told, wanted = live.read(facet, thing.target), facet.wanted(thing.scope)
                seen.add(called)

                assert told == wanted or isinstance(wanted, Unset), (called, thing.target.name)
                if isinstance(facet, SettableFacet):
                    assert facet.to_api(told, wanted, live.site(thing.target)) == ()
    assert len(seen) > 40


@pytest.mark.parametrize("name", PUT_BACK)
def test_what_drifted_can_be_put_back(live: LiveAccount, name: str) -> None:
    """The facts that a drift changes are not as wanted, and after the calls they are."""
    done = inject(drift_named(name), live.drifting)
    (thing, facets) = next(
        (thing, facets) for thing, facets in live.things if thing.scope.address == done.address
    )
    several = {fact: facets[fact.partition(".")[2]] for fact in sorted(drift_named(name).changes)}
    for facet in several.values():
        assert isinstance(facet, LiveFacet)
        assert live.read(facet, thing.target) != facet.wanted(thing.scope)

    for facet in several.values():
        assert isinstance(facet, LiveFacet)
        assert isinstance(facet, SettableFacet)
        before, wanted = live.read(facet, thing.target), facet.wanted(thing.scope)
        live.send(facet.to_api(before, wanted, live.site(thing.target)))
        assert live.read(facet, thing.target) == wanted
