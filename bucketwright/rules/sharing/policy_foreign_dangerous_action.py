from collections.abc import Callable
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.posture import Estate
from bucketwright.rules.example_access import ROLE, allow, deny, policy, when
from bucketwright.rules.example_sharing import FOREIGN, OWN, TRUSTS
from bucketwright.rules.examples import bad, good
from bucketwright.rules.foreign_reach import ForeignReach
from bucketwright.rules.policy_faults import policy_faults
from bucketwright.rules.pruning import pruned
from bucketwright.rules.rule import BASELINE, Change, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if

_DANGEROUS: Final = (
    "s3:deletebucketpolicy",
    "s3:putbucketacl",
    "s3:putbucketpolicy",
    "s3:putencryptionconfiguration",
    "s3:putobjectacl",
)
_BUCKET = "arn:aws:s3:::example"
_ALL = ["arn:aws:s3:::example", "arn:aws:s3:::example/*"]
_THEIRS = {"AWS": FOREIGN}


@rule(
    "policy-foreign-dangerous-action",
    severity=HIGH,
    tier=BASELINE,
    maps_to=["FSBP S3.6"],
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(OWN, policy=policy(allow(_THEIRS, ["s3:GetObject", "s3:PutObject"]))),
        good(OWN, policy=policy(allow({"AWS": ROLE}, "s3:PutBucketPolicy", Resource=_BUCKET))),
        good(policy=policy(allow({"Service": "config.amazonaws.com"}, "s3:*", Resource=_ALL))),
        good(OWN, policy=policy(allow(_THEIRS, "s3:PutBucketPolicy"))),
        good(OWN, policy=policy(allow(_THEIRS, "s3:PutObjectAcl", Resource=_BUCKET))),
        good(OWN, policy=policy(allow(_THEIRS, "s3:Put*"), deny("*", "s3:PutObjectAcl"))),
        good(OWN, policy=policy(allow(_THEIRS, NotAction=["s3:Put*", "s3:Delete*"], Action=None))),
        good(OWN, policy=policy(when("StringEquals", "aws:PrincipalAccount", "111122223333", Action="s3:*"))),
        good(
            OWN,
            policy=policy(
                allow(_THEIRS, "s3:PutObjectAcl"),
                deny(
                    Action="s3:PutObjectAcl",
                    Condition={"StringNotEquals": {"aws:PrincipalAccount": "111122223333"}},
                ),
            ),
        ),
        good(
            OWN,
            policy=policy(
                allow({"AWS": "999988887777"}, "s3:*", Resource=_ALL),
                deny(Action="s3:*", Resource=_ALL, Condition={"ArnNotEquals": {"aws:PrincipalArn": ROLE}}),
            ),
        ),
        bad(
            OWN,
            policy=policy(
                allow(
                    {"AWS": "999988887777"},
                    "s3:*",
                    Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::999988887777:role/admin?"}},
                )
            ),
        ),
        bad(OWN, policy=policy(allow(_THEIRS, "s3:DeleteBucketPolicy", Resource=_BUCKET))),
        bad(OWN, policy=policy(allow(_THEIRS, "s3:PutBucketAcl", Resource=_BUCKET))),
        bad(OWN, policy=policy(allow(_THEIRS, "s3:PutBucketPolicy", Resource=_BUCKET))),
        bad(OWN, policy=policy(allow(_THEIRS, "s3:PutEncryptionConfiguration", Resource=_BUCKET))),
        bad(OWN, policy=policy(allow(_THEIRS, "s3:PutObjectAcl"))),
        bad(OWN, policy=policy(allow({"AWS": "999988887777"}, "S3:*", Resource=_ALL)), around=TRUSTS),
        bad(OWN, policy=policy(allow(_THEIRS, Action=None, NotAction="s3:GetObject"))),
        bad(OWN, policy=policy(allow(_THEIRS, "s3:PutObjectAcl"), deny({"AWS": ROLE}, "s3:*"))),
        bad(policy=policy(allow("*", "s3:PutObjectAcl"))),
        bad(policy=policy(when("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", Action="s3:Put*"))),
        bad(OWN, policy=policy(when("StringEquals", "aws:PrincipalAccount", "999988887777", Action="s3:*"))),
        bad(
            OWN,
            policy=policy(
                when("ArnLike", "aws:PrincipalArn", "arn:aws:iam::999988887777:role/*", Action="s3:*")
            ),
        ),
        bad(
            OWN,
            policy=policy(
                allow({"AWS": ["AROAEXAMPLEEXAMPLEEXA", ROLE, FOREIGN]}, "s3:PutObjectAcl"),
            ),
        ),
    ],
)
def policy_foreign_dangerous_action(bucket: BucketPosture, estate: Estate) -> Verdict:
    """No other account can change who reaches the bucket or how it is encrypted.

    **Why.** Whoever may write the policy, the bucket's or an object's ACL, or the default encryption can let
    in anybody else, or shut you out with a key of their own. A trusted account needs none of it.

    **Fix.** Grant other accounts what they do with objects, as `read`, `write` and `delete` under `access`
    do. A Deny of these actions to everybody outside your account counts, where it holds for certain.

    **Exempt it when** the other account runs this one, as that of a platform team does.
    """
    granted = policy_faults(bucket.policy, _reach(bucket, estate))
    return fails_if(*granted, expected="other accounts change no access and no encryption")


@policy_foreign_dangerous_action.fix(is_safe=False)
def take_out(bucket: BucketPosture, estate: Estate) -> Change:
    """Takes out the statements that let another account do that, with all else that they allow."""
    return pruned(bucket, _reach(bucket, estate))


def _reach(bucket: BucketPosture, estate: Estate) -> Callable[[Statement], tuple[str, ...]]:
    found = bucket.policy.document.statements if bucket.policy else ()
    return ForeignReach(bucket.name, found, estate, _DANGEROUS).granted
