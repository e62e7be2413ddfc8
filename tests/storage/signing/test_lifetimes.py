"""How long is a link good for, and who is told that it may be too short?"""

from datetime import UTC, datetime, timedelta

import pytest
from botocore.credentials import RefreshableCredentials
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.storage import Misconfigured, Refused, Storage
from bucketwright.storage.signing.lifetimes import End, Terms, life
from bucketwright.storage.signing.link import Link
from tests.storage.signing.signed import contract, edge_place, elliptic, place, query

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MB, GB = 10**6, 10**9
SPANS = st.timedeltas(timedelta(seconds=1), 6 * DAY)


def seconds(url: str) -> int:
    return int(query(url)["X-Amz-Expires"])


@pytest.mark.requirement("CS-8")
def test_what_nobody_says() -> None:
    """An hour; what the contract says goes before it, and through CloudFront it is a day."""
    wide = edge_place("media/wide", elliptic()).signed_get("a.webp")
    soon = datetime.now(UTC) + timedelta(hours=23)

    assert seconds(place("files/documents", case_id=7).signed_get("a.pdf").url) == 3600
    assert seconds(place("files/brief").signed_get("a.pdf").url) == 300
    assert seconds(place("files/brief").signed_put("a.pdf").url) == 3600
    assert soon < wide.until < soon + 2 * HOUR


@pytest.mark.requirement("FP-15")
@pytest.mark.parametrize(
    ("asked", "terms", "lives", "told"),
    [
        (None, Terms(HOUR, size=100 * MB, large=100 * MB), HOUR, ""),
        (None, Terms(timedelta(minutes=5), size=101 * MB, large=100 * MB), HOUR, ""),
        (None, Terms(HOUR, size=5 * GB, large=100 * MB), timedelta(seconds=40_000), ""),
        (None, Terms(HOUR, size=900 * GB, large=100 * MB), 7 * DAY, "good for 1 week, and 900 GB may"),
        (HOUR, Terms(HOUR, size=5 * GB), HOUR, "good for 1 hour, and 5 GB may take 11 hours on a"),
        (HOUR, Terms(HOUR, 2 * HOUR, size=5 * GB), HOUR, "5 GB may take 11 hours"),
        (None, Terms(HOUR, 5 * HOUR, size=5 * GB), 5 * HOUR, "good for 5 hours, and 5 GB may take 11 hours"),
        (timedelta(minutes=30), Terms(HOUR, size=101 * MB, large=100 * MB), HOUR / 2, "may take 1 hour"),
        (timedelta(seconds=1), Terms(HOUR), timedelta(seconds=1), ""),
        (None, Terms(HOUR, size=10**40), 7 * DAY, "good for 1 week"),
    ],
    ids=[
        "usual", "an hour for what is large", "longer for more", "never more than a week", "too short",
        "below the contract's", "the contract's too short", "less than an hour", "size unknown",
        "no size at all",
    ],
)  # fmt: skip
def test_long_enough_for_what_travels(
    asked: timedelta | None, terms: Terms, lives: timedelta, told: str
) -> None:
    """What somebody chose stays and is warned of; what nobody chose grows."""
    found = life(asked, terms, End(), NOW)

    assert found.seconds == lives.total_seconds()
    assert len(found.warnings) == bool(told)
    assert told in "".join(found.warnings)


@pytest.mark.parametrize(
    ("asked", "terms", "told"),
    [
        (timedelta(0), Terms(HOUR), "a second at least"),
        (-HOUR, Terms(HOUR), "a second at least"),
        (7 * DAY + timedelta(seconds=1), Terms(HOUR), "a link there is good for 1 week at most"),
        (2 * HOUR, Terms(HOUR, HOUR), "the contract lets links there live 1 hour, and no longer"),
    ],
    ids=["nothing", "the past", "more than a week", "more than the contract's"],
)
def test_what_cannot_be(asked: timedelta, terms: Terms, told: str) -> None:
    """It is refused, and not shortened in silence."""
    with pytest.raises(Refused, match=told):
        life(asked, terms, End(), NOW)


