"""What does AWS Lambda call in the container image? The environment tells it all, its event nothing."""

from collections.abc import Mapping

from cli.exits import Exit
from cli.main import program

_LOOKED = frozenset({Exit.CLEAN, Exit.FINDINGS, Exit.INCOMPLETE})


class RunFailedError(RuntimeError):
    """The function is to be seen to have failed."""


def handler(_event: object, _context: object) -> Mapping[str, object]:
    """One scheduled audit; RunFailedError where it was told what makes no sense."""
    code = program.main(["scheduled-audit"], standalone_mode=False)
    if code not in _LOOKED:
        raise RunFailedError(f"the audit ended with {code}: the lines above say why")
    return {"exit_code": int(code)}
