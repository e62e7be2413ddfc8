"""Which canonical user id has an account? Its own, the same wherever it is shown."""

from functools import cache
from hashlib import sha256
from typing import Final

MOTO_OWNER: Final = "75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a"
"""What moto shows as the owner of everything but the list of buckets."""


@cache
def canonical_user(account: str) -> str:
    """The id: 64 hexadecimal digits, as AWS makes them."""
    return sha256(account.encode()).hexdigest()
