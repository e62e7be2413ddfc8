"""Does S3 take the tags of buckets and objects, bucketwright's own included?"""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from bucketwright.contract.contradictions.scope import Scope, readable
from bucketwright.contract.keys.errors import TemplateError
from bucketwright.contract.lifecycle import compile as lifecycle
from bucketwright.contract.limits import LONGEST_TAG_KEY, LONGEST_TAG_VALUE
from bucketwright.contract.own_tags import ON_RESOURCES, OWN_TAGS
from bucketwright.contract.problems import Fault, Path
from bucketwright.plain_text import clipped

if TYPE_CHECKING:
    from bucketwright.contract.prefixes import Prefix

MOST_BUCKET_TAGS: Final = 50
MOST_OBJECT_TAGS: Final = 10
_MARKS: Final = frozenset("_.:/=+-@")
_CATEGORIES: Final = frozenset("LNZ")


def bucket_tags(scope: Scope) -> Iterator[Fault]:
    """Tags of the environment and of its buckets that S3 would refuse."""
    environment = scope.environment
    yield from (fault.under("tags") for fault in _spelling(environment.tags))
    for bucket_id, bucket in environment.buckets.items():
        path = ("buckets", bucket_id, "tags")
        yield from (fault.under(*path) for fault in _spelling(bucket.tags))
        count = len(environment.tags.keys() | bucket.tags.keys()) + len(ON_RESOURCES)
        if count > MOST_BUCKET_TAGS:
            message = f"a bucket has at most {MOST_BUCKET_TAGS} tags, and here there are {count}"
            remedy = f"the environment's tags and {len(ON_RESOURCES)} of bucketwright's own count, too"
            yield Fault(path if bucket.tags else ("tags",), message, (), remedy)


def object_tags(scope: Scope) -> Iterator[Fault]:
    """Object tags that S3 would refuse."""
    for bucket_id, bucket in scope.environment.buckets.items():
        for prefix_id, prefix in bucket.prefixes.items():
            path = ("buckets", bucket_id, "prefixes", prefix_id, "tags")
            yield from readable(_of_prefix(scope, prefix, path))


def _of_prefix(scope: Scope, prefix: "Prefix", path: Path) -> Iterator[Fault]:
    yield from (fault.under(*path) for fault in _spelling(prefix.tags))
    if len(prefix.tags) >= MOST_OBJECT_TAGS:
        yield from _count(scope, path)


def _count(scope: Scope, path: Path) -> Iterator[Fault]:
    _, bucket_id, _, prefix_id, _ = map(str, path)
    try:
        count = len(lifecycle.object_tags(scope.environment, bucket_id, prefix_id))
    except TemplateError:
        return
    if count > MOST_OBJECT_TAGS:
        message = f"an object has at most {MOST_OBJECT_TAGS} tags, and here there are {count}"
        yield Fault(path, message, (), "the tag by which lifecycle finds objects counts, too")


def _spelling(tags: Mapping[str, str]) -> Iterator[Fault]:
    for key, value in tags.items():
        if message := _key_refusal(key):
            yield Fault((key,), message, at="key")
        if len(value) > LONGEST_TAG_VALUE:
            yield Fault(
                (key,), f"a tag's value has at most {LONGEST_TAG_VALUE} characters, this one {len(value)}"
            )
        elif foreign := _foreign(value):
            yield Fault(
                (key,),
                f"a tag cannot hold '{clipped(foreign)}'",
                (),
                "letters, digits, blanks and _ . : / = + - @",
            )


def _key_refusal(key: str) -> str:
    if not 1 <= len(key) <= LONGEST_TAG_KEY:
        return f"a tag's key has 1 to {LONGEST_TAG_KEY} characters, this one {len(key)}"
    for reserved, owner in (("aws:", "AWS"), (OWN_TAGS, "bucketwright")):
        if key.lower().startswith(reserved):
            return f"tags beginning with {reserved} are {owner}'s own"
    foreign = _foreign(key)
    return f"a tag cannot hold '{clipped(foreign)}'" if foreign else ""


def _foreign(text: str) -> str:
    return next(
        (char for char in text if char not in _MARKS and unicodedata.category(char)[0] not in _CATEGORIES), ""
    )
