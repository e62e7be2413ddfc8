"""What do policies that AWS writes let a role do, as far as it is told here?"""

from typing import Final

import pytest

from bucketwright.iam.actions import covers
from bucketwright.posture import Undetermined
from bucketwright.rules.policies_of_aws import granted_by

AWS: Final = "arn:aws:iam::aws:policy"
PROBES: Final = frozenset(
    {
        "account:closeaccount",
        "iam:createuser",
        "kms:decrypt",
        "kms:describekey",
        "kms:getkeypolicy",
        "kms:listkeys",
        "organizations:leaveorganization",
        "s3-object-lambda:getobject",
        "s3-object-lambda:listbucket",
        "s3-object-lambda:putobject",
        "s3:deletebucket",
        "s3:describejob",
        "s3:getobject",
        "s3:listbucket",
        "s3:putobject",
    }
)
LOOKING: Final = frozenset({"s3:getobject", "s3:listbucket"})
OF_S3: Final = frozenset(one for one in PROBES if one.startswith("s3"))


@pytest.mark.parametrize(
    ("name", "allowed", "resource"),
    [
        pytest.param("AdministratorAccess", PROBES, "*", id="everything"),
        pytest.param(
            "PowerUserAccess",
            PROBES - {"account:closeaccount", "iam:createuser", "organizations:leaveorganization"},
            "*",
            id="all but who may do what",
        ),
        pytest.param("AmazonS3FullAccess", OF_S3, "*", id="all of S3"),
        pytest.param(
            "AmazonS3ReadOnlyAccess",
            LOOKING | {"s3:describejob", "s3-object-lambda:getobject", "s3-object-lambda:listbucket"},
            "*",
            id="reading S3",
        ),
        pytest.param(
            "ReadOnlyAccess",
            LOOKING | {"kms:describekey", "kms:getkeypolicy", "kms:listkeys"},
            "*",
            id="reading everything",
        ),
        pytest.param(
            "AWSLambdaExecute", frozenset({"s3:getobject", "s3:putobject"}), "arn:aws:s3:::*", id="any object"
        ),
    ],
)
def test_what_a_policy_allows(name: str, allowed: frozenset[str], resource: str) -> None:
    """Of each kind of action whether it is among those, and on what."""
    found = granted_by(f"{AWS}/{name}")
    assert found is not None
    assert found.resources is not None

    assert {one for one in PROBES if covers(found.actions, one)} == allowed
    assert found.resources.patterns == (resource,)


@pytest.mark.parametrize(
    "name",
    [
        "AWSXRayDaemonWriteAccess",
        "AmazonEC2ContainerRegistryReadOnly",
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonSSMManagedInstanceCore",
        "CloudWatchAgentServerPolicy",
        "service-role/AWSLambdaBasicExecutionRole",
        "service-role/AWSLambdaDynamoDBExecutionRole",
        "service-role/AWSLambdaKinesisExecutionRole",
        "service-role/AWSLambdaSQSQueueExecutionRole",
        "service-role/AWSLambdaVPCAccessExecutionRole",
        "service-role/AmazonECSTaskExecutionRolePolicy",
    ],
)
def test_what_programs_usually_have_says_nothing_of_s3(name: str) -> None:
    """With these alone a role can still be judged."""
    assert granted_by(f"{AWS}/{name}") is None


def test_what_is_not_known_is_not_guessed() -> None:
    """AWS writes hundreds."""
    with pytest.raises(Undetermined, match="'Unheard' allows is not known here"):
        granted_by(f"{AWS}/Unheard")
