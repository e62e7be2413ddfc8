"""What is said of a role that breaks a rule?"""

import json
from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.contract.model import Environment
from bucketwright.estate import AccountPosture, BucketPosture, KeyPosture, RolePosture, intended
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.facets.bucket.policy import Policy, policy_of
from bucketwright.facets.role.policies import Policies
from bucketwright.posture import UNSET, Circumstances, Estate, Posture, Unknown
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, NotApplicable, Passes, Undecided, Verdict

FILES: Final = "arn:aws:s3:::files"
AWS: Final = "arn:aws:iam::aws:policy"
KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
READS: Final = {"Action": "s3:GetObject", "Resource": f"{FILES}/a/*"}


def _document(*statements: Mapping[str, object]) -> Policy:
    written = [{"Effect": "Allow", **one} for one in statements]
    return policy_of(json.dumps({"Version": "2012-10-17", "Statement": written}))


def _policies(*statements: Mapping[str, object]) -> Policies:
    found = _document(*statements)
    return Policies(frozenset(found.document.statements), (found.text,))


def _role(*statements: Mapping[str, object], managed: object = frozenset()) -> RolePosture:
    return RolePosture("role:loader", "loader", {"policies": _policies(*statements), "managed": managed})


def _judged(rule: str, role: RolePosture, *beside: Posture, around: Circumstances | None = None) -> Verdict:
    several = {one.address: one for one in (role, *beside)}
    return catalogue()[rule].verdict(role, Estate("live", several, circumstances=around or Circumstances()))


def _texts(verdict: Verdict) -> tuple[str, ...]:
    assert isinstance(verdict, Fails), verdict
    return tuple(fault.text for fault in verdict.faults)


def _bucket(key: str | None, **facts: object) -> BucketPosture:
    found = {"encryption": Encryption("aws:kms", key), "region": "eu-west-1", **facts}
    return BucketPosture("bucket:files", "files", found)


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
    own = _role({"Action": "s3:*", "Resource": "*"}, narrow)
    negated = _role({"NotAction": "iam:*", "NotResource": [FILES, f"{FILES}/*"]})
    given = _role(managed=frozenset({f"{AWS}/AmazonS3FullAccess", f"{AWS}/job/AdministratorAccess"}))

    assert _texts(_judged(rule, own)) == (said,)
    assert _texts(_judged(rule, negated)) == (
        f"allows everything but 'iam:*' on everything but '{FILES}', '{FILES}/*'",
    )
    assert _texts(_judged(rule, given)) == (
        "allows 's3:*', 's3-object-lambda:*' on '*', by AWS's policy 'AmazonS3FullAccess'",
        "allows '*' on '*', by AWS's policy 'AdministratorAccess'",
    )


@pytest.mark.parametrize("rule", ["iam-s3-full-access", "iam-s3-any-bucket"])
def test_a_policy_of_aws_that_is_not_known(rule: str) -> None:
    """What it allows is not guessed."""
    verdict = _judged(rule, _role(READS, managed=frozenset({f"{AWS}/service-role/Unheard"})))

    assert verdict == Undecided("managed", "what AWS's policy 'Unheard' allows is not known here")


def test_an_allow_without_resource() -> None:
    """IAM would not take it, and nothing is said of it."""
    role = _role({"Action": "s3:*"})

    for rule in ("iam-s3-full-access", "iam-s3-any-bucket", "iam-prefix-boundary", "iam-list-unscoped"):
        assert isinstance(_judged(rule, role), Passes)


def test_a_deny_without_resource() -> None:
    """What it leaves of an Allow cannot be told."""
    role = _role({"Action": "s3:*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:*"})
    verdict = _judged("iam-s3-any-bucket", role)

    assert isinstance(verdict, Undecided)
    assert verdict.reason.endswith("names no Resource")


def test_an_open_list() -> None:
    """The bucket is named by its ARN."""
    role = _role(READS, {"Action": "s3:ListBucket", "Resource": FILES})

    assert _texts(_judged("iam-list-unscoped", role)) == (
        f"lists every key of '{FILES}', and reaches some of its prefixes alone",
    )


def test_an_open_prefix() -> None:
    """Each pattern is named once."""
    role = _role({**READS, "Resource": f"{FILES}/a*"}, {"Action": "s3:PutObject", "Resource": f"{FILES}/a*"})

    assert _texts(_judged("iam-prefix-boundary", role)) == (
        f"'{FILES}/a*' also takes in what begins like it",
    )


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
    role = _role({**READS, "Resource": f"{FILES}/a*"})

    assert _texts(_judged("iam-prefix-overlap", role, around=_sharing(a="a/", b="ab/"))) == (
        "reaches 'ab/' of files/b, which is for reader, writer",
    )


