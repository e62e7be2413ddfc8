"""The audit as a function of Lambda, from the same image."""

from collections.abc import Sequence
from typing import Final

import pulumi
import pulumi_aws

from components.audit_parts import AuditParts, Target, arn_of
from components.audit_policies import calling

LONGEST: Final = 900
"""Seconds that Lambda gives a function."""
DEADLINE: Final = 780
"""Seconds after which the audit asks no more, so that its reports still get out."""
_MEMORY: Final = 1769
"""Megabytes, with which comes one whole processor."""
_PATIENCE: Final = 3600


def audit_function(
    parts: AuditParts, runner: "pulumi_aws.iam.Role", after: Sequence[pulumi.Resource]
) -> Target:
    """The function; a run that fails is not tried again, for the next one comes by itself."""
    names = parts.names
    told = {
        "name": names.of("function"),
        "package_type": "Image",
        "image_uri": parts.args["image"],
        "image_config": {
            "entry_points": ["python", "-m", "awslambdaric"],
            "commands": ["cli.on_lambda.handler"],
        },
        "architectures": [parts.args.get("processor", "x86_64")],
        "role": runner.arn,
        "timeout": LONGEST,
        "memory_size": _MEMORY,
        "environment": {"variables": {**parts.environment(), "TMPDIR": "/tmp"}},  # noqa: S108 - Lambda's own
        "logging_config": {"log_format": "Text", "log_group": names.log_group},
    }
    function = parts.make("aws:lambda/function:Function", "function", told, [*parts.may(), *after])
    parts.make(
        "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
        "function",
        {
            "function_name": names.of("function"),
            "maximum_retry_attempts": 0,
            "maximum_event_age_in_seconds": _PATIENCE,
        },
        [function],
    )
    return Target(arn_of(function), {}, calling(names))
