"""Who records what happens in an account? Its owner, by a trail that no contract makes.

The log goes to a bucket of another account, so that nobody who works in this one can change it.
"""

from contextlib import suppress
from typing import Final

from bucketwright.contract.model import Environment
from bucketwright.contract.partitions import partition_of
from sandbox.accounts import account_of
from sandbox.regions import located
from sandbox.server.clients import Server

ARCHIVE: Final = "888877776666"
"""The account that keeps the logs of all accounts."""
TRAIL: Final = "all-events"


def make_trail(server: Server, environment: Environment) -> str:
    """The ARN of the account's trail of all events in every region; one that is there is left as it is."""
    region, account = environment.region, account_of(environment)
    trails = server.clients(account=account, region=region).client("cloudtrail")
    arn = f"arn:{partition_of(region)}:cloudtrail:{region}:{account}:trail/{TRAIL}"
    if arn not in {one["TrailARN"] for one in trails.list_trails()["Trails"]}:
        name = f"{TRAIL}-{account}-{region}"
        archive = server.clients(account=ARCHIVE, region=region).client("s3")
        with suppress(archive.exceptions.BucketAlreadyOwnedByYou):
            archive.create_bucket(Bucket=name, **located(region))
        trails.create_trail(
            Name=TRAIL, S3BucketName=name, IsMultiRegionTrail=True, EnableLogFileValidation=True
        )
        trails.put_event_selectors(TrailName=TRAIL, EventSelectors=[_everything(partition_of(region))])
        trails.start_logging(Name=TRAIL)
    return arn


def _everything(partition: str) -> dict[str, object]:
    """Management events, and those about objects of every bucket."""
    objects = {"Type": "AWS::S3::Object", "Values": [f"arn:{partition}:s3"]}
    return {"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": [objects]}
