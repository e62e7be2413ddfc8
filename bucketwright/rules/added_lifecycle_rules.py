"""What is the lifecycle of a bucket once it has one more rule for all of its objects?"""

from dataclasses import replace
from itertools import chain, count

from bucketwright.contract.lifecycle.rules import Abort, Expiration, Filter, Rule
from bucketwright.facets.bucket.lifecycle import Lifecycle
from bucketwright.facets.filters import ALL
from bucketwright.facets.lifecycle_rules import normal


def ending_uploads(lifecycle: Lifecycle, days: int) -> Lifecycle:
    """It ends unfinished uploads, too."""
    return _with(lifecycle, "abort-uploads", Rule(0, status="Enabled", filter=Filter(ALL), abort=Abort(days)))


def removing_markers(lifecycle: Lifecycle) -> Lifecycle:
    """It removes delete markers that hide nothing any more, too."""
    removing = Expiration(expired_marker=True)
    rule = Rule(0, status="Enabled", filter=Filter(ALL), expiration=removing)
    return _with(lifecycle, "remove-markers", rule)


def _with(lifecycle: Lifecycle, name: str, rule: Rule) -> Lifecycle:
    """Under an id that no other rule has: to one without, S3 would give its own."""
    taken = {one.id for one in lifecycle.rules}
    first = f"bucketwright.{name}"
    names = chain((first,), (f"{first}-{number}" for number in count(2)))
    free = next(one for one in names if one not in taken)
    return replace(lifecycle, rules=normal((*lifecycle.rules, replace(rule, id=free))))
