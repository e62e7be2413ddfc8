"""Is the life that is priced the one that S3's rules give an object?"""

from datetime import UTC, datetime, timedelta
from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.cost.life_costs import life_cost
from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.lifecycle.compile import lifecycle_rules, minimum_size
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import StoredObject, Versioning, fate
from bucketwright.contract.model import Environment
from tests.contract.cost.pricing_cases import bucket, environment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""Half a day before midnight: the average object."""

SPELLED: dict[str, Versioning] = {"enabled": "Enabled", "suspended": "Suspended", "disabled": "Disabled"}

WATERFALL = ("standard-ia", "intelligent-tiering", "onezone-ia", "glacier-ir", "glacier", "deep-archive")


def ascending(steps: list[int], start: int) -> list[int]:
    """Days that rise by these steps."""
    return list(accumulate(steps, initial=start))[1:]


@st.composite
def moves(draw: st.DrawFn) -> tuple[list[dict[str, str]], int]:
    """Moves to ever colder classes at rising ages, and the last of the ages."""
    targets = sorted(draw(st.sets(st.sampled_from(WATERFALL), max_size=3)), key=WATERFALL.index)
    ages = ascending([draw(st.integers(1, 200)) for _ in targets], draw(st.integers(0, 30)))
    listed = [{"after": f"{age} days", "to": target} for age, target in zip(ages, targets, strict=True)]
    return listed, ages[-1] if ages else 0


@st.composite
def lives(draw: st.DrawFn) -> Environment:
    """One prefix with any retention, in a bucket with any versioning."""
    current, last = draw(moves())
    fields: dict[str, object] = {"archive": current}
    if draw(st.booleans()):
        fields["expire"] = f"{last + draw(st.integers(1, 300))} days"
    if draw(st.booleans()):
        old, last_old = draw(moves())
        fields["noncurrent"] = {"archive": old}
        if draw(st.booleans()):
            fields["noncurrent"] = {"archive": old, "expire": f"{last_old + draw(st.integers(1, 300))} days"}
    if draw(st.booleans()):
        fields["archive_above"] = f"{draw(st.integers(1, 300_000))} B"
    of_bucket = {
        "versioning": draw(st.sampled_from(["disabled", "enabled", "suspended"])),
        "minimum_transition_size": draw(st.sampled_from(["all-classes", "by-class"])),
    }
    return environment({"files": bucket(of={"path": "files/", **fields}, **of_bucket)})


def simulated(subject: Environment, size: int) -> list[tuple[str, timedelta, timedelta | None]]:
    """The classes an object is in, from when and how long, as the simulator of S3's own rules tells it."""
    files = subject.buckets["files"]
    stored = StoredObject(
        "files/a",
        NOON,
        size=size,
        version_id="v1" if files.versioning == "enabled" else None,
        minimum_transition_size=minimum_size(files),
    )
    rules = parse_rules(lifecycle_rules(subject, "files"))
    story = [(NOON, "STANDARD")]
    end = None
    for event in fate(rules, SPELLED[files.versioning], stored):
        if event.to is not None:
            story.append((event.at, event.to))
        elif event.event in {"expire", "delete_permanently"}:
            end = event.at
    ends = [at for at, _ in story[1:]] + [end]
    return [
        (name, start - NOON, None if stop is None else stop - start)
        for (start, name), stop in zip(story, ends, strict=True)
    ]


@settings(max_examples=200, deadline=None)
@given(subject=lives(), size=st.sampled_from([1, 2**17 - 1, 2**17, 200_000, 2**30]))
def test_the_life_that_is_priced_is_the_one_that_the_rules_give(subject: Environment, size: int) -> None:
    """For an object written at noon the stays are those of the simulator, to the second."""
    files = subject.buckets["files"]
    priced = [
        (
            stay.storage_class.upper().replace("-", "_"),
            timedelta(days=float(stay.start)),
            None if stay.days is None else timedelta(days=float(stay.days)),
        )
        for stay in life_cost(files.prefixes["docs"], files, subject, size, load_prices()).stays
    ]

    assert simulated(subject, size) == priced
