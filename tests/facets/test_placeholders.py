"""Stand-ins for ARNs that are known only after deployment: found, rendered, restored."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.access.cloudfront import distribution_arn
from bucketwright.contract.loading import load
from bucketwright.facets.placeholders import Unrendered, addresses_in, render, restored

EVERYTHING = load(Path(__file__).parents[1] / "contract" / "everything.yaml").environments["prod"]
STAND_IN = distribution_arn(EVERYTHING, "media")
REAL = "arn:aws:cloudfront::123456789012:distribution/E1ABCDEF"
UNNAMED = "arn:aws:cloudfront::000000000000:distribution/{media}"


def document(*arns: str) -> str:
    return json.dumps({"Condition": {"StringEquals": {"aws:SourceArn": list(arns)}}})


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        pytest.param(document(STAND_IN), {"distribution:media"}, id="as the contract writes it"),
        pytest.param(document(UNNAMED), {"distribution:media"}, id="without an account"),
        pytest.param(
            document(UNNAMED, UNNAMED.replace("media", "files-2")),
            {"distribution:media", "distribution:files-2"},
            id="two",
        ),
        pytest.param(document(REAL), set(), id="a real ARN"),
        pytest.param(document("arn:aws:s3:::files/{media}"), set(), id="braces in a key"),
        pytest.param(document("${aws:username}"), set(), id="a policy variable"),
    ],
)
def test_what_a_document_refers_to(text: str, addresses: set[str]) -> None:
    """Stand-ins are found, and nothing else is taken for one."""
    assert addresses_in(text) == addresses


def test_a_document_is_rendered() -> None:
    """Every stand-in becomes its ARN; the rest stays."""
    assert render(document(STAND_IN, "arn:aws:s3:::files"), {"distribution:media": REAL}) == document(
        REAL, "arn:aws:s3:::files"
    )


def test_a_document_without_stand_ins_stays() -> None:
    """Nothing has to be known for it."""
    assert render(document(REAL), {}) == document(REAL)


def test_an_arn_that_is_not_given_is_missed() -> None:
    """A stand-in never reaches AWS."""
    with pytest.raises(Unrendered, match="distribution:media"):
        render(document(STAND_IN), {"distribution:other": REAL})


@given(st.text())
def test_a_rendered_document_stays_json(arn: str) -> None:
    """Whatever is put in, it cannot break out of its text."""
    found = json.loads(render(document(STAND_IN), {"distribution:media": arn}))

    assert found == json.loads(document(arn))


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        pytest.param(REAL, UNNAMED, id="a real ARN of ours"),
        pytest.param(STAND_IN, UNNAMED, id="a stand-in"),
        pytest.param(UNNAMED, UNNAMED, id="a stand-in without an account"),
        pytest.param(REAL.replace("E1", "E2"), REAL.replace("E1", "E2"), id="a stranger's"),
        pytest.param(f"{REAL}*", f"{REAL}*", id="a pattern that begins like ours"),
        pytest.param(
            "arn:aws:cloudfront::123456789012:distribution/*",
            "arn:aws:cloudfront::123456789012:distribution/*",
            id="any of an account",
        ),
        pytest.param("arn:aws:s3:::files", "arn:aws:s3:::files", id="a bucket"),
    ],
)
def test_a_document_is_restored(arn: str, expected: str) -> None:
    """An ARN of ours becomes its stand-in again, and no other does."""
    assert restored(document(arn), {REAL: "distribution:media"}.get) == document(expected)


def test_only_distributions_are_restored() -> None:
    """A lens that takes the ARN for something else changes nothing."""
    assert restored(document(REAL), lambda _: "bucket:media") == document(REAL)
