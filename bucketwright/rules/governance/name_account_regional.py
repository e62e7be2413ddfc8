from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import CHOSEN, rule
from bucketwright.verdicts import LOW, Verdict, fails, passes


@rule(
    "name-account-regional",
    severity=LOW,
    tier=CHOSEN,
    reads=["namespace"],
    examples=lambda: [
        good(namespace="account-regional"),
        bad(namespace="global"),
        bad(namespace="global", called="files-111122223333-us-west-2"),
    ],
)
def name_account_regional(bucket: BucketPosture, _: Estate) -> Verdict:
    """Nobody else can ever take the bucket's name.

    **Why.** Names of S3 are one list for the whole world. Whoever guesses yours can take it before you do, or
    after you have deleted the bucket, and gets what programs go on sending there.

    **Fix.** Say `namespace: account-regional` of the bucket: its name then ends in your account, its region
    and `-an`, which S3 gives to nobody else. S3 renames no bucket: that makes a new one.

    **Exempt it when** others know the bucket by its name, and would have to be told a new one.
    """
    if bucket.namespace == "account-regional":
        return passes()
    return fails("the name is of the global namespace", expected="a name of the account's own namespace")
