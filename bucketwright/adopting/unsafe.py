"""Which settings of a bucket need a reason that only a person can give?"""

from typing import Final

from bucketwright.adopting.found import Data
from bucketwright.contract.words import Unsafe

_SWITCHES: Final[dict[str, tuple[Unsafe, object]]] = {
    "require_tls": ("plain-http", False),
    "block_sse_c": ("customer-keys", False),
    "requester_pays": ("requester-pays", True),
}


def reasons(bucket: Data, reason: str) -> Data:
    """The place for each of these reasons, filled with what stands for them until somebody has given one."""
    found: list[str] = [name for setting, (name, side) in _SWITCHES.items() if bucket.get(setting) is side]
    if "ownership" in bucket:
        found.append("acls")
    if "public_access_block" in bucket:
        found.append("public-access")
    if any("*" in origin for origin in _origins(bucket.get("cors"))):
        found.append("any-origin")
    return dict.fromkeys(found, reason)


def _origins(rules: object) -> list[str]:
    several = rules if isinstance(rules, list) else [rules]
    listed = (rule.get("origins") for rule in several if isinstance(rule, dict))
    return [str(one) for origins in listed if isinstance(origins, list) for one in origins]
