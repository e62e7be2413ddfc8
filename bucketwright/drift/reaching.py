"""Who comes to reach what by a drift of a policy?"""

from typing import Final

from bucketwright.changes.access import access_changes
from bucketwright.changes.wording import reached
from bucketwright.findings import Finding
from bucketwright.iam.documents import PolicyError
from bucketwright.posture import Estate

_DECIDING: Final = frozenset(
    {
        ("bucket", "policy"),
        ("role", "policies"),
        ("bucket", "public_access_block"),
        ("account", "public_access_block"),
    }
)
"""The facts that decide who reaches which keys."""


def reach_of(finding: Finding, before: Estate, after: Estate) -> tuple[str, ...]:
    """A line for everybody and each verb; none where it decides nothing, or that is not known."""
    if not any((finding.subject.kind, fact) in _DECIDING for fact in finding.facts):
        return ()
    try:
        changes = access_changes(before, after)
    except PolicyError:
        return ()
    return tuple(line for one in changes if not one.unsure for line in reached(one))
