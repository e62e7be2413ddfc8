"""How is text from outside written in Markdown, so that it is nothing but text?"""

import re
from typing import Final

from bucketwright.plain_text import printable

_MARKUP: Final = re.compile(r"([\\`*_\[\]!|<>~&$])")
_LINK: Final = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=[@#])", re.IGNORECASE)
"""Where a service would begin a link, a mention or a reference by itself."""
_INVISIBLE: Final = "&#8203;"
"""A space of no width, in letters that every terminal, file and service takes."""


def escaped(text: str) -> str:
    """Text from outside, so that it is shown as it is: no markup, no mention, no link, no image, no table."""
    return _LINK.sub(_INVISIBLE, _MARKUP.sub(r"\\\1", printable(text)))
