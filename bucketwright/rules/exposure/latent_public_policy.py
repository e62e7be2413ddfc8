from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.posture import Estate
from bucketwright.rules.example_access import CLOSED, OPEN, ROLE, account, allow, deny, policy, when
from bucketwright.rules.examples import bad, good
from bucketwright.rules.pruning import pruned
from bucketwright.rules.public_block import is_on
from bucketwright.rules.public_statements import clauses, public_clauses
from bucketwright.rules.rule import BASELINE, Change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_PUBLIC = policy(allow())
_UNRESTRICTED = PublicAccessBlock(restrict_buckets=False)


@rule(
    "latent-public-policy",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["policy", "public_access_block", "account.public_access_block"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(allow({"AWS": ROLE}), deny()), public_access_block=CLOSED),
        good(policy=policy(when("StringEquals", "aws:SourceVpc", "vpc-1")), public_access_block=CLOSED),
        good(account(_UNRESTRICTED), policy=_PUBLIC, public_access_block=_UNRESTRICTED),
        bad(policy=_PUBLIC, public_access_block=CLOSED),
        bad(account(CLOSED), policy=_PUBLIC, public_access_block=OPEN),
        bad(account(OPEN), policy=policy(allow({"AWS": ROLE}), allow()), public_access_block=CLOSED),
        bad(policy=policy(allow(None, NotPrincipal={"AWS": ROLE})), public_access_block=CLOSED),
        bad(policy=policy(allow({"Federated": "accounts.google.com"})), public_access_block=CLOSED),
        bad(policy=policy(when("StringLike", "aws:SourceVpc", "vpc-*")), public_access_block=CLOSED),
    ],
)
def latent_public_policy(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The policy is not public but for a switch that takes its effect away.

    **Why.** One switch, RestrictPublicBuckets, is all that stands between the policy and the public; whoever
    turns it off to find out why something does not work opens the bucket. And until then it also keeps out
    every other account that the same policy lets in properly, because S3 restricts the policy as a whole.

    **Fix.** Take the public statement out of the policy, or tie it to fixed callers. Give whoever needs it a
    line under `access`.

    **Exempt it when** the bucket is being opened or closed in steps, and the other step follows.
    """
    public = public_clauses(bucket.policy)
    if not public:
        return passes()
    if not is_on(bucket, estate, "restrict_buckets"):
        return not_applicable("nothing takes away the effect of the policy, which is public outright")
    return fails(
        *(f"{clause}; only RestrictPublicBuckets keeps the public out" for clause in public),
        expected="no public statement",
    )


@latent_public_policy.fix(is_safe=False)
def drop(bucket: BucketPosture, _: Estate) -> Change:
    """Takes the public statements out of the policy, and with them whoever comes in by them now."""
    return pruned(bucket, clauses)
