"""Of which bucket is a host name of S3?"""

import re
from typing import Final

_REGION: Final = r"[a-z]{2,4}(?:-[a-z0-9]+)+"
_WHERE: Final = rf"(?:[.-](?:dualstack\.)?{_REGION})?\.amazonaws\.com(?:\.cn)?"
_OBJECTS: Final = re.compile(rf"([a-z0-9][a-z0-9.-]*)\.s3{_WHERE}", re.IGNORECASE)
_PAGES: Final = re.compile(rf"([a-z0-9][a-z0-9.-]*)\.s3-website{_WHERE}", re.IGNORECASE)


def bucket_of_objects(host: str) -> str | None:
    """The name of the bucket whose objects are fetched there; None where S3 serves none there."""
    found = _OBJECTS.fullmatch(host)
    return found[1] if found else None


def bucket_of_pages(host: str) -> str | None:
    """The name of the bucket that S3 serves there as a web site, which asks nobody who they are."""
    found = _PAGES.fullmatch(host)
    return found[1] if found else None
