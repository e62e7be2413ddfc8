"""Changes that somebody makes behind the engine's back, one for each contract, each of another kind."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.server import Clients
from tests.engine.seeing import Seen

_ALL_OF_S3 = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
_ONE_SWITCH_OFF = {
    "BlockPublicAcls": True,
    "IgnorePublicAcls": True,
    "BlockPublicPolicy": False,
    "RestrictPublicBuckets": True,
}


@dataclass(frozen=True, slots=True)
class Drift:
    """What is done in which environment of which contract, and what a refresh has to see of it."""

    called: str
    contract: str
    environment: str
    does: Callable[[Clients], object]
    seen: Seen


def _suspend_versioning(clients: Clients) -> None:
    clients.client("s3").put_bucket_versioning(
        Bucket="nextpoint-dev-files", VersioningConfiguration={"Status": "Suspended"}
    )


def _let_policies_be_public(clients: Clients) -> None:
    clients.client("s3").put_public_access_block(
        Bucket="tenders-dev-files", PublicAccessBlockConfiguration=_ONE_SWITCH_OFF
    )


def _stop_key_rotation(clients: Clients) -> None:
    kms = clients.client("kms")
    key = kms.describe_key(KeyId="alias/casework-dev-cases")["KeyMetadata"]["KeyId"]
    kms.disable_key_rotation(KeyId=key)


def _widen_role(clients: Clients) -> None:
    clients.client("iam").create_policy_version(
        PolicyArn=f"arn:aws:iam::{clients.account}:policy/trainer-research-evaluator-1",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [_ALL_OF_S3]}),
        SetAsDefault=True,
    )


def _delete_bucket_policy(clients: Clients) -> None:
    clients.client("s3").delete_bucket_policy(Bucket="filehouse-staging-vault")


def _replace_lifecycle(clients: Clients) -> None:
    rule = {"ID": "a-year", "Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Days": 365}}
    clients.client("s3").put_bucket_lifecycle_configuration(
        Bucket="transit-dev-sessions", LifecycleConfiguration={"Rules": [rule]}
    )


DRIFTS = (
    Drift(
        "versioning suspended",
        "stacks/contract.yaml",
        "dev",
        _suspend_versioning,
        {("update", "BucketVersioning files", ("versioningConfiguration",))},
    ),
    Drift(
        "a public access switch off",
        "examples/app-prefixes/contract.yaml",
        "dev",
        _let_policies_be_public,
        {("update", "BucketPublicAccessBlock files", ("blockPublicPolicy",))},
    ),
    Drift(
        "key rotation off",
        "examples/case-operations/contract.yaml",
        "dev",
        _stop_key_rotation,
        {("update", "Key cases", ("enableKeyRotation",))},
    ),
    Drift(
        "role policy widened",
        "examples/checkpoints/contract.yaml",
        "research",
        _widen_role,
        {("update", "Policy evaluator_1", ("policy",))},
    ),
    Drift(
        "bucket policy deleted",
        "examples/file-storage/contract.yaml",
        "staging",
        _delete_bucket_policy,
        {("delete", "BucketPolicy vault", ())},
    ),
    Drift(
        "lifecycle replaced",
        "examples/upload-sessions/contract.yaml",
        "dev",
        _replace_lifecycle,
        {("update", "BucketLifecycleConfiguration sessions", ("rules",))},
    ),
)
