"""Is a large object copied in parts that make it up, and nothing left of a copy that fails?"""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.fixing_parts import copied_in_parts, part_size, parts_of
from audits.fixing_things import LARGEST_COPY
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.facets.writing import Write
from tests.audits.fixing_model import Model

LARGEST_OBJECT: Final = 50 * 10**12
SIZE: Final = LARGEST_COPY + 1
COPY: Final = Write(
    Call(
        "s3",
        "CopyObject",
        {
            "Bucket": "shop",
            "Key": "a.png",
            "CopySource": {"Bucket": "shop", "Key": "a.png"},
            "CopySourceIfMatch": '"a.png"',
            "IfMatch": '"a.png"',
            "MetadataDirective": "REPLACE",
            "TaggingDirective": "REPLACE",
            "Tagging": "a=b",
            "ContentType": "image/png",
            "ChecksumAlgorithm": "CRC64NVME",
        },
    ),
    "s3:PutObject",
)


@given(size=st.integers(1, LARGEST_OBJECT))
def test_the_parts_fit_what_s3_takes(size: int) -> None:
    """At most 10,000, none above 5 GiB, all but the last of the same size, none too many."""
    step, number = part_size(size), parts_of(size)

    assert number <= 10_000
    assert 5 * 2**20 <= step <= LARGEST_COPY
    assert (number - 1) * step < size <= number * step


class Server(Model):
    """S3, of which some calls fail."""

    def __init__(self, **failing: Failure) -> None:
        super().__init__()
        self.failing = failing
        self.put({"ContentLength": SIZE})

    def __call__(self, call: Call) -> Outcome:
        outcome = super().__call__(call)
        return self.failing.get(call.operation, outcome)

    @property
    def operations(self) -> list[str]:
        return [call.operation for call in self.sent]


def test_a_copy_in_parts_is_whole() -> None:
    """Every byte once, in order, and the upload told of before any part."""
    server, told = Server(), list[tuple[str, int]]()

    outcome = copied_in_parts(COPY, SIZE, server, lambda upload: told.append((upload, len(server.sent))))

    assert isinstance(outcome, Answer)
    assert told == [("upload-0", 1)]
    ranges = sorted(
        tuple(map(int, one.removeprefix("bytes=").split("-"))) for one in server.parts["upload-0"]
    )
    assert [first for first, _ in ranges] == [0, *(last + 1 for _, last in ranges[:-1])]
    assert ranges[-1][1] == SIZE - 1
    assert server.objects["a.png"].tags == {"a": "b"}
    last = server.sent[-1].params
    parts = last["MultipartUpload"]
    assert isinstance(parts, dict)
    assert [one["PartNumber"] for one in parts["Parts"]] == list(range(1, parts_of(SIZE) + 1))
    assert (last["IfMatch"], last["MpuObjectSize"]) == ('"a.png"', SIZE)


def test_what_begins_it_is_told_all_but_the_conditions() -> None:
    """The whole object's checksum is asked for where S3 can put one together."""
    server = Server()
    copied_in_parts(COPY, SIZE, server, lambda _: None)

    assert server.sent[0].params == {
        "Bucket": "shop",
        "Key": "a.png",
        "Tagging": "a=b",
        "ContentType": "image/png",
        "ChecksumAlgorithm": "CRC64NVME",
        "ChecksumType": "FULL_OBJECT",
    }


@pytest.mark.parametrize("operation", ["UploadPartCopy", "CompleteMultipartUpload"])
def test_a_copy_that_fails_is_aborted(operation: str) -> None:
    """Nothing of it stays to be paid for, and the reason is told."""
    server = Server(**{operation: Failure("denied", "AccessDenied")})

    outcome = copied_in_parts(COPY, SIZE, server, lambda _: None)

    assert outcome == Failure("denied", "AccessDenied")
    assert server.operations[-1] == "AbortMultipartUpload"
    assert server.uploads == {}


def test_a_copy_that_never_began_is_not_aborted() -> None:
    """There is nothing to abort."""
    server = Server(CreateMultipartUpload=Failure("denied", "AccessDenied"))

    assert copied_in_parts(COPY, SIZE, server, lambda _: None) == Failure("denied", "AccessDenied")
    assert server.operations == ["CreateMultipartUpload"]


def test_content_that_changed_meanwhile_is_not_copied() -> None:
    """Each part is of the content that was looked at."""
    server = Server()

    def begun(_: str) -> None:
        server.objects["a.png"].head["ETag"] = '"another"'

    outcome = copied_in_parts(COPY, SIZE, server, begun)

    assert outcome == Failure("refused", "PreconditionFailed")
    assert server.uploads == {}


@pytest.mark.parametrize(
    "answers",
    [{"CreateMultipartUpload": Answer()}, {"UploadPartCopy": Answer({"CopyPartResult": {}})}],
    ids=["no upload", "no part"],
)
def test_an_answer_that_says_nothing_is_no_copy(answers: dict[str, Outcome]) -> None:
    """An empty 200 is not believed."""
    server = Server(**answers)  # type: ignore[arg-type]  # an answer that is as bad as a failure

    outcome = copied_in_parts(COPY, SIZE, server, lambda _: None)

    assert isinstance(outcome, Failure)
    assert outcome.kind == "bad answer"


def test_nobody_to_tell_aborts_it() -> None:
    """Where the journal cannot be written, nothing is left that nobody knows of."""
    server = Server()

    def full(_: str) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        copied_in_parts(COPY, SIZE, server, full)

    assert server.uploads == {}
