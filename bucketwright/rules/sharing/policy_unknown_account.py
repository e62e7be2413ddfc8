from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_access import ROLE, allow, deny, policy, when
from bucketwright.rules.example_sharing import FOREIGN, OTHER_FOREIGN, OWN, TRUSTS, grants
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.policy_faults import policy_faults
from bucketwright.rules.pruning import pruned
from bucketwright.rules.rule import BASELINE, Change, rule
from bucketwright.rules.strangers import Acquaintance
from bucketwright.verdicts import HIGH, Verdict, fails_if


@rule(
    "policy-unknown-account",
    severity=HIGH,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=None),
        good(policy=policy(deny(), allow({"Service": "logging.s3.amazonaws.com"}))),
        good(OWN, policy=policy(allow({"AWS": [ROLE, "111122223333"]}))),
        good(policy=policy(allow({"AWS": ROLE})), around=declares(account="111122223333")),
        good(policy=policy(allow({"AWS": "arn:aws:iam::127311923021:root"}, "s3:PutObject"))),
        good(OWN, policy=policy(allow({"Federated": "arn:aws:iam::111122223333:saml-provider/staff"}))),
        good(policy=policy(allow({"AWS": FOREIGN})), around=TRUSTS),
        good(
            policy=policy(allow({"CanonicalUser": "a" * 64})),
            around=declares(rules={"trusted_users": ["a" * 64]}),
        ),
        good(policy=policy(allow({"AWS": FOREIGN})), around=grants()),
        good(OWN, policy=policy(allow({"AWS": ROLE})), around=grants()),
        bad(OWN, policy=policy(allow({"AWS": "999988887777"}))),
        bad(OWN, policy=policy(allow({"AWS": [ROLE, "arn:aws:sts::999988887777:assumed-role/r/s"]}))),
        bad(OWN, policy=policy(allow({"AWS": "arn:aws:iam::999988887777:role/111122223333"}))),
        bad(OWN, policy=policy(allow({"Federated": "arn:aws:iam::999988887777:saml-provider/staff"}))),
        bad(OWN, policy=policy(allow({"AWS": OTHER_FOREIGN})), around=grants()),
        bad(OWN, policy=policy(allow({"AWS": OTHER_FOREIGN})), around=TRUSTS),
        bad(
            OWN,
            policy=policy(allow({"AWS": FOREIGN})),
            around=grants(rules={"trusted_accounts": "444455556666"}),
        ),
        bad(policy=policy(allow())),
        bad(policy=policy(when("StringEquals", "aws:PrincipalAccount", "111122223333"))),
        bad(policy=policy(allow(None, NotPrincipal={"AWS": ROLE}))),
        bad(policy=policy(allow({"Federated": "accounts.google.com"}))),
        bad(OWN, policy=policy(allow({"AWS": ["AROAEXAMPLEEXAMPLEEXA", "999988887777"]}))),
    ],
)
def policy_unknown_account(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket's policy lets in known accounts only.

    **Why.** A grant to another account is a grant to whomever that account chooses. One that nobody
    remembers, of a supplier long gone or with a digit mistyped, goes on reading.

    **Fix.** Take the statement out, or write the account under `rules: trusted_accounts`. Once that list is
    there it is all: what the contract grants under `access` has to be on it, too. Without it, the accounts
    that the contract grants something in this bucket are known. Somebody who is let in by a condition alone
    has to be named as principal.

    **Exempt it when** a condition ties everybody to your own organisation, and its accounts come and go too
    often to be listed.
    """
    strangers = policy_faults(bucket.policy, Acquaintance.at(bucket, estate).strangers)
    return fails_if(*strangers, expected="principals of known accounts")


@policy_unknown_account.fix(is_safe=False)
def take_out(bucket: BucketPosture, estate: Estate) -> Change:
    """Takes out the statements that let in somebody unknown, with all that they let others do."""
    return pruned(bucket, Acquaintance.at(bucket, estate).strangers)
