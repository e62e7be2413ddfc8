"""What does an error of S3 say that is written as plainly as nearly all are?

A bucket answers to half of what it is asked that it has nothing of the kind, and a parser takes longer for
that than all else does for the request.
"""

import re
from collections.abc import Mapping
from typing import Final

_PLAIN: Final = re.compile(
    rb'(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"\?>)?[ \t\r\n]*'
    rb"<Error>(?:[ \t\r\n]*<([A-Za-z]+)>[ -%'-;=?-~]*</\1>)+[ \t\r\n]*</Error>[ \t\r\n]*"
)
"""No attribute, entity, namespace or element within another, and nothing but plain ASCII."""
_FIELD: Final = re.compile("<([A-Za-z]+)>([^<]*)</")


def plain_error(body: bytes) -> Mapping[str, str | None] | None:
    """Its fields as a parser of XML finds them, each of them there once; None where that takes one."""
    if _PLAIN.fullmatch(body) is None:
        return None
    found = _FIELD.findall(body.decode("ascii"))
    told = {name: text or None for name, text in found}
    return told if len(told) == len(found) else None
