"""What is set of a live bucket's lists, logs, copies and lives is what is read of it."""

import json
from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.calls import Answer, Call, Send
from bucketwright.contract.lifecycle.classes import MinimumSize
from bucketwright.contract.lifecycle.rules import (
    Abort,
    Expiration,
    Filter,
    NoncurrentExpiration,
    Predicates,
    Rule,
    Transition,
)
from bucketwright.facets.bucket import (
    cors,
    intelligent_tiering,
    inventory,
    lifecycle,
    logging,
    notifications,
    replication,
)
from bucketwright.facets.bucket.cors import CorsRule
from bucketwright.facets.bucket.intelligent_tiering import Tiering
from bucketwright.facets.bucket.inventory import Inventory
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.bucket.logging import Logging
from bucketwright.facets.bucket.notifications import Notifications
from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.filters import tags_of
from bucketwright.facets.lifecycle_rules import normal
from bucketwright.facets.reading import Target
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.facets.writing import Site
from sandbox.server import Server
from tests.facets.bucket.live_bucket import made
from tests.facets.live import REGION, asked, bucket, sent
from tests.facets.plans import address_of, resolve

LAW: Final = settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
_SWITCHES: Final = st.booleans()
_WORDS: Final = st.text("abc-", min_size=1, max_size=4)
_TEXTS: Final = st.lists(_WORDS, unique=True, min_size=1, max_size=3).map(lambda some: tuple(sorted(some)))
_TAGS: Final = st.dictionaries(_WORDS, _WORDS, max_size=2).map(tags_of)
_CHOSEN: Final = st.builds(Predicates, st.none() | _WORDS, _TAGS)
_SIZED: Final = st.builds(Predicates, st.none() | _WORDS, st.just(()), st.none() | st.integers(0, 9))
_KEYS: Final = st.sampled_from((None, "key:logs", "arn:aws:kms:eu-west-1:444455556666:key/1"))
_LIVES: Final = st.one_of(
    st.fixed_dictionaries(
        {
            "filter": (_CHOSEN | _SIZED).map(Filter),
            "transitions": st.just(()) | st.just((Transition("GLACIER", 90),)),
            "expiration": st.integers(100, 900).map(Expiration),
            "noncurrent_expiration": st.none()
            | st.builds(NoncurrentExpiration, st.integers(1, 99), st.none() | st.integers(1, 9)),
        }
    ),
    st.fixed_dictionaries(
        {
            "filter": _SIZED.map(lambda one: Filter(Predicates(one.prefix))),
            "abort": st.builds(Abort, st.integers(1, 9)),
        }
    ),
    st.fixed_dictionaries(
        {"filter": st.just(Filter(Predicates())), "expiration": st.just(Expiration(expired_marker=True))}
    ),
)


@st.composite
def lifecycles(draw: st.DrawFn) -> Lifecycle:
    """Rule sets that S3 takes, each rule on prefixes of its own."""
    rules = [
        Rule(0, f"rule-{number}", draw(st.sampled_from(("Enabled", "Disabled"))), **fields)
        for number, fields in enumerate(draw(st.lists(_LIVES, max_size=2)))
    ]
    size: MinimumSize = draw(st.sampled_from(("all_storage_classes_128K", "varies_by_storage_class")))
    return Lifecycle(normal(rules), size) if rules else Lifecycle()


@st.composite
def replications(draw: st.DrawFn) -> Replication | None:
    """Sets of rules, each of a priority of its own."""
    rules = [
        ReplicationRule(
            id=f"rule-{number}",
            priority=number,
            target=draw(st.sampled_from(("bucket:copies", "arn:aws:s3:::elsewhere"))),
            filter=draw(_CHOSEN),
            account=draw(st.none() | st.just("444455556666")),
            owned_there=draw(_SWITCHES),
            storage_class=draw(st.none() | st.just("GLACIER")),
            key=draw(_KEYS),
            kms_objects=draw(_SWITCHES),
            delete_markers=draw(_SWITCHES),
            replica_changes=draw(_SWITCHES),
            time_control=draw(_SWITCHES),
            metrics=draw(_SWITCHES),
            enabled=draw(_SWITCHES),
        )
        for number in range(draw(st.integers(0, 3)), 0, -1)
    ]
    return Replication("role:files/replication", tuple(rules)) if rules else None


