"""What `bucketwright plan` shows, recorded without an engine, is what the engine does."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pulumi.automation import Stack

from bucketwright.plan import Resource
from sandbox.engine import engine_stack
from sandbox.server import Server
from tests.engine.deploying import Target
from tests.engine.engine_plan import engine_plan

pytestmark = pytest.mark.engine

STACK = "any"
PROVIDER = "pulumi:providers:aws"
PUBLIC_KEY = "aws:cloudfront/publicKey:PublicKey"
ADDED = {PROVIDER: {"version", "__internal"}, PUBLIC_KEY: {"name"}}
"""What the engine, or the provider on its demand, adds to what a program says."""
CONTRACTS = [
    Target("stacks/contract.yaml", "dev"),
    Target("stacks/contract.yaml", "prod"),
    Target("examples/app-prefixes/contract.yaml", "prod"),
    Target("examples/case-operations/contract.yaml", "prod"),
    Target("examples/checkpoints/contract.yaml", "prod"),
    Target("examples/file-storage/contract.yaml", "prod"),
    Target("examples/upload-sessions/contract.yaml", "prod"),
    Target("tests/contract/everything.yaml", "dev"),
]


@pytest.fixture(scope="module")
def stack(sandbox: Server, engine: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack that is only ever previewed, so that nothing is left from one test to the next."""
    with engine_stack(sandbox, tmp_path_factory.mktemp("engine"), engine, STACK, {}) as opened:
        yield opened


@pytest.mark.parametrize("target", CONTRACTS, ids=lambda target: f"{target.contract} {target.name}")
def test_the_engine_plans_what_the_recorder_shows(target: Target, stack: Stack, tmp_path: Path) -> None:
    """The same resources below the same parents, told the same, waiting for the same, equally protected."""
    engines = engine_plan(stack, target, tmp_path / "plan.json")
    recorded = {one.urn: one for one in target.recorded(STACK).resources}

    assert engines.keys() == recorded.keys()
    assert {urn: _without_added(one) for urn, one in engines.items()} == recorded
    assert _added(engines, recorded) == {kind: ADDED[kind] for kind in _kinds(engines) & ADDED.keys()}


def _without_added(one: Resource) -> Resource:
    added = ADDED.get(one.type, set())
    return replace(one, inputs={name: value for name, value in one.inputs.items() if name not in added})


def _added(engines: Mapping[str, Resource], recorded: Mapping[str, Resource]) -> dict[str, set[str]]:
    more = {one.type: set(one.inputs) - set(recorded[urn].inputs) for urn, one in engines.items()}
    return {kind: names for kind, names in more.items() if names}


def _kinds(resources: Mapping[str, Resource]) -> set[str]:
    return {one.type for one in resources.values()}
