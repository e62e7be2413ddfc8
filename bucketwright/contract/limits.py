"""Which numbers of S3 does more than one part of the contract go by?"""

from typing import Final

SMALLEST_PART: Final = 5 * 2**20
"""Bytes in every part of an upload but the last, at least."""

MOST_PARTS: Final = 10_000
"""Parts of one upload."""

LONGEST_TAG_KEY: Final = 128
"""Characters in the key of a tag, at most."""

LONGEST_TAG_VALUE: Final = 256
"""Characters in the value of a tag, at most."""

SMALL_OBJECT: Final = 128 * 2**10
"""Bytes below which an object is small: lifecycle leaves it where it is unless a rule with a size filter
moves it, cheaper classes charge for this much, and intelligent tiering does not watch it."""
