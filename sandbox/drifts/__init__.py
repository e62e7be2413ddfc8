"""What can go wrong in a deployed sandbox, each thing by its name: changes behind the contract's back."""

from sandbox.drifts.drift import Drift, Injected, Live, NoRoomError, WrongNameError
from sandbox.drifts.injecting import RefusedDriftError, candidates, inject
from sandbox.drifts.standing import Standing, inject_and_record, recorded, seen_of
from sandbox.drifts.table import all_drifts, drift_named

__all__ = [
    "Drift",
    "Injected",
    "Live",
    "NoRoomError",
    "RefusedDriftError",
    "Standing",
    "WrongNameError",
    "all_drifts",
    "candidates",
    "drift_named",
    "inject",
    "inject_and_record",
    "recorded",
    "seen_of",
]
