"""Public keys that a distribution trusts together."""

from typing import Final

from sandbox.provider.edge_config import EdgeConfig
from sandbox.provider.words import Words

HANDLER: Final = EdgeConfig(
    words=Words("aws:cloudfront/keyGroup:KeyGroup"),
    call="key_group",
    noun="KeyGroup",
    absent="NoSuchResource",
)
