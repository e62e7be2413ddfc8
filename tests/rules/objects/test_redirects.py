"""A redirect that passes for one within the site leads nowhere else, as browsers read it."""

from typing import Final
from urllib.parse import urljoin, urlsplit

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bucketwright.facets.bucket.website import Website
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, Passes
from tests.rules.objects.rows import Seen, contract, stored

PEM: Final = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
FRONT: Final = {"signing_keys": {"first": PEM}, "domains": ["files.example.com"]}
SEEN: Final = Seen(contract(buckets={"files": {"cloudfront": FRONT}}), {"website": Website("index.html")})
OURS: Final = frozenset({"site.example", "files.example.com"})
WORDS: Final = (
    "http https HTTPS:// : :443 / // \\ @ # ? . a %2f [ ] javascript: evil.example files.example.com"
)
PARTS: Final = st.sampled_from((*WORDS.split(), "https://files.example.com", "\t", "\n", " "))


def _host(target: str) -> str | None:
    """Where a browser on the site goes: tabs and line breaks are left out, backslashes are slashes."""
    read = target.strip("".join(map(chr, range(0x21)))).translate({9: None, 10: None, 13: None})
    try:
        return urlsplit(urljoin("https://site.example/page", read.replace("\\", "/"))).hostname
    except ValueError:
        return None


@settings(max_examples=200, deadline=None)
@given(st.lists(PARTS, max_size=7).map("".join))
@example("/\t/evil.example")
@example("https://evil.example\\@files.example.com")
@example("https://files.example.com@evil.example")
@example("\x01//evil.example")
def test_what_passes_stays_on_the_site(target: str) -> None:
    """Whatever else may be found, nothing that leads away is missed."""
    verdict = SEEN.verdict("object-external-redirect", stored("a", website_redirect=target))

    assert isinstance(verdict, Fails) or _host(target) in OURS


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"/([a-z0-9._~-]+/?)*", fullmatch=True))
def test_plain_paths_pass(path: str) -> None:
    """A page that moved on the same site is no fault."""
    rule = catalogue()["object-external-redirect"]

    assert isinstance(SEEN.verdict(rule.id, stored("a", website_redirect=path)), Passes)
