"""What does the docstring of a rule say: its title, why it matters, how to keep it, when not to?"""

import re
from dataclasses import dataclass
from inspect import cleandoc
from typing import Final


@dataclass(frozen=True, slots=True)
class Manual:
    """A rule's manual page, in its parts."""

    title: str
    """One sentence that holds where the rule is kept."""
    why: str
    fix: str
    exempt: str
    """When it is right not to keep it."""


class ManualError(ValueError):
    """The docstring of a rule lacks a part."""


_HEADINGS: Final = ("Why", "Fix", "Exempt it when")
_PARTS: Final = re.compile(
    r"(?P<title>[^\n]+)\n\n" + r"\n\n".join(rf"\*\*{heading}\.?\*\* (.+?)" for heading in _HEADINGS) + r"\Z",
    re.DOTALL,
)


def manual_of(docstring: str) -> Manual:
    """The parts, each as one paragraph."""
    found = _PARTS.fullmatch(cleandoc(docstring))
    if found is None:
        needed = ", ".join(f"**{heading}**" for heading in _HEADINGS)
        raise ManualError(
            f"a rule's docstring is a title of one line, then paragraphs that begin with {needed}"
        )
    return Manual(*(" ".join(part.split()) for part in found.groups()))
