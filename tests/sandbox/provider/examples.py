"""What programs say of each resource type: first, and then changed. Round-trip tests walk through them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

REGION = "us-west-2"
Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Example:
    """One resource in the steps of its life.

    Words in braces are filled in by the ground a test stands on. `left` is what is read after the deletion
    where AWS cannot forget; elsewhere nothing is.
    """

    type: str
    steps: tuple[Plain, ...]
    left: Plain | None = None
    about: str = ""

    def __str__(self) -> str:
        name = self.type.rsplit(":", 1)[-1]
        return f"{name} {self.about}".strip()


def policy(action: str, resource: object = "*", **more: object) -> str:
    """A policy document of one statement, spread over lines as people write them."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource, **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=2)


def trust(service: str) -> str:
    """Who may assume a role."""
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def key_policy(action: str) -> str:
    """The account administers a key."""
    return policy(action, Principal={"AWS": "arn:aws:iam::{account}:root"})


def filled(value: object, words: Mapping[str, str]) -> object:
    """A value with every word in braces replaced."""
    match value:
        case str():
            for word, text in words.items():
                value = value.replace(f"{{{word}}}", text)
            return value
        case Mapping():
            return {name: filled(inner, words) for name, inner in value.items()}
        case list():
            return [filled(inner, words) for inner in value]
        case _:
            return value
