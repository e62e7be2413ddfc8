"""One example or more of each S3 type: inputs as a program sends them, and what they change into.

`{bucket}` stands for a bucket of the test's own, `{other}` for a second one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Example:
    """What a program says first and then; `left` is what is still read after deletion, where AWS keeps something."""

    kind: str
    inputs: Mapping[str, object]
    changed: Mapping[str, object]
    left: Mapping[str, object] | None = None
    needs: tuple[str, ...] = field(default=())

