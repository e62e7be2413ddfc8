"""A page says the same whichever way it is read, and what is no page is refused."""

from collections.abc import Callable
from urllib.parse import quote_plus, unquote_plus
from xml.sax.saxutils import escape

import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.s3.wholeness import BadAnswerError
from bucketwright.s3.wire.head_lines import Reply
from bucketwright.s3.wire.layouts import Entry, Learned
from bucketwright.s3.wire.lists import KEYS, VERSIONS
from bucketwright.s3.wire.pages import Form, decoded
from bucketwright.s3.wire.rows import Marker, Row

ETAG = "<ETag>&quot;abc-2&quot;</ETag>"
PUT = "<LastModified>2026-11-21T00:00:00.000Z</LastModified>"
SIZE = "<Size>7</Size>"
OPTIONAL = (
    "<StorageClass>STANDARD</StorageClass>",
    "<Owner><ID>me</ID><DisplayName>M</DisplayName></Owner>",
    "<Owner><DisplayName>M</DisplayName><ID>you</ID></Owner>",
    "<ChecksumAlgorithm>CRC32</ChecksumAlgorithm>",
    "<ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumAlgorithm>SHA1</ChecksumAlgorithm>",
    "<ChecksumType>FULL_OBJECT</ChecksumType>",
    "<RestoreStatus><IsRestoreInProgress>true</IsRestoreInProgress></RestoreStatus>",
    "<New><Deep>1</Deep></New>",
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
ENCODED = "<EncodingType>url</EncodingType>"
END = "<IsTruncated>false</IsTruncated></ListBucketResult>"


def entry(key: str, *more: str, name: str = "Contents") -> str:
    """An entry of a list."""
    return f"<{name}><Key>{quote_plus(key, safe='/')}</Key>{ETAG}{PUT}{SIZE}{''.join(more)}</{name}>"


def page(*entries: str) -> bytes:
    """A page of keys."""
    return f"{HEAD}{ENCODED}{''.join(entries)}{END}".encode()


def rows(body: bytes) -> list[Row]:
    """What a page holds."""
    return list(KEYS.turned(Reply(200, {}, body)).rows(slice(None)))


def slowly(body: bytes) -> list[Row]:
    """The same by a parser of XML alone: a comment keeps the pattern from being tried."""
    return rows(body.replace(b"<IsTruncated>", b"<!-- slowly --><IsTruncated>"))


@st.composite
def pages(draw: st.DrawFn) -> bytes:
    """Pages whose entries have other elements in other orders, as servers write them, or worse."""
    gap = draw(st.sampled_from(["", "", "\n  "]))
    quote = draw(st.sampled_from(["&quot;", "&#34;", '"', "", "&#x22;"]))
    keys = draw(
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), unique=True, max_size=8)
    )
    found = []
    for key in keys:
        parts = [f"<Key>{quote_plus(key)}</Key>", ETAG.replace("&quot;", quote), PUT, SIZE]
        parts += draw(st.lists(st.sampled_from(OPTIONAL), unique_by=lambda one: one[1:6], max_size=4))
        if draw(st.booleans()):
            parts = draw(st.permutations(parts))
        found.append(f"<Contents>{gap}{gap.join(parts)}{gap}</Contents>{gap}")
    return page(*found)


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, unique=True))
def test_servers_that_do_not_encode(keys: list[str]) -> None:
    """Keys as they are in XML are read alike both ways, or refused both ways where XML cannot hold them."""
    entries = (entry("key").replace("<Key>key<", f"<Key>{escape(key)}<") for key in keys)
    body = page(*entries).replace(ENCODED.encode(), b"")

    assert told(rows, body) == told(slowly, body)


def told(read: Callable[[bytes], list[Row]], body: bytes) -> list[Row] | type[Exception]:
    """What a page holds, or that it is none."""
    try:
        return read(body)
    except (BadAnswerError, ClientError) as error:
        return type(error)


@settings(deadline=None)
@given(pages())
def test_both_ways_agree(body: bytes) -> None:
    """The learned pattern and the parser of XML tell the same of every page."""
    assert rows(body) == slowly(body)


@settings(deadline=None)
@given(st.lists(pages(), max_size=4))
def test_what_was_learned_does_no_harm(bodies: list[bytes]) -> None:
    """Whatever pages came before, a page is read as if it were the first."""
    learned = Form("ListObjectsV2", *KEYS.form.entries)

    for body in bodies:
        assert learned.read(body).keys() == KEYS.form.read(body).keys()


