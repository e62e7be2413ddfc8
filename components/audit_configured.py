"""What does the configuration of a stack say of audits?"""

from dataclasses import dataclass
from typing import Final

import pulumi

AUDIT: Final = "audit"
EXTERNAL_ID_KEY: Final = "auditExternalId"
NAMESPACE: Final = "bucketwright"
CONFIGURED: Final = f"{NAMESPACE}:{AUDIT}"
EXTERNAL_ID: Final = f"{NAMESPACE}:{EXTERNAL_ID_KEY}"


@dataclass(frozen=True, slots=True)
class Configured:
    """As it is written there."""

    written: object
    """What is wished; None where nothing is."""
    external_id: pulumi.Input[str] | None = None

    @classmethod
    def of(cls, config: pulumi.Config) -> "Configured":
        """What the configuration of this program says."""
        return cls(config.get_object(AUDIT), config.get_secret(EXTERNAL_ID_KEY))
