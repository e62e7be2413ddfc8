"""Print what the page about the contract says of costs: what every estimate assumes, or what none counts."""

import sys
from collections.abc import Mapping
from typing import Final

from bucketwright.contract.cost.estimates import ASSUMPTIONS, LEFT_OUT

PARTS: Final[Mapping[str, tuple[str, ...]]] = {"assumed": ASSUMPTIONS, "left-out": LEFT_OUT}


if __name__ == "__main__":
    print("\n".join(f"- {what}" for what in PARTS[sys.argv[1]]))
