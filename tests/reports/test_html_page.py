"""The HTML report as text: what stands in it, and that nothing of it is more than text."""

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings

from bucketwright import reports
from bucketwright.audited import Audit, Part
from bucketwright.history import NOTHING, recalled, remembered
from bucketwright.reports.html.charts import Pictures
from bucketwright.reports.html.page import FILES, LARGEST, Layout, page
from tests.reports.audits import AUDIT, DRIFT, HIDDEN, KEPT, NOW, THEN, audits
from tests.reports.html_audits import ACCOUNT, CLEAN, UNSURE, WITH_RUNS, hostile, large
from tests.reports.reviews import VERSIONS

HERE = Path(reports.__file__).with_name("html")
LAYOUT = Layout(*((HERE / name).read_text(encoding="utf-8") for name in FILES))
TAGS = frozenset(
    (
        *("a", "article", "b", "body", "caption", "code", "dd", "details", "div", "dl", "dt", "footer", "h1"),
        *("h2", "h3", "h4", "head", "header", "html", "li", "main", "meta", "nav", "p", "rect", "section"),
        *("small", "span", "strong", "style", "summary", "svg", "table", "tbody", "td", "th", "thead"),
        *("title", "tr", "ul"),
    )
)
ATTRIBUTES = frozenset(
    (
        *("aria-hidden", "aria-label", "aria-labelledby", "charset", "class", "content", "height", "href"),
        *("http-equiv", "id", "lang", "name", "open", "preserveaspectratio", "role", "scope", "tabindex"),
        *("viewbox", "width", "x"),
    )
)
EMPTY = frozenset({"meta"})


def told(audit: Audit, *, passing: bool = False, pictures: Pictures | None = None) -> str:
    """The page, without pictures where none are given."""
    return page(audit, LAYOUT, pictures or Pictures(), "1.2.3", passing=passing)


class Reader(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.text = ""
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in EMPTY:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    ("audit", "verdict"),
    [
        pytest.param(CLEAN, ("clean", "Clean"), id="nothing found"),
        pytest.param(
            UNSURE, ("unsure", "Not everything could be looked at"), id="nothing found, not all seen"
        ),
        pytest.param(
            replace(CLEAN, parts=(Part(ACCOUNT, (VERSIONS,)),)), ("found", "1 finding"), id="one finding"
        ),
        pytest.param(AUDIT, ("found", "4 findings, and not everything could be looked at"), id="both"),
    ],
)
def test_the_verdict_stands_first(audit: Audit, verdict: tuple[str, str]) -> None:
    """In words and a shape; what could not be looked at is no clean audit."""
    state, words = verdict
    text = told(audit)

    assert f'<p class="verdict {state}"><strong>{words}</strong></p>' in text
    assert f"<title>shop/prod: {words}</title>" in text
    assert text.index(words) < text.index("<main>")


def test_the_page_says_what_was_looked_at_and_by_whom() -> None:
    """Account, region, time, the run before, profile and version."""
    text = Reader(told(replace(AUDIT, profile="fsbp"))).text

    for words in (
        "Account\n123456789012",
        "Region\nus-west-2",
        "Looked at\n2026-11-21 12:00 UTC",
        "Held against\nthe run of 2026-11-18 12:00 UTC",
        "Profile\nfsbp",
        "Written by\nbucketwright 1.2.3",
    ):
        assert words.replace("\n", "") in text.replace("\n", "")


def test_a_drift_is_told_side_by_side_with_what_follows_from_it() -> None:
    """What was declared, what is live, and the rules that it breaks, inside it."""
    text = told(AUDIT)
    article = text[text.index("config-drift</a> acl") :].partition("</article>")[0]

    assert "<dt>Declared</dt><dd>no such ACL</dd>" in article
    assert "<dt>Live</dt><dd>ACL has READ for everybody</dd>" in article
    assert '<a href="#rule-acl-public-read">acl-public-read</a> (critical): everyone may read' in article


def test_a_broken_rule_says_since_when_and_where_it_was_declared() -> None:
    """With a link to how it is fixed, on the same page."""
    text = told(AUDIT)
    article = text[text.index("versioning-enabled</a></h4>") :].partition("</article>")[0]

    assert "since 2026-11-18 12:00 UTC" in article
    assert "<code>stacks/contract.yaml:12</code>" in article
    assert '<a href="#rule-versioning-enabled">how to fix it</a>' in article
    assert 'id="rule-versioning-enabled"' in text


def test_what_became_of_findings_is_counted_and_named() -> None:
    """New ones lead to where they stand; fixed ones are named."""
    text = told(AUDIT)
    [section] = [one for one in text.split("<section ") if one.startswith('id="changed"')]

    assert "<dt>new</dt><dd>3</dd>" in section
    assert "<dt>unchanged</dt><dd>1</dd>" in section
    assert "<dt>fixed</dt><dd>1</dd>" in section
    assert f'<a href="#f-{DRIFT.fingerprint}">' in section
    assert f'id="f-{DRIFT.fingerprint}"' in text
    assert "<li>versioning-enabled: bucket logs</li>" in section


def test_a_finding_that_got_worse_says_since_when_it_is_there() -> None:
    """It is new, and it is not."""
    lesser = remembered([replace(VERSIONS, severity="low")], NOTHING, THEN)
    one = Part(ACCOUNT, (VERSIONS,), recalled((VERSIONS,), lesser, NOW))

    assert "worse than before, since 2026-11-18 12:00 UTC" in told(Audit(NOW, (one,), since=THEN))


