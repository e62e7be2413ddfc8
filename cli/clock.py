"""What time is it? Only here is the machine asked, and a run can be told that it is another day."""

import os
from datetime import UTC, datetime, time
from typing import Final

import click

from bucketwright.contract.quantities import parse_day

VARIABLE: Final = "BUCKETWRIGHT_TODAY"
_NOON: Final = time(12, tzinfo=UTC)


def now() -> datetime:
    """This second in UTC, or noon of the day that the environment says; anything else there is wrong use."""
    said = os.environ.get(VARIABLE)
    if not said:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.combine(parse_day(said), _NOON)
    except ValueError as error:
        raise click.UsageError(f"{VARIABLE}: {error}") from None
