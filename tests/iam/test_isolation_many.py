"""Are policies of many statements settled where each of these, or one of them, is plain?"""

from string import ascii_lowercase

import pytest

from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, NAME, B, Raw, allow, but, deny, isolated, prefix

LETTERS = ascii_lowercase[:14]
FOLDERS = [f"home/bob/{number}/" for number in range(200)]
INSIDE = {
    "keys": [allow("s3:GetObject", f"{B}/{folder}*") for folder in FOLDERS],
    "everything": [allow("s3:*", f"{B}/{folder}*") for folder in FOLDERS],
    "starry keys": [allow("s3:Get*", f"{B}/{folder}*x?{n}*") for n, folder in enumerate(FOLDERS)],
    "lists": [allow("s3:ListBucket", B, StringLike=prefix(f"{folder}*")) for folder in FOLDERS],
    "keys and lists": [
        allow(["s3:GetObject", "s3:ListBucket"], B, f"{B}/{folder}*", StringLike=prefix(f"{folder}*"))
        for folder in FOLDERS
    ],
    "keys, each under a condition": [
        allow("s3:GetObject", f"{B}/{folder}*", StringEquals={"aws:PrincipalTag/folder": folder})
        for folder in FOLDERS
    ],
}
EVE: dict[str, tuple[Raw, str]] = {
    "keys": (allow("s3:GetObject", f"{B}/home/eve/*"), "s3:GetObject reaches"),
    "everything": (allow("s3:*", f"{B}/home/eve/*"), "s3:AbortMultipartUpload reaches"),
    "starry keys": (allow("s3:Get*", f"{B}/home/eve/*"), "s3:GetObject"),
    "lists": (allow("s3:ListBucket", B, StringLike=prefix("home/eve/*")), "s3:ListBucket lists"),
    "keys and lists": (allow("s3:GetObject", f"{B}/home/eve/*"), "s3:GetObject reaches"),
    "keys, each under a condition": (allow("s3:GetObject", f"{B}/home/eve/*"), "s3:GetObject reaches"),
}
DENIES: dict[str, list[Raw]] = {
    "none": [],
    "of starry keys": [deny("s3:*", f"{B}/*{letter}?x*{letter}*") for letter in LETTERS],
    "of all but starry keys": [
        but("Resource", deny("s3:GetObject", f"{B}/*{letter}*")) for letter in LETTERS
    ],
    "of starry lists": [
        deny("s3:ListBucket", B, StringLike=prefix(f"*{letter}?x*{letter}*")) for letter in LETTERS
    ],
    "of all but starry lists": [
        deny("s3:ListBucket", B, StringNotLike=prefix(f"*{letter}*")) for letter in LETTERS
    ],
    "by position": [deny("s3:*", f"{B}/*{letter}" + "?" * n) for n, letter in enumerate(LETTERS, start=6)],
}


@pytest.mark.parametrize("denies", DENIES.values(), ids=DENIES)
@pytest.mark.parametrize("allows", INSIDE.values(), ids=INSIDE)
def test_two_hundred_allows_inside_are_settled(allows: list[Raw], denies: list[Raw]) -> None:
    """Whatever Denies stand beside them."""
    assert isolated([*allows, *denies], BOB).holds is True


@pytest.mark.parametrize("denies", DENIES.values(), ids=DENIES)
@pytest.mark.parametrize("kind", INSIDE)
def test_one_leak_among_two_hundred_allows_is_found(kind: str, denies: list[Raw]) -> None:
    """A key or a list that no Deny hits, however many letters it needs for that."""
    leak, because = EVE[kind]
    answer = isolated([*INSIDE[kind], leak, *denies], BOB)

    assert answer.holds is False
    assert answer.because.startswith(because)
    assert "home/eve/" in answer.because


def test_a_key_that_needs_many_letters_is_found() -> None:
    """Fourteen Denies, each of all keys without some letter, leave the keys with all of them."""
    answer = isolated([allow("s3:GetObject", f"{B}/*"), *DENIES["of all but starry keys"]], BOB)

    assert answer == Answer(False, f"s3:GetObject reaches '{B}/{LETTERS}'")


RESTS = {
    "beside starry Denies": DENIES["of starry keys"],
    "beside Denies of all but starry keys": DENIES["of all but starry keys"],
    "beside Denies by position": DENIES["by position"],
    "beside Denies of lists": [*DENIES["of starry lists"], *DENIES["of all but starry lists"]],
}


@pytest.mark.parametrize("denies", RESTS.values(), ids=RESTS)
def test_the_one_deny_that_matters_is_found_among_many(denies: list[Raw]) -> None:
    """That of everything but the folder, first or last."""
    everything, rest = allow("s3:*", "*"), but("Resource", deny("s3:*", f"{B}/home/bob/*"))

    assert isolated([everything, rest, *denies], BOB).holds is True
    assert isolated([everything, *denies, rest], BOB).holds is True
    assert isolated([everything, *denies], BOB).holds is False


def test_a_leak_of_another_kind_is_found_where_keys_are_left_open() -> None:
    """Whether some key leaks is too hard to say, but a list does."""
    hard: list[Raw] = [
        allow("s3:GetObject", f"{B}/*"),
        *(deny("s3:GetObject", f"{B}/*{letter}" + "?" * 18) for letter in "ab"),
        *(deny("s3:GetObject", f"{B}/" + "?" * length) for length in range(19)),
    ]

    assert isolated(hard, BOB).holds is None
    assert (
        isolated([*hard, allow("s3:ListBucket", B)], BOB).because == f"s3:ListBucket lists every key of {B!r}"
    )
    assert isolated([*hard, allow("s3:PutObject", f"{B}/home/eve/*")], BOB).because == (
        f"s3:PutObject reaches '{B}/home/eve/'"
    )


def test_a_key_that_is_only_guessed_lies_outside() -> None:
    """Of all short keys only one inside is left; whether a long one leaks is too hard to say."""
    hard = [
        allow("s3:GetObject", f"{B}/home/*"),
        but("Resource", deny("s3:*", f"{B}/home/*bob/*")),
        *(deny("s3:*", f"{B}/*{letter}" + "?" * 18) for letter in LETTERS),
        *(deny("s3:*", f"{B}/home/" + "?" * length) for length in range(32) if length != len("bob/")),
    ]

    assert isolated(hard, BOB).holds is None
    assert isolated(hard, "home/eve/").because == f"s3:GetObject reaches '{B}/home/bob/'"


def test_many_folders_of_a_variable_are_settled() -> None:
    """Each folder of whoever asks is inside, one of another is not."""
    own = [allow("s3:GetObject", f"{B}/home/{NAME}/{number}/*") for number in range(100)]
    rest = but("Resource", deny("s3:*", f"{B}/home/{NAME}/*"))

    assert isolated(own, f"home/{NAME}/").holds is True
    assert isolated([*own, rest], f"home/{NAME}/").holds is True
    assert isolated([*own, allow("s3:GetObject", f"{B}/home/*"), rest], f"home/{NAME}/").holds is True
    assert isolated([*own, allow("s3:GetObject", f"{B}/home/*")], f"home/{NAME}/").holds is False


def test_more_statements_than_can_be_paired_are_left_open() -> None:
    """Thousands of Allows beside thousands of Denies are more than any policy may hold."""
    allows = [allow("s3:GetObject", f"{B}/{number}/*") for number in range(2_000)]
    denies = [deny("s3:GetObject", f"{B}/{number}/*") for number in range(2_000)]

    assert isolated([*allows, *denies], BOB) == Answer(None, "not settled: too many cases to compare")
