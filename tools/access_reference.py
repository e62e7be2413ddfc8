"""Print what the page about access says of verbs, or of what is not considered, as the compiler has it."""

import sys
from collections.abc import Iterator, Mapping
from typing import Final

from bucketwright.contract.access.matrix import NOT_CONSIDERED
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.model import Environment
from bucketwright.contract.words import VERBS, Verb

_COLUMNS: Final[Mapping[str, tuple[Mapping[str, object], Mapping[str, object]]]] = {
    "where there are versions, also": ({"versioning": "enabled"}, {}),
    "where objects go to an archive, also": ({}, {"archive": {"after": "90 days", "to": "glacier"}}),
    "where tags are declared, also": ({}, {"tags": {"team": "red"}}),
    "under a KMS key, also": ({"encryption": "kms"}, {}),
}
"""What is said of a bucket and its prefix -> the column of what a verb then means beside the rest."""


def verbs() -> Iterator[str]:
    """A table of the actions that a role gets, read from its compiled policies."""
    yield f"| verb | actions | {' | '.join(_COLUMNS)} |"
    yield "|---|---|" + "---|" * len(_COLUMNS)
    for verb in VERBS:
        always = _actions(verb, {}, {})
        more = (_actions(verb, *settings) - always for settings in _COLUMNS.values())
        yield f"| `{verb}` | {' | '.join(_listed(actions) for actions in (always, *more))} |"


def not_considered() -> Iterator[str]:
    """A list of what may change who can do what, and is not looked at."""
    yield from (f"- {what}" for what in NOT_CONSIDERED)


def _actions(verb: Verb, bucket: Mapping[str, object], prefix: Mapping[str, object]) -> frozenset[str]:
    files = {**bucket, "prefixes": {"all": {"path": "all/", **prefix}}}
    access = {"role": {"trusts": "lambda.amazonaws.com", verb: "files/all"}}
    settings = {"project": "p", "name": "e", "buckets": {"files": files}, "access": access}
    written = role_policies(Environment.model_validate(settings), "role")
    statements = (one for policy in written for one in _many(policy["Statement"]))
    return frozenset(
        action for one in statements if isinstance(one, dict) for action in map(str, _many(one["Action"]))
    )


def _many(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _listed(actions: frozenset[str]) -> str:
    return ", ".join(f"`{action}`" for action in sorted(actions))


PARTS: Final = {"verbs": verbs, "not-considered": not_considered}


if __name__ == "__main__":
    print("\n".join(PARTS[sys.argv[1]]()))
