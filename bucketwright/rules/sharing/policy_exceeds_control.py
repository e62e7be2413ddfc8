import json
from functools import lru_cache

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Document, parse
from bucketwright.posture import Estate
from bucketwright.rules.containment import Limit
from bucketwright.rules.example_access import ROLE, allow, policy
from bucketwright.rules.example_sharing import FOREIGN
from bucketwright.rules.examples import Declares, bad, declares, good
from bucketwright.rules.policy_faults import policy_faults
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if, not_applicable


def _limited(*written: dict[str, object]) -> Declares:
    return declares(rules={"policy_limit": json.dumps({"Version": "2012-10-17", "Statement": written})})


_READERS = _limited(allow({"AWS": ROLE}, "s3:Get*", Resource="*"))


@rule(
    "policy-exceeds-control",
    severity=HIGH,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=policy(allow())),
        good(policy=policy(allow()), around=declares()),
        good(policy=None, around=_READERS),
        good(policy=policy(allow({"AWS": ROLE})), around=_READERS),
        bad(policy=policy(allow({"AWS": FOREIGN})), around=_READERS),
        bad(policy=policy(allow({"AWS": ROLE}, ["s3:GetObject", "s3:PutObject"])), around=_READERS),
        bad(policy=policy(allow({"AWS": ROLE}), allow()), around=_READERS),
    ],
)
def policy_exceeds_control(bucket: BucketPosture, estate: Estate) -> Verdict:
    """The bucket's policy lets nobody do more than the team's limit does.

    **Why.** A policy grows by one statement at a time, each with a good reason. A limit says once and for all
    buckets how far that may go.

    **Fix.** Narrow the statement to what `rules: policy_limit` allows: principals, actions, resources and
    conditions all have to be within it, and what the limit denies the policy has to deny as well. Or widen
    the limit. A resource of `*` in it means whichever bucket is judged.

    **Exempt it when** one bucket serves others than the rest does, and their grants have been agreed on.
    """
    if estate.terms.policy_limit is None:
        return not_applicable("the team has set no rules.policy_limit")
    found = bucket.policy.document.statements if bucket.policy else ()
    within = Limit(_read(estate.terms.policy_limit), bucket.name, found)
    exceeding = policy_faults(bucket.policy, within.exceeded_by)
    return fails_if(*exceeding, expected="no more than rules.policy_limit allows")


@lru_cache(maxsize=16)
def _read(text: str) -> Document:
    return parse(text)