def test_all_that_is_read() -> None:
    """Each field is where it belongs."""
    body = page(entry("a b+c%/é\n", OPTIONAL[0], OPTIONAL[1], OPTIONAL[4], OPTIONAL[6]), entry("z"))

    assert rows(body) == [
        Row(
            key="a b+c%/é\n",
            etag='"abc-2"',
            modified="2026-11-21T00:00:00.000Z",
            size=7,
            storage_class="STANDARD",
            owner="me",
            checksums="CRC32,SHA1",
            restoring=True,
        ),
        Row("z", '"abc-2"', "2026-11-21T00:00:00.000Z", 7, "", None, "", restoring=False),
    ]


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param([entry("a"), entry("b")], id="alike"),
        pytest.param([entry("a", OPTIONAL[0]), entry("b")], id="one-has-less"),
        pytest.param([entry("a"), entry("b", OPTIONAL[3]), entry("c", OPTIONAL[4])], id="some-have-more"),
        pytest.param([entry("a", OPTIONAL[1]), entry("b", OPTIONAL[4])], id="each-has-its-own"),
    ],
)
def test_the_pattern_is_learned(entries: list[str]) -> None:
    """The common shapes are read by the pattern, not by the parser."""
    text = "".join(entries)

    found = Learned(KEYS.form.entries).read(text)

    assert found is not None
    assert [fields[0] for fields in found.of_kinds()[0]] == list("abc")[: len(entries)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(entry("a") + "<Oops/>" + entry("b"), id="something-between"),
        pytest.param(entry("a") + "text" + entry("b"), id="text-between"),
        pytest.param("<Contents>" + entry("a"), id="opened-twice"),
        pytest.param(entry("a") + "</Contents>", id="closed-twice"),
        pytest.param(entry("a").replace("abc", "a&lt;c"), id="a-reference"),
        pytest.param(entry("a").replace("<Key>", '<Key lang="en">'), id="an-attribute"),
        pytest.param(entry("a").replace("7", "7.0"), id="no-whole-number"),
        pytest.param(entry("a") + entry("").replace("<Key></Key>", "<Key/>"), id="an-empty-key"),
        pytest.param(entry("a", entry("b")), id="one-inside-the-other"),
    ],
)
def test_the_pattern_is_not_believed(text: str) -> None:
    """Where anything is left over, the pattern proves nothing, whatever was learned before."""
    learned = Learned(KEYS.form.entries)
    assert learned.read(text) is None

    assert learned.read(entry("fine")) is not None
    assert learned.read(text) is None


@pytest.mark.parametrize("name", ["Key", "ETag", "LastModified", "Size"])
def test_absent_elements(name: str) -> None:
    """An entry without what every entry has is no answer."""
    broken = entry("b").replace(f"<{name}>", "<Other>").replace(f"</{name}>", "</Other>")

    with pytest.raises(BadAnswerError, match=f"without its {name}"):
        rows(page(entry("a"), broken))


@pytest.mark.parametrize("name", ["Key", "VersionId", "IsLatest", "LastModified", "Size"])
@pytest.mark.parametrize("others", [0, 1], ids=["all", "one-of-two"])
def test_versions_that_lack_an_element(name: str, others: int) -> None:
    """Which one is told, whether all versions lack it or only some."""
    more = ("<VersionId>v</VersionId>", "<IsLatest>true</IsLatest>")
    fine = [entry(f"a{number}", *more, name="Version") for number in range(others)]
    broken = (
        entry("b", *more, name="Version").replace(f"<{name}>", "<Other>").replace(f"</{name}>", "</Other>")
    )
    body = page(*fine, broken).replace(b"ListBucketResult", b"ListVersionsResult")

    with pytest.raises(BadAnswerError, match=f"a <Version> is listed without its {name}"):
        VERSIONS.turned(Reply(200, {}, body))


