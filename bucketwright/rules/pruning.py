"""What is left of a bucket's policy once the statements are gone of which something is wrong?"""

from collections.abc import Callable, Iterable
from functools import partial

from bucketwright.estate import BucketPosture
from bucketwright.iam.documents import Statement
from bucketwright.rules.rule import Change, change
from bucketwright.rules.statements import without
from bucketwright.rules.surely_wrong import is_surely_wrong


def pruned(bucket: BucketPosture, faults: Callable[[Statement], Iterable[str]]) -> Change:
    """The policy less each statement with a fault; one of which that cannot be told stays."""
    if bucket.policy is None:
        return change(bucket, "policy", None)
    left = without(bucket.policy, lambda statement: is_surely_wrong(partial(faults, statement)))
    return change(bucket, "policy", left)
