"""Grants as IAM documents, and the proof that no grant reaches beyond its prefixes."""

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.crossings import Crossing, crossings, lost_keys
from bucketwright.contract.access.findings import Escape, Finding, Oversize, Unusable
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.matrix import Row, access_matrix
from bucketwright.contract.access.role_policy import role_policies, trust_policy
from bucketwright.contract.access.sessions import session_policy
from bucketwright.contract.access.size import TooLarge
from bucketwright.iam.reach import NOT_CONSIDERED

__all__ = [
    "NOT_CONSIDERED",
    "Crossing",
    "Escape",
    "Finding",
    "Oversize",
    "Row",
    "TooLarge",
    "Unusable",
    "access_matrix",
    "bucket_policy",
    "check_isolation",
    "crossings",
    "lost_keys",
    "role_policies",
    "session_policy",
    "trust_policy",
]
