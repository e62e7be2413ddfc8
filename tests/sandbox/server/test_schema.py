"""A document is of the published form or the objection says where it is not."""

import pytest

from sandbox.server.elements import parsed
from sandbox.server.schema import objection

LIFECYCLE = "PutBucketLifecycleConfiguration"


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        pytest.param(
            LIFECYCLE,
            "<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Filter/>"
            "<Expiration><Date>2030-01-01T00:00:00Z</Date></Expiration></Rule>"
            "<Rule><Status>Disabled</Status></Rule></LifecycleConfiguration>",
            id="a flat list of rules",
        ),
        pytest.param(
            "PutBucketTagging",
            "<Tagging><TagSet><Tag><Key>a</Key><Value/></Tag></TagSet></Tagging>",
            id="a nested list with an empty value",
        ),
        pytest.param("PutBucketLogging", "<BucketLoggingStatus/>", id="an empty status"),
        pytest.param(
            "PutBucketAcl",
            "<AccessControlPolicy><AccessControlList><Grant>"
            '<Grantee xmlns:xsi="x" xsi:type="Group"><URI>u</URI></Grantee><Permission>READ</Permission>'
            "</Grant></AccessControlList></AccessControlPolicy>",
            id="a required attribute",
        ),
    ],
)
def test_published_forms_have_no_objection(operation: str, body: str) -> None:
    """What the API describes is taken."""
    assert objection(operation, parsed(body.encode())) is None


@pytest.mark.parametrize(
    ("operation", "body", "complaint"),
    [
        pytest.param("PutBucketAbac", "<Abac/>", "the root element is Abac, not AbacStatus", id="root"),
        pytest.param(
            LIFECYCLE,
            "<LifecycleConfiguration><Rule><Status>Enabled</Status><Expiry/></Rule></LifecycleConfiguration>",
            "Rule has no Expiry",
            id="unknown element",
        ),
        pytest.param(
            LIFECYCLE,
            "<LifecycleConfiguration><Rule/></LifecycleConfiguration>",
            "Rule lacks Status",
            id="required element missing",
        ),
        pytest.param(
            LIFECYCLE,
            "<LifecycleConfiguration><Rule><Status>On</Status></Rule></LifecycleConfiguration>",
            "Status is not a Enabled or Disabled",
            id="not one of its values",
        ),
        pytest.param(
            LIFECYCLE,
            "<LifecycleConfiguration><Rule><Status>Enabled</Status><Expiration><Days>x</Days></Expiration>"
            "</Rule></LifecycleConfiguration>",
            "Days is not a integer",
            id="no number",
        ),
        pytest.param(
            LIFECYCLE,
            "<LifecycleConfiguration><Rule><Status>Enabled</Status><Expiration><Date>soon</Date></Expiration>"
            "</Rule></LifecycleConfiguration>",
            "Date is not a timestamp",
            id="no moment",
        ),
        pytest.param(
            "PutPublicAccessBlock",
            "<PublicAccessBlockConfiguration><BlockPublicAcls>yes</BlockPublicAcls>"
            "</PublicAccessBlockConfiguration>",
            "BlockPublicAcls is not a boolean",
            id="no boolean",
        ),
        pytest.param(
            "PutBucketAbac",
            "<AbacStatus><Status>Enabled</Status><Status>Enabled</Status></AbacStatus>",
            "AbacStatus has Status more than once",
            id="twice",
        ),
        pytest.param(
            "PutBucketTagging",
            "<Tagging><TagSet><Label/></TagSet></Tagging>",
            "TagSet holds Label",
            id="stranger in a list",
        ),
    ],
)
def test_the_objection_says_what_is_wrong(operation: str, body: str, complaint: str) -> None:
    """What the API does not describe is named."""
    assert objection(operation, parsed(body.encode())) == complaint
