"""Is there every rule that a contract names? Nobody would judge by, or exempt from, one that there is not."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final, Literal

from bucketwright.contract.problems import Fault, Path
from bucketwright.contract.terms import RULE_ID
from bucketwright.plain_text import did_you_mean, shown

_ID: Final = re.compile(RULE_ID)
_MOST_HINTED: Final = 20
"""Finding the nearest takes time, which a contract full of wrong names must not take."""


def unknown_rules(data: Mapping[str, object], known: Collection[str]) -> Iterator[Fault]:
    """Each rule that is named as written, and is not known; what is no id of a rule is another matter."""
    unknown = (
        (path, at, name)
        for path, at, name in (_named(data) if known else ())
        if isinstance(name, str) and _ID.fullmatch(name) and name not in known
    )
    for number, (path, at, name) in enumerate(unknown):
        hint = did_you_mean(name, known) if number < _MOST_HINTED else ""
        yield Fault(
            path, f"no rule is called {shown(name)}", (), hint or "'bucketwright rules' lists them", at
        )


def _named(data: Mapping[str, object]) -> Iterator[tuple[Path, Literal["value", "key"], object]]:
    exemptions, rules = data.get("exemptions"), data.get("rules")
    for number, one in enumerate(exemptions if isinstance(exemptions, list) else ()):
        if isinstance(one, Mapping):
            yield ("exemptions", number, "rule"), "value", one.get("rule")
    also, enforcement = (
        (rules.get("also"), rules.get("enforcement")) if isinstance(rules, Mapping) else ((), ())
    )
    for number, name in enumerate(also if isinstance(also, list) else ()):
        yield ("rules", "also", number), "value", name
    for name in enforcement if isinstance(enforcement, Mapping) else ():
        yield ("rules", "enforcement", name), "key", name
