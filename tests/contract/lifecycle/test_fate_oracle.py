"""Does `fate` agree with an S3 that wakes every midnight and does whatever is due?

The oracle below keeps no schedule: it lives through the days one by one, looks at the object as it then is,
and reads the rules as they are written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import StoredObject, Versioning, fate
from bucketwright.contract.lifecycle.validity import refusals

Seen = tuple[datetime, str, str | None]
Raw = dict[str, Any]

DAY = timedelta(days=1)
START = datetime(2024, 2, 26, tzinfo=UTC)
LIFETIME = 30
DOWNWARDS = [
    "STANDARD",
    "STANDARD_IA",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "GLACIER_IR",
    "GLACIER",
    "DEEP_ARCHIVE",
]


def midnight_before(now: datetime) -> datetime:
    return datetime(now.year, now.month, now.day, tzinfo=UTC)


@dataclass
class DayByDay:
    """One object in a bucket, and S3 coming by every midnight."""

    rules: list[Raw]
    versioning: Versioning
    thing: Raw

    def live(self) -> list[Seen]:
        self.seen: list[Seen] = []
        self.over = False
        self.tried: set[int] = set()
        self.storage_class = self.thing["storage_class"]
        self.hidden = self.thing["noncurrent"] and not self.thing["multipart_upload"]
        self.since = self.thing["successor_created"] if self.hidden else self.thing["created"]
        self.newer = self.thing["newer_noncurrent_versions"]
        for now in self.wakings():
            self.visit(now)
            if self.over:
                break
        return self.seen

    def wakings(self) -> Iterator[datetime]:
        """Whatever is due already is done at once; after that S3 comes at midnight."""
        start = max(self.since, self.thing["created"])
        yield start
        for night in range(1, LIFETIME):
            yield midnight_before(start) + night * DAY

    def visit(self, now: datetime) -> None:
        rules = [
            rule for rule in self.rules if rule["Status"] == "Enabled" and self.is_about_it(rule["Filter"])
        ]
        if self.thing["multipart_upload"]:
            self.visit_upload(now, rules)
        elif self.hidden:
            self.visit_noncurrent(now, rules)
        elif self.thing["delete_marker"]:
            self.visit_marker(now, rules)
        else:
            self.visit_current(now, rules)

    def is_about_it(self, written: Raw) -> bool:
        size = 0 if self.thing["delete_marker"] else self.thing["size"]
        asked = {**written, **written.get("And", {})}
        tags = [*asked.get("Tags", []), *([asked["Tag"]] if "Tag" in asked else [])]
        if self.thing["multipart_upload"] and (tags or self.names_sizes(written)):
            return False
        return (
            self.thing["key"][: len(asked.get("Prefix", ""))] == asked.get("Prefix", "")
            and all((tag["Key"], tag["Value"]) in self.thing["tags"].items() for tag in tags)
            and not size <= asked.get("ObjectSizeGreaterThan", -1)
            and not size >= asked.get("ObjectSizeLessThan", 10**18)
        )

    def names_sizes(self, written: Raw) -> bool:
        return "ObjectSize" in str(written)

    def old_enough(self, now: datetime, days: int | None) -> bool:
        """By the last midnight, for S3 counts in whole days."""
        return days is not None and midnight_before(now) - self.since > days * DAY

    def reached(self, now: datetime, action: Raw) -> bool:
        date = action.get("Date")
        return self.old_enough(now, action.get("Days")) or (date is not None and now >= date)

    def end(self, now: datetime, event: str) -> None:
        self.seen.append((now, event, None))
        self.over = True

    def visit_upload(self, now: datetime, rules: list[Raw]) -> None:
        aborts = [
            rule["AbortIncompleteMultipartUpload"]
            for rule in rules
            if "AbortIncompleteMultipartUpload" in rule
        ]
        if any(self.old_enough(now, abort["DaysAfterInitiation"]) for abort in aborts):
            self.end(now, "abort")

    def visit_marker(self, now: datetime, rules: list[Raw]) -> None:
        if self.versioning == "Disabled" or self.thing["noncurrent_versions"] > 0:
            self.over = True
            return
        actions = [rule["Expiration"] for rule in rules if "Expiration" in rule]
        if any(action.get("ExpiredObjectDeleteMarker") or self.reached(now, action) for action in actions):
            self.end(now, "remove_expired_marker")

    def visit_current(self, now: datetime, rules: list[Raw]) -> None:
        expired = any(self.reached(now, rule["Expiration"]) for rule in rules if "Expiration" in rule)
        null_version = self.thing["version_id"] in (None, "null")
        if expired and self.versioning == "Disabled":
            self.end(now, "expire")
        elif expired and self.versioning == "Suspended" and null_version:
            self.end(now, "delete_permanently")
        else:
            due = [
                (rule, step)
                for rule in rules
                for step in rule.get("Transitions", [])
                if self.reached(now, step)
            ]
            self.move(now, due)
        if expired and not self.over:
            self.seen.append((now, "delete_marker", None))
            self.hidden, self.since, self.newer, self.tried = True, now, 0, set()

    def visit_noncurrent(self, now: datetime, rules: list[Raw]) -> None:
        if self.versioning == "Disabled":
            self.over = True
            return
        ends = [
            rule["NoncurrentVersionExpiration"] for rule in rules if "NoncurrentVersionExpiration" in rule
        ]
        if any(self.noncurrent_enough(now, action) for action in ends):
            self.end(now, "delete_permanently")
            return
        due = [
            (rule, step)
            for rule in rules
            for step in rule.get("NoncurrentVersionTransitions", [])
            if self.noncurrent_enough(now, step)
        ]
        if not self.thing["delete_marker"]:
            self.move(now, due)

    def noncurrent_enough(self, now: datetime, action: Raw) -> bool:
        kept = self.newer < action.get("NewerNoncurrentVersions", 0)
        return self.old_enough(now, action["NoncurrentDays"]) and not kept

    def move(self, now: datetime, due: list[tuple[Raw, Raw]]) -> None:
        """Try each transition on the first day it is due, and take one of those that can be made."""
        fresh = [(rule, step) for rule, step in due if id(step) not in self.tried]
        self.tried |= {id(step) for _, step in due}
        choices = [step["StorageClass"] for rule, step in fresh if self.can_move(rule, step["StorageClass"])]
        for to in (
            "DEEP_ARCHIVE",
            "GLACIER",
            "INTELLIGENT_TIERING",
            "GLACIER_IR",
            "ONEZONE_IA",
            "STANDARD_IA",
        ):
            if to in choices:
                self.seen.append((now, "transition", to))
                self.storage_class = to
                return

    def can_move(self, rule: Raw, to: str) -> bool:
        down = DOWNWARDS.index(to) > DOWNWARDS.index(self.storage_class)
        impossible = (self.storage_class, to) == ("ONEZONE_IA", "GLACIER_IR")
        archive = to.endswith("ARCHIVE") or to == "GLACIER"
        varies = self.thing["minimum_transition_size"].startswith("varies")
        large = self.thing["size"] >= 131072 or self.names_sizes(rule["Filter"]) or (varies and archive)
        return down and not impossible and large


prefixes = st.sampled_from(["", "a", "a/", "a/b", "b"])
tags = st.sampled_from([{"Key": "k", "Value": "v"}, {"Key": "k", "Value": "w"}, {"Key": "l", "Value": ""}])
sizes = st.sampled_from([0, 1, 131071, 131072, 131073, 10**9])
days = st.integers(0, 9)
dates = st.integers(-3, 12).map(lambda day: START + day * DAY)
classes = st.sampled_from(DOWNWARDS)
filters = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"Prefix": prefixes}),
    st.fixed_dictionaries({"Tag": tags}),
    st.fixed_dictionaries({"ObjectSizeGreaterThan": sizes}),
    st.fixed_dictionaries({"ObjectSizeLessThan": sizes}),
    st.fixed_dictionaries(
        {"And": st.fixed_dictionaries({"Prefix": prefixes, "Tags": st.lists(tags, max_size=2)})}
    ),
    st.fixed_dictionaries(
        {"And": st.fixed_dictionaries({"Prefix": prefixes, "ObjectSizeGreaterThan": sizes})}
    ),
)
newer = st.fixed_dictionaries({}, optional={"NewerNoncurrentVersions": st.integers(1, 3)})
when = st.one_of(st.fixed_dictionaries({"Days": days}), st.fixed_dictionaries({"Date": dates}))
steps = st.builds(lambda time, to: {**time, "StorageClass": to}, when, classes)
later_steps = st.builds(
    lambda day, to, kept: {"NoncurrentDays": day, "StorageClass": to, **kept}, days, classes, newer
)
rules = st.fixed_dictionaries(
    {"Status": st.sampled_from(["Enabled", "Enabled", "Enabled", "Disabled"]), "Filter": filters},
    optional={
        "Transitions": st.lists(steps, max_size=4),
        "NoncurrentVersionTransitions": st.lists(later_steps, max_size=3),
        "Expiration": st.one_of(when, st.booleans().map(lambda on: {"ExpiredObjectDeleteMarker": on})),
        "NoncurrentVersionExpiration": st.builds(
            lambda day, kept: {"NoncurrentDays": day, **kept}, days, newer
        ),
        "AbortIncompleteMultipartUpload": days.map(lambda day: {"DaysAfterInitiation": day}),
    },
)
clocks = st.sampled_from(
    [
        timedelta(),
        timedelta(microseconds=1),
        timedelta(hours=10, minutes=30),
        DAY - timedelta(microseconds=1),
    ],
)
times = st.builds(lambda day, clock: START + day * DAY + clock, st.integers(0, 3), clocks)
things = st.fixed_dictionaries(
    {
        "key": st.sampled_from(["a", "a/b", "a/b/c", "b/x"]),
        "created": times,
        "size": sizes,
        "storage_class": classes,
        "tags": st.sampled_from([{}, {"k": "v"}, {"k": "w", "l": ""}]),
        "version_id": st.sampled_from([None, "null", "v1"]),
        "noncurrent": st.booleans(),
        "successor_created": times,
        "newer_noncurrent_versions": st.integers(0, 3),
        "delete_marker": st.sampled_from([False, False, False, True]),
        "noncurrent_versions": st.sampled_from([0, 0, 1]),
        "multipart_upload": st.sampled_from([False, False, False, False, True]),
        "minimum_transition_size": st.sampled_from(["all_storage_classes_128K", "varies_by_storage_class"]),
    },
)
versionings = st.sampled_from(["Enabled", "Suspended", "Disabled"])


@settings(max_examples=600, deadline=None)
@given(st.lists(rules, max_size=4), versionings, things)
def test_agrees_with_an_s3_that_lives_day_by_day(raw: list[Raw], versioning: Versioning, thing: Raw) -> None:
    """Whatever the rules and the object, the events are those of a bucket watched every midnight."""
    events = fate(parse_rules(raw), versioning, StoredObject(**thing))

    assert [(event.at, event.event, event.to) for event in events] == DayByDay(raw, versioning, thing).live()


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=4), versionings, things)
def test_stories_hang_together(raw: list[Raw], versioning: Versioning, thing: Raw) -> None:
    """Events come in order, transitions alone name a class, and nothing follows an end."""
    events = fate(parse_rules(raw), versioning, StoredObject(**thing))
    ends = {"expire", "delete_permanently", "remove_expired_marker", "abort"}

    assert [event.at for event in events] == sorted(event.at for event in events)
    assert all((event.event == "transition") == (event.to is not None) for event in events)
    assert all(event.event not in ends for event in events[:-1])
    assert sum(event.event == "delete_marker" for event in events) <= 1


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, min_size=1, max_size=3), st.permutations(range(3)))
def test_the_order_of_rules_does_not_matter(raw: list[Raw], order: list[int]) -> None:
    """Filtered rules stand each for itself: in another order they are refused for the same causes."""
    shuffled = [raw[place] for place in order if place < len(raw)]

    def causes(written: list[Raw]) -> list[str]:
        return sorted(words.partition(": ")[2] for words in refusals(written))

    assert causes(shuffled) == causes(raw)
