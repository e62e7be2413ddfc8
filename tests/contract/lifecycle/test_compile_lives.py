"""Do the compiled rules do to every object what the contract says of its prefix, and does S3 accept them?"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle.classes import s3_class
from bucketwright.contract.lifecycle.compile import (
    lifecycle_rules,
    minimum_size,
    object_tags,
)
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import StoredObject, Versioning, fate
from bucketwright.contract.lifecycle.validity import refusals
from bucketwright.contract.model import Environment
from bucketwright.contract.prefixes import Prefix, Transition
from tests.contract.access.environments import environment, layouts
from tests.contract.access.oracle import keys_of
from tests.contract.lifecycle.compiling import MADE, after
from tests.contract.prefix_strategies import courses, days
from tests.contract.strategies import contracts

SMALL = 128 * 1024
SPELLED: Mapping[str, Versioning] = {"enabled": "Enabled", "suspended": "Suspended", "disabled": "Disabled"}
Story = list[tuple[datetime, str, str | None]]


@st.composite
def lives(draw: st.DrawFn, *, versioned: bool) -> dict[str, Any]:
    """What becomes of the objects of one prefix, or nothing."""
    life: dict[str, Any] = draw(st.sampled_from([{}, {"keep": "forever"}, {"expire": "7 days"}]))
    if draw(st.booleans()):
        life = dict(draw(courses()))
        life |= draw(
            st.fixed_dictionaries({}, optional={"archive_above": st.sampled_from(["1 B", "64 KiB"])})
        )
    if versioned and draw(st.booleans()):
        newest = st.fixed_dictionaries({}, optional={"keep_newest": st.integers(1, 3)})
        old = draw(st.one_of(st.fixed_dictionaries({"expire": days(1)}), courses()))
        life["noncurrent"] = {**old, **draw(newest)}
    return life


@st.composite
def subjects(draw: st.DrawFn) -> Environment:
    """One bucket whose prefixes have hard templates and lives of their own."""
    versioning = draw(st.sampled_from(["disabled", "enabled"]))
    prefixes = draw(layouts())
    for prefix in prefixes.values():
        prefix.update(draw(lives(versioned=versioning == "enabled")))
        prefix.update(draw(st.sampled_from([{}, {"tags": {"team": "red"}}])))
    size = draw(st.sampled_from(["all-classes", "by-class"]))
    bucket = {"prefixes": prefixes, "versioning": versioning, "minimum_transition_size": size}
    return environment(buckets={"files": bucket})


def moved(
    moves: tuple[Transition, ...], since: datetime, prefix: Prefix, size: int, *, by_class: bool
) -> Story:
    """When the contract's words move an object of this size."""
    floor = prefix.archive_above
    far = {"glacier", "deep-archive"} if by_class else set[str]()
    return [
        (after(since, move.after), "transition", s3_class(move.to))
        for move in moves
        if (size >= SMALL or move.to in far if floor is None else size >= floor)
    ]


def told(subject: Environment, prefix: Prefix, size: int) -> Story:
    """What the contract's words say of an object of this size, made now and never overwritten."""
    bucket = subject.buckets["files"]
    by_class = bucket.minimum_transition_size == "by-class"
    story = moved(prefix.archive, MADE, prefix, size, by_class=by_class)
    if prefix.expire is None:
        return possible(story)
    gone = after(MADE, prefix.expire)
    story = [event for event in story if event[0] < gone]
    if bucket.versioning == "disabled":
        return possible([*story, (gone, "expire", None)])
    story.append((gone, "delete_marker", None))
    old = prefix.noncurrent
    if old is not None:
        later = moved(old.archive, gone, prefix, size, by_class=by_class)
        if old.expire is not None and old.keep_newest is None:
            end = after(gone, old.expire)
            later = [*(event for event in later if event[0] < end), (end, "delete_permanently", None)]
        story += later
    return possible(story)


COLD = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")


def possible(story: Story) -> Story:
    """The story without moves that S3 does not make: to a warmer class, or from ONEZONE_IA to GLACIER_IR."""
    kept: Story = []
    held = ""
    for at, event, to in story:
        if to is not None:
            warmer = bool(held) and COLD.index(to) <= COLD.index(held)
            if warmer or (held, to) == ("ONEZONE_IA", "GLACIER_IR"):
                continue
            held = to
        kept.append((at, event, to))
    return kept


def simulated(subject: Environment, prefix_id: str, key: str, size: int) -> Story:
    """What S3 does under the compiled rules, to an object that carries the tags it is to be written with."""
    bucket = subject.buckets["files"]
    stored = StoredObject(
        key=key,
        size=size,
        created=MADE,
        tags=object_tags(subject, "files", prefix_id),
        version_id=None if bucket.versioning == "disabled" else "first",
        minimum_transition_size=minimum_size(bucket),
    )
    events = fate(parse_rules(lifecycle_rules(subject, "files")), SPELLED[bucket.versioning], stored)
    return [(event.at, event.event, event.to) for event in events]


@settings(max_examples=80, deadline=None)
@given(subjects(), st.sampled_from([0, 1, 65_535, 65_536, SMALL - 1, SMALL, 10**9]))
def test_every_object_lives_as_its_prefix_says(subject: Environment, size: int) -> None:
    """On the right day, and no rule of another prefix touches it, whatever the key looks like."""
    for prefix_id, prefix in subject.buckets["files"].prefixes.items():
        for key in list(keys_of(prefix.path, prefix.objects))[::7]:
            assert simulated(subject, prefix_id, key, size) == told(subject, prefix, size)


@settings(max_examples=60, deadline=None)
@given(subjects())
def test_s3_accepts_the_rules(subject: Environment) -> None:
    """No rule set of a sound bucket would be refused."""
    assert refusals(lifecycle_rules(subject, "files")) == ()


@settings(max_examples=30, deadline=None)
@given(contracts())
def test_s3_accepts_the_rules_of_whole_contracts(contract: dict[str, Any]) -> None:
    """Nor of any bucket of a generated contract, sessions and logs included."""
    for one in environments_of(contract):
        for bucket_id in one.buckets:
            assert refusals(lifecycle_rules(one, bucket_id)) == ()


def environments_of(contract: dict[str, Any]) -> Iterator[Environment]:
    shared = {key: value for key, value in contract.items() if key not in {"project", "environments"}}
    for name, delta in contract["environments"].items():
        yield Environment.model_validate(
            {"project": contract["project"], "name": name, **shared, **(delta or {})}
        )
