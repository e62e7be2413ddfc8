"""What a plan says of an account: what it makes there, and nothing of what it does not speak of."""

import pytest

from bucketwright.estate import AccountPosture, TrailPosture
from bucketwright.facets.account.analyzers import Analyzer
from bucketwright.facets.account.policy_change_alarm import CHANGES, Watch
from bucketwright.facets.account.public_access_block import KIND as BLOCK
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.tokens import ALARM, ANALYZER, LOG_GROUP, METRIC_FILTER, TRAIL
from bucketwright.posture import Estate, Unknown, Unsaid
from policies.planned import planned
from tests.policies.programs import LATER, Program

ACCOUNT = "111122223333"
CLOSED = dict.fromkeys(
    ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"), True
)
COUNTED = {"name": "Changes", "namespace": "S3", "value": "1"}
LOUD = {
    "metricName": "Changes",
    "namespace": "S3",
    "statistic": "Sum",
    "comparisonOperator": "GreaterThanOrEqualToThreshold",
    "threshold": 1.0,
    "evaluationPeriods": 1.0,
    "alarmActions": [LATER],
}
COUNTING = {"pattern": "{ $.eventSource = s3.amazonaws.com }", "metricTransformation": COUNTED}
SETTINGS = {"public_access_block", "analyzers", "policy_change_alarm"}


def read(program: Program) -> Estate:
    return planned(program.plan, account=ACCOUNT)


@pytest.mark.parametrize(
    ("kind", "inputs", "fact", "value"),
    [
        pytest.param(BLOCK, CLOSED, "public_access_block", PublicAccessBlock(), id="a block"),
        pytest.param(
            ANALYZER,
            {"analyzerName": "outside", "region": "eu-west-1"},
            "analyzers",
            frozenset({Analyzer("ACCOUNT", "eu-west-1")}),
            id="an analyzer",
        ),
        pytest.param(
            METRIC_FILTER,
            {"logGroupName": "trail", **COUNTING},
            "policy_change_alarm",
            frozenset({Watch("trail", CHANGES, alarmed=False)}),
            id="a filter",
        ),
    ],
)
def test_what_a_plan_makes_in_its_account_is_told(
    kind: str, inputs: dict[str, object], fact: str, value: object
) -> None:
    """Of all else it says nothing, which is told as well: others may have made it."""
    program = Program()
    program.make(kind, "one", inputs)
    found = read(program).only(AccountPosture)

    assert (found.address, found.name) == (f"account:{ACCOUNT}", ACCOUNT)
    assert found.told(fact) == value
    assert {name for name in SETTINGS if isinstance(found.told(name), Unsaid)} == SETTINGS - {fact}


@pytest.mark.parametrize("kind", [TRAIL, ALARM], ids=["a trail", "an alarm"])
def test_what_says_nothing_of_an_account_by_itself(kind: str) -> None:
    """The account is there, so that a rule can say that it does not apply."""
    program = Program()
    program.make(kind, "one", {"s3BucketName": "audit"})
    found = read(program).only(AccountPosture)

    assert {name for name in SETTINGS if isinstance(found.told(name), Unsaid)} == SETTINGS


@pytest.mark.parametrize(
    ("told", "accounts"),
    [
        pytest.param([ACCOUNT], {f"account:{ACCOUNT}"}, id="by its number"),
        pytest.param([], {"account:own"}, id="by nothing"),
        pytest.param([LATER], {"account:block-0", "account:own"}, id="by what nobody knows"),
        pytest.param(
            [ACCOUNT, "444455556666"],
            {f"account:{ACCOUNT}", "account:444455556666", "account:own"},
            id="by two numbers",
        ),
    ],
)
def test_all_that_is_made_is_in_one_account(told: list[str], accounts: set[str]) -> None:
    """Where one is named, that is where the trail is too, whoever deploys; else it stands by itself."""
    program = Program()
    for number, account in enumerate(told):
        program.make(BLOCK, f"block-{number}", {"accountId": account, **CLOSED})
    program.make(TRAIL, "trail", {"s3BucketName": "audit"})
    found = planned(program.plan)

    assert {one.address for one in found.every(AccountPosture)} == accounts


def test_a_plan_without_any_of_them_shows_no_account() -> None:
    """A bucket alone tells nothing of where it is."""
    program = Program()
    program.bucket("files")

    assert [*read(program).every(AccountPosture)] == []


def test_what_cannot_be_read_is_not_unsaid() -> None:
    """Two blocks contend, so something is said."""
    program = Program()
    program.make(BLOCK, "one", CLOSED)
    program.make(BLOCK, "two", CLOSED)
    found = read(program).only(AccountPosture).told("public_access_block")

    assert isinstance(found, Unknown)
    assert not isinstance(found, Unsaid)


@pytest.mark.parametrize("by_output", [True, False], ids=["by outputs", "by its name"])
def test_a_filter_looks_where_a_trail_writes(by_output: bool) -> None:
    """Both name one log group, each in its own way."""
    program = Program()
    group = program.make(
        LOG_GROUP, "group", {} if by_output else {"name": "/aws/trail", "region": "us-west-2"}
    )
    arn = LATER if by_output else f"arn:aws:logs:us-west-2:{ACCOUNT}:log-group:/aws/trail:*"
    name = LATER if by_output else "/aws/trail"
    wired = {"cloudWatchLogsGroupArn": group} if by_output else None
    program.make(TRAIL, "trail", {"s3BucketName": "audit", "cloudWatchLogsGroupArn": arn}, wired)
    program.make(
        METRIC_FILTER,
        "filter",
        {"logGroupName": name, **COUNTING},
        {"logGroupName": group} if by_output else None,
    )
    program.make(ALARM, "alarm", LOUD)
    estate = read(program)

    assert estate.only(TrailPosture).log_group == "log_group:group"
    assert estate.only(AccountPosture).policy_change_alarm == {
        Watch("log_group:group", CHANGES, alarmed=True)
    }


def test_log_groups_of_others_go_by_their_names() -> None:
    """So that a filter and a trail can name the same one, whoever made it."""
    program = Program()
    arn = f"arn:aws:logs:us-west-2:{ACCOUNT}:log-group:/aws/trail:*"
    program.make(TRAIL, "trail", {"s3BucketName": "audit", "cloudWatchLogsGroupArn": arn})
    program.make(METRIC_FILTER, "filter", {"logGroupName": "/aws/trail", **COUNTING})
    estate = read(program)

    assert estate.only(TrailPosture).log_group == "/aws/trail"
    assert {one.log_group for one in estate.only(AccountPosture).policy_change_alarm} == {"/aws/trail"}


def test_a_trail_of_which_nothing_more_is_said() -> None:
    """It writes to no log group, and into a bucket that others made."""
    program = Program()
    program.make(TRAIL, "trail", {"s3BucketName": "audit"})
    found = read(program).only(TrailPosture)

    assert (found.bucket, found.log_group) == ("audit", None)


def test_a_trail_delivers_into_a_bucket_of_the_plan() -> None:
    """By its output."""
    program = Program()
    audit = program.bucket("audit")
    program.make(TRAIL, "trail", {"s3BucketName": LATER}, {"s3BucketName": audit})

    assert read(program).only(TrailPosture).bucket == "bucket:audit"
