"""What headers count of tags is kept as what it proves: that there were none, or some."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audits.ledger_rows import ledger_rows
from audits.objects.purse import Purse
from audits.objects_budget import Budget, SpendingMeter
from audits.objects_tariff import Tariff
from bucketwright.changes.radius import Known
from bucketwright.contract.cost.loading import load_prices
from bucketwright.objects.lying import Lying
from tests.audits.objects.remembered import recalled
from tests.audits.objects.stored import Stored, full_of, wanted

TYPES = ("object-content-type-mismatch",)


def kept(folder: Path) -> list[Lying]:
    """The rows of the ledger, in order."""
    with ledger_rows(str(folder)) as rows:
        found = rows.of("files")
        assert isinstance(found, Known)
        return list(found.rows)


def some_without(number: int) -> Stored:
    """So many objects with a tag, of which the first has none."""
    stored = full_of(number)
    stored.changed("docs/00000.pdf", tags={})
    return stored


def test_what_has_no_tags_is_known_without_a_question_for_each(tmp_path: Path) -> None:
    """One look at tags shows that headers tell of them; the next run asks for nothing."""
    stored, begun = some_without(40), datetime.now(UTC).replace(microsecond=0)
    recalled(stored, wanted(*TYPES), tmp_path, "one", counts_tags=True)
    asked = dict(stored.asked)
    recalled(stored, wanted(*TYPES), tmp_path, "two", counts_tags=True)
    bare, *others = kept(tmp_path)

    assert asked == {"list": 2, "head": 40, "GetObjectTagging": 1}
    assert dict(stored.asked) == {"list": 2}
    assert (bare.key, bare.tags, bare.tag_count) == ("docs/00000.pdf", {}, None)
    assert bare.tags_read is not None
    assert begun <= bare.tags_read <= datetime.now(UTC)
    assert {(one.tags, one.tags_read, one.tag_count) for one in others} == {(None, None, 1)}


@pytest.mark.parametrize("case", ["a server that counts none", "whoever may not read tags", "with a budget"])
def test_headers_that_tell_nothing_of_tags_prove_nothing(tmp_path: Path, case: str) -> None:
    """Neither there, nor where nobody looked whether they would."""
    stored = some_without(4)
    stored.shows_tags = case == "with a budget"
    purse = Purse(SpendingMeter(Budget(calls=6)), Tariff("us-west-2", load_prices()))
    counts = case != "a server that counts none"
    spends = purse if case == "with a budget" else None
    recalled(stored, wanted(*TYPES), tmp_path, "one", counts_tags=counts, purse=spends, is_whole=True)

    assert [one.tags for one in kept(tmp_path)] == [None] * 4
    assert stored.asked["GetObjectTagging"] == (case == "whoever may not read tags")


def test_what_somebody_tags_is_seen_with_the_next_headers(tmp_path: Path) -> None:
    """A count stands with the headers that told it."""
    stored = some_without(4)
    recalled(stored, wanted(*TYPES), tmp_path, "one", counts_tags=True)
    stored.changed("docs/00000.pdf", tags={"a": "b", "c": "d"}, etag="2")
    recalled(stored, wanted(*TYPES), tmp_path, "two", counts_tags=True)

    assert (kept(tmp_path)[0].tags, kept(tmp_path)[0].tag_count) == (None, 2)
