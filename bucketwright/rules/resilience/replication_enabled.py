from functools import partial

from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import bad, good
from bucketwright.rules.one_of_several import faults_of_every
from bucketwright.rules.replications import copying, rules_of, unreachable, unversioned
from bucketwright.rules.rule import CHOSEN, rule
from bucketwright.verdicts import LOW, Verdict, fails, fails_if

_READY = other(versioning="Enabled")
_BARE = other("bare", versioning="Disabled")


@rule(
    "replication-enabled",
    severity=LOW,
    tier=CHOSEN,
    reads=["replication", "versioning", "bucket.versioning"],
    examples=lambda: [
        good(_READY, replication=copying_by(to()), versioning="Enabled"),
        good(_READY, replication=copying_by(to("arn:aws:s3:::copies")), versioning="Enabled"),
        good(_READY, _BARE, replication=copying_by(to("bucket:bare"), to()), versioning="Enabled"),
        good(_READY, replication=copying_by(to("bucket:gone"), to()), versioning="Enabled"),
        bad(replication=None, versioning="Enabled"),
        bad(_READY, replication=copying_by(to(enabled=False)), versioning="Enabled"),
        bad(_READY, replication=copying_by(to()), versioning="Suspended"),
        bad(_BARE, replication=copying_by(to("bucket:bare")), versioning="Enabled"),
        bad(other(versioning="Suspended"), replication=copying_by(to()), versioning="Enabled"),
        bad(
            _READY,
            _BARE,
            replication=copying_by(to(enabled=False), to("bucket:bare")),
            versioning="Enabled",
        ),
        bad(replication=copying_by(to("bucket:gone")), versioning="Enabled"),
    ],
)
def replication_enabled(bucket: BucketPosture, estate: Estate) -> Verdict:
    """New objects are copied to another bucket.

    **Why.** One bucket is one place to lose everything: by whoever may delete it, by a lifecycle rule that
    says too much, by a key that is gone.

    **Fix.** Say `replication: {to: copies}` of the bucket, and `versioning: enabled` of both. Only new
    objects are copied; for those that are there already start a Batch Replication job.

    **Exempt it when** the bucket itself holds copies, or what it holds can be made again.
    """
    rules, expected = copying(bucket), "a rule that copies, between two buckets with versions"
    if not rules:
        off = bool(rules_of(bucket))
        return fails("every rule is switched off" if off else "nothing is copied", expected=expected)
    if faults := tuple(unversioned(bucket)):
        return fails(*faults, expected=expected)
    goals = (partial(unreachable, one, estate) for one in rules)
    return fails_if(*faults_of_every(goals), expected=expected)
