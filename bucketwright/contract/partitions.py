"""To which part of AWS does a region belong, and what stands for an account that nobody named?"""

from typing import Final

NO_ACCOUNT: Final = "000000000000"
"""Stands in documents for an account that a contract does not name; nobody has it."""


def partition_of(region: str) -> str:
    """The AWS partition of a region."""
    if region.startswith("cn-"):
        return "aws-cn"
    return "aws-us-gov" if region.startswith("us-gov-") else "aws"
