"""Which bucket does a setting of another bucket name?"""

from typing import Final

from bucketwright.estate import BucketPosture
from bucketwright.facets.references import is_address
from bucketwright.posture import UNSET, Estate, Undetermined, Unknown, reference

ELSEWHERE: Final = "it lies in another account; audit that one"


def shown_bucket(named: str, estate: Estate) -> BucketPosture | None:
    """The bucket with this address, name or ARN, where it is among what is looked at."""
    found = estate.postures.get(named)
    if isinstance(found, BucketPosture):
        return found
    called = _called(named)
    return next((one for one in estate.every(BucketPosture) if called and one.name == called), None)


def means(named: str, address: str, estate: Estate) -> bool:
    """Whether such a name is of the bucket at an address: as it is shown, else as the contract calls it."""
    wanted = estate.circumstances.intended
    found = shown_bucket(named, estate) or (wanted and shown_bucket(named, wanted))
    return address == (found.address if found else named)


def lies_elsewhere(named: str, estate: Estate) -> bool:
    """Whether another account is known to have the bucket with this address, name or ARN."""
    return named in estate.foreign or reference(BucketPosture.kind, _called(named)) in estate.foreign


def named_bucket(named: str, estate: Estate) -> BucketPosture | None:
    """The same; None where there is no such bucket.

    A lens names what it did not read; what it refers to besides, and does not show, is not there. Of a
    stranger it tells nothing, nor does a contract.
    """
    found = shown_bucket(named, estate)
    if found is not None:
        return found
    if lies_elsewhere(named, estate):
        raise Undetermined(named, Unknown("it lies in another account"))
    if not is_address(named):
        told = estate.lens != "intended"
        raise Undetermined(named, Unknown("it is not in what was looked at") if told else UNSET)
    if named in estate.missing:
        raise Undetermined(named, Unknown(estate.missing[named]))
    return None


def _called(named: str) -> str:
    return named.rpartition(":::")[2]
