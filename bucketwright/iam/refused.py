"""Which element keeps IAM from taking a policy that is otherwise well formed?"""

import re
from collections.abc import Iterator
from typing import Final

from bucketwright.iam.documents import Document, Statement
from bucketwright.iam.homes import partition_of, partitions
from bucketwright.iam.strict_json import shown

_ACTION: Final = re.compile(r"\*+|[^\s:]+:[^\s:]+")
_ANY_RESOURCE: Final = re.compile(r"\*+")


def refusal(document: Document) -> str | None:
    """The first such element and what is wrong with it, or None."""
    return next((reason for one in document.statements for reason in _reasons(one)), None)


def _reasons(statement: Statement) -> Iterator[str]:
    actions = "NotAction" if statement.actions.negated else "Action"
    for name in statement.actions.patterns:
        if not (_ACTION.fullmatch(name) and name.isprintable()):
            yield f"{statement.label}: {actions} {shown(name)} names no service, as s3:GetObject does"
    if statement.resources is None:
        return
    resources = "NotResource" if statement.resources.negated else "Resource"
    for pattern in statement.resources.patterns:
        if problem := _problem(pattern):
            yield f"{statement.label}: {resources} {shown(pattern)} {problem}"


def _problem(pattern: str) -> str | None:
    """What keeps a pattern from being one of ARNs."""
    if _ANY_RESOURCE.fullmatch(pattern):
        return None
    if not pattern.startswith("arn:"):
        return "is no ARN, such as arn:aws:s3:::bucket/*"
    return None if partitions(partition_of(pattern)) else "is an ARN of a partition that there is not"
