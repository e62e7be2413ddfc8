"""Which price table holds, the one shipped or the one in a file, and what is wrong with it?"""

from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from bucketwright.contract.cost.prices import Prices
from bucketwright.contract.loading import UnreadableError, file_bytes
from bucketwright.contract.problems import Fault, spelled
from bucketwright.contract.wording import explained
from bucketwright.plain_text import printable
from bucketwright.strict_json import NotJsonError, read_json

LARGEST_FILE: Final = 4 * 2**20


class PriceFileError(ValueError):
    """A price table that cannot be used, with everything that is wrong with it."""

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        self.source = printable(source)
        self.problems = problems
        super().__init__("\n".join(f"{self.source}: {problem}" for problem in problems))


def load_prices(path: Path | None = None) -> Prices:
    """Load the table shipped with this version, or the one in a file."""
    if path is None:
        return _shipped()
    try:
        content = file_bytes(path, LARGEST_FILE)
    except UnreadableError as error:
        raise PriceFileError(str(path), (error.message,)) from None
    return read_prices(content, str(path))


def read_prices(content: bytes, source: str) -> Prices:
    """Read a price table, or raise `PriceFileError` with all its problems."""
    if len(content) > LARGEST_FILE:
        raise PriceFileError(source, (f"larger than {LARGEST_FILE // 2**20} MiB",))
    try:
        exact, plain = read_json(content, Decimal), read_json(content)
    except NotJsonError as error:
        raise PriceFileError(source, (str(error),)) from None
    if plain.complaints:
        raise PriceFileError(source, plain.complaints)
    if not isinstance(exact.value, dict):
        raise PriceFileError(source, ("a mapping with version, date, source and regions is needed",))
    try:
        return Prices.model_validate(exact.value)
    except ValidationError as error:
        problems = tuple(_sentence(fault) for fault in explained(Prices, plain.value, error))
    raise PriceFileError(source, problems)


@cache
def _shipped() -> Prices:
    content = files(__package__).joinpath("prices.json").read_bytes()
    return read_prices(content, "the shipped price table")


def _sentence(fault: Fault) -> str:
    allowed = f"; allowed: {', '.join(fault.allowed)}" if fault.allowed else ""
    remedy = f"; {fault.help}" if fault.help else ""
    return f"{spelled(fault.path) or 'the table'}: {fault.message}{allowed}{remedy}"
