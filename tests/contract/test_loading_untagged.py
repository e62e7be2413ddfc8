"""Retention where AWS itself delivers: is it found by the path, for nothing there carries a tag?"""

import pytest

from bucketwright.contract.lifecycle.compile import lifecycle_rules
from tests.contract.loading_cases import assert_refused, case, environment, problems, with_bucket

WEST = "west: {path: 'files/{owner:int}/west/', expire: 30 days}"
EAST = "east: {path: 'files/{owner:int}/east/'}"
TRAIL = "trail: {path: 'trails/{owner:int}/all/', expire: 30 days}"
LISTS = "lists: {path: 'demo-dev-more/{list}/data/', expire: 30 days}"
LISTED = "  more: {inventory: {to: files}}\n"


def delivered(prefixes: str, purpose: str = "access-logs", more: str = "") -> str:
    """A bucket that AWS writes, with these prefixes."""
    return with_bucket(f"purpose: {purpose}, prefixes: {{{prefixes}}}{more}")


def written(
    prefixes: str, by: str = "service: {name: cloudtrail.amazonaws.com}", where: str = "trail"
) -> str:
    """A bucket of data with these prefixes, to which somebody writes."""
    return f"{with_bucket(f'prefixes: {{{prefixes}}}')}access: {{somebody: {{{by}, write: files/{where}}}}}\n"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case(
            "a shared beginning", delivered(f"{WEST}, {EAST}"), "files.prefixes.west.path", "east", "to files"
        ),
        case("reports", delivered(f"{WEST}, {EAST}", "reports"), "west", "AWS sets no tags"),
        case(
            "what moves",
            delivered(f"{WEST.replace('expire: 30 days', 'archive: {after: 90 days, to: glacier}')}, {EAST}"),
            "retention",
        ),
        case(
            "old versions",
            delivered(
                f"{WEST.replace('expire: 30 days', 'noncurrent: {expire: 9 days}')}, {EAST}",
                more=", versioning: enabled",
            ),
            "retention",
        ),
        case(
            "keys shared on purpose",
            delivered("a: {path: files/, expire: 9 days}, b: {path: files/x/, overlaps: a}"),
            "prefixes.a.path",
        ),
        case(
            "no beginning at all",
            delivered(f"{WEST}, {EAST}".replace("files/{owner:int}", "{owner:int}")),
            "without text before the first variable",
        ),
    ],
)
def test_a_shared_beginning_where_aws_delivers(body: str, words: tuple[str, ...]) -> None:
    """Only a tag could tell the objects of two prefixes, and nobody sets it."""
    assert_refused(body, words)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        case("text behind a variable", written(TRAIL), "trail.path", "no prefix declares", "cloudtrail"),
        case("the whole bucket", written(TRAIL, where="*"), "trail.path", "cloudtrail"),
        case("an inventory", with_bucket(f"prefixes: {{{LISTS}}}") + LISTED, "lists.path", "S3 Inventory"),
        case(
            "an inventory at any beginning",
            with_bucket(f"prefixes: {{{LISTS.replace('demo-dev-more', '{who}')}}}") + LISTED,
            "lists.path",
            "S3 Inventory",
        ),
    ],
)
def test_a_delivery_among_data(body: str, words: tuple[str, ...]) -> None:
    """A bucket of data that a service writes to is judged where it does."""
    assert_refused(body, words)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(delivered(f"{WEST}, {EAST.replace('files/', 'copies/')}"), id="beginnings of their own"),
        pytest.param(delivered(WEST), id="one prefix, whatever stands behind its variable"),
        pytest.param(delivered(f"{WEST.replace('expire: 30 days', 'keep: forever')}, {EAST}"), id="no end"),
        pytest.param(delivered(f"{WEST}, {EAST}", "data"), id="written by clients, which set tags"),
        pytest.param(written(TRAIL, "trusts: lambda.amazonaws.com"), id="a role"),
        pytest.param(
            written(TRAIL, "principals: 'arn:aws:iam::444455556666:role/writer'"), id="another account"
        ),
        pytest.param(written(f"{TRAIL}, {EAST}", where="east"), id="a service that writes elsewhere"),
        pytest.param(
            written("trail: {path: 'trails/{owner:int}/', expire: 9 days}"), id="a path that is enough"
        ),
        pytest.param(written(TRAIL.replace("expire: 30 days", "keep: forever")), id="kept for ever"),
        pytest.param(
            with_bucket(f"prefixes: {{{LISTS.replace('demo-dev-more', 'mine')}}}") + LISTED,
            id="an inventory that lies elsewhere",
        ),
        pytest.param(
            with_bucket(f"prefixes: {{{LISTS.replace('{list}/data', '{list:int}/data')}}}") + LISTED,
            id="an inventory of another name",
        ),
        pytest.param(with_bucket(f"prefixes: {{{LISTS}}}"), id="an inventory of nobody"),
    ],
)
def test_what_is_found_by_its_path_or_by_tags_that_are_set(body: str) -> None:
    """Nothing is said of retentions that act on what lies there."""
    assert problems(body) == ()


@pytest.mark.parametrize("purpose", ["access-logs", "reports"])
@pytest.mark.parametrize(
    "prefixes",
    [WEST, "a: {path: 'a/{x}/', expire: 9 days}, b: {path: 'b/{x}/y/', expire: 9 days}, c: {path: c/}"],
)
def test_no_rule_asks_for_a_tag_where_aws_writes(prefixes: str, purpose: str) -> None:
    """What loads has its lifecycle select by beginnings alone."""
    rules = lifecycle_rules(environment(delivered(prefixes, purpose)), "files")

    assert len(rules) > 1
    assert "Tag" not in repr([rule["Filter"] for rule in rules])
