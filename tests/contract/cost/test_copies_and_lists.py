"""What replication and inventories cost, by hand."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from bucketwright.contract.model import Environment
from tests.contract.cost.pricing_cases import (
    AWAY,
    MONTH,
    about,
    amounts,
    bucket,
    environment,
    line,
    prefix,
    priced,
    usage,
)

TRAFFIC = usage(stored="100 GiB", added="10 GiB")
"""10,240 objects of 1 MiB come in a month."""


def copied(replication: object, target: Mapping[str, object], of: object = None) -> Environment:
    """A bucket whose files are copied to the bucket `copies`."""
    source = {"prefixes": {"docs": of or prefix(TRAFFIC)}, "replication": replication}
    return environment({"files": source, "copies": target})


def of_copies(subject: Environment) -> dict[str, Decimal]:
    """The amounts of what copies use."""
    return {what: dollars for what, dollars in amounts(priced(subject)).items() if what.startswith("copies")}


def test_copies_in_another_region_cost_storage_requests_and_the_way() -> None:
    """100 GB at the other region's 0.20, 10,240 PUT at 5 per 1,000, 10 GB sent at 0.25."""
    found = of_copies(copied({"to": "copies"}, {"region": AWAY}))

    assert found == {
        "copies: in standard": about(20),
        "copies: PUT to copies": about("51.2"),
        f"copies: sent to {AWAY}": about("2.5"),
    }


def test_copies_in_the_same_region_travel_for_nothing() -> None:
    """No way is paid within a region."""
    assert set(of_copies(copied({"to": "copies"}, {}))) == {"copies: in standard", "copies: PUT to copies"}


def test_copies_lie_in_the_class_of_the_rule() -> None:
    """100 GB in glacier at 0.01, with 40 KiB for each of 102,400 objects."""
    found = of_copies(copied({"to": "copies", "storage_class": "glacier"}, {}))

    assert found["copies: in glacier"] == about(1)
    assert found["copies: in glacier, index"] == about(Decimal(102_400 * 32) / 2**20 * Decimal("0.01"))
    assert found["copies: in glacier, names"] == about(Decimal(102_400 * 8) / 2**20 * Decimal("0.10"))


def test_copies_follow_the_lifecycle_of_where_they_lie() -> None:
    """Under the target's expiry of 30 days they settle at 10 x 30.5 / 30.4375 GB."""
    target = {"prefixes": {"same": {"path": "{env}/files/", "expire": "30 days"}}}

    found = of_copies(copied({"to": "copies"}, target))

    assert found["copies: in standard"] == about(10 * Decimal("30.5") / MONTH * Decimal("0.10"))


def test_deletions_by_lifecycle_do_not_reach_copies() -> None:
    """Where the originals expire and the target has no lifecycle, copies grow for ever."""
    subject = copied({"to": "copies"}, {}, of=prefix(TRAFFIC, expire="30 days"))

    today, later = priced(subject), priced(subject, 12)

    settled = 10 * Decimal("30.5") / MONTH
    assert line(today, "copies: in standard").dollars == pytest.approx(settled / 10)
    assert line(later, "copies: in standard").dollars == pytest.approx((settled + 120) / 10)


def test_copies_with_a_usage_of_their_own_are_not_counted_twice() -> None:
    """The target states what it holds, so only the requests are on the originals' account."""
    target = {"prefixes": {"same": prefix(usage(stored="100 GiB"))}}

    assert set(of_copies(copied({"to": "copies"}, target))) == {"copies: PUT to copies"}


def test_only_the_named_prefixes_are_copied() -> None:
    """A rule for another prefix copies nothing of this one."""
    assert of_copies(copied({"to": "copies", "prefixes": ["other"]}, {})) == {}


def test_copies_between_keys_are_read_and_encrypted_by_calls() -> None:
    """10,240 copies are as many calls at the source, beside as many writes, and as many at the target."""
    kms = {"type": "kms", "bucket_key": False}
    files = bucket(of=prefix(TRAFFIC), encryption=kms, replication={"to": "copies"})

    found = amounts(priced(environment({"files": files, "copies": {"encryption": kms}})))

    assert found["KMS requests"] == about(Decimal(2 * 10_240) * 9 / 10_000)
    assert found["copies: KMS requests"] == about(Decimal(10_240) * 9 / 10_000)


def test_copies_to_a_bucket_elsewhere_are_a_gap() -> None:
    """An ARN says nothing of its region, so nothing is guessed."""
    found = priced(copied({"to": "arn:aws:s3:::elsewhere"}, {}))

    assert not any(one.kind == "replication" for one in found.lines)
    assert [gap.reason for gap in found.gaps if gap.prefix] == [
        "copies to arn:aws:s3:::elsewhere are not counted: only a bucket of this contract has a known region"
    ]


@pytest.mark.parametrize(
    ("schedule", "runs"), [("daily", MONTH), ("weekly", MONTH / 7)], ids=["each day", "each week"]
)
def test_an_inventory_lists_every_object_each_time(schedule: str, runs: Decimal) -> None:
    """Two prefixes of 1,024 and 2,048 objects, at 7 per million listed."""
    prefixes = {
        "some": prefix(usage(stored="1 GiB")),
        "more": prefix(usage(stored="2 GiB"), path="{env}/more/"),
    }
    subject = {"prefixes": prefixes, "inventory": {"to": "files", "schedule": schedule}}

    found = priced(environment({"files": subject}))

    assert about(line(found, "objects listed").dollars) == about(3072 * runs * 7 / 10**6)
    assert line(found, "objects listed").prefix is None