def by_name(some: Iterable[Inventory | Tiering]) -> tuple[object, ...]:
    return tuple(sorted(some, key=lambda one: one.name))


VALUES: Final[Mapping[ModuleType, st.SearchStrategy[object]]] = {
    cors: st.lists(
        st.builds(
            CorsRule,
            _TEXTS,
            st.sampled_from((("GET",), ("GET", "PUT"))),
            _TEXTS | st.just(()),
            _TEXTS | st.just(()),
            st.none() | st.integers(0, 9),
        ),
        max_size=3,
    ).map(tuple),
    intelligent_tiering: st.lists(
        st.builds(
            Tiering, _WORDS, _CHOSEN, st.integers(90, 700), st.none() | st.integers(180, 700), _SWITCHES
        ),
        unique_by=lambda one: one.name,
        max_size=3,
    ).map(by_name),
    inventory: st.lists(
        st.builds(
            Inventory,
            name=_WORDS,
            target=st.sampled_from(("bucket:logs", "arn:aws:s3:::elsewhere")),
            account=st.none() | st.just("444455556666"),
            prefix=st.just("") | _WORDS,
            frequency=st.sampled_from(("Daily", "Weekly")),
            format=st.sampled_from(("Parquet", "ORC", "CSV")),
            versions=st.sampled_from(("All", "Current")),
            fields=st.frozensets(st.sampled_from(("Size", "ETag", "StorageClass"))),
            key=_KEYS | st.just("SSE-S3"),
            only=st.just("") | _WORDS,
            enabled=_SWITCHES,
        ),
        unique_by=lambda one: one.name,
        max_size=3,
    ).map(by_name),
    lifecycle: lifecycles(),
    logging: st.none()
    | st.builds(
        Logging, st.just("bucket:logs"), _WORDS, st.sampled_from(("EventTime", "DeliveryTime", "Simple"))
    ),
    notifications: st.builds(Notifications, _SWITCHES),
    replication: replications(),
}
"""Of who is told tables alone tell: the sandbox, as S3, takes only queues that are there."""


@pytest.mark.parametrize("facet", VALUES, ids=lambda facet: facet.__name__.rpartition(".")[2])
@LAW
@given(data=st.data())
def test_what_is_set_is_read(server: Server, facet: ModuleType, data: st.DataObject) -> None:
    """From any value to any other, one after the other; and nothing is sent where nothing differs."""
    live = made(server)
    live.call("PutBucketVersioning", VersioningConfiguration={"Status": "Enabled"})
    target = bucket(live.name)
    logs = f"{live.name}-logs"
    if facet is logging:
        made_beside(live.send, logs)
    site = Site(target, lambda address, form: logs if form == "name" else resolve(address, form))
    before = read(facet, live.send, target, logs)
    for after in data.draw(st.lists(VALUES[facet], min_size=1, max_size=3)):
        sent(live.send, facet.to_api(before, after, site))

        assert read(facet, live.send, target, logs) == after
        assert facet.to_api(after, after, site) == ()
        before = after


def made_beside(send: Send, name: str) -> None:
    """A bucket that takes logs."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{name}/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    placed = {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
    for operation, params in (("CreateBucket", placed), ("PutBucketPolicy", {"Policy": policy})):
        outcome = send(Call("s3", operation, {"Bucket": name, **params}, REGION))

        assert isinstance(outcome, Answer), outcome


def read(facet: ModuleType, send: Send, target: Target, logs: str) -> object:
    def refer(kind: str, name: str, value: object) -> str | None:
        return "bucket:logs" if value == logs else address_of(kind, name, value)

    return facet.from_api(asked(send, target, facet.READS, refer))
