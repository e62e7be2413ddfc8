"""When is it left open whether a policy keeps to its prefix, and how much work is spent on the question?"""

import pytest

from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, NAME, B, Raw, allow, but, deny, isolated, prefix

WRITTEN_OUT = "not settled: it depends on the value of a policy variable"
VARIABLE = {
    "a folder that the variable may name": (
        [allow("s3:GetObject", f"{B}/home/e*"), but("Resource", deny("s3:*", f"{B}/home/{NAME}/*"))],
        BOB,
    ),
    "a Deny of all but a folder that the variable may name": (
        [allow("s3:GetObject", f"{B}/{NAME}/*"), but("Resource", deny("s3:*", f"{B}/home/*"))],
        "other/",
    ),
    "a Deny of one character or more": (
        [allow("s3:GetObject", f"{B}/{NAME}"), deny("s3:*", f"{B}/?*")],
        "other/",
    ),
    "a Deny of three characters or more": (
        [allow("s3:GetObject", f"{B}/{NAME}"), deny("s3:*", f"{B}/*???")],
        "other/",
    ),
    "a Deny of lists of one character or more": (
        [allow("s3:ListBucket", B, StringEquals=prefix(NAME)), deny("s3:*", B, StringLike=prefix("?*"))],
        "other/",
    ),
    "a Deny of what a variable in the prefix may be": (
        [allow("s3:GetObject", f"{B}/*"), deny("s3:*", f"{B}/?*"), allow("s3:GetObject", f"{B}/{NAME}")],
        f"{NAME}/",
    ),
    "a folder that the variable may name, and a Deny of another": (
        [
            allow("s3:GetObject", f"{B}/{NAME}/*"),
            deny("s3:*", f"{B}/x/*"),
            but("Resource", deny("s3:*", f"{B}/home/*")),
        ],
        "other/",
    ),
    "a list that the variable may allow": (
        [
            allow("s3:ListBucket", B, StringLike=prefix("e*")),
            deny("s3:ListBucket", B, StringNotLike=prefix(f"{NAME}/*")),
        ],
        "other/",
    ),
    "a list of all but the variable, in any case": (
        [
            allow("s3:ListBucket", B, StringLike=prefix("e*")),
            deny("s3:ListBucket", B, StringNotEqualsIgnoreCase=prefix(NAME)),
        ],
        "other/",
    ),
    "a list of all but the variable": (
        [
            allow("s3:ListBucket", B, StringLike=prefix("e*")),
            deny("s3:ListBucket", B, StringNotEquals=prefix(NAME)),
        ],
        "other/",
    ),
    "two exceptions, each of which the variable may be": (
        [
            allow("s3:GetObject", f"{B}/*"),
            but("Resource", deny("s3:*", f"{B}/home/*")),
            but("Resource", deny("s3:*", f"{B}/{NAME}/*")),
        ],
        "other/",
    ),
}


@pytest.mark.parametrize(("statements", "below"), VARIABLE.values(), ids=VARIABLE)
def test_what_depends_on_the_value_of_a_variable_is_left_open(statements: list[Raw], below: str) -> None:
    """A Deny of everything but some text does not surely hit what a variable may turn into that text."""
    assert isolated(statements, below) == Answer(None, WRITTEN_OUT)


HARD = [
    allow("s3:GetObject", f"{B}/*"),
    *(deny("s3:GetObject", f"{B}/*{letter}" + "?" * 18) for letter in "ab"),
    *(deny("s3:GetObject", f"{B}/" + "?" * length) for length in range(19)),
]


def test_a_policy_that_is_too_hard_is_left_open() -> None:
    """Past the budget there is no verdict, rather than a wrong one or none for hours."""
    assert isolated(HARD, BOB) == Answer(None, "not settled: too many cases to compare")


def test_a_statement_without_a_resource_is_left_open() -> None:
    """It belongs to some other kind of policy."""
    trust: Raw = {"Effect": "Allow", "Action": "s3:GetObject"}

    assert isolated([trust], BOB) == Answer(None, "statement 1 names no Resource")


def test_a_hundred_folders_and_many_stars_are_settled() -> None:
    """As large as a policy may be, and as starry, the usual questions have an answer."""
    folders = allow("s3:GetObject", *(f"{B}/home/bob/{number}/*" for number in range(300)))
    starry = [deny("s3:*", f"{B}/" + f"*{letter}?" * 15 + "*") for letter in "defghijklm"]

    assert isolated([folders], BOB).holds is True
    assert isolated([folders], "home/bob/1").holds is False
    assert isolated([folders, *starry], BOB).holds is True
    assert isolated([allow("s3:GetObject", f"{B}/*"), *starry], BOB).holds is False


def test_a_hundred_buckets_are_settled() -> None:
    """The first two that are reached suffice."""
    buckets = allow("s3:GetObject", *(f"arn:aws:s3:::bucket{number}/home/bob/*" for number in range(100)))

    assert isolated([buckets], BOB).holds is False
