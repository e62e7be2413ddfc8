"""Named configurations, versioning, locks, uploads: what is asked, and what AWS answers."""

from typing import Any

from sandbox.server import Clients
from tests.sandbox.server.asking import Probe, code, keys, made, posted, sent, signature, versioned


def _kept_and_deleted(kind: str, config: dict[str, Any]) -> Any:
    """Whether a configuration is returned and listed as put, and its deletion spares the bucket."""
    body, ident = f"{kind}Configuration", config["Id"]
    noun = {"IntelligentTiering": "intelligent_tiering"}.get(kind, kind.lower())

    def ask(clients: Clients, name: str) -> object:
        s3 = made(clients, name)
        getattr(s3, f"put_bucket_{noun}_configuration")(Bucket=name, Id=ident, **{body: config})
        got = getattr(s3, f"get_bucket_{noun}_configuration")(Bucket=name, Id=ident)
        listed = getattr(s3, f"list_bucket_{noun}_configurations")(Bucket=name)
        getattr(s3, f"delete_bucket_{noun}_configuration")(Bucket=name, Id=ident)
        return got[body], listed.get(f"{body}List"), code(lambda: s3.head_bucket(Bucket=name))

    return ask, (config, [config], "taken")


_TIERING = {"Id": "t", "Status": "Enabled", "Tierings": [{"Days": 90, "AccessTier": "ARCHIVE_ACCESS"}]}
_METRICS = {"Id": "m", "Filter": {"Prefix": "p/"}}
_ANALYTICS: dict[str, Any] = {"Id": "a", "StorageClassAnalysis": {}}


def _inventory(bucket: str) -> dict[str, Any]:
    return {
        "Id": "i",
        "IsEnabled": True,
        "IncludedObjectVersions": "Current",
        "OptionalFields": ["Size", "ETag"],
        "Schedule": {"Frequency": "Weekly"},
        "Destination": {"S3BucketDestination": {"Bucket": f"arn:aws:s3:::{bucket}", "Format": "Parquet"}},
    }


def _put_inventory(clients: Clients, name: str) -> Any:
    s3 = made(clients, name)
    s3.put_bucket_inventory_configuration(Bucket=name, Id="i", InventoryConfiguration=_inventory(name))
    return s3


def _inventory_versions(clients: Clients, name: str) -> object:
    got = _put_inventory(clients, name).get_bucket_inventory_configuration(Bucket=name, Id="i")
    return got["InventoryConfiguration"]["IncludedObjectVersions"]


def _inventory_list(clients: Clients, name: str) -> object:
    got = _put_inventory(clients, name).list_bucket_inventory_configurations(Bucket=name)
    return got["InventoryConfigurationList"][0]["OptionalFields"]


def _inventory_deletion(clients: Clients, name: str) -> object:
    s3 = _put_inventory(clients, name)
    s3.delete_bucket_inventory_configuration(Bucket=name, Id="i")
    return code(lambda: s3.head_bucket(Bucket=name))


