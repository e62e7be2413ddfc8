"""Which tags does bucketwright itself put on what it makes?"""

from typing import Final

OWN_TAGS: Final = "bucketwright:"
"""How all of them begin."""
ADDRESS_TAG: Final = f"{OWN_TAGS}address"
PROJECT_TAG: Final = f"{OWN_TAGS}project"
ENVIRONMENT_TAG: Final = f"{OWN_TAGS}environment"
ON_RESOURCES: Final = (ADDRESS_TAG, PROJECT_TAG, ENVIRONMENT_TAG)
"""What every resource carries that can carry tags."""
