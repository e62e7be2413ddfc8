"""What facets declare is what the installed provider SDK takes: its types, its names, its nesting."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.facets.tokens import BUCKET
from sandbox.provider.schema import violations
from tests.contract.prefix_strategies import Data
from tests.contract.strategies import as_yaml, contracts
from tests.facets.bucket.whole import scopes, whole_plan

EVERYTHING = Path(__file__).parents[2] / "contract" / "everything.yaml"
SOME = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def refused(contract: Contract) -> dict[str, list[str]]:
    """Everything the SDK would not take, by the name of the bucket."""
    found: dict[str, list[str]] = {}
    for scope in scopes(contract):
        planned = whole_plan(scope)
        for one in (planned.resource, *planned.parts):
            inputs = one.inputs if one.kind == BUCKET else {**one.inputs, "bucket": scope.name}
            found.setdefault(scope.name, []).extend(violations(one.kind, inputs))
    return {name: faults for name, faults in found.items() if faults}


def test_the_contract_that_says_everything_is_taken() -> None:
    """No name is misspelled, none stands in the wrong place."""
    assert refused(load(EVERYTHING)) == {}


@SOME
@given(contracts())
def test_every_contract_is_taken(data: Data) -> None:
    """The same of whatever else a contract can say."""
    assert refused(read(as_yaml(data), "contract.yaml")) == {}


@pytest.mark.parametrize(
    "inputs",
    [{"bucket": "a", "versioningConfiguration": {"state": "Enabled"}}, {"bucket": "a", "status": "Enabled"}],
    ids=["a misspelled name", "a wrong place"],
)
def test_what_the_sdk_does_not_know_is_refused(inputs: dict[str, object]) -> None:
    """The check itself can fail."""
    assert violations("aws:s3/bucketVersioning:BucketVersioning", inputs) != []
