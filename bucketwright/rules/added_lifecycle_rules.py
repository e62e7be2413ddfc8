"""What is the lifecycle of a bucket once it has one more rule for all of its objects?"""

from dataclasses import replace

from bucketwright.contract.lifecycle.rules import Abort, Expiration, Filter, Rule
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.filters import ALL
from bucketwright.facets.lifecycle_rules import normal


def ending_uploads(lifecycle: Lifecycle, days: int) -> Lifecycle:
    """It ends unfinished uploads, too."""
    return _with(lifecycle, Rule(0, status="Enabled", filter=Filter(ALL), abort=Abort(days)))


def removing_markers(lifecycle: Lifecycle) -> Lifecycle:
    """It removes delete markers that hide nothing any more, too."""
    removing = Expiration(expired_marker=True)
    return _with(lifecycle, Rule(0, status="Enabled", filter=Filter(ALL), expiration=removing))


def _with(lifecycle: Lifecycle, rule: Rule) -> Lifecycle:
    return replace(lifecycle, rules=normal((*lifecycle.rules, rule)))
