"""How many bytes have the parts of an upload that nobody finished?"""

from collections.abc import Iterator
from typing import Final

from bucketwright.calls import Call, Failure
from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.layouts import Entry
from bucketwright.s3.wire.lists import leaf_of
from bucketwright.s3.wire.pages import Form, Leaf
from bucketwright.s3.wire.post import Headers, Post, Question
from bucketwright.s3.wire.rows import Upload
from bucketwright.s3.wire.signing import path_of, query_of
from bucketwright.s3.wire.trying import tried

_CALL: Final = Call("s3", "ListParts")
_NUMBERS: Final = frozenset({"PartNumber", "Size"})
_FORM: Final = Form("ListParts", Entry("Part", ("PartNumber", "Size"), _NUMBERS, _NUMBERS))
_NEXT: Final = "NextPartNumberMarker"


async def size_of_parts(post: Post, headers: Headers, upload: Upload) -> int | Failure:
    """The sum of all parts that the service lists, or why it is not known."""
    path, size, after = path_of("", upload.key), 0, -1
    while True:
        query = query_of(_query(upload, after))
        leaf = await tried(post, Question(_CALL, "GET", path, query, headers, _leaf))
        if isinstance(leaf, Failure):
            return leaf
        size += sum(int(fields[1]) for fields in leaf.entries)
        if not leaf.goes_on:
            return size
        if int(leaf.said[_NEXT]) <= after:
            return Failure("bad answer", "", "the same page was pointed to twice")
        after = int(leaf.said[_NEXT])


def _query(upload: Upload, after: int) -> Iterator[tuple[str, str]]:
    yield "uploadId", upload.upload
    yield "max-parts", "1000"
    if after >= 0:
        yield "part-number-marker", str(after)


def _leaf(reply: Reply) -> Leaf:
    """A page that says whether, and with which number, it goes on."""
    leaf = leaf_of(_FORM, reply, _CALL.operation)
    if leaf.goes_on and not leaf.said.get(_NEXT, "").isdecimal():
        raise BadAnswerError("more is said to follow, and not how to ask for it")
    return leaf
