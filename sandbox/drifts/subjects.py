"""To what can a drift happen? To what the contract declares, picked by what it declares of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bucketwright.contract.access.quarantine import quarantines
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name, bucket_region
from bucketwright.contract.placement import Place, places
from bucketwright.facets.bucket_scope import BucketScope
from bucketwright.facets.scopes import (
    AccountScope,
    DistributionScope,
    KeyScope,
    RoleScope,
    distribution_scopes,
    key_scopes,
    role_scopes,
)
from bucketwright.posture import reference
from sandbox.drifts.drift import On


@dataclass(frozen=True, slots=True)
class PrefixScope:
    """One prefix of one bucket."""

    environment: Environment
    place: Place

    @property
    def address(self) -> str:
        """Its contract address."""
        return reference("prefix", self.place.address)

    @property
    def bucket_id(self) -> str:
        """The bucket it lies in."""
        return self.place.bucket_id

    @property
    def name(self) -> str:
        """The name of that bucket."""
        return bucket_name(self.environment, self.bucket_id)

    @property
    def region(self) -> str:
        """Where that bucket is."""
        return bucket_region(self.environment, self.bucket.bucket)

    @property
    def bucket(self) -> BucketScope:
        """That bucket."""
        return BucketScope(self.environment, self.bucket_id)


def buckets(needs: str, fits: Callable[[BucketScope], bool] = lambda _: True) -> On[BucketScope]:
    """Buckets of which something is declared."""

    def within(environment: Environment) -> Iterator[BucketScope]:
        scopes = (BucketScope(environment, bucket_id) for bucket_id in environment.buckets)
        return (scope for scope in scopes if fits(scope))

    return On(needs, within)


def prefixes(needs: str, fits: Callable[[PrefixScope], bool]) -> On[PrefixScope]:
    """Prefixes of which something is declared, in buckets where anybody may put and delete objects."""

    def within(environment: Environment) -> Iterator[PrefixScope]:
        for bucket_id, bucket in environment.buckets.items():
            if bucket.purpose == "data" and bucket.object_lock is None:
                scopes = (PrefixScope(environment, place) for place in places(environment, bucket_id))
                yield from (one for one in scopes if one.place.prefix.quarantine is None and fits(one))

    return On(needs, within)


def in_quarantine() -> On[PrefixScope]:
    """Prefixes where uploads wait for a scan."""
    return On(
        "a quarantine",
        lambda environment: (PrefixScope(environment, place) for place in quarantines(environment)),
    )


def keys() -> On[KeyScope]:
    """KMS keys that the contract makes."""
    return On("a bucket with a KMS key of its own", key_scopes)


def roles(needs: str, fits: Callable[[RoleScope], bool] = lambda _: True) -> On[RoleScope]:
    """Roles of which something is declared."""
    return On(needs, lambda environment: filter(fits, role_scopes(environment)))


def distributions(
    needs: str, fits: Callable[[DistributionScope], bool] = lambda _: True
) -> On[DistributionScope]:
    """Distributions of which something is declared."""
    return On(needs, lambda environment: filter(fits, distribution_scopes(environment)))


def account(needs: str, fits: Callable[[Environment], bool] = lambda _: True) -> On[AccountScope]:
    """The account of an environment of which something is declared."""
    return On(needs, lambda environment: [AccountScope(environment)] if fits(environment) else [])
