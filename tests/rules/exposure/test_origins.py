"""Is an origin of CORS anybody's exactly where a stranger's page could have it?"""

from fnmatch import fnmatchcase
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.rules.exposure.cors_open import is_anybodys

OWN: Final = (
    "https://example.com",
    "https://app.example.com",
    "https://*.example.com",
    "http*://app.example.com",
    "*://app.example.com:8080",
    "https://app.example.com:*",
    "https://*.example.com:8443",
    "https://*.app.example.com",
    "http://localhost:3000",
)
ANYBODYS: Final = (
    "*",
    "http://*",
    "https://*",
    "https://*:8443",
    "https://*.com",
    "*.com",
    "https://*example.com",
    "https://*-example.com",
    "https://app.*",
    "https://app.*.com",
    "https://app.example.*",
    "https://app.example.com*",
    "https://app.example.com.*",
    "null",
)
MARKS: Final = ("https://", "app.", ".", "example", ".com", ":443", "*")
STRANGERS: Final = (
    "https://evil.com",
    "https://evil.com:443",
    "https://evilexample.com",
    "https://app.evil.com",
    "https://app.example.com.evil.com",
    "https://exampleevil.com",
    "https://appevil.com",
    "https://example.evil.com",
)


@pytest.mark.parametrize("origin", OWN)
def test_an_origin_below_a_domain_is_its_owners(origin: str) -> None:
    """A wildcard stands for what the domain's owner hands out: names below it, schemes and ports."""
    assert not is_anybodys(origin)


@pytest.mark.parametrize("origin", ANYBODYS)
def test_an_origin_that_a_stranger_can_take_is_anybodys(origin: str) -> None:
    """A wildcard that a name of somebody else fits."""
    assert is_anybodys(origin)


@given(st.lists(st.sampled_from(MARKS), max_size=6).map("".join))
def test_what_lets_in_a_stranger_is_never_called_ones_own(origin: str) -> None:
    """The oracle: hosts of strangers, matched as S3 matches them."""
    if origin.count("*") == 1 and any(fnmatchcase(one, origin) for one in STRANGERS):
        assert is_anybodys(origin)
