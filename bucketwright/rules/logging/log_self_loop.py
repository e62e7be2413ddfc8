from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.logging import Logging
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails, passes

_DECLARED: Final = declares(buckets={"example": {"access_logs": "logs"}, "logs": {"purpose": "access-logs"}})


@rule(
    "log-self-loop",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["logging"],
    examples=lambda: [
        good(logging=None),
        good(logging=Logging("bucket:logs", "")),
        good(logging=Logging("example", ""), called="called-so"),
        bad(logging=Logging("bucket:example", "logs/")),
        bad(logging=Logging("bucket:example", ""), around=_DECLARED),
        bad(logging=Logging("called-so", ""), called="called-so"),
    ],
)
def log_self_loop(bucket: BucketPosture, _: Estate) -> Verdict:
    """The bucket does not log to itself.

    **Why.** Each delivery of a log is a request, which is logged and delivered again. The bucket fills with
    logs of logs, for ever, and what was asked for is lost among them.

    **Fix.** Declare another bucket, as `logs: {purpose: access-logs}`, and say `access_logs: logs`. The loop
    ends at once; what has piled up takes an `expire` to go.

    **Exempt it when** never.
    """
    if bucket.logging is None or bucket.logging.target not in {bucket.address, bucket.name}:
        return passes()
    return fails("requests are logged to the bucket itself", expected="another bucket for the log")


@log_self_loop.fix(is_safe=False)
def log_elsewhere(bucket: BucketPosture, estate: Estate) -> Change:
    """Logs where the contract says, or else nowhere; logs that are there already stay."""
    wanted = estate.intended(bucket)
    return change(bucket, "logging", wanted and wanted.logging)
