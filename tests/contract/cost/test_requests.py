"""What writing, listing and reading cost, by hand."""

from decimal import Decimal

import pytest

from tests.contract.cost.pricing_cases import (
    about,
    amounts,
    bucket,
    environment,
    files,
    line,
    prefix,
    priced,
    usage,
)


@pytest.mark.parametrize(
    ("size", "requests"),
    [
        pytest.param("1 MB", 1, id="small"),
        pytest.param("100 MB", 1, id="just not above the threshold"),
        pytest.param("100000001 B", 5, id="a byte above: 3 parts, start and end"),
        pytest.param("150 MB", 5, id="3 full parts"),
        pytest.param("150000001 B", 6, id="a fourth part for one byte"),
    ],
)
def test_an_upload_is_one_request_or_its_parts_and_two_more(size: str, requests: int) -> None:
    """Above 100 MB an upload goes in parts of 50 MB, with a request to start and one to end."""
    found = priced(files(usage(average_object=size, added=size)))

    assert round(line(found, "uploads (PUT)").quantity, 9) == requests
    assert amounts(found)["uploads (PUT)"] == about(Decimal(requests) * 5 / 1000)


@pytest.mark.parametrize(
    ("of_bucket", "of_environment", "requests"),
    [
        pytest.param(None, {"threshold": "64 MiB", "part_size": "16 MiB"}, 10, id="the environment's"),
        pytest.param({"part_size": "64 MiB"}, {"part_size": "16 MiB"}, 4, id="the bucket's own first"),
        pytest.param({"part_size": "1 B"}, {}, 28, id="S3's smallest part of 5 MiB"),
    ],
)
def test_parts_are_as_large_as_the_transfer_settings_say(
    of_bucket: object, of_environment: object, requests: int
) -> None:
    """128 MiB in parts of 16, 64 or 5 MiB: 8, 2 or 26 parts and two requests more."""
    traffic = usage(average_object="128 MiB", added="128 MiB")

    found = priced(
        environment({"files": bucket(of=prefix(traffic), transfer=of_bucket)}, transfer=of_environment)
    )

    assert line(found, "uploads (PUT)").quantity == requests


def test_lists_cost_as_much_as_writes() -> None:
    """2,000 LIST at 5 per 1,000."""
    assert amounts(priced(files(usage(lists=2000)))) == {"lists (LIST)": about(10)}


def test_reads_of_standard_objects_cost_requests_alone() -> None:
    """3,000 GET at 1 per 1,000, and nothing by the byte."""
    found = amounts(priced(files(usage(stored="1 GiB", reads=3000))))

    assert found == {"in standard": about("0.1"), "reads (GET), standard": about(3)}


def test_reads_of_infrequent_access_pay_by_the_byte_too() -> None:
    """2,048 objects of 1 MiB are 2 GiB at 0.3, and 2,048 requests at 1 per 1,000."""
    moves = {"after": "30 days", "to": "standard-ia"}

    found = amounts(priced(files(usage(stored="1 GiB", reads=2048), archive=moves)))

    assert found["reads (GET), standard-ia"] == about("2.048")
    assert found["retrieval, standard-ia"] == about("0.6")


def test_reads_go_where_the_objects_are() -> None:
    """Half the life in each class, so half of 4,096 reads in each."""
    moves = {"after": "60 days", "to": "glacier-ir"}
    traffic = usage(added="1 GiB", reads=4096)

    found = priced(files(traffic, archive=moves, expire="121 days"))

    assert amounts(found)["reads (GET), standard"] == about(
        Decimal(4096) * Decimal("60.5") / Decimal("121.5") / 1000
    )
    assert amounts(found)["retrieval, glacier-ir"] == about(
        Decimal(4096) * 61 / Decimal("121.5") / 1024 * Decimal("0.4")
    )
    assert line(found, "reads (GET), glacier-ir").assumption == "50% of the reads, as of what can be read"


def test_reads_leave_archived_objects_alone() -> None:
    """What answers at once is read, however much lies in glacier beside it."""
    traffic = usage(stored="100 GiB", added="1 GiB", reads=1000)

    found = amounts(priced(files(traffic, archive={"after": "30 days", "to": "glacier"})))

    assert found["reads (GET), standard"] == about(1)
    assert not any("restores" in what for what in found)


@pytest.mark.parametrize(
    ("delivery", "added", "archived"),
    [
        pytest.param("archive", "0 B", 1000, id="delivery by archive, all archived"),
        pytest.param("none", "0 B", 1000, id="nothing else to read"),
    ],
)
def test_reading_archived_objects_restores_them(delivery: str, added: str, archived: int) -> None:
    """1,000 restores at 50 per 1,000, 1,000 MiB at 0.5 a GiB, and the GET itself."""
    traffic = usage(stored="100 GiB", added=added, reads=1000)

    found = amounts(priced(files(traffic, archive={"after": "30 days", "to": "glacier"}, delivery=delivery)))

    assert found["restores, glacier"] == about(Decimal(archived) * 50 / 1000)
    assert found["retrieval, glacier"] == about(Decimal(archived) / 1024 * Decimal("0.5"))
    assert found["reads (GET), glacier"] == about(Decimal(archived) / 1000)


def test_delivery_by_archive_reads_all_alike() -> None:
    """Where archives are delivered, archived objects get their part of the reads."""
    traffic = usage(stored="100 GiB", added="1 GiB", reads=1000)

    found = priced(files(traffic, archive={"after": "30 days", "to": "glacier"}, delivery="archive"))

    restored = line(found, "restores, glacier").quantity
    assert 980 < restored < 1000
    assert restored + line(found, "reads (GET), standard").quantity == 1000


def test_reads_of_nothing_stored_are_counted_as_standard() -> None:
    """A prefix that only states its reads still pays for the requests."""
    assert amounts(priced(files(usage(reads=1000)))) == {"reads (GET), standard": about(1)}
