"""Sets of keys as buckets hold them, and worse ones; and who lists them as S3 does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from bucketwright.s3.wire.lists import Turned
from bucketwright.s3.wire.rows import Marker, Row

_ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
_FEW_LETTERS = st.text("ab/\x01\x7fzé🙂", min_size=1, max_size=8)
_LONG_BEGINNING = st.builds(
    lambda day, rest: f"data/year=2026/month=11/day={day:02}/part-{rest}", st.integers(1, 3), _FEW_LETTERS
)
_NUMBERED = st.builds(lambda number: f"{number:012}", st.integers(0, 10**6))
_HASHED = st.builds(lambda number: f"{number:08x}", st.integers(0, 2**32 - 1))
_DEEP = st.builds(lambda depth, end: "x" * depth + end, st.integers(0, 200), _FEW_LETTERS)
KEYS = st.one_of(
    *(
        st.sets(kind, max_size=40)
        for kind in (_ANY, _FEW_LETTERS, _LONG_BEGINNING, _NUMBERED, _HASHED, _DEEP)
    ),
    st.sets(st.one_of(_ANY, _FEW_LETTERS, _LONG_BEGINNING, _NUMBERED, _HASHED, _DEEP), max_size=60),
)


def row(key: str, version: str = "") -> Row:
    """Some object."""
    return Row(
        key, '"e"', "2026-11-21T00:00:00.000Z", 1, "STANDARD", None, "", restoring=False, version=version
    )


@dataclass(frozen=True, slots=True)
class Bucket:
    """What lies in a bucket, in the order of the list."""

    rows: Sequence[Row | Marker]

    def page(self, low: str, following: Mapping[str, str] | None, size: int) -> Turned[Row | Marker]:
        """The next rows after a key, or after where an earlier page ended."""
        if following is None:
            start = next((n for n, one in enumerate(self.rows) if one.key > low), len(self.rows))
        else:
            start = int(following["at"])
        rest = list(self.rows[start : start + size])
        ends = start + size >= len(self.rows)
        empty = f"{int(following['empty']) + 1 if following and not size else 0}"
        return Turned(
            [one.key for one in rest],
            rest.__getitem__,
            None if ends else {"at": str(start + size), "empty": empty},
        )
