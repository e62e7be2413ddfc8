"""What is to be seen after each drift? One line each, by hand: the fact, and what it is like now."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.sandbox.drifts.facts import ABSENT

Seen = Callable[[Any, Any], bool]
"""Whether a fact that was so is like that now."""
STRANGER = "arn:aws:iam::999988887777:root"
FOREIGN_KEY = "arn:aws:kms:us-west-2:999988887777:key/00000000-0000-4000-8000-000000000000"


def _is(value: object) -> Seen:
    return lambda was, now: now == value != was


def _became(change: Callable[[Any], Any]) -> Seen:
    return lambda was, now: now == change(was) != was


def _adds(**wanted: object) -> Seen:
    """One statement more, which says at least that; every other as it was."""
    return lambda was, now: now[:-1] == was and wanted.items() <= now[-1].items()


def _loses(*sids: str) -> Seen:
    """Just those statements fewer."""
    return lambda was, now: now == [one for one in was if one["Sid"] not in sids] and len(was) == len(now) + 1


def _rules(change: Callable[[Any], Any]) -> Seen:
    """Each lifecycle rule as it was, but for what is said of it."""
    return _became(lambda was: {**was, "Rules": [change(rule) for rule in was["Rules"]]})


def _disabled(rule: Any) -> Any:
    return {**rule, "Status": "Disabled"} if rule["ID"] in {"exports", "staging"} else rule


def _shortened(rule: Any) -> Any:
    return {**rule, "Expiration": {"Days": 1}} if rule["ID"] in {"exports", "staging"} else rule


def _without_abort(was: Any) -> Any:
    return {**was, "Rules": [rule for rule in was["Rules"] if rule["ID"] != "bucket.abort-uploads"]}


def _swept(was: Any, now: Any) -> bool:
    added = [rule for rule in now["Rules"] if rule not in was["Rules"]]
    return len(now["Rules"]) == len(was["Rules"]) + 1 and added[0]["Expiration"] == {"Days": 1}


def _widened(was: Any, now: Any) -> bool:
    """Every Allow on whole buckets, every Deny as it was."""
    wide = {resource for one in now if one["Effect"] == "Allow" for resource in one["Resource"]}
    buckets = {"arn:aws:s3:::roomy-prod-files/*", "arn:aws:s3:::roomy-prod-shared/*"}
    denied = [[one for one in each if one["Effect"] == "Deny"] for each in (was, now)]
    return wide >= buckets and not any("/prod/" in one for one in wide) and denied[0] == denied[1] != []


def _with_old_tls(was: Any) -> Any:
    """One statement asks for less, every other is as it was."""
    old = {"NumericLessThan": {"s3:TlsVersion": "1.1"}}
    return [{**one, "Condition": old} if one["Sid"] == "DenyOldTls" else one for one in was]


_PUBLIC = _adds(Effect="Allow", Principal="*", Action="s3:GetObject")
_GROUP = "http://acs.amazonaws.com/groups/global/AllUsers"
_LOG_GROUP = "http://acs.amazonaws.com/groups/s3/LogDelivery"


def _grants(uri: str, *permissions: str) -> Seen:
    return lambda _, now: (
        [one["Permission"] for one in now if one["Grantee"].get("URI") == uri] == [*permissions]
    )


def _off(*switches: str) -> Seen:
    return _became(lambda was: {**was, **dict.fromkeys(switches, False)})


_NO_ACL_SWITCHES = _off("BlockPublicAcls", "IgnorePublicAcls")
_ONE_PATH_MORE = "open/*"
_CLOUDFRONTS = {
    "CloudFrontDefaultCertificate": True,
    "SSLSupportMethod": "vip",
    "CertificateSource": "cloudfront",
}
SEEN: Mapping[str, Mapping[str, Seen]] = {
    "abac-on": {"bucket.abac": _is("Enabled")},
    "acceleration-on": {"bucket.acceleration": _is(True)},
    "access-log-off": {"bucket.logging": _is(ABSENT)},
    "acl-for-log-delivery": {"bucket.acl": _grants(_LOG_GROUP, "READ_ACP", "WRITE")},
    "acl-public": {"bucket.acl": _grants(_GROUP, "READ"), "bucket.public_access_block": _NO_ACL_SWITCHES},
    "acls-disabled": {"bucket.ownership": _is("BucketOwnerEnforced")},
    "acls-enabled": {"bucket.ownership": _is("ObjectWriter")},
    "acls-enabled-and-public": {
        "bucket.acl": _grants(_GROUP, "READ"),
        "bucket.ownership": _is("ObjectWriter"),
        "bucket.public_access_block": _NO_ACL_SWITCHES,
    },
    "acls-enabled-and-object-public": {
        "bucket.ownership": _is("ObjectWriter"),
        "bucket.public_access_block": _NO_ACL_SWITCHES,
    },
    "arrivals-not-told": {"queue.rule": _became(lambda was: ("DISABLED", was[1]))},
    "block-deleted": {"bucket.public_access_block": _is(ABSENT)},
    "block-public-acls-off": {"bucket.public_access_block": _off("BlockPublicAcls")},
    "block-public-policy-off": {"bucket.public_access_block": _off("BlockPublicPolicy")},
    "bucket-in-another-region": {"bucket.region": _is("us-east-1")},
    "bucket-key-off": {"bucket.encryption": _became(lambda was: {**was, "BucketKeyEnabled": False})},
    "cors-opened": {"bucket.cors": lambda _, now: [one["AllowedOrigins"] for one in now] == [["*"]]},
    "customer-keys-unblocked": {"bucket.blocks_sse_c": _is(["NONE"])},
    "distribution-disabled": {"distribution.enabled": _is(False)},
    "distribution-from-every-edge": {"distribution.price_class": _is("PriceClass_All")},
    "distribution-over-plain-http": {"distribution.viewer_protocol": _is({"*": "allow-all"})},
    "distribution-with-an-open-path": {
        "distribution.signed": _is({"*": True, _ONE_PATH_MORE: False}),
        "distribution.viewer_protocol": _is({"*": "https-only", _ONE_PATH_MORE: "https-only"}),
    },
    "distribution-with-old-tls": {"distribution.minimum_tls": _is("TLSv1_2016")},
    "distribution-without-its-certificate": {
        "distribution.certificate": lambda _, now: now == _CLOUDFRONTS,
        "distribution.domains": _is([]),
        "distribution.minimum_tls": _is("TLSv1"),
    },
    "distribution-without-origin-control": {"distribution.origins": _is([""])},
    "distribution-without-signatures": {
        "distribution.signed": _is({"*": False}),
        "distribution.trusted_keys": _is(set()),
    },
    "encryption-under-the-key-of-aws": {
        "bucket.encryption": _is(
            {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms"}, "BucketKeyEnabled": False}
        )
    },
    "encryption-weakened": {
        "bucket.encryption": _is(
            {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}
        )
    },
    "encryption-under-another-key": {
        "bucket.encryption": _is(
            {
                "ApplyServerSideEncryptionByDefault": {
                    "SSEAlgorithm": "aws:kms",
                    "KMSMasterKeyID": FOREIGN_KEY,
                },
                "BucketKeyEnabled": True,
            }
        )
    },
    "ignore-public-acls-off": {"bucket.public_access_block": _off("IgnorePublicAcls")},
    "inventory-deleted": {"bucket.inventory": _is(ABSENT)},
    "inventory-off": {"bucket.inventory": _became(lambda was: [{**one, "IsEnabled": False} for one in was])},
    "key-alias-deleted": {"key.aliases": _is([])},
    "key-deletion-scheduled": {"key.enabled": _is("PendingDeletion"), "key.rotation": _is(None)},
    "key-disabled": {"key.enabled": _is("Disabled")},
    "key-policy-widened": {"key.policy": _adds(Effect="Allow", Principal={"AWS": STRANGER})},
    "key-rotation-off": {"key.rotation": _is(None)},
    "lifecycle-abort-deleted": {"bucket.lifecycle": _became(_without_abort)},
    "lifecycle-deleted": {"bucket.lifecycle": _is(ABSENT)},
    "lifecycle-expiry-disabled": {"bucket.lifecycle": _rules(_disabled)},
    "lifecycle-expiry-shortened": {"bucket.lifecycle": _rules(_shortened)},
    "lifecycle-sweeps-all": {"bucket.lifecycle": _swept},
    "mfa-delete-on": {"bucket.lifecycle": _is(ABSENT), "bucket.mfa_delete": _is(True)},
    "notifications-deleted": {"bucket.notifications": _is({})},
    "object-lock-shortened": {
        "bucket.object_lock": lambda _, now: (
            now["Rule"]["DefaultRetention"] == {"Mode": "GOVERNANCE", "Days": 1}
        )
    },
    "object-public": {"bucket.public_access_block": _NO_ACL_SWITCHES},
    "object-under-a-customers-key": {"bucket.blocks_sse_c": _is(["NONE"])},
    "old-tls-allowed": {"bucket.policy": _loses("DenyOldTls")},
    "plain-http-allowed": {"bucket.policy": _loses("DenyPlainHttp")},
    "policy-deleted": {"bucket.policy": _is(ABSENT)},
    "policy-for-a-stranger": {"bucket.policy": _adds(Effect="Allow", Principal={"AWS": STRANGER})},
    "policy-public": {
        "bucket.policy": _PUBLIC,
        "bucket.public_access_block": _off("BlockPublicPolicy", "RestrictPublicBuckets"),
    },
    "policy-public-behind-the-block": {"bucket.policy": _PUBLIC},
    "quarantine-readable": {"bucket.policy": _loses("Quarantine1")},
    "queue-opened": {"queue.policy": _adds(Effect="Allow", Principal="*")},
    "replication-paused": {
        "bucket.replication": lambda _, now: {one["Status"] for one in now["Rules"]} == {"Disabled"}
    },
    "requester-pays-on": {"bucket.requester_pays": _is("Requester")},
    "restrict-public-buckets-off": {"bucket.public_access_block": _off("RestrictPublicBuckets")},
    "role-boundary-deleted": {"role.boundary": _is(ABSENT)},
    "role-given-all-of-s3": {"role.policies": _adds(Effect="Allow", Action="s3:*", Resource="*")},
    "role-grant-lost": {"role.policies": _is([])},
    "role-made-administrator": {"role.managed": _is(["arn:aws:iam::aws:policy/AdministratorAccess"])},
    "role-session-lengthened": {"role.max_session": _is(43_200)},
    "role-trust-opened": {"role.trust": _adds(Effect="Allow", Principal={"AWS": STRANGER})},
    "role-widened": {"role.policies": _widened},
    "tags-deleted": {"bucket.tags": _is(ABSENT)},
    "tls-minimum-lowered": {"bucket.policy": _became(_with_old_tls)},
    "tiering-deleted": {"bucket.intelligent_tiering": _is(ABSENT)},
    "trail-delivered-elsewhere": {"trail.bucket": _is("their-own-records")},
    "trail-of-one-region": {"trail.multi_region": _is(False)},
    "trail-stopped": {"trail.logging": _is(False)},
    "trail-without-objects": {
        "trail.selectors": lambda _, now: [one["DataResources"] for one in now] == [[]]
    },
    "versioning-suspended": {"bucket.versioning": _is("Suspended")},
    "website-on": {"bucket.website": _is({"IndexDocument": {"Suffix": "index.html"}})},
}
"""Objects and uploads are judged elsewhere; what came or went is seen by its name."""
