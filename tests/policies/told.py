"""What the planned lens tells of a thing: a bucket by its address, and why a fact is unknown."""

from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate, Posture, Unknown


def bucket(estate: Estate, address: str = "bucket:files") -> BucketPosture:
    return estate.follow(address, BucketPosture)


def unknown(posture: Posture, name: str) -> str:
    """Why a fact is unknown."""
    found = posture.told(name)
    assert isinstance(found, Unknown), found
    return found.reason
