"""New buckets, lists, encryption of objects, KMS, CloudFront: what is asked, and what AWS answers."""

from typing import Any

from sandbox.server import Clients
from tests.sandbox.server.asking import ACCOUNT, OTHER, Probe, code, keys, made, policy

_CUSTOMER = {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": "k" * 32}


def _new_block(clients: Clients, name: str) -> object:
    return code(lambda: made(clients, name).get_public_access_block(Bucket=name))


def _new_ownership(clients: Clients, name: str) -> object:
    return code(lambda: made(clients, name).get_bucket_ownership_controls(Bucket=name))


def _new_tags(clients: Clients, name: str) -> object:
    s3 = clients.client("s3")
    tags = [{"Key": "a", "Value": "b"}]
    config = {"LocationConstraint": clients.region, "Tags": tags}
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=config)
    return code(lambda: s3.get_bucket_tagging(Bucket=name))


def _new_acl(clients: Clients, name: str) -> object:
    return code(lambda: made(clients, name, ACL="public-read"))


def _namespace(clients: Clients, name: str) -> object:
    return code(lambda: made(clients, f"{name}-{OTHER}-eu-west-1-an"))


def _pages(clients: Clients, name: str) -> object:
    s3 = made(clients, f"{name}-a")
    made(clients, f"{name}-b")
    page = s3.list_buckets(Prefix=f"{name}-", MaxBuckets=1)
    token = page.get("ContinuationToken")
    rest = s3.list_buckets(Prefix=f"{name}-", ContinuationToken=token) if token else {"Buckets": []}
    return keys(page["Buckets"], "Name") + keys(rest["Buckets"], "Name") == [
        (f"{name}-a",),
        (f"{name}-b",),
    ]


def _regions(clients: Clients, name: str) -> object:
    return keys(made(clients, name).list_buckets(Prefix=name, MaxBuckets=9)["Buckets"], "BucketRegion")


def _unblocked(clients: Clients, name: str) -> Any:
    s3 = made(clients, name)
    rule = {
        "ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"},
        "BlockedEncryptionTypes": {"EncryptionType": ["NONE"]},
    }
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [rule]})
    return s3


def _customer_key_blocked(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    return code(lambda: s3.put_object(Bucket=name, Key="k", Body=b"", **_CUSTOMER))


def _customer_key(clients: Clients, name: str) -> object:
    s3 = _unblocked(clients, name)
    put = s3.put_object(Bucket=name, Key="k", Body=b"x", **_CUSTOMER)
    without = code(lambda: s3.get_object(Bucket=name, Key="k"))
    got = s3.get_object(Bucket=name, Key="k", **_CUSTOMER)
    return put.get("SSECustomerAlgorithm"), without, got["Body"].read(), got.get("ServerSideEncryption")


def _key_arn(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    metadata = clients.client("kms").create_key()["KeyMetadata"]
    kms = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": metadata["KeyId"]}
    s3.put_object(Bucket=name, Key="k", Body=b"", **kms)
    return s3.head_object(Bucket=name, Key="k").get("SSEKMSKeyId") == metadata["Arn"]


def _update(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"body")
    arn = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1"
    s3.update_object_encryption(Bucket=name, Key="k", ObjectEncryption={"SSEKMS": {"KMSKeyArn": arn}})
    got = s3.get_object(Bucket=name, Key="k")
    return got["Body"].read(), got.get("ServerSideEncryption")


def _copied(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    default = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [default]})
    s3.put_object(Bucket=name, Key="k", Body=b"")
    s3.copy_object(Bucket=name, Key="k", CopySource={"Bucket": name, "Key": "k"}, MetadataDirective="REPLACE")
    return s3.head_object(Bucket=name, Key="k").get("ServerSideEncryption")


def _archived(clients: Clients, name: str) -> object:
    s3 = made(clients, name)
    s3.put_object(Bucket=name, Key="k", Body=b"", StorageClass="GLACIER", Tagging="a=b")
    tags = code(lambda: s3.get_object_tagging(Bucket=name, Key="k"))
    acl = code(lambda: s3.get_object_acl(Bucket=name, Key="k"))
    return tags, acl, code(lambda: s3.get_object(Bucket=name, Key="k"))


def _rotation(clients: Clients, _name: str) -> object:
    kms = clients.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=100)
    return kms.get_key_rotation_status(KeyId=key).get("RotationPeriodInDays")


def _switched_by_arn(clients: Clients, _name: str) -> object:
    kms = clients.client("kms")
    arn = kms.create_key()["KeyMetadata"]["Arn"]
    kms.disable_key(KeyId=arn)
    kms.enable_key(KeyId=arn)
    return kms.describe_key(KeyId=arn)["KeyMetadata"]["KeyState"]


def _rotation_while_deleted(clients: Clients, _name: str) -> object:
    kms = clients.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    kms.enable_key_rotation(KeyId=key)
    kms.schedule_key_deletion(KeyId=key, PendingWindowInDays=7)
    return kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"]


