"""What is said of a role that breaks a rule?"""

from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.contract.model import Environment
from bucketwright.estate import RolePosture
from bucketwright.intended import intended
from bucketwright.posture import Circumstances
from bucketwright.verdicts import NotApplicable, Passes, Undecided
from tests.rules.roles.judging import FILES, READS, judged, loader, policies, texts

AWS: Final = "arn:aws:iam::aws:policy"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        pytest.param("iam-s3-full-access", "allows 's3:*' on '*'", id="everything"),
        pytest.param("iam-s3-any-bucket", "allows 's3:*' on '*'", id="any bucket"),
    ],
)
def test_a_wide_allow(rule: str, said: str) -> None:
    """What it allows on what is named; of a policy that AWS writes also which."""
    narrow = {**READS, "Resource": "arn:aws:s3:::team-*/*"}
    own = loader({"Action": "s3:*", "Resource": "*"}, narrow)
    negated = loader({"NotAction": "iam:*", "NotResource": [FILES, f"{FILES}/*"]})
    given = loader(managed=frozenset({f"{AWS}/AmazonS3FullAccess", f"{AWS}/job/AdministratorAccess"}))

    assert texts(judged(rule, own)) == (said,)
    assert texts(judged(rule, negated)) == (
        f"allows everything but 'iam:*' on everything but '{FILES}', '{FILES}/*'",
    )
    assert texts(judged(rule, given)) == (
        "allows 's3:*', 's3-object-lambda:*' on '*', by AWS's policy 'AmazonS3FullAccess'",
        "allows '*' on '*', by AWS's policy 'AdministratorAccess'",
    )


@pytest.mark.parametrize("rule", ["iam-s3-full-access", "iam-s3-any-bucket"])
def test_a_policy_of_aws_that_is_not_known(rule: str) -> None:
    """What it allows is not guessed."""
    verdict = judged(rule, loader(READS, managed=frozenset({f"{AWS}/service-role/Unheard"})))

    assert verdict == Undecided("managed", "what AWS's policy 'Unheard' allows is not known here")


def test_an_allow_without_resource() -> None:
    """IAM would not take it, and nothing is said of it."""
    role = loader({"Action": "s3:*"})

    for rule in ("iam-s3-full-access", "iam-s3-any-bucket", "iam-prefix-boundary", "iam-list-unscoped"):
        assert isinstance(judged(rule, role), Passes)


def test_a_deny_without_resource() -> None:
    """What it leaves of an Allow cannot be told."""
    role = loader({"Action": "s3:*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*"})
    verdict = judged("iam-s3-any-bucket", role)

    assert isinstance(verdict, Undecided)
    assert verdict.reason.endswith("names no Resource")


@pytest.mark.parametrize(
    "allow",
    [
        pytest.param({"Action": "s3:*", "Resource": [f"{FILES}/*"]}, id="a bucket that is named"),
        pytest.param({"Action": "kms:*", "Resource": "*"}, id="another service"),
    ],
)
def test_a_deny_without_resource_takes_nothing_from_what_is_named(allow: Mapping[str, object]) -> None:
    """Whatever it means, no bucket that nobody named is reached."""
    role = loader(allow, {"Effect": "Deny", "Action": "s3:*"})

    assert isinstance(judged("iam-s3-any-bucket", role), Passes)


@pytest.mark.parametrize("rule", ["iam-list-unscoped", "iam-prefix-overlap"])
def test_what_a_deny_without_resource_leaves_is_not_guessed(rule: str) -> None:
    """Neither lists nor other prefixes."""
    role = loader(
        {**READS, "Resource": f"{FILES}/a*"},
        {"Action": "s3:ListBucket", "Resource": FILES},
        {"Effect": "Deny", "Action": "s3:*"},
    )
    verdict = judged(rule, role, around=_sharing(a="a/", b="ab/"))

    assert isinstance(verdict, Undecided)
    assert "not settled" in verdict.reason


