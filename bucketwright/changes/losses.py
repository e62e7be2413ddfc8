"""What does a change take away for good: buckets with what is in them, keys that objects are read with?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from bucketwright.plain_text import printable, shown
from bucketwright.plan import Resource

if TYPE_CHECKING:
    from bucketwright.changes.resources import ResourceChange

_BUCKET: Final = "aws:s3/bucket:Bucket"
_KEY: Final = "aws:kms/key:Key"
_NOUNS: Final[Mapping[str, str]] = {_BUCKET: "bucket", _KEY: "KMS key"}
_MADE_ANEW: Final = frozenset({"bucket", "region"})
"""What nobody changes of a bucket or key that is there: another one is made in its place."""


def losses(changes: Iterable["ResourceChange"]) -> Iterator[str]:
    """A sentence for each bucket and key that the deployment would take away."""
    for change in changes:
        noun = _NOUNS.get(change.resource.kind)
        if noun is None:
            continue
        if change.does == "delete":
            yield f"{noun} {_named(change.resource)} is deleted{_fate(change.resource)}"
        elif change.was is not None and _MADE_ANEW & {*change.properties}:
            new, old = (_named(one) + _region(one, change) for one in (change.resource, change.was))
            yield f"another {noun}, {new}, takes the place of {old}, which is deleted{_fate(change.was)}"


def _fate(resource: Resource) -> str:
    """What becomes of what is in it, or under it."""
    if kept := _kept(resource):
        return kept
    if resource.kind == _KEY:
        return ": nobody reads what it encrypted"
    if resource.inputs.get("forceDestroy") is True:
        return " with every object in it"
    return "; the deployment fails while an object is in it"


def _kept(resource: Resource) -> str:
    """Why it stays all the same; empty where it does not."""
    if resource.protect:
        return "; it is protected, so the deployment is refused"
    return " from the stack alone, and stays in the account" if resource.retain_on_delete else ""


def _named(resource: Resource) -> str:
    name = resource.inputs.get("bucket")
    return shown(name if isinstance(name, str) else resource.name)


def _region(resource: Resource, change: "ResourceChange") -> str:
    """Where it is, where that is what changes."""
    region = resource.inputs.get("region")
    return f" in {printable(region)}" if "region" in change.properties and isinstance(region, str) else ""
