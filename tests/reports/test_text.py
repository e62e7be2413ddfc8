"""The report on a terminal: what stands in which part, and that nothing from outside acts on the terminal."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, get_args

import pytest
from hypothesis import given, settings

from bucketwright.changes.resources import ResourceChange
from bucketwright.changes.retention import Leaving, RetentionChange
from bucketwright.plan import UNKNOWN_INPUT, Resource
from bucketwright.reports.text import lines
from bucketwright.review import Review
from tests.reports.reviews import CHANGES, GRAVE, REVIEW, reviews

VERDICT: Final = (
    "shop/prod: 1 finding that blocks, 1 warning, 1 not decided, 1 exempted,"
    " 1 new and 0 fixed since main, +$4.10 a month"
)


def _sections(review: Review) -> dict[str, list[str]]:
    """What stands below each title."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in lines(review):
        if line.startswith("  "):
            found[title].append(line[2:])
        elif line:
            title = line
            found[title] = []
    return found


def test_every_part_has_its_title() -> None:
    """What is new comes first, what was known before after it, and the verdict last."""
    assert list(_sections(REVIEW)) == [
        "New findings",
        "Findings as before",
        "New exemptions",
        "Access",
        "Retention",
        "Cost",
        "Resources",
        "Not decided",
        "Exempted",
        "Exemptions that end",
        VERDICT,
    ]


def test_a_finding_says_what_it_does() -> None:
    """Its place where it has one, how grave it is, whether it blocks, and whether it got worse."""
    worse = replace(CHANGES.findings, worse={GRAVE.fingerprint: GRAVE.forms})
    told = _sections(replace(REVIEW, changes=replace(CHANGES, findings=worse)))

    assert told["New findings"][0] == (
        "config-drift (critical, blocks, worse than before): bucket files: everyone may read"
    )
    assert told["Findings as before"][0] == (
        "stacks/contract.yaml:12:5: versioning-enabled (medium, warns): bucket files: versioning is suspended"
    )


def test_a_new_exemption_says_for_what() -> None:
    """The rule, the bucket, the last day, the owner and the reason."""
    assert _sections(REVIEW)["New exemptions"] == [
        "versioning-enabled for logs until 2026-12-01, platform: logs can be delivered again"
    ]


def test_where_nothing_changes_there_is_one_line() -> None:
    """No title stands above nothing."""
    nothing = replace(REVIEW, findings=(), changes=None, ending_soon=(), places={})

    assert list(lines(nothing)) == ["shop/prod: no findings"]


def _resources(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The lines of a bucket whose inputs change so."""
    then, now = (Resource("urn:a", "aws:s3/bucket:Bucket", "files", one) for one in (before, after))
    change = ResourceChange("update", now, ("tags",), then)
    return _sections(replace(REVIEW, changes=replace(CHANGES, resources=(change,))))["Resources"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param({"days": 30.0}, {"days": 60.5}, "days 30 -> 60.5", id="numbers"),
        pytest.param({}, {"tags": {"a": "b"}}, 'tags nothing -> {"a": "b"}', id="a mapping that comes"),
        pytest.param({"on": True}, {}, "on true -> nothing", id="a switch that goes"),
        pytest.param(
            {"a": UNKNOWN_INPUT}, {"a": "b"}, "a not known yet -> 'b'", id="what only a deployment tells"
        ),
        pytest.param(
            {},
            {"a": [UNKNOWN_INPUT]},
            "a nothing -> [not known yet]",
            id="what only a deployment tells, within",
        ),
        pytest.param(
            {"a": "x\ny"}, {"a": "z" * 50}, f"a 'x\\ny' -> '{'z' * 40}…'", id="long or hostile text"
        ),
        pytest.param(
            dict.fromkeys("abcde", 1),
            {},
            "a 1 -> nothing, b 1 -> nothing, c 1 -> nothing and 2 more",
            id="many",
        ),
        pytest.param(
            {"a": '{"b":1}'}, {"a": '{"b": 1}'}, "tags", id="nothing but the spelling of a document"
        ),
    ],
)
def test_a_resource_tells_what_was_and_what_will_be(
    before: Mapping[str, object], after: Mapping[str, object], told: str
) -> None:
    """Each value that differs, short, and no more of them than a reader takes in."""
    assert _resources(before, after) == [f"~ s3.Bucket files: {told}"]


def test_objects_of_a_bucket_that_goes_have_a_row() -> None:
    """What becomes of all of them, in words."""
    rows = tuple(
        RetentionChange("bucket:files", "", "delete", None, None, leaving=leaving)
        for leaving in get_args(Leaving)
    )

    assert _sections(replace(REVIEW, changes=replace(CHANGES, retention=rows)))["Retention"] == [
        "bucket:files: all objects are deleted with the bucket, whatever was declared of them",
        "bucket:files: all objects stay, and while there is one the bucket cannot be deleted",
        "bucket:files: all objects stay, for the bucket is protected and the deployment is refused",
    ]


@given(reviews())
@settings(max_examples=100, deadline=None)
def test_every_line_is_harmless(review: Review) -> None:
    """Names and texts from outside open no line of their own and send nothing to the terminal."""
    assert all(line.isprintable() for line in lines(review))
