"""Bucket policies."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeBucket

from bucketwright.iam.documents import Document, PolicyError, parse
from bucketwright.iam.patterns import intersects, matches
from bucketwright.iam.patterns import parse as pattern
from bucketwright.iam.public import is_public
from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, GONE, kept_in, shown
from sandbox.server.elements import element
from sandbox.server.held import documents_of
from sandbox.server.mending import Forward, Gap
from sandbox.server.permissions import policy_of
from sandbox.server.principals import missing_principals
from sandbox.server.public_blocks import blocks_on
from sandbox.server.refusals import access_denied, invalid, refusal

GAPS: Final = (
    Gap(
        "policy-malformed",
        "takes any bytes for a policy",
        "refuses what is no policy, is too long, has no Principal or an action of another service",
    ),
    Gap(
        "policy-other-resources",
        "takes statements about other buckets",
        "refuses them",
    ),
    Gap(
        "policy-principals",
        "takes roles and users of the bucket's account that do not exist",
        "refuses them; those of other accounts cannot be looked up and are taken",
    ),
    Gap(
        "policy-public-refused",
        "takes a public policy whatever the public access block says",
        "refuses it with 403 AccessDenied where BlockPublicPolicy is on, for the bucket or its account",
    ),
    Gap(
        "policy-status",
        "calls a statement private if it has any condition, and public only if its principal is *",
        "answers by S3's own definition, as this project reads it; what cannot be decided counts as public",
    ),
)
_LONGEST: Final = 20 * 1024
_PREVENTED: Final = (
    "Access Denied: public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access"
)


def policy_on(bucket: FakeBucket) -> Document | None:
    """The policy of a bucket, read."""
    kept = kept_in(bucket, "policy")
    return policy_of(kept.text if kept else None)


def has_public_policy(bucket: FakeBucket) -> bool:
    """Whether the bucket has a policy that S3 calls public."""
    policy = policy_on(bucket)
    return policy is not None and is_public(policy).holds is not False


def get_policy(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """The very text that was put."""
    kept = kept_in(bucket, "policy")
    if kept is None:
        return _absent(call)
    return DONE.with_body(kept.text.encode(), "application/json")


def get_status(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """Whether S3 would call the policy public."""
    if policy_on(bucket) is None:
        return _absent(call)
    public = "true" if has_public_policy(bucket) else "false"
    return shown(element("PolicyStatus", element("IsPublic", public)))


def put_policy(call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """Keeps a policy that S3 would take."""
    text = call.body().decode("utf-8", "replace")
    try:
        policy = parse(text)
    except PolicyError as fault:
        return _malformed(call, f"Policies must be valid JSON: {fault}")
    wrong = next(_complaints(policy, bucket), None)
    if wrong or len(json.dumps(json.loads(text), separators=(",", ":"))) > _LONGEST:
        return _malformed(call, wrong or "Policy exceeds the maximum allowed document size.")
    if is_public(policy).holds is not False and blocks_on(bucket).public_policy:
        return access_denied(call, _PREVENTED)
    documents_of(bucket)["policy", ""] = element("Policy", text)
    return GONE


def delete_policy(_call: Call, _forward: Forward, bucket: FakeBucket) -> Answer:
    """Forgets it; what is not there is gone already."""
    documents_of(bucket).pop(("policy", ""), None)
    return GONE


def _absent(call: Call) -> Answer:
    return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchBucketPolicy", "The bucket policy does not exist")


def _malformed(call: Call, message: str) -> Answer:
    return invalid(call, "MalformedPolicy", message)


def _complaints(policy: Document, bucket: FakeBucket) -> Iterator[str]:
    for label in missing_principals(policy, bucket.account_id, bucket.partition):
        yield f"Invalid principal in policy ({label})"
    for one in policy.statements:
        if one.principals is None:
            yield f"Missing required field Principal ({one.label})"
        if not all(name == "*" or name.startswith("s3:") for name in one.actions.patterns):
            yield f"Policy has invalid action ({one.label})"
        if one.resources is None or not all(_is_inside(name, bucket) for name in one.resources.patterns):
            yield f"Policy has invalid resource ({one.label})"


def _is_inside(resource: str, bucket: FakeBucket) -> bool:
    """Whether a pattern of a statement can mean the bucket or anything in it."""
    wanted, arn = pattern(resource), str(bucket.arn)
    return matches(wanted, arn) or intersects(wanted, pattern(f"{arn}/*"))


MENDINGS: Final = (
    *mends_setting("policy", GET=get_policy, PUT=put_policy, DELETE=delete_policy),
    *mends_setting("policyStatus", GET=get_status),
)
