from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.iam.conditions import Known
from bucketwright.posture import Estate
from bucketwright.rules.example_access import ROLE, policy
from bucketwright.rules.example_refusals import OBJECTS, upload_refusal
from bucketwright.rules.examples import bad, good
from bucketwright.rules.refused_requests import lets_uploads_in, near_misses
from bucketwright.rules.request_conditions import SSE_C
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails, passes

_UNDER_OWN_KEY: Final[Known] = {SSE_C: ("AES256",)}
_NAMED: Final = {"Null": {SSE_C: "false"}}


@rule(
    "sse-c-blocked",
    severity=HIGH,
    tier=BASELINE,
    reads=["blocks_sse_c", "policy"],
    examples=lambda: [
        good(blocks_sse_c=True),
        good(blocks_sse_c=True, policy=None),
        good(policy=policy(upload_refusal(_NAMED))),
        good(blocks_sse_c=False, policy=policy(upload_refusal(_NAMED, Action="s3:Put*"))),
        good(blocks_sse_c=False, policy=policy(upload_refusal({"StringEquals": {SSE_C.upper(): "AES256"}}))),
        bad(blocks_sse_c=False, policy=None),
        bad(blocks_sse_c=False, policy=policy(upload_refusal({"Null": {SSE_C: "true"}}))),
        bad(blocks_sse_c=False, policy=policy(upload_refusal(_NAMED, Effect="Allow"))),
        bad(blocks_sse_c=False, policy=policy(upload_refusal(_NAMED, Action="s3:PutObjectAcl"))),
        bad(blocks_sse_c=False, policy=policy(upload_refusal(_NAMED, Resource=f"{OBJECTS}.pdf"))),
        bad(blocks_sse_c=False, policy=policy(upload_refusal(_NAMED, Principal={"AWS": ROLE}))),
    ],
)
def sse_c_blocked(bucket: BucketPosture, _: Estate) -> Verdict:
    """Uploads under keys that only their uploader has are refused.

    **Why.** S3 does not keep such a key. Whoever may read and write can put all that is there under one, and
    sell it back: without the key nobody reads it again.

    **Fix.** Leave `block_sse_c` out of the contract, or say `block_sse_c: true`. S3 then refuses SSE-C for
    the bucket, and the policy refuses it as well. What was stored so before stays as it is.

    **Exempt it when** a program has to keep its keys outside of AWS; then let it alone write.
    """
    blocked = bucket.told("blocks_sse_c") is True
    if blocked or not lets_uploads_in(bucket.policy, bucket.name, _UNDER_OWN_KEY) or bucket.blocks_sse_c:
        return passes()
    return fails(
        "uploads under keys of their uploader (SSE-C) are let in",
        *near_misses(bucket.policy, SSE_C, _UNDER_OWN_KEY),
        expected="SSE-C blocked",
    )


@sse_c_blocked.fix(is_safe=False)
def block(bucket: BucketPosture, _: Estate) -> Change:
    """Blocks SSE-C for the bucket; programs that upload with keys of their own stop working."""
    return change(bucket, "blocks_sse_c", True)
