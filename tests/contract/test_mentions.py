"""Names of the contract's buckets are found in texts, and what only looks like one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.loading import read
from bucketwright.contract.mentions import names

CONTRACT = """
project: shop
environments:
  dev: {account: "111122223333"}
  prod: {account: "444455556666"}
buckets:
  files: {prefixes: {all: {path: "{env}/"}}}
  files-old: {prefixes: {all: {path: "{env}/"}}}
  plain: {name: "archive{env}", prefixes: {all: {path: "{env}/"}}}
  numbered: {name: "{account}.logs", prefixes: {all: {path: "{env}/"}}}
"""


KNOWN = names(read(CONTRACT, "contract.yaml"))


@pytest.mark.requirement("TC-7")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param('BUCKET = "shop-dev-files"', ("shop-dev-files", "files", "dev"), id="in quotes"),
        pytest.param("s3://shop-prod-files/a", ("shop-prod-files", "files", "prod"), id="an address"),
        pytest.param("arn:aws:s3:::shop-dev-files/*", ("shop-dev-files", "files", "dev"), id="an ARN"),
        pytest.param(
            "https://shop-dev-files.s3.amazonaws.com",
            ("shop-dev-files", "files", "dev"),
            id="a host",
        ),
        pytest.param("to shop-dev-files.", ("shop-dev-files", "files", "dev"), id="the end of a sentence"),
        pytest.param("x=shop-dev-files-old", ("shop-dev-files-old", "files-old", "dev"), id="the longest"),
        pytest.param('name="archivedev"', ("archivedev", "plain", "dev"), id="a plain word in quotes"),
        pytest.param("s3://archivedev/x", ("archivedev", "plain", "dev"), id="a plain word as an address"),
        pytest.param("111122223333.logs", ("111122223333.logs", "numbered", "dev"), id="with an account"),
        pytest.param('f"shop-{env}-files"', ("shop-{env}-files", "files", ""), id="put together"),
        pytest.param('"shop-%s-files" % env', ("shop-%s-files", "files", ""), id="with %s"),
        pytest.param("`shop-${ENV}-files`", ("shop-${ENV}-files", "files", ""), id="in a template"),
        pytest.param('"shop-{}-files".format(env)', ("shop-{}-files", "files", ""), id="with format"),
        pytest.param(
            '"shop-" + os.environ["ENV"] + "-files"',
            ('shop-" + os.environ["ENV"] + "-files', "files", ""),
            id="of the environment",
        ),
        pytest.param(
            "'shop-' + settings.env() + '-files'",
            ("shop-' + settings.env() + '-files", "files", ""),
            id="called",
        ),
        pytest.param(
            '"shop-" + settings.env + "-files"', ('shop-" + settings.env + "-files', "files", ""), id="with +"
        ),
    ],
)
def test_a_name_is_found(line: str, found: tuple[str, str, str]) -> None:
    """Where it stands, whose it is, and of which environment."""
    (mention,) = KNOWN.mentions(f"first\n{line}")

    assert (mention.text, mention.bucket_id, mention.environment) == found
    assert (mention.line, mention.column) == (2, line.index(found[0]) + 1)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("shop-dev-filesystem", id="a longer word"),
        pytest.param("my-shop-dev-files", id="the end of another name"),
        pytest.param("shop-dev-files-new", id="the beginning of another name"),
        pytest.param("shop-dev-files.json", id="a file"),
        pytest.param("the archivedev is full of archivedevs", id="a plain word in a sentence"),
        pytest.param("archivedev = 1", id="a plain word in code"),
        pytest.param('f"shop-{env}-other"', id="another bucket put together"),
        pytest.param('"shop-dev-files"  # bucketwright: allow-name', id="on purpose"),
        pytest.param("storage.prefix('files/all')", id="what the contract says"),
    ],
)
def test_what_is_no_name_is_not(line: str) -> None:
    """Nobody turns off a lint that is wrong."""
    assert [*KNOWN.mentions(line)] == []


def test_a_contract_without_buckets_finds_nothing() -> None:
    """And fails at nothing."""
    assert [*names(read("project: shop\nenvironments: {dev: {}}\n", "c")).mentions("shop-dev-files")] == []


@given(
    st.text(st.sampled_from("ab-.\"'{}$%+ \n"), max_size=30), st.text(st.sampled_from("/ ,;:\n"), min_size=1)
)
def test_a_name_between_other_text_is_always_found(before: str, after: str) -> None:
    """As often as it stands there alone, wherever the lines end."""
    text = f"{before} shop-dev-files{after}"

    found = [one.text for one in KNOWN.mentions(text)]

    assert found.count("shop-dev-files") == 1
