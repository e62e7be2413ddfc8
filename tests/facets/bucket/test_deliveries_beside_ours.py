"""What others put beside our own rules, lists and targets stays; what is sent sets exactly what is to be."""

import json
from dataclasses import replace
from types import ModuleType
from typing import Final

import pytest

from bucketwright.contract.lifecycle.rules import Expiration, Filter, Predicates, Rule
from bucketwright.facets.bucket import (
    cors,
    intelligent_tiering,
    inventory,
    lifecycle,
    logging,
    metadata_tables,
    notifications,
    replication,
    website,
)
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.notifications import Notifications, Target
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.lifecycle_rules import normal
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.facets.writing import Unsettable, Write
from tests.facets.live import bucket, site

SITE: Final = site(bucket("files"))
_UPDATE: Final = "UpdateBucketMetadataInventoryTableConfiguration"
_QUEUE: Final = "arn:aws:sqs:eu-west-1:111122223333:"


def rule(rule_id: str, days: int) -> Rule:
    return Rule(0, rule_id, "Enabled", None, Filter(Predicates()), expiration=Expiration(days))


def lives(*rules: Rule, small: bool = False) -> Lifecycle:
    return Lifecycle(normal(rules), "varies_by_storage_class" if small else "all_storage_classes_128K")


def told(name: str, event: str = "s3:ObjectCreated:*", **more: str) -> Target:
    return Target("queue", f"{_QUEUE}{name}", (event,), **more)


def copies(*rules: ReplicationRule, role: str = "role:files/replication") -> Replication:
    return Replication(role, rules)


def copied(rule_id: str, priority: int | None, target: str = "bucket:copies") -> ReplicationRule:
    return ReplicationRule(rule_id, priority, target)


OURS, THEIRS = CorsRule(("https://a",), ("GET",)), CorsRule(("*",), ("GET",), id="theirs")


@pytest.mark.parametrize(
    ("facet", "before", "after", "both"),
    [
        pytest.param(
            lifecycle,
            lives(rule("ours", 1), rule("theirs", 2)),
            lives(rule("ours", 7), small=True),
            lives(rule("ours", 7), rule("theirs", 2), small=True),
            id="a lifecycle rule of another id",
        ),
        pytest.param(
            lifecycle,
            lives(rule("theirs", 2), small=True),
            Lifecycle(),
            lives(rule("theirs", 2), small=True),
            id="all lifecycle rules, and their size",
        ),
        pytest.param(cors, (THEIRS,), (OURS,), (OURS, THEIRS), id="a CORS rule, after ours"),
        pytest.param(cors, (OURS, THEIRS), (OURS,), (OURS, THEIRS), id="a CORS rule beside the same one"),
        pytest.param(
            cors,
            (replace(THEIRS, id="one"),),
            (replace(OURS, id="one"),),
            (replace(OURS, id="one"),),
            id="no CORS rule of our id",
        ),
        pytest.param(
            notifications,
            Notifications(eventbridge=True, targets=(told("theirs", id="x"),)),
            Notifications(targets=(told("ours", id="queue-1"),)),
            Notifications(eventbridge=True, targets=(told("ours"), told("theirs"))),
            id="a queue of theirs, and EventBridge",
        ),
        pytest.param(
            notifications,
            Notifications(targets=(told("ours", "s3:ObjectRemoved:*", id="queue-1"),)),
            Notifications(targets=(told("ours", id="queue-1"),)),
            Notifications(targets=(told("ours"),)),
            id="no queue under our id",
        ),
        pytest.param(
            inventory,
            (Inventory("a", "bucket:logs"), Inventory("theirs", "bucket:logs")),
            (Inventory("a", "bucket:logs", frequency="Daily"),),
            (Inventory("a", "bucket:logs", frequency="Daily"), Inventory("theirs", "bucket:logs")),
            id="an inventory of another name",
        ),
        pytest.param(
            intelligent_tiering,
            (Tiering("a", archive=90), Tiering("b", archive=90)),
            (Tiering("b", archive=180),),
            (Tiering("a", archive=90), Tiering("b", archive=180)),
            id="tiering of another name",
        ),
        pytest.param(
            replication,
            copies(copied("theirs", 5), copied("ours", 1), role="role:theirs"),
            copies(copied("ours", 5)),
            copies(copied("ours", 5), copied("theirs", 0)),
            id="copies by another rule, of another priority and by our role",
        ),
        pytest.param(
            replication, copies(copied("theirs", 5)), None, copies(copied("theirs", 5)), id="all copies"
        ),
        pytest.param(replication, None, copies(copied("a", 1)), copies(copied("a", 1)), id="ours alone"),
    ],
)
def test_what_others_put_there_stays(facet: ModuleType, before: object, after: object, both: object) -> None:
    """Theirs is what has none of our names; ours is as it is to be, and keeping twice changes nothing."""
    kept = facet.keeping(before, after)

    assert kept == both
    assert facet.keeping(before, kept) == kept
    assert facet.keeping(after, after) == after


