"""The examples of a written page, run from the first to the last."""

import re
from pathlib import Path
from typing import Final

import bucketwright

DOCS: Final = Path(bucketwright.__file__).parents[1] / "docs"
_BLOCK: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAYS: Final = re.compile(r"^( *)(.+?)  # -> (.+)$", re.MULTILINE)


def blocks(page: str, language: str) -> list[str]:
    """Those of a page that are in a language."""
    text = (DOCS / page).read_text(encoding="utf-8")
    return [block for kind, block in _BLOCK.findall(text) if kind == language]


def executed(page: str, names: dict[str, object]) -> None:
    """Run a page's Python; what stands behind an arrow is what comes out."""
    for block in blocks(page, "python"):
        checked = _SAYS.sub(r"\1_found = \2; assert repr(_found) == repr(\3), _found", block)
        exec(compile(checked, f"docs/{page}", "exec"), names)  # noqa: S102 - the page's own
