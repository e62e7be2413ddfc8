from collections.abc import Iterator
from functools import partial

from bucketwright.estate import AccountPosture, BucketPosture
from bucketwright.facets.account.analyzers import EXTERNAL, Analyzer
from bucketwright.plain_text import shown
from bucketwright.posture import Estate, Unsaid
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.rule import CHOSEN, DEPLOYED, Change, change, rule
from bucketwright.verdicts import LOW, Verdict, fails, fails_if, not_applicable

_HERE, _THERE = Analyzer("ACCOUNT", "eu-west-1"), Analyzer("ORGANIZATION", "us-east-1")
_WITHIN = Analyzer("ACCOUNT_UNUSED_ACCESS", "us-east-1")
_FILES = BucketPosture("bucket:files", "files", {"region": "eu-west-1"})
_MEDIA = BucketPosture("bucket:media", "media", {"region": "us-east-1"})
_LOGS = BucketPosture("bucket:logs", "logs", {"region": "us-east-1"})


@rule(
    "account-access-analyzer",
    severity=LOW,
    tier=CHOSEN,
    reads=["analyzers", "bucket.region"],
    lenses=DEPLOYED,
    examples=lambda: [
        good(_FILES, analyzers=frozenset({_HERE})),
        good(_FILES, _MEDIA, _LOGS, analyzers=frozenset({_HERE, _THERE})),
        good(analyzers=frozenset()),
        good(_FILES, analyzers=Unsaid("another stack has them")),
        bad(_FILES, analyzers=frozenset()),
        bad(_FILES, _MEDIA, _LOGS, analyzers=frozenset({_HERE, _WITHIN})),
        bad(_MEDIA, analyzers=frozenset({_WITHIN})),
    ],
)
def account_access_analyzer(account: AccountPosture, estate: Estate) -> Verdict:
    """IAM Access Analyzer looks at every region that holds a bucket.

    **Why.** It reads policies as AWS does, ACLs and access points too, and reports whatever lets somebody in
    from outside as soon as it is there. It costs nothing and changes nothing, but sees its own region alone.

    **Fix.** Make an analyzer of type `ACCOUNT` or `ORGANIZATION` in each region; the other types look at
    what is granted within. A contract declares none: the account's own program does. At preview it is judged
    of stacks that declare an analyzer.

    **Exempt it when** an analyzer of the organisation, made in another account, covers this one.
    """
    if isinstance(account.told("analyzers"), Unsaid):
        return not_applicable("the stack declares no analyzer")
    buckets = tuple(estate.every(BucketPosture))
    if not buckets:
        return not_applicable("no bucket was looked at")
    seen = _regions(account)
    if not seen:
        return fails("no analyzer looks for access from outside", expected="one in each region with a bucket")
    blind = dict.fromkeys(faults_of(*(partial(_unseen, one, seen) for one in buckets)))
    faults = (f"no analyzer looks for access from outside in {shown(region)}" for region in blind)
    return fails_if(*faults, expected="one in each region with a bucket")


@account_access_analyzer.fix()
def look_everywhere(account: AccountPosture, estate: Estate) -> Change:
    """Makes an analyzer of the account in each region that is known to hold a bucket and has none; it
    reports, and changes nothing."""
    seen = _regions(account)
    known = (one.told("region") for one in estate.every(BucketPosture))
    regions = {one for one in known if isinstance(one, str)} - seen
    return change(account, "analyzers", account.analyzers | {Analyzer("ACCOUNT", one) for one in regions})


def _regions(account: AccountPosture) -> frozenset[str]:
    return frozenset(one.region for one in account.analyzers if one.type in EXTERNAL)


def _unseen(bucket: BucketPosture, seen: frozenset[str]) -> Iterator[str]:
    if bucket.region not in seen:
        yield bucket.region
