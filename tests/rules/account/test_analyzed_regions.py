"""Is every region looked at? What examples cannot show: buckets that say no region, and what is said."""

from bucketwright.estate import AccountPosture, BucketPosture
from bucketwright.facets.account.analyzers import Analyzer
from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules import catalogue
from bucketwright.verdicts import NotApplicable, Undecided, Verdict
from tests.rules.account.judging import texts, verdict

HERE, THERE = Analyzer("ACCOUNT", "eu-west-1"), Analyzer("ORGANIZATION", "us-east-1")


def bucket(name: str, region: object) -> BucketPosture:
    return BucketPosture(f"bucket:{name}", name, {"region": region})


FILES, MEDIA, LOGS = bucket("files", "eu-west-1"), bucket("media", "us-east-1"), bucket("logs", "us-east-1")
NOWHERE = bucket("lost", Unknown("the provider's own region"))


def account(*analyzers: Analyzer) -> AccountPosture:
    return AccountPosture("account:own", "", {"analyzers": frozenset(analyzers)})


def judged(posture: AccountPosture, *beside: Posture) -> Verdict:
    return verdict("account-access-analyzer", posture, *beside)


def test_each_region_is_said_once() -> None:
    """However many buckets it holds."""
    assert texts(judged(account(HERE), FILES, MEDIA, LOGS)) == (
        "no analyzer looks for access from outside in 'us-east-1'",
    )
    assert texts(judged(account(), FILES, NOWHERE)) == ("no analyzer looks for access from outside",)


def test_a_bucket_that_says_no_region() -> None:
    """It may be in one that is looked at; another one that is not decides."""
    assert judged(account(HERE), FILES, NOWHERE) == Undecided("region", "the provider's own region")
    assert texts(judged(account(HERE), NOWHERE, MEDIA)) == (
        "no analyzer looks for access from outside in 'us-east-1'",
    )


def test_without_buckets_there_is_nothing_to_look_at() -> None:
    """Whatever analyzers there are."""
    assert judged(account(HERE, THERE)) == NotApplicable("no bucket was looked at")


def test_the_fix_adds_what_is_missing_and_nothing_else() -> None:
    """One analyzer of the account for each region that is known."""
    before, repair = account(THERE), catalogue()["account-access-analyzer"].repair
    assert repair is not None
    seen = {one.address: one for one in (before, FILES, MEDIA, LOGS, NOWHERE)}

    assert repair.make(before, Estate("live", seen)).after == {THERE, HERE}
