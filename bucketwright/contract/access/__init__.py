"""Grants as IAM documents, and the proof that no grant reaches beyond its prefixes."""

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.cloudfront import delivered, distribution_arn
from bucketwright.contract.access.crossings import Crossing, crossings, lost_keys
from bucketwright.contract.access.findings import Escape, Finding, Oversize, Unusable
from bucketwright.contract.access.grantees import not_let_in
from bucketwright.contract.access.isolation import check_isolation, isolation_of
from bucketwright.contract.access.key_policy import GivenKey, beyond_roles, given_keys, key_policy
from bucketwright.contract.access.matrix import NOT_CONSIDERED, Loss, Row, access_matrix
from bucketwright.contract.access.quarantine import (
    quarantines,
    queue_arn,
    queue_name,
    queue_policy,
    rule_name,
)
from bucketwright.contract.access.replication import (
    replication_policy,
    replication_role_name,
    replication_trust,
)
from bucketwright.contract.access.role_policy import role_policies, trust_policy
from bucketwright.contract.access.sessions import session_policy
from bucketwright.contract.access.size import TooLarge
from bucketwright.contract.access.stopping import why_not_deployed

__all__ = [
    "NOT_CONSIDERED",
    "Crossing",
    "Escape",
    "Finding",
    "GivenKey",
    "Loss",
    "Oversize",
    "Row",
    "TooLarge",
    "Unusable",
    "access_matrix",
    "beyond_roles",
    "bucket_policy",
    "check_isolation",
    "crossings",
    "delivered",
    "distribution_arn",
    "given_keys",
    "isolation_of",
    "key_policy",
    "lost_keys",
    "not_let_in",
    "quarantines",
    "queue_arn",
    "queue_name",
    "queue_policy",
    "replication_policy",
    "replication_role_name",
    "replication_trust",
    "role_policies",
    "rule_name",
    "session_policy",
    "trust_policy",
    "why_not_deployed",
]
