"""MFA delete: when the root user's device is asked for, and what MFA delete does not go with."""

from functools import partial
from typing import Any

import pytest

from sandbox.server import Clients
from tests.sandbox.server.asking import code, made, versioned

DEVICE = {"MFA": "device 123456"}
ON = {"Status": "Enabled", "MFADelete": "Enabled"}
OFF = {"Status": "Enabled", "MFADelete": "Disabled"}
PLAIN = {"Status": "Enabled"}
SUSPENDED = {"Status": "Suspended"}
RULES = {"Rules": [{"Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 9}}]}


def put(s3: Any, name: str, *each: dict[str, str], **device: str) -> list[str]:
    """What is said to one versioning after the other."""
    call = partial(s3.put_bucket_versioning, Bucket=name, **device)
    return [code(partial(call, VersioningConfiguration=one)) for one in each]


def guarded(clients: Clients, name: str) -> tuple[Any, str]:
    """A client for a bucket under MFA delete, and a version in it."""
    s3 = versioned(clients, name)
    version = s3.put_object(Bucket=name, Key="k", Body=b"")["VersionId"]
    put(s3, name, ON, **DEVICE)
    return s3, version


@pytest.mark.parametrize("asked", [ON, OFF, PLAIN, SUSPENDED], ids=["on", "off", "plain", "suspended"])
def test_once_on_every_change_needs_the_device(clients: Clients, name: str, asked: dict[str, str]) -> None:
    """Without the device versioning stays as it is, whatever is asked; with it, it is changed."""
    s3, _ = guarded(clients, name)

    assert put(s3, name, asked) == ["AccessDenied"]
    assert s3.get_bucket_versioning(Bucket=name)["MFADelete"] == "Enabled"
    assert put(s3, name, asked, **DEVICE) == ["taken"]


def test_turning_it_on_needs_the_device(clients: Clients, name: str) -> None:
    """Without the device nothing is turned on."""
    s3 = made(clients, name)

    assert put(s3, name, ON) == ["AccessDenied"]
    assert "MFADelete" not in s3.get_bucket_versioning(Bucket=name)


def test_where_it_is_off_nobody_asks_for_the_device(clients: Clients, name: str) -> None:
    """Neither before it was on, though it is said to be off, nor after it was turned off."""
    s3 = made(clients, name)
    before = put(s3, name, OFF, SUSPENDED)
    turned = put(s3, name, ON, OFF, **DEVICE)
    after = put(s3, name, SUSPENDED, PLAIN)
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=RULES)
    version = s3.put_object(Bucket=name, Key="k", Body=b"")["VersionId"]

    assert {*before, *turned, *after} == {"taken"}
    assert s3.get_bucket_versioning(Bucket=name)["MFADelete"] == "Disabled"
    assert code(lambda: s3.delete_object(Bucket=name, Key="k", VersionId=version)) == "taken"


def test_rules_are_refused_where_it_is_on(clients: Clients, name: str) -> None:
    """S3 has no lifecycle for such a bucket."""
    s3, _ = guarded(clients, name)
    answer = code(lambda: s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=RULES))

    assert answer == "InvalidBucketState"
    assert code(lambda: s3.get_bucket_lifecycle_configuration(Bucket=name)) == "NoSuchLifecycleConfiguration"


def test_it_is_refused_where_there_are_rules(clients: Clients, name: str) -> None:
    """The rules have to go first, and then it is taken."""
    s3 = made(clients, name)
    s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration=RULES)
    first = put(s3, name, ON, **DEVICE)
    s3.delete_bucket_lifecycle(Bucket=name)

    assert first + put(s3, name, ON, **DEVICE) == ["InvalidBucketState", "taken"]


@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
def test_a_version_is_deleted_with_the_device(clients: Clients, name: str, several: bool) -> None:
    """Without it the version stays, and so does all else that was to be deleted with it."""
    s3, version = guarded(clients, name)
    s3.put_object(Bucket=name, Key="other", Body=b"")
    which = {"Key": "k", "VersionId": version}

    def delete(**device: str) -> str:
        if not several:
            return code(lambda: s3.delete_object(Bucket=name, **which, **device))
        objects = {"Objects": [{"Key": "other"}, which]}
        return code(lambda: s3.delete_objects(Bucket=name, Delete=objects, **device))

    refused = delete()
    left = s3.list_object_versions(Bucket=name)
    assert (refused, len(left["Versions"]), "DeleteMarkers" in left) == ("AccessDenied", 2, False)
    assert delete(**DEVICE) == "taken"
    assert [one["Key"] for one in s3.list_object_versions(Bucket=name)["Versions"]] == ["other"]


def test_a_marker_needs_no_device(clients: Clients, name: str) -> None:
    """Deleting an object without naming a version can be undone."""
    s3, _ = guarded(clients, name)

    assert s3.delete_object(Bucket=name, Key="k")["DeleteMarker"] is True
    assert code(lambda: s3.delete_objects(Bucket=name, Delete={"Objects": [{"Key": "k"}]})) == "taken"
