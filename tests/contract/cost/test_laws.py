"""What holds for the cost of every contract."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.cost.estimates import Estimate, estimate
from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.cost.meters import UnknownPrice
from bucketwright.contract.cost.prices import Prices
from bucketwright.contract.cost.rendering import render, to_json
from bucketwright.contract.cost.uses import Kind
from bucketwright.contract.model import Environment
from tests.contract.cost.pricing_cases import AWAY, HOME, environment

SHIPPED: Prices = load_prices()
FIGURES = ("stored", "added", "downloads")
COUNTS = ("reads", "lists")

sizes = st.one_of(
    st.just("0 B"),
    st.integers(1, 10**6).map("{} KB".format),
    st.integers(1, 10**6).map("{} GB".format),
    st.integers(1, 10**4).map("{} TB".format),
)
counts = st.integers(0, 10**9)
regions = st.sampled_from([None, HOME, AWAY, "eu-central-1", "ap-northeast-1"])
encryptions = st.sampled_from(["s3", "kms", "dsse", {"type": "kms", "bucket_key": False}])
deliveries = st.sampled_from(["none", "presigned", "cloudfront", "archive"])
waterfall = ("standard-ia", "intelligent-tiering", "onezone-ia", "glacier-ir", "glacier", "deep-archive")
STORED: tuple[Kind, ...] = ("storage", "replication")


@st.composite
def usages(draw: st.DrawFn) -> dict[str, object]:
    """Some of the figures of a kind of file."""
    stated = {name: draw(sizes) for name in FIGURES} | {name: draw(counts) for name in COUNTS}
    kept = draw(st.sets(st.sampled_from(sorted(stated))))
    average = draw(st.integers(1, 10**10).map("{} B".format))
    return {"average_object": average, **{name: stated[name] for name in sorted(kept)}}


@st.composite
def prefixes(draw: st.DrawFn) -> dict[str, object]:
    """A kind of file with any life that S3 takes."""
    targets = sorted(draw(st.sets(st.sampled_from(waterfall), max_size=3)), key=waterfall.index)
    age, listed = 0, []
    for target in targets:
        age += draw(st.integers(1, 200))
        listed.append({"after": f"{age} days", "to": target})
    fields: dict[str, object] = {"path": "{env}/files/", "archive": listed, "delivery": draw(deliveries)}
    if draw(st.booleans()):
        fields["expire"] = f"{age + draw(st.integers(1, 400))} days"
    if draw(st.booleans()):
        fields["noncurrent"] = {"expire": f"{draw(st.integers(1, 90))} days"}
    if draw(st.booleans()):
        fields["archive_above"] = f"{draw(st.integers(1, 10**6))} B"
    if draw(st.integers(0, 4)):
        fields["usage"] = draw(usages())
    return fields


@st.composite
def buckets(draw: st.DrawFn) -> dict[str, object]:
    """A bucket with up to three kinds of file."""
    fields: dict[str, object] = {
        "prefixes": {name: draw(prefixes()) for name in draw(st.sets(st.sampled_from("pqr")))},
        "encryption": draw(encryptions),
        "region": draw(regions),
        "versioning": draw(st.sampled_from(["disabled", "enabled"])),
    }
    if draw(st.booleans()):
        fields["inventory"] = {"to": "one", "schedule": draw(st.sampled_from(["daily", "weekly"]))}
    if draw(st.booleans()):
        fields["replication"] = {"to": "two", "storage_class": draw(st.sampled_from(["standard", "glacier"]))}
    return fields


@st.composite
def environments(draw: st.DrawFn) -> Environment:
    """One or two buckets, and programs that may be elsewhere."""
    chosen = {"one": draw(buckets())}
    if draw(st.booleans()):
        chosen["two"] = draw(buckets())
    return environment(chosen, compute_region=draw(regions))


def usage_times(subject: Environment, factor: int) -> Environment:
    """The same environment with every stated figure multiplied."""
    multiplied = {}
    for bucket_id, bucket in subject.buckets.items():
        prefixes = {}
        for prefix_id, prefix in bucket.prefixes.items():
            if prefix.usage is not None:
                stated = prefix.usage.model_fields_set - {"average_object"}
                more = {name: getattr(prefix.usage, name) * factor for name in stated}
                changed = prefix.usage.model_copy(update=more)
                prefixes[prefix_id] = prefix.model_copy(update={"usage": changed})
            else:
                prefixes[prefix_id] = prefix
        multiplied[bucket_id] = bucket.model_copy(update={"prefixes": prefixes})
    return subject.model_copy(update={"buckets": multiplied})


def storage_of(found: Estimate) -> Decimal:
    """Dollars of all that is stored, copies too: they fill the same price steps."""
    return sum((found.by_kind().get(kind, Decimal(0)) for kind in STORED), Decimal(0))


@settings(max_examples=120, deadline=None)
@given(subject=environments())
def test_no_line_is_negative_and_none_is_empty(subject: Environment) -> None:
    """Each line counts something, and nothing pays back."""
    for line in estimate(subject, SHIPPED).lines:
        assert line.quantity > 0
        assert line.dollars >= 0
        assert line.unit_price >= 0
        assert line.assumption


@pytest.mark.requirement("TC-5")
@settings(max_examples=120, deadline=None)
@given(subject=environments())
def test_the_lines_add_up_to_the_total(subject: Environment) -> None:
    """However they are grouped, and to the last digit."""
    found = estimate(subject, SHIPPED)

    assert found.total == sum(line.dollars for line in found.lines)
    assert found.total == sum(found.by_kind().values())
    assert found.total == sum(found.by_place().values())


@settings(max_examples=120, deadline=None)
@given(subject=environments(), factor=st.integers(2, 1000))
def test_more_usage_never_costs_less(subject: Environment, factor: int) -> None:
    """Prices fall with the quantity, the sum does not."""
    assert estimate(usage_times(subject, factor), SHIPPED).total >= estimate(subject, SHIPPED).total


@settings(max_examples=120, deadline=None)
@given(fields=prefixes(), traffic=usages(), expiries=st.lists(st.integers(601, 3000), min_size=2, max_size=2))
def test_expiring_earlier_never_stores_for_more(
    fields: dict[str, object], traffic: dict[str, object], expiries: list[int]
) -> None:
    """With the same additions, a shorter life is a smaller bill, minimum stays included."""
    earlier, later = sorted(expiries)
    traffic = {**traffic, "added": traffic.get("added", "10 GB")}
    costs = [
        storage_of(
            estimate(
                environment(
                    {"files": {"prefixes": {"docs": {**fields, "usage": traffic, "expire": f"{days} days"}}}}
                ),
                SHIPPED,
            )
        )
        for days in (earlier - 600, earlier, later)
    ]

    assert costs == sorted(costs)


@settings(max_examples=80, deadline=None)
@given(subject=environments(), months=st.integers(0, 60), more=st.integers(1, 60))
def test_time_never_makes_storage_cheaper(subject: Environment, months: int, more: int) -> None:
    """What stays for ever only grows, and what settles stays as it is."""
    now = estimate(subject, SHIPPED, months)

    assert storage_of(now.after_months(more)) >= storage_of(now)


@settings(max_examples=60, deadline=None)
@given(subject=environments())
def test_the_order_of_buckets_changes_nothing(subject: Environment) -> None:
    """Steps and free quantities are shared out, not handed to whoever comes first."""
    turned = subject.model_copy(update={"buckets": dict(reversed(list(subject.buckets.items())))})

    assert round(estimate(turned, SHIPPED).total, 9) == round(estimate(subject, SHIPPED).total, 9)


@settings(max_examples=60, deadline=None)
@given(subject=environments(), region=st.sampled_from(["eu-south-2", "us-gov-west-1", "cn-north-1"]))
def test_a_region_without_prices_is_never_guessed(subject: Environment, region: str) -> None:
    """One bucket in an unknown region, and there is no estimate at all."""
    one = subject.buckets["one"].model_copy(update={"region": region})
    moved = subject.model_copy(update={"buckets": {**subject.buckets, "one": one}})

    with pytest.raises(UnknownPrice, match=region):
        estimate(moved, SHIPPED)


@settings(max_examples=80, deadline=None)
@given(subject=environments())
def test_every_estimate_can_be_shown(subject: Environment) -> None:
    """As text of at most 80 columns, and as JSON whose lines add up to its total."""
    found = estimate(subject, SHIPPED)

    assert all(len(row) <= 80 for row in render(found).splitlines())
    read = json.loads(json.dumps(to_json(found)))
    assert sum(Decimal(line["dollars"]) for line in read["lines"]) == Decimal(read["total"])


def test_the_largest_contract_neither_overflows_nor_loses_a_cent() -> None:
    """The largest sizes and counts that a contract can state."""
    most = "1000000 PB"
    traffic = {"average_object": "1 B", "stored": most, "added": most, "downloads": most, "reads": 10**15}
    fields = {"path": "{env}/files/", "delivery": "presigned", "usage": {**traffic, "lists": 10**15}}

    found = estimate(environment({"files": {"prefixes": {"docs": fields}}}), SHIPPED)

    assert found.total == sum(line.dollars for line in found.lines) > 10**15
    assert all(len(row) <= 80 for row in render(found).splitlines())
