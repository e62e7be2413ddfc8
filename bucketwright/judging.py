"""Which rules are judged on what a lens shows, and what do they say?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final, get_args

from bucketwright.contract.model import Contract
from bucketwright.contract.terms import Profile, Terms
from bucketwright.estate import intended
from bucketwright.posture import Circumstances, Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.rules.frameworks import controls
from bucketwright.rules.rule import BASELINE, Rule
from bucketwright.verdicts import Passes, Verdict

_FRAMEWORK_OF: Final[Mapping[Profile, str]] = {"cis": "CIS", "fsbp": "FSBP"}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules are asked for, wherever they apply."""

    profile: Profile = "baseline"
    also: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    """Where there are any: these alone, and nothing is compared with what is declared."""

    @classmethod
    def of(cls, terms: Terms, profile: Profile | None = None) -> "Selection":
        """What a contract asks for; a profile that is named goes before its own."""
        return cls(profile or terms.profile, frozenset(terms.also))

    def has(self, rule: Rule[Posture]) -> bool:
        """Whether a rule is asked for everywhere."""
        if self.only:
            return rule.id in self.only
        return rule.id in self.also or self.profile in profiles_of(rule.id)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one rule says of one resource."""

    rule: Rule[Posture]
    posture: Posture
    verdict: Verdict


@cache
def profiles_of(rule_id: str) -> frozenset[Profile]:
    """The profiles a rule belongs to: that of a framework holds what names one of its controls."""
    rule = catalogue()[rule_id]
    if rule.tier == BASELINE:
        return frozenset(get_args(Profile))
    frameworks = {control.framework for control in controls(rule.maps_to)}
    asking = (profile for profile, framework in _FRAMEWORK_OF.items() if framework in frameworks)
    return frozenset({"all", *asking})


def judge(estate: Estate, selection: Selection, without: frozenset[str] = frozenset()) -> Iterator[Judgement]:
    """Every rule that is asked for, or that a setting of the contract asks for, on all it is about."""
    for rule in catalogue().values():
        if estate.lens in rule.lenses and rule.id not in without:
            everywhere = selection.has(rule)
            for posture in estate.every(rule.kind):
                if everywhere or (not selection.only and _is_declared(rule, posture, estate)):
                    yield Judgement(rule, posture, rule.verdict(posture, estate))


def _is_declared(rule: Rule[Posture], posture: Posture, estate: Estate) -> bool:
    """Whether the contract itself makes the resource keep the rule."""
    wanted, around = estate.intended(posture), estate.circumstances
    if wanted is None or around.intended is None or estate.lens == "intended":
        return False
    return isinstance(rule.verdict(wanted, replace(around.intended, circumstances=around)), Passes)


class _Intended(Mapping[str, Estate]):
    """What a contract wants of each environment, worked out when somebody asks: few rules look beyond one."""

    def __init__(self, contract: Contract) -> None:
        self._contract: Final = contract
        self._known: Final[dict[str, Estate]] = {}

    def __getitem__(self, name: str) -> Estate:
        if name not in self._known:
            self._known[name] = intended(self._contract.environments[name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._contract.environments)

    def __len__(self) -> int:
        return len(self._contract.environments)


@dataclass(frozen=True, slots=True)
class _Others(Mapping[str, Estate]):
    """The same without one environment."""

    every: _Intended
    but: str

    def __getitem__(self, name: str) -> Estate:
        if name == self.but:
            raise KeyError(name)
        return self.every[name]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.every if name != self.but)

    def __len__(self) -> int:
        return len(self.every) - 1


def circumstances(
    contract: Contract, now: datetime, environments: Iterable[str] | None = None
) -> Mapping[str, Circumstances]:
    """What a verdict may look at beside an estate, for these environments or for all."""
    wanted, every = _Intended(contract), contract.environments
    return {
        name: Circumstances(every[name], wanted[name], _Others(wanted, name), now)
        for name in (every if environments is None else environments)
    }


def intended_estate(around: Circumstances) -> Estate:
    """What the contract intends, ready to be judged."""
    if around.intended is None:
        raise ValueError("without a contract nothing is intended")
    return replace(around.intended, circumstances=around)
