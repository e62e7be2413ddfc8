"""The facts of an intended bucket read as plain fields, and a contract knows all of them."""

from pathlib import Path

import pytest

from bucketwright.contract.loading import load
from bucketwright.estate import BucketPosture
from bucketwright.facets.bucket import FACETS
from bucketwright.intended import bucket_args, wanted_bucket
from bucketwright.posture import Undetermined

EVERYTHING = load(Path(__file__).parent / "contract" / "everything.yaml").environments["prod"]


def test_an_intended_bucket_is_known_throughout() -> None:
    """Its facts read as plain fields."""
    files = wanted_bucket(EVERYTHING, "files")

    assert (files.address, files.name) == ("bucket:files", "everything-prod-files-123456789012-us-west-2-an")
    assert files.versioning == "Enabled"
    assert files.encryption.algorithm == "aws:kms"
    assert files.logging is not None
    assert files.logging.target == "bucket:logs"


def test_a_fact_that_nobody_told_raises() -> None:
    """It is not taken for off."""
    with pytest.raises(Undetermined, match="versioning: was not asked for"):
        _ = BucketPosture("bucket:files", "files").versioning


def test_a_component_is_told_the_name_and_every_value() -> None:
    """The same values as in the posture, under the same names."""
    args = bucket_args(EVERYTHING, "files")

    assert args == {
        "name": "everything-prod-files-123456789012-us-west-2-an",
        **wanted_bucket(EVERYTHING, "files").facts,
    }
    assert set(args) == {"name", *FACETS}
