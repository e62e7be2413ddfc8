"""Is an object still listed of which S3 says that it is not there?

Most such objects were deleted meanwhile, and nothing is to be said of them. Where one is listed again, S3, or
what stands before it, does not find what it lists: nothing is known of that object, and that has to be said.
"""

from dataclasses import dataclass
from typing import Final

from audits.object_facts import Home
from audits.object_listing import OBJECTS, PAGE, VERSIONS, Listing
from bucketwright.calls import Call, Failure, Outcome
from bucketwright.facets.reading import told
from bucketwright.facets.said import Said
from bucketwright.posture import Undetermined

MOST_LISTED: Final = 1_000
"""Objects of one bucket that are listed again; what is missing beyond them is not decided."""
_NO_TEXT: Final = "\ufffd"
"""What stands in a key for bytes that are no text: under it nobody can ask for the object."""
_ABSENT: Final = "S3 lists it, and says that it is not there when it is asked about"


@dataclass(slots=True)
class StillListed:
    """Of one bucket, whose objects that are missing are listed again; so many of them."""

    listed: int = 0

    def call(self, home: Home, key: str, version: str) -> Call | None:
        """What tells whether it is; None where that would tell nothing, or too many were listed."""
        if _NO_TEXT in key or self.listed >= MOST_LISTED:
            return None
        self.listed += 1
        listing = _listing(version)
        target, read = home.target, listing.read
        named = {param: target.handles[param] for param in read.handles}
        params = {**named, "Prefix": key, listing.limit: PAGE if version else 1}
        return Call(read.service, read.operation, params, target.region, target.signer)


def is_gone(outcome: Outcome | None) -> bool:
    """Whether S3 says that what was asked about is not there."""
    return isinstance(outcome, Failure) and outcome.kind == "gone"


def why_missing(key: str, version: str, outcome: Outcome | None) -> Failure | None:
    """Why nothing is known of an object that is missing, by what the list answered, or None where it was not
    asked; None where the object was deleted meanwhile."""
    if _NO_TEXT in key:
        return _absent(f"{_ABSENT}: its key holds bytes that are no text")
    if outcome is None:
        return _absent(f"{_ABSENT}, as {MOST_LISTED:,} others of this bucket or more: not listed again")
    listing = _listing(version)
    try:
        page = told(outcome, listing.read, lambda *_: None)
        is_there = page is not None and _is_on(page, key, version)
    except Undetermined as reason:
        return _absent(f"it was listed, is not there when it is asked about, and {reason}")
    return _absent(_ABSENT) if is_there else None


def _is_on(page: Said, key: str, version: str) -> bool:
    """Whether a list shows it, or may show it further on."""
    if not version:
        return any(one.text("Key") == key for one in page.parts("Contents"))
    if any((one.text("Key"), one.text("VersionId")) == (key, version) for one in page.parts("Versions")):
        return True
    return page.flag("IsTruncated") is True and page.text("NextKeyMarker") == key


def _listing(version: str) -> Listing:
    return VERSIONS if version else OBJECTS


def _absent(why: str) -> Failure:
    return Failure("bad answer", "404", why)
