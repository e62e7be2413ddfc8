"""Which rules may a contract name: those of the catalogue, the engine's own, and those not judged yet?"""

from functools import cache

from bucketwright.rules import catalogue
from bucketwright.rules.engine import ENGINE, WAITING


@cache
def known_rules() -> frozenset[str]:
    """The id of each."""
    return frozenset({*catalogue(), *ENGINE, *WAITING})
