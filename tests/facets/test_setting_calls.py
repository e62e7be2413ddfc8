"""Is the list of calls that set something whole, and nothing in it that no facet sends?"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import boto3
import pytest

from bucketwright.facets.reading import Target
from bucketwright.facets.writing import SETTING_CALLS, Site
from bucketwright.s3.reading_only import only_reads

FACETS: Final = Path(__file__).parents[2] / "bucketwright/facets"
SERVICES: Final = ("accessanalyzer", "iam", "kms", "s3", "s3control", "sqs")
SETTERS: Final = {"to_api", "writes"}


def named_by_facets() -> Iterator[str]:
    """Every operation that a file with a setter names, and that changes something."""
    known = {
        operation
        for service in SERVICES
        for operation in boto3.client(service, region_name="us-west-2").meta.service_model.operation_names
        if not only_reads(service, operation)
    }
    for file in FACETS.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        if SETTERS & {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}:
            told = (one.value for one in ast.walk(tree) if isinstance(one, ast.Constant))
            yield from (one for one in told if isinstance(one, str) and one in known)


def test_the_list_is_that_of_the_facets() -> None:
    """By the operations that botocore knows: none is missing, none is left over."""
    assert {one.partition(":")[2] for one in SETTING_CALLS} == set(named_by_facets())


def test_no_other_call_is_made() -> None:
    """A facet that comes to send another has to put it into the list, by which a journal is read."""
    site = Site(Target("bucket", "bucket:b", {"Bucket": "b"}), lambda name, _: name)

    with pytest.raises(LookupError, match="SETTING_CALLS lacks s3:DeleteBucket"):
        site.write("DeleteBucket", "s3:DeleteBucket", {})