def test_an_open_list() -> None:
    """The bucket is named by its ARN."""
    role = loader(READS, {"Action": "s3:ListBucket", "Resource": FILES})

    assert texts(judged("iam-list-unscoped", role)) == (
        f"lists every key of '{FILES}', and reaches some of its prefixes alone",
    )


def test_an_open_prefix() -> None:
    """Each pattern is named once."""
    role = loader({**READS, "Resource": f"{FILES}/a*"}, {"Action": "s3:PutObject", "Resource": f"{FILES}/a*"})

    assert texts(judged("iam-prefix-boundary", role)) == (f"'{FILES}/a*' also takes in what begins like it",)


def _sharing(**paths: str) -> Circumstances:
    prefixes = {name: {"path": path} for name, path in paths.items()}
    environment = Environment.model_validate(
        {
            "project": "shop",
            "name": "prod",
            "buckets": {"files": {"name": "files", "prefixes": prefixes}},
            "access": {
                "loader": {"trusts": "lambda.amazonaws.com", "read": "files/a"},
                "writer": {"trusts": "lambda.amazonaws.com", "write": "files/b"},
                "reader": {"trusts": "lambda.amazonaws.com", "list": "files/*"},
            },
        }
    )
    return Circumstances(environment, intended(environment))


def test_an_overlap() -> None:
    """A key is shown, the prefix it is of, and for whom that is."""
    role = loader({**READS, "Resource": f"{FILES}/a*"})

    assert texts(judged("iam-prefix-overlap", role, around=_sharing(a="a/", b="ab/"))) == (
        "reaches 'ab/' of files/b, which is for reader, writer",
    )


def test_an_overlap_that_the_contract_itself_makes() -> None:
    """What is decided of the contract is said of its roles, too."""
    around = _sharing(a="docs/{n:int}/", b="docs/x/{n:int}/exports/")
    assert around.intended is not None
    role = around.intended.follow("role:loader", RolePosture)

    assert texts(judged("iam-prefix-overlap", role, around=around)) == (
        "reaches 'docs/x/' of files/b, which is for reader, writer",
    )


def test_an_overlap_is_of_who_reaches_too_much() -> None:
    """Whose keys are reached has done nothing wrong, and what one may write one may read."""
    around = _sharing(a="docs/{n:int}/", b="docs/x/{n:int}/exports/")
    assert around.intended is not None
    role = around.intended.follow("role:writer", RolePosture)

    assert isinstance(judged("iam-prefix-overlap", role, around=around), Passes)


def test_a_grant_of_which_nothing_is_left_is_no_overlap() -> None:
    """What else is wrong with a contract is said where the contract is checked."""
    around = _sharing(a="a/{x}/{y}/b/", b="a/{z}/b/")
    assert around.intended is not None

    assert isinstance(
        judged("iam-prefix-overlap", around.intended.follow("role:loader", RolePosture), around=around),
        Passes,
    )


@pytest.mark.parametrize("around", [None, _sharing(a="a/", b="b/")], ids=["no contract", "another's role"])
def test_a_role_of_no_contract(around: Circumstances | None) -> None:
    """Only what the contract grants can be held against it."""
    role = RolePosture("role:stranger", "stranger", {"policies": policies(READS)})

    assert judged("iam-prefix-overlap", role, around=around) == NotApplicable(
        "no contract grants it prefixes"
    )


def test_a_role_that_copies() -> None:
    """The role with which S3 replicates a bucket is granted no prefixes, and reaches all of it."""
    buckets = {"files": {"versioning": "enabled", "replication": {"to": "copies"}}, "copies": {}}
    environment = Environment.model_validate({"project": "shop", "name": "prod", "buckets": buckets})
    around = Circumstances(environment, intended(environment))
    assert around.intended is not None
    role = around.intended.follow("role:files/replication", RolePosture)

    assert isinstance(judged("iam-prefix-overlap", role, around=around), NotApplicable)
