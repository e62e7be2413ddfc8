from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.policy import Policy
from bucketwright.posture import Estate
from bucketwright.rules.added_statements import refusing
from bucketwright.rules.declared import declared
from bucketwright.rules.example_access import ROLE, policy
from bucketwright.rules.example_refusals import OBJECTS, refusal
from bucketwright.rules.examples import bad, declares, good
from bucketwright.rules.refused_requests import let_in, near_misses
from bucketwright.rules.request_conditions import SECURE_TRANSPORT, TLS_VERSION
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import LOW, MEDIUM, Verdict, fails, passes

_VERSIONS: Final = ("1.0", "1.1", "1.2", "1.3")
_LEAST: Final = "1.2"
_NEWEST_ONLY: Final = declares(buckets={"example": {"tls_minimum": "1.3"}})


def _old(operator: str = "NumericLessThan", value: object = "1.2", **elements: object) -> Policy:
    return policy(refusal({operator: {"s3:TlsVersion": value}}, **elements))


@rule(
    "tls-minimum-version",
    severity=LOW,
    tier=BASELINE,
    reads=["policy"],
    examples=lambda: [
        good(policy=_old()),
        good(policy=_old("NumericLessThanIfExists", 1.3)),
        good(policy=_old("NumericLessThanEquals", "1.1")),
        good(policy=_old("NumericEquals", ["1.0", "1.1"])),
        good(policy=_old("NumericNotEquals", ["1.2", "1.3"])),
        good(
            policy=policy(
                refusal({"Bool": {"aws:SecureTransport": "true"}, "NumericLessThan": {"s3:TlsVersion": 1.2}})
            )
        ),
        good(policy=_old("NumericLessThan", "1.3"), around=_NEWEST_ONLY),
        good(policy=_old(), around=declares(buckets={"other": {"tls_minimum": "1.3"}})),
        bad(policy=_old(), around=_NEWEST_ONLY),
        bad(policy=None),
        bad(policy=_old(value="1.1")),
        bad(policy=_old("NumericLessThanEquals", "1.0")),
        bad(policy=_old("NumericEquals", ["1.0"])),
        bad(policy=_old("NumericNotEquals", ["1.1", "1.2"])),
        bad(policy=_old("NumericGreaterThan", "1.1")),
        bad(policy=_old("NumericGreaterThanEquals", "1.1")),
        bad(policy=_old("NumericLessThan", "TLSv1.2")),
        bad(policy=_old("StringEquals", "1.1")),
        bad(policy=_old(Principal={"AWS": ROLE})),
        bad(policy=_old(Resource=OBJECTS)),
        bad(policy=policy(refusal({"Bool": {"aws:SecureTransport": "false"}}))),
    ],
)
def tls_minimum_version(bucket: BucketPosture, estate: Estate) -> Verdict:
    """Whoever asks over a TLS version older than what the contract allows, or than 1.2, is refused.

    **Why.** TLS 1.0 and 1.1 can be broken by who listens on the way. AWS itself no longer takes them; other
    endpoints that speak S3 may, and only a policy holds callers to 1.3.

    **Fix.** Leave `tls_minimum` out of the contract for 1.2, or say `tls_minimum: "1.3"`. The policy then has
    a Deny for everybody of `s3:*` where `s3:TlsVersion` is less. Callers that know nothing newer stop
    working.

    **Exempt it when** a device that nobody can update still has to deliver here, and what it delivers is no
    secret.
    """
    minimum = _minimum(bucket, estate)
    for version in _VERSIONS[: _VERSIONS.index(minimum)]:
        known = {SECURE_TRANSPORT: ("true",), TLS_VERSION: (version,)}
        if found := let_in(bucket.policy, bucket.name, known):
            return fails(
                *(f"over TLS {version}, {one} is let in" for one in found),
                *near_misses(bucket.policy, TLS_VERSION, known),
                expected=f"a Deny for everybody of s3:* where s3:TlsVersion is less than {minimum}",
                severity=LOW if minimum == _LEAST else MEDIUM,
            )
    return passes()


@tls_minimum_version.fix(is_safe=False)
def refuse_old_versions(bucket: BucketPosture, estate: Estate) -> Change:
    """Adds such a Deny to the policy; callers that know nothing newer stop working."""
    condition = {"NumericLessThan": {"s3:TlsVersion": _minimum(bucket, estate)}}
    return change(bucket, "policy", refusing(bucket, condition))


def _minimum(bucket: BucketPosture, estate: Estate) -> str:
    wanted = declared(bucket, estate)
    return _LEAST if wanted is None else wanted.tls_minimum
