"""A bucket on a server written by others, in which everything is set that the server knows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import botocore.session
from botocore.exceptions import ClientError
from botocore.model import OperationModel, ServiceModel, Shape, StructureShape

from bucketwright.s3.endpoints import setting_of
from bucketwright.s3.sessions import Access, Sessions
from tests.servers.running import REGION, Running

if TYPE_CHECKING:
    from botocore.client import BaseClient

BUCKET: Final = "furnished"
LOCKED: Final = "locked"
KEY: Final = "reports/one.txt"
BODY: Final = b"first line\n"
EVERYONE: Final = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": ["*"]},
            "Action": ["s3:GetObject"],
            "Resource": [f"arn:aws:s3:::{BUCKET}/*"],
        }
    ],
}
SETTINGS: Final[Mapping[str, Mapping[str, object]]] = {
    "PutBucketCors": {
        "CORSConfiguration": {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]}
    },
    "PutBucketPolicy": {"Policy": json.dumps(EVERYONE)},
    "PutBucketTagging": {"Tagging": {"TagSet": [{"Key": "team", "Value": "post"}]}},
    "PutBucketVersioning": {"VersioningConfiguration": {"Status": "Enabled"}},
    "PutBucketWebsite": {"WebsiteConfiguration": {"IndexDocument": {"Suffix": "index.html"}}},
}
"""What servers are told of a bucket."""
AS_TOLD: Final[Mapping[str, Mapping[str, object]]] = {
    "GetBucketCors": {"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}]},
    "GetBucketPolicy": {"Policy": EVERYONE},
    "GetBucketTagging": {"TagSet": [{"Key": "team", "Value": "post"}]},
    "GetBucketVersioning": {"Status": "Enabled"},
    "GetBucketWebsite": {"IndexDocument": {"Suffix": "index.html"}},
    "GetObjectTagging": {"TagSet": [{"Key": "kind", "Value": "report"}]},
    "GetObjectLockConfiguration": {
        "ObjectLockConfiguration": {
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
        }
    },
    "GetObjectLegalHold": {"LegalHold": {"Status": "ON"}},
    "GetObjectRetention": {"Retention": {"Mode": "GOVERNANCE", "RetainUntilDate": "2099-01-01T00:00:00Z"}},
}
"""What it then has to answer."""


@dataclass(frozen=True, slots=True)
class Furnished:
    """A server with such a bucket."""

    server: Running
    s3: "BaseClient"
    upload: str
    """The id of an upload that was never finished."""
    taken: frozenset[str]
    """The settings that the server took."""

    @property
    def sessions(self) -> Sessions:
        """As the product makes them."""
        return Sessions(Access(endpoint_url=self.server.url, region=REGION))

    def least(self, operation: str, bucket: str = BUCKET) -> dict[str, object]:
        """The shortest request that the SDK lets pass, about this bucket, this object and this upload."""
        known = {"Bucket": bucket, "Key": KEY, "UploadId": self.upload}
        shape = model(operation).input_shape
        return {name: known.get(name, value) for name, value in _least(shape).items()} if shape else {}


@cache
def operations() -> ServiceModel:
    """The SDK's description of S3."""
    return botocore.session.get_session().get_service_model("s3")


def model(operation: str) -> OperationModel:
    """The SDK's description of one operation."""
    return operations().operation_model(operation)


def furnished(server: Running) -> Furnished:
    """A bucket with all that the server keeps, and a locked one beside it."""
    s3 = server.client()
    for bucket, locked in ((BUCKET, False), (LOCKED, True)):
        s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=locked)
        if locked:
            s3.put_object_lock_configuration(Bucket=bucket, **AS_TOLD["GetObjectLockConfiguration"])
        s3.put_object(Bucket=bucket, Key=KEY, Body=BODY, ContentType="text/plain", Tagging="kind=report")
    taken = frozenset(
        setting_of(operation)
        for operation, params in SETTINGS.items()
        if not called(s3, operation, {"Bucket": BUCKET, **params})
    )
    s3.put_object_legal_hold(Bucket=LOCKED, Key=KEY, **AS_TOLD["GetObjectLegalHold"])
    s3.put_object_retention(Bucket=LOCKED, Key=KEY, **AS_TOLD["GetObjectRetention"])
    upload = s3.create_multipart_upload(Bucket=BUCKET, Key=KEY)["UploadId"]
    s3.upload_part(Bucket=BUCKET, Key=KEY, UploadId=upload, PartNumber=1, Body=BODY)
    return Furnished(server, s3, upload, taken)


def called(s3: "BaseClient", operation: str, params: Mapping[str, object]) -> str:
    """What the SDK makes of a call: the code of the error, else nothing."""
    method = next(name for name, made in s3.meta.method_to_api_mapping.items() if made == operation)
    try:
        getattr(s3, method)(**params)
    except ClientError as error:
        return str(error.response["Error"]["Code"])
    return ""


def _least(shape: StructureShape) -> dict[str, object]:
    names = list(shape.members)[:1] if shape.is_tagged_union else shape.required_members
    return {name: _value(shape.members[name]) for name in names}


def _value(shape: Shape) -> object:
    match shape.type_name:
        case "structure":
            return _least(shape)
        case "list":
            return [_value(shape.member)]
        case "string":
            return shape.enum[0] if shape.enum else "x" * shape.metadata.get("min", 1)
        case "boolean":
            return True
        case "integer" | "long":
            return 1
        case "blob":
            return b"x"
    raise NotImplementedError(shape.type_name)
