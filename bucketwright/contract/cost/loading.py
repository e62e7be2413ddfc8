"""Which price table holds, the one shipped or the one in a file, and what is wrong with it?"""

import json
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Final, NoReturn

from pydantic import ValidationError

from bucketwright.contract.cost.prices import Prices
from bucketwright.contract.problems import Fault, printable, shown, spelled
from bucketwright.contract.wording import explained

LARGEST_FILE: Final = 4 * 2**20
_LONGEST_NUMBER: Final = 40


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
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PriceFileError(str(path), (f"cannot be read: {error.strerror}",)) from None
    except ValueError:
        raise PriceFileError(str(path), ("cannot be read: not a file name",)) from None
    return read_prices(content, str(path))


def read_prices(content: bytes, source: str) -> Prices:
    """Read a price table, or raise `PriceFileError` with all its problems."""
    if len(content) > LARGEST_FILE:
        raise PriceFileError(source, (f"larger than {LARGEST_FILE // 2**20} MiB",))
    data, plain, problem = _parsed(content)
    if problem:
        raise PriceFileError(source, (problem,))
    if not isinstance(data, dict):
        raise PriceFileError(source, ("a mapping with version, date, source and regions is needed",))
    try:
        return Prices.model_validate(data)
    except ValidationError as error:
        problems = tuple(_sentence(fault) for fault in explained(Prices, plain, error))
    raise PriceFileError(source, problems)


@cache
def _shipped() -> Prices:
    content = files(__package__).joinpath("prices.json").read_bytes()
    return read_prices(content, "the shipped price table")


def _parsed(content: bytes) -> tuple[object, object, str]:
    """The data with exact numbers, the data as people see it, and what is wrong with the JSON."""
    parse = partial(json.loads, parse_int=_whole, parse_constant=_refuse, object_pairs_hook=_once)
    try:
        text = content.decode()
        return parse(text, parse_float=Decimal), parse(text), ""
    except UnicodeDecodeError:
        problem = "not UTF-8 text"
    except json.JSONDecodeError as error:
        problem = f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        problem = "nested too deeply"
    except ValueError as error:
        problem = str(error)
    return None, None, problem


def _sentence(fault: Fault) -> str:
    allowed = f"; allowed: {', '.join(fault.allowed)}" if fault.allowed else ""
    remedy = f"; {fault.help}" if fault.help else ""
    return f"{spelled(fault.path) or 'the table'}: {fault.message}{allowed}{remedy}"


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else float(digits)


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {shown(key)} stands twice")
        found[key] = value
    return found
