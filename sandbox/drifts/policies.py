"""How does somebody change a policy document by hand?"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bucketwright.contract.partitions import partition_of
from sandbox.drifts.drift import STRANGER, NoRoomError
from sandbox.drifts.settings import AnyBucket

Statement = Mapping[str, Any]


def adding(statement: Statement) -> Callable[[str], str]:
    """What puts a statement into a document, which may not have it yet."""

    def added(text: str) -> str:
        document = json.loads(text)
        if statement in document["Statement"]:
            raise NoRoomError("the statement is there already")
        return json.dumps({**document, "Statement": [*document["Statement"], statement]})

    return added


def dropping(dropped: Callable[[Statement], bool]) -> Callable[[str], str]:
    """What takes statements out of a document; at least one has to be there."""

    def cut(text: str) -> str:
        document = json.loads(text)
        kept = [one for one in document["Statement"] if not dropped(one)]
        if len(kept) == len(document["Statement"]):
            raise NoRoomError("the statement is gone already")
        return json.dumps({**document, "Statement": kept})

    return cut


def changing(
    meant: Callable[[Statement], bool], change: Callable[[Statement], Statement]
) -> Callable[[str], str]:
    """What changes some statements of a document; at least one has to become another."""

    def changed(text: str) -> str:
        document = json.loads(text)
        now = [change(one) if meant(one) else one for one in document["Statement"]]
        if now == document["Statement"]:
            raise NoRoomError("the statement is gone, or says so already")
        return json.dumps({**document, "Statement": now})

    return changed


def asks_for(key: str) -> Callable[[Statement], bool]:
    """Whether a statement has a condition on that key."""
    return lambda statement: any(key in tests for tests in statement.get("Condition", {}).values())


def objects_of(at: AnyBucket) -> str:
    """The ARN of all objects of a bucket."""
    return f"arn:{partition_of(at.region)}:s3:::{at.name}/*"


def stranger(region: str) -> str:
    """The ARN of an account that no contract knows."""
    return f"arn:{partition_of(region)}:iam::{STRANGER}:root"


def foreign_key(region: str) -> str:
    """The ARN of a KMS key of that account."""
    return f"arn:{partition_of(region)}:kms:{region}:{STRANGER}:key/00000000-0000-4000-8000-000000000000"
