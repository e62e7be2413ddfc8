"""Does a name say what it has to say, in which order, word by word?"""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.model import Environment
from bucketwright.estate import BucketPosture
from bucketwright.posture import Circumstances, Estate
from bucketwright.rules.bucket_names import end_of, words
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.governance.name_convention import name_convention
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided
from tests.rules.governance.examined import examined

WORDS = st.lists(st.sampled_from(["a", "b", "ab", "prod"]), min_size=1, max_size=6)


def is_said(parts: list[list[str]], name: list[str]) -> bool:
    """Whether some choice of places, each after the other, holds all parts: every choice is tried."""
    lasting = [len(part) for part in parts]
    for starts in combinations(range(len(name) + 1), len(parts)):
        ends = [start + length for start, length in zip(starts, lasting, strict=True)]
        apart = all(end <= start for end, start in zip(ends, starts[1:], strict=False))
        if apart and all(name[at:end] == part for part, at, end in zip(parts, starts, ends, strict=True)):
            return True
    return False


@given(project=WORDS, stage=WORDS, name=WORDS, sign=st.sampled_from("-."))
def test_parts_are_found_wherever_they_fit(
    project: list[str], stage: list[str], name: list[str], sign: str
) -> None:
    """The rule agrees with trying all places: whole words, in order, none used twice."""
    parts = [project[:2], stage[:2]]
    settings = {
        "project": "-".join(parts[0]),
        "name": "-".join(parts[1]),
        "rules": {"name_parts": ["project", "environment"]},
    }
    around = Circumstances(Environment.model_validate(settings))
    bucket = BucketPosture("bucket:example", sign.join(name), {})
    verdict = name_convention.verdict(bucket, Estate("live", {}, circumstances=around))

    assert isinstance(verdict, Passes if is_said(parts, name) else Fails)


@given(part=WORDS, name=WORDS, start=st.integers(0, 6))
def test_words_are_found_as_a_search_for_text_finds_them(
    part: list[str], name: list[str], start: int
) -> None:
    """Where they end first, from some word on."""
    spelled = "".join(f"{word}|" for word in name)
    at = sum(len(word) + 1 for word in name[:start])
    found = re.compile(f"(?:^|(?<=[|])){re.escape(''.join(f'{word}|' for word in part))}").search(spelled, at)
    expected = spelled[: found.end()].count("|") if found and start <= len(name) else None

    assert end_of(tuple(part), tuple(name), start) == expected


def test_words_stand_between_hyphens_and_dots() -> None:
    """Every word by itself, empty ones too."""
    assert words("a-bc..d-") == ("a", "bc", "", "d", "")


@pytest.mark.parametrize("rule", ["name-has-dots", "name-convention"])
def test_a_name_that_is_still_to_be_made_up_is_not_judged(rule: str) -> None:
    """Programs may leave a name to the engine, which tells it only afterwards."""
    around = declares(buckets={"example": {}}, rules={"name_parts": "project"})

    assert examined(rule, bad(called="", around=around)) == Undecided(
        "name", "what it will be called is not known before it is made"
    )


def test_an_account_that_nobody_states_is_not_asked_of_a_contract() -> None:
    """A contract that names no account cannot be held to it; a live bucket is judged once it is known."""
    example = good(called="files", around=declares(buckets={"example": {}}, rules={"name_parts": "account"}))

    assert isinstance(examined("name-convention", example, "intended"), NotApplicable)
    assert examined("name-convention", example) == Undecided("account", "nothing is said of it")
