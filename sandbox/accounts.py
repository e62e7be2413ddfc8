"""In whose account is a contract deployed in the sandbox?"""

from typing import Final

from bucketwright.contract.model import Environment

NOBODY: Final = "000000000000"
"""Where a contract does not say."""


def account_of(environment: Environment) -> str:
    """The account of an environment."""
    return environment.account or NOBODY