def test_a_target_of_theirs_keeps_its_id() -> None:
    """S3 would give it another one, and whoever made it would not know it again."""
    before = Notifications(targets=(told("theirs", id="made by hand"),))
    kept = notifications.keeping(before, Notifications(targets=(told("ours", id="queue-1"),)))
    (write,) = notifications.to_api(before, kept, SITE)
    sent = write.call.params["NotificationConfiguration"]

    assert isinstance(sent, dict)
    assert [one["Id"] for one in sent["QueueConfigurations"]] == ["queue-1", "made by hand"]


def operations(writes: tuple[Write, ...]) -> list[str]:
    return [f"{one.call.operation} {one.permission}" for one in writes]


@pytest.mark.parametrize(
    ("facet", "before", "after", "calls"),
    [
        pytest.param(
            lifecycle,
            lives(rule("a", 1)),
            Lifecycle(),
            ["DeleteBucketLifecycle s3:PutLifecycleConfiguration"],
            id="no lifecycle",
        ),
        pytest.param(cors, (OURS,), (), ["DeleteBucketCors s3:PutBucketCORS"], id="no CORS"),
        pytest.param(
            replication,
            copies(copied("a", 1)),
            None,
            ["DeleteBucketReplication s3:PutReplicationConfiguration"],
            id="no copies",
        ),
        pytest.param(
            inventory,
            (Inventory("a", "bucket:logs"), Inventory("b", "bucket:logs")),
            (Inventory("b", "bucket:logs"), Inventory("c", "bucket:logs")),
            [
                "PutBucketInventoryConfiguration s3:PutInventoryConfiguration",
                "DeleteBucketInventoryConfiguration s3:PutInventoryConfiguration",
            ],
            id="one list for another",
        ),
        pytest.param(
            inventory,
            (Inventory("a", "bucket:logs"),),
            (Inventory("a", "bucket:logs", frequency="Daily"),),
            ["PutBucketInventoryConfiguration s3:PutInventoryConfiguration"],
            id="a list that is to be another",
        ),
        pytest.param(
            website, Website("i.html"), None, ["DeleteBucketWebsite s3:DeleteBucketWebsite"], id="no website"
        ),
        pytest.param(
            metadata_tables,
            "none",
            "journal",
            ["CreateBucketMetadataConfiguration s3:CreateBucketMetadataTableConfiguration"],
            id="a journal",
        ),
        pytest.param(
            metadata_tables,
            "journal",
            "journal and inventory",
            [f"{_UPDATE} s3:{_UPDATE}"],
            id="a list of objects beside the journal",
        ),
        pytest.param(
            metadata_tables,
            "journal and inventory",
            "none",
            ["DeleteBucketMetadataConfiguration s3:DeleteBucketMetadataTableConfiguration"],
            id="no tables",
        ),
    ],
)
def test_which_calls_are_made(facet: ModuleType, before: object, after: object, calls: list[str]) -> None:
    """As few as do it, each with the permission it takes; none where nothing differs."""
    assert operations(facet.to_api(before, after, SITE)) == calls
    assert facet.to_api(before, before, SITE) == facet.to_api(after, after, SITE) == ()


def test_what_is_no_part_of_a_value_is_put_back_as_it_was() -> None:
    """The rules of a website on redirects, and to whom logs are given."""
    rules = {"IndexDocument": {"Suffix": "i"}, "RoutingRules": [{"Redirect": {"HostName": "example.com"}}]}
    grants = [{"Grantee": {"Type": "Group", "URI": "x"}, "Permission": "READ"}]
    (site_write,) = website.to_api(None, Website("i", answered=json.dumps(rules)), SITE)
    log = Logging("bucket:logs", "files/", shared=True, grants=json.dumps(grants))
    (log_write,) = logging.to_api(None, log, SITE)

    assert site_write.call.params["WebsiteConfiguration"] == rules
    assert log_write.call.params["BucketLoggingStatus"] == {
        "LoggingEnabled": {
            "TargetBucket": "name-of-bucket-logs",
            "TargetPrefix": "files/",
            "TargetGrants": grants,
        }
    }


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        pytest.param(website, Website("i.html"), id="a website"),
        pytest.param(logging, Logging("bucket:logs", "", shared=True), id="a log that others are given"),
    ],
)
def test_what_was_not_kept_cannot_be_put_back(facet: ModuleType, value: object) -> None:
    """That is said, and nothing else is set in its place."""
    with pytest.raises(Unsettable, match="as S3 answered it"):
        facet.to_api(None, value, SITE)


def test_copies_of_the_first_version_are_set_in_the_second() -> None:
    """That one wants a priority of each rule, and a filter."""
    (write,) = replication.to_api(None, copies(copied("a", None), copied("b", 0)), SITE)
    sent = write.call.params["ReplicationConfiguration"]

    assert isinstance(sent, dict)
    assert sorted((one["Priority"], one["ID"]) for one in sent["Rules"]) == [(0, "a"), (1, "b")]
    assert all("Filter" in one for one in sent["Rules"])
