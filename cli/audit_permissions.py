"""`bucketwright audit permissions`: the least policy that an audit needs."""

from pathlib import Path

from bucketwright.contract.partitions import partition_of
from bucketwright.contract.words import Profile
from bucketwright.looking.permissions import least_policy
from cli.audit_extent import Extent, judges, scopes
from cli.clock import now
from cli.exits import Exit
from cli.output import Output


def run_permissions(
    output: Output, contract: tuple[str | None, Path | None], profile: Profile | None, *, objects: bool
) -> Exit:
    """The policy, in JSON."""
    stack, named = contract
    by = judges(stack or "", named, profile, now(), output)
    [scope] = scopes(Extent(stack=stack or "", objects=objects), by).values()
    output.json(least_policy(scope, partition_of(scope.home)), indent=2)
    return Exit.CLEAN
