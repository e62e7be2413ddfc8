"""Do all reports say which objects are hit, in the right words, harmlessly, and what is not counted?"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

import pytest

from bucketwright.changes.radius import Leaves, Open, Radius, Reached, Retained
from bucketwright.changes.tallies import Move, Tally
from bucketwright.reports import markdown, text
from bucketwright.reports.json_report import as_json
from bucketwright.reports.radius_wording import access_hits, retention_hits, uncounted
from bucketwright.review import Changes
from tests.reports.reviews import CHANGES, REVIEW, TODAY

MANY: Final = Tally(1_204_331, 3_100_000_000_000, Decimal("71.3"), ("prod/a", "prod/b", "prod/c"))
ONE: Final = Tally(1, 0, None, ("prod/\x1b[2J`a`",))
NONE: Final = Tally(0, 0, Decimal(0), ())
HIT: Final = Radius(
    retained=(Retained("bucket:files", "files/documents", "delete", "", True, MANY, date(2027, 1, 12)),),
    leaves=(Leaves("bucket:old", ONE), Leaves("bucket:empty", NONE)),
    reached=(
        Reached("role:exporter", "read", "bucket:files", True, MANY),
        Reached("role:other", "read", "bucket:files", True, MANY),
    ),
    undecided=(Open("bucket:files", 12, "a rule selects by tags, and their tags were not read"),),
    unlisted={"bucket:logs": "the ledger does not have the bucket logs"},
    listed={"bucket:files": date(2026, 11, 1), "bucket:old": date(2026, 11, 14)},
    missing={"bucket:old": "no run has listed it to its end"},
    tags_read={"bucket:files": date(2026, 11, 1)},
)
WITH_OBJECTS: Final = replace(CHANGES, radius=HIT)


DELETED: Final = HIT.retained[0]
MOVED: Final = replace(DELETED, event="archive", to="GLACIER")


def _told(one: Retained) -> str:
    [line] = retention_hits(replace(CHANGES, radius=Radius(retained=(one,))))
    return line


@pytest.mark.parametrize(
    ("one", "said"),
    [
        pytest.param(DELETED, "deletes 1,204,331 objects earlier, from 2027-01-12 on", id="deleted earlier"),
        pytest.param(
            replace(DELETED, at_once=7),
            "deletes 1,204,331 objects earlier, from 2027-01-12 on, 7 of them in the first night",
            id="some of them at once",
        ),
        pytest.param(
            replace(DELETED, earlier=False),
            "keeps 1,204,331 objects longer, to be deleted from 2027-01-12 on",
            id="deleted later",
        ),
        pytest.param(
            replace(DELETED, earlier=False, begins=None),
            "keeps 1,204,331 objects for good",
            id="never deleted",
        ),
        pytest.param(
            replace(DELETED, event="delete old versions", tally=ONE),
            "deletes 1 old version earlier, from 2027-01-12 on",
            id="an old version",
        ),
        pytest.param(
            replace(MOVED, move=Move(Decimal("36.13"), Decimal("11.2"))),
            "moves 1,204,331 objects to GLACIER from 2027-01-12 on, $36.13 once and then $11.20 a month",
            id="moved",
        ),
        pytest.param(
            MOVED,
            "moves 1,204,331 objects to GLACIER from 2027-01-12 on",
            id="no price",
        ),
        pytest.param(
            replace(MOVED, event="archive old versions", earlier=False),
            "moves 1,204,331 old versions to GLACIER later, from 2027-01-12 on",
            id="moved later",
        ),
        pytest.param(
            replace(MOVED, earlier=False, begins=None),
            "no longer moves 1,204,331 objects to GLACIER",
            id="no longer moved",
        ),
    ],
)
def test_what_happens_to_objects_is_a_sentence(one: Retained, said: str) -> None:
    """Between where they lie and what they weigh."""
    where, _, rest = _told(one).partition(": ")

    assert where == "bucket:files 'files/documents'"
    assert rest.startswith((f"{said}, 3.1 TB, $71.30 a month: ", f"{said}, 0 B, no price known: "))


def test_objects_outside_of_every_prefix_are_said_to_be() -> None:
    """They have no address in the contract."""
    assert _told(replace(DELETED, prefix="")).startswith("bucket:files outside of every prefix: deletes")


@pytest.mark.parametrize(
    ("verb", "gains", "tally", "said"),
    [
        ("read", True, MANY, "role:exporter newly reads 1,204,331 existing keys of bucket:files, 3.1 TB"),
        ("read", False, ONE, "role:exporter no longer reads 1 existing key of bucket:files, 0 B"),
        ("read", True, NONE, "role:exporter newly reads no key that is there in bucket:files"),
        ("write", True, MANY, "role:exporter may newly overwrite 1,204,331 existing keys of bucket:files"),
        ("delete", True, MANY, "role:exporter may newly delete 1,204,331 existing keys of bucket:files"),
        ("delete", False, MANY, "role:exporter may no longer delete 1,204,331 existing keys of bucket:files"),
    ],
)
def test_who_reaches_what_is_a_sentence(verb: str, gains: bool, tally: Tally, said: str) -> None:
    """With the number of keys that are there, beside the change it belongs to and no other."""
    change = replace(CHANGES.access[0], verb=verb)
    hits = Radius(reached=(Reached("role:exporter", verb, "bucket:files", gains, tally),))

    [line] = access_hits(replace(CHANGES, radius=hits), change)

    assert line.startswith(said)
    assert list(access_hits(replace(CHANGES, radius=hits), replace(change, who="role:other"))) == []


def test_what_is_not_counted_is_said() -> None:
    """A bucket the ledger lacks, an old list, a part of one, what is undecided; a fresh list is no news."""
    since = "a rule selects by tags, as they were on 2026-11-01; what was tagged since is not counted"

    assert list(uncounted(WITH_OBJECTS, TODAY)) == [
        "bucket:logs: not known what lies in it, the ledger does not have the bucket logs",
        "bucket:files: last listed on 2026-11-01, 20 days ago; what changed since is not counted",
        f"bucket:files: {since}",
        "bucket:old: there may be more in it, no run has listed it to its end",
        "bucket:files: 12 objects not decided, a rule selects by tags, and their tags were not read",
    ]
    assert list(uncounted(CHANGES, TODAY)) == []


def _lines(changes: Changes) -> list[str]:
    return list(text.lines(replace(REVIEW, changes=changes)))


def test_the_terminal_shows_it_where_it_belongs() -> None:
    """Each number below the change that it is of."""
    told = _lines(WITH_OBJECTS)

    at = told.index("Access")
    assert told[at + 1].startswith("  role:exporter read on bucket:files gains")
    assert told[at + 2] == (
        "  role:exporter newly reads 1,204,331 existing keys of bucket:files, 3.1 TB, $71.30 a month: "
        "first 'prod/a', 'prod/b', 'prod/c'"
    )
    assert told[at + 3] == ""
    at = told.index("Retention")
    assert told[at + 2 : at + 5] == [
        "  bucket:old: 1 object in it, 0 B, no price known: 'prod/\\x1b[2J`a`'",
        "  bucket:empty: nothing lies in it",
        f"  {_told(DELETED)}",
    ]
    assert "Objects that are not counted" in told


def test_without_a_ledger_nothing_is_said_of_objects() -> None:
    """No section, no zero; in JSON null."""
    assert not [line for line in _lines(CHANGES) if "objects" in line.lower()]
    changes = as_json(REVIEW)["changes"]
    assert isinstance(changes, dict)
    assert changes["objects"] is None


def test_the_comment_has_it_too() -> None:
    """In the same sections; a key is shown as it is, and does nothing."""
    told = markdown.comment(replace(REVIEW, changes=WITH_OBJECTS))

    assert "- role:exporter newly reads 1,204,331 existing keys of bucket:files, 3.1 TB" in told
    assert "- bucket:old: 1 object in it, 0 B, no price known: 'prod/\\\\x1b\\[2J\\`a\\`'" in told
    assert "#### Objects that are not counted (5)" in told


def test_scripts_get_every_number() -> None:
    """Amounts as text, missing ones null, the age of the list decided."""
    changes = as_json(replace(REVIEW, changes=WITH_OBJECTS))["changes"]

    assert isinstance(changes, dict)
    assert changes["objects"] == {
        "retention": [
            {
                "bucket": "bucket:files",
                "prefix": "files/documents",
                "event": "delete",
                "to": None,
                "earlier": True,
                "begins": "2027-01-12",
                "first_night": 0,
                "move": None,
                "objects": 1_204_331,
                "bytes": 3_100_000_000_000,
                "monthly": "71.3",
                "first_keys": ["prod/a", "prod/b", "prod/c"],
            }
        ],
        "leaving": [
            {
                "bucket": "bucket:old",
                "objects": 1,
                "bytes": 0,
                "monthly": None,
                "first_keys": ["prod/\x1b[2J`a`"],
            },
            {"bucket": "bucket:empty", "objects": 0, "bytes": 0, "monthly": "0", "first_keys": []},
        ],
        "access": [
            {
                "who": who,
                "verb": "read",
                "bucket": "bucket:files",
                "gains": True,
                "objects": 1_204_331,
                "bytes": 3_100_000_000_000,
                "monthly": "71.3",
                "first_keys": ["prod/a", "prod/b", "prod/c"],
            }
            for who in ("role:exporter", "role:other")
        ],
        "undecided": [
            {
                "bucket": "bucket:files",
                "objects": 12,
                "reason": "a rule selects by tags, and their tags were not read",
            }
        ],
        "not_listed": {"bucket:logs": "the ledger does not have the bucket logs"},
        "listed": {
            "bucket:files": {"date": "2026-11-01", "old": True},
            "bucket:old": {"date": "2026-11-14", "old": False},
        },
        "incomplete": {"bucket:old": "no run has listed it to its end"},
        "tags_read": {"bucket:files": "2026-11-01"},
    }
