"""How do the tests of compiled rules make a bucket, and read its rules?"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bucketwright.contract.lifecycle.compile import lifecycle_rules
from tests.contract.access.environments import environment

MADE = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
EXPIRING = {"expire": "7 days"}
ABORT = {
    "ID": "bucket.abort-uploads",
    "Status": "Enabled",
    "Filter": {},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
}


def rules_of(bucket: Mapping[str, object]) -> list[dict[str, Any]]:
    """The rules of one bucket."""
    return lifecycle_rules(environment(buckets={"files": bucket}), "files")


def by_id(prefixes: Mapping[str, object], **bucket: object) -> dict[str, dict[str, Any]]:
    return {rule["ID"]: rule for rule in rules_of({"prefixes": prefixes, **bucket})}


def action_of(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key not in {"ID", "Status", "Filter"}}


def after(moment: datetime, count: int) -> datetime:
    """The midnight that ends the day on which so many days are over."""
    late = moment + timedelta(days=count + 1)
    return late.replace(hour=0, minute=0, second=0, microsecond=0)
