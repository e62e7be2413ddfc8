"""Can credentials be sent as they are? The line break at the end of a file is the commonest slip with them.

What is wrong is said of the field that it is in, and never what the field holds.
"""

import re
from typing import Final

from botocore.session import Session

from bucketwright.s3.addresses import AccessError

_IN_A_HEADER: Final = re.compile(r"[\x21-\x7e]*")
_IN_A_KEY: Final = re.compile(r"(?!\s)[^\x00-\x1f\x7f]*(?<!\s)|")
"""It is never sent, and what it may hold only its server knows."""


def keep_sendable(access_key: str, secret_key: str, token: str | None) -> None:
    """Raises AccessError where credentials cannot be those that were issued."""
    for name, text, form in (
        ("access key", access_key, _IN_A_HEADER),
        ("secret key", secret_key, _IN_A_KEY),
        ("session token", token or "", _IN_A_HEADER),
    ):
        if form.fullmatch(text) is None:
            raise AccessError(f"the {name} {_fault(text)}: give it as it was issued, and nothing around it")


def keep_sendable_those_of(session: Session) -> None:
    """Raises where what a session signs with now cannot be sent; where it has nothing, the SDK does."""
    found = session.get_credentials()
    if found is not None:
        frozen = found.get_frozen_credentials()
        keep_sendable(frozen.access_key, frozen.secret_key, frozen.token)


def _fault(text: str) -> str:
    if "\n" in text or "\r" in text:
        return "holds a line break"
    if text != text.strip():
        return "begins or ends with a blank"
    return "holds what no credentials hold: a blank, a control character or a letter beyond ASCII"
