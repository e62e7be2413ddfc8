"""A page held against what was known: row by row, whichever way is taken."""

from collections.abc import Mapping
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from audits.ledger import comparing
from audits.ledger.columns import IDENTITY, LISTED, table_of
from audits.ledger.comparing import compared
from audits.ledger.known import Known, apart
from tests.audits.ledger.rows import Id, columns_of, day, row

KEYS = st.sampled_from([f"k{number}" for number in range(9)])
VERSIONS = st.sampled_from(["", "null", "v1"])
ETAGS, CLASSES = st.sampled_from(["1", "1", "1", "2"]), st.sampled_from(["STANDARD", "STANDARD", "GLACIER"])
FACTS = st.tuples(ETAGS, CLASSES, st.none() | st.just("somebody"))
PLAIN = st.dictionaries(st.tuples(KEYS, st.just("")), FACTS, max_size=9)
VERSIONED = st.dictionaries(st.tuples(KEYS, VERSIONS), FACTS, max_size=12)
Facts = tuple[str, str, str | None]


def listed(state: Mapping[Id, Facts]) -> list[dict[str, object]]:
    """The rows of a state, as a list tells them."""
    return [
        row(key, etag, version, storage_class=named, owner=owner)
        for (key, version), (etag, named, owner) in state.items()
    ]


@settings(max_examples=400)
@given(
    st.one_of(st.tuples(PLAIN, PLAIN), st.tuples(VERSIONED, VERSIONED), st.tuples(PLAIN, VERSIONED)),
    st.sampled_from([0, 2, 64]),
)
def test_each_row_is_told_fresh_gone_or_in_its_place(
    states: tuple[Mapping[Id, Facts], Mapping[Id, Facts]], steps: int
) -> None:
    """By what was known of it, whichever facts all rows share, and however much differs."""
    known, page = ({one: state[one] for one in sorted(state)} for state in states)
    table = table_of(columns_of(listed(known)) or {"key": []}, list_read_at=day(0))
    same = {name: values[0] for name, values in table.to_pydict().items() if len(set(values)) == 1}
    columns = [[one[name] for one in listed(page)] for name in LISTED]

    with patch.object(comparing, "_MOST_STEPS", steps):
        found = compared(Known(table.select(apart(table.column_names, same)), same), columns)

    ids, there = list(page), list(known)
    assert [ids[number] for number in found.fresh] == [one for one in ids if known.get(one) != page[one]]
    assert [there[number] for number in found.gone] == [one for one in there if one not in page]
    assert [place if place is None else there[place] for place in found.places] == [
        one if one in known else None for one in ids
    ]
    assert list(zip(*(found.known.table[name].to_pylist() for name in IDENTITY), strict=True)) == there
