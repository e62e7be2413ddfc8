"""Is a leak shown in a partition that there is, and is a bucket looked for in each that is meant?"""

import re

import pytest

from bucketwright.iam.homes import PARTITIONS
from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, B, Raw, allow, but, deny, isolated, prefix

OWN = allow("s3:GetObject", f"{B}/home/bob/*")
CHINA = "arn:aws-cn:s3:::b"
SHOWN = {
    "every partition": (allow("s3:GetObject", "arn:*:s3:::b/*"), f"{B}/f"),
    "every partition but the first": (allow("s3:GetObject", "arn:aws-*:s3:::b/*"), f"{CHINA}/"),
    "one that a pattern spells": (allow("s3:GetObject", "arn:aws-us-???:s3:::b/*"), "arn:aws-us-gov:s3:::b/"),
    "another bucket in every partition but the first": (
        allow("s3:GetObject", "arn:aws-*:s3:::c/*"),
        "arn:aws-cn:s3:::c/",
    ),
}


@pytest.mark.parametrize(("statement", "arn"), SHOWN.values(), ids=SHOWN)
def test_a_key_is_shown_in_a_partition_that_there_is(statement: Raw, arn: str) -> None:
    """Never in one that a wildcard could also mean."""
    assert arn in isolated([OWN, statement], BOB).because


def test_what_the_first_partition_is_denied_is_left_in_another() -> None:
    """Keys, lists, takeovers and unknown settings."""
    rest = deny("s3:*", "arn:aws:*")
    statements = [
        [allow("s3:GetObject", "*"), rest],
        [allow("s3:ListBucket", "*"), rest],
        [allow("s3:ListBucket", "*", StringLike=prefix("x*")), rest],
        [allow("s3:PutBucketPolicy", "*"), rest],
    ]
    for several in statements:
        answer = isolated([OWN, *several], BOB)
        assert answer.holds is False
        assert partitions(answer.because) <= {"aws", "aws-cn"}
        assert "arn:aws-cn:s3:::" in answer.because
    assert "'arn:aws-cn:s3:::" in isolated([OWN, allow("s3:ShowSecrets", "*"), rest], BOB).because


def partitions(text: str) -> set[str]:
    return set(re.findall(r"arn:([^:]*):", text))


def test_what_every_partition_is_denied_is_left_in_none() -> None:
    """Though a wildcard would leave ARNs of partitions that there are not."""
    denied = [deny("s3:*", f"arn:{partition}:*") for partition in PARTITIONS]

    assert isolated([OWN, allow("s3:*", "arn:*"), *denied], BOB).holds is True
    assert isolated([OWN, allow("s3:*", "arn:*"), *denied[:-1]], BOB).holds is False


LISTED = {
    "the list in another partition": ([OWN, allow("s3:ListBucket", CHINA)], CHINA),
    "the list in all but the first": ([OWN, allow("s3:ListBucket", "arn:aws-*:s3:::b")], CHINA),
    "the list in all, but denied in the first": (
        [OWN, allow("s3:ListBucket", "arn:*:s3:::b"), deny("s3:ListBucket", B)],
        CHINA,
    ),
    "the list in all, but denied in two": (
        [OWN, allow("s3:ListBucket", "arn:*:s3:::b"), deny("s3:ListBucket", B, CHINA)],
        "arn:aws-us-gov:s3:::b",
    ),
    "uploads in another partition": ([OWN, allow("s3:ListBucketMultipartUploads", CHINA)], CHINA),
    "a folder in another partition": (
        [OWN, allow("s3:ListBucket", CHINA, StringLike=prefix("home/eve/*"))],
        CHINA,
    ),
}


@pytest.mark.parametrize(("statements", "arn"), LISTED.values(), ids=LISTED)
def test_the_lists_of_a_bucket_are_looked_for_in_each_partition(statements: list[Raw], arn: str) -> None:
    """A bucket of the same name elsewhere is taken for the same, and kept to its prefix too."""
    answer = isolated(statements, BOB)

    assert answer.holds is False
    assert answer.because.endswith(f" of {arn!r}")


KEPT = {
    "lists in two partitions": [
        OWN,
        allow("s3:ListBucket", B, CHINA, StringLike=prefix("home/bob/*")),
    ],
    "lists in every partition, but denied in all": [
        OWN,
        allow("s3:ListBucket", "arn:*:s3:::b"),
        deny("s3:ListBucket", "arn:aws*:s3:::b"),
    ],
    "keys in two partitions": [allow("s3:GetObject", f"{B}/home/bob/*", f"{CHINA}/home/bob/*")],
    "keys in some partitions": [allow("s3:GetObject", "arn:aws-*:s3:::b/home/bob/*")],
    "all but the folder in any partition denied": [
        allow("s3:*", "*"),
        but("Resource", deny("s3:*", "arn:*:s3:::b/home/bob/*")),
    ],
}


@pytest.mark.parametrize("statements", KEPT.values(), ids=KEPT)
def test_the_same_folder_is_inside_in_each_partition(statements: list[Raw]) -> None:
    """Whoever holds the policy lives in one of them."""
    assert isolated(statements, BOB).holds is True


def test_an_access_point_is_kept_to_in_its_own_partition() -> None:
    """Its ARN is of one partition, of which the lists are looked at."""
    point = "arn:aws-cn:s3:cn-north-1:111122223333:accesspoint/ap"
    own = allow("s3:GetObject", f"{point}/object/home/bob/*")

    assert isolated([own], BOB).holds is True
    assert isolated([own, allow("s3:ListBucket", point)], BOB) == Answer(
        False, f"s3:ListBucket lists every key of {point!r}"
    )
