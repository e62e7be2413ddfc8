"""The comment on a pull request: short, escaped, found again."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from hypothesis import given, settings

from bucketwright.changes.resources import ResourceChange
from bucketwright.findings import Subject
from bucketwright.plan import Resource
from bucketwright.reports.markdown import MOST_CHARACTERS, comment, marker
from bucketwright.reports.markdown_text import escaped
from bucketwright.review import Review
from tests.reports.reviews import CHANGES, GRAVE, REVIEW, reviews

OURS = {"details", "summary", "sub"}


class _Tags(HTMLParser):
    """The elements a browser would find in a text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


def test_the_comment_says_what_matters_first() -> None:
    """Verdict, new findings, access, retention, cost; what was there before and resources come after."""
    text = comment(REVIEW)
    titles = re.findall(r"^#### (.+) \(\d+\)$", text, re.MULTILINE)

    assert text.startswith("<!-- bucketwright:shop/prod:v1 -->\n")
    assert titles[:5] == ["New findings", "New exemptions", "Access", "Retention", "Cost"]
    assert titles[-1] == "Resources"
    assert "blocked. 1 finding that blocks" in text


@given(reviews())
@settings(max_examples=150, deadline=None)
def test_nothing_from_outside_is_markup(review: Review) -> None:
    """No element, mention, image or second marker comes out of names and texts."""
    text = comment(review)
    tags = _Tags()
    tags.feed(re.sub(r"\\(.)", lambda found: "" if found[1] in "<>&" else found[1], text))

    assert tags.found <= OURS
    assert text.count("<!--") == text.count("-->") == 1
    assert not re.search(r"(?<!\\)[!\[]\[?", text.replace(marker(review), ""))
    assert "\x1b" not in text
    assert not re.search(r"@\w", text.replace(marker(review), ""))


@given(reviews())
@settings(max_examples=50, deadline=None)
def test_every_row_of_a_table_has_its_cells(review: Review) -> None:
    """A bar or a line break in a name opens no further cell or row."""
    rows = [line for line in comment(review).split("\n") if line.startswith("|")]

    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} <= {6}


def test_a_comment_has_room_in_the_service() -> None:
    """With thousands of findings it stays below the limit, in whole rows, and says what is missing."""
    several = tuple(replace(GRAVE, subject=Subject("bucket", f"bucket:b{number}")) for number in range(5000))
    findings = replace(CHANGES.findings, new=several)
    text = comment(replace(REVIEW, findings=several, changes=replace(CHANGES, findings=findings)))
    rows = [line for line in text.split("\n") if line.startswith("|")]

    assert len(text) <= MOST_CHARACTERS
    assert len(rows) > 100
    assert all(row.endswith("|") for row in rows)
    assert f"{5000 - (len(rows) - 2)} of new findings" in text


def test_a_clean_change_is_one_green_line() -> None:
    """Where nothing is found and nothing changes, there is nothing to unfold."""
    text = comment(replace(REVIEW, findings=(), changes=None, ending_soon=(), places={}))

    assert "clean." in text
    assert "####" not in text


def test_escaped_text_reads_as_it_was() -> None:
    """Escaping adds nothing a reader sees."""
    assert escaped("a|b *c* <d>") == r"a\|b \*c\* \<d\>"
    assert unescape(escaped("see http://x www.y me@z")).replace("\u200b", "") == "see http://x www.y me@z"


def test_a_name_keeps_its_capitals() -> None:
    """The verdict begins with a capital and leaves what it is held against as it is written."""
    findings = replace(CHANGES.findings, new=())
    text = comment(replace(REVIEW, findings=(), changes=replace(CHANGES, reference="ABC", findings=findings)))

    assert "clean. No findings, 0 new and 0 fixed since ABC" in text


def test_what_goes_is_one_list() -> None:
    """The sign of what is added or taken away begins no list within the list."""
    bucket = Resource("urn:b", "aws:s3/bucket:Bucket", "b", {"bucket": "shop-b", "forceDestroy": True})
    both = (ResourceChange("create", bucket), ResourceChange("delete", bucket))
    text = comment(replace(REVIEW, changes=replace(CHANGES, resources=both)))

    assert "\n- \\+ s3.Bucket b\n- \\- s3.Bucket b\n" in text
    assert "- bucket 'shop-b' is deleted with every object in it\n" in text


def test_a_comment_is_ascii_where_names_are() -> None:
    """What keeps a service from making links survives every terminal, file and pipe."""
    text = comment(replace(REVIEW, stack="@team http://evil.example #1"))

    assert text.isascii()
    assert text.split("\n")[2].startswith(r"**shop/@&#8203;team http:&#8203;//evil.example #&#8203;1**")


def test_a_worse_form_says_so() -> None:
    """A finding that was there in a lesser form is marked, others are not."""
    worse = replace(CHANGES.findings, worse={GRAVE.fingerprint: GRAVE.forms})

    assert "| critical, blocks, worse than before | config-drift" in comment(
        replace(REVIEW, changes=replace(CHANGES, findings=worse))
    )
    assert "| critical, blocks | config-drift" in comment(REVIEW)
