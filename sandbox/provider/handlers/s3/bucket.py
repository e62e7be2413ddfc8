"""A bucket itself. Its settings are resources of their own; the inline ones of older programs are refused."""

from typing import Any, Final

from bucketwright.contract.partitions import partition_of
from sandbox.provider.handler import Clients, Made, Plain, RefusedError, ask, now_live
from sandbox.provider.retelling import COMPUTED, retold
from sandbox.provider.tagging import pairs, removed, said_tags, tags_of, unpaired
from sandbox.regions import located

_TYPE: Final = "aws:s3/bucket:Bucket"
_GONE: Final = frozenset({"404", "NoSuchBucket"})
_BATCH: Final = 1000


class Bucket:
    """Buckets by CreateBucket, tags and Object Lock read back, emptied first where `forceDestroy` says so."""

    type = _TYPE
    names = "bucket"
    replaces = frozenset({"bucket", "bucketNamespace", "objectLockEnabled"})
    refuses = frozenset(
        {
            "accelerationStatus", "acl", "bucketPrefix", "corsRules", "grants", "lifecycleRules", "logging",
            "objectLockConfiguration", "policy", "replicationConfiguration", "requestPayer",
            "serverSideEncryptionConfiguration", "versioning", "website",
        }
    )  # fmt: skip

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it, in the region of the clients."""
        s3, name = clients.client("s3"), str(inputs["bucket"])
        if _exists(s3, name):
            raise RefusedError(f"bucket {name} is there already")
        namespace = {"BucketNamespace": inputs["bucketNamespace"]} if "bucketNamespace" in inputs else {}
        s3.create_bucket(
            Bucket=name,
            ObjectLockEnabledForBucket=bool(inputs.get("objectLockEnabled")),
            **located(clients.region),
            **namespace,
        )
        if tags_of(inputs):
            s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": pairs(tags_of(inputs))})
        return now_live(self, clients, name, inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """Name, tags and Object Lock; `forceDestroy` is the program's own."""
        s3 = clients.client("s3")
        if not _exists(s3, id_):
            return None
        live = {
            "bucket": id_,
            "bucketNamespace": _namespace(clients, id_),
            "objectLockEnabled": _is_locked(s3, id_),
            **said_tags(_tags(s3, id_)),
            **{name: said[name] for name in ("forceDestroy",) if name in said},
        }
        defaults = {"bucketNamespace": "global", "objectLockEnabled": COMPUTED}
        return Made(id_, retold(live, said, defaults), _computed(clients, id_))

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Only tags, and what concerns nobody but the provider, change in place."""
        s3 = clients.client("s3")
        if _has_access_by_tags(s3, id_):
            _retag(clients, id_, old, new)
        elif tags_of(new):
            s3.put_bucket_tagging(Bucket=id_, Tagging={"TagSet": pairs(tags_of(new))})
        else:
            s3.delete_bucket_tagging(Bucket=id_)
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """S3 refuses to delete a bucket that holds something, unless it is to be emptied first."""
        s3 = clients.client("s3")
        if not _exists(s3, id_):
            return
        if said.get("forceDestroy"):
            _empty(s3, id_)
        ask(s3.delete_bucket, _GONE, Bucket=id_)


def _exists(s3: Any, name: str) -> bool:
    return ask(s3.head_bucket, _GONE, Bucket=name) is not None


def _tags(s3: Any, name: str) -> dict[str, str]:
    answer = ask(s3.get_bucket_tagging, ("NoSuchTagSet",), Bucket=name)
    return unpaired(answer["TagSet"]) if answer else {}


def _has_access_by_tags(s3: Any, name: str) -> bool:
    answer = ask(s3.get_bucket_abac, _GONE, Bucket=name)
    return bool(answer and answer["AbacStatus"].get("Status") == "Enabled")


def _retag(clients: Clients, name: str, old: Plain, new: Plain) -> None:
    """Where tags decide access, S3 takes no set of them as a whole."""
    control, arn = clients.client("s3control"), _arn(clients, name)
    where = {"AccountId": clients.account, "ResourceArn": arn}
    if removed(old, new):
        control.untag_resource(**where, TagKeys=removed(old, new))
    if tags_of(new):
        control.tag_resource(**where, Tags=pairs(tags_of(new)))


def _is_locked(s3: Any, name: str) -> bool:
    answer = ask(s3.get_object_lock_configuration, ("ObjectLockConfigurationNotFoundError",), Bucket=name)
    return bool(answer and answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled")


def _namespace(clients: Clients, name: str) -> str:
    """A name with this ending belongs to one account and region, and says so itself."""
    own = name.endswith(f"-{clients.account}-{clients.region}-an")
    return "account-regional" if own else "global"


def _arn(clients: Clients, name: str) -> str:
    return f"arn:{partition_of(clients.region)}:s3:::{name}"


def _computed(clients: Clients, name: str) -> Plain:
    return {
        "arn": _arn(clients, name),
        "bucketDomainName": f"{name}.s3.amazonaws.com",
        "bucketRegion": clients.region,
        "bucketRegionalDomainName": f"{name}.s3.{clients.region}.amazonaws.com",
    }


def _empty(s3: Any, name: str) -> None:
    """Takes away every version, every delete marker and every unfinished upload."""
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
        found = [
            {"Key": one["Key"], "VersionId": one["VersionId"]}
            for one in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
        ]
        for start in range(0, len(found), _BATCH):
            batch = {"Objects": found[start : start + _BATCH], "Quiet": True}
            s3.delete_objects(Bucket=name, Delete=batch, BypassGovernanceRetention=True)
    for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=name):
        for upload in page.get("Uploads", ()):
            s3.abort_multipart_upload(Bucket=name, Key=upload["Key"], UploadId=upload["UploadId"])


HANDLER: Final = Bucket()