def test_an_overlap_that_the_contract_itself_makes() -> None:
    """What is decided of the contract is said of its roles, too."""
    around = _sharing(a="docs/{n:int}/", b="docs/x/{n:int}/exports/")
    assert around.intended is not None
    role = around.intended.follow("role:loader", RolePosture)

    assert _texts(_judged("iam-prefix-overlap", role, around=around)) == (
        "reaches 'docs/x/' of files/b, which is for reader, writer",
    )


def test_a_grant_of_which_nothing_is_left_is_no_overlap() -> None:
    """What else is wrong with a contract is said where the contract is checked."""
    around = _sharing(a="a/{x}/{y}/b/", b="a/{z}/b/")
    assert around.intended is not None

    assert isinstance(
        _judged("iam-prefix-overlap", around.intended.follow("role:loader", RolePosture), around=around),
        Passes,
    )


@pytest.mark.parametrize("around", [None, _sharing(a="a/", b="b/")], ids=["no contract", "another's role"])
def test_a_role_of_no_contract(around: Circumstances | None) -> None:
    """Only what the contract grants can be held against it."""
    role = RolePosture("role:stranger", "stranger", {"policies": _policies(READS)})

    assert _judged("iam-prefix-overlap", role, around=around) == NotApplicable(
        "no contract grants it prefixes"
    )


def test_a_role_that_copies() -> None:
    """The role with which S3 replicates a bucket is granted no prefixes, and reaches all of it."""
    buckets = {"files": {"versioning": "enabled", "replication": {"to": "copies"}}, "copies": {}}
    environment = Environment.model_validate({"project": "shop", "name": "prod", "buckets": buckets})
    around = Circumstances(environment, intended(environment))
    assert around.intended is not None
    role = around.intended.follow("role:files/replication", RolePosture)

    assert isinstance(_judged("iam-prefix-overlap", role, around=around), NotApplicable)


def _key(name: str, policy: object = None) -> KeyPosture:
    return KeyPosture("key:files", name, {"aliases": frozenset({"alias/files"}), "policy": policy})


def test_a_key_that_is_lacking() -> None:
    """It is said for what, and which actions."""
    own = {**READS, "Action": ["s3:GetObject", "s3:PutObject"]}

    assert _texts(_judged("iam-kms-missing", _role(own), _bucket("key:files"), _key(KEY))) == (
        "reads 'files' and lacks kms:Decrypt on its key",
        "writes 'files' and lacks kms:Decrypt and kms:GenerateDataKey on its key",
    )


def test_a_key_that_is_idle() -> None:
    """It is said of which bucket it is."""
    role = _role({"Action": "kms:Decrypt", "Resource": KEY})

    assert _texts(_judged("iam-kms-missing", role, _bucket(KEY))) == (
        "may use the key of 'files' and reaches nothing under it",
    )


@pytest.mark.parametrize(
    ("statement", "beside", "expected"),
    [
        pytest.param(
            {},
            (),
            Undecided("bucket:files", "it is not in what was looked at"),
            id="a bucket that was not looked at",
        ),
        pytest.param(
            {},
            (_bucket(KEY),),
            Undecided(KEY, "the policy of the key is not known"),
            id="a key of somebody else",
        ),
        pytest.param(
            {"Action": "kms:Decrypt", "Resource": KEY},
            (_bucket("key:files"), _key("alias/files")),
            Undecided("key:files", "the ARN of the key is not known"),
            id="a key without its ARN",
        ),
        pytest.param(
            {"Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/*"},
            (_bucket("key:files"), _key("alias/files")),
            Undecided("key:files", "the ARN of the key is not known"),
            id="an account that is not known",
        ),
        pytest.param(
            {"Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/*"},
            (_bucket("key:files"), _key("alias/files"), AccountPosture("account:own", "111122223333", {})),
            Passes(),
            id="the own account",
        ),
        pytest.param(
            {
                "Action": "kms:Decrypt",
                "Resource": "*",
                "Condition": {"StringEquals": {"kms:ResourceAliases": "alias/files"}},
            },
            (_bucket(KEY),),
            Undecided(KEY, "the aliases of the key are not known"),
            id="an alias of somebody else's key",
        ),
        pytest.param(
            {},
            (_bucket("key:files"), _key(KEY, UNSET)),
            Undecided("policy", "nothing is said of it"),
            id="a policy that is left to KMS",
        ),
        pytest.param(
            {},
            (_bucket("alias/files"), _key(KEY, Unknown("denied"))),
            Undecided("policy", "denied"),
            id="by alias",
        ),
    ],
)
def test_what_is_not_known_of_a_key(
    statement: Mapping[str, object], beside: tuple[Posture, ...], expected: Verdict
) -> None:
    """The verdict says what is missing, and is none where that would change it."""
    role = _role(READS, *((statement,) if statement else ()))

    assert _judged("iam-kms-missing", role, *beside) == expected
