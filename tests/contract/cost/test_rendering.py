"""How an estimate looks, to people and to programs."""

from decimal import Decimal
from pathlib import Path

import pytest

from bucketwright.contract.cost.rendering import render, to_json
from bucketwright.contract.model import Environment
from tests.contract.cost.pricing_cases import (
    AWAY,
    HOME,
    bucket,
    environment,
    files,
    prefix,
    priced,
    region,
    usage,
)

SHOWN = Path(__file__).with_name("shown.txt")


def shop() -> Environment:
    """A bit of everything that an estimate shows."""
    exports = prefix(
        {"average_object": "150 MB", "stored": "2 TB", "added": "90 GB", "downloads": "300 GB"},
        path="{env}/exports/",
        archive={"after": "90 days", "to": "glacier"},
        delivery="presigned",
    )
    uploads = prefix(usage(average_object="20 KB", added="3 GB", reads=1500), expire="7 days")
    buckets = {
        "files": {"encryption": "kms", "prefixes": {"exports": exports, "uploads": uploads}},
        "logs": {"purpose": "access-logs"},
    }
    return environment(buckets, compute_region=AWAY)


def test_the_text_is_as_it_was() -> None:
    """Prices, table, sums, gaps, assumptions and what is left out, at 80 columns."""
    text = render(priced(shop(), free={"internet": 100}))

    assert text + "\n" == SHOWN.read_text()
    assert max(len(row) for row in text.splitlines()) <= 80


def test_a_complete_total_does_not_say_at_least() -> None:
    """Only where something is missing is the total a least."""
    complete = render(priced(files(usage(stored="1 GiB"))))

    assert "at least" not in complete
    assert "Not counted" not in complete
    assert "Total a month, at least" in render(priced(shop()))


def test_a_later_total_is_shown_only_where_something_grows() -> None:
    """What is settled costs the same a year later."""
    settled = render(priced(files(usage(added="1 GiB"), expire="7 days")))
    growing = render(priced(files(usage(added="1 GiB"))))

    assert "12 months later" not in settled
    assert "12 months later" in growing
    assert "3 months ahead" in render(priced(files(usage(added="1 GiB")), 3))


@pytest.mark.parametrize(
    ("gibibytes", "shown"),
    [
        pytest.param("53687091 B", "<$0.01", id="just less than half a cent"),
        pytest.param("53687092 B", "$0.01", id="just more than half a cent"),
        pytest.param("12345 GiB", "$1,234.50", id="thousands"),
        pytest.param("100000 PiB", "$10,485,760,000.00", id="a great deal"),
    ],
)
def test_amounts_are_whole_cents(gibibytes: str, shown: str) -> None:
    """Rounded once, at the end; what is not nothing never looks like nothing."""
    rows = render(priced(files(usage(stored=gibibytes)))).splitlines()

    (total,) = [row for row in rows if row.startswith("Total")]
    assert total.endswith(f" {shown}")


def test_long_names_still_fit() -> None:
    """Ids of 48 letters stand on lines of their own."""
    name = "b" * 48
    subject = environment({name: {"prefixes": {"p" * 48: prefix(usage(stored="1 GiB"))}}})

    text = render(priced(subject))

    assert max(len(row) for row in text.splitlines()) <= 80
    assert f"{'b' * 48}/\n{'p' * 48} " in text


def test_the_source_of_prices_cannot_restyle_the_screen() -> None:
    """A price table's own words are shown without directing characters."""
    found = priced(files(usage(stored="1 GiB")), source="fair\u202eprices")

    assert "\u202e" not in render(found)


def test_the_json_has_every_digit_and_a_version() -> None:
    """Programs get text for amounts, so nothing is rounded on the way."""
    found = priced(
        environment({"files": bucket(of=prefix(usage(stored="1 GiB", added="1 GiB")))}),
        regions={"us-west-2": region(storage={"standard": "0.000000000001"})},
    )

    data = to_json(found)

    assert data["version"] == 1
    assert data["prices"] == {"date": "2026-01-31", "currency": "USD", "source": "made up for tests"}
    assert (data["project"], data["environment"], data["months_ahead"]) == ("shop", "prod", 0)
    assert (data["at_least"], data["not_counted"]) == (False, [])
    assert Decimal(str(data["total"])) == Decimal("5.120000000001")
    assert Decimal(str(data["total_in_12_months"])) == Decimal("5.120000000013")
    assert isinstance(data["lines"], list)
    assert data["lines"][0] == {
        "bucket": "files",
        "prefix": "docs",
        "kind": "storage",
        "what": "in standard",
        "region": "us-west-2",
        "quantity": "1",
        "unit": "GB-month",
        "unit_price": "0.000000000001",
        "per": 1,
        "dollars": "0.000000000001",
        "assumption": "1.07 GB held, for ever; grows by 1.07 GB a month",
    }


def test_the_json_names_what_is_not_counted() -> None:
    """Gaps have their place, their reason, and whether it is a price that is missing."""
    data = to_json(priced(environment({"logs": {"purpose": "access-logs"}})))

    assert data["not_counted"] == [
        {
            "bucket": "logs",
            "prefix": None,
            "reason": "how many logs are delivered is in no contract",
            "unpriced": False,
        }
    ]


def test_a_missing_price_is_told_apart_from_what_nobody_stated() -> None:
    """The two have a list each, in text, and a mark in JSON."""
    subject = environment({"files": bucket(of=prefix(usage(stored="1 GiB", lists=5))), "logs": {}})
    found = priced(subject, regions={HOME: {"storage": {"standard": "1"}}})

    text = render(found)
    unpriced, unstated = text.split("Not counted, because ")[1:]

    assert unpriced.startswith("there is no price for it:\n  - files/docs: lists (LIST)")
    assert unstated.startswith("the contract does not say enough:\n  - logs: has no prefix")
    assert [gap.unpriced for gap in found.gaps] == [False, True]
