"""Which price tables are taken, and what is said of the others."""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.cost.estimates import estimate
from bucketwright.contract.cost.loading import PriceFileError, load_prices, read_prices
from bucketwright.contract.cost.meters import UnknownPrice
from tests.contract.cost.pricing_cases import HOME, environment, files, priced, region, table, usage


def complaints(content: bytes) -> tuple[str, ...]:
    """What is wrong with a table."""
    with pytest.raises(PriceFileError) as raised:
        read_prices(content, "table.json")
    return raised.value.problems


def stored(terabytes: int, storage_class: str = "standard") -> Decimal:
    """Dollars a month at the shipped prices of us-west-2 for so many TB that stay for ever."""
    moves = () if storage_class == "standard" else {"after": "30 days", "to": storage_class}
    subject = files(usage(average_object="1 TiB", stored=f"{terabytes} TiB"), archive=moves)
    return sum(
        (
            line.dollars
            for line in estimate(subject, load_prices()).lines
            if line.what == f"in {storage_class}"
        ),
        Decimal(0),
    )


def test_the_shipped_table_has_a_date_a_source_and_the_regions_known_for_sure() -> None:
    """An estimate can always say from when and where its prices are."""
    shipped = load_prices()

    assert shipped.date == date(2026, 8, 18)
    assert shipped.currency == "USD"
    assert " ".join(sorted(shipped.regions)) == (
        "ap-northeast-1 ap-southeast-2 eu-central-1 eu-west-1 us-east-1 us-east-2 us-west-2"
    )


@pytest.mark.parametrize(
    ("terabytes", "dollars"),
    [
        pytest.param(1, "23.552", id="1 TB: 1,024 x 0.023"),
        pytest.param(50, "1177.60", id="50 TB exactly: 51,200 x 0.023"),
        pytest.param(51, "1200.128", id="one TB more: and 1,024 x 0.022"),
        pytest.param(500, "11315.20", id="500 TB exactly: and 460,800 x 0.022"),
        pytest.param(501, "11336.704", id="one TB more: and 1,024 x 0.021"),
    ],
)
def test_standard_storage_falls_in_price_step_by_step(terabytes: int, dollars: str) -> None:
    """The list prices of us-west-2, at and past each step."""
    assert stored(terabytes) == Decimal(dollars)


@pytest.mark.parametrize(
    ("storage_class", "price"),
    [
        ("standard-ia", "0.0125"),
        ("onezone-ia", "0.01"),
        ("glacier-ir", "0.004"),
        ("deep-archive", "0.00099"),
    ],
)
def test_colder_classes_have_one_price_each(storage_class: str, price: str) -> None:
    """The list prices of us-west-2 for 1,000 TB."""
    assert stored(1000, storage_class) == 1000 * 1024 * Decimal(price)


def test_steps_count_all_buckets_of_a_region_together() -> None:
    """Two prefixes of 60 GB at 1 up to 100 GB and 0.5 beyond: 110, half of it each."""
    steps = [{"up_to": 100, "price": 1}, {"price": "0.5"}]
    one = {"path": "{env}/a/", "usage": usage(stored="60 GiB")}
    subject = environment({"a": {"prefixes": {"p": one}}, "b": {"prefixes": {"p": one}}})

    found = priced(subject, regions={HOME: region(storage={"standard": steps})})

    assert [line.dollars for line in found.lines] == [55, 55]


def test_an_unknown_region_is_named_with_what_to_do() -> None:
    """No price is guessed, not even for a bucket whose usage is not stated."""
    subject = environment({"files": {"region": "eu-south-2"}})

    with pytest.raises(UnknownPrice) as raised:
        priced(subject)

    assert str(raised.value) == (
        "the price table of 2026-01-31 has no prices of the region eu-south-2 (it has us-east-1, us-west-2); "
        "give a table that has them with --prices FILE"
    )


def test_a_price_the_region_lacks_is_a_gap() -> None:
    """What has no price is left out of the sum and named, and the rest is counted."""
    found = priced(files(usage(stored="1 GiB", lists=5)), regions={HOME: {"storage": {"standard": "1"}}})

    assert found.total == 1
    assert found.at_least
    (gap,) = found.gaps
    assert found.unpriced == (gap,)
    assert gap.reason == (
        "lists (LIST): the price table of 2026-01-31 has no price for it in us-west-2; "
        "give one with --prices FILE"
    )


def test_a_table_from_a_file_is_taken(tmp_path: Path) -> None:
    """`--prices FILE` replaces the shipped table altogether."""
    path = tmp_path / "prices.json"
    path.write_text(json.dumps(table(date="2030-05-01")))

    assert load_prices(path).date == date(2030, 5, 1)


@pytest.mark.parametrize("price", ["0.023", 0.023, 0, "0", "1e3", 10**9], ids=repr)
def test_prices_may_be_text_or_numbers(price: object) -> None:
    """A number in JSON is read as it is written, without binary fractions."""
    found = read_prices(json.dumps(table(regions={HOME: {"kms_key": price}})).encode(), "table.json")

    steps = found.regions[HOME].kms_key
    assert steps is not None
    assert steps[0].price == Decimal(str(price))


def test_null_stands_for_a_price_nobody_knows() -> None:
    """A table may say aloud that it does not know a price."""
    found = read_prices(json.dumps(table(regions={HOME: {"kms_key": None}})).encode(), "table.json")

    assert found.regions[HOME].kms_key is None


