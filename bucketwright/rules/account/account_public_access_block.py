from bucketwright.estate import AccountPosture
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.posture import Estate, Unsaid
from bucketwright.rules.example_access import CLOSED, OPEN
from bucketwright.rules.examples import bad, good
from bucketwright.rules.public_block import ALL_ON, SWITCHES, off_in
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if, not_applicable


@rule(
    "account-public-access-block",
    severity=HIGH,
    tier=CHOSEN,
    maps_to=["FSBP S3.1"],
    reads=["public_access_block"],
    examples=lambda: [
        good(public_access_block=CLOSED),
        good(public_access_block=Unsaid("the stack has another")),
        bad(public_access_block=OPEN),
        bad(public_access_block=PublicAccessBlock(block_acls=False)),
        bad(public_access_block=PublicAccessBlock(ignore_acls=False)),
        bad(public_access_block=PublicAccessBlock(block_policy=False)),
        bad(public_access_block=PublicAccessBlock(restrict_buckets=False)),
    ],
)
def account_public_access_block(account: AccountPosture, _: Estate) -> Verdict:
    """All four switches against public access are on for the whole account.

    **Why.** A bucket that somebody makes tomorrow, by hand and in a hurry, is closed by this alone. S3 takes
    the stricter of account and bucket, so that no setting of a bucket opens what the account closes.

    **Fix.** Say `account_block: true` of the environment in the contract. Every bucket of the account is
    closed by it, those of other teams too: look first for what is public on purpose. Where an organisation
    manages the setting, S3 refuses to change it here.

    **Exempt it when** a bucket of this account is meant to be public and cannot move to another account.
    """
    if isinstance(account.told("public_access_block"), Unsaid):
        return not_applicable("the stack declares no block of the account")
    off = (SWITCHES[one] for one in off_in(account.public_access_block))
    return fails_if(*(f"{name} is off for the account" for name in off), expected=ALL_ON)


@account_public_access_block.fix(is_safe=False)
def close(account: AccountPosture, _: Estate) -> Change:
    """Turns on all four switches for every bucket of the account; who reads or writes any of them without
    being named loses that."""
    return change(account, "public_access_block", CLOSED)
