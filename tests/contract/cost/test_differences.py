"""What a change of a contract does to its cost."""

from decimal import Decimal

import pytest

from bucketwright.contract.cost.differences import difference
from tests.contract.cost.pricing_cases import bucket, environment, files, prefix, priced, usage


def test_nothing_changes_between_an_estimate_and_itself() -> None:
    """No shift, no delta, no gap."""
    one = priced(files(usage(stored="10 GiB", reads=1000)))

    found = difference(one, one)

    assert found.delta == 0
    assert [*found.shifts, *found.new_gaps, *found.closed_gaps] == []
    assert found.same_prices


def test_each_changed_line_is_shown_the_largest_first() -> None:
    """10 GiB more storage is 1 more, 500 reads fewer is 0.5 less, and lists are as before."""
    before = priced(files(usage(stored="10 GiB", reads=1000, lists=100)))
    after = priced(files(usage(stored="20 GiB", reads=500, lists=100)))

    found = difference(before, after)

    storage, reads = found.shifts
    assert (storage.what, reads.what) == ("in standard", "reads (GET), standard")
    assert [storage.before, storage.after, storage.delta] == [1, 2, 1]
    assert [reads.before, reads.after, reads.delta] == [1, Decimal("0.5"), Decimal("-0.5")]
    assert found.delta == found.after - found.before == Decimal("0.5")


def test_lines_that_come_or_go_cost_nothing_on_the_other_side() -> None:
    """A new bucket is all new, a removed one all gone."""
    one = {"files": bucket(of=prefix(usage(stored="10 GiB")))}
    two = {**one, "more": bucket(of=prefix(usage(stored="30 GiB")))}

    more = difference(priced(environment(one)), priced(environment(two)))
    fewer = difference(priced(environment(two)), priced(environment(one)))

    (come,), (gone,) = more.shifts, fewer.shifts
    assert come.bucket == gone.bucket == "more"
    assert [come.before, come.after] == [0, 3]
    assert [gone.before, gone.after] == [3, 0]
    assert more.delta == -fewer.delta == 3


def test_gaps_that_open_and_close_are_named() -> None:
    """Stating a usage closes a gap; taking it away opens one."""
    stated = priced(files(usage(stored="10 GiB")))
    unstated = priced(environment({"files": bucket(of={"path": "{env}/files/"})}))

    assert [gap.reason for gap in difference(unstated, stated).closed_gaps] == ["no usage is stated"]
    assert [gap.reason for gap in difference(stated, unstated).new_gaps] == ["no usage is stated"]
    assert difference(unstated, unstated).new_gaps == ()


def test_other_prices_are_not_taken_for_another_contract() -> None:
    """A difference between two tables says that it is one."""
    subject = files(usage(stored="10 GiB"))

    assert not difference(priced(subject), priced(subject, date="2027-01-01")).same_prices


@pytest.mark.requirement("TC-5")
def test_the_deltas_add_up() -> None:
    """All shifts together are the whole difference, free quantities included."""
    before = priced(
        files(usage(stored="10 GiB", downloads="150 GiB"), delivery="presigned"), free={"internet": 100}
    )
    after = priced(
        files(usage(stored="7 GiB", downloads="900 GiB"), delivery="presigned"), free={"internet": 100}
    )

    found = difference(before, after)

    assert sum(shift.delta for shift in found.shifts) == found.delta