def _key_policy(clients: Clients, _name: str) -> object:
    who = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/nobody"}
    text = policy({"Effect": "Allow", "Principal": who, "Action": "kms:*", "Resource": "*"})
    return code(lambda: clients.client("kms").create_key(Policy=text))


def _public_key(clients: Clients, name: str) -> object:
    edge = clients.client("cloudfront")
    config = {"CallerReference": name, "Name": name, "EncodedKey": "key", "Comment": "first"}
    put = edge.create_public_key(PublicKeyConfig=config)
    ident, tag = put["PublicKey"]["Id"], put["ETag"]
    answer = code(
        lambda: edge.update_public_key(Id=ident, IfMatch=tag, PublicKeyConfig={**config, "Comment": "then"})
    )
    return put["PublicKey"]["PublicKeyConfig"]["Comment"], answer


def _key_group(clients: Clients, name: str) -> object:
    edge = clients.client("cloudfront")
    put = edge.create_key_group(KeyGroupConfig={"Name": name, "Items": ["K1"], "Comment": "first"})
    ident, tag = put["KeyGroup"]["Id"], put["ETag"]
    answer = code(lambda: edge.delete_key_group(Id=ident, IfMatch=tag))
    return put["KeyGroup"]["KeyGroupConfig"].get("Comment"), answer


def _headers_policy(clients: Clients, name: str) -> object:
    edge = clients.client("cloudfront")
    return code(lambda: edge.create_response_headers_policy(ResponseHeadersPolicyConfig={"Name": name}))


def distribution(name: str) -> dict[str, Any]:
    """The least that makes a distribution of one bucket, with settings that moto drops."""
    origin = {
        "Id": "files",
        "DomainName": f"{name}.s3.eu-west-1.amazonaws.com",
        "OriginAccessControlId": "E123",
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    return {
        "CallerReference": name,
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [origin]},
        "DefaultCacheBehavior": {
            "TargetOriginId": "files",
            "ViewerProtocolPolicy": "https-only",
            "ResponseHeadersPolicyId": "R1",
        },
    }


def _distribution(clients: Clients, name: str) -> object:
    made_one = clients.client("cloudfront").create_distribution(DistributionConfig=distribution(name))
    config = made_one["Distribution"]["DistributionConfig"]
    origin = config["Origins"]["Items"][0]
    behaviour = config["DefaultCacheBehavior"]
    return origin.get("OriginAccessControlId"), behaviour.get("ResponseHeadersPolicyId")


def _certificate(clients: Clients, name: str) -> object:
    own = {"ACMCertificateArn": "arn:aws:acm:us-east-1:1:certificate/a", "SSLSupportMethod": "sni-only"}
    config = {**distribution(name), "ViewerCertificate": own}
    made_one = clients.client("cloudfront").create_distribution(DistributionConfig=config)["Distribution"]
    told = made_one["DistributionConfig"]["ViewerCertificate"]
    return told["CloudFrontDefaultCertificate"], told["CertificateSource"]


def _listed_distribution(clients: Clients, name: str) -> object:
    edge = clients.client("cloudfront")
    ident = edge.create_distribution(DistributionConfig=distribution(name))["Distribution"]["Id"]
    listed = edge.list_distributions()["DistributionList"]["Items"]
    found = next(one for one in listed if one["Id"] == ident)
    return found["Origins"]["Items"][0].get("OriginAccessControlId")


OBJECT_PROBES = (
    Probe("archived-objects", _archived, ("taken", "taken", "InvalidObjectState")),
    Probe("bucket-list-pages", _pages, True),
    Probe("bucket-list-regions", _regions, [("eu-west-1",)]),
    Probe("bucket-namespace", _namespace, "InvalidBucketName"),
    Probe("customer-keys-blocked", _customer_key_blocked, "AccessDenied"),
    Probe("customer-keys", _customer_key, ("AES256", "InvalidRequest", b"x", None)),
    Probe("distribution-certificates", _certificate, (False, "acm")),
    Probe("distribution-lists", _listed_distribution, "E123"),
    Probe("distribution-settings", _distribution, ("E123", "R1")),
    Probe("copies-encrypted-by-default", _copied, "aws:kms"),
    Probe("key-group-updates", _key_group, ("first", "taken")),
    Probe("key-policies", _key_policy, "MalformedPolicyDocumentException"),
    Probe("key-rotation-period", _rotation, 100),
    Probe("key-switched-by-arn", _switched_by_arn, "Enabled"),
    Probe("key-rotation-while-deleted", _rotation_while_deleted, False),
    Probe("new-bucket-acl", _new_acl, "InvalidBucketAclWithObjectOwnership"),
    Probe("new-bucket-ownership", _new_ownership, "taken"),
    Probe("new-bucket-public-access-block", _new_block, "taken"),
    Probe("new-bucket-tags", _new_tags, "taken"),
    Probe("object-encryption-update", _update, (b"body", "aws:kms")),
    Probe("object-key-arns", _key_arn, True),
    Probe("public-key-updates", _public_key, ("first", "taken")),
    Probe("response-headers-policies", _headers_policy, "taken"),
)
