"""`plan`, against importing what every program for AWS imports; and a plan where all is imported already.

The whole process also imports the contract's models, the rules and the classes of other services than S3:
docs/adr/0007-what-a-plan-costs.md.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.processes import in_turn
from bench.promise import Promise
from bench.timing import milliseconds
from bucketwright.contract.loading import load
from components.recording import record
from components.storage import declare

_CONTRACT = Path("stacks", "contract.yaml")
_STACK = "dev"
_IMPORTS = "import pulumi_aws; pulumi_aws.s3.Bucket"


def measure() -> Iterator[Promise]:
    """Yield both as ratios to the imports."""
    importing, planning = in_turn(
        7, ("-c", _IMPORTS), ("-m", "bucketwright", "plan", _STACK, "--contract", str(_CONTRACT))
    )
    floor = importing.cpu_seconds
    _plan()
    whole, again = planning.cpu_seconds / floor, milliseconds(_plan) / 1000 / floor
    yield Promise("plan of the example stack, times importing pulumi_aws.s3", whole, 3, "x")
    yield Promise("the same where all is imported already", again, 0.3, "x")


def _plan() -> None:
    environment = load(_CONTRACT).environments[_STACK]
    record(partial(declare, environment), project=environment.project, stack=_STACK)
