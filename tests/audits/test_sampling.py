"""Are the same objects drawn whatever the order, are all as likely, and does the bound hold exactly?"""

from collections.abc import Iterable
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.sampling import CONFIDENCE, MOST_SEGMENTS, Drawn, Sample, at_most, told
from bucketwright.objects.headings import headings

LEFT = Fraction(5, 100)


def sampled(keys: Iterable[str], size: int, seed: bytes = b"test") -> dict[str, Drawn[str]]:
    """What is drawn of keys without a contract, by the names of their strata."""
    sample = Sample[str](headings(()), size, seed)
    for key in keys:
        sample.offer(key, key)
    return {str(one.stratum): one for one in sample.drawn()}


@given(
    keys=st.lists(st.text(alphabet="ab/é\n", min_size=1, max_size=5), unique=True, max_size=60),
    size=st.integers(0, 6),
    data=st.data(),
)
def test_the_order_does_not_matter(keys: list[str], size: int, data: st.DataObject) -> None:
    """However the keys come, the same ones are drawn and as many are counted."""
    other = data.draw(st.permutations(keys))

    assert sampled(keys, size) == sampled(other, size)


@given(
    keys=st.lists(st.text(alphabet="ab/", min_size=1, max_size=4), unique=True, max_size=40),
    size=st.integers(0, 4),
    more=st.integers(0, MOST_SEGMENTS + 20),
)
def test_each_is_either_drawn_or_told_to_be_spare(keys: list[str], size: int, more: int) -> None:
    """Once, whether its segment gave way or not."""
    spare: list[str] = []
    sample = Sample[str](headings(()), size, b"test", spare.append)
    keys = [*keys, *(f"segment {number}/{part}" for number in range(more) for part in range(2))]
    for key in keys:
        sample.offer(key, key)

    assert sorted([*spare, *(key for one in sample.drawn() for key in one.rows)]) == sorted(keys)


@given(seed=st.binary(min_size=1, max_size=8), shift=st.integers(0, 10))
def test_many_segments_share_one_place(seed: bytes, shift: int) -> None:
    """Beyond the most that are drawn from by themselves the rest is drawn from together, in any order."""
    keys = [f"{number}/{part}" for number in range(MOST_SEGMENTS + 30) for part in range(3)]
    turned = keys[shift * 20 :] + keys[: shift * 20]

    drawn = sampled(keys, 2, seed)

    assert drawn == sampled(turned, 2, seed)
    assert len(drawn) == MOST_SEGMENTS + 1
    assert drawn["elsewhere"].seen == 90
    assert len(drawn["elsewhere"].rows) == 2
    assert sum(one.seen for one in drawn.values()) == len(keys)


def test_every_stratum_gets_its_share() -> None:
    """A small prefix is looked at whole, and of a large one no more than asked for."""
    drawn = sampled([*(f"large/{number}" for number in range(500)), "small/a", "small/b", "c"], 10)

    assert {name: (one.seen, len(one.rows)) for name, one in drawn.items()} == {
        "keys under 'large/'": (500, 10),
        "keys under 'small/'": (2, 2),
        "keys under no prefix": (1, 1),
    }


def test_versions_are_drawn_one_by_one() -> None:
    """Of two versions of a key the one may be drawn without the other."""
    sample = Sample[str](headings(()), 1, b"test")
    for version in "abcdef":
        sample.offer(version, "key", version)

    [drawn] = sample.drawn()

    assert drawn.seen == 6
    assert len(drawn.rows) == 1


def test_all_are_as_likely() -> None:
    """Over many seeds each of ten keys is drawn about as often as every other."""
    counts = dict.fromkeys("abcdefghij", 0)
    for number in range(1_000):
        for key in sampled(counts, 3, str(number).encode())["keys under no prefix"].rows:
            counts[key] += 1

    assert all(240 < count < 360 for count in counts.values())


def chance(most: int, drawn: int, wrong: int, of: int) -> Fraction:
    """How likely no more wrong ones are drawn, by counting the ways."""
    ways = sum(comb(wrong, one) * comb(of - wrong, drawn - one) for one in range(most + 1))
    return Fraction(ways, comb(of, drawn))


@st.composite
def draws(draw: st.DrawFn) -> tuple[int, int, int]:
    """So many found, drawn, of so many."""
    of = draw(st.integers(0, 400))
    drawn = draw(st.integers(0, min(of, 60)))
    return draw(st.integers(0, drawn)), drawn, of


@given(case=draws())
def test_the_bound_is_exact(case: tuple[int, int, int]) -> None:
    """It is the largest number that still has its chance, counted way by way; one more has none."""
    found, drawn, of = case
    bound = at_most(found, drawn, of)

    assert found <= bound <= of - (drawn - found)
    assert chance(found, drawn, bound, of) > LEFT
    if bound < of - (drawn - found):
        assert chance(found, drawn, bound + 1, of) <= LEFT


@given(of=st.integers(1, 80), data=st.data())
def test_the_bound_holds_as_often_as_it_says(of: int, data: st.DataObject) -> None:
    """Whatever the truth is, the bound lies below it in no more than five of a hundred draws."""
    drawn, wrong = data.draw(st.integers(0, of)), data.draw(st.integers(0, of))
    seen = range(max(0, drawn - (of - wrong)), min(drawn, wrong) + 1)

    missed = sum(
        Fraction(comb(wrong, one) * comb(of - wrong, drawn - one), comb(of, drawn))
        for one in seen
        if at_most(one, drawn, of) < wrong
    )

    assert missed <= LEFT


@pytest.mark.parametrize(
    ("found", "drawn"),
    [
        pytest.param(0, 300, id="nothing found"),
        pytest.param(1, 10, id="one of ten"),
        pytest.param(3, 300, id="three of three hundred"),
        pytest.param(700, 1500, id="half of many, where single chances are too small for a float"),
        pytest.param(1499, 1500, id="all but one of many"),
    ],
)
def test_many_objects_are_as_endless_ones(found: int, drawn: int) -> None:
    """Of very many objects the bound is that of Clopper and Pearson, who leave a twentieth."""
    of = 10**12
    share = Fraction(round(at_most(found, drawn, of) / of * 10**9), 10**9)

    ways = (
        comb(drawn, one) * share.numerator**one * (share.denominator - share.numerator) ** (drawn - one)
        for one in range(found + 1)
    )
    assert sum(ways) / share.denominator**drawn == pytest.approx(1 - CONFIDENCE, rel=1e-4)


def test_the_bound_is_told_with_what_it_is_from() -> None:
    """A sentence has how many were looked at, found, and may be; of all looked at nothing is guessed."""
    assert told(0, 300, 1_204_331) == (
        "300 of 1,204,331 looked at, 0 of them wrong: at 95% confidence at most 11,964 are (0.993 %)"
    )
    assert told(5, 10, 10) == "10 of 10 looked at, 5 of them wrong"


@pytest.mark.parametrize(("found", "drawn", "of"), [(2, 1, 3), (0, 4, 3), (-1, 1, 3)])
def test_an_impossible_draw_is_refused(found: int, drawn: int, of: int) -> None:
    """Nobody finds more than was drawn, nor draws more than there are."""
    with pytest.raises(ValueError, match="no more can be found"):
        at_most(found, drawn, of)
