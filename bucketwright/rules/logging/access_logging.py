from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.logging import Logging
from bucketwright.plain_text import shown
from bucketwright.posture import Estate
from bucketwright.rules.example_replications import other
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.log_targets import is_log_target
from bucketwright.rules.other_buckets import means
from bucketwright.rules.rule import CHOSEN, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, not_applicable, passes

_LOGS: Final = {"purpose": "access-logs"}
_DECLARED: Final = declares(buckets={"example": {"access_logs": "logs"}, "logs": _LOGS})
_SILENT: Final = declares(buckets={"example": {}})
_TO_LOGS: Final = Logging("bucket:logs", "example/")
_BESIDE: Final = other("files", logging=None)


@rule(
    "access-logging",
    severity=MEDIUM,
    tier=CHOSEN,
    maps_to=["FSBP S3.9"],
    reads=["logging", "bucket.logging"],
    examples=lambda: [
        good(logging=_TO_LOGS),
        good(logging=_TO_LOGS, around=_DECLARED),
        good(logging=Logging("bucket:logs", "other/", "EventTime"), around=_DECLARED),
        good(other("logs"), logging=Logging("logs", ""), around=_DECLARED),
        good(logging=Logging("shop-prod-logs", ""), around=_DECLARED),
        good(logging=Logging("bucket:elsewhere", ""), around=_SILENT),
        good(other("files", logging=Logging("bucket:example", "")), logging=None),
        good(logging=None, around=declares(buckets={"example": _LOGS})),
        bad(logging=None),
        bad(_BESIDE, logging=None),
        bad(logging=None, around=_DECLARED),
        bad(_BESIDE, logging=None, around=_SILENT),
        bad(logging=Logging("bucket:elsewhere", "example/"), around=_DECLARED),
        bad(other("elsewhere"), logging=Logging("elsewhere", "example/"), around=_DECLARED),
        bad(logging=Logging("elsewhere", "example/"), around=_DECLARED),
        bad(other("shop-prod-logs"), logging=Logging("shop-prod-logs", ""), around=_DECLARED),
    ],
)
def access_logging(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Requests to the bucket are logged, where the contract says.

    **Why.** After a leak the first question is who read what. Without a log nobody can say, and nobody can
    rule anything out. A log that goes elsewhere is missed on that day just as well.

    **Fix.** Say `access_logs: logs` of the bucket, and declare `logs: {purpose: access-logs}`; the policy
    there then lets S3 deliver.

    **Exempt it when** a trail records every object that is read and written, or nobody would ask. Buckets
    that logs are delivered to are never asked.
    """
    found, wanted = bucket.logging, estate.intended(bucket)
    meant = None if wanted is None else wanted.logging
    if found is None:
        if is_log_target(bucket, estate):
            return not_applicable("access logs are delivered to it")
        return fails("requests are logged nowhere", expected=_expected(meant))
    if meant is None or means(found.target, meant.target, estate):
        return passes()
    return fails(f"requests are logged to {shown(found.target)}", expected=_expected(meant))


@access_logging.fix()
def log_as_declared(bucket: BucketPosture, estate: Estate) -> Change:
    """Logs requests where the contract says, if they are logged nowhere; a log that goes elsewhere stays."""
    wanted = estate.intended(bucket)
    return change(bucket, "logging", bucket.logging or (wanted and wanted.logging))


def _expected(meant: Logging | None) -> str:
    return "a bucket for the log" if meant is None else f"logging to {meant.target}"
