"""An error that is read without a parser says what the SDK's parser reads of it, or is left to that."""

import pytest
from botocore.parsers import create_parser
from hypothesis import example, given
from hypothesis import strategies as st

from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.plain_errors import plain_error
from bucketwright.s3.wire.refusals import refused

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NOTHING_THERE = f"{HEAD}<Error><Code>NoSuchTagSet</Code><Message>There is no tag set</Message></Error>"
TEXT = st.text(st.sampled_from("aZ09 -'\"/:.,<>&;#\té\x00\n]"), max_size=6)
FIELD = st.sampled_from(["Code", "Message", "Resource", "RequestId", "HostId", "A-b", "x:y", "Error"])


def by_sdk(status: int, body: bytes) -> object:
    """All that the SDK reads of an error, but for what stands in its headers."""
    answer = {"status_code": status, "headers": {}, "body": body}
    return create_parser("rest-xml").parse(answer, None)["Error"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (NOTHING_THERE, {"Code": "NoSuchTagSet", "Message": "There is no tag set"}),
        ("<Error>\n <Code>A</Code>\r\n\t<Resource></Resource> </Error>\n", {"Code": "A", "Resource": None}),
        (f'{HEAD}<Error><Code>A</Code><Message>it\'s "so"</Message></Error>', None),
    ],
    ids=["as-S3-writes-it", "with-spaces-between", "with-quotes"],
)
def test_plain_ones_need_no_parser(body: str, told: dict[str, str | None] | None) -> None:
    """As nearly all are written."""
    expected = {"Code": "A", "Message": 'it\'s "so"'} if told is None else told

    assert plain_error(body.encode()) == expected == by_sdk(404, body.encode())


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<Error/>",
        "<Error></Error>",
        "<html>no</html>",
        "<Error><Code>A</Code>",
        "<Error><Code>A</Message></Error>",
        "<Error><Code>A</Code><Code>B</Code></Error>",
        "<Error><Code>A&amp;B</Code></Error>",
        "<Error><Code>A<b>B</b></Code></Error>",
        '<Error xmlns="urn:x"><Code>A</Code></Error>',
        "<!DOCTYPE Error><Error><Code>A</Code></Error>",
        "<Error><Code>é</Code></Error>",
        "\v<Error><Code>A</Code></Error>",
        " <?xml version='1.0'?><Error><Code>A</Code></Error>",
        "<Error><Code>A</Code></Error><Error/>",
    ],
)
def test_all_others_are_left_to_the_parser(body: str) -> None:
    """Whatever is not as plain, sound or not."""
    assert plain_error(body.encode()) is None


@given(st.lists(st.tuples(FIELD, TEXT), max_size=4), st.sampled_from(["", HEAD, " "]))
@example([("Code", "A"), ("RequestId", "1")], HEAD)
def test_the_sdk_reads_the_same(fields: list[tuple[str, str]], before: str) -> None:
    """Of whatever is taken for plain, with what the headers tell anyway left out."""
    inner = "".join(f"<{name}>{text}</{name}>" for name, text in fields)
    body = f"{before}<Error>{inner}</Error>".encode()

    if plain_error(body) is not None:
        error = refused(Reply(404, {"date": "today"}, body), "GetBucketTagging")

        assert error.response["Error"] == by_sdk(404, body)
        assert error.response["ResponseMetadata"] == {"HTTPStatusCode": 404, "HTTPHeaders": {"date": "today"}}
