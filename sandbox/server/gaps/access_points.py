"""Access points."""

from http import HTTPStatus
from typing import Final

from moto.s3control.models import AccessPoint

from bucketwright.iam.documents import Document, PolicyError, parse
from bucketwright.iam.public import is_public
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import read_xml, shown
from sandbox.server.elements import element
from sandbox.server.held import bucket_named, control_of
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.permissions import policy_of
from sandbox.server.public_blocks import Blocks, blocks_on
from sandbox.server.refusals import access_denied, invalid, no_bucket, refusal

GAPS: Final = (
    Gap(
        "access-point-regions",
        "puts every access point in us-east-1, and makes some to buckets that do not exist",
        "puts it in its bucket's region, and refuses with NoSuchBucket",
    ),
    Gap(
        "access-point-policies",
        "takes anything as an access point's policy, and calls each public",
        "refuses what is no policy and what is public where that is blocked; answers by S3's definition",
    ),
    Gap(
        "access-point-absence",
        "deletes what is not there",
        "answers 404 NoSuchAccessPoint",
    ),
)
_MOTO_REGION: Final = b"us-east-1"


def create(call: Call, forward: Forward) -> Answer:
    """moto's access point, where its bucket is."""
    sent = read_xml(call)
    if isinstance(sent, Answer):
        return sent
    bucket = bucket_named(sent.text_at("Bucket") or "")
    if bucket is None:
        return no_bucket(call)
    answer = forward(call)
    point = _point(call)
    if point is not None and answer.status == HTTPStatus.OK:
        point.arn = point.arn.replace(_MOTO_REGION.decode(), bucket.region_name)
    return _in_region(answer, bucket.region_name)


def get(call: Call, forward: Forward) -> Answer:
    """moto's answer, with endpoints where the bucket is."""
    point = _point(call)
    bucket = bucket_named(point.bucket) if point else None
    answer = forward(call)
    return _in_region(answer, bucket.region_name) if bucket else answer


def delete(call: Call, forward: Forward) -> Answer:
    """moto's answer, if there is something to delete."""
    return _absent(call) if _point(call) is None else forward(call)


def put_policy(call: Call, forward: Forward) -> Answer:
    """moto's answer, if S3 would take the policy."""
    point = _point(call)
    if point is None:
        return _absent(call)
    sent = read_xml(call)
    if isinstance(sent, Answer):
        return sent
    try:
        policy = parse(sent.text_at("Policy") or "")
    except PolicyError as fault:
        return invalid(call, "MalformedPolicy", f"Policies must be valid JSON: {fault}")
    if _is_public(policy) and _blocks(point).public_policy:
        return access_denied(call)
    return forward(call)


def get_status(call: Call, forward: Forward) -> Answer:
    """Whether S3 would call the policy public."""
    point = _point(call)
    policy = policy_of(point.policy) if point else None
    if policy is None:
        return forward(call)
    public = element("IsPublic", "true" if _is_public(policy) else "false")
    return shown(element("GetAccessPointPolicyStatusResult", element("PolicyStatus", public)))


def _is_public(policy: Document) -> bool:
    return is_public(policy).holds is not False


def _blocks(point: AccessPoint) -> Blocks:
    """The settings of the access point itself, of its bucket and of the account."""
    bucket = bucket_named(point.bucket)
    own = Blocks(public_policy=str(point.pubc["BlockPublicPolicy"]).lower() == "true")
    return own | blocks_on(bucket) if bucket else own


def _point(call: Call) -> AccessPoint | None:
    """The access point that the path names."""
    return control_of(call.account, call.region).access_points[call.account].get(call.name)


def _absent(call: Call) -> Answer:
    message = "The specified accesspoint does not exist"
    return refusal(call, HTTPStatus.NOT_FOUND, "NoSuchAccessPoint", message)


def _in_region(answer: Answer, region: str) -> Answer:
    return answer.with_body(answer.body.replace(_MOTO_REGION, region.encode()))


MENDINGS: Final = (
    Mending(create, method="PUT", subresource="accesspoint/*", service="s3control"),
    Mending(get, method="GET", subresource="accesspoint/*", service="s3control"),
    Mending(delete, method="DELETE", subresource="accesspoint/*", service="s3control"),
    Mending(put_policy, method="PUT", subresource="accesspoint/*/policy", service="s3control"),
    Mending(get_status, method="GET", subresource="accesspoint/*/policyStatus", service="s3control"),
)
