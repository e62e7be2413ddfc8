"""A public key that proves who signed an address. The key itself cannot change."""

from typing import Final

from sandbox.provider.edge_config import EdgeConfig
from sandbox.provider.words import Words

HANDLER: Final = EdgeConfig(
    words=Words("aws:cloudfront/publicKey:PublicKey"),
    call="public_key",
    noun="PublicKey",
    absent="NoSuchPublicKey",
    replaces=frozenset({"encodedKey", "name"}),
    refuses=frozenset({"namePrefix"}),
)