def test_a_list_after_one_that_lacks_an_element() -> None:
    """A page of markers alone is read as ever, whatever versions on an earlier page lacked."""
    form = Form("ListObjectVersions", *VERSIONS.form.entries)
    versioned = "<VersionId>v</VersionId><IsLatest>true</IsLatest>"
    marker = f"<DeleteMarker><Key>a</Key>{PUT}{versioned}</DeleteMarker>"
    broken, fine = (
        page(one).replace(b"ListBucketResult", b"ListVersionsResult")
        for one in (entry("a", versioned, name="Version").replace(SIZE, ""), marker)
    )

    with pytest.raises(BadAnswerError, match="without its Size"):
        form.read(broken)

    assert form.read(fine).entries == [("a", "2026-11-21T00:00:00.000Z", "", "v", "true")]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (page(entry("a")).replace(b"ListBucketResult", b"ListVersionsResult"), "and not <ListBucketResult>"),
        (page(entry("a")).replace(b"false", b"maybe"), "IsTruncated is missing"),
        (page(entry("a")).replace(b"<IsTruncated>false</IsTruncated>", b""), "IsTruncated is missing"),
        (page(entry("a")).replace(b"false", b"true"), "not how to ask for it"),
        (page(entry("a").replace("7", "-7")), "is no number"),
        (page(entry("a").replace("7", "\u0667")), "is no number"),
        (page(entry("a").replace("7", "")), "is no number"),
        (page(entry("a", "<Key>b</Key>")), "more than one Key"),
        (page(entry("")), "Key is empty"),
        (b"<!DOCTYPE x>" + page(entry("a"))[38:], "document type"),
        (page(entry("a", "<a>" * 200 + "</a>" * 200)), "too deep"),
    ],
    ids=[
        "nothing",
        "blanks",
        "another-list",
        "no-truth",
        "no-end",
        "no-token",
        "negative",
        "other-digits",
        "no-size",
        "two-keys",
        "no-key",
        "document-type",
        "deep",
    ],
)
def test_what_is_no_page(body: bytes, told: str) -> None:
    """What no honest server sends is refused in words."""
    with pytest.raises(BadAnswerError, match=told):
        KEYS.turned(Reply(200, {}, body))


@pytest.mark.parametrize(
    "body", [b"<Error><Code>InternalError</Code></Error>", b"<ListBucketResult><Contents>", b"\x00"]
)
def test_what_broke_on_the_way(body: bytes) -> None:
    """An error in a good answer, and what is no XML, is an error of the server, which may pass."""
    with pytest.raises(ClientError) as raised:
        KEYS.turned(Reply(200, {}, body))

    assert raised.value.response["ResponseMetadata"]["HTTPStatusCode"] == 500


def test_versions() -> None:
    """Versions and delete markers keep the order of the list."""
    latest, older = "<IsLatest>true</IsLatest>", "<IsLatest>false</IsLatest>"
    version = entry("a", "<VersionId>v1</VersionId>", older, name="Version")
    marker = f"<DeleteMarker><Key>a</Key>{PUT}<VersionId>m</VersionId>{latest}{OPTIONAL[1]}</DeleteMarker>"
    other = entry("b", latest, "<VersionId>null</VersionId>", name="Version")
    body = page(marker, version, other).replace(b"ListBucketResult", b"ListVersionsResult")

    found = VERSIONS.turned(Reply(200, {}, body)).rows(slice(None))

    put = "2026-11-21T00:00:00.000Z"
    assert found == [
        Marker("a", put, "me", "m", is_latest=True),
        Row("a", '"abc-2"', put, 7, "", None, "", restoring=False, version="v1", is_latest=False),
        Row("b", '"abc-2"', put, 7, "", None, "", restoring=False, version="null", is_latest=True),
    ]


@given(st.lists(st.text(), max_size=6))
def test_decoding(texts: list[str]) -> None:
    """Many texts are decoded at once as each would be alone, whatever stands in them."""
    assert decoded(texts) == [unquote_plus(text.encode("utf-8", "replace").decode()) for text in texts]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=6))
def test_decoded_once(texts: list[str]) -> None:
    """What was encoded once is as it was, also what looks encoded."""
    assert decoded([quote_plus(text) for text in texts]) == texts


def test_fields_are_named_once() -> None:
    """A kind of entry that another server orders otherwise is the same kind."""
    kind = Entry("E", ("A", "B"), frozenset({"A", "B"}))
    learned = Learned((kind,))

    found = learned.read("<E><B>2</B><A>1</A></E><E><B>4</B><A>3</A></E>")

    assert found is not None
    assert [list(kind) for kind in found.of_kinds()] == [[("1", "2"), ("3", "4")]]
