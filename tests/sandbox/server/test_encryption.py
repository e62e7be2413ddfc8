"""Default encryption, keys of the customer's own, and which key an object is under."""

from typing import Any

import pytest

from sandbox.server import Clients
from tests.sandbox.server.asking import ACCOUNT, OTHER, REGION, code, made

CUSTOMER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}
ANOTHER = {**CUSTOMER, "SSECustomerKey": "l" * 32}
SSE_S3 = {"SSEAlgorithm": "AES256"}


def put_rule(s3: Any, name: str, **rule: object) -> Any:
    """Put one rule, and give what is then kept."""
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    return s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"][0]


def unblocked(clients: Clients, name: str) -> Any:
    """A client for a bucket that takes SSE-C."""
    s3 = made(clients, name)
    put_rule(s3, name, BlockedEncryptionTypes={"EncryptionType": ["NONE"]})
    return s3


def test_a_rule_is_completed(clients: Clients, name: str) -> None:
    """What a rule leaves out is what S3 fills in; what was blocked stays so until it is said otherwise."""
    s3 = made(clients, name)
    first = put_rule(s3, name, ApplyServerSideEncryptionByDefault=SSE_S3)
    second = put_rule(s3, name, BlockedEncryptionTypes={"EncryptionType": ["NONE"]}, BucketKeyEnabled=True)
    third = put_rule(s3, name, ApplyServerSideEncryptionByDefault=SSE_S3)
    s3.delete_bucket_encryption(Bucket=name)
    last = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"][0]

    blocked = {"EncryptionType": ["SSE-C"]}
    as_new = {
        "ApplyServerSideEncryptionByDefault": SSE_S3,
        "BucketKeyEnabled": False,
        "BlockedEncryptionTypes": blocked,
    }
    assert first == last == as_new
    assert second == {
        "ApplyServerSideEncryptionByDefault": SSE_S3,
        "BucketKeyEnabled": True,
        "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
    }
    assert third["BlockedEncryptionTypes"] == {"EncryptionType": ["NONE"]}


@pytest.mark.parametrize(
    ("rules", "answer"),
    [
        pytest.param([], "MalformedXML", id="no rule"),
        pytest.param(
            [{"ApplyServerSideEncryptionByDefault": {**SSE_S3, "KMSMasterKeyID": "k"}}],
            "InvalidArgument",
            id="a KMS key for SSE-S3",
        ),
        pytest.param([{}, {}], "MalformedXML", id="two rules"),
    ],
)
def test_rules_that_cannot_be_are_refused(
    clients: Clients, name: str, rules: list[dict[str, Any]], answer: str
) -> None:
    """There is one rule, and a KMS key goes with KMS."""
    s3 = made(clients, name)
    put = {"Rules": rules}

    assert (
        code(lambda: s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration=put)) == answer
    )


@pytest.mark.parametrize("algorithm", ["aws:kms", "aws:kms:dsse"])
def test_objects_are_under_the_default_key(clients: Clients, name: str, algorithm: str) -> None:
    """An object put without a header is under the bucket's key, told by its full ARN on every read."""
    s3, kms = made(clients, name), clients.client("kms")
    key = kms.create_key()["KeyMetadata"]
    kms.create_alias(AliasName=f"alias/{name}", TargetKeyId=key["KeyId"])
    default = {"SSEAlgorithm": algorithm, "KMSMasterKeyID": f"alias/{name}"}
    put_rule(s3, name, ApplyServerSideEncryptionByDefault=default, BucketKeyEnabled=True)
    put = s3.put_object(Bucket=name, Key="k", Body=b"x")
    got, head = s3.get_object(Bucket=name, Key="k"), s3.head_object(Bucket=name, Key="k")

    for answer in (put, got, head):
        assert (answer["ServerSideEncryption"], answer["SSEKMSKeyId"]) == (algorithm, key["Arn"])


def test_kms_without_a_key_is_the_accounts_own(clients: Clients, name: str) -> None:
    """SSE-KMS without a key uses the account's key for S3, the same each time."""
    s3 = made(clients, name)
    puts = [
        s3.put_object(Bucket=name, Key=key, Body=b"", ServerSideEncryption="aws:kms")["SSEKMSKeyId"]
        for key in "ab"
    ]

    assert puts[0] == puts[1]
    assert puts[0].startswith(f"arn:aws:kms:{REGION}:{ACCOUNT}:key/")


