"""How a distribution signs its requests to a bucket."""

from typing import Final

from sandbox.provider.edge_config import EdgeConfig
from sandbox.provider.words import Words

HANDLER: Final = EdgeConfig(
    words=Words("aws:cloudfront/originAccessControl:OriginAccessControl"),
    call="origin_access_control",
    noun="OriginAccessControl",
    absent="NoSuchOriginAccessControl",
)
