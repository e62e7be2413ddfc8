"""How does what the SDK logs at level DEBUG keep to itself what opens a door? Its records are redacted.

It notes each request as it is signed and sent, and each answer: the token of a session, the signature, and
the credentials that STS gives.
"""

import logging
from typing import Final

from bucketwright.s3.redaction import redacted

_LOGGERS: Final = ("auth", "endpoint", "httpsession", "parsers", "retryhandler", "utils")
"""Those of botocore that speak of requests and answers; a filter holds for one logger alone."""


class _Redacted(logging.Filter):
    """Lets every record through, without what may not be shown."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        clean = redacted(text)
        if clean != text:
            record.msg, record.args = clean, ()
        return True


_FILTER: Final = _Redacted()


def keep_secrets_out() -> None:
    """From now on, in this program; where nothing is logged at that level it costs nothing."""
    for name in _LOGGERS:
        logging.getLogger(f"botocore.{name}").addFilter(_FILTER)  # added once, however often
