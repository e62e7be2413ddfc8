"""A process that writes a ledger is killed anywhere: nothing that counted is lost, and the next life ends it.

`make kills` kills more often than these few times.
"""

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from audits.ledger.shelf import SETTLED, Shelf, utc_now
from audits.ledger.stores import Folder
from audits.ledger.verifying import verified
from tests.audits.ledger.lives import BEFORE, CHANGED, STATES, State, killed, live
from tests.audits.ledger.rows import BUCKET, keep, opened, row, scanned

KILLS = int(os.environ.get("BUCKETWRIGHT_KILLS", "8"))
SEED = 7
MOST_LIVES = 3


def told(state: State) -> Sequence[tuple[object, ...]]:
    """A state as a ledger tells it."""
    return sorted((key, "", etag) for key, etag in state.items())


def begun(folder: Path) -> Path:
    """A ledger that knows what was before."""
    with opened(folder) as ledger:
        keep(ledger, "before", [row(*one) for one in BEFORE.items()])
    return folder


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many calls a life has that nobody ends."""
    return live(begun(tmp_path_factory.mktemp("whole")), 0)


@pytest.mark.parametrize("number", range(KILLS), ids="kill {}".format)
def test_a_killed_process_loses_nothing_that_counted(tmp_path: Path, calls: int, number: int) -> None:
    """After each kill the ledger is whole, as it was after some run; the last life ends as if nothing was."""
    chance = random.Random(f"{SEED} {number}")  # noqa: S311 - the same points each time
    folder = begun(tmp_path / "ledger")
    for _ in range(chance.randint(1, MOST_LIVES)):
        killed(folder, chance.randint(1, calls))

        assert [one for one in verified(Folder(folder)) if one.trouble] == []
        with opened(folder) as ledger:
            assert scanned(ledger) in [told(state) for state in STATES]

    live(folder, 0)

    with opened(folder) as ledger:
        assert scanned(ledger) == told(CHANGED)
        Shelf(ledger.store, BUCKET).clean(utc_now() + 2 * SETTLED)
        assert scanned(ledger) == told(CHANGED)
        assert list(ledger.store.drafts()) == []
    named = {part.name for part in Shelf(Folder(folder), BUCKET).parts()}
    assert {one.name for one in folder.rglob("*.parquet")} == named
