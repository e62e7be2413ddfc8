"""What a change takes away for good."""

from dataclasses import replace
from typing import Final

import pytest

from bucketwright.changes.losses import losses
from bucketwright.changes.resources import resource_changes
from bucketwright.plan import Plan, Resource

BUCKET: Final = Resource("urn:b", "aws:s3/bucket:Bucket", "files", {"bucket": "shop-dev-files"})
KEY: Final = Resource("urn:k", "aws:kms/key:Key", "files", {})
RENAMED: Final = replace(BUCKET, inputs={"bucket": "shop-files"})
DYING: Final = replace(BUCKET, inputs={**BUCKET.inputs, "forceDestroy": True})


def _lost(before: tuple[Resource, ...], after: tuple[Resource, ...]) -> list[str]:
    then, now = (Plan("shop", "dev", resources) for resources in (before, after))
    return list(losses(resource_changes(then, now)))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        pytest.param(
            (BUCKET,),
            (),
            "bucket 'shop-dev-files' is deleted; the deployment fails while an object is in it",
            id="a bucket",
        ),
        pytest.param(
            (DYING,), (), "bucket 'shop-dev-files' is deleted with every object in it", id="with its objects"
        ),
        pytest.param(
            (replace(BUCKET, protect=True),),
            (),
            "bucket 'shop-dev-files' is deleted; it is protected, so the deployment is refused",
            id="a protected one",
        ),
        pytest.param(
            (replace(BUCKET, retain_on_delete=True),),
            (),
            "bucket 'shop-dev-files' is deleted from the stack alone, and stays in the account",
            id="one that stays",
        ),
        pytest.param(
            (DYING,),
            (RENAMED,),
            "another bucket, 'shop-files', takes the place of 'shop-dev-files', which is deleted"
            " with every object in it",
            id="another name",
        ),
        pytest.param(
            (replace(BUCKET, inputs={"region": "us-west-2"}),),
            (replace(BUCKET, inputs={"region": "us-east-1"}),),
            "another bucket, 'files' in us-east-1, takes the place of 'files' in us-west-2, which is deleted;"
            " the deployment fails while an object is in it",
            id="another region, and names that nobody knows",
        ),
        pytest.param(
            (replace(KEY, inputs={"region": "us-west-2"}),),
            (replace(KEY, inputs={"region": "us-east-1"}),),
            "another KMS key, 'files' in us-east-1, takes the place of 'files' in us-west-2, which is"
            " deleted: nobody reads what it encrypted",
            id="a key of another region",
        ),
        pytest.param((KEY,), (), "KMS key 'files' is deleted: nobody reads what it encrypted", id="a key"),
        pytest.param(
            (replace(KEY, protect=True),),
            (),
            "KMS key 'files' is deleted; it is protected, so the deployment is refused",
            id="a protected key",
        ),
    ],
)
def test_what_goes_is_said(before: tuple[Resource, ...], after: tuple[Resource, ...], told: str) -> None:
    """Each bucket and key that goes, and what becomes of what is in it."""
    assert _lost(before, after) == [told]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param((), (BUCKET, KEY), id="new ones"),
        pytest.param((BUCKET, KEY), (BUCKET, KEY), id="nothing changes"),
        pytest.param((BUCKET,), (replace(BUCKET, inputs={**BUCKET.inputs, "tags": {}}),), id="its tags"),
        pytest.param((KEY,), (replace(KEY, inputs={"policy": "{}"}),), id="the policy of a key"),
        pytest.param(
            (Resource("urn:p", "aws:s3/bucketPolicy:BucketPolicy", "files", {"bucket": "a"}),),
            (),
            id="what can be made again",
        ),
    ],
)
def test_what_stays_is_no_loss(before: tuple[Resource, ...], after: tuple[Resource, ...]) -> None:
    """Settings come and go; nothing is gone for good."""
    assert _lost(before, after) == []
