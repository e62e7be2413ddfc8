"""What signs for a backend? Requests to the server itself, and reads through the distribution before it."""

from dataclasses import dataclass

from bucketwright.storage.signing.edge import Edge
from bucketwright.storage.signing.presigning import Presigner


@dataclass(frozen=True, slots=True)
class Signer:
    """Both of them."""

    server: Presigner
    edge: Edge
