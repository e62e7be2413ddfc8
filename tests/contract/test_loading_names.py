"""Names of buckets and roles, the words for times and sizes, and what a temp bucket's days are."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.buckets import Bucket
from bucketwright.contract.media_types import allows, types_of
from bucketwright.contract.names import bucket_name, bucket_region, name_refusal, reserved_values, role_name
from bucketwright.contract.quantities import (
    parse_day,
    parse_days,
    parse_size,
    parse_span,
    spell_days,
    spell_size,
    spell_span,
)
from bucketwright.contract.temp import effective_expiry, lifecycle_days
from tests.contract.loading_cases import environment, faults

ALIKE = (
    "project: a\nenvironments: {{b: {{{}access: {{d: null}}}}, b-c: {{{}access: {{c-d: null}}}}}}\n"
    "buckets: {{x: {{name: '{{env}}-xx'}}}}\n"
    "access: {{c-d: {{trusts: 111122223333, read: x/*}}, d: {{trusts: 111122223333, read: x/*}}}}\n"
)


@pytest.mark.parametrize(
    ("bucket", "name"),
    [
        ("{}", "demo-dev-files"),
        ("{name: fixed.name}", "fixed.name"),
        ("{name: '{bucket}-{region}-{account}'}", "files-us-west-2-111122223333"),
        ("{region: eu-west-1, name: '{env}-{region}'}", "dev-eu-west-1"),
        ("{namespace: account-regional}", "demo-dev-files-111122223333-us-west-2-an"),
        ("{namespace: account-regional, name: x, region: eu-west-1}", "x-111122223333-eu-west-1-an"),
    ],
)
def test_a_bucket_has_its_name(bucket: str, name: str) -> None:
    """Templates are filled from the environment; the account-regional form is added at the end."""
    assert bucket_name(environment(f"buckets: {{files: {bucket}}}\n"), "files") == name


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("abc", ""),
        ("a" * 63, ""),
        ("a.b-c.1", ""),
        ("1.2.3", ""),
        ("ab", "length is 2"),
        ("a" * 64, "length is 64"),
        ("a_b", "'_'"),
        ("Abc", "'A'"),
        ("-abc", "begin and end"),
        ("abc.", "begin and end"),
        ("a..b", "two dots"),
        ("192.168.5.4", "IP address"),
        ("xn--abc", "xn--"),
        ("sthree-abc", "sthree-"),
        ("amzn-s3-demo-x", "amzn-s3-demo-"),
        ("abc-s3alias", "-s3alias"),
        ("abc--ol-s3", "--ol-s3"),
        ("abc.mrap", ".mrap"),
        ("abc--x-s3", "--x-s3"),
        ("abc--table-s3", "--table-s3"),
        ("abc-an", "-an"),
    ],
)
def test_s3_takes_some_names(name: str, refused: str) -> None:
    """The rules for names are S3's, each refusal with its reason."""
    found = name_refusal(name)
    assert refused in found
    assert bool(found) == bool(refused)


def test_an_account_regional_name_may_end_as_only_they_may() -> None:
    """The reserved ending is refused elsewhere and right here."""
    assert name_refusal("x-111122223333-us-west-2-an", regional=True) == ""


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("buckets: {files: {name: '{env}.x', acceleration: true}}\n", "buckets.files.acceleration"),
        ("buckets: {files: {name: '{proj}'}}\n", "buckets.files.name"),
        ("buckets: {files: {name: '{project'}}\n", "buckets.files.name"),
        (f"buckets: {{files: {{name: '{'x' * 40}', namespace: account-regional}}}}\n", "buckets.files.name"),
        ("buckets: {a: {name: same}, b: {name: same}}\n", "buckets.b.name"),
        ("project: demo\nenvironments: {a: , b: }\nbuckets: {files: {name: same}}\n", "buckets.files.name"),
        (
            "project: a\nenvironments: {b: {}, b-c: {buckets: {c-d: null}}}\nbuckets: {c-d: {}, d: {}}\n",
            "buckets.d.name",
        ),
        (
            ALIKE.format("", ""),
            "access.d",
        ),
    ],
    ids=["dot", "unknown", "open", "long", "two", "two environments", "joined alike", "roles alike"],
)
def test_names_that_cannot_be(body: str, path: str) -> None:
    """Refused names, and one name for two things, are found where the name is made."""
    assert list(faults(body)) == [path]


def test_roles_of_different_accounts_may_share_a_name() -> None:
    """Role names count within an account only."""
    body = ALIKE.format("account: 111122223333, ", "account: 444455556666, ")
    assert faults(body) == {}
    assert role_name(environment(body, "b"), "c-d") == role_name(environment(body, "b-c"), "d") == "a-b-c-d"


