"""What is not known of a live bucket's lists, logs, copies and lives, and why."""

from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.calls import Failure, FailureKind
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
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.posture import Unknown
from tests.facets.bucket.answering import denied, reason, told
from tests.facets.bucket.delivered import (
    LIST,
    RULE,
    SIZE,
    Facet,
    Values,
    copies,
    encrypted,
    hears,
    lists,
    lives,
    logs,
    narrowed,
    tiers,
)


@pytest.mark.parametrize(
    ("facet", "values", "because"),
    [
        pytest.param(lifecycle, {}, "Rules: is not said", id="a lifecycle without rules"),
        pytest.param(lifecycle, lives({**RULE, "Hold": 1}), "Hold", id="an unknown part of a rule"),
        pytest.param(lifecycle, {"Rules": 5}, "Rules must be a list", id="rules that are no list"),
        pytest.param(
            lifecycle,
            {"Rules": [{**RULE, "Transitions": [{"Days": 1, "StorageClass": "GLACIER"}]}]},
            "TransitionDefaultMinimumObjectSize: is not said",
            id="no size where something moves",
        ),
        pytest.param(
            lifecycle, {"Rules": [RULE], **dict.fromkeys(SIZE, "big")}, "is not one of", id="an odd size"
        ),
        pytest.param(logging, {"LoggingEnabled": {}}, "targetBucket: is not said", id="a log to nowhere"),
        pytest.param(logging, {"LoggingEnabled": []}, "", id="a log that is a list"),
        pytest.param(
            logging,
            logs(TargetObjectKeyFormat={"PartitionedPrefix": {}}),
            "partitionDateSource: is not said",
            id="keys by no date",
        ),
        pytest.param(
            notifications, hears(QueueArn=None), "QueueArn: is not said", id="a queue without an ARN"
        ),
        pytest.param(notifications, narrowed(("Size", "5")), "not known here", id="an unknown filter"),
        pytest.param(
            notifications, {"QueueConfigurations": "q"}, "is not a list", id="queues that are a text"
        ),
        pytest.param(replication, {}, "ReplicationConfiguration: is not said", id="no replication inside"),
        pytest.param(replication, copies(without="Status"), "status: is not said", id="copies, on or off"),
        pytest.param(replication, copies(Destination={}), "bucket: is not said", id="copies to nowhere"),
        pytest.param(
            replication,
            copies(Prefix="y/"),
            "a prefix beside its filter",
            id="copies by two filters",
        ),
        pytest.param(
            replication,
            copies(Filter={"And": {"Tags": [{"Key": "k"}, {"Key": "k"}]}}),
            "tags",
            id="copies by a tag named twice",
        ),
        pytest.param(inventory, lists(IsEnabled=None), "IsEnabled: is not said", id="a list, on or off"),
        pytest.param(inventory, encrypted(), "SSES3: is not said", id="a list under no known key"),
        pytest.param(
            inventory,
            {"InventoryConfigurationList": [LIST, LIST]},
            "have one name",
            id="two lists of a name",
        ),
        pytest.param(inventory, lists(Schedule={}), "Frequency: is not said", id="a list of no day"),
        pytest.param(intelligent_tiering, tiers(Status=None), "Status: is not said", id="tiering, on or off"),
        pytest.param(intelligent_tiering, tiers(Id=5), "Id: is not text", id="tiering called by a number"),
        pytest.param(cors, {}, "CORSRules: is not said", id="CORS without rules"),
        pytest.param(cors, {"CORSRules": [{"AllowedOrigins": 5}]}, "is not a list", id="an odd origin"),
        pytest.param(website, {}, "neither an index document nor a host", id="a website of nothing"),
        pytest.param(website, {"IndexDocument": {}}, "Suffix: is not said", id="a website without index"),
        pytest.param(
            metadata_tables, {}, "JournalTableConfigurationResult: is not said", id="no tables inside"
        ),
    ],
)
def test_what_makes_no_sense_is_not_known(facet: Facet, values: Values, because: str) -> None:
    """What ought to be there and is not, or is of another type, is never guessed."""
    assert because in reason(facet, values)


_NOTHING: Final[Mapping[Facet, tuple[str, object]]] = {
    cors: ("NoSuchCORSConfiguration", ()),
    lifecycle: ("NoSuchLifecycleConfiguration", Lifecycle()),
    metadata_tables: ("MetadataConfigurationNotFound", "none"),
    replication: ("ReplicationConfigurationNotFoundError", None),
    website: ("NoSuchWebsiteConfiguration", None),
}
_ALL: Final[Mapping[Facet, str]] = {
    cors: "s3:GetBucketCORS",
    intelligent_tiering: "s3:GetIntelligentTieringConfiguration",
    inventory: "s3:GetInventoryConfiguration",
    lifecycle: "s3:GetLifecycleConfiguration",
    logging: "s3:GetBucketLogging",
    metadata_tables: "s3:GetBucketMetadataTableConfiguration",
    notifications: "s3:GetBucketNotification",
    replication: "s3:GetReplicationConfiguration",
    website: "s3:GetBucketWebsite",
}


def short(facet: object) -> str:
    return str(getattr(facet, "__name__", facet)).rpartition(".")[2]


@pytest.mark.parametrize("facet", _ALL, ids=short)
def test_one_code_alone_means_that_nothing_is_configured(facet: Facet) -> None:
    """The setting's own; that of another one is no answer."""
    own = dict([_NOTHING[facet]]) if facet in _NOTHING else {}
    for code, _ in _NOTHING.values():
        found = told(facet, Failure("refused", code))

        assert found == own[code] if code in own else isinstance(found, Unknown)


@pytest.mark.parametrize("facet", _ALL, ids=short)
def test_what_is_denied_names_the_permission(facet: Facet) -> None:
    """Whoever may not ask is told what is missing, by IAM's name for it."""
    found = denied(facet)

    assert isinstance(found, Unknown)
    assert found.reason.endswith(f"{_ALL[facet]} is denied")


@pytest.mark.parametrize("kind", ["throttled", "unsupported", "gone", "bad answer", "unreachable", "late"])
@pytest.mark.parametrize("facet", _ALL, ids=short)
def test_what_was_not_answered_is_not_known(facet: Facet, kind: FailureKind) -> None:
    """Whatever went wrong, nothing is made of it."""
    assert isinstance(told(facet, Failure(kind)), Unknown)
