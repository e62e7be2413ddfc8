"""Whom does a key of ours let in beside roles of the account? Its policy then has to name the account."""

import pytest
from hypothesis import HealthCheck, given, settings

from bucketwright.contract.access.key_policy import beyond_roles, key_policy
from bucketwright.contract.access.keys import has_own_key
from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from tests.contract.access.encrypted import PARTNERS, SERVICE, encrypted, lent, statements
from tests.contract.access.environments import ACCOUNT
from tests.contract.access.test_key_deliveries import delivered
from tests.contract.prefix_strategies import Data
from tests.contract.strategies import as_yaml, contracts


@pytest.mark.parametrize(
    ("subject", "visitors"),
    [
        pytest.param(encrypted(), (), id="nobody"),
        pytest.param(encrypted(app={"trusts": "lambda.amazonaws.com", "read": "files/a"}), (), id="a role"),
        pytest.param(encrypted(one={**PARTNERS, "read": "files/a"}), ("access.one",), id="another account"),
        pytest.param(encrypted(one={**PARTNERS, "read": "more/*"}), (), id="who reads elsewhere"),
        pytest.param(encrypted(one={**PARTNERS, "list": "files/a"}), (), id="who lists"),
        pytest.param(encrypted(one={**SERVICE, "write": "files/a"}), ("access.one",), id="a service"),
        pytest.param(
            encrypted(more={"inventory": {"to": "files"}}), ("the inventory",), id="inventory of another"
        ),
        pytest.param(delivered("kms"), ("CloudFront",), id="a distribution"),
        pytest.param(encrypted(more={"inventory": {"to": "more"}}), (), id="inventory elsewhere"),
    ],
)
def test_who_a_key_lets_in_beside_the_account(subject: Environment, visitors: tuple[str, ...]) -> None:
    """Those for whom its policy has a statement more than the account's own."""
    assert beyond_roles(subject, "files") == visitors
    assert bool(lent(subject)) == bool(visitors)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contracts())
def test_a_key_policy_has_more_than_the_account_where_somebody_is_let_in(data: Data) -> None:
    """Whoever is named is in the policy, and nobody else."""
    for subject in read(as_yaml(data), "contract.yaml").environments.values():
        known = subject.model_copy(update={"account": ACCOUNT})
        for bucket_id, bucket in known.buckets.items():
            if has_own_key(bucket):
                written = statements(key_policy(known, bucket_id))
                assert (len(written) > 1) == bool(beyond_roles(known, bucket_id))
