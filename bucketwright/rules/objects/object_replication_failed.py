from datetime import timedelta
from typing import Final

from bucketwright.facets.bucket.replication import Replication
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_objects import ago, bad, bucket, good
from bucketwright.rules.examples import declares
from bucketwright.rules.home_bucket import home
from bucketwright.rules.rule import BASELINE, LIVE, rule
from bucketwright.verdicts import MEDIUM, Fault, Verdict, fails, not_applicable, passes

_HOUR: Final = timedelta(hours=1)
_COPIES: Final = bucket(
    replication=Replication("role:example/replication", (ReplicationRule("all", 1, "bucket:copies"),))
)
_HASTY: Final = declares(rules={"pending_replication": "2 hours"})


@rule(
    "object-replication-failed",
    severity=MEDIUM,
    tier=BASELINE,
    lenses=LIVE,
    reads=["replication_status", "bucket", "modified", "bucket.replication"],
    examples=lambda: [
        good(_COPIES, modified=ago(days=9), replication_status="COMPLETED"),
        good(_COPIES, modified=ago(days=9), replication_status="REPLICA"),
        good(_COPIES, modified=ago(days=9), replication_status=None),
        good(_COPIES, modified=ago(days=1), replication_status="PENDING"),
        good(_COPIES, around=_HASTY, modified=ago(hours=2), replication_status="PENDING"),
        good(bucket(replication=None), modified=ago(days=9), replication_status="FAILED"),
        bad(_COPIES, modified=ago(), replication_status="FAILED"),
        bad(_COPIES, modified=ago(days=1, seconds=1), replication_status="PENDING"),
        bad(_COPIES, around=_HASTY, modified=ago(hours=3), replication_status="PENDING"),
    ],
)
def object_replication_failed(one: ObjectPosture, estate: Estate) -> Verdict:
    """Every object that should be copied was copied.

    **Why.** S3 tries for a while and gives up in silence: the copy that a disaster plan counts on is not
    there. A missing permission on either key or a lock in the target are the usual causes.

    **Fix.** Mend the cause, then run S3 Batch Replication over what failed; S3 does not try again by itself.
    `pending_replication` of `rules` says how long a copy may be under way.

    **Exempt it when** the target was closed on purpose, until replication is taken out of the contract.
    """
    if home(one, estate).replication is None:
        return not_applicable("the bucket copies nothing")
    wanted = "a copy in the other bucket"
    if one.replication_status == "FAILED":
        return fails("its copy failed", expected=wanted)
    if one.replication_status != "PENDING":
        return passes()
    waiting = estate.now - one.modified
    if waiting <= estate.terms.pending_replication:
        return passes("its copy is under way")
    seen = f"its copy has been under way for {waiting // _HOUR} hours"
    return fails(Fault(seen, form="its copy has been under way for too long"), expected=wanted)
