"""Headers that a distribution adds to, or takes out of, what it answers."""

from typing import Final

from sandbox.provider.edge_config import EdgeConfig
from sandbox.provider.words import Words

HANDLER: Final = EdgeConfig(
    words=Words("aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"),
    call="response_headers_policy",
    noun="ResponseHeadersPolicy",
    absent="NoSuchResponseHeadersPolicy",
    defaults={
        "securityHeadersConfig": {
            "strictTransportSecurity": {"includeSubdomains": False, "preload": False},
            "xssProtection": {"modeBlock": False},
        }
    },
)
