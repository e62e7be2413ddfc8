"""Are the objects that a change hits counted, sized, priced and dated right, and unknown ones never none?"""

import json
import tracemalloc
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.changes.access import access_changes
from bucketwright.changes.fates import Terms
from bucketwright.changes.radius import Change, Known, Leaves, Open, Radius, Reached, Source, Unlisted, radius
from bucketwright.changes.tallies import Tally
from bucketwright.contract.cost.loading import load_prices
from bucketwright.contract.lifecycle.compile import LIFECYCLE_TAG
from bucketwright.contract.model import Environment
from bucketwright.estate import AccountPosture, BucketPosture, RolePosture
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.role.policies import Policies
from bucketwright.iam.documents import canonical, parse
from bucketwright.intended import intended
from bucketwright.objects.lying import Lying
from bucketwright.posture import Circumstances, Estate, Unknown
from tests.changes.lying import NOW, TODAY, lying, slowly

PRICES: Final = load_prices()
GB: Final = 2**30


def estate(prefixes: Mapping[str, Mapping[str, object]], **bucket: object) -> Estate:
    """A contract with one bucket of these prefixes."""
    several = {name: {"path": f"{{env}}/{name}/", **said} for name, said in prefixes.items()}
    stated = {"project": "shop", "name": "prod", "buckets": {"files": {"prefixes": several, **bucket}}}
    environment = Environment.model_validate({"region": "us-east-1", **stated})
    return Estate("intended", intended(environment).postures, {}, Circumstances(environment))


def listed(*rows: Lying, day: date | None = TODAY, missing: str = "") -> Source:
    """Every bucket holds these."""
    return lambda _: Known(rows, day, missing)


def hit(before: Estate, after: Estate, source: Source) -> Radius:
    """What a change hits, access among it."""
    return radius(Change(before, after, access_changes(before, after), PRICES, TODAY), source)


CIRCUMSTANCES: Final = Circumstances()
KEPT: Final = estate({"reports": {}, "scans": {}})
GONE: Final = estate({"reports": {"expire": "30 days"}, "scans": {}})


def test_objects_without_tags_are_counted_and_dated() -> None:
    """Where two prefixes begin alike S3 tells them apart by tags. One that has none is of neither; since tags
    change in place, the oldest look at them is told, where a rule selects by them and there alone."""
    alike = {name: {"path": f"{{env}}/{{id:int}}/{name}/"} for name in ("reports", "scans")}
    then, now = estate(alike), estate({**alike, "scans": {**alike["scans"], "expire": "30 days"}})
    scan = lying("prod/1/scans/a", 40)
    by_tag = [scan._replace(tags={LIFECYCLE_TAG: "scans"}, tags_read=NOW), scan._replace(tags_read=None)]
    bare = [scan._replace(tags={}, tags_read=NOW - timedelta(days=days)) for days in (3, 9)]

    told = hit(then, now, listed(*by_tag, *bare))

    assert [(one.event, one.tally.objects) for one in told.retained] == [("delete", 1)]
    assert [one.objects for one in told.undecided] == [1]
    assert told.tags_read == {"bucket:files": TODAY - timedelta(days=9)}
    assert hit(KEPT, GONE, listed(*bare)).tags_read == {}


def test_what_goes_earlier_is_counted_sized_priced_and_dated() -> None:
    """Objects old enough go at the next midnight, others on their day; those of other prefixes stay."""
    source = listed(
        lying("prod/reports/a", 100, GB),
        lying("prod/reports/b", 5, 3 * GB),
        lying("prod/scans/c", 100, GB),
        lying("prod/reports/d", 0, 0),
    )

    [found] = hit(KEPT, GONE, source).retained

    assert (found.bucket, found.prefix, found.event, found.earlier) == (
        "bucket:files",
        "files/reports",
        "delete",
        True,
    )
    assert found.tally == Tally(
        3, 4 * GB, 4 * Decimal("0.023"), ("prod/reports/a", "prod/reports/b", "prod/reports/d")
    )
    assert (found.begins, found.at_once) == (date(2026, 11, 22), 1)
    assert found.move is None


def test_the_first_keys_are_those_that_go_first() -> None:
    """In whatever order they were listed: by day, and of one day by key."""
    ages = {"a": 1, "b": 2, "c": 20, "d": 3, "e": 20, "f": 19, "g": 5}
    source = listed(*(lying(f"prod/reports/{name}", days) for name, days in ages.items()))

    [found] = hit(KEPT, GONE, source).retained

    assert found.tally.first == ("prod/reports/c", "prod/reports/e", "prod/reports/f")