@pytest.mark.parametrize("how", ["put", "copy", "upload"])
def test_sse_c_is_refused_where_blocked(clients: Clients, name: str, how: str) -> None:
    """A new bucket takes no object under the customer's key, however it is brought."""
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="source", Body=b"")
    source = {"Bucket": name, "Key": "source"}
    asks = {
        "put": lambda: s3.put_object(Bucket=name, Key="k", **CUSTOMER),
        "copy": lambda: s3.copy_object(Bucket=name, Key="k", CopySource=source, **CUSTOMER),
        "upload": lambda: s3.create_multipart_upload(Bucket=name, Key="k", **CUSTOMER),
    }

    assert code(asks[how]) == "AccessDenied"


def test_sse_c_objects_open_with_their_key(clients: Clients, name: str) -> None:
    """Where SSE-C is allowed, the same key reads the object, and no key or another does not."""
    s3 = unblocked(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"x", **CUSTOMER)
    s3.put_object(Bucket=name, Key="plain", Body=b"y")

    assert s3.head_object(Bucket=name, Key="k", **CUSTOMER)["SSECustomerAlgorithm"] == "AES256"
    assert code(lambda: s3.head_object(Bucket=name, Key="k")) == "400"
    assert code(lambda: s3.get_object(Bucket=name, Key="k", **ANOTHER)) == "InvalidRequest"
    assert code(lambda: s3.get_object(Bucket=name, Key="plain", **CUSTOMER)) == "InvalidRequest"
    assert s3.get_object(Bucket=name, Key="plain")["ServerSideEncryption"] == "AES256"


def test_sse_c_uploads_keep_their_key(clients: Clients, name: str) -> None:
    """An object uploaded in parts is under the key its upload was begun with."""
    s3 = unblocked(clients, name)
    upload = s3.create_multipart_upload(Bucket=name, Key="k", **CUSTOMER)["UploadId"]
    part = s3.upload_part(Bucket=name, Key="k", UploadId=upload, PartNumber=1, Body=b"x", **CUSTOMER)
    parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
    s3.complete_multipart_upload(Bucket=name, Key="k", UploadId=upload, MultipartUpload=parts)

    assert code(lambda: s3.get_object(Bucket=name, Key="k")) == "InvalidRequest"
    assert s3.get_object(Bucket=name, Key="k", **CUSTOMER)["Body"].read() == b"x"


def update(s3: Any, name: str, key: str, arn: str) -> str:
    """Ask for another KMS key."""
    wanted = {"SSEKMS": {"KMSKeyArn": arn, "BucketKeyEnabled": True}}
    return code(lambda: s3.update_object_encryption(Bucket=name, Key=key, ObjectEncryption=wanted))


def test_a_key_is_changed_in_place(clients: Clients, name: str) -> None:
    """After the change body, ETag, type and date are what they were, and the key is the new one."""
    s3 = made(clients, name)
    arn = clients.client("kms").create_key()["KeyMetadata"]["Arn"]
    s3.put_object(Bucket=name, Key="k", Body=b"x", ContentType="text/plain", Metadata={"a": "b"})
    before = s3.head_object(Bucket=name, Key="k")
    answer = update(s3, name, "k", arn)
    after = s3.head_object(Bucket=name, Key="k")
    same = ("ETag", "LastModified", "ContentType", "ContentLength", "Metadata")

    assert answer == "taken"
    assert [before[field] for field in same] == [after[field] for field in same]
    assert (after["ServerSideEncryption"], after["SSEKMSKeyId"], after["BucketKeyEnabled"]) == (
        "aws:kms",
        arn,
        True,
    )


def test_what_cannot_be_changed_in_place_is_refused(clients: Clients, name: str) -> None:
    """Two layers, the customer's own key, no full ARN, another account's key and no object are refused."""
    s3 = unblocked(clients, name)
    arn = clients.client("kms").create_key()["KeyMetadata"]["Arn"]
    s3.put_object(Bucket=name, Key="own", Body=b"", **CUSTOMER)
    s3.put_object(Bucket=name, Key="two", Body=b"", ServerSideEncryption="aws:kms:dsse")
    s3.put_object(Bucket=name, Key="k", Body=b"")

    assert update(s3, name, "own", arn) == "InvalidRequest"
    assert update(s3, name, "two", arn) == "InvalidRequest"
    assert update(s3, name, "k", f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/a") == "InvalidRequest"
    assert update(s3, name, "k", f"arn:aws:kms:{REGION}:{OTHER}:key/1") == "AccessDenied"
    assert update(s3, name, "none", arn) == "NoSuchKey"
