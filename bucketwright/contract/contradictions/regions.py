"""Are all regions of an environment in one partition, as an account is?"""

from collections.abc import Iterator

from bucketwright.contract.contradictions.scope import Scope
from bucketwright.contract.partitions import partition_of
from bucketwright.contract.problems import Fault, Path


def regions(scope: Scope) -> Iterator[Fault]:
    """Regions that no account of the environment's partition can use."""
    environment = scope.environment
    stated: list[tuple[Path, str | None]] = [(("compute_region",), environment.compute_region)]
    stated += [(("buckets", name, "region"), bucket.region) for name, bucket in environment.buckets.items()]
    for path, region in stated:
        if region is not None and partition_of(region) != environment.partition:
            message = f"{region} is in the partition {partition_of(region)}, {environment.region} in another"
            yield Fault(path, message, (), "an environment lies in one partition")
