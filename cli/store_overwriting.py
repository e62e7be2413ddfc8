"""May a command replace what is there? Only where it is told to, and where the contract lets it be."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Final

import click

from bucketwright.plain_text import shown
from bucketwright.storage.errors import AlreadyThere, NotFound

if TYPE_CHECKING:  # the storage is loaded when a command runs
    from bucketwright.storage.place import Place

overwrite_option: Final = click.option(
    "--overwrite", is_flag=True, help="Replace what has that name already, where the contract lets it be."
)
kept_option: Final = click.option(
    "--kept", is_flag=True, help="Delete even what the contract keeps for ever, or AWS delivered."
)


def written_to(place: "Place", *, overwrite: bool) -> "Place":
    """The place, where nothing is replaced unless that is meant; wrong use where it can never be."""
    write = place.there.prefix.write
    if write.mode == "create" and overwrite:
        raise click.UsageError(f"{place.there.address} only creates: leave out --overwrite")
    if write.mode != "overwrite" or overwrite:
        return place
    from bucketwright.storage.patterns.creating import creating  # noqa: PLC0415 - when a command runs

    return creating(place)


def over(place: "Place", name: str, *, overwrite: bool) -> str:
    """The ETag of what is there now, where only that may be replaced; empty where nothing is."""
    if not overwrite or place.there.prefix.write.mode != "if-unchanged":
        return ""
    try:
        return place.info(name).etag
    except NotFound:
        return ""


def keep_name(place: "Place", name: str, *, overwrite: bool) -> None:
    """Raises where nothing may be written under a name now, as a dry run can tell without a write."""
    from bucketwright.storage.declared import keep_name_rules, key_of  # noqa: PLC0415 - when a command runs

    key = key_of(place.there, place.path, name)
    keep_name_rules(place.there, key)
    if not overwrite and place.there.prefix.write.on_clash == "error" and place.exists(name):
        hint = "" if place.there.prefix.write.mode == "create" else "; --overwrite replaces it"
        raise AlreadyThere(f"there is an object under {shown(key, 120)} already{hint}", key)


def saying_how(place: "Place") -> AbstractContextManager[None]:
    """Where a name is taken, and could be replaced, it is told how."""
    return nullcontext() if place.there.prefix.write.mode == "create" else hinting()


@contextmanager
def hinting() -> Iterator[None]:
    """Where a name is taken, it is told how it is replaced."""
    try:
        yield
    except AlreadyThere as clash:
        raise AlreadyThere(f"{clash.message}; --overwrite replaces it", clash.key) from None


def may_delete(place: "Place", *, kept: bool) -> None:
    """Wrong use where the contract lets objects stay, and nobody said that it is meant all the same."""
    from bucketwright.storage.patterns.batches import why_it_stays  # noqa: PLC0415 - when a command runs

    why = why_it_stays(place.there)
    if why and not kept:
        raise click.UsageError(f"{place.there.address} {why}: --kept deletes there all the same")
