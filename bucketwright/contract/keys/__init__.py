"""Path templates: one language for the keys of objects.

A template such as `{env}/cases/{case_id:int}/documents/` formats a key from values, reads a key back into
values, and yields the patterns that IAM, lifecycle rules and event notifications understand.
"""

from bucketwright.contract.keys.errors import Mismatch, TemplateError
from bucketwright.contract.keys.key_text import MAX_KEY_BYTES
from bucketwright.contract.keys.overlap import templates_overlap
from bucketwright.contract.keys.patterns import LifecyclePrefix, NotificationFilter, iam_literal
from bucketwright.contract.keys.segments import RESERVED
from bucketwright.contract.keys.templates import Below, NameTemplate, PathTemplate, Template
from bucketwright.contract.keys.variable_types import TYPES, Value, VariableType

__all__ = [
    "MAX_KEY_BYTES",
    "RESERVED",
    "TYPES",
    "Below",
    "LifecyclePrefix",
    "Mismatch",
    "NameTemplate",
    "NotificationFilter",
    "PathTemplate",
    "Template",
    "TemplateError",
    "Value",
    "VariableType",
    "iam_literal",
    "templates_overlap",
]
