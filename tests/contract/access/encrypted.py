"""Buckets under KMS keys, and what the statements of a key's policy say to a request, decided twice."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bucketwright.contract.access.key_policy import key_policy
from bucketwright.contract.model import Environment
from bucketwright.iam.actions import covers
from bucketwright.iam.conditions import Known, holds
from bucketwright.iam.documents import parse
from tests.contract.access.environments import ACCOUNT, PARTNER, environment
from tests.contract.access.oracle import allows

ROOT: Final = f"arn:aws:iam::{ACCOUNT}:root"
READER: Final = f"arn:aws:iam::{PARTNER}:role/reader"
TRAIL: Final = "cloudtrail.amazonaws.com"
CLOUDFRONT: Final = "cloudfront.amazonaws.com"
GIVEN: Final = "arn:aws:kms:us-west-2:777788889999:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ARN: Final = "arn:aws:s3:::shop-prod-files"
DECRYPT: Final = "kms:Decrypt"
NEW_KEY: Final = "kms:GenerateDataKey"
VIA: Final = "kms:ViaService"
ABOUT: Final = "kms:EncryptionContext:aws:s3:arn"
ASKED: Final = (
    VIA,
    ABOUT,
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:SourceAccount",
    "aws:SourceArn",
)
S3: Final = {VIA: "s3.us-west-2.amazonaws.com"}
BY_READER: Final = {**S3, "aws:PrincipalAccount": PARTNER, "aws:PrincipalArn": READER}
BY_TRAIL: Final = {"aws:SourceAccount": ACCOUNT}
WITHOUT_BUCKET_KEYS: Final = {"type": "kms", "bucket_key": False}
PARTNERS: Final[Mapping[str, object]] = {"principals": READER}
SERVICE: Final[Mapping[str, object]] = {"service": {"name": TRAIL}}
Statement = Mapping[str, Any]


def encrypted(
    encryption: object = "kms", account: str | None = ACCOUNT, more: object = None, **access: object
) -> Environment:
    """A bucket of two prefixes under a key, another that may send to it, and these grantees."""
    prefixes = {"a": {"path": "a/{n:int}/"}, "b": {"path": "b/"}, "images": {"path": "images/"}}
    files = {"encryption": encryption, "prefixes": prefixes}
    buckets = {"files": files, "more": more or {}}
    return environment(account=account, buckets=buckets, access=access)


def statements(written: object) -> list[Statement]:
    """The statements as a deployment sends them."""
    plain = json.loads(json.dumps(written))
    found: list[Statement] = plain["Statement"] if isinstance(plain, dict) else plain
    return found


def named(one: Statement) -> Iterator[str]:
    for names in one["Principal"].values():
        yield from [names] if isinstance(names, str) else names


def may(written: Sequence[Statement], who: str, action: str, known: Mapping[str, str]) -> bool:
    """What the kernel's conditions and this folder's oracle both say of the statements that name somebody."""
    own = [one for one in written if who in named(one)]
    every: Known = {key.lower(): (known[key],) if key in known else () for key in ASKED}
    met = [
        all(holds(condition, every) is True for condition in one.conditions)
        for one in (parse({"Version": "2012-10-17", "Statement": own}).statements if own else ())
        if covers(one.actions, action.lower())
    ]
    allowed = allows([{"Statement": own}], {"action": action, "resource": GIVEN, **known})

    assert any(met) == allowed
    return allowed


def lent(subject: Environment, bucket_id: str = "files") -> list[Statement]:
    """The statements of a key of ours, but for the account's own."""
    account, *others = statements(key_policy(subject, bucket_id))

    assert account == {
        "Sid": "Account",
        "Effect": "Allow",
        "Principal": {"AWS": ROOT},
        "Action": "kms:*",
        "Resource": "*",
    }
    return others