@pytest.mark.parametrize(
    ("days", "begins"),
    [
        pytest.param(29, date(2026, 11, 23), id="made in the afternoon 29 days ago: 30 days end on the 22nd"),
        pytest.param(30, date(2026, 11, 22), id="30 days ago: they ended this afternoon"),
        pytest.param(31, date(2026, 11, 22), id="31 days ago: due, and S3 acts at the next midnight"),
        pytest.param(0, date(2026, 12, 22), id="made today"),
    ],
)
def test_s3_acts_at_midnight(days: int, begins: date) -> None:
    """The day is the one that S3's own rounding gives, and never today."""
    [found] = hit(KEPT, GONE, listed(lying("prod/reports/a", days))).retained

    assert found.begins == begins


def test_what_stays_longer_is_told_apart() -> None:
    """The same change the other way round keeps what would have gone, but not what is as good as gone."""
    source = listed(lying("prod/reports/a", 100), lying("prod/reports/b", 5))

    [found] = hit(GONE, KEPT, source).retained

    assert (found.earlier, found.begins, found.at_once) == (False, None, 0)
    assert found.tally.first == ("prod/reports/b",)


def test_a_move_costs_once_and_then_less() -> None:
    """Small objects do not move; the others cost their moves and are cheaper from then on."""
    moved = estate({"reports": {"archive": {"after": "60 days", "to": "glacier"}}, "scans": {}})
    source = listed(lying("prod/reports/a", 1, 100 * GB), lying("prod/reports/small", 1, 1_000))

    [found] = hit(KEPT, moved, source).retained

    assert (found.event, found.to, found.tally.objects, found.tally.monthly) == (
        "archive",
        "GLACIER",
        1,
        Decimal("2.3"),
    )
    assert found.move is not None
    assert found.move.once == Decimal("0.00003")
    names = (Decimal("0.0036") * 32 + Decimal("0.023") * 8) / 2**20
    assert found.move.monthly == pytest.approx(Decimal("0.36") + names)


def test_old_versions_are_hit_by_their_own_days() -> None:
    """They count from the day a newer one came; what is current is not theirs."""
    then = estate({"reports": {}}, versioning="enabled")
    now = estate({"reports": {"noncurrent": {"expire": "30 days"}}}, versioning="enabled")
    old = lying("prod/reports/a", 500)._replace(
        is_latest=False, version_id="v1", noncurrent_since=lying("", 10).modified, newer_noncurrent=0
    )
    source = listed(old, lying("prod/reports/a", 10)._replace(version_id="v2"))

    [found] = hit(then, now, source).retained

    assert (found.event, found.tally.objects, found.begins) == ("delete old versions", 1, date(2026, 12, 12))


def test_a_bucket_that_goes_takes_everything() -> None:
    """Every version counts, delete markers hold nothing."""
    empty = Estate("intended", {}, {}, CIRCUMSTANCES)
    marker = lying("prod/reports/m")._replace(is_marker=True, size=0)

    found = hit(KEPT, empty, listed(lying("prod/reports/a", 1, GB), lying("z", 1, GB), marker))

    assert found.leaves == (
        Leaves("bucket:files", Tally(2, 2 * GB, Decimal("0.046"), ("prod/reports/a", "z"))),
    )
    assert found.retained == ()


def test_a_bucket_that_nothing_happens_to_is_not_looked_at() -> None:
    """Nobody opens a ledger for it."""

    def never(bucket: BucketPosture) -> Known:
        raise AssertionError(bucket.address)

    assert hit(KEPT, KEPT, never) == Radius()


def test_what_nobody_listed_is_said_and_is_no_zero() -> None:
    """A bucket without rows in the ledger has a reason instead of a number."""
    found = hit(KEPT, GONE, lambda _: Unlisted("the ledger does not have it"))

    assert found == Radius(unlisted={"bucket:files": "the ledger does not have it"})


def test_how_old_and_how_whole_the_list_is_goes_along() -> None:
    """The day it was listed, and what may be missing."""
    found = hit(KEPT, GONE, listed(day=date(2026, 10, 1), missing="only keys up to 'm' were listed"))

    assert found.listed == {"bucket:files": date(2026, 10, 1)}
    assert found.missing == {"bucket:files": "only keys up to 'm' were listed"}


def test_what_cannot_be_told_is_counted_with_its_reason() -> None:
    """Beside what can be told."""
    source = listed(lying("prod/reports/a", 100), lying("prod/reports/b")._replace(modified=None))

    found = hit(KEPT, GONE, source)

    assert found.undecided == (Open("bucket:files", 1, "when they were put there cannot be read"),)
    assert found.retained[0].tally.objects == 1


