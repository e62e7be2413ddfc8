"""The program calls a role's policies as an audit and a fix know them again."""

from datetime import UTC, datetime

import pytest

from bucketwright.circumstances import circumstances
from bucketwright.contract.loading import load, read
from bucketwright.contract.model import Contract
from bucketwright.estate import RolePosture
from bucketwright.facets.attachments import POLICY
from bucketwright.facets.role.policies import Policies
from tests.components.contracts import CONTRACTS, recorded

FOLDERS = [f"a-folder-with-a-rather-long-name-{number}" for number in range(200)]
LARGE = f"""
project: shop
region: eu-west-1
environments: {{prod: {{}}}}
buckets:
  files:
    prefixes: {{{", ".join(f'{one}: {{path: "{one}/", keep: forever}}' for one in FOLDERS)}}}
access:
  loader: {{trusts: ecs-tasks.amazonaws.com, write: [{", ".join(f"files/{one}" for one in FOLDERS[1:])}]}}
"""


@pytest.mark.parametrize(
    ("contract", "most"),
    [
        pytest.param(load(CONTRACTS["everything"]), 1, id="a document each"),
        pytest.param(read(LARGE, "contract.yaml"), 2, id="several of one role"),
    ],
)
def test_every_policy_is_called_as_the_fact_calls_its_document(contract: Contract, most: int) -> None:
    """Of all roles of an environment."""
    environment = tuple(contract.environments)[-1]
    intended = circumstances(contract, datetime(2026, 6, 1, tzinfo=UTC))[environment].intended
    assert intended is not None
    told = [role.told("policies") for role in intended.every(RolePosture)]
    documents = [[one.name for one in held.documents] for held in told if isinstance(held, Policies)]

    made = [str(one.inputs["name"]) for one in recorded(contract.environments[environment]).of_kind(POLICY)]
    assert sorted(name for names in documents for name in names) == sorted(made)
    assert max(map(len, documents)) >= most
