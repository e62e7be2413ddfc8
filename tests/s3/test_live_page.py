"""The page about live accounts says what the program does."""

import re
from pathlib import Path

import pytest

from bucketwright.s3.endpoints import SERVERS, Server
from bucketwright.s3.limits import Limits

PAGE = (Path(__file__).parents[2] / "docs" / "live.md").read_text()


def row(server: Server) -> str:
    """A server's row of the table."""
    lacking = "; ".join(server.lacking)
    return f"| `{server.name}` | {lacking} |" if lacking else f"| `{server.name}` | |"


def test_servers() -> None:
    """The table of servers is that of the program."""
    rows = re.findall(r"^\| `\w+` \|.*$", PAGE.partition("## Servers")[2], re.MULTILINE)

    assert rows == [row(server) for server in SERVERS.values()]


@pytest.mark.parametrize(
    ("named", "value"),
    [
        ("attempts | {:d},", Limits().attempts),
        ("to connect | {:.0f} seconds", Limits().connect_seconds),
        ("without a byte | {:.0f} seconds", Limits().read_seconds),
        ("all attempts included | {:.0f} seconds", Limits().answer_seconds),
        ("one page of an answer | {:.0f} MiB", Limits().answer_bytes / 2**20),
        ("pages of one answer | {:,d}", Limits().pages),
        ("a run | {:.0f} minutes", Limits().run_seconds / 60),
    ],
)
def test_bounds(named: str, value: float) -> None:
    """The bounds on the page are those of the program."""
    assert named.format(value) in PAGE