def test_nothing_is_new_where_there_was_no_run_before() -> None:
    """Neither new nor since some day."""
    text = told(replace(AUDIT, since=None))

    assert 'id="changed"' not in text
    assert "since 2026" not in text
    assert "no earlier run" in text


def test_what_is_the_same_of_several_is_said_once() -> None:
    """What differs stands at each."""
    text = told(large(24, 1))

    assert text.count("<p>2 findings, of each of which is true:</p>") == 12
    assert text.count("<dd>a type as its name says</dd>") == 12
    assert text.count("</b>: the type is that of bytes, at ") == 24


def test_a_cause_that_is_not_certain_says_so() -> None:
    """Likely is another word than certain."""
    likely = replace(VERSIONS, confidence="likely")
    text = told(Audit(NOW, (Part(ACCOUNT, (likely,)),)))

    assert "likely, not certain" in text
    assert "likely, not certain" not in told(Audit(NOW, (Part(ACCOUNT, (VERSIONS,)),)))


def test_what_is_not_decided_names_the_permission() -> None:
    """Once for all that hangs on it."""
    text = Reader(told(UNSURE)).text

    assert "Not decided (1)" in text
    assert "s3:GetBucketCORS is denied: 1 not decided, of bucket files (cors-open)" in text


def test_what_is_excused_is_named_and_does_not_count() -> None:
    """With its reason; exemptions that end or exempt nothing, too."""
    accepted = remembered([VERSIONS], NOTHING, THEN)
    one = Part(ACCOUNT, (VERSIONS,), recalled((VERSIONS,), NOTHING, NOW, accepted))
    text = told(Audit(NOW, (one,)))

    assert "<strong>Clean</strong>" in text
    assert "accepted as it is" in text
    whole = told(WITH_RUNS)
    assert "exempted until 2026-12-01 by platform: logs can be delivered again" in whole
    assert "Exemptions that end soon" in whole
    assert "Exemptions that exempt nothing" in whole


def test_what_is_kept_is_said_where_it_is_asked_for() -> None:
    """Each rule once."""
    assert '<tr><th scope="row">tls-only</th><td>1</td></tr>' in told(CLEAN, passing=True)
    assert "tls-only" not in told(CLEAN)


def test_several_accounts_stand_on_one_page() -> None:
    """The same bucket in two accounts is two, and links tell them apart."""
    known = recalled((DRIFT,), NOTHING, NOW)
    text = told(Audit(NOW, tuple(Part(name, (DRIFT,), known) for name in ("1", "2")), since=THEN))

    assert "account 1" in text
    assert "account 2" in text
    assert f'id="f-1-{DRIFT.fingerprint}"' in text
    assert f'id="f-2-{DRIFT.fingerprint}"' in text


def test_the_same_audit_gives_the_same_bytes() -> None:
    """Whatever the order in which accounts' names hash."""
    assert told(hostile()) == told(hostile())


def test_the_style_is_let_in_by_its_sum_and_nothing_else_is() -> None:
    """The policy of the page, word by word."""
    text = told(AUDIT)
    [policy] = [one for one in Reader(text).attributes["content"] if one.startswith("default-src")]

    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("'; base-uri 'none'; form-action 'none'")
    assert "unsafe" not in policy


def test_a_picture_stands_as_it_is_and_bars_where_there_is_none() -> None:
    """The table is there in both cases."""
    drawn = told(WITH_RUNS, pictures=Pictures("<svg>severities</svg>", "<svg>trend</svg>"))

    assert drawn.count("<rect") == 0
    assert "<svg>severities</svg>" in drawn
    assert "<svg>trend</svg>" in drawn
    assert told(WITH_RUNS).count("<rect") == 4 + 8
    assert drawn.count("<caption>") == told(WITH_RUNS).count("<caption>") == 2


@given(audits())
@settings(max_examples=40, deadline=None)
def test_text_from_outside_is_never_more_than_text(audit: Audit) -> None:
    """Only elements and attributes of the template, each closed; nothing hidden, nothing that turns text."""
    text = told(audit, passing=True)
    found = Reader(text)

    assert found.tags <= TAGS
    assert found.attributes.keys() <= ATTRIBUTES
    assert found.open == []
    assert all(one.startswith("#") for one in found.attributes.get("href", ()))
    assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize(
    "audit",
    [
        pytest.param(large(5000, 300), id="many buckets"),
        pytest.param(large(5000, 50), id="some buckets"),
        pytest.param(large(5000, 1), id="one bucket"),
    ],
)
def test_five_thousand_findings_are_a_megabyte_at_most(audit: Audit) -> None:
    """And none is left out."""
    text = told(audit)

    assert len(text.encode()) <= LARGEST
    assert "left out" not in text


def test_what_has_no_room_is_counted() -> None:
    """The gravest are shown; the page says how many are not, and where they are."""
    text = told(large(5000, 20, "<é>" * 120, "<&>" * 300))
    shown = text.count("<li><b>")

    assert len(text.encode()) <= LARGEST
    assert "<code>--format jsonl</code> has all." in text
    assert 500 < shown < 5000
    assert text.count('<b class="s low">low</b> <a href="#rule-') == 0
    assert text.count('<b class="s critical">critical</b> <a href="#rule-') > 0


def test_a_page_of_nothing_is_small() -> None:
    """No empty parts, no links to them."""
    text = told(Audit(NOW + timedelta(days=1), (Part("", (KEPT,)),)))

    assert len(text) < 8_000
    assert "<h2" not in text
    assert "<nav" not in text
    assert HIDDEN.rule not in text
