"""Are calls, dollars and hours of a run right before it starts, and is what nobody can know said?"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.measured import FAST, SDK
from audits.objects_held import declared
from audits.objects_price import (
    Held,
    Wanted,
    expected,
    lasting,
    lines,
    together,
)
from audits.objects_tariff import Tariff
from bucketwright.contract.cost.figures import in_money
from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.model import Environment
from bucketwright.objects.sources import Source

PRICES = load_prices()
HERE = Tariff("us-east-1", PRICES)
MANY = Held({"STANDARD": 10**9}, "the ledger of 2026-11-20")
CLASSES = ("STANDARD", "STANDARD_IA", "GLACIER_IR", "DEEP_ARCHIVE", "REDUCED_REDUNDANCY")


@pytest.mark.requirement("TC-5")
def test_a_thousand_million_objects_cost_what_the_price_list_says() -> None:
    """A million LIST pages at five dollars, some of them not full, and 400 dollars of HEADs: in two days."""
    said = expected("files", Wanted.full({"list", "head"}), MANY, HERE)

    assert said.calls == {"list": 1_050_000, "head": 10**9}
    assert said.dollars == Decimal("405.25")
    assert lasting(said.seconds) == "2.1 days"
    assert list(lines(said)) == [
        "files: 1,050,000 LIST, 1,000,000,000 HEAD: $405.25, about 2.1 days (by the ledger of 2026-11-20)"
    ]


@pytest.mark.parametrize(
    ("source", "storage_class", "dollars"),
    [
        pytest.param("head", "STANDARD", "0.40", id="standard"),
        pytest.param("head", "REDUCED_REDUNDANCY", "0.40", id="reduced redundancy is charged as standard"),
        pytest.param("head", "STANDARD_IA", "1.00", id="infrequent access is dearer"),
        pytest.param("acl", "GLACIER_IR", "10.00", id="instant retrieval is much dearer"),
        pytest.param("head", "DEEP_ARCHIVE", "0.40", id="an archive answers a HEAD at the usual price"),
        pytest.param("tagging", "GLACIER_IR", "0.40", id="tags cost alike in every class"),
    ],
)
def test_a_call_costs_by_the_class_of_its_object(source: Source, storage_class: str, dollars: str) -> None:
    """A million calls, by the one price table."""
    said = expected("files", Wanted.full({source}), Held({storage_class: 10**6}, "it"), HERE)

    assert said.dollars == Decimal(dollars)


@given(
    counts=st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 10**9)),
    markers=st.integers(0, 10**6),
    uploads=st.integers(0, 10**6),
)
def test_the_whole_is_the_sum_of_the_calls(counts: Mapping[str, int], markers: int, uploads: int) -> None:
    """Each call at its own price, worked out one class after the other, comes to the same dollars."""
    sources: set[Source] = {"list-versions", "uploads", "parts", "head", "tagging"}
    held = Held(counts, "it", markers, uploads)
    said = expected("files", Wanted.full(sources), held, HERE)
    listed = sum(counts.values()) + markers

    assert said.calls["head"] == said.calls["tagging"] == sum(counts.values())
    assert said.calls["parts"] == uploads
    assert listed <= 1_000 * said.calls["list-versions"] <= listed * Decimal("1.05") + 1_000
    heads = sum(
        (count * (HERE.each("head", name) or Decimal("NaN")) for name, count in counts.items()), Decimal(0)
    )
    lists = said.calls["list-versions"] + said.calls["uploads"] + said.calls["parts"]
    tags = said.calls["tagging"]
    assert said.dollars == heads + lists * Decimal("0.000005") + tags * Decimal("0.0000004")
    assert said.beyond == ()


def test_only_what_changed_is_asked() -> None:
    """What the ledger may not keep is asked again, what is new comes on top, and that is said."""
    said = expected("files", Wanted.changed({"list", "head", "tagging"}, {"tagging": 10**9}), MANY, HERE)

    assert said.calls == {"list": 1_050_000, "head": 0, "tagging": 10**9}
    assert list(lines(said)) == [
        ("files: 1,050,000 LIST, 1,000,000,000 tags: $405.25, about 2.1 days (by the ledger of 2026-11-20)"),
        (
            "on top comes what is new or changed since the ledger: "
            "a million cost $0.005 for LIST, $0.40 for HEAD, $0.40 for tags"
        ),
    ]


def test_buckets_are_named_where_what_comes_on_top_has_several_prices() -> None:
    """One line whatever the number of buckets; where all are alike none is named."""
    with_tags = Wanted.changed({"list", "head", "tagging"}, {})
    without = Wanted.changed({"list", "head"}, {})
    wanted = {"files": with_tags, "logs\x1b": without, "more": without}
    several = together(expected(name, one, MANY, HERE) for name, one in wanted.items())
    alike = together(expected(name, without, MANY, HERE) for name in wanted)

    assert list(lines(several))[1:] == [
        (
            "on top comes what is new or changed since the ledger: "
            "in files a million cost $0.005 for LIST, $0.40 for HEAD, $0.40 for tags; "
            "in logs\\x1b and 1 other a million cost $0.005 for LIST, $0.40 for HEAD"
        )
    ]
    assert list(lines(alike))[1:] == [
        (
            "on top comes what is new or changed since the ledger: "
            "a million cost $0.005 for LIST, $0.40 for HEAD"
        )
    ]


def test_what_is_expected_to_be_new_is_counted() -> None:
    """A number of new objects is asked about beside those that are asked again."""
    said = expected("files", Wanted.changed({"list", "head"}, {"head": 5}, new=7), MANY, HERE)

    assert said.calls["head"] == 12


@given(objects=st.integers(0, 2_000))
def test_a_sample_asks_of_no_more_than_there_are(objects: int) -> None:
    """All is listed; of each class its part is asked, at most one call more than its share, never too few."""
    held = Held({"STANDARD": 700, "STANDARD_IA": 300}, "it")
    said = expected("files", Wanted.sample({"list", "head"}, objects), held, HERE)

    assert said.calls["list"] == 2
    assert min(objects, 1_000) <= said.calls["head"] <= min(objects + 1, 1_000)


def test_what_is_not_known_is_said_with_its_price() -> None:
    """Of a bucket nobody has listed there are no calls and no zero, but the price of a million objects."""
    said = expected("files", Wanted.full({"list", "head"}), None, HERE)

    assert (said.calls, said.dollars) == ({}, None)
    assert list(lines(said)) == [
        (
            "how many objects files holds is not known before it is listed: "
            "a million cost $0.005 for LIST, $0.40 for HEAD"
        )
    ]


def test_buckets_that_nobody_knows_are_one_line() -> None:
    """However many they are; another line for those of another price."""
    cheap = "a million cost $0.005 for LIST"
    just_list: set[Source] = {"list"}
    wanted: dict[str, set[Source]] = {"a": just_list, "b": {"list", "head"}, "c": just_list, "d": just_list}
    said = together(expected(name, Wanted.full(one), None, HERE) for name, one in wanted.items())

    assert list(lines(said)) == [
        f"how many objects a and 2 others hold is not known before they are listed: {cheap}",
        f"how many objects b holds is not known before it is listed: {cheap}, $0.40 for HEAD",
    ]


def test_a_region_without_prices_is_said() -> None:
    """Calls and time are told all the same."""
    said = expected("files", Wanted.full({"list"}), MANY, replace(HERE, region="mars-1"))

    assert said.dollars is None
    assert list(lines(said)) == [
        "files: 1,050,000 LIST: no price known, about 45 min (by the ledger of 2026-11-20)",
        (
            f"the price table of {PRICES.date} lacks a price of STANDARD in the region mars-1; "
            "give one with --prices FILE"
        ),
    ]


def test_a_class_without_a_price_makes_it_a_least() -> None:
    """What has a price is counted, and the class that has none is named, harmlessly."""
    held = Held({"STANDARD": 10**6, "NEW\x1b": 1}, "it")
    said = expected("files", Wanted.full({"head"}), held, HERE)

    assert said.dollars == Decimal("0.4")
    assert said.unpriced == ""
    assert "lacks a price of NEW\\x1b in the region us-east-1" in said.beyond[0].why
    assert HERE.each("head", "NEW\x1b") == Decimal("0.00001"), "the meter takes the dearest class for it"


def test_another_server_is_priced_as_aws() -> None:
    """Somebody's own server has no price list, and the dollars are said to be AWS's."""
    said = expected("files", Wanted.full({"list"}), MANY, replace(HERE, on_aws=False))

    assert list(lines(said))[-1] == "this is not Amazon's S3: the dollars are what AWS would charge"


def test_several_buckets_are_added_up() -> None:
    """Calls, dollars and time of all; a bucket of which nothing is known keeps the sum a least."""
    wanted = Wanted.full({"list", "head"})
    whole = together(
        [
            expected("files", wanted, MANY, HERE),
            expected("logs", Wanted.full({"list"}), MANY, HERE),
            expected("unknown", wanted, None, HERE),
        ]
    )

    assert whole.calls == {"list": 2_100_000, "head": 10**9}
    assert whole.dollars == Decimal("410.5")
    assert next(lines(whole)).startswith("3 buckets: 2,100,000 LIST, 1,000,000,000 HEAD: $410.50")
    assert together([]).dollars is None


def test_the_sdk_takes_longer() -> None:
    """The same calls and dollars, by other rates."""
    wanted = Wanted.full({"list", "head"})
    fast, slow = (expected("files", wanted, MANY, HERE, rates) for rates in (FAST, SDK))

    assert (fast.calls, fast.dollars) == (slow.calls, slow.dollars)
    assert slow.seconds > 10 * fast.seconds


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0.005", "$0.005"),
        ("0.4000", "$0.40"),
        ("0", "$0.00"),
        ("1234.5", "$1,234.50"),
        ("0.00001", "$0.00001"),
    ],
)
def test_small_amounts_keep_their_digits(amount: str, text: str) -> None:
    """What is less than a cent is no nothing."""
    assert in_money(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "1 s"), (59, "59 s"), (60, "1 min"), (5400, "1.5 h"), (86_400, "24 h"), (181_818, "2.1 days")],
)
def test_times_are_told_as_people_do(seconds: int, text: str) -> None:
    """In the largest unit that there is one of, days from two on."""
    assert lasting(Decimal(seconds)) == text


def environment(**prefixes: Mapping[str, object]) -> Environment:
    """A contract with one bucket of these prefixes."""
    several = {name: {"path": f"{{env}}/{name}/", **said} for name, said in prefixes.items()}
    stated = {"project": "shop", "name": "prod", "region": "eu-west-1"}
    return Environment.model_validate({**stated, "buckets": {"files": {"prefixes": several}}})


def test_the_contract_says_how_much_there_is() -> None:
    """Stated bytes and sizes come to objects, class by class of their lives."""
    usage = {"average_object": "1 MB", "stored": "100 GB", "added": "1 GB"}
    archive = {"after": "30 days", "to": "glacier-ir"}
    held = declared(environment(reports={"usage": usage, "archive": archive}), "files")

    assert held is not None
    assert held.objects == pytest.approx(100_000, abs=2)
    assert held.versions.keys() == {"STANDARD", "GLACIER_IR"}
    assert held.at_least == ""


def test_a_contract_that_says_nothing_tells_nothing() -> None:
    """No usage, no number; where one prefix of two states its usage the other is named."""
    usage = {"usage": {"average_object": "1 MB", "stored": "100 GB"}}
    endless = {"usage": {"average_object": "1 MB", "added": "1 GB"}}

    assert declared(environment(reports={}), "files") is None
    assert declared(environment(reports=endless), "files") is None
    both = declared(environment(reports=usage, scans={}, logs=endless), "files")
    assert both is not None
    assert both.at_least == "the contract does not say how much lies under scans, logs"


def test_a_sample_is_priced_prefix_by_prefix() -> None:
    """So many of a large one, all of a small one; the price says what else may come on top."""
    large = {"usage": {"average_object": "1 MB", "stored": "100 GB"}}
    small = {"usage": {"average_object": "1 MB", "stored": "40 MB"}}
    held = declared(environment(reports=large, scans=large, notes=small), "files")

    assert held is not None
    assert held.drawn(300) == 300 + 300 + 40
    said = expected("files", Wanted.sample({"list", "head"}, held.drawn(300)), held, HERE)
    assert said.calls["head"] == 640
    assert any("beside the declared prefixes" in line for line in lines(said))
