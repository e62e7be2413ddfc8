from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from bucketwright.estate import BucketPosture
from bucketwright.facets.replication_rules import ReplicationRule
from bucketwright.posture import Estate
from bucketwright.rules.example_replications import copying_by, other, to
from bucketwright.rules.examples import bad, good
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.replications import label, rules_of, unreachable, unversioned
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if, not_applicable

_READY = other(versioning="Enabled")
_BARE = other("bare", versioning="Suspended")


@rule(
    "replication-rule-broken",
    severity=HIGH,
    tier=BASELINE,
    reads=["replication", "versioning", "bucket.versioning"],
    examples=lambda: [
        good(replication=None),
        good(_READY, replication=copying_by(to()), versioning="Enabled"),
        good(_READY, replication=copying_by(to("arn:aws:s3:::copies")), versioning="Enabled"),
        bad(_READY, replication=copying_by(to()), versioning="Suspended"),
        bad(_READY, replication=copying_by(to(), to(enabled=False)), versioning="Enabled"),
        bad(_READY, _BARE, replication=copying_by(to(), to("bucket:bare")), versioning="Enabled"),
        bad(_READY, replication=copying_by(to(), to("bucket:gone")), versioning="Enabled"),
        bad(replication=copying_by(to("bucket:gone", enabled=False)), versioning="Enabled"),
    ],
)
def replication_rule_broken(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Every rule of replication can copy.

    **Why.** A rule that is switched off, whose target is gone or keeps no versions copies nothing. Nobody
    is told: the copies are missed on the day they are needed.

    **Fix.** Declare the bucket that `to` names, with `versioning: enabled`, or take the rule out of
    `replication`; then deploy again. A rule that was switched off by hand misses what was written meanwhile:
    a Batch Replication job copies it.

    **Exempt it when** copying is suspended on purpose and somebody will resume it.
    """
    rules = rules_of(bucket)
    if not rules:
        return not_applicable("nothing is copied")
    each = (partial(_broken, one, estate) for one in rules)
    return fails_if(*faults_of(partial(unversioned, bucket), *each), expected="rules that copy")


@replication_rule_broken.fix(is_safe=False)
def switch_on(bucket: BucketPosture, _: Estate) -> Change:
    """Switches every rule on; what was written meanwhile is not copied by that, nor is a target mended."""
    on = tuple(replace(one, enabled=True) for one in rules_of(bucket))
    return change(bucket, "replication", bucket.replication and replace(bucket.replication, rules=on))


def _broken(one: ReplicationRule, estate: Estate) -> Iterator[str]:
    if one.enabled:
        yield from unreachable(one, estate)
    else:
        yield f"{label(one)} is switched off"
