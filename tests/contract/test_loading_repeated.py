"""Is everything told of a contract that gives a key twice, whichever of the two is meant?"""

import pytest

from bucketwright.contract.problems import MOST_SHOWN
from tests.contract.loading_cases import problems

FILES = "buckets:\n  files: {prefixes: {docs: {path: docs/}}}\n"
LAMBDA = "trusts: lambda.amazonaws.com"


def told(body: str) -> list[tuple[int, str]]:
    """The line and path of each problem; a key given twice is at the path of what holds it."""
    return [(one.line, one.path) for one in problems(body)]


def test_both_of_two_entries_are_judged() -> None:
    """A wrong reference is found in the one that counts and in the one that does not."""
    body = (
        f"{FILES}access:\n"
        f"  exp: {{{LAMBDA}, read: [files/dcos]}}\n"
        f"  exp: {{{LAMBDA}, write: [files/dosc]}}\n"
        f"  exp: {{{LAMBDA}, list: [files/docs]}}\n"
    )

    assert told(body) == [(6, "access.exp.read.0"), (7, "access"), (8, "access")]
    assert told(body.replace("list: [files/docs]", "list: [files/sdoc]"))[-1] == (8, "access.exp.list.0")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            f"{FILES}access:\n  exp:\n    {LAMBDA}\n    read: files/dcos\n    read: files/dosc\n",
            [(8, "access.exp.read.0"), (9, "access.exp"), (9, "access.exp.read.0")],
            id="a field",
        ),
        pytest.param(
            f"{FILES}buckets:\n  files: {{versioning: perhaps}}\n",
            [(5, ""), (6, "buckets.files.versioning")],
            id="all buckets",
        ),
        pytest.param(
            "buckets:\n  files:\n    prefixes:\n      docs: {path: docs/}\n      docs: {path: docs}\n",
            [(7, "buckets.files.prefixes"), (7, "buckets.files.prefixes.docs.path")],
            id="a prefix",
        ),
        pytest.param(
            f"project: demo\nenvironments:\n  dev:\n    access:\n      exp: {{{LAMBDA}, read: files/docs}}\n"
            f"      exp: {{{LAMBDA}, read: files/dcos}}\n{FILES}",
            [(6, "environments.dev.access"), (6, "environments.dev.access.exp.read.0")],
            id="in an environment",
        ),
    ],
)
def test_what_is_wrong_within_either_is_told(body: str, expected: list[tuple[int, str]]) -> None:
    """Whatever was given twice, at whatever depth."""
    assert told(body) == expected


def test_what_hangs_on_which_is_kept_is_not_held_against_anybody() -> None:
    """A reference to a prefix that one of two buckets has is not wrong; one to what neither has, is."""
    body = (
        "buckets:\n  files: {prefixes: {docs: {path: docs/}}}\n  files: {prefixes: {pages: {path: pages/}}}\n"
        f"access:\n  exp: {{{LAMBDA}, read: [files/docs, files/pages, files/none]}}\n"
    )

    assert told(body) == [(5, "buckets"), (7, "access.exp.read.2")]


def test_a_flood_of_them_is_cut() -> None:
    """No more is told than anybody reads, and what is cut is said last."""
    twice = "".join(f"  b{n}: {{versioning: x}}\n  b{n}: {{versioning: y}}\n" for n in range(MOST_SHOWN // 2))
    found = problems(f"buckets:\n{twice}")

    assert len(found) <= MOST_SHOWN + 1
    assert "the rest is left out" in found[-1].message
