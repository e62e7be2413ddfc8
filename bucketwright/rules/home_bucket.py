"""In which bucket does an object lie, and how is that bucket meant to be?"""

from bucketwright.estate import BucketPosture
from bucketwright.objects.postures import KeyedPosture
from bucketwright.posture import Estate


def home(row: KeyedPosture, estate: Estate) -> BucketPosture:
    """The bucket as it is."""
    return estate.follow(row.bucket, BucketPosture)


def declared_home(row: KeyedPosture, estate: Estate) -> BucketPosture | None:
    """The bucket as the contract wants it, where it says anything of it."""
    return estate.intended(home(row, estate))


def meant_home(row: KeyedPosture, estate: Estate) -> BucketPosture:
    """The bucket as the contract wants it; where nothing is declared, it is meant as it is."""
    return declared_home(row, estate) or home(row, estate)
