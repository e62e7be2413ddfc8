"""New buckets, lists of them, versioning and locks, uploads that are not complete."""

from typing import Any

import pytest

from sandbox.server import Clients
from tests.sandbox.server.asking import ACCOUNT, EVERYWHERE, OTHER, code, keys, made, versioned


def test_what_a_new_bucket_asks_for_it_gets(clients: Clients, name: str) -> None:
    """Ownership, lock and tags of the request hold from the beginning."""
    s3 = clients.client("s3")
    config = {"LocationConstraint": clients.region, "Tags": [{"Key": "a", "Value": "b"}]}
    s3.create_bucket(
        Bucket=name,
        CreateBucketConfiguration=config,
        ObjectOwnership="BucketOwnerPreferred",
        ObjectLockEnabledForBucket=True,
    )
    ownership = s3.get_bucket_ownership_controls(Bucket=name)["OwnershipControls"]["Rules"]
    lock = s3.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"]

    assert ownership == [{"ObjectOwnership": "BucketOwnerPreferred"}]
    assert lock == {"ObjectLockEnabled": "Enabled"}
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled"


def test_making_a_bucket_again_changes_nothing(clients: Clients, name: str) -> None:
    """In us-east-1 one's own bucket can be made again, and keeps what was changed since."""
    s3 = clients.client("s3", EVERYWHERE)
    s3.create_bucket(Bucket=name)
    s3.delete_public_access_block(Bucket=name)
    s3.create_bucket(Bucket=name)

    assert code(lambda: s3.get_public_access_block(Bucket=name)) == "NoSuchPublicAccessBlockConfiguration"


def test_names_are_for_everyone(clients: Clients, name: str) -> None:
    """Another account cannot make a bucket of a name that is taken."""
    made(clients, name)
    theirs = Clients(clients.url, OTHER, clients.region)

    assert code(lambda: made(theirs, name)) == "BucketAlreadyExists"


@pytest.mark.parametrize(
    ("suffix", "namespace", "answer"),
    [
        pytest.param(f"{ACCOUNT}-eu-west-1-an", "account-regional", "taken", id="one's own"),
        pytest.param(f"{ACCOUNT}-eu-west-1-an", None, "InvalidBucketName", id="not said to be"),
        pytest.param(f"{OTHER}-eu-west-1-an", None, "InvalidBucketName", id="another's"),
        pytest.param(f"{OTHER}-eu-west-1-an", "account-regional", "InvalidBucketName", id="claimed"),
        pytest.param(f"{ACCOUNT}-us-west-2-an", "account-regional", "InvalidNamespaceHeader", id="elsewhere"),
        pytest.param("plain", "account-regional", "InvalidNamespaceHeader", id="no such name"),
        pytest.param("plain-an", None, "taken", id="only looks like one"),
    ],
)
def test_regional_names_are_their_accounts(
    clients: Clients, name: str, suffix: str, namespace: str | None, answer: str
) -> None:
    """A name that ends in account and region belongs to that account's namespace."""
    more = {"BucketNamespace": namespace} if namespace else {}

    assert code(lambda: made(clients, f"{name}-{suffix}", **more)) == answer


def test_a_public_acl_cannot_come_with_a_new_bucket(clients: Clients, name: str) -> None:
    """Even with ACLs on, a new bucket blocks public ones."""
    more = {"ACL": "public-read", "ObjectOwnership": "ObjectWriter"}

    assert code(lambda: made(clients, name, **more)) == "InvalidBucketAclWithBlockPublicAccessError"
    assert code(lambda: made(clients, name, ACL="private")) == "taken"


def test_buckets_are_listed_by_page_prefix_and_region(clients: Clients, name: str) -> None:
    """Pages together hold each bucket once; prefix and region narrow the list."""
    s3 = clients.client("s3")
    for number in range(5):
        made(clients, f"{name}-{number}")
    made(Clients(clients.url, ACCOUNT, "us-west-2"), f"{name}-far")
    pages = s3.get_paginator("list_buckets").paginate(Prefix=f"{name}-", PaginationConfig={"PageSize": 2})
    paged = [bucket["Name"] for page in pages for bucket in page["Buckets"]]
    far = s3.list_buckets(Prefix=name, BucketRegion="us-west-2")["Buckets"]
    plain = s3.list_buckets()["Buckets"]

    assert paged == sorted([f"{name}-far", *(f"{name}-{number}" for number in range(5))])
    assert keys(far, "Name", "BucketRegion") == [(f"{name}-far", "us-west-2")]
    assert all("BucketRegion" not in bucket for bucket in plain)
    assert code(lambda: s3.list_buckets(MaxBuckets=10_001)) == "InvalidArgument"


@pytest.mark.parametrize("at_once", [False, True], ids=["by itself", "with others"])
def test_a_delete_marker_without_a_version_id_can_be_deleted(
    clients: Clients, name: str, *, at_once: bool
) -> None:
    """Where versioning is suspended a marker is the version `null`; nothing is left of the key."""
    s3 = made(clients, name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Suspended"})
    s3.put_object(Bucket=name, Key="a")
    s3.delete_object(Bucket=name, Key="a")

    if at_once:
        s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "a", "VersionId": "null"}]})
    else:
        assert s3.delete_object(Bucket=name, Key="a", VersionId="null")["DeleteMarker"]

    left = s3.list_object_versions(Bucket=name)
    assert not {"Versions", "DeleteMarkers"} & left.keys()


