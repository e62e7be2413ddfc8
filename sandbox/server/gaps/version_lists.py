"""Lists of versions whose keys hold what XML cannot: S3 spells them as in a URL where it is asked to."""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import unescape

from sandbox.server.calls import Answer, Call
from sandbox.server.elements import document, element, parsed
from sandbox.server.mending import Forward, Gap, Mending

GAPS: Final = (
    Gap(
        "encoded-version-lists",
        "ignores encoding-type in a list of versions: with a control character in a key it is no XML",
        "spells keys, prefixes and markers as in a URL where it is asked to, and says so",
    ),
)
_ASKED: Final = "encoding-type"
_SPELLED: Final = re.compile("<(Delimiter|Key|KeyMarker|NextKeyMarker|Prefix)>([^<]*)<")
"""In moto's own spelling, which escapes only what ends a text."""


def encoded(call: Call, forward: Forward) -> Answer:
    """moto's list, spelled so that every key can be read from it."""
    answer = forward(call)
    if call.query.get(_ASKED) != "url" or answer.status != HTTPStatus.OK:
        return answer
    text = _SPELLED.sub(lambda one: f"<{one[1]}>{quote(unescape(one[2]))}<", answer.body.decode())
    return answer.with_body(document(parsed(text.encode()).having(element("EncodingType", "url"))))


MENDINGS: Final = (Mending(encoded, "bucket", "GET", "versions", stands="innermost"),)
