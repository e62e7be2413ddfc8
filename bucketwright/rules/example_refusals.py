"""What do refusals look like in the examples of rules?"""

from collections.abc import Mapping
from typing import Final

from bucketwright.rules.example_access import allow

BUCKET: Final = "arn:aws:s3:::example"
OBJECTS: Final = f"{BUCKET}/*"
Condition = Mapping[str, Mapping[str, object]]


def refusal(condition: Condition, **elements: object) -> Mapping[str, object]:
    """A Deny for everybody of everything, under a condition; with some of its elements otherwise."""
    usual = {"Effect": "Deny", "Action": "s3:*", "Resource": [BUCKET, OBJECTS], "Condition": condition}
    return allow(**{**usual, **elements})


def upload_refusal(condition: Condition, **elements: object) -> Mapping[str, object]:
    """A Deny for everybody of uploads, likewise."""
    return refusal(condition, **{"Action": "s3:PutObject", "Resource": OBJECTS, **elements})
