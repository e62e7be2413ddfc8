"""Settings of a bucket as programs write them, some of them wrong whatever else the program says."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bucketwright.facets.bucket.acl import KIND as ACL
from bucketwright.facets.bucket.cors import KIND as CORS
from bucketwright.facets.bucket.encryption import KIND as ENCRYPTION
from bucketwright.facets.bucket.lifecycle import KIND as LIFECYCLE
from bucketwright.facets.bucket.ownership import KIND as OWNERSHIP
from bucketwright.facets.bucket.policy import KIND as POLICY
from bucketwright.facets.bucket.public_access_block import KIND as BLOCK
from bucketwright.facets.bucket.versioning import KIND as VERSIONING
from bucketwright.facets.bucket.website import KIND as WEBSITE
from bucketwright.plan import Resource
from tests.policies.programs import LATER, Program, tagged


@dataclass(frozen=True)
class Setting:
    """One resource, and the rules it breaks by itself."""

    kind: str
    inputs: Mapping[str, object]
    breaks: frozenset[str] = frozenset()
    inline: Mapping[str, object] | None = None
    """What says the same as a property of the bucket, where there is such."""

    def of(self, program: Program, bucket: Resource, name: str, number: int = 0) -> Resource:
        """Say it of a bucket by its name, or by its output where there is no name."""
        called = f"{name or 'later'}-{number}"
        if name:
            return program.make(self.kind, called, {"bucket": name, **self.inputs}, {"bucket": bucket})
        return program.make(self.kind, called, {"bucket": LATER, **self.inputs}, {"bucket": bucket})


def _policy(*statements: Mapping[str, object]) -> Mapping[str, object]:
    return {"policy": json.dumps({"Version": "2012-10-17", "Statement": statements})}


def _allow(**elements: object) -> Mapping[str, object]:
    return {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*", **elements}


_HTTP: Final = {"Bool": {"aws:SecureTransport": "false"}}
_BY_ALIAS: Final = {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "alias/files"}
SETTINGS: Final[Mapping[str, Setting]] = {
    "private ACL": Setting(ACL, {"acl": "private"}, inline={"acl": "private"}),
    "ACL for everyone": Setting(
        ACL, {"acl": "public-read"}, frozenset({"acl-public-read"}), {"acl": "public-read"}
    ),
    "ACL for every customer of AWS": Setting(
        ACL, {"acl": "authenticated-read"}, frozenset({"acl-authenticated-users"})
    ),
    "ACLs off": Setting(OWNERSHIP, {"rule": {"objectOwnership": "BucketOwnerEnforced"}}),
    "ACLs on": Setting(
        OWNERSHIP, {"rule": {"objectOwnership": "ObjectWriter"}}, frozenset({"acls-disabled"})
    ),
    "closed": Setting(
        BLOCK,
        {"blockPublicAcls": True, "blockPublicPolicy": True}
        | {"ignorePublicAcls": True, "restrictPublicBuckets": True},
    ),
    "open": Setting(BLOCK, {"blockPublicAcls": False}),
    "versions": Setting(VERSIONING, {"versioningConfiguration": {"status": "Enabled"}}),
    "no versions": Setting(VERSIONING, {"versioningConfiguration": {"status": "Suspended"}}),
    "web site": Setting(
        WEBSITE,
        {"indexDocument": {"suffix": "index.html"}},
        frozenset({"website-hosting"}),
        {"website": {"indexDocument": "index.html"}},
    ),
    "open CORS": Setting(
        CORS, {"corsRules": [{"allowedMethods": ["PUT"], "allowedOrigins": ["*"]}]}, frozenset({"cors-open"})
    ),
    "key by alias": Setting(ENCRYPTION, {"rules": [{"applyServerSideEncryptionByDefault": _BY_ALIAS}]}),
    "strange prefix": Setting(
        LIFECYCLE,
        {
            "rules": [
                {"id": "a", "status": "Enabled", "filter": {"prefix": "/a*"}, "expiration": {"days": 30}}
            ],
            "transitionDefaultMinimumObjectSize": "all_storage_classes_128K",
        },
        frozenset({"lifecycle-prefix-literal"}),
    ),
    "TLS alone": Setting(POLICY, _policy({**_allow(Action="s3:*", Condition=_HTTP), "Effect": "Deny"})),
    "policy for everyone": Setting(POLICY, _policy(_allow()), frozenset({"policy-wildcard-principal"})),
    "policy of all actions": Setting(
        POLICY,
        _policy(_allow(Principal={"AWS": "arn:aws:iam::111122223333:root"}, Action="s3:*")),
        frozenset({"policy-wildcard-action"}),
    ),
    "not these actions": Setting(
        POLICY,
        _policy({"Effect": "Allow", "Principal": "*", "NotAction": "s3:GetObject", "Resource": "*"}),
        frozenset({"policy-allow-notaction"}),
    ),
}


def bucket_with(*settings: str, name: str = "shop-files", address: str = "bucket:files") -> Program:
    """A bucket with settings of its own, which hang on it by its output."""
    made = Program()
    bucket = made.bucket("files", {**({"bucket": name} if name else {}), **tagged(address)})
    for number, setting in enumerate(settings):
        SETTINGS[setting].of(made, bucket, name, number)
    return made
