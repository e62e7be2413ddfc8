"""Access control lists of buckets and objects."""

from http import HTTPStatus
from typing import Final

from moto.s3.models import FakeAcl, FakeBucket, FakeKey, get_canned_acl

from sandbox.server.access_lists import (
    asked_acl,
    is_owners_alone,
    is_public,
    names_acl,
    without_public,
    written,
)
from sandbox.server.bucket_calls import in_bucket, mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import DONE, shown
from sandbox.server.held import is_owner_enforced, version_of, with_version
from sandbox.server.mending import Forward, Gap, Mending
from sandbox.server.public_blocks import blocks_on
from sandbox.server.refusals import access_denied, invalid

GAPS: Final = (
    Gap(
        "acl-owner-enforced",
        "takes ACLs where the bucket's owner is enforced",
        "refuses them with AccessControlListNotSupported, but for full control of the owner",
    ),
    Gap(
        "acl-public-refused",
        "takes public ACLs whatever the public access block says",
        "refuses them with 403 AccessDenied where BlockPublicAcls is on, for the bucket or its account",
    ),
    Gap(
        "acl-effective",
        "returns the ACL that is stored",
        "returns the one in force: no public grants where they are ignored, the owner's alone where the "
        "owner is enforced",
    ),
    Gap(
        "acl-permissions",
        "returns one permission of those that somebody is granted",
        "returns each",
    ),
    Gap(
        "acl-of-objects",
        "gives an object that is put without an ACL the bucket's, and ignores the body of PutObjectAcl",
        "gives it the private one, and reads the body",
    ),
)


def get_acl(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """The ACL in force."""
    stored = _meant(call, bucket)
    if call.key and stored is None:
        return forward(call)
    kept = (stored or bucket).acl or get_canned_acl("private")
    answer = shown(written(_in_force(bucket, kept), bucket.account_id))
    return answer if stored is None else with_version(answer, stored)


def _in_force(bucket: FakeBucket, kept: FakeAcl) -> FakeAcl:
    if is_owner_enforced(bucket):
        return get_canned_acl("private")
    return without_public(kept) if blocks_on(bucket).ignored_acls else kept


def put_acl(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """Keeps an ACL that S3 would take."""
    stored = _meant(call, bucket)
    if call.key and stored is None:
        return forward(call)
    asked = asked_acl(call, "PutObjectAcl" if call.key else "PutBucketAcl")
    if isinstance(asked, Answer):
        return asked
    refused = _refused(call, bucket, asked)
    if refused is None and not is_owner_enforced(bucket):
        (stored or bucket).set_acl(asked)
    return refused or DONE


def put_object(call: Call, forward: Forward, bucket: FakeBucket) -> Answer:
    """moto's answer, if the ACL is one that S3 would take; without one the object is private."""
    asked = asked_acl(call, "PutObjectAcl") if names_acl(call) else get_canned_acl("private")
    refused = asked if isinstance(asked, Answer) else _refused(call, bucket, asked, named=names_acl(call))
    answer = refused or forward(call)
    stored = version_of(bucket, call.key) if answer.status == HTTPStatus.OK else None
    if stored is not None and isinstance(asked, FakeAcl) and not _is_for_parts(call):
        stored.set_acl(asked)
    return answer


def _refused(call: Call, bucket: FakeBucket, asked: FakeAcl, *, named: bool = True) -> Answer | None:
    if is_owner_enforced(bucket) and named:
        canned = call.header("x-amz-acl")
        fits = canned == "bucket-owner-full-control" if canned else is_owners_alone(asked, bucket.account_id)
        return (
            None if fits else invalid(call, "AccessControlListNotSupported", "The bucket does not allow ACLs")
        )
    return access_denied(call) if is_public(asked) and blocks_on(bucket).public_acls else None


def _meant(call: Call, bucket: FakeBucket) -> FakeKey | None:
    return version_of(bucket, call.key, call.query.get("versionId")) if call.key else None


def _is_for_parts(call: Call) -> bool:
    """Whether it begins an upload or brings a part of one: the object of that key is another, if any."""
    return bool(call.query.keys() & {"uploads", "uploadId"})


MENDINGS: Final = (
    *mends_setting("acl", GET=get_acl, PUT=put_acl),
    Mending(in_bucket(get_acl), "object", "GET", "acl"),
    Mending(in_bucket(put_acl), "object", "PUT", "acl"),
    Mending(in_bucket(put_object), "object", "PUT", ""),
    Mending(in_bucket(put_object), "object", "POST", "uploads"),
)
