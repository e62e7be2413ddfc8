"""What is live and not as declared, and what follows from it?"""

from bucketwright.drift.comparing import drift
from bucketwright.drift.consequences import Explained, explained

__all__ = ["Explained", "drift", "explained"]