def test_many_are_deleted_as_one_is_while_versioning_is_suspended(clients: Clients, name: str) -> None:
    """The version that has an id stays, and a marker is over it."""
    s3 = made(clients, name)
    for status in ("Enabled", "Suspended"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": status})
        s3.put_object(Bucket=name, Key="a")

    told = s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "a"}]})["Deleted"]
    found = s3.list_object_versions(Bucket=name)

    assert told == [{"Key": "a", "DeleteMarker": True, "DeleteMarkerVersionId": "null"}]
    assert keys(found["DeleteMarkers"], "VersionId", "IsLatest") == [("null", True)]
    assert [one["VersionId"] != "null" for one in found["Versions"]] == [True]


def test_versioning_is_suspended_where_nothing_needs_it(clients: Clients, name: str) -> None:
    """Without lock and replication versioning can be suspended; never set, it has no status."""
    s3 = made(clients, name)
    before = s3.get_bucket_versioning(Bucket=name)
    for status in ("Enabled", "Suspended"):
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": status})

    assert "Status" not in before
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Suspended"


LOCK = {"ObjectLockEnabled": "Enabled"}


@pytest.mark.parametrize(
    ("config", "answer"),
    [
        pytest.param(LOCK, "taken", id="no default"),
        pytest.param(
            {**LOCK, "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 1}}}, "taken", id="years"
        ),
        pytest.param(
            {**LOCK, "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Years": 1, "Days": 1}}},
            "MalformedXML",
            id="years and days",
        ),
        pytest.param(
            {**LOCK, "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE"}}}, "MalformedXML", id="no time"
        ),
        pytest.param({}, "MalformedXML", id="not enabled"),
    ],
)
def test_locks_are_as_s3_takes_them(clients: Clients, name: str, config: dict[str, Any], answer: str) -> None:
    """A lock lasts days or years; what is taken comes back."""
    s3 = versioned(clients, name)
    put = code(lambda: s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=config))

    assert put == answer
    if answer == "taken":
        assert s3.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"] == config


def test_locks_need_versions(clients: Clients, name: str) -> None:
    """A bucket without versioning takes no lock, and an object without retention says so."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"")
    put = code(lambda: s3.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=LOCK))

    assert put == "InvalidBucketState"
    assert code(lambda: s3.get_object_retention(Bucket=name, Key="k")) == "NoSuchObjectLockConfiguration"
    assert code(lambda: s3.get_object_retention(Bucket=name, Key="n")) == "NotImplemented"


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_uploads_are_paged(clients: Clients, name: str, size: int) -> None:
    """Pages of any size hold every upload once, by key and then by date."""
    s3 = made(clients, name)
    begun = [s3.create_multipart_upload(Bucket=name, Key=key)["UploadId"] for key in ("b", "a é", "b", "c")]
    pages = s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=name, PaginationConfig={"PageSize": size}
    )
    found = [(one["Key"], one["UploadId"]) for page in pages for one in page["Uploads"]]

    assert [key for key, _ in found] == ["a é", "b", "b", "c"]
    assert sorted(ident for _, ident in found) == sorted(begun)


def test_uploads_are_rolled_up(clients: Clients, name: str) -> None:
    """Below a prefix, keys with a further delimiter show as common prefixes, once each across pages."""
    s3 = made(clients, name)
    for key in ("p/a/1", "p/a/2", "p/b", "p/c/1", "q"):
        s3.create_multipart_upload(Bucket=name, Key=key)
    pages = s3.get_paginator("list_multipart_uploads").paginate(
        Bucket=name, Prefix="p/", Delimiter="/", PaginationConfig={"PageSize": 1}
    )
    found = [
        [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]
        + [entry["Key"] for entry in page.get("Uploads", [])]
        for page in pages
    ]

    assert found == [["p/a/"], ["p/b"], ["p/c/"]]


def test_an_upload_is_completed_twice(clients: Clients, name: str) -> None:
    """Completing again what was just completed is fine; aborting it is not."""
    s3 = made(clients, name)
    upload = s3.create_multipart_upload(Bucket=name, Key="k")["UploadId"]
    part = s3.upload_part(Bucket=name, Key="k", UploadId=upload, PartNumber=1, Body=b"x")
    done = {
        "Bucket": name,
        "Key": "k",
        "UploadId": upload,
        "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
    }
    first = s3.complete_multipart_upload(**done)["ETag"]

    assert s3.complete_multipart_upload(**done)["ETag"] == first
    assert code(lambda: s3.abort_multipart_upload(Bucket=name, Key="k", UploadId=upload)) == "NoSuchUpload"
    assert code(lambda: s3.list_parts(Bucket=name, Key="k", UploadId=upload)) == "NoSuchUpload"
