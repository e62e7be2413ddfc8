"""An account for the tests of adoption: postures, and what is answered, without any server."""

from datetime import date
from typing import Final

from bucketwright.adopting.found import Live, Naming
from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture, RolePosture
from bucketwright.intended import intended
from bucketwright.posture import Estate

DAY: Final = date(2026, 6, 1)


def live(environment: Environment) -> Live:
    """What is live where an environment was deployed, and nobody changed anything."""
    estate = intended(environment)
    buckets = {one.address.partition(":")[2]: one.name for one in estate.every(BucketPosture)}
    roles = tuple(
        identifier
        for one in estate.every(RolePosture)
        if "/" not in (identifier := one.address.partition(":")[2])
    )
    naming = Naming(
        environment.project, environment.name, environment.region, environment.account or "", buckets, roles
    )
    return Live(naming, Estate("live", estate.postures), {}, DAY)
