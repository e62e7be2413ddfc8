"""Are those there whom a bucket tells? What examples cannot show: strangers, and what is not known."""

from dataclasses import replace
from typing import Final

import pytest

from bucketwright.contract.lifecycle.rules import Abort
from bucketwright.estate import BucketPosture, DirectoryBucketPosture
from bucketwright.facets.bucket.lifecycle import FRESH, Lifecycle
from bucketwright.facets.bucket.notifications import Notifications, Service, Target
from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules import catalogue
from bucketwright.rules.example_destinations import queue, sends, told, topic
from bucketwright.verdicts import NotApplicable, Passes, Undecided, Verdict
from tests.rules.account.judging import NOTHING, texts, verdict

RULE: Final = "event-destination-dangling"
STRANGER: Final = "arn:aws:sqs:eu-west-1:999988887777:jobs"
GONE: Final = told("queue", name="gone").targets
JOBS: Final = told("queue").targets
UNREAD: Final = "access denied"
NOBODY: Final = NotApplicable("no queue, topic or function is told of its objects that can be seen here")


def bucket(*targets: Target) -> BucketPosture:
    return BucketPosture("bucket:example", "example", {"notifications": Notifications(targets=targets)})


def to_stranger() -> Target:
    return replace(JOBS[0], target=STRANGER)


def judged(*targets: Target, beside: tuple[Posture, ...] = (), lens: str = "live") -> Verdict:
    missing = {one.target: UNREAD for one in targets if one.target in {STRANGER, "queue:unread"}}
    return verdict(RULE, bucket(*targets), *beside, lens=lens, missing=missing or NOTHING)


def test_a_plan_shows_nothing_of_strangers() -> None:
    """S3 tries them once they are declared; what the plan makes is judged all the same."""
    assert judged(to_stranger(), lens="planned") == NOBODY
    assert judged(lens="planned") == NOBODY
    assert texts(judged(to_stranger(), *GONE, lens="planned")) == ("there is no 'queue:gone'",)
    assert judged(to_stranger(), *JOBS, beside=(queue(sends()),), lens="planned") == Passes()


def test_of_a_stranger_nobody_knows() -> None:
    """Not in an account, either: what is surely wrong decides."""
    assert judged(to_stranger()) == Undecided(STRANGER, UNREAD)
    assert texts(judged(to_stranger(), *GONE)) == ("there is no 'queue:gone'",)


@pytest.mark.parametrize(
    ("service", "arn"),
    [
        ("queue", "arn:aws:sqs:eu-west-1:111122223333:jobs"),
        ("topic", "arn:aws:sns:eu-west-1:111122223333:jobs"),
        ("function", "arn:aws:lambda:eu-west-1:111122223333:function:jobs"),
    ],
)
def test_what_the_contract_names_by_its_arn_may_be_gone(service: Service, arn: str) -> None:
    """It has no other address, and a live lens says of all that it did not find out."""
    named = replace(told(service).targets[0], target=arn)

    assert texts(judged(named)) == (f"there is no '{arn}'",)
    assert judged(named, lens="planned") == NOBODY


def test_what_names_nothing_of_its_kind_is_not_known_to_be_gone() -> None:
    """No lens can have looked for it."""
    odd = replace(JOBS[0], target="arn:another:sqs::_:jobs")

    assert judged(odd) == Undecided("arn:another:sqs::_:jobs", "it is not in what was looked at")


def test_what_could_not_be_read_may_be_there() -> None:
    """A lens says why it does not show it."""
    assert judged(*told("queue", name="unread").targets) == Undecided("queue:unread", UNREAD)


@pytest.mark.parametrize(
    ("beside", "missing", "reason"),
    [
        pytest.param(
            queue(sends(Condition={"StringEquals": {"aws:SourceAccount": "1" * 12}})),
            "queue:jobs",
            "whether it lets S3 in depends on what is not known",
            id="for an account, and nobody told which",
        ),
        pytest.param(
            replace(queue(), facts={"policy": Unknown(UNREAD)}), "policy", UNREAD, id="a policy nobody read"
        ),
    ],
)
def test_what_is_not_known_of_a_destination(beside: Posture, missing: str, reason: str) -> None:
    """It may let S3 in."""
    assert judged(*JOBS, beside=(beside,)) == Undecided(missing, reason)


def test_each_destination_is_said_once() -> None:
    """However often it is told."""
    again = replace(JOBS[0], prefix="a/")
    found = judged(*JOBS, again, *GONE, *told("topic").targets, beside=(queue(), topic()))

    assert texts(found) == (
        "'queue:jobs' does not let S3 in",
        "there is no 'queue:gone'",
        "'topic:jobs' does not let S3 in",
    )


def test_the_fix_leaves_whoever_may_be_told() -> None:
    """Only what surely dangles goes, for every event of it; EventBridge stays."""
    mine = bucket(*JOBS, replace(GONE[0], prefix="a/"), *GONE, to_stranger())
    mine = replace(mine, facts={"notifications": replace(mine.notifications, eventbridge=True)})
    repair = catalogue()[RULE].repair
    assert repair is not None
    estate = Estate("live", {one.address: one for one in (mine, queue(sends()))}, {STRANGER: UNREAD})

    assert repair.make(mine, estate).after == Notifications(eventbridge=True, targets=(*JOBS, to_stranger()))


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        pytest.param(FRESH, "there is no rule", id="none"),
        pytest.param("off", "all rules are switched off", id="none that is on"),
    ],
)
def test_a_directory_bucket_is_said_to_keep_everything(rules: object, said: str) -> None:
    """And the fix adds one rule."""
    repair = catalogue()["directory-bucket-lifecycle"].repair
    assert repair is not None
    added = repair.make(
        DirectoryBucketPosture("directory_bucket:fast", "", {"lifecycle": FRESH}), Estate("live", {})
    )
    assert isinstance(added.after, Lifecycle)
    off = Lifecycle(tuple(replace(one, status="Disabled") for one in added.after.rules))
    mine = DirectoryBucketPosture(
        "directory_bucket:fast", "", {"lifecycle": off if rules == "off" else rules}
    )

    assert texts(verdict("directory-bucket-lifecycle", mine)) == (said,)
    assert [one.abort for one in added.after.rules] == [Abort(7)]


def test_a_bucket_without_tables_is_said_to_have_none() -> None:
    """And the fix makes the journal alone."""
    mine = BucketPosture("bucket:example", "example", {"metadata_tables": "none"})
    repair = catalogue()["metadata-tables"].repair
    assert repair is not None

    assert texts(verdict("metadata-tables", mine)) == ("there are no metadata tables",)
    assert repair.make(mine, Estate("live", {})).after == "journal"
