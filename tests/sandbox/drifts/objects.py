"""Is an object, or an upload, as the contract wants it? Judged by hand, with nothing that the drifts use."""

import mimetypes
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from bucketwright.contract.lifecycle.compile import object_tags
from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name
from bucketwright.contract.placement import Place, places
from sandbox.drifts import Live

_SECRETS = (".env", ".pem")
_BEGINNINGS = {"application/pdf": b"%PDF-", "image/png": b"\x89PNG"}


def improper(live: Live) -> set[tuple[str, str]]:
    """(key, name of the fact) of everything in any bucket that is not as it should be."""
    environment = live.environment
    names = {bucket_name(environment, bucket_id): bucket_id for bucket_id in environment.buckets}
    found: set[tuple[str, str]] = set()
    for dumped in live.server.buckets():
        if dumped["name"] in names and (dumped["objects"] or dumped["uploads"]):
            bucket = _Bucket(live, names[dumped["name"]])
            found |= {(key, fact) for key, fact in bucket.improper()}
    return found


class _Bucket:
    def __init__(self, live: Live, bucket_id: str) -> None:
        self._environment: Environment = live.environment
        self._id, self._name = bucket_id, bucket_name(live.environment, bucket_id)
        self._s3 = live.client("s3")

    def improper(self) -> Iterator[tuple[str, str]]:
        listed = self._s3.list_object_versions(Bucket=self._name)
        versions = listed.get("Versions", [])
        for one in versions:
            yield from ((one["Key"], fact) for fact in self._of_version(one))
        for marker in listed.get("DeleteMarkers", []):
            if marker["Key"] not in {one["Key"] for one in versions}:
                yield marker["Key"], "object.delete_marker"
        for upload in self._s3.list_multipart_uploads(Bucket=self._name).get("Uploads", []):
            parts = self._s3.list_parts(Bucket=self._name, Key=upload["Key"], UploadId=upload["UploadId"])
            if _older(upload["Initiated"], self._bucket.abort_uploads) and parts["Parts"]:
                yield upload["Key"], "upload.age"

    @property
    def _bucket(self) -> Any:
        return self._environment.buckets[self._id]

    def _of_version(self, listed: Any) -> Iterator[str]:
        key = listed["Key"]
        if not self._is_readable(key):
            yield "object.encryption"
            return
        head = self._s3.head_object(Bucket=self._name, Key=key)
        place = self._place(key)
        if place is None or key.endswith(_SECRETS):
            yield "object.key"
        if not self._is_encrypted(head):
            yield "object.encryption"
        if place and place.prefix.expire and _older(head["LastModified"], place.prefix.expire):
            yield "object.age"
        if listed["StorageClass"] != "STANDARD":
            yield "object.storage_class"
        else:
            yield from self._of_content(key, head)
        if [one["Permission"] for one in self._acl(key)] != ["FULL_CONTROL"]:
            yield "object.acl"
        tagged = self._s3.get_object_tagging(Bucket=self._name, Key=key)["TagSet"]
        wanted = object_tags(self._environment, self._id, place.prefix_id) if place else {}
        if {one["Key"]: one["Value"] for one in tagged} != wanted:
            yield "object.tags"

    def _place(self, key: str) -> Place | None:
        return next((one for one in places(self._environment, self._id) if one.keys.owns(key)), None)

    def _acl(self, key: str) -> Any:
        return self._s3.get_object_acl(Bucket=self._name, Key=key)["Grants"]

    def _of_content(self, key: str, head: Any) -> Iterator[str]:
        known = mimetypes.guess_type(key)[0]
        if known and head["ContentType"] != known:
            yield "object.content_type"
        body: bytes = self._s3.get_object(Bucket=self._name, Key=key)["Body"].read()
        if not body.startswith(_BEGINNINGS.get(known or "", b"")):
            yield "object.content"

    def _is_readable(self, key: str) -> bool:
        """Under a key that S3 does not have it says no more than that."""
        try:
            self._s3.head_object(Bucket=self._name, Key=key)
        except ClientError as refused:
            if refused.response["Error"]["Code"] != "400":
                raise
            return False
        return True

    def _is_encrypted(self, head: Any) -> bool:
        rule = self._s3.get_bucket_encryption(Bucket=self._name)["ServerSideEncryptionConfiguration"][
            "Rules"
        ][0]
        default = rule["ApplyServerSideEncryptionByDefault"]
        wanted = (default["SSEAlgorithm"], default.get("KMSMasterKeyID"))
        return (head.get("ServerSideEncryption"), head.get("SSEKMSKeyId")) == wanted


def _older(moment: datetime, days: int) -> bool:
    return datetime.now(UTC) - moment > timedelta(days=days + 1)
