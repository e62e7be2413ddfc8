"""Which Denies of a bucket policy keep those whom it allows to one prefix?"""

import pytest

from tests.iam.folder_policies import BOB, B, Raw, allow, but, deny, isolated, prefix

ACCOUNT, OTHER = "111122223333", "444455556666"
ROLE, SECOND = f"arn:aws:iam::{ACCOUNT}:role/reader", f"arn:aws:iam::{ACCOUNT}:role/writer"
ELSEWHERE = f"arn:aws:iam::{OTHER}:role/reader"
REST = but("Resource", deny("s3:*", f"{B}/home/bob/*"))


def of(statement: Raw, *arns: str) -> Raw:
    return {**statement, "Principal": {"AWS": [*arns]}}


def to_all_but(statement: Raw, *arns: str) -> Raw:
    return {**statement, "NotPrincipal": {"AWS": [*arns]}}


EVERYTHING = allow("s3:*", B, f"{B}/*")
SECURE = {"Bool": {"aws:SecureTransport": "true"}}
KEPT = {
    "the role": [of(EVERYTHING, ROLE), of(REST, ROLE)],
    "the role's account": [of(EVERYTHING, ROLE), of(REST, ACCOUNT)],
    "the role's account by its root": [of(EVERYTHING, ROLE), of(REST, f"arn:aws:iam::{ACCOUNT}:root")],
    "both roles' account": [of(EVERYTHING, ROLE, SECOND), of(REST, ACCOUNT)],
    "both roles by another Deny each": [of(EVERYTHING, ROLE, SECOND), of(REST, SECOND), of(REST, ROLE)],
    "all but another role": [of(EVERYTHING, ROLE), to_all_but(REST, SECOND)],
    "all but another account": [of(EVERYTHING, ROLE), to_all_but(REST, OTHER, f"arn:aws:iam::{OTHER}:root")],
    "only the one whose Allow needs it": [
        of(EVERYTHING, ROLE),
        of(allow("s3:GetObject", f"{B}/home/bob/*"), SECOND),
        of(REST, ROLE),
    ],
    "whoever asks under the same condition": [
        of({**EVERYTHING, "Condition": SECURE}, ROLE),
        of({**REST, "Condition": SECURE}, ACCOUNT),
    ],
}


@pytest.mark.parametrize("statements", KEPT.values(), ids=KEPT)
def test_a_deny_keeps_those_whom_it_surely_hits(statements: list[Raw]) -> None:
    """By their name, their account, or because they are not among those spared."""
    assert isolated(statements, BOB).holds is True


LEFT = {
    "another account": [of(EVERYTHING, ROLE), of(REST, OTHER)],
    "another role": [of(EVERYTHING, ROLE), of(REST, SECOND)],
    "one of two roles": [of(EVERYTHING, ROLE, SECOND), of(REST, ROLE)],
    "one of two accounts": [of(EVERYTHING, ROLE, ELSEWHERE), of(REST, ACCOUNT)],
    "one role of an account": [of(EVERYTHING, ACCOUNT), of(REST, ROLE)],
    "all but the role": [of(EVERYTHING, ROLE), to_all_but(REST, ROLE)],
    "all but its account": [of(EVERYTHING, ROLE), to_all_but(REST, ACCOUNT)],
    "all but another, of everyone": [{**EVERYTHING, "Principal": "*"}, to_all_but(REST, ROLE)],
    "the role whose Allow needs it not": [
        of(EVERYTHING, ROLE),
        of(allow("s3:GetObject", f"{B}/home/bob/*"), SECOND),
        of(REST, SECOND),
    ],
    "whoever asks under another condition": [
        of({**EVERYTHING, "Condition": SECURE}, ROLE),
        of({**REST, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}, ACCOUNT),
    ],
}


@pytest.mark.parametrize("statements", LEFT.values(), ids=LEFT)
def test_a_deny_that_may_spare_someone_keeps_nobody(statements: list[Raw]) -> None:
    """Then the key that is left is named."""
    answer = isolated(statements, BOB)

    assert answer.holds is False
    assert answer.because.endswith(f"reaches '{B}/f'")


TEAM = {"StringEquals": {"aws:PrincipalTag/team": ["red", "blue"]}}
SAME = {
    "a Deny of the rest": (
        {**allow("s3:GetObject", f"{B}/*"), "Condition": TEAM},
        {**REST, "Condition": {"StringEquals": {"aws:PrincipalTag/team": ["blue", "red"]}}},
    ),
    "a Deny of other lists": (
        {**allow("s3:ListBucket", B), "Condition": TEAM},
        deny("s3:ListBucket", B, StringNotLike=prefix("home/bob/*"), **TEAM),
    ),
    "a Deny of another bucket": (
        {**allow("s3:GetObject", f"{B}/home/bob/*", "arn:aws:s3:::c/*"), "Condition": TEAM},
        {**deny("s3:*", "arn:aws:s3:::c/*"), "Condition": TEAM},
    ),
    "a Deny of settings": (
        {**allow(["s3:GetObject", "s3:PutBucketPolicy"], B, f"{B}/home/bob/*"), "Condition": TEAM},
        {**deny("s3:PutBucket*", B), "Condition": TEAM},
    ),
}


@pytest.mark.parametrize(("allows", "denies"), SAME.values(), ids=SAME)
def test_a_condition_that_both_ask_does_not_matter(allows: Raw, denies: Raw) -> None:
    """Nobody knows whether it holds, but the Deny applies wherever the Allow does."""
    assert isolated([allows, denies], BOB).holds is True
    assert isolated([{**allows, "Condition": {}}, denies], BOB).holds is False
    assert isolated([allows, {**denies, "Condition": SECURE}], BOB).holds is False


def test_a_condition_of_one_allow_does_not_matter_to_another() -> None:
    """The Deny is certain only where its condition is known to hold."""
    own = allow("s3:GetObject", f"{B}/home/bob/*")
    tied, tied_rest = ({**one, "Condition": TEAM} for one in (EVERYTHING, REST))
    loose = allow("s3:GetObject", f"{B}/home/eve/*")

    assert isolated([own, tied, tied_rest], BOB).holds is True
    assert isolated([loose, tied, tied_rest], BOB).because == f"s3:GetObject reaches '{B}/home/eve/'"


def test_a_variable_in_a_condition_that_both_ask_does_not_matter() -> None:
    """It has one value in a request, whatever that is."""
    name = "${aws:PrincipalTag/team}"
    tie = {"StringEquals": {"s3:ExistingObjectTag/team": name}}
    tied, rest = ({**one, "Condition": tie} for one in (allow("s3:GetObject", "*"), REST))

    assert isolated([tied, rest], BOB).holds is True
    assert isolated([tied, REST], BOB).holds is True
    assert isolated([allow("s3:GetObject", "*"), rest], BOB).holds is False
