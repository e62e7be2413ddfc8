"""Is there a finding with which an environment is not deployed, and in which words is it told?"""

from collections.abc import Iterable
from typing import Final

from bucketwright.contract.access.findings import Finding
from bucketwright.contract.problems import spelled

_MOST_TOLD: Final = 10


def why_not_deployed(environment: str, found: Iterable[Finding]) -> str:
    """Those of an environment's findings that stop its deployment, a line each; empty where none does."""
    stopping = [one for one in found if one.stops_deployment]
    if not stopping:
        return ""
    told = [f"  {spelled(one.path)}: {one}" for one in stopping[:_MOST_TOLD]]
    more = [f"  and {len(stopping) - _MOST_TOLD} more"] if len(stopping) > _MOST_TOLD else []
    head = f"{environment} is not deployed, for its access cannot be granted as declared:"
    return "\n".join((head, *told, *more, f"bucketwright check --env {environment} shows them in place"))
