from dataclasses import replace
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.encryption import FRESH, Encryption
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.posture import Estate
from bucketwright.rules.example_replications import copying_by, to
from bucketwright.rules.examples import bad, good
from bucketwright.rules.replications import copying, goal, label, rules_of
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, not_applicable, passes

_UNDER_KMS: Final = Encryption("aws:kms", "key:example")
_KEY: Final = "key:copies"


@rule(
    "replication-skips-kms",
    severity=HIGH,
    tier=BASELINE,
    reads=["replication", "encryption"],
    examples=lambda: [
        good(replication=copying_by(to(kms=True)), encryption=_UNDER_KMS),
        good(replication=copying_by(to(kms=True))),
        good(replication=copying_by(to()), encryption=FRESH),
        good(replication=copying_by(to(enabled=False), to(kms=True)), encryption=_UNDER_KMS),
        good(replication=copying_by(to(enabled=False)), encryption=_UNDER_KMS),
        good(replication=None, encryption=_UNDER_KMS),
        bad(replication=copying_by(to()), encryption=_UNDER_KMS),
        bad(replication=copying_by(to()), encryption=Encryption("aws:kms:dsse", "key:example")),
        bad(replication=copying_by(to()), encryption=Encryption("aws:kms")),
        bad(replication=copying_by(replace(to(), key=_KEY)), encryption=_UNDER_KMS),
        bad(replication=copying_by(to(kms=True), to("bucket:more")), encryption=_UNDER_KMS),
    ],
)
def replication_skips_kms(bucket: BucketPosture, _: Estate) -> Verdict:
    """Where new objects are under a KMS key, every rule of replication copies these, too.

    **Why.** S3 passes over objects under KMS unless a rule selects them by itself. Nothing fails: the bucket
    shows replication, and not one of its objects is copied.

    **Fix.** A contract selects them wherever it knows the key of the copies: declare the target with
    `encryption: kms`, or name a `key` beside `to` where the target is another team's. Elsewhere set
    SseKmsEncryptedObjects and the key of the copies, and let the role that copies use both keys.

    **Exempt it when** only objects that are uploaded under keys of S3 are meant to be copied.
    """
    rules = copying(bucket)
    if not rules:
        return not_applicable("nothing is copied")
    skipping = [one for one in rules if not one.kms_objects]
    if not skipping or bucket.encryption.algorithm == FRESH.algorithm:
        return passes()
    faults = (f"{label(one)} copies to {goal(one)} no object that is under a KMS key" for one in skipping)
    return fails(*faults, expected="SseKmsEncryptedObjects Enabled")


@replication_skips_kms.fix(is_safe=False)
def select_kms(bucket: BucketPosture, _: Estate) -> Change:
    """Selects them in rules that name a key for the copies; the role has to be let use both keys."""
    rules = tuple(map(_selecting, rules_of(bucket)))
    return change(bucket, "replication", bucket.replication and replace(bucket.replication, rules=rules))


def _selecting(one: ReplicationRule) -> ReplicationRule:
    return replace(one, kms_objects=one.kms_objects or one.key is not None)
