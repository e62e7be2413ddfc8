from functools import partial

from bucketwright.estate import RolePosture
from bucketwright.posture import Estate
from bucketwright.rules.example_keys import ARN, bucket, by_alias, key
from bucketwright.rules.example_roles import grant, policies, refuse
from bucketwright.rules.examples import bad, good
from bucketwright.rules.keys_of_roles import KeysOfRole
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if

_READS = grant("s3:GetObject", "arn:aws:s3:::files/a/*")
_WRITES = grant("s3:Put*", "arn:aws:s3:::files/*")
_USES = grant(["kms:Decrypt", "kms:GenerateDataKey"], ARN)
_NONE = frozenset[str]()
_AWS = "arn:aws:iam::aws:policy"
_BARE = key("alias/files")


@rule(
    "iam-kms-missing",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["policies", "managed", "bucket.encryption", "bucket.region", "key.aliases", "key.policy"],
    examples=lambda: [
        good(managed=_NONE, policies=policies()),
        good(bucket(None), managed=_NONE, policies=policies(_READS)),
        good(bucket(), key(), managed=_NONE, policies=policies(_READS, _WRITES, _USES)),
        good(bucket(ARN), managed=_NONE, policies=policies(_WRITES, _USES)),
        good(
            bucket(),
            _BARE,
            managed=_NONE,
            policies=policies(_WRITES, by_alias("alias/files")),
        ),
        good(bucket(), key(), managed=frozenset({f"{_AWS}/PowerUserAccess"}), policies=policies(_READS)),
        good(
            bucket(),
            key(ARN, "arn:aws:iam::111122223333:role/path/example"),
            managed=_NONE,
            policies=policies(_READS),
        ),
        good(bucket(), key(ARN, "*"), managed=_NONE, policies=policies(_WRITES)),
        good(
            bucket(),
            key(),
            managed=_NONE,
            policies=policies(grant("s3:DeleteObject", "arn:aws:s3:::files/*")),
        ),
        good(bucket(), key(), managed=_NONE, policies=policies(grant("s3:GetObject", "*"), _USES)),
        good(
            bucket(), key(), managed=frozenset({f"{_AWS}/AmazonS3ReadOnlyAccess"}), policies=policies(_USES)
        ),
        good(bucket(), key(), bucket("key:files", "other"), managed=_NONE, policies=policies(_READS, _USES)),
        bad(bucket(), key(), managed=_NONE, policies=policies(_READS)),
        bad(bucket(), key(), managed=frozenset({f"{_AWS}/AmazonS3FullAccess"}), policies=policies(_READS)),
        bad(
            bucket(),
            key(ARN, "111122223333", "arn:aws:iam::111122223333:role/examples"),
            managed=_NONE,
            policies=policies(_READS),
        ),
        bad(bucket(), key(), managed=_NONE, policies=policies(_WRITES, grant("kms:GenerateDataKey", "*"))),
        bad(bucket(), key(), managed=_NONE, policies=policies(_READS, grant("kms:Decrypt", f"{ARN}0"))),
        bad(bucket(), key(), managed=_NONE, policies=policies(_READS, _USES, refuse("kms:*", "*"))),
        bad(bucket(), _BARE, managed=_NONE, policies=policies(_READS, by_alias("alias/other"))),
        bad(
            bucket(),
            _BARE,
            managed=_NONE,
            policies=policies(_READS, by_alias("alias/files", "eu-west-2")),
        ),
        bad(
            bucket(),
            _BARE,
            managed=_NONE,
            policies=policies(_READS, grant("kms:Decrypt", "arn:aws:kms:eu-west-2:*:key/*")),
        ),
        bad(bucket(), key(), managed=_NONE, policies=policies(_USES)),
        bad(
            bucket(),
            key(),
            managed=_NONE,
            policies=policies(by_alias("alias/files"), grant("s3:GetObject", "arn:aws:s3:::more/*")),
        ),
    ],
)
def iam_kms_missing(role: RolePosture, estate: Estate) -> Verdict:
    """The role may use the KMS keys of the buckets it reads and writes, and of no others.

    **Why.** S3 asks KMS in the role's name. Without `kms:Decrypt` a read is refused, and without
    `kms:GenerateDataKey` a write, with nothing but an access denied that points at the bucket. A key that is
    granted without its bucket is a grant that somebody forgot.

    **Fix.** Grant the prefixes under `access`: what they need of the key comes with them, through S3 alone.
    In documents of your own, add both actions on the key's ARN. A write in parts needs `kms:Decrypt`, too.

    **Exempt it when** the role uses the key for something else than this bucket.
    """
    keys = KeysOfRole(role, estate)
    lacking = (partial(keys.lacking, name) for name in keys.buckets())
    return fails_if(*faults_of(*lacking, keys.idle), expected="the keys of the buckets that are granted")