@pytest.mark.parametrize(
    "price",
    [-1, "-0.5", "abc", "", True, "NaN", "Infinity", 10**9 + 1, "0.0000000000001", {}, "1e-40"],
    ids=repr,
)
def test_prices_that_are_none_are_refused(price: object) -> None:
    """Negative, endless, tiny and wordy prices are named at their place."""
    content = json.dumps(table(regions={HOME: {"kms_key": price}})).encode()

    assert complaints(content) == (
        "regions.us-west-2.kms_key: a number from 0 to a thousand million is needed, such as 0.023",
    )


@pytest.mark.parametrize(
    ("steps", "complaint"),
    [
        pytest.param([], "every step but the last needs `up_to`, and the last has none", id="no step"),
        pytest.param(
            [{"up_to": 5, "price": 1}],
            "every step but the last needs `up_to`, and the last has none",
            id="no price for the rest",
        ),
        pytest.param(
            [{"price": 1}, {"price": 1}],
            "every step but the last needs `up_to`, and the last has none",
            id="two last steps",
        ),
        pytest.param(
            [{"up_to": 5, "price": 1}, {"up_to": 5, "price": 1}, {"price": 1}],
            "the steps' `up_to` must rise from 0",
            id="a step of nothing",
        ),
        pytest.param(
            [{"up_to": 0, "price": 1}, {"price": 1}], "the steps' `up_to` must rise from 0", id="up to 0"
        ),
    ],
)
def test_steps_that_do_not_rise_are_refused(steps: object, complaint: str) -> None:
    """Steps cover every quantity once."""
    content = json.dumps(table(regions={HOME: {"internet": steps}})).encode()

    assert complaints(content) == (f"regions.us-west-2.internet: {complaint}",)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        pytest.param(b"", "not JSON: Expecting value at character 1", id="nothing"),
        pytest.param(
            b'{"version":\n  x}',
            "not JSON: Expecting value at line 2, column 3",
            id="a bare word",
        ),
        pytest.param(b'{"version": 1e999}', "the number 1e999 is too large", id="too large a number"),
        pytest.param(b'{"version": ' + b"9" * 5000 + b"}", "a number has 5000 digits", id="too many digits"),
        pytest.param(b"[1]", "a mapping with version, date, source and regions is needed", id="a list"),
        pytest.param(b'{"a": 1, "a": 2}', "the key 'a' stands twice", id="a key twice"),
        pytest.param(b'{"a": NaN}', "NaN is no JSON number", id="not a number"),
        pytest.param(b"\xff\xfe", "not UTF-8 at byte 1", id="not text"),
        pytest.param(b"[" * 200_000, "nested deeper than 64", id="too deep"),
        pytest.param(b" " * (4 * 2**20 + 1), "larger than 4 MiB", id="too large"),
    ],
)
def test_what_is_no_table_is_said_plainly(content: bytes, complaint: str) -> None:
    """A file that is no table at all has one problem."""
    assert complaints(content) == (complaint,)


def test_everything_wrong_is_said_at_once_with_the_nearest_spelling() -> None:
    """Misspelt keys, missing fields and unknown classes come in one answer."""
    broken = table(version=2, regions={"nowhere": {}, HOME: {"storag": {}, "put": {"standrd": "1"}}})
    del broken["currency"]

    found = "\n".join(complaints(json.dumps(broken).encode()))

    assert "version: 2 is not allowed; allowed: 1" in found
    assert "'currency' is missing" in found
    assert "regions.nowhere: 'nowhere' is not a region" in found
    assert "unknown key 'storag'" in found
    assert "did you mean 'storage'?" in found
    assert "did you mean 'standard'?" in found


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        pytest.param("absent.json", "there is no such file", id="absent"),
        pytest.param(".", "this is a folder, not a file", id="a folder"),
        pytest.param("/dev/zero", "this is a pipe or a device, not a file", id="a device without end"),
        pytest.param("a\0b", "this is no file name", id="not a name"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_plainly(tmp_path: Path, name: str, complaint: str) -> None:
    """Nothing but a `PriceFileError` comes out, and no control character in it."""
    with pytest.raises(PriceFileError) as raised:
        load_prices(tmp_path / name)

    assert raised.value.problems == (complaint,)
    assert str(raised.value).isprintable()


def test_a_pipe_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    """Only regular files are opened."""
    os.mkfifo(tmp_path / "prices.json")

    with pytest.raises(PriceFileError, match="a pipe or a device"):
        load_prices(tmp_path / "prices.json")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
places = st.sampled_from(["version", "date", "currency", "source", "free", "regions", "else"])


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=200) | st.builds(lambda data: json.dumps(data).encode(), json_values))
def test_no_bytes_do_worse_than_problems(content: bytes) -> None:
    """Whatever the file holds, the answer is a list of problems fit for a screen."""
    assert all(problem.isprintable() for problem in complaints(content))


@settings(max_examples=150, deadline=None)
@given(place=places, value=json_values)
def test_no_value_does_worse_than_problems(place: str, value: object) -> None:
    """A wrong value anywhere in a good table is a table, or problems fit for a screen."""
    content = json.dumps(table(**{place: value})).encode()

    try:
        found = tuple(read_prices(content, "table.json").regions)
    except PriceFileError as error:
        found = error.problems

    assert found
    assert all(one.isprintable() for one in found)
