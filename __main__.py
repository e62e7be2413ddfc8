"""What `pulumi up` runs: the contract's environment of the stack's name, declared as it is written."""

from pathlib import Path

import pulumi

from components.audit_configured import Configured
from components.storage import deploy

config = pulumi.Config("bucketwright")
deploy(
    Path(__file__).parent / (config.get("contract") or "stacks/contract.yaml"),
    config.get("environment") or pulumi.get_stack(),
    Configured.of(config),
)
