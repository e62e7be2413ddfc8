"""Keys, and roles with what they may do."""

from tests.sandbox.provider.examples import Example, key_policy, policy, trust

EXAMPLES = (
    Example(
        "aws:kms/key:Key",
        (
            {
                "description": "files",
                "policy": key_policy("kms:*"),
                "bypassPolicyLockoutSafetyCheck": False,
                "enableKeyRotation": True,
                "rotationPeriodInDays": 180,
                "deletionWindowInDays": 7,
                "tags": {"a": "b"},
            },
            {
                "description": "files of old",
                "policy": key_policy("kms:PutKeyPolicy"),
                "isEnabled": False,
                "tags": {"c": "d"},
            },
            {"tags": {"c": "d"}},
            {"description": "files"},
        ),
    ),
    Example(
        "aws:kms/key:Key",
        (
            {
                "customerMasterKeySpec": "RSA_2048",
                "keyUsage": "SIGN_VERIFY",
                "multiRegion": True,
            },
        ),
        about="for signatures",
    ),
    Example(
        "aws:kms/alias:Alias",
        (
            {"name": "alias/files", "targetKeyId": "{key}"},
            {"name": "alias/files", "targetKeyId": "{key_arn}"},
            {"name": "alias/files", "targetKeyId": "{other_key}"},
        ),
    ),
    Example(
        "aws:iam/role:Role",
        (
            {
                "name": "exporter",
                "path": "/storage/",
                "description": "exports",
                "assumeRolePolicy": trust("lambda.amazonaws.com"),
                "maxSessionDuration": 7200,
                "permissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess",
                "forceDetachPolicies": True,
                "tags": {"a": "b"},
            },
            {
                "name": "exporter",
                "path": "/storage/",
                "assumeRolePolicy": trust("ecs-tasks.amazonaws.com"),
                "permissionsBoundary": "arn:aws:iam::aws:policy/PowerUserAccess",
                "tags": {"c": "d"},
            },
            {"name": "exporter", "path": "/storage/", "assumeRolePolicy": trust("ecs-tasks.amazonaws.com")},
        ),
    ),
    Example(
        "aws:iam/rolePolicy:RolePolicy",
        (
            {"role": "{role}", "name": "read", "policy": policy("s3:GetObject")},
            {"role": "{role}", "name": "read", "policy": policy("s3:GetObject", "arn:aws:s3:::files/*")},
        ),
    ),
    Example(
        "aws:iam/policy:Policy",
        (
            {
                "name": "read",
                "path": "/storage/",
                "description": "reads",
                "policy": policy("s3:GetObject"),
                "tags": {"a": "b"},
            },
            *(
                {
                    "name": "read",
                    "path": "/storage/",
                    "description": "reads",
                    "policy": policy("s3:GetObject", f"arn:aws:s3:::files/{number}/*"),
                    "tags": {"c": "d"},
                }
                for number in range(6)
            ),
            {
                "name": "read",
                "path": "/storage/",
                "description": "reads",
                "policy": policy("s3:GetObject"),
            },
        ),
    ),
    Example(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        ({"role": "{role}", "policyArn": "{policy_arn}"},),
    ),
)
