"""Where does a text name a bucket of the contract, which only the contract should?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bucketwright.contract.names import bucket_name

if TYPE_CHECKING:
    from bucketwright.contract.model import Contract

ALLOWED: Final = "bucketwright: allow-name"
"""A line with this says that it names a bucket on purpose."""
_HOLE: Final = (
    r"(?:\$?\{[^{}\n]{0,60}\}|\$[A-Za-z_]\w{0,40}|%s|%\(\w{1,40}\)s"
    r"|[\"']\s{0,9}\+\s{0,9}[\w.()\[\]\"']{1,60}\s{0,9}\+\s{0,9}[\"'])"
)
"""What programs write where a part of a name is worked out: `{env}`, `${ENV}`, `%s`, `" + env + "`."""
_BEFORE: Final = r"(?<![A-Za-z0-9_-])(?<![A-Za-z0-9]\.)"
_AFTER: Final = r"(?![A-Za-z0-9_-])(?!\.(?!s3[.-])[A-Za-z0-9])"
"""A name ends before a dot where a host of S3 follows, and is another name where anything else does."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text where a bucket is named."""

    line: int
    column: int
    """In characters, from 1."""
    text: str
    """What stands there."""
    bucket_id: str
    environment: str
    """Empty where the text leaves it open."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names of all buckets of a contract, ready to be looked for."""

    pattern: re.Pattern[str] | None
    """None where there is no name to look for."""
    buckets: Mapping[str, tuple[str, str]]
    """Bucket and environment of each name."""
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    """The bucket of each way to work a name out from an environment's."""

    def mentions(self, text: str) -> Iterator[Mention]:
        """Where the text names a bucket, line by line."""
        for number, line in enumerate(text.split("\n"), 1):
            if ALLOWED not in line:
                yield from self._in_line(number, line)

    def _in_line(self, number: int, line: str) -> Iterator[Mention]:
        if self.pattern is None:
            return
        for found in self.pattern.finditer(line):
            bucket_id, environment = self.buckets[found[0]]
            yield Mention(number, found.start() + 1, found[0], bucket_id, environment)
        for pattern, bucket_id in self.patterns:
            for found in pattern.finditer(line):
                yield Mention(number, found.start() + 1, found[0], bucket_id, "")


def names(contract: "Contract") -> Names:
    """The names that a contract gives to buckets, in all its environments."""
    buckets: dict[str, tuple[str, str]] = {}
    ways: dict[str, str] = {}
    for environment in contract.environments.values():
        for bucket_id in environment.buckets:
            name = bucket_name(environment, bucket_id)
            buckets.setdefault(name, (bucket_id, environment.name))
            if way := _worked_out(name, environment.name):
                ways.setdefault(way, bucket_id)
    several = "|".join(map(_spelled, sorted(buckets, key=len, reverse=True)))
    return Names(
        re.compile(several) if several else None,
        buckets,
        tuple((re.compile(way), bucket_id) for way, bucket_id in ways.items()),
    )


def _spelled(name: str) -> str:
    """A name anywhere; one that is a plain word only where it stands as the name of a bucket does."""
    if "-" in name or "." in name:
        return _BEFORE + re.escape(name) + _AFTER
    quoted = rf"(?<=[\"'`]){re.escape(name)}(?=[\"'`])"
    return rf"{quoted}|(?<=s3://){re.escape(name)}{_AFTER}|(?<=:::){re.escape(name)}{_AFTER}"


def _worked_out(name: str, environment: str) -> str:
    """How a program would work the name out from the environment's; empty where that is no part of it."""
    parts = re.split(rf"(?<![a-z0-9]){re.escape(environment)}(?![a-z0-9])", name)
    if len(parts) == 1 or not any(part.strip("-.") for part in parts):
        return ""
    return _BEFORE + _HOLE.join(map(re.escape, parts)) + _AFTER
