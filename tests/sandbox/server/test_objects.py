"""Objects in Glacier, objects of before 2023, which nothing may have encrypted, and objects of forms."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from moto.s3.models import S3Backend

from sandbox.server import Clients, Server
from sandbox.server.clients import SandboxError
from tests.sandbox.server.asking import ACCOUNT, code, made, opened, posted, versioned

GROUP = "http://acs.amazonaws.com/groups/global/AllUsers"
ENCRYPTION = ("ServerSideEncryption", "SSEKMSKeyId", "BucketKeyEnabled", "SSECustomerAlgorithm")
CUSTOMER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}


@pytest.mark.parametrize("kind", ["GLACIER", "DEEP_ARCHIVE"])
def test_only_the_content_of_an_archived_object_waits(clients: Clients, name: str, kind: str) -> None:
    """Tags and ACL are read and set as of any other object; its content is not to be had."""
    s3 = opened(clients, name)
    which = {"Bucket": name, "Key": "k"}
    s3.put_object(**which, Body=b"x", StorageClass=kind, Tagging="a=b&c=", ACL="public-read")
    first = s3.get_object_tagging(**which)["TagSet"]
    s3.put_object_tagging(**which, Tagging={"TagSet": [{"Key": "d", "Value": "e"}]})
    grants = s3.get_object_acl(**which)["Grants"]
    s3.put_object_acl(**which, ACL="private")

    assert first == [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}]
    assert s3.get_object_tagging(**which)["TagSet"] == [{"Key": "d", "Value": "e"}]
    assert [one["Grantee"].get("URI") for one in grants] == [None, GROUP]
    assert len(s3.get_object_acl(**which)["Grants"]) == 1
    assert s3.head_object(**which)["StorageClass"] == kind
    assert code(lambda: s3.get_object(**which)) == "InvalidObjectState"


def test_each_archived_version_has_its_own_tags(clients: Clients, name: str) -> None:
    """The version that is asked for is the one that is told."""
    s3 = versioned(clients, name)
    which = {"Bucket": name, "Key": "k"}
    versions = [
        s3.put_object(**which, StorageClass="GLACIER", Tagging=f"n={number}")["VersionId"]
        for number in (1, 2)
    ]
    told = [s3.get_object_tagging(**which, VersionId=one) for one in versions]

    assert [one["TagSet"][0]["Value"] for one in told] == ["1", "2"]
    assert [one["VersionId"] for one in told] == versions
    assert s3.get_object_acl(**which, VersionId=versions[0])["Grants"]


def test_what_is_not_there_has_neither_tags_nor_acl(clients: Clients, name: str) -> None:
    """An object that is missing stays so."""
    s3 = made(clients, name)

    assert code(lambda: s3.get_object_tagging(Bucket=name, Key="k")) == "NoSuchKey"
    assert code(lambda: s3.get_object_acl(Bucket=name, Key="k")) == "NoSuchKey"


def test_an_upload_that_is_begun_leaves_the_object_alone(clients: Clients, name: str) -> None:
    """The ACL of the object of that key is another matter until the upload is complete."""
    s3 = opened(clients, name)
    s3.put_object(Bucket=name, Key="k", ACL="public-read")
    s3.create_multipart_upload(Bucket=name, Key="k")

    assert len(s3.get_object_acl(Bucket=name, Key="k")["Grants"]) == 2


def told(s3: Any, **which: str) -> list[object]:
    """What HEAD and GET say of an object's encryption."""
    answers = [s3.head_object(**which), s3.get_object(**which)]
    return [one[name] for one in answers for name in ENCRYPTION if name in one]


