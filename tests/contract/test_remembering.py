"""Is an answer about an environment worked out once, and never given for another?"""

import gc
from weakref import ref

import pytest

from bucketwright.contract.model import Environment
from bucketwright.contract.remembering import remembered


def environment(name: str = "dev") -> Environment:
    """An environment; two of the same name are equal."""
    return Environment(project="shop", name=name)


def test_the_same_question_is_answered_once() -> None:
    """Whoever asks again gets the same object."""
    asked: list[tuple[str, str]] = []

    @remembered
    def told(about: Environment, bucket_id: str) -> list[str]:
        asked.append((about.name, bucket_id))
        return [about.name, bucket_id]

    dev = environment()
    first = told(dev, "files")

    assert told(dev, "files") is first == ["dev", "files"]
    assert told(dev, "logs") == ["dev", "logs"]
    assert asked == [("dev", "files"), ("dev", "logs")]


def test_an_equal_environment_is_asked_about_anew() -> None:
    """The very same one alone is known again, for what is equal need not be the same part of a file."""
    asked: list[Environment] = []

    @remembered
    def told(about: Environment) -> int:
        asked.append(about)
        return len(asked)

    dev, other = environment(), environment()

    assert dev == other
    assert [told(dev), told(other), told(environment("prod")), told(dev), told(other)] == [1, 2, 3, 1, 2]


def test_what_is_remembered_stays_in_memory_with_its_answer() -> None:
    """No later environment can take its place and be mistaken for it."""

    @remembered
    def told(about: Environment) -> str:
        return about.name

    names = [f"env-{number}" for number in range(200)]
    assert [told(environment(name)) for name in names] == names

    kept = environment("kept")
    there = ref(kept)
    told(kept)
    del kept
    gc.collect()
    assert there() is not None


def test_what_went_wrong_is_not_remembered() -> None:
    """The next one who asks gets the error, too."""
    asked: list[str] = []

    @remembered
    def told(about: Environment) -> str:
        asked.append(about.name)
        raise ValueError("no answer")

    dev = environment()
    for _ in range(2):
        with pytest.raises(ValueError, match="no answer"):
            told(dev)

    assert asked == ["dev", "dev"]


def test_it_keeps_its_name_and_what_it_says_of_itself() -> None:
    """The pages that are made from docstrings do not change by it."""

    @remembered
    def told(about: Environment) -> str:
        """What it is called."""
        return about.name

    assert (told.__name__, told.__doc__) == ("told", "What it is called.")
