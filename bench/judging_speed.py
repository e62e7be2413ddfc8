"""All rules on the plan of 500 buckets, beyond the plan itself; and what a resource costs to record."""

import gc
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from bench.contracts import large_contract
from bench.promise import Promise
from bench.timing import milliseconds
from bucketwright.contract.loading import read
from bucketwright.contract.model import Environment
from bucketwright.plan import Plan
from cli.main import SELDOM
from components.recording import record
from components.storage import declare
from policies.judged import findings_in

_BUCKETS: Final = 500
_STACK: Final = "prod"
_TODAY: Final = date(2026, 1, 1)


def measure() -> Iterator[Promise]:
    """Yield the milliseconds of a resource, and the seconds of all rules."""
    often = gc.get_threshold()
    gc.set_threshold(SELDOM)
    try:
        yield from _measured()
    finally:
        gc.set_threshold(*often)


def _measured() -> Iterator[Promise]:
    contract = read(large_contract(_BUCKETS, 2), "contract.yaml")
    environment = contract.environments[_STACK]
    plans: list[Plan] = []
    recording = milliseconds(lambda: plans.append(_recorded(environment)))
    (plan,) = plans
    each = recording / len(plan.resources)
    yield Promise(f"a plan of {len(plan.resources)} resources, each", each, 6, "ms")
    judging = milliseconds(lambda: findings_in(plan, contract, _STACK, _TODAY, "all"))
    yield Promise(f"all rules on the plan of {_BUCKETS} buckets, beyond the plan", judging / 1000, 2, "s")


def _recorded(environment: Environment) -> Plan:
    """The plan, without the garbage that the SDK leaves in making it: a million objects."""
    plan = record(partial(declare, environment), project=environment.project, stack=_STACK)
    gc.collect()
    return plan
