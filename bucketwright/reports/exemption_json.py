"""How does an exemption read as JSON?"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bucketwright.contract.model import Exemption


def exemption(one: "Exemption") -> Mapping[str, object]:
    """An exemption, as the contract says it."""
    return one.model_dump(mode="json")