def test_the_contract_bounds_links_to_read() -> None:
    """Not those to write with, which are the application's own affair."""
    brief = place("files/brief")

    with pytest.raises(Refused, match="live 5 minutes"):
        brief.signed_get("a.pdf", Link(lasts=HOUR))
    assert seconds(brief.signed_put("a.pdf", Link(lasts=2 * HOUR)).url) == 7200


@pytest.mark.requirement("FP-15")
@given(asked=st.none() | SPANS, left=st.none() | SPANS, size=st.none() | st.integers(0, 10**13))
def test_never_longer_than_the_credentials(
    asked: timedelta | None, left: timedelta | None, size: int | None
) -> None:
    """Nor than anybody asked for, nor than a week; whatever is cut short says so."""
    end = End(None if left is None else NOW + left)
    terms = Terms(HOUR, size=size)
    found, free = life(asked, terms, end, NOW), life(asked, terms, End(), NOW)
    least = min(one for one in (asked, left, 7 * DAY) if one is not None)

    assert 1 <= found.seconds <= least.total_seconds()
    assert found.seconds == min(free.seconds, int((left or 7 * DAY).total_seconds()))
    assert any("credentials" in one for one in found.warnings) == (found.seconds < free.seconds)
    assert any("Mbit" in one for one in found.warnings) == (found.seconds < (size or 0) / 125_000)


def test_credentials_that_have_ended() -> None:
    """They sign nothing."""
    with pytest.raises(Misconfigured, match="the credentials have ended"):
        life(None, Terms(HOUR), End(NOW), NOW)


def test_credentials_that_end_nobody_knows_when() -> None:
    """The link says so."""
    assert "nobody says when" in life(None, Terms(HOUR), End(is_unknown=True), NOW).warnings[0]


@pytest.mark.requirement("FP-15")
def test_the_end_of_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a role's credentials sign ends with them and says so, unless it ends before by itself."""
    told, end = Storage.open(contract(), "dev"), datetime.now(UTC) + timedelta(minutes=40)
    renewing = RefreshableCredentials(
        "AKIDROLE", "secret", "token", end, lambda: pytest.fail("too soon"), "role"
    )
    signer = told.opened.backend.signer  # type: ignore[attr-defined]  # only servers have one
    monkeypatch.setattr(signer.server.asking.sessions.session(), "get_credentials", lambda: renewing)
    pages = told.prefix("files/brief").at()
    link, form, brief = pages.signed_put("a.pdf"), pages.signed_post("a.pdf"), pages.signed_get("a.pdf")

    for one in (link, form):
        assert end - timedelta(minutes=20) < one.until <= end
        assert "it ends with the credentials that signed it" in one.warnings[0]
    assert seconds(link.url) <= 2400
    assert query(link.url)["X-Amz-Security-Token"] == form.fields["x-amz-security-token"] == "token"
    assert (seconds(brief.url), brief.warnings) == (300, ())


@pytest.mark.parametrize(
    ("end", "warned"), [("", True), ("2100-01-01T00:00:00Z", False)], ids=["not told", "told"]
)
def test_temporary_credentials_of_the_environment(
    end: str, warned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing says when they end, the link says that."""
    for name, text in (
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_SESSION_TOKEN", "token"),
        ("AWS_CREDENTIAL_EXPIRATION", end),
    ):
        if text:
            monkeypatch.setenv(name, text)
    link = Storage.open(contract(), "dev").prefix("files/brief").at().signed_get("a.pdf")

    assert bool(link.warnings) == warned


def test_without_credentials() -> None:
    """One plain sentence."""
    with pytest.raises(Misconfigured, match="the credentials do not work"):
        Storage.open(contract(), "dev").prefix("files/brief").at().signed_get("a.pdf")
