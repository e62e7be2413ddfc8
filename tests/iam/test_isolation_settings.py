"""When does a setting that nobody knows, or a job under some role, leave open what a policy reaches?"""

import pytest

from bucketwright.iam.public import Answer
from tests.iam.folder_policies import BOB, POINT, B, C, Raw, allow, but, deny, isolated

OWN = allow("s3:GetObject", f"{B}/home/bob/*")
JOBS = "arn:aws:s3:us-west-2:111122223333:job/*"
ROLE = "arn:aws:iam::111122223333:role/batch"
TO_BATCH = {"iam:PassedToService": "batchoperations.s3.amazonaws.com"}
UNKNOWN = {
    "of the bucket": ([OWN, allow("s3:ShowSecrets", B)], "s3:showsecrets", B),
    "of another bucket": ([OWN, allow("s3:ShowSecrets", C)], "s3:showsecrets", C),
    "of an access point": ([OWN, allow("s3:ShowSecrets", POINT)], "s3:showsecrets", POINT),
    "of a directory bucket": (
        [OWN, allow("s3express:ShowSecrets", "arn:aws:s3express:r:1:bucket/b--x-s3")],
        "s3express:showsecrets",
        "arn:aws:s3express:r:1:bucket/b--x-s3",
    ),
    "beside one that is known": (
        [OWN, allow(["s3:GetBucketLocation", "s3:ShowSecrets"], B)],
        "s3:showsecrets",
        B,
    ),
    "on a condition that nobody can decide": (
        [OWN, allow("s3:ShowSecrets", B, Bool={"aws:SecureTransport": True})],
        "s3:showsecrets",
        B,
    ),
    "without a bucket": ([allow("s3:ShowSecrets", "arn:aws:s3:::?")], "s3:showsecrets", "arn:aws:s3:::d"),
}


@pytest.mark.parametrize(("statements", "action", "arn"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_action_that_no_table_knows_may_reach_a_bucket(
    statements: list[Raw], action: str, arn: str
) -> None:
    """It is neither a leak nor none: nobody here can say what it does to a whole bucket."""
    because = f"not settled: no table says what {action} does to {arn!r}"

    assert isolated(statements, BOB) == Answer(None, because)


KEPT = {
    "a setting that is known": [OWN, allow("s3:GetBucketLogging", B)],
    "an unknown action below the prefix": [OWN, allow("s3:ShowSecrets", f"{B}/home/bob/*")],
    "an unknown action that is denied": [OWN, allow("s3:ShowSecrets", B), deny("s3:*", B)],
    "an unknown action of another service": [OWN, allow("ec2:ShowSecrets", "*")],
    "an unknown action of the account": [OWN, allow("s3:ShowSecrets", JOBS)],
    "all actions but an unknown one, denied": [OWN, allow("s3:*", B), deny("s3:*", B)],
    "a job, and no role to give it": [OWN, allow("s3:CreateJob", JOBS)],
    "a job anywhere, and no role to give it": [OWN, allow("s3:CreateJob", "*")],
    "a role to give, and no job": [OWN, allow("iam:PassRole", ROLE)],
    "a role to give another service": [
        OWN,
        allow("s3:CreateJob", "*"),
        allow("iam:PassRole", ROLE, StringEquals={"iam:PassedToService": "lambda.amazonaws.com"}),
    ],
    "a role to give that is denied": [
        OWN,
        allow(["s3:CreateJob", "iam:PassRole"], "*"),
        deny("iam:*", "*"),
    ],
    "a job that is denied": [
        OWN,
        allow(["s3:CreateJob", "iam:PassRole"], "*"),
        but("Resource", deny("s3:*", f"{B}/home/bob/*")),
    ],
    "a job below the prefix": [OWN, allow("*", f"{B}/home/bob/*")],
    "a job of an object": [OWN, allow(["s3:CreateJob", "iam:PassRole"], f"{C}/*")],
}


@pytest.mark.parametrize("statements", KEPT.values(), ids=KEPT)
def test_what_touches_no_bucket_leaves_nothing_open(statements: list[Raw]) -> None:
    """A known setting, what is denied, what is asked of something else, a job without a role."""
    assert isolated(statements, BOB).holds is True


def test_an_unknown_action_may_do_anything_to_a_bucket_that_is_meant_whole() -> None:
    """Without a prefix the whole bucket is inside, and only another one is not."""
    own = allow("s3:GetObject", f"{B}/*")

    assert isolated([own, allow("s3:ShowSecrets", B)], "").holds is True
    assert isolated([own, allow("s3:ShowSecrets", C)], "").holds is None


JOB = "not settled: s3:CreateJob may do whatever the role may that it is given"
RUN = {
    "any role": [OWN, allow(["s3:CreateJob", "iam:PassRole"], "*")],
    "any job and one role": [OWN, allow("s3:CreateJob", JOBS), allow("iam:PassRole", ROLE)],
    "a role to give to batch jobs": [
        OWN,
        allow("s3:CreateJob", "*"),
        allow("iam:PassRole", ROLE, StringEquals=TO_BATCH),
    ],
    "all of the account's rights": [OWN, allow("s3:CreateJob", "*"), allow("iam:*", "*")],
}


@pytest.mark.parametrize("statements", RUN.values(), ids=RUN)
def test_a_job_with_a_role_may_reach_anything(statements: list[Raw]) -> None:
    """What the role may do is said in another policy."""
    assert isolated(statements, BOB) == Answer(None, JOB)


def test_a_leak_counts_more_than_what_is_left_open() -> None:
    """Where something surely lies outside, nothing is open any more."""
    unknown, jobs = allow("s3:ShowSecrets", B), allow(["s3:CreateJob", "iam:PassRole"], "*")
    outside = allow("s3:GetObject", f"{B}/home/eve/*")

    assert isolated([OWN, unknown, jobs, outside], BOB).holds is False
    assert isolated([OWN, allow("s3:ShowSecrets", B, f"{B}/*")], BOB).holds is False
    assert isolated([OWN, unknown, allow("s3:PutBucketPolicy", B)], BOB).holds is False
