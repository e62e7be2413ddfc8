"""What is wrong with which statements of a bucket's policy?"""

from collections.abc import Callable, Iterable
from functools import partial

from bucketwright.facets.bucket.policy import Policy
from bucketwright.iam.documents import Statement
from bucketwright.posture import Undetermined
from bucketwright.rules.partly_known import faults_of
from bucketwright.rules.statements import statements


def policy_faults(policy: Policy | None, judge: Callable[[Statement], Iterable[str]]) -> tuple[str, ...]:
    """All that is said of them, each under the label its writer knows it by.

    The normal form decides whether anything is wrong; only then what was written is read for the labels.
    """
    if policy is None or _is_sound(policy, judge):
        return ()
    return faults_of(*(partial(judge, one) for one in statements(policy)))


def _is_sound(policy: Policy, judge: Callable[[Statement], Iterable[str]]) -> bool:
    try:
        return not any(tuple(judge(one)) for one in policy.document.statements)
    except Undetermined:
        return False