@pytest.mark.parametrize(
    "put",
    [
        pytest.param({}, id="the bucket's default"),
        pytest.param({"ServerSideEncryption": "aws:kms"}, id="a KMS key"),
        pytest.param(CUSTOMER, id="a key of the customer's"),
    ],
)
def test_an_object_can_be_unencrypted(
    server: Server, clients: Clients, name: str, put: dict[str, str]
) -> None:
    """HEAD and GET say of no encryption, whatever it was put with; all else of it is as it was."""
    s3 = made(clients, name)
    blocked = {"BlockedEncryptionTypes": {"EncryptionType": ["NONE"]}}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [blocked]})
    s3.put_object(Bucket=name, Key="k", Body=b"x", ContentType="text/plain", **put)
    server.make_unencrypted(name, "k")

    assert told(s3, Bucket=name, Key="k") == []
    assert s3.get_object(Bucket=name, Key="k")["Body"].read() == b"x"
    assert s3.head_object(Bucket=name, Key="k")["ContentType"] == "text/plain"


def test_a_copy_of_it_is_encrypted(server: Server, clients: Clients, name: str) -> None:
    """Whatever is written today is under the bucket's default, copied onto itself as well."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k")
    server.make_unencrypted(name, "k")
    source = {"Bucket": name, "Key": "k"}
    s3.copy_object(Bucket=name, Key="copy", CopySource=source)
    s3.copy_object(Bucket=name, Key="k", CopySource=source, MetadataDirective="REPLACE")

    assert told(s3, Bucket=name, Key="copy") == told(s3, Bucket=name, Key="k") == ["AES256", "AES256"]


def test_it_cannot_be_encrypted_in_place(server: Server, clients: Clients, name: str) -> None:
    """UpdateObjectEncryption is for encrypted objects."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k")
    server.make_unencrypted(name, "k")
    key = {"SSEKMS": {"KMSKeyArn": f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"}}
    answer = code(lambda: s3.update_object_encryption(Bucket=name, Key="k", ObjectEncryption=key))

    assert answer == "InvalidRequest"


def test_one_version_can_be_unencrypted(server: Server, clients: Clients, name: str) -> None:
    """The others are as they were; a delete marker has nothing to encrypt, which is said."""
    s3 = versioned(clients, name)
    first, second = (s3.put_object(Bucket=name, Key="k")["VersionId"] for _ in range(2))
    server.make_unencrypted(name, "k", first)
    marker = s3.delete_object(Bucket=name, Key="k")["VersionId"]

    assert told(s3, Bucket=name, Key="k", VersionId=first) == []
    assert told(s3, Bucket=name, Key="k", VersionId=second) == ["AES256", "AES256"]
    with pytest.raises(SandboxError, match="the version of 'k' is a delete marker"):
        server.make_unencrypted(name, "k", marker)
    with pytest.raises(SandboxError, match="there is no such version of 'n'"):
        server.make_unencrypted(name, "n")


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        pytest.param("<Tagging><TagSet/></Tagging>", 204, id="none"),
        pytest.param("<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>", 204, id="no value"),
        pytest.param("<Tagging>", 400, id="no XML"),
        pytest.param("<Tagging><TagSet><Tag><Key>a&amp;b</Key></Tag></TagSet></Tagging>", 400, id="unfit"),
    ],
)
def test_the_tags_of_a_form(clients: Clients, name: str, tags: str, status: int) -> None:
    """What is refused leaves no object."""
    s3 = made(clients, name)

    assert posted(s3, name, tagging=tags) == status
    assert s3.list_objects_v2(Bucket=name)["KeyCount"] == (status == 204)


def test_rivals_write_one_after_the_other(
    clients: Clients, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes between another's look at a condition and its write finds the object there."""
    s3, rivals, told = made(clients, name), list[Thread](), list[str]()
    put: Callable[..., object] = S3Backend.put_object

    def create() -> str:
        return code(lambda: s3.put_object(Bucket=name, Key="k", Body=b"x", IfNoneMatch="*"))

    def put_late(backend: S3Backend, *content: object, **more: object) -> object:
        if not rivals:
            rivals.append(Thread(target=lambda: told.append(create())))
            rivals[0].start()
            rivals[0].join(0.5)  # in vain, for it waits for its turn
        return put(backend, *content, **more)

    monkeypatch.setattr(S3Backend, "put_object", put_late)
    first = create()
    rivals[0].join()

    assert (first, told) == ("taken", ["PreconditionFailed"])
