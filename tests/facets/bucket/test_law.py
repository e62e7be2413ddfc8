"""What a contract wants of a bucket, declared by a program, is what the plan of that program says."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.facets.bucket import FACETS
from bucketwright.posture import Unknown, Unset
from tests.contract.prefix_strategies import Data
from tests.contract.strategies import as_yaml, contracts
from tests.facets.bucket.whole import scopes, whole_plan

ROOT = Path(__file__).parents[3]
WRITTEN = [
    ROOT / "tests/contract/everything.yaml",
    ROOT / "stacks/contract.yaml",
    *ROOT.glob("examples/*/*.yaml"),
]
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

BY_HAND = {"mfa_delete"}
"""What no program can make: S3 wants the root user's device with the request that turns MFA delete on."""


def assert_round_trip(contract: Contract) -> None:
    for scope in scopes(contract):
        planned = whole_plan(scope)
        for name, facet in FACETS.items():
            said, wanted = facet.from_plan(planned), facet.wanted(scope)
            if isinstance(said, Unset):
                assert wanted == facet.FRESH or name in BY_HAND, (name, wanted)
            else:
                assert said == wanted, (name, said, wanted)
                assert name not in BY_HAND


@LAW
@given(contracts())
def test_a_plan_says_what_the_contract_wants(data: Data) -> None:
    """Every facet of every bucket comes back as it was wanted, or is fresh and left unsaid."""
    assert_round_trip(read(as_yaml(data), "contract.yaml"))


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_plan_of_a_written_contract_says_what_it_wants(path: Path) -> None:
    """The same of every contract in this repository, the one that says everything among them."""
    assert_round_trip(load(path))


def test_one_setting_is_wanted_that_no_program_can_make() -> None:
    """A plan leaves MFA delete unsaid, and all else of the bucket is as wanted."""
    contract = read(
        "project: demo\nenvironments: {dev: {}}\n"
        "buckets: {files: {versioning: enabled, mfa_delete: true, prefixes: {a: {path: a/}}}}\n",
        "contract.yaml",
    )
    (scope,) = scopes(contract)

    assert_round_trip(contract)
    assert FACETS["mfa_delete"].wanted(scope) is True
    assert isinstance(FACETS["mfa_delete"].from_plan(whole_plan(scope)), Unset)


@LAW
@given(contracts())
def test_wanting_is_knowing(data: Data) -> None:
    """A contract leaves nothing open: what it wants is a value, and the same each time it is asked for."""
    for scope in scopes(read(as_yaml(data), "contract.yaml")):
        for facet in FACETS.values():
            wanted = facet.wanted(scope)

            assert not isinstance(wanted, Unset | Unknown)
            assert wanted == facet.wanted(scope)
