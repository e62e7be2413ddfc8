"""What do people read where a rule on logs and events is broken: what is wrong, where, and what is right?"""

from dataclasses import replace
from typing import Final

import pytest

from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.notifications import FRESH, Notifications, Target
from bucketwright.facets.bucket.object_lock import ObjectLock
from bucketwright.rules.example_access import deny
from bucketwright.rules.example_inventories import FULL, REPORTS, WEEKLY
from bucketwright.rules.example_log_targets import REGION, TO, delivers, logs
from bucketwright.rules.example_sharing import OWN
from bucketwright.rules.examples import Example, bad, declares
from bucketwright.verdicts import Fails
from tests.rules.governance.examined import examined, texts

DECLARED: Final = declares(buckets={"example": {"access_logs": "logs"}, "logs": {"purpose": "access-logs"}})
QUEUE: Final = "arn:aws:sqs:us-west-2:111122223333:uploads"
TOPIC: Final = "arn:aws:sns:us-west-2:111122223333:uploads"
LISTENERS: Final = declares(
    buckets={
        "example": {
            "notifications": {
                "eventbridge": True,
                "targets": [
                    {"arn": QUEUE, "events": ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*"]},
                    {"arn": TOPIC, "events": "s3:LifecycleTransition"},
                ],
            }
        }
    }
)
WHOLE: Final = "an inventory of the whole bucket, with all columns that rules need, in a bucket of ours"
REFUSING: Final = deny("*", "s3:*", Resource="arn:aws:s3:::logs/*", Sid="None in")
SAID: Final[dict[str, tuple[str, Example, str, list[str]]]] = {
    "no log": ("access-logging", bad(logging=None), "a bucket for the log", ["requests are logged nowhere"]),
    "no declared log": (
        "access-logging",
        bad(logging=None, around=DECLARED),
        "logging to bucket:logs",
        ["requests are logged nowhere"],
    ),
    "a log elsewhere": (
        "access-logging",
        bad(logging=Logging("theirs", ""), around=DECLARED),
        "logging to bucket:logs",
        ["requests are logged to 'theirs'"],
    ),
    "a loop": (
        "log-self-loop",
        bad(logging=Logging("bucket:example", "")),
        "another bucket for the log",
        ["requests are logged to the bucket itself"],
    ),
    "no target": (
        "log-target-valid",
        bad(logging=TO),
        "a bucket for the log",
        ["there is no 'bucket:logs'"],
    ),
    "all that keeps logs out": (
        "log-target-valid",
        bad(
            logs(
                delivers("other/*"),
                REFUSING,
                region="eu-west-1",
                encryption=Encryption("aws:kms"),
                object_lock=ObjectLock(True, "COMPLIANCE", 1),
                requester_pays=True,
            ),
            logging=TO,
            region=REGION,
        ),
        "'bucket:logs' ready for the log",
        [
            "the target is in eu-west-1, the bucket in us-west-2",
            "the target is under a KMS key, and S3 delivers logs under keys of its own alone",
            "a default locks new objects of the target, and S3 delivers no logs there",
            "callers pay at the target, and S3 delivers no logs there",
            "the policy there does not let logging.s3.amazonaws.com put objects below 'example/'",
            "statement 2 ('None in') of the policy there refuses what logging.s3.amazonaws.com delivers",
        ],
    ),
    "no prefix to name": (
        "log-target-valid",
        bad(logs(policy=None), logging=replace(TO, prefix=""), region=REGION),
        "'bucket:logs' ready for the log",
        ["the policy there does not let logging.s3.amazonaws.com put objects"],
    ),
    "nobody is told": (
        "event-notifications",
        bad(notifications=FRESH),
        "events told to EventBridge or a target, as declared",
        ["nobody is told of anything"],
    ),
    "listeners are gone": (
        "event-notifications",
        bad(notifications=FRESH, around=LISTENERS),
        "events told to EventBridge or a target, as declared",
        [
            "EventBridge is told of nothing",
            f"the queue '{QUEUE}' is not told of 's3:ObjectCreated:Put', 's3:ObjectRemoved:*'",
            f"the topic '{TOPIC}' is not told of 's3:LifecycleTransition'",
        ],
    ),
    "a listener hears less": (
        "event-notifications",
        bad(
            notifications=Notifications(
                eventbridge=True,
                targets=(
                    Target("queue", QUEUE, ("s3:ObjectCreated:*", "s3:ObjectRemoved:Delete")),
                    Target("topic", TOPIC, ("s3:LifecycleTransition",)),
                ),
            ),
            around=LISTENERS,
        ),
        "events told to EventBridge or a target, as declared",
        [f"the queue '{QUEUE}' is not told of 's3:ObjectRemoved:*'"],
    ),
    "no list": ("inventory-configured", bad(inventory=()), WHOLE, ["there is no inventory"]),
    "lists that say too little": (
        "inventory-configured",
        bad(
            OWN,
            REPORTS,
            encryption=Encryption(),
            ownership="BucketOwnerEnforced",
            replication=None,
            versioning="Enabled",
            object_lock=ObjectLock(enabled=True),
            inventory=(
                replace(WEEKLY, name="off", enabled=False),
                replace(WEEKLY, only="docs/"),
                replace(FULL, target="bucket:gone"),
                replace(FULL, target="arn:aws:s3:::theirs"),
                replace(FULL, target="arn:aws:s3:::theirs", account="999988887777"),
            ),
        ),
        WHOLE,
        [
            "inventory 'off' is switched off",
            "inventory 'objects' lists objects below 'docs/' alone",
            "inventory 'objects' lists current versions alone",
            "inventory 'objects' lacks ObjectLockLegalHoldStatus, ObjectLockMode, ObjectLockRetainUntilDate",
            "inventory 'full' goes to 'bucket:gone', and there is no such bucket",
            "inventory 'full' goes to 'arn:aws:s3:::theirs', and does not say which account has to own that",
            "inventory 'full' goes to 'arn:aws:s3:::theirs' of account '999988887777', which is not known",
        ],
    ),
}


@pytest.mark.parametrize(("rule", "example", "expected", "said"), SAID.values(), ids=SAID)
def test_every_fault_is_named(rule: str, example: Example, expected: str, said: list[str]) -> None:
    """Each fault by itself, with whom it keeps from knowing, and what would be right."""
    verdict = examined(rule, example)

    assert texts(verdict) == said
    assert isinstance(verdict, Fails)
    assert verdict.expected == expected
