"""Which place or object of the contract does a word of the command line name?

files/documents/7/brief.pdf         PREFIX, a value for each variable of its path, the name below it
store:files/documents/7/brief.pdf   the same, where a path of this machine could be meant as well
s3://NAME/dev/cases/7/documents/brief.pdf   the same as S3 names it
"""

from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

from bucketwright.contract.loading import UnreadableError
from bucketwright.contract.placement import addresses
from bucketwright.contract.problems import ContractError
from bucketwright.plain_text import did_you_mean, shown
from bucketwright.storage.naming import Named, below, form, of_key
from cli.asked import S3
from cli.contract_file import given
from cli.json_lines import is_text

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage import Storage
    from bucketwright.storage.place import DeclaredPrefix

STORE: Final = "store:"


class _Stored(click.ParamType[str]):
    """A place or an object; shells complete the prefixes of the contract."""

    name = "stored"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as it was typed, unless it is no text at all."""
        if not is_text(value):
            self.fail(f"{shown(value)} is not UTF-8, and keys of S3 are", param, ctx)
        return value

    def shell_complete(
        self, ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The addresses of the contract's prefixes; none where there is no sound contract."""

        try:
            contract = given(ctx.params.get("named")).contract()
        except (ContractError, UnreadableError, click.UsageError, OSError):
            return []
        environments = contract.environments.values()
        known = dict.fromkeys(f"{address}/" for one in environments for address in addresses(one))
        mark = STORE if incomplete.startswith(STORE) else ""
        return [CompletionItem(mark + one) for one in known if (mark + one).startswith(incomplete)]


STORED: Final = _Stored()


def is_stored(word: str) -> bool:
    """Whether a word names something of the contract where it could be a path of this machine as well."""
    return word.startswith((STORE, S3))


def meant(storage: "Storage", word: str) -> Named:
    """What a word names; wrong use where it names nothing that the contract has."""
    if word.startswith(S3):
        return _of_key(storage, word)
    prefix, rest = prefix_meant(storage, word)
    found = below(prefix, rest)
    if found is None:
        raise click.UsageError(f"{shown(word)} has too few values: say {form(prefix)}NAME")
    return found


def object_meant(storage: "Storage", word: str) -> Named:
    """The object that a word names."""
    found = meant(storage, word)
    if not found.name or found.name.endswith("/"):
        raise click.UsageError(f"{shown(word)} is a place: name an object in it")
    return found


def place_meant(storage: "Storage", word: str) -> Named:
    """The place that a word names, or the objects in it whose names begin with something that ends in /."""
    found = meant(storage, word)
    if not found.name or found.name.endswith("/"):
        return found
    return Named(found.place, f"{found.name}/")


def prefix_meant(storage: "Storage", word: str) -> "tuple[DeclaredPrefix, str]":
    """The prefix that a word begins with, and what follows: values, and perhaps a name."""
    environment = storage.opened.environment
    parts = word.removeprefix(STORE).split("/", 2)
    address, rest = "/".join(parts[:2]), "/".join(parts[2:])
    known = [*addresses(environment)]
    if address not in known:
        hint = did_you_mean(address, known) or f"there are: {', '.join(known) or 'none'}"
        raise click.UsageError(f"{environment.name} has no prefix {shown(address)}; {hint}")
    return storage.prefix(address), rest


def _of_key(storage: "Storage", word: str) -> Named:
    bucket, _, key = word.removeprefix(S3).partition("/")
    prefixes = [storage.prefix(one) for one in addresses(storage.opened.environment)]
    names = {prefix.there.bucket for prefix in prefixes}
    if bucket not in names:
        hint = did_you_mean(bucket, names) or f"there are: {', '.join(sorted(names))}"
        raise click.UsageError(f"no bucket of {storage.opened.environment.name} is {shown(bucket)}; {hint}")
    here = [prefix for prefix in prefixes if prefix.there.bucket == bucket]
    found = [one for prefix in here if (one := of_key(prefix, key)) is not None]
    if not found:
        raise click.UsageError(f"no prefix of {bucket} owns {shown(key, 120)}")
    return max(found, key=lambda one: len(one.place.path))
