"""One statement of a policy that the compiler writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

Json = dict[str, object]
Condition = Mapping[str, Mapping[str, str | tuple[str, ...]]]
Everyone = Literal["*"]
ASKED_PREFIX: Final = "s3:prefix"


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement; without a principal in an identity policy."""

    sid: str
    effect: Literal["Allow", "Deny"]
    action: tuple[str, ...]
    resource: tuple[str, ...]
    condition: Condition = field(default_factory=dict)
    principal: Everyone | Mapping[str, tuple[str, ...]] | None = None

    def json(self) -> Json:
        """The statement in IAM's spelling."""
        fields: Json = {"Sid": self.sid, "Effect": self.effect}
        if self.principal is not None:
            who = self.principal
            fields["Principal"] = who if isinstance(who, str) else _spelled(who)
        fields |= {"Action": one_or_list(self.action), "Resource": one_or_list(self.resource)}
        if self.condition:
            fields["Condition"] = {operator: _spelled(keys) for operator, keys in self.condition.items()}
        return fields

    @property
    def asked(self) -> tuple[str, ...]:
        """The beginnings that a listing may ask for; none where the statement does not say."""
        values = self.condition.get("StringLike", {}).get(ASKED_PREFIX, ())
        return (values,) if isinstance(values, str) else values

    def tied_to(self, condition: Condition) -> "Statement":
        """The same, under one more condition."""
        operators = dict.fromkeys((*self.condition, *condition))
        merged = {name: {**self.condition.get(name, {}), **condition.get(name, {})} for name in operators}
        return replace(self, condition=merged)

    def halves(self) -> tuple["Statement", ...]:
        """Two statements that mean the same together; none where there is nothing to cut."""
        if len(self.resource) > 1:
            first, second = _cut(self.resource)
            cut = replace(self, resource=first), replace(self, resource=second)
        elif len(self.asked) > 1:
            first, second = _cut(self.asked)
            cut = self.tied_to(asked_for(first)), self.tied_to(asked_for(second))
        else:
            return ()
        return replace(cut[0], sid=f"{self.sid}A"), replace(cut[1], sid=f"{self.sid}B")


def allow(
    sid: str, action: Iterable[str], resource: Iterable[str], when: Condition | None = None
) -> Statement:
    """Return an Allow of an identity policy."""
    return Statement(sid, "Allow", tuple(action), tuple(resource), when or {})


def deny(
    sid: str, action: Iterable[str], resource: Iterable[str], when: Condition | None = None
) -> Statement:
    """Return a Deny of an identity policy."""
    return Statement(sid, "Deny", tuple(action), tuple(resource), when or {})


def asked_for(patterns: Iterable[str]) -> Condition:
    """The condition of a listing: what it asks for has one of these beginnings."""
    return {"StringLike": {ASKED_PREFIX: tuple(patterns)}}


def one_or_list(values: str | Sequence[str]) -> str | list[str]:
    """The shorter of IAM's two spellings."""
    if isinstance(values, str):
        return values
    return values[0] if len(values) == 1 else list(values)


def sid_part(slug: str) -> str:
    """An id of the contract in the letters a Sid may hold."""
    return "".join(part.capitalize() for part in slug.split("-"))


def _spelled(values: Mapping[str, str | tuple[str, ...]]) -> dict[str, str | list[str]]:
    return {name: one_or_list(value) for name, value in values.items()}


def _cut(values: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    middle = len(values) // 2
    return values[:middle], values[middle:]
