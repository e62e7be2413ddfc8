"""Who is told of what, who logs where, and do fixes add to it without taking away?"""

from typing import Final

import pytest

from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.notifications import FRESH, Notifications, Target
from bucketwright.posture import Unknown
from bucketwright.rules.example_replications import other
from bucketwright.rules.examples import bad, declares, good
from bucketwright.verdicts import Fails, Passes, Undecided
from tests.rules.governance.examined import examined, mended

QUEUE: Final = "arn:aws:sqs:us-west-2:111122223333:uploads"
TOPIC: Final = "arn:aws:sns:us-west-2:111122223333:uploads"


def listening(*events: str, **more: object) -> object:
    """A contract in which the queue hears of these events."""
    return {"example": {"notifications": {"targets": {"arn": QUEUE, "events": events, **more}}}}


@pytest.mark.parametrize(
    ("asked", "told", "kept"),
    [
        ("s3:ObjectCreated:Put", ["s3:ObjectCreated:Put"], True),
        ("s3:ObjectCreated:Put", ["s3:ObjectCreated:*"], True),
        ("s3:ObjectCreated:*", ["s3:ObjectCreated:*"], True),
        ("s3:ObjectCreated:*", ["s3:ObjectCreated:Put"], False),
        ("s3:ObjectCreated:Put", ["s3:ObjectCreated:Post"], False),
        ("s3:ObjectCreated:Put", ["s3:ObjectRemoved:*"], False),
        ("s3:LifecycleTransition", ["s3:LifecycleTransition"], True),
        ("s3:LifecycleTransition", ["s3:LifecycleExpiration:*"], False),
    ],
)
def test_an_event_is_told_by_itself_or_with_its_family(asked: str, told: list[str], kept: bool) -> None:
    """S3 tells a whole family by its star; half a family is not all of it."""
    notifications = Notifications(targets=(Target("queue", QUEUE, tuple(told)),))
    example = good(notifications=notifications, around=declares(buckets=listening(asked)))

    assert isinstance(examined("event-notifications", example), Passes if kept else Fails)


def test_a_fix_tells_more_and_never_less() -> None:
    """Who is told already stays, and hears what he heard."""
    others = Target("topic", TOPIC, ("s3:ObjectRemoved:*",))
    ours = Target("queue", QUEUE, ("s3:ObjectRemoved:*",))
    elsewhere = Target("queue", QUEUE, ("s3:ObjectCreated:*",), "tmp/")
    told = Notifications(targets=(elsewhere, ours, others))
    around = declares(buckets=listening("s3:ObjectCreated:Put"))
    after = mended("event-notifications", bad(notifications=told, around=around)).notifications
    both = Target("queue", QUEUE, ("s3:ObjectCreated:Put", "s3:ObjectRemoved:*"))

    assert after == Notifications(targets=(elsewhere, both, others))


def test_where_nobody_is_named_eventbridge_is_told() -> None:
    """It costs nothing, and listeners can be chosen later; where somebody is told it is not asked for."""
    told = Notifications(targets=(Target("topic", TOPIC, ("s3:ObjectRemoved:*",)),))
    bridged = Notifications(eventbridge=True)
    declared = declares(buckets={"example": {"notifications": {"eventbridge": True}}})

    assert mended("event-notifications", bad(notifications=FRESH)).notifications == bridged
    assert mended("event-notifications", bad(notifications=told)).notifications == told
    assert mended("event-notifications", bad(notifications=bridged)).notifications == bridged
    assert mended(
        "event-notifications", bad(notifications=told, around=declared)
    ).notifications == Notifications(True, told.targets)


LOGGED: Final = declares(buckets={"example": {"access_logs": "logs"}, "logs": {"purpose": "access-logs"}})


def test_a_log_that_goes_elsewhere_is_left_to_people() -> None:
    """Somebody may be reading there; only where nothing is logged, the declared log is turned on."""
    elsewhere = Logging("bucket:elsewhere", "")
    declared = Logging("bucket:logs", "example/", "EventTime")

    assert mended("access-logging", bad(logging=None, around=LOGGED)).logging == declared
    assert mended("access-logging", bad(logging=elsewhere, around=LOGGED)).logging == elsewhere
    assert mended("access-logging", bad(logging=None)).logging is None


def test_a_loop_ends_as_declared() -> None:
    """Where the contract names no target, nothing is logged any more."""
    loop = Logging("bucket:example", "")

    assert mended("log-self-loop", bad(logging=loop, around=LOGGED)).logging == Logging(
        "bucket:logs", "example/", "EventTime"
    )
    assert mended("log-self-loop", bad(logging=loop)).logging is None


def test_whether_others_log_here_has_to_be_known_where_it_matters() -> None:
    """A bucket that is logged is judged by that alone."""
    unread = other("files", logging=Unknown("access denied"))

    assert isinstance(examined("access-logging", good(unread, logging=Logging("bucket:logs", ""))), Passes)
    assert examined("access-logging", bad(unread, logging=None)) == Undecided("logging", "access denied")


def test_a_log_of_a_stranger_is_not_the_declared_one() -> None:
    """Only what is shown under that name can be told to be the declared bucket."""
    named = other("logs")
    stray = other("stray")

    assert isinstance(
        examined("access-logging", good(named, logging=Logging("logs", ""), around=LOGGED)), Passes
    )
    assert isinstance(
        examined("access-logging", bad(stray, logging=Logging("stray", ""), around=LOGGED)), Fails
    )