def _unknown_setting(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    answer = code(lambda: s3.delete_bucket_metadata_table_configuration(Bucket=name))
    return answer, code(lambda: s3.head_bucket(Bucket=name))


def _metadata_tables(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    before = code(lambda: s3.get_bucket_metadata_configuration(Bucket=name))
    tables: dict[str, Any] = {
        "JournalTableConfiguration": {"RecordExpiration": {"Expiration": "DISABLED"}},
        "InventoryTableConfiguration": {"ConfigurationState": "DISABLED"},
    }
    s3.create_bucket_metadata_configuration(Bucket=name, MetadataConfiguration=tables)
    s3.update_bucket_metadata_inventory_table_configuration(
        Bucket=name, InventoryTableConfiguration={"ConfigurationState": "ENABLED"}
    )
    got = s3.get_bucket_metadata_configuration(Bucket=name)["GetBucketMetadataConfigurationResult"]
    s3.delete_bucket_metadata_configuration(Bucket=name)
    after = code(lambda: s3.get_bucket_metadata_configuration(Bucket=name))
    result = got["MetadataConfigurationResult"]
    journal, inventory = (result[f"{one}TableConfigurationResult"] for one in ("Journal", "Inventory"))
    told = journal["RecordExpiration"]["Expiration"], inventory["ConfigurationState"]
    return before, told, after, code(lambda: s3.head_bucket(Bucket=name))


def _analyzers(clients: Clients, name: str) -> object:
    analyzers = clients.client("accessanalyzer")
    before = keys(analyzers.list_analyzers()["analyzers"], "name")
    analyzers.create_analyzer(analyzerName=name, type="ACCOUNT")
    again = code(lambda: analyzers.create_analyzer(analyzerName=name, type="ACCOUNT"))
    during = keys(analyzers.list_analyzers()["analyzers"], "name", "type", "status")
    elsewhere = clients.client("accessanalyzer", "us-east-1").list_analyzers()["analyzers"]
    analyzers.delete_analyzer(analyzerName=name)
    after = code(lambda: analyzers.delete_analyzer(analyzerName=name))
    return before, again, during == [(name, "ACCOUNT", "ACTIVE")], elsewhere, after


def _directory_buckets(clients: Clients, name: str) -> object:
    made(clients, name)
    return clients.client("s3").list_directory_buckets()["Buckets"]


def _checksums(clients: Clients, name: str) -> object:
    s3 = versioned(clients, name)
    s3.put_object(Bucket=name, Key="a b", Body=b"", ChecksumAlgorithm="SHA256")
    sent(clients.url, "PUT", f"/{name}/plain", b"", Authorization=signature(clients.region)).read()
    listed = (
        s3.list_object_versions(Bucket=name)["Versions"],
        s3.list_objects_v2(Bucket=name)["Contents"],
    )
    return [[one.get("ChecksumAlgorithm") for one in rows] for rows in listed]


def _odd_keys(clients: Clients, name: str) -> object:
    s3, odd = versioned(clients, name), ("a\x01b", "c d+\u00e9&", "\ufffe", "\r", "\U00100001")
    for key in odd:
        s3.put_object(Bucket=name, Key=key, Body=b"")
        s3.delete_object(Bucket=name, Key=key)
    listed = s3.list_object_versions(Bucket=name, MaxKeys=6)
    rest = s3.list_object_versions(
        Bucket=name, KeyMarker=listed["NextKeyMarker"], VersionIdMarker=listed["NextVersionIdMarker"]
    )
    found = [one["Key"] for page in (listed, rest) for one in page.get("Versions", ())]
    return sorted(found) == sorted(odd)


def _blanks_of_tags(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": [{"Key": " a ", "Value": " b c "}]})
    return s3.get_bucket_tagging(Bucket=name)["TagSet"]


def _empty_tag(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    tags = [{"Key": "empty", "Value": ""}]
    s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    return s3.get_bucket_tagging(Bucket=name)["TagSet"]


def _suspended(clients: Clients, name: str) -> tuple[Any, list[str]]:
    """A bucket with two versions of one object, the second from when versioning was suspended."""
    s3 = versioned(clients, name)
    first = s3.put_object(Bucket=name, Key="k", Body=b"1")["VersionId"]
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=name, Key="k", Body=b"22")
    return s3, [first, "null"]


def _suspended_heads(clients: Clients, name: str) -> object:
    s3, versions = _suspended(clients, name)
    never = f"{name}-never"
    made(clients, never).put_object(Bucket=never, Key="k", Body=b"333")
    heads = [s3.head_object(Bucket=name, Key="k", VersionId=one) for one in versions]
    heads.append(s3.head_object(Bucket=never, Key="k", VersionId="null"))
    return [(one["ContentLength"], "VersionId" in one) for one in heads]


def _suspended_puts(clients: Clients, name: str) -> object:
    s3, versions = _suspended(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"333")
    found = s3.list_object_versions(Bucket=name)["Versions"]
    return keys(found, "Size", "IsLatest"), {one["VersionId"] for one in found} == set(versions)


def _suspended_deletions(clients: Clients, name: str) -> object:
    s3, versions = _suspended(clients, name)
    s3.delete_object(Bucket=name, Key="k")
    marked = s3.list_object_versions(Bucket=name)
    s3.delete_object(Bucket=name, Key="k", VersionId="null")
    left = s3.list_object_versions(Bucket=name)
    shown = keys(marked["Versions"], "VersionId") == [(versions[0],)]
    return shown, keys(marked["DeleteMarkers"], "VersionId"), keys(left["Versions"], "Size", "IsLatest")


def _put_mfa_delete(s3: Any, name: str, status: str) -> str:
    put = {"Status": "Enabled", "MFADelete": status}
    return code(
        lambda: s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=put, MFA="device 123456")
    )


def _mfa_delete(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    _put_mfa_delete(s3, name, "Enabled")
    return s3.get_bucket_versioning(Bucket=name).get("MFADelete")


_SWEEP = {"Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 9}}


def _mfa_delete_after_rules(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": [_SWEEP]})
    return _put_mfa_delete(s3, name, "Enabled")


def _version_without_factor(clients: Clients, name: str) -> object:
    s3 = versioned(clients, name)
    version = s3.put_object(Bucket=name, Key="k", Body=b"")["VersionId"]
    _put_mfa_delete(s3, name, "Enabled")
    return code(lambda: s3.delete_object(Bucket=name, Key="k", VersionId=version))


def _suspended_under_lock(clients: Clients, name: str) -> object:
    s3 = made(clients, name, ObjectLockEnabledForBucket=True)
    put = {"Status": "Suspended"}
    return code(lambda: s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=put))


_LOCK = {"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 3}}}


def _lock_later(clients: Clients, name: str) -> object:
    s3 = versioned(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"")
    return code(lambda: s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=_LOCK))


def _retention(clients: Clients, name: str) -> object:
    s3 = made(clients, name, ObjectLockEnabledForBucket=True)
    s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=_LOCK)
    s3.put_object(Bucket=name, Key="k", Body=b"<nothing/>")
    return s3.get_object_retention(Bucket=name, Key="k")["Retention"].get("Mode")


def _locked_upload(clients: Clients, name: str) -> object:
    s3 = made(clients, name, ObjectLockEnabledForBucket=True)
    s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=_LOCK)
    upload = {"UploadId": s3.create_multipart_upload(Bucket=name, Key="k")["UploadId"]}
    part = s3.upload_part(Bucket=name, Key="k", PartNumber=1, Body=b"x", **upload)
    parts = [{"ETag": part["ETag"], "PartNumber": 1}]
    s3.complete_multipart_upload(Bucket=name, Key="k", MultipartUpload={"Parts": parts}, **upload)
    return s3.head_object(Bucket=name, Key="k").get("ObjectLockMode")


def _locked_form(clients: Clients, name: str) -> object:
    s3 = made(clients, name, ObjectLockEnabledForBucket=True)
    s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=_LOCK)
    posted(s3, name)
    return s3.head_object(Bucket=name, Key="k").get("ObjectLockMode")


def _tagged_form(clients: Clients, name: str) -> object:
    s3 = versioned(clients, name)
    tags = "<Tagging><TagSet><Tag><Key>a</Key><Value>b c/1</Value></Tag></TagSet></Tagging>"
    posted(s3, name, tagging=tags)
    tagged = s3.get_object_tagging(Bucket=name, Key="k")["TagSet"]
    return {one["Key"]: one["Value"] for one in tagged}


def _locked_copy(clients: Clients, name: str) -> object:
    s3 = made(clients, name, ObjectLockEnabledForBucket=True)
    s3.put_object(Bucket=name, Key="k", Body=b"x")
    told = {"MetadataDirective": "REPLACE", "ContentType": "text/css", "ObjectLockLegalHoldStatus": "ON"}
    s3.copy_object(Bucket=name, Key="k", CopySource={"Bucket": name, "Key": "k"}, **told)
    return s3.head_object(Bucket=name, Key="k")["ObjectLockLegalHoldStatus"]


def _upload_date(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.create_multipart_upload(Bucket=name, Key="k")
    return s3.list_multipart_uploads(Bucket=name)["Uploads"][0]["Initiated"].year > 2010


def _absent_upload(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    return code(lambda: s3.upload_part(Bucket=name, Key="k", UploadId="none", PartNumber=1, Body=b""))


def _upload_pages(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    for key in ("b", "a", "c/1", "c/2"):
        s3.create_multipart_upload(Bucket=name, Key=key)
    page = s3.list_multipart_uploads(Bucket=name, Delimiter="/", MaxUploads=2)
    rest = s3.list_multipart_uploads(Bucket=name, Delimiter="/", KeyMarker="b")
    return keys(page["Uploads"], "Key"), page["IsTruncated"], rest.get("CommonPrefixes")


def _probe(gap: str, kind: str, config: dict[str, Any]) -> Probe:
    ask, answer = _kept_and_deleted(kind, config)
    return Probe(gap, ask, answer)


CONFIGURATION_PROBES = (
    _probe("intelligent-tiering", "IntelligentTiering", _TIERING),
    _probe("request-metrics", "Metrics", _METRICS),
    _probe("storage-analytics", "Analytics", _ANALYTICS),
    Probe("inventory-versions", _inventory_versions, "Current"),
    Probe("inventory-lists", _inventory_list, ["Size", "ETag"]),
    Probe("inventory-deletion", _inventory_deletion, "taken"),
    Probe("unknown-subresources", _unknown_setting, ("NotImplemented", "taken")),
    Probe("access-analyzers", _analyzers, ([], "ConflictException", True, [], "ResourceNotFoundException")),
    Probe("checksums-listed", _checksums, [[["SHA256"], ["CRC64NVME"]]] * 2),
    Probe("encoded-version-lists", _odd_keys, True),
    Probe("empty-tag-values", _empty_tag, [{"Key": "empty", "Value": ""}]),
    Probe("blanks-of-tags", _blanks_of_tags, [{"Key": " a ", "Value": " b c "}]),
    Probe("directory-buckets", _directory_buckets, []),
    Probe(
        "metadata-tables",
        _metadata_tables,
        ("MetadataConfigurationNotFound", ("DISABLED", "ENABLED"), "MetadataConfigurationNotFound", "taken"),
    ),
    Probe("suspended-heads", _suspended_heads, [(1, True), (2, True), (3, False)]),
    Probe("suspended-puts", _suspended_puts, ([(3, True), (1, False)], True)),
    Probe("suspended-deletions", _suspended_deletions, (True, [("null",)], [(1, True)])),
    Probe("mfa-delete-and-lifecycle", _mfa_delete_after_rules, "InvalidBucketState"),
    Probe("mfa-delete-kept", _mfa_delete, "Enabled"),
    Probe("mfa-delete-of-versions", _version_without_factor, "AccessDenied"),
    Probe("versioning-needed", _suspended_under_lock, "InvalidBucketState"),
    Probe("object-lock-existing-buckets", _lock_later, "taken"),
    Probe("object-retention", _retention, "GOVERNANCE"),
    Probe("object-lock-copies", _locked_copy, "ON"),
    Probe("object-lock-uploads", _locked_upload, "GOVERNANCE"),
    Probe("form-locks", _locked_form, "GOVERNANCE"),
    Probe("form-tags", _tagged_form, {"a": "b c/1"}),
    Probe("upload-absence", _absent_upload, "NoSuchUpload"),
    Probe("upload-dates", _upload_date, True),
    Probe("upload-lists", _upload_pages, ([("a",), ("b",)], True, [{"Prefix": "c/"}])),
)
