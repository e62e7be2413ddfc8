"""What signs for a place, and for how long may it?"""

from typing import TYPE_CHECKING

from bucketwright.contract.delivery import link_life
from bucketwright.contract.prefixes import Delivery
from bucketwright.storage.declared import Declared
from bucketwright.storage.errors import Misconfigured
from bucketwright.storage.signing.lifetimes import Terms

if TYPE_CHECKING:  # the SDK is loaded by the backends that use it, and a place is what asks here
    from bucketwright.storage.place import Place
    from bucketwright.storage.signing.signer import Signer


def signer_of(place: "Place") -> "Signer":
    """What signs for the backend of a place; Misconfigured where nothing does."""
    signer: Signer | None = getattr(place.home.backend, "signer", None)
    if signer is None:
        raise Misconfigured(
            f"objects of {place.there.address} are kept on this machine, and no link leads to them: "
            "open the storage on a server"
        )
    return signer


def terms_of_upload(there: Declared, size: int | None) -> Terms:
    """Those of links to write with; what the contract says of delivery is for readers."""
    return Terms(link_life(Delivery()), None, large=there.transfer.threshold, size=size)
