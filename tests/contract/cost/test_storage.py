"""What storing costs in each class, by hand."""

from decimal import Decimal

import pytest

from tests.contract.cost.pricing_cases import (
    MONTH,
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


def test_what_stays_for_ever_costs_what_is_stored_today() -> None:
    """50 GiB kept for ever are 50 GB-months at 0.10."""
    found = priced(files(usage(stored="50 GiB")))

    assert amounts(found) == {"in standard": about(50 * Decimal("0.10"))}


def test_what_stays_for_ever_grows_by_what_is_added() -> None:
    """50 GiB and 12 months of 2 GiB are 74 GB-months a year later."""
    found = priced(files(usage(stored="50 GiB", added="2 GiB"))).after_months(12)

    assert line(found, "in standard").dollars == about((50 + 12 * 2) * Decimal("0.10"))
    assert "grows by 2.15 GB a month" in line(found, "in standard").assumption


def test_months_ahead_add_up() -> None:
    """Looking three months ahead and then nine more is looking a year ahead."""
    today = priced(files(usage(stored="50 GiB", added="2 GiB")))

    assert today.after_months(3).after_months(9).lines == today.after_months(12).lines
    with pytest.raises(ValueError, match="cannot look back"):
        today.after_months(-1)


def test_what_expires_settles_at_what_is_written_in_its_life() -> None:
    """100 GiB a month kept 7 days and half a day to midnight are 100 x 7.5 / 30.4375 GB-months."""
    found = priced(files(usage(added="100 GiB", stored="900 GiB"), expire="7 days"))

    assert amounts(found)["in standard"] == about(100 * Decimal("7.5") / MONTH * Decimal("0.10"))
    assert found.after_months(12).lines == found.lines


def test_without_stated_additions_what_is_stored_runs_out_and_is_written_again() -> None:
    """31 GiB with a life of 30.5 days: 31 GB-months, and 31 x 30.4375 / 30.5 GiB written a month."""
    traffic = {"average_object": "1 MiB", "stored": "31 GiB"}

    found = priced(files(traffic, expire="30 days"))

    written = 31 * 1024 * MONTH / Decimal("30.5")
    assert amounts(found) == {
        "in standard": about(Decimal("3.1")),
        "uploads (PUT)": about(written * 5 / 1000),
    }
    assert "what runs out, written again" in line(found, "uploads (PUT)").assumption


def test_when_nothing_more_is_added_what_expires_is_gone_in_the_end() -> None:
    """31 GiB that expire and are not replaced settle at nothing."""
    assert amounts(priced(files(usage(stored="31 GiB", added="0 B"), expire="30 days"))) == {}


def test_a_life_in_several_classes_is_paid_class_by_class() -> None:
    """30.5 days standard, 60 infrequent, then 275 archived, of 10 GiB a month in objects of 1 MiB."""
    moves = [{"after": "30 days", "to": "standard-ia"}, {"after": "90 days", "to": "glacier"}]

    found = amounts(priced(files(usage(added="10 GiB"), archive=moves, expire="365 days")))

    archived = 10 * 275 / MONTH
    objects = archived * 1024
    assert found["in standard"] == about(10 * Decimal("30.5") / MONTH * Decimal("0.10"))
    assert found["in standard-ia"] == about(10 * 60 / MONTH * Decimal("0.05"))
    assert found["in glacier"] == about(archived * Decimal("0.01"))
    assert found["in glacier, index"] == about(objects * 32 / 2**20 * Decimal("0.01"))
    assert found["in glacier, names"] == about(objects * 8 / 2**20 * Decimal("0.10"))
    assert found["moves to standard-ia"] == about(Decimal(10 * 1024) * 20 / 1000)
    assert found["moves to glacier"] == about(Decimal(10 * 1024) * 20 / 1000)


def test_the_youngest_of_what_stays_for_ever_lies_in_the_first_class() -> None:
    """Of 100 GiB, 90.5 days of 10 GiB a month are still standard, the rest has moved on."""
    traffic = usage(stored="100 GiB", added="10 GiB")

    found = amounts(priced(files(traffic, archive={"after": "90 days", "to": "onezone-ia"})))

    young = 10 * Decimal("90.5") / MONTH
    assert found["in standard"] == about(young * Decimal("0.10"))
    assert found["in onezone-ia"] == about((100 - young) * Decimal("0.04"))


def test_a_young_store_has_moved_nothing_yet() -> None:
    """5 GiB of 10 GiB a month are younger than 90 days, all of them."""
    traffic = usage(stored="5 GiB", added="10 GiB")

    found = amounts(priced(files(traffic, archive={"after": "90 days", "to": "onezone-ia"})))

    assert found["in standard"] == about("0.5")
    assert "in onezone-ia" not in found


@pytest.mark.parametrize(
    ("size", "policy", "above", "expected"),
    [
        pytest.param("131071 B", "all-classes", None, {"in standard"}, id="a byte too small to move"),
        pytest.param("131072 B", "all-classes", None, {"in standard", "in glacier"}, id="just large enough"),
        pytest.param("131071 B", "by-class", None, {"in standard", "in glacier"}, id="small, to glacier"),
        pytest.param("999 KB", "all-classes", "1 MB", {"in standard"}, id="below its own floor"),
        pytest.param("1 MB", "all-classes", "1 MB", {"in standard", "in glacier"}, id="at its own floor"),
        pytest.param("1 KB", "all-classes", "1 KB", {"in standard", "in glacier"}, id="own floor below S3's"),
    ],
)
def test_only_objects_large_enough_move(
    size: str, policy: str, above: str | None, expected: set[str]
) -> None:
    """An object below the floor stays where it was written."""
    subject = prefix(
        usage(average_object=size, added="1 GiB"),
        archive={"after": "30 days", "to": "glacier"},
        archive_above=above,
        expire="200 days",
    )

    found = priced(environment({"files": bucket(of=subject, minimum_transition_size=policy)}))

    assert {name for name in amounts(found) if name in {"in standard", "in glacier"}} == expected


def test_small_objects_do_not_move_to_infrequent_access_by_class() -> None:
    """Of the small objects only glacier and deep archive take any."""
    subject = prefix(
        usage(average_object="10 KB", added="1 GiB"),
        archive={"after": "30 days", "to": "standard-ia"},
        expire="200 days",
    )

    found = priced(environment({"files": bucket(of=subject, minimum_transition_size="by-class")}))

    assert "in standard-ia" not in amounts(found)


def test_small_objects_in_infrequent_access_are_charged_as_128_kib() -> None:
    """4 GiB in objects of 32 KiB are charged as 16 GiB: 12 GiB of padding."""
    traffic = usage(average_object="32 KiB", stored="4 GiB")
    moves = {"after": "30 days", "to": "standard-ia"}

    found = amounts(priced(files(traffic, archive=moves, archive_above="1 KiB")))

    assert found == {"in standard-ia": about("0.2"), "in standard-ia, padding": about("0.6")}


def test_objects_of_128_kib_are_not_padded() -> None:
    """At 131,072 bytes there is nothing to pad, and at one byte less there is."""
    moves = {"after": "30 days", "to": "glacier-ir"}

    exact = priced(files(usage(average_object="128 KiB", stored="4 GiB"), archive=moves))
    less = priced(
        files(usage(average_object="131071 B", stored="4 GiB"), archive=moves, archive_above="1 KiB")
    )

    assert "in glacier-ir, padding" not in amounts(exact)
    assert line(less, "in glacier-ir, padding").dollars > 0


def test_leaving_before_the_minimum_stay_is_charged_as_if_staying() -> None:
    """Deleted 10 days after moving: 20 of the 30 days are charged on top."""
    moves = {"after": "30 days", "to": "standard-ia"}

    found = amounts(priced(files(usage(added="10 GiB"), archive=moves, expire="40 days")))

    assert found["in standard-ia"] == about(10 * 10 / MONTH * Decimal("0.05"))
    assert found["in standard-ia, minimum stay"] == about(10 * 20 / MONTH * Decimal("0.05"))


@pytest.mark.parametrize(
    ("target", "stay"),
    [("standard-ia", 30), ("onezone-ia", 30), ("glacier-ir", 90), ("glacier", 90), ("deep-archive", 180)],
)
def test_a_minimum_stay_that_is_kept_costs_nothing_more(target: str, stay: int) -> None:
    """At exactly the minimum there is no charge, and a day below it there is."""
    traffic = usage(added="10 GiB")

    kept = files(traffic, archive={"after": "30 days", "to": target}, expire=f"{30 + stay} days")
    short = files(traffic, archive={"after": "30 days", "to": target}, expire=f"{29 + stay} days")

    assert f"in {target}, minimum stay" not in amounts(priced(kept))
    assert f"in {target}, minimum stay" in amounts(priced(short))


@pytest.mark.parametrize(
    ("size", "watched"),
    [pytest.param("128 KiB", True, id="watched"), pytest.param("131071 B", False, id="too small to watch")],
)
def test_intelligent_tiering_charges_for_watching(size: str, watched: bool) -> None:
    """8,192 objects of 128 KiB make 1 GiB: 8,192 x 2 / 1,000; smaller objects are not watched."""
    moves = {"after": "0 days", "to": "intelligent-tiering"}
    traffic = usage(average_object=size, stored="1 GiB")

    found = priced(files(traffic, archive=moves, archive_above="1 KiB"))

    expected = {"in intelligent-tiering": about("0.1")}
    if watched:
        expected["watching for access"] = about(Decimal(8192) * 2 / 1000)
    assert amounts(found) == expected
    assert "the most it can cost" in line(found, "in intelligent-tiering").assumption


def test_old_versions_are_stored_until_they_are_deleted() -> None:
    """7.5 days until the marker, then 20 days and one to the midnight after: 28.5 days."""
    subject = prefix(usage(added="10 GiB"), expire="7 days", noncurrent={"expire": "20 days"})

    found = priced(environment({"files": bucket(of=subject, versioning="enabled")}))

    assert amounts(found)["in standard"] == about(10 * Decimal("28.5") / MONTH * Decimal("0.10"))
    assert "old versions included" in line(found, "in standard").assumption


@pytest.mark.parametrize(
    ("noncurrent", "versioning", "kept"),
    [
        pytest.param(None, "enabled", True, id="nothing deletes old versions"),
        pytest.param({"archive": {"after": "30 days", "to": "glacier"}}, "enabled", True, id="only moved"),
        pytest.param({"expire": "9 days", "keep_newest": 1}, "enabled", True, id="the newest is kept"),
        pytest.param({"expire": "9 days"}, "enabled", False, id="old versions deleted"),
        pytest.param(None, "suspended", False, id="suspended: no version is left behind"),
        pytest.param(None, "disabled", False, id="never versioned"),
    ],
)
def test_an_expired_object_may_live_on_for_ever(noncurrent: object, versioning: str, kept: bool) -> None:
    """Expiry of a versioned object ends nothing until old versions are deleted too."""
    subject = prefix(usage(added="10 GiB"), expire="7 days", noncurrent=noncurrent)

    found = priced(environment({"files": bucket(of=subject, versioning=versioning)}))

    assert (found.after_months(12).total > found.total) is kept


def test_old_versions_move_and_are_deleted_in_their_own_time() -> None:
    """8.5 days as current, 31 as old in standard, then 100 in deep archive."""
    old = {"archive": {"after": "30 days", "to": "glacier"}, "expire": "130 days"}
    subject = prefix(usage(added="10 GiB"), expire="8 days", noncurrent=old)

    found = amounts(priced(environment({"files": bucket(of=subject, versioning="enabled")})))

    assert found["in standard"] == about(10 * Decimal("39.5") / MONTH * Decimal("0.10"))
    assert found["in glacier"] == about(10 * 100 / MONTH * Decimal("0.01"))


def test_without_lifecycle_under_mfa_delete_nothing_expires() -> None:
    """S3 has no lifecycle there, so what is stored stays where it is, and grows."""
    subject = prefix(
        usage(stored="50 GiB", added="1 GiB"), expire="7 days", archive={"after": "1 day", "to": "glacier"}
    )

    found = priced(environment({"files": bucket(of=subject, versioning="enabled", mfa_delete=True)}))

    assert amounts(found)["in standard"] == about("5")


def test_a_temp_bucket_holds_what_its_sessions_leave() -> None:
    """24 hours are one lifecycle day and half a day to midnight."""
    subject = prefix(usage(added="100 GiB"))

    found = priced(environment({"tmp": bucket(of=subject, temp={"session_ttl": "24 hours"})}))

    assert amounts(found)["in standard"] == about(100 * Decimal("1.5") / MONTH * Decimal("0.10"))
