"""What do the policies that AWS writes let a role do with S3 and KMS?

Only those that are known here can be told; AWS writes hundreds, and changes them.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from bucketwright.iam.documents import Statement, parse
from bucketwright.plain_text import shown
from bucketwright.posture import Undetermined, Unknown

_GRANTING: Final[Mapping[str, Mapping[str, object]]] = {
    "AdministratorAccess": {"Action": "*", "Resource": "*"},
    "PowerUserAccess": {"NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"},
    "AmazonS3FullAccess": {"Action": ["s3:*", "s3-object-lambda:*"], "Resource": "*"},
    "AmazonS3ReadOnlyAccess": {
        "Action": ["s3:Get*", "s3:List*", "s3:Describe*", "s3-object-lambda:Get*", "s3-object-lambda:List*"],
        "Resource": "*",
    },
    "ReadOnlyAccess": {
        "Action": ["s3:Get*", "s3:List*", "kms:Describe*", "kms:Get*", "kms:List*"],
        "Resource": "*",
    },
    "AWSLambdaExecute": {"Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::*"},
}
_SILENT: Final = frozenset(
    {
        "AWSLambdaBasicExecutionRole",
        "AWSLambdaDynamoDBExecutionRole",
        "AWSLambdaKinesisExecutionRole",
        "AWSLambdaSQSQueueExecutionRole",
        "AWSLambdaVPCAccessExecutionRole",
        "AWSXRayDaemonWriteAccess",
        "AmazonEC2ContainerRegistryReadOnly",
        "AmazonECSTaskExecutionRolePolicy",
        "AmazonEKSWorkerNodePolicy",
        "AmazonEKS_CNI_Policy",
        "AmazonSSMManagedInstanceCore",
        "CloudWatchAgentServerPolicy",
    }
)
"""Those that roles often have, and that say nothing of either."""


@lru_cache(maxsize=1_024)
def granted_by(arn: str) -> Statement | None:
    """What such a policy allows of S3 and KMS, None for nothing; Undetermined where that is not known."""
    name = arn.rpartition("/")[2]
    if name in _GRANTING:
        written = {"Effect": "Allow", **_GRANTING[name]}
        return parse({"Statement": written}).statements[0]
    if name in _SILENT:
        return None
    raise Undetermined("managed", Unknown(f"what AWS's policy {shown(name)} allows is not known here"))
