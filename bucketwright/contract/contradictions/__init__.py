"""What does a contract say that cannot all be true, or that AWS would refuse?

Every theme is a file. Checks of single buckets do not depend on the environment, so that a bucket that
environments share is checked once.
"""

from typing import Final

from bucketwright.contract.contradictions.access import access
from bucketwright.contract.contradictions.cloudfront import cloudfront
from bucketwright.contract.contradictions.content import content
from bucketwright.contract.contradictions.delivery import delivery
from bucketwright.contract.contradictions.encryption import encryption, keys
from bucketwright.contract.contradictions.exemptions import exemptions
from bucketwright.contract.contradictions.idle import idle
from bucketwright.contract.contradictions.lifecycle import lives
from bucketwright.contract.contradictions.log_targets import log_bucket, log_targets
from bucketwright.contract.contradictions.names import clashes, names
from bucketwright.contract.contradictions.notifications import notifications
from bucketwright.contract.contradictions.origins import origins
from bucketwright.contract.contradictions.paths import paths
from bucketwright.contract.contradictions.quarantine import quarantine
from bucketwright.contract.contradictions.regions import regions
from bucketwright.contract.contradictions.replication import replication
from bucketwright.contract.contradictions.scope import BucketCheck, EnvironmentCheck, Scope, readable
from bucketwright.contract.contradictions.selections import selections
from bucketwright.contract.contradictions.sessions import sessions
from bucketwright.contract.contradictions.tags import bucket_tags, object_tags
from bucketwright.contract.contradictions.tiering import tiering
from bucketwright.contract.contradictions.transfer import transfer
from bucketwright.contract.contradictions.unsafe import protected_destruction, reasons
from bucketwright.contract.contradictions.untagged import untagged
from bucketwright.contract.contradictions.versions import versions

BUCKET_CHECKS: Final[tuple[BucketCheck, ...]] = (
    reasons,
    encryption,
    versions,
    lives,
    sessions,
    origins,
    log_bucket,
    delivery,
    cloudfront,
    content,
    idle,
)
ENVIRONMENT_CHECKS: Final[tuple[EnvironmentCheck, ...]] = (
    names,
    paths,
    keys,
    protected_destruction,
    log_targets,
    replication,
    tiering,
    notifications,
    selections,
    untagged,
    transfer,
    bucket_tags,
    object_tags,
    regions,
    access,
    quarantine,
    exemptions,
)

__all__ = ["BUCKET_CHECKS", "ENVIRONMENT_CHECKS", "Scope", "clashes", "readable"]
