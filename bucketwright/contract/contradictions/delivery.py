"""Can objects be delivered as a prefix says?"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bucketwright.contract.contradictions.scope import each
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.keys.templates import NameTemplate
from bucketwright.contract.names import path_template
from bucketwright.contract.problems import Fault

if TYPE_CHECKING:
    from bucketwright.contract.buckets import Bucket
    from bucketwright.contract.prefixes import Prefix

LINKS: Final = ("presigned", "cloudfront", "compatible")
LONGEST_LINK: Final = timedelta(days=7)
_RESTORED_FIRST: Final = ("glacier", "deep-archive")


def delivery(bucket: "Bucket") -> Iterator[Fault]:
    """Deliveries whose preconditions a prefix lacks."""
    for prefix_id, prefix in bucket.prefixes.items():
        for fault in each(_links(prefix), _preconditions(prefix)):
            yield fault.under("prefixes", prefix_id)


def _links(prefix: "Prefix") -> Iterator[Fault]:
    stated = prefix.delivery
    if stated.expires is None:
        return
    path = ("delivery", "expires")
    if stated.via not in LINKS:
        yield Fault(path, f"delivery by {stated.via} has no links that could expire", (), "remove it")
    elif stated.expires <= timedelta(0):
        yield Fault(path, "a link must live for some time")
    elif stated.via != "cloudfront" and stated.expires > LONGEST_LINK:
        yield Fault(path, "a presigned link lives at most 7 days", (), "7 days, or via: cloudfront")


def _preconditions(prefix: "Prefix") -> Iterator[Fault]:
    path = ("delivery", "via")
    match prefix.delivery.via:
        case "archive":
            if not any(step.to in _RESTORED_FIRST for step in prefix.archive):
                message = "nothing here moves to a class that is restored first"
                yield Fault(path, message, (), "archive: {after: 90 days, to: glacier}")
        case "content-addressed":
            if not _has_hash(prefix):
                message = "content-addressed keys need a variable of the type sha256"
                yield Fault(path, message, (), "objects: '{hash:sha256}'")
            if prefix.write.mode != "create":
                message = "content under its hash never changes, so it is only ever created"
                yield Fault(("write", "mode"), message, (), "write: create")


def _has_hash(prefix: "Prefix") -> bool:
    try:
        templates = [path_template(prefix.path)]
        names = [NameTemplate(prefix.objects)] if prefix.objects is not None else []
    except TemplateError:
        return True
    return any(kind.name == "sha256" for one in (*templates, *names) for kind in one.variables.values())
