"""Which words may stand where a contract leaves a choice? Plain literals, for those who read none."""

from typing import Literal

Severity = Literal["critical", "high", "medium", "low"]
Profile = Literal["baseline", "cis", "fsbp", "all"]
Enforcement = Literal["mandatory", "advisory", "disabled"]
NamePart = Literal["project", "environment", "region", "account"]
Verb = Literal["read", "list", "write", "delete"]
VERBS: tuple[Verb, ...] = ("read", "list", "write", "delete")
ArchiveClass = Literal[
    "standard-ia", "intelligent-tiering", "onezone-ia", "glacier-ir", "glacier", "deep-archive"
]
DataClass = Literal["public", "internal", "confidential", "restricted"]
DeliveryWay = Literal["none", "presigned", "cloudfront", "compatible", "content-addressed", "archive"]
Unsafe = Literal[
    "acls", "public-access", "plain-http", "any-origin", "customer-keys", "destroy-objects", "requester-pays"
]
