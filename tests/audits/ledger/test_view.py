"""Which parts are read for a key: held against every part, one by one."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from audits.ledger.manifest import Part
from audits.ledger.spans import Range, joined
from audits.ledger.view import View
from tests.audits.ledger.rows import BEGIN
from tests.audits.ledger.test_spans import KEYS, RANGES


def lies_in(key: str, span: Range) -> bool:
    """Whether a range has a key."""
    return span[0] < key and (span[1] is None or key <= span[1])


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    """Parts of any age, of which some say all there is of some ranges."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        oldest = draw(st.integers(0, 8))
        newest = oldest + draw(st.integers(0, 4))
        times = (BEGIN + timedelta(hours=oldest), BEGIN + timedelta(hours=newest))
        whole = joined(draw(st.lists(RANGES, max_size=3)))
        found.append(Part(f"p{number}.parquet", 9, 0, 1, "", KEYS[0], KEYS[-1], *times, whole))
    return found


def read_for(key: str, several: list[Part]) -> set[str]:
    """The parts that have the key, and for which no newer one stands."""
    has = [one for one in several if not one.whole or any(lies_in(key, span) for span in one.whole)]
    stands = [one for one in has if one.whole]
    return {one.name for one in has if not any(other.oldest > one.newest for other in stands)}


@given(parts())
def test_each_key_is_read_from_the_parts_for_which_none_stands(several: list[Part]) -> None:
    """Those listed wholly before a newer list of the same keys began are not read."""
    view = View(several)

    for before, key in zip(["", *KEYS], KEYS, strict=False):
        assert {one.part.name for one in view.of(before, key)} == read_for(key, several)
        assert {one.part.name for one in view.at(before)} >= read_for(key, several)


@given(parts(), RANGES)
def test_pieces_of_a_range_lie_in_it(several: list[Part], span: Range) -> None:
    """They are the pieces of its keys, cut to it."""
    for piece in View(several).of(*span):
        assert piece.low >= span[0]
        assert span[1] is None or (piece.high is not None and piece.high <= span[1])


@given(parts())
def test_parts_of_which_nothing_is_read_are_known(several: list[Part]) -> None:
    """`seen` names just the parts that some key is read from."""
    every = {name for key in [*KEYS, "~"] for name in read_for(key, several)}
    beside = {one.name for one in several if not one.whole and one.name not in every}

    assert View(several).seen - beside == every


@given(parts())
def test_around_a_key_no_piece_begins_or_ends(several: list[Part]) -> None:
    """The range around it is as wide as that lets it be."""
    view = View(several)
    ends = {end for one in view.pieces for end in (one.low, one.high) if end is not None}

    for before in ["", *KEYS]:
        low, high = view.around(before)
        assert low == max((end for end in ends if end <= before), default="")
        assert high == min((end for end in ends if end > before), default=None)
