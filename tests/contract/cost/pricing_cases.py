"""A small price table with round numbers, and short ways to write environments and find lines."""

import json
from collections.abc import Mapping
from decimal import Decimal

from bucketwright.contract.cost.estimates import Estimate, estimate
from bucketwright.contract.cost.loading import read_prices
from bucketwright.contract.cost.prices import Prices
from bucketwright.contract.cost.pricing import Line
from bucketwright.contract.model import Environment

MONTH = Decimal("30.4375")

HOME = "us-west-2"
AWAY = "us-east-1"

_CLASSES = {
    "standard": "0.10",
    "intelligent-tiering": "0.10",
    "standard-ia": "0.05",
    "onezone-ia": "0.04",
    "glacier-ir": "0.02",
    "glacier": "0.01",
    "deep-archive": "0.001",
}


def region(**changes: object) -> dict[str, object]:
    """The prices of one region, some of them changed."""
    return {
        "storage": _CLASSES,
        "put": dict.fromkeys(_CLASSES, "5"),
        "get": dict.fromkeys(_CLASSES, "1"),
        "transition": dict.fromkeys(_CLASSES, "20"),
        "retrieval": {"standard-ia": "0.3", "onezone-ia": "0.3", "glacier-ir": "0.4", "glacier": "0.5"},
        "restore": {"glacier": "50", "deep-archive": "60"},
        "monitoring": "2",
        "inventory": "7",
        "kms_key": "3",
        "kms_requests": "9",
        "dsse": "0.8",
        "internet": "0.6",
        "transfer": [{"to": [AWAY, HOME, "eu-west-1"], "price": "0.25"}],
        **changes,
    }


def table(**changes: object) -> dict[str, object]:
    """A whole price table, some of it changed."""
    return {
        "version": 1,
        "date": "2026-01-31",
        "currency": "USD",
        "source": "made up for tests",
        "regions": {HOME: region(), AWAY: region(storage={**_CLASSES, "standard": "0.20"})},
        **changes,
    }


def prices(**changes: object) -> Prices:
    """The table as prices."""
    return read_prices(json.dumps(table(**changes)).encode(), "table.json")


def usage(**fields: object) -> dict[str, object]:
    """Traffic in which everything that a test does not mention is stated to be nothing."""
    nothing = {"stored": "0 B", "added": "0 B", "reads": 0, "lists": 0, "downloads": "0 B"}
    return {"average_object": "1 MiB", **nothing, **fields}


def prefix(traffic: Mapping[str, object] | None = None, **fields: object) -> dict[str, object]:
    """A prefix with some traffic."""
    return {"path": "{env}/files/", "usage": usage() if traffic is None else traffic, **fields}


def bucket(*, of: Mapping[str, object] | None = None, **fields: object) -> dict[str, object]:
    """A bucket with one prefix named `docs`."""
    return {"prefixes": {"docs": prefix() if of is None else of}, **fields}


def environment(buckets: Mapping[str, object] | None = None, **fields: object) -> Environment:
    """An environment named shop/prod in us-west-2."""
    return Environment.model_validate(
        {"project": "shop", "name": "prod", "region": HOME, "buckets": buckets or {}, **fields}
    )


def files(traffic: Mapping[str, object], **fields: object) -> Environment:
    """One bucket `files` with one prefix `docs` of this traffic and these settings."""
    return environment({"files": bucket(of=prefix(traffic, **fields))})


def priced(subject: Environment, months: int = 0, /, **changes: object) -> Estimate:
    """The estimate of an environment under the small table."""
    return estimate(subject, prices(**changes), months)


def line(found: Estimate, what: str) -> Line:
    """The one line about something."""
    (only,) = [line for line in found.lines if line.what == what]
    return only


def amounts(found: Estimate) -> dict[str, Decimal]:
    """Dollars of each line, by what it is about, to the thousandth of a cent."""
    return {line.what: round(line.dollars, 5) for line in found.lines}


def about(amount: Decimal | int | str) -> Decimal:
    """An expected amount to the thousandth of a cent."""
    return round(Decimal(amount), 5)
