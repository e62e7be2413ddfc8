"""Which rules are judged on what a lens shows, and what do they say?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final, get_args

from bucketwright.contract.words import Profile, Severity
from bucketwright.posture import Estate, Posture
from bucketwright.rules import catalogue
from bucketwright.rules.rule import BASELINE, Rule
from bucketwright.verdicts import Fails, Passes, Verdict

if TYPE_CHECKING:
    from bucketwright.contract.usual import AnyTerms

_FRAMEWORK_OF: Final[Mapping[Profile, str]] = {"cis": "CIS", "fsbp": "FSBP"}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which rules are asked for, wherever they apply."""

    profile: Profile = "baseline"
    also: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    """Where there are any: these alone, and nothing is compared with what is declared."""

    @classmethod
    def of(cls, terms: "AnyTerms", profile: Profile | None = None) -> "Selection":
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

    @property
    def severity(self) -> Severity:
        """The rule's, where the verdict does not say another."""
        told = self.verdict.severity if isinstance(self.verdict, Fails) else None
        return told or self.rule.severity


@cache
def profiles_of(rule_id: str) -> frozenset[Profile]:
    """The profiles a rule belongs to: that of a framework holds what names one of its controls."""
    rule = catalogue()[rule_id]
    if rule.tier == BASELINE:
        return frozenset(get_args(Profile))
    from bucketwright.rules.frameworks import controls  # noqa: PLC0415 - baseline rules need none

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
