"""How is a drift made to happen? To the first thing it can happen to, or in the bucket that was named."""

from botocore.exceptions import ClientError

from bucketwright.contract.model import Environment
from bucketwright.plain_text import did_you_mean, shown
from sandbox.drifts.drift import Candidate, Drift, Injected, Live, NoRoomError, WrongNameError
from sandbox.server.clients import SandboxError


class RefusedDriftError(SandboxError):
    """The sandbox refuses one of the calls, as AWS would."""


def inject(drift: Drift, live: Live, bucket_id: str | None = None) -> Injected:
    """Make it happen; NoRoomError where the contract, or that bucket, has nothing it can happen to."""
    found = candidates(drift, live.environment, bucket_id)
    if not found:
        who = live.environment.name if bucket_id is None else f"bucket {bucket_id}"
        raise NoRoomError(f"{drift.name} needs {drift.needs}; {who} has nothing of the kind")
    try:
        return found[0].inject(live)
    except ClientError as refused:
        raise RefusedDriftError(f"{drift.name} at {found[0].address}: {refused}") from None


def candidates(drift: Drift, environment: Environment, bucket_id: str | None = None) -> tuple[Candidate, ...]:
    """What it can happen to, anywhere or in one bucket; WrongNameError where there is no such bucket."""
    found = drift.candidates(environment)
    if bucket_id is None:
        return found
    if bucket_id not in environment.buckets:
        hint = did_you_mean(bucket_id, environment.buckets) or f"there are: {', '.join(environment.buckets)}"
        raise WrongNameError(f"{environment.name} has no bucket {shown(bucket_id)}; {hint}")
    return tuple(one for one in found if one.bucket_id == bucket_id)
