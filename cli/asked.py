"""What does a word ask about: a bucket, one of its prefixes, or a key?"""

import re
from dataclasses import dataclass
from typing import Final

import click

from bucketwright.contract.model import Environment
from bucketwright.contract.names import bucket_name
from bucketwright.contract.placement import addresses
from bucketwright.plain_text import did_you_mean, shown
from cli.json_lines import is_text

S3: Final = "s3://"
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*(/[a-z][a-z0-9-]*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """A bucket; one prefix of it; or a key, in that bucket or in any."""

    bucket_id: str | None
    prefix_id: str | None = None
    key: str | None = None


def asked(environment: Environment, what: str) -> Asked:
    """What a word stands for; what names nothing else is a key, and `s3://` names a bucket that there is."""
    if not is_text(what):
        raise click.UsageError(f"{shown(what)} is not UTF-8, and keys of S3 are")
    bucket_id, _, rest = what.partition("/")
    bucket = environment.buckets.get(bucket_id)
    if bucket is not None and not rest:
        return Asked(bucket_id)
    if bucket is not None and rest in bucket.prefixes:
        return Asked(bucket_id, rest)
    if what in (names := _buckets(environment)):
        return Asked(names[what])
    return _at_address(environment, what) if what.startswith(S3) else Asked(None, key=what)


def name_meant(environment: Environment, about: Asked) -> str:
    """The bucket or prefix of which the key asked about may be a misspelling; empty where it is of none."""
    key = about.key or ""
    if about.bucket_id is not None or not _NAME.fullmatch(key):
        return ""
    bucket_id, slash, prefix_id = key.partition("/")
    bucket = environment.buckets.get(bucket_id)
    word, known = (bucket_id, environment.buckets) if bucket is None else (prefix_id, bucket.prefixes)
    alike = [name for name in _names(environment) if ("/" in name) == bool(slash)]
    return did_you_mean(key, alike) if did_you_mean(word, known) else ""


def nearest_name(environment: Environment, word: str) -> str:
    """The bucket or prefix whose name is nearest to a word; empty where none is near."""
    return did_you_mean(word, _names(environment))


def _names(environment: Environment) -> list[str]:
    return [*environment.buckets, *addresses(environment)]


def _buckets(environment: Environment) -> dict[str, str]:
    """The id of each bucket under its name in S3."""
    return {bucket_name(environment, bucket_id): bucket_id for bucket_id in environment.buckets}


def _at_address(environment: Environment, what: str) -> Asked:
    name, _, key = what.removeprefix(S3).partition("/")
    names = _buckets(environment)
    if name not in names:
        hint = did_you_mean(name, names) or f"there are: {', '.join(names)}"
        raise click.UsageError(f"no bucket of {environment.name} is called {name!r}; {hint}")
    return Asked(names[name], key=key) if key else Asked(names[name])