def test_reserved_variables_have_their_values() -> None:
    """A bucket's own region counts, and an account only where one is given."""
    without = environment("project: demo\nenvironments: {dev: }\nbuckets: {files: {region: eu-west-1}}\n")
    assert reserved_values(without, "files") == {
        "project": "demo",
        "env": "dev",
        "bucket": "files",
        "region": "eu-west-1",
    }
    assert reserved_values(environment("buckets: {files: {}}\n"), "files")["account"]
    assert bucket_region(without, Bucket()) == "us-west-2"


@pytest.mark.parametrize(
    ("ttl", "days"),
    [("1 second", 1), ("24 hours", 1), ("86401 seconds", 2), ("48 hours", 2), ("7 days", 7)],
)
def test_a_session_fits_into_whole_days(ttl: str, days: int) -> None:
    """Lifecycle counts in days, so a session's time is rounded up."""
    assert lifecycle_days(parse_span(ttl)) == days
    bucket = Bucket.model_validate(
        {
            "temp": {"session_ttl": ttl},
            "prefixes": {"a": {"path": "{session}/"}, "b": {"path": "b/", "expire": "9 days"}},
        }
    )
    assert effective_expiry(bucket, bucket.prefixes["a"]) == days
    assert effective_expiry(bucket, bucket.prefixes["b"]) == 9
    assert effective_expiry(Bucket(), bucket.prefixes["a"]) is None


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**20))
def test_sizes_are_spelled_as_they_are_read(size: int) -> None:
    """Any size survives being written and read again."""
    assert parse_size(spell_size(size)) == size


@settings(max_examples=100, deadline=None)
@given(st.timedeltas(timedelta(0), timedelta(days=70_000)), st.integers(0, 70_000))
def test_times_are_spelled_as_they_are_read(span: timedelta, days: int) -> None:
    """Any time survives being written and read again."""
    assert parse_span(spell_span(span)) == span
    assert parse_days(spell_days(days)) == days


@pytest.mark.parametrize(
    ("text", "size"),
    [("1 B", 1), ("1KB", 1000), ("1.5 KiB", 1536), ("0.1 PB", 10**14), ("0.5 B", 0), ("3 MiB", 3 * 2**20)],
)
def test_sizes(text: str, size: int) -> None:
    """Decimal and binary units are told apart, fractions are exact and rounded to bytes."""
    assert parse_size(text) == size


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1 day", 86_400),
        ("2 weeks", 1_209_600),
        ("1.5 hours", 5400),
        ("90seconds", 90),
        ("1 year", 31_536_000),
    ],
)
def test_times(text: str, seconds: int) -> None:
    """One of a unit or several, with or without a blank."""
    assert parse_span(text).total_seconds() == seconds
    assert parse_span(timedelta(seconds=seconds)) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value", ["", "7", "seven days", "-1 days", "1e3 days", "201 years", "7 dayz", 7, None, True]
)
def test_what_is_no_time(value: object) -> None:
    """Times without number, unit or sense are refused."""
    with pytest.raises(ValueError, match=r"unit|needed|longer"):
        parse_days(value)


@pytest.mark.parametrize("value", ["", "350", "350 mb", "-1 B", "9999999999 PB", 350, None, False, "1 K"])
def test_what_is_no_size(value: object) -> None:
    """Sizes without number, unit or sense are refused."""
    with pytest.raises(ValueError, match=r"unit|needed|larger"):
        parse_size(value)


@pytest.mark.parametrize("value", ["2027-02-29", "20270101", "2027-1-1", "2027-01-01T00:00", 20270101, None])
def test_what_is_no_day(value: object) -> None:
    """Days are written in full, and exist."""
    with pytest.raises(ValueError, match="day"):
        parse_day(value)
    assert parse_day("2028-02-29") == parse_day(date(2028, 2, 29)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("extension", "entries", "allowed"),
    [
        (".pdf", ["application/pdf"], True),
        (".png", ["image/*"], True),
        (".gz", ["*/*"], True),
        (".tar.gz", ["application/gzip"], True),
        (".pdf", ["image/*", "text/plain"], False),
        (".ogg", ["video/*"], True),
    ],
)
def test_types_of_extensions(extension: str, entries: list[str], allowed: bool) -> None:
    """An extension stands for its well-known types; entries allow one or a family."""
    assert any(allows(entries, media_type) for media_type in types_of(extension)) == allowed
    assert types_of(".unheard") == ()
