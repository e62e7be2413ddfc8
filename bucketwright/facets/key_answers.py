"""What does KMS answer of a key by itself?"""

from typing import Final

from bucketwright.facets.handles import KEY
from bucketwright.facets.reading import Asked, Read
from bucketwright.facets.said import Said

KEY_ITSELF: Final = Read("kms", "DescribeKey", "kms:DescribeKey", KEY)


def itself(asked: Asked) -> Said:
    """What KMS says of the key."""
    said = asked.answered(KEY_ITSELF)
    return said.needed("KeyMetadata", said.part("KeyMetadata"))
