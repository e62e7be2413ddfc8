"""What does a verdict hang on besides what is listed and answered of an object? Told as one short text."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Protocol, runtime_checkable

from audits.object_facts import Home
from bucketwright import __version__
from bucketwright.estate import AccountPosture, BucketPosture, KeyPosture
from bucketwright.posture import Estate, Posture
from bucketwright.rules.rule import Rule


@runtime_checkable
class _Part(Protocol):
    """A part of a contract; what those are is loaded by those who have one."""

    def model_dump(self) -> dict[str, object]: ...


def judged_by(rules: Iterable[Rule[Posture]], estate: Estate, home: Home) -> str:
    """The same for the same rules, contract, bucket, account and keys; the time is not in it."""
    around = (*estate.every(AccountPosture), *estate.every(KeyPosture))
    about = (
        __version__,
        sorted(rule.id for rule in rules),
        estate.environment,
        home.on_aws,
        home.owner,
        home.locks,
        estate.follow(home.address, BucketPosture),
        sorted(around, key=lambda one: one.address),
    )
    return sha256(_spelled(about).encode("utf-8", "surrogatepass")).hexdigest()


def _spelled(value: object) -> str:
    """A value as a text that is the same in every process."""
    if isinstance(value, _Part):
        return _spelled(value.model_dump())
    if is_dataclass(value) and not isinstance(value, type):
        told = {one.name: getattr(value, one.name) for one in fields(value) if one.compare}
        return f"{type(value).__name__}{_spelled(told)}"
    if isinstance(value, Mapping):
        return f"{{{','.join(sorted(f'{_spelled(key)}:{_spelled(one)}' for key, one in value.items()))}}}"
    if isinstance(value, frozenset | set):
        return f"<{','.join(sorted(map(_spelled, value)))}>"
    if isinstance(value, list | tuple):
        return f"[{','.join(map(_spelled, value))}]"
    return repr(value)
