"""What is said of a role that lacks the use of a key, or has it for nothing?"""

from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.estate import AccountPosture, BucketPosture, KeyPosture
from bucketwright.facets.bucket.encryption import Encryption
from bucketwright.posture import UNSET, Posture, Unknown
from bucketwright.verdicts import Passes, Undecided, Verdict, fails
from tests.rules.roles.judging import READS, judged, loader, texts

KEY: Final = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def _bucket(key: str | None, **facts: object) -> BucketPosture:
    found = {"encryption": Encryption("aws:kms", key), "region": "eu-west-1", **facts}
    return BucketPosture("bucket:files", "files", found)


def _key(name: str, policy: object = None) -> KeyPosture:
    return KeyPosture("key:files", name, {"aliases": frozenset({"alias/files"}), "policy": policy})


def test_a_key_that_is_lacking() -> None:
    """It is said for what, and which actions."""
    own = {**READS, "Action": ["s3:GetObject", "s3:PutObject"]}

    assert texts(judged("iam-kms-missing", loader(own), _bucket("key:files"), _key(KEY))) == (
        "reads 'files' and lacks kms:Decrypt on its key",
        "writes 'files' and lacks kms:Decrypt and kms:GenerateDataKey on its key",
    )


def test_a_key_that_is_idle() -> None:
    """It is said of which bucket it is, by whatever name the documents and the bucket mean the key."""
    alias = f"{KEY.partition('key/')[0]}alias/files"
    for named, action in ((KEY, "kms:Decrypt"), (KEY, "kms:GenerateDataKey"), (alias, "kms:Decrypt")):
        assert texts(
            judged("iam-kms-missing", loader({"Action": action, "Resource": named}), _bucket(named))
        ) == ("may use the key of 'files' and reaches nothing under it",)


def test_old_versions_are_read_under_the_key_too() -> None:
    """Who may read them alone needs the key for that."""
    role = loader({**READS, "Action": "s3:GetObjectVersion"})

    assert texts(judged("iam-kms-missing", role, _bucket("key:files"), _key(KEY))) == (
        "reads 'files' and lacks kms:Decrypt on its key",
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
            {"Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:999988887777:key/*"},
            (_bucket("key:files"), _key("alias/files"), AccountPosture("account:own", "111122223333", {})),
            fails(
                "reads 'files' and lacks kms:Decrypt on its key",
                expected="the keys of the buckets that are granted",
            ),
            id="another account",
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
    role = loader(READS, *((statement,) if statement else ()))

    assert judged("iam-kms-missing", role, *beside) == expected
