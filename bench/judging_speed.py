"""All rules on the plan of 500 buckets, against recording that plan."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Final

from bench.contracts import large_contract
from bench.promise import Promise
from bench.timing import milliseconds
from bucketwright.contract.loading import read
from components.recording import record
from components.storage import declare
from policies.judged import findings_in

_BUCKETS: Final = 500
_STACK: Final = "prod"
_TODAY: Final = date(2026, 1, 1)


def measure() -> Iterator[Promise]:
    """Yield the seconds beyond the plan, and the same as a share of it."""
    contract = read(large_contract(_BUCKETS, 2), "contract.yaml")
    environment = contract.environments[_STACK]
    program = partial(declare, environment)
    plans = [record(program, project=environment.project, stack=_STACK)]
    recording = milliseconds(lambda: plans.append(record(program, project=environment.project, stack=_STACK)))
    judging = milliseconds(lambda: findings_in(plans[-1], contract, _STACK, _TODAY, "all"))
    yield Promise(f"all rules on the plan of {_BUCKETS} buckets, beyond the plan", judging / 1000, 2, "s")
    yield Promise("the same, times recording the plan", judging / recording, 0.5, "x")
