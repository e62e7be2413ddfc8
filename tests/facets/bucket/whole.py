"""Whole buckets: all of a contract, and the plan of one with all its settings."""

from collections.abc import Iterator

from bucketwright.contract.model import Contract
from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.facet import Planned
from tests.facets.plans import declared_plan, resolve


def scopes(contract: Contract) -> Iterator[BucketScope]:
    """Every bucket of every environment."""
    for environment in contract.environments.values():
        for bucket_id in environment.buckets:
            yield BucketScope(environment, bucket_id)


def whole_plan(scope: BucketScope) -> Planned:
    """The plan of one bucket with all its settings."""
    wanted = {name: facet.wanted(scope) for name, facet in FACETS.items()}
    return declared_plan(
        one for name, facet in FACETS.items() for one in facet.to_args(wanted[name], resolve)
    )
