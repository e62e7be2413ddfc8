"""The lifecycle of S3: what its rules say, which it refuses, and what becomes of an object under them."""

from bucketwright.contract.lifecycle.days import midnight_after
from bucketwright.contract.lifecycle.judge import judge_fate, judge_lifecycle
from bucketwright.contract.lifecycle.parsing import MalformedRules, parse_rules
from bucketwright.contract.lifecycle.rules import Rule
from bucketwright.contract.lifecycle.simulator import VERSIONING, Event, StoredObject, Versioning, fate
from bucketwright.contract.lifecycle.validity import refusals

__all__ = [
    "VERSIONING",
    "Event",
    "MalformedRules",
    "Rule",
    "StoredObject",
    "Versioning",
    "fate",
    "judge_fate",
    "judge_lifecycle",
    "midnight_after",
    "parse_rules",
    "refusals",
]
