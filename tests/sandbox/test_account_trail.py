"""The trail that every account of the sandbox has, as accounts of an organisation do."""

from collections.abc import Iterator

import pytest
import yaml

from bucketwright.contract.model import Environment
from sandbox.account_trail import ARCHIVE, TRAIL, make_trail
from sandbox.server import Server, serving

ACCOUNT = "123456789012"


@pytest.fixture
def server() -> Iterator[Server]:
    """An empty sandbox."""
    with serving() as running:
        running.reset()
        yield running
        running.reset()


def environment(region: str) -> Environment:
    """An environment there, of no bucket."""
    text = f"{{project: p, name: dev, account: '{ACCOUNT}', region: {region}, buckets: {{}}}}"
    return Environment.model_validate(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("region", "partition"), [("us-east-1", "aws"), ("eu-west-1", "aws"), ("cn-north-1", "aws-cn")]
)
def test_it_records_everything_where_nobody_here_can_change_it(
    server: Server, region: str, partition: str
) -> None:
    """Management and object events of every region; its bucket is another account's."""
    arn = make_trail(server, environment(region))
    trails = server.clients(account=ACCOUNT, region=region).client("cloudtrail")
    trail = trails.get_trail(Name=arn)["Trail"]
    selectors = trails.get_event_selectors(TrailName=arn)["EventSelectors"]
    objects = [{"Type": "AWS::S3::Object", "Values": [f"arn:{partition}:s3"]}]

    assert arn == f"arn:{partition}:cloudtrail:{region}:{ACCOUNT}:trail/{TRAIL}"
    assert (trail["IsMultiRegionTrail"], trail["LogFileValidationEnabled"]) == (True, True)
    assert trails.get_trail_status(Name=arn)["IsLogging"]
    assert [(one["IncludeManagementEvents"], one["DataResources"]) for one in selectors] == [(True, objects)]
    assert [(one["name"], one["account"]) for one in server.buckets()] == [(trail["S3BucketName"], ARCHIVE)]


def test_one_that_is_there_is_left_as_it_is(server: Server) -> None:
    """What somebody did to it is not undone by a deployment; one that was deleted is made again."""
    where = environment("eu-west-1")
    arn = make_trail(server, where)
    trails = server.clients(account=ACCOUNT, region="eu-west-1").client("cloudtrail")
    trails.stop_logging(Name=arn)

    assert make_trail(server, where) == arn
    assert not trails.get_trail_status(Name=arn)["IsLogging"]
    trails.delete_trail(Name=TRAIL)
    assert make_trail(server, where) == arn
    assert trails.get_trail_status(Name=arn)["IsLogging"]