def test_unknown_prices_do_not_hide_the_objects() -> None:
    """A storage class without a price leaves the dollars out, and nothing else."""
    [found] = hit(KEPT, GONE, listed(lying("prod/reports/a")._replace(storage_class="NEW"))).retained

    assert found.tally == Tally(1, 1_000_000, None, ("prod/reports/a",))


def test_settings_that_are_not_known_hit_nothing_that_is_known() -> None:
    """The retention diff says so; nothing is counted beside it."""
    facts = {"lifecycle": Unknown("not read"), "versioning": "Disabled"}
    unknown = Estate(
        "planned", {"bucket:files": BucketPosture("bucket:files", "x", facts)}, {}, CIRCUMSTANCES
    )

    assert hit(KEPT, unknown, listed(lying("prod/reports/a"))).retained == ()


ROWS: Final = st.lists(
    st.builds(
        lying,
        st.sampled_from(["prod/reports/a", "prod/reports/b/c", "prod/scans/x", "other", "prod/reports"]),
        st.floats(0, 400),
        st.integers(0, 10**6),
    ),
    max_size=30,
)
LIVES: Final = tuple(estate({"reports": life}) for life in ({}, {"expire": "30 days"}, {"expire": "90 days"}))


@given(rows=ROWS, before=st.sampled_from(LIVES), after=st.sampled_from(LIVES))
def test_counts_are_those_of_single_lives(rows: list[Lying], before: Estate, after: Estate) -> None:
    """Objects, bytes and the first day equal those of every object's own life, added up."""
    was, will = (Terms.of(one.follow("bucket:files", BucketPosture)) for one in (before, after))
    shifted = [(one, shift) for one in rows for shift in slowly(was, will, one, {})]

    found = hit(before, after, listed(*rows)).retained

    assert sum(one.tally.objects for one in found) == len(shifted)
    assert sum(one.tally.size for one in found) == sum(one.size for one, _ in shifted)
    days = [day for _, (_, _, _, day) in shifted if day is not None]
    assert min((one.begins for one in found if one.begins), default=None) == min(days, default=None)


def _access(*resources: str) -> Estate:
    """A role that reads these keys of a bucket."""
    names = [f"arn:aws:s3:::p/{one}" for one in resources]
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": names}],
    }
    document = parse(json.dumps(policy)) if names else None
    several = (
        BucketPosture(
            "bucket:p",
            "p",
            {
                "policy": policy_of('{"Version": "2012-10-17", "Statement": []}'),
                "public_access_block": PublicAccessBlock(),
                "region": "us-east-1",
            },
        ),
        RolePosture(
            "role:exporter",
            "exporter",
            {
                "policies": Policies(frozenset(canonical(document).statements) if document else frozenset()),
                "managed": frozenset(),
            },
        ),
        AccountPosture("account:own", "111122223333", {"public_access_block": PublicAccessBlock()}),
    )
    return Estate("planned", {one.address: one for one in several})


def test_existing_keys_that_somebody_newly_reads_are_counted() -> None:
    """Of what is there: current objects that a pattern lets in now and did not before."""
    source = listed(
        lying("a/1", 1, GB),
        lying("a/2", 1, GB),
        lying("a/private/3", 1, GB),
        lying("b/4"),
        lying("a/5")._replace(is_marker=True),
        lying("a/1", 3)._replace(is_latest=False, version_id="old"),
    )

    found = hit(_access("a/private/*", "b/*"), _access("a/*"), source)

    assert found.reached == (
        Reached(
            "role:exporter", "read", "bucket:p", True, Tally(2, 2 * GB, Decimal("0.046"), ("a/1", "a/2"))
        ),
        Reached(
            "role:exporter",
            "read",
            "bucket:p",
            False,
            Tally(1, 1_000_000, Decimal("0.000021420419"), ("b/4",)),
        ),
    )


def test_a_change_that_reaches_no_key_says_none() -> None:
    """Where nothing that is there is hit, that is a number, too: the list was read."""
    [found] = hit(_access(), _access("a/*"), listed(lying("b/1"))).reached

    assert (found.gains, found.tally) == (True, Tally(0, 0, Decimal(0), ()))


def test_a_stream_is_never_held() -> None:
    """Ten times as many objects take no more memory."""

    def rows(count: int) -> Iterator[Lying]:
        for number in range(count):
            made = datetime(2026, 1, 1 + number % 28, tzinfo=UTC)
            yield Lying(f"prod/reports/{number:08}", 1_000, made)

    def peak(several: Iterable[Lying]) -> int:
        tracemalloc.start()
        hit(KEPT, GONE, lambda _: Known(several))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    hit(KEPT, GONE, lambda _: Known(rows(100)))
    small = peak(rows(500))
    assert peak(rows(5_000)) < small + 100_000
