from collections.abc import Mapping
from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket.policy import Policy
from bucketwright.iam.conditions import Known
from bucketwright.posture import Estate
from bucketwright.rules.added_statements import refusing
from bucketwright.rules.example_access import ROLE, allow, policy
from bucketwright.rules.example_refusals import BUCKET, OBJECTS, refusal
from bucketwright.rules.examples import bad, good
from bucketwright.rules.refused_requests import let_in, near_misses
from bucketwright.rules.request_conditions import SECURE_TRANSPORT
from bucketwright.rules.rule import BASELINE, Change, change, rule
from bucketwright.verdicts import HIGH, Verdict, fails_if

_PLAIN: Final[Known] = {SECURE_TRANSPORT: ("false",)}


def _http(operator: str = "Bool", value: object = "false", **elements: object) -> Policy:
    return policy(refusal({operator: {"aws:SecureTransport": value}}, **elements))


def _all_but(action: str) -> Mapping[str, object]:
    return refusal(_HTTP, Action=None, NotAction=action)


_HTTP: Final = {"Bool": {"aws:SecureTransport": "false"}}


@rule(
    "tls-only",
    severity=HIGH,
    tier=BASELINE,
    maps_to=["FSBP S3.5"],
    reads=["policy"],
    examples=lambda: [
        good(policy=_http()),
        good(policy=_http("bool", [False], Principal={"AWS": "*"})),
        good(policy=_http("BoolIfExists", "FALSE", Action="*", Resource="*")),
        good(policy=_http("ForAnyValue:Bool", Action="S3:**", Resource="arn:*:s3:::exam*")),
        good(policy=_http("Null", Resource=["arn:aws-cn:s3:::example", "arn:aws-cn:s3:::example/*"])),
        good(
            policy=policy(
                allow({"AWS": ROLE}), refusal(_HTTP, Resource=BUCKET), refusal(_HTTP, Resource=OBJECTS)
            )
        ),
        good(policy=policy(refusal(_HTTP, Action="s3:GetObject"), _all_but("s3:GetObject"))),
        good(policy=policy(refusal(_HTTP), refusal(_HTTP, Principal={"AWS": ROLE}))),
        good(policy=policy(refusal({}))),
        bad(policy=None),
        bad(policy=policy(allow({"AWS": ROLE}, Condition={"Bool": {"aws:SecureTransport": "true"}}))),
        bad(policy=_http(Effect="Allow")),
        bad(policy=_http(value="true")),
        bad(policy=_http("StringEquals")),
        bad(policy=_http(Principal={"AWS": ROLE})),
        bad(policy=_http(Principal=None, NotPrincipal={"AWS": ROLE})),
        bad(policy=_http(Principal={"Service": "*"})),
        bad(policy=_http(Principal=None)),
        bad(policy=_http(Resource=None)),
        bad(policy=_http(Resource=OBJECTS)),
        bad(policy=_http(Resource=BUCKET)),
        bad(policy=_http(Resource=[BUCKET, f"{BUCKET}/a*"])),
        bad(policy=_http(Resource=[BUCKET, f"{BUCKET}/${{aws:username}}*"])),
        bad(policy=_http(Resource=["arn:nowhere:s3:::example", "arn:nowhere:s3:::example/*"])),
        bad(policy=_http(Resource=["arn:aws:s3:::other", "arn:aws:s3:::other/*"])),
        bad(policy=_http(Action="s3:Get*")),
        bad(policy=_http(Action=["s3:Get*", "s3:Put*", "s3:List*", "s3:Delete*"])),
        bad(policy=policy(_all_but("s3:GetObject"))),
        bad(policy=policy(_all_but("s3:ListBucket"))),
        bad(policy=policy(refusal({**_HTTP, "NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}))),
        bad(policy=policy(refusal({"NumericLessThanIfExists": {"s3:TlsVersion": "1.2"}}))),
    ],
)
def tls_only(bucket: BucketPosture, _: Estate) -> Verdict:
    """Whoever asks over plain HTTP is refused.

    **Why.** What travels without TLS can be read and changed on its way: objects, the names of keys, and
    signed links, which are good for whoever sees them.

    **Fix.** Leave `require_tls` out of the contract, or say `require_tls: true`. The policy then has a Deny
    for everybody of `s3:*` on the bucket and on its objects where `aws:SecureTransport` is false. A Deny
    that spares somebody, by NotPrincipal or by a further condition, or that is about objects only, lets
    plain HTTP in somewhere. Programs that still say `http://` stop working.

    **Exempt it when** S3 serves public pages by HTTP from this bucket, and nothing else lies in it.
    """
    gaps = [f"over plain HTTP, {one} is let in" for one in let_in(bucket.policy, bucket.name, _PLAIN)]
    why = near_misses(bucket.policy, SECURE_TRANSPORT, _PLAIN) if gaps else ()
    return fails_if(*gaps, *why, expected="a Deny for everybody of s3:* where aws:SecureTransport is false")


@tls_only.fix(is_safe=False)
def refuse_plain_http(bucket: BucketPosture, _: Estate) -> Change:
    """Adds such a Deny to the policy; programs that use plain HTTP stop working."""
    return change(bucket, "policy", refusing(bucket, _HTTP))
