"""What the answers of a live bucket mean, of settings on its lists, logs, copies and lives."""

from typing import Final

import pytest

from bucketwright.calls import Answer
from bucketwright.contract.lifecycle.rules import Expiration, Filter, Predicates, Rule, Tag, Transition
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
from bucketwright.facets.bucket.notifications import Notifications
from bucketwright.facets.bucket.notifications import Target as Told
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.bucket.website import Website
from bucketwright.facets.replication_rules import ReplicationRule
from tests.facets.bucket.answering import told, value
from tests.facets.bucket.delivered import (
    ARN,
    RULE,
    TO,
    Facet,
    Values,
    copies,
    encrypted,
    lists,
    lives,
    logs,
    narrowed,
    tables,
    tiers,
)

_SEVEN: Final = Rule(1, "a", "Enabled", None, Filter(Predicates()), expiration=Expiration(7))
_LISTED: Final = Inventory("objects", "bucket:logs", None, "", "Daily", "CSV", "All")
_COPIED: Final = ReplicationRule("a", 1, "bucket:copies", Predicates("x/"))


def copied(rule: ReplicationRule) -> Replication:
    return Replication("role:files/replication", (rule,))


@pytest.mark.parametrize(
    ("facet", "values", "meant"),
    [
        pytest.param(lifecycle, lives(RULE), Lifecycle((_SEVEN,)), id="a lifecycle rule"),
        pytest.param(
            lifecycle,
            lives({"ID": "a", "Status": "Enabled", "Prefix": "", "Expiration": {"Days": 7}}),
            Lifecycle((_SEVEN,)),
            id="a lifecycle rule with the older empty prefix",
        ),
        pytest.param(
            lifecycle,
            lives(
                {
                    "ID": "b",
                    "Status": "Disabled",
                    "Filter": {"And": {"Prefix": "x/", "Tags": [{"Key": "k", "Value": "v"}]}},
                    "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}],
                },
                TransitionDefaultMinimumObjectSize="varies_by_storage_class",
            ),
            Lifecycle(
                (
                    Rule(
                        1,
                        "b",
                        "Disabled",
                        None,
                        Filter(Predicates(), Predicates("x/", (Tag("k", "v"),))),
                        (Transition("GLACIER", 30),),
                    ),
                ),
                "varies_by_storage_class",
            ),
            id="a lifecycle rule of several predicates",
        ),
        pytest.param(lifecycle, {"Rules": [RULE]}, Lifecycle((_SEVEN,)), id="no size where nothing moves"),
        pytest.param(lifecycle, lives(), Lifecycle(), id="no lifecycle rules"),
        pytest.param(logging, {}, None, id="no log"),
        pytest.param(logging, logs(), Logging("bucket:logs", "files/"), id="a log with flat keys"),
        pytest.param(
            logging,
            logs(TargetObjectKeyFormat={"PartitionedPrefix": {"PartitionDateSource": "EventTime"}}),
            Logging("bucket:logs", "files/", "EventTime"),
            id="a log with keys by date",
        ),
        pytest.param(
            logging,
            logs(TargetGrants=[{"Grantee": {"Type": "Group", "URI": "x"}, "Permission": "READ"}]),
            Logging("bucket:logs", "files/", shared=True),
            id="a log that others are given",
        ),
        pytest.param(notifications, {}, Notifications(), id="nobody is told"),
        pytest.param(
            notifications, {"EventBridgeConfiguration": {}}, Notifications(eventbridge=True), id="EventBridge"
        ),
        pytest.param(
            notifications,
            narrowed(("Prefix", "a/"), ("suffix", ".csv")),
            Notifications(targets=(Told("queue", ARN, ("s3:ObjectCreated:*",), "a/", ".csv"),)),
            id="a queue, with names of filters in either spelling",
        ),
        pytest.param(replication, copies(), copied(_COPIED), id="copies"),
        pytest.param(
            replication,
            copies(without="Filter", Prefix="x/", Priority=None),
            copied(ReplicationRule("a", None, "bucket:copies", Predicates("x/"), delete_markers=True)),
            id="copies of the first version, delete markers too",
        ),
        pytest.param(
            replication,
            copies(
                Destination={
                    **TO,
                    "Account": "444455556666",
                    "AccessControlTranslation": {"Owner": "Destination"},
                    "EncryptionConfiguration": {"ReplicaKmsKeyID": "arn:aws:kms:::key/copies"},
                    "ReplicationTime": {"Status": "Enabled", "Time": {"Minutes": 15}},
                    "Metrics": {"Status": "Disabled"},
                },
                SourceSelectionCriteria={"SseKmsEncryptedObjects": {"Status": "Enabled"}},
            ),
            copied(
                ReplicationRule(
                    "a",
                    1,
                    "bucket:copies",
                    Predicates("x/"),
                    account="444455556666",
                    owned_there=True,
                    key="key:copies",
                    kms_objects=True,
                    time_control=True,
                )
            ),
            id="copies in another account, under a key",
        ),
        pytest.param(inventory, {"IsTruncated": False}, (), id="no inventory"),
        pytest.param(inventory, lists(), (_LISTED,), id="an inventory"),
        pytest.param(
            inventory,
            encrypted(SSES3={}),
            (Inventory("objects", "bucket:logs", None, "", "Daily", "CSV", "All", frozenset(), "SSE-S3"),),
            id="an inventory under keys of S3",
        ),
        pytest.param(intelligent_tiering, {"IsTruncated": False}, (), id="no tiering"),
        pytest.param(
            intelligent_tiering,
            tiers(Filter={"Tag": {"Key": "k", "Value": "v"}}),
            (Tiering("old", Predicates(None, (Tag("k", "v"),)), 90),),
            id="tiering by a tag",
        ),
        pytest.param(
            intelligent_tiering,
            tiers(Status="Disabled"),
            (Tiering("old", archive=90, enabled=False),),
            id="off",
        ),
        pytest.param(
            cors,
            {"CORSRules": [{"ID": "a", "AllowedOrigins": ["*"], "AllowedMethods": ["PUT", "GET"]}]},
            (CorsRule(("*",), ("GET", "PUT")),),
            id="a CORS rule",
        ),
        pytest.param(
            website,
            {"IndexDocument": {"Suffix": "i.html"}, "ErrorDocument": {"Key": "e.html"}},
            Website("i.html", "e.html"),
            id="a website",
        ),
        pytest.param(
            website,
            {"RedirectAllRequestsTo": {"HostName": "example.com", "Protocol": "https"}},
            Website(redirects_to="example.com"),
            id="a website that is elsewhere",
        ),
        pytest.param(metadata_tables, tables(), "journal", id="tables of the first version"),
        pytest.param(
            metadata_tables,
            tables(InventoryTableConfigurationResult={"ConfigurationState": "ENABLED"}),
            "journal and inventory",
            id="tables of both sorts",
        ),
        pytest.param(
            metadata_tables,
            tables(InventoryTableConfigurationResult={"ConfigurationState": "DISABLED"}),
            "journal",
            id="a journal alone",
        ),
    ],
)
def test_what_an_answer_means(facet: Facet, values: Values, meant: object) -> None:
    """What S3 answers, its absent elements too, is the setting; what is ours is an address."""
    assert value(facet, values) == meant


def test_all_that_is_answered_of_others_is_kept_to_be_put_back() -> None:
    """Rules on redirects, and to whom logs are given, are no part of a value and are kept beside it."""
    rules = [{"Redirect": {"HostName": "example.com"}}]
    found = told(website, Answer({"IndexDocument": {"Suffix": "i"}, "RoutingRules": rules}))

    assert isinstance(found, Website)
    assert "example.com" in found.answered
