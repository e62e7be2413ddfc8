"""Which ARNs of a document are known only after deployment, and what stands for them until then?

A document is compared and judged with the stand-ins in it; a program renders them, a lens restores them.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Final

from bucketwright.contract.partitions import NO_ACCOUNT
from bucketwright.posture import reference

_DISTRIBUTION: Final = "distribution"
_ID: Final = r"[A-Z0-9]+"
_ARN: Final = r"(arn:[a-z0-9-]+:cloudfront::)([0-9]*)(:distribution/)"
_STAND_IN: Final = re.compile(rf"{_ARN}\{{([a-z0-9-]+)\}}")
_REAL: Final = re.compile(rf"{_ARN}{_ID}(?![A-Za-z0-9*?$/])")


class Unrendered(ValueError):  # noqa: N818 - says what the document is, as its reader would
    """A document refers to something whose ARN was not given."""


def addresses_in(document: str) -> frozenset[str]:
    """What a document refers to by stand-ins."""
    return frozenset(_address(found) for found in _STAND_IN.finditer(document))


def render(document: str, arns: Mapping[str, str]) -> str:
    """The document, in JSON, with the ARN of each address it refers to."""

    def arn(found: re.Match[str]) -> str:
        address = _address(found)
        if address not in arns:
            raise Unrendered(f"the document needs the ARN of {address}, and none is given")
        return json.dumps(arns[address])[1:-1]

    return _STAND_IN.sub(arn, document)


def restored(document: str, address_of: Callable[[str], str | None]) -> str:
    """The document with stand-ins again for the ARNs whose address is known.

    They name no account, so that a contract that names none is compared all the same.
    """

    def stand_in(found: re.Match[str]) -> str:
        address = address_of(found[0])
        kind, _, identifier = (address or "").partition(":")
        return f"{found[1]}{NO_ACCOUNT}{found[3]}{{{identifier}}}" if kind == _DISTRIBUTION else found[0]

    return _STAND_IN.sub(rf"\g<1>{NO_ACCOUNT}\g<3>{{\g<4>}}", _REAL.sub(stand_in, document))


def _address(found: re.Match[str]) -> str:
    return reference(_DISTRIBUTION, found[4])
