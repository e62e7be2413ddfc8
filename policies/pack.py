"""The policy pack: every rule that a plan can be judged by, as a policy of the engine."""

from collections.abc import Iterable, Iterator
from typing import Final

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    ResourceValidationPolicy,
    Severity,
    StackValidationPolicy,
)

from bucketwright.contract import words
from bucketwright.enforcing import enforcement
from bucketwright.posture import Posture
from bucketwright.rules import catalogue, theme_of
from bucketwright.rules.engine import ENGINE, EngineVerdict
from bucketwright.rules.frameworks import FRAMEWORKS, controls
from bucketwright.rules.manual import Manual
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import LOW
from policies.alone import PLANNED, sayers
from policies.judged import Measure

NAME: Final = "bucketwright"
EXEMPTED: Final = "exemption-used"
NOT_EVALUATED: Final = "not-evaluated"
EXPIRED: Final = "suppression-expired"
_HUB: Final = "https://docs.aws.amazon.com/securityhub/latest/userguide"
_USED: Final = Manual(
    "Every exemption that is used is said.",
    "What nobody sees any more is not decided any more.",
    "Nothing is to be fixed: a rule is broken, and its owner answers for it.",
    "never.",
)
_BESIDE: Final = {
    one.id: one for one in (ENGINE[EXPIRED], ENGINE[NOT_EVALUATED], EngineVerdict(EXEMPTED, LOW, _USED))
}
"""What is said beside the verdicts of rules."""


def policies() -> list[Policy]:
    """Those of the rules, and those that say what else is to be known of a stack."""
    return [*map(_of_rule, planned_rules()), *map(_of_the_pack, _BESIDE.values())]


def planned_rules() -> Iterator[Rule[Posture]]:
    """The rules of the catalogue that judge plans."""
    return (rule for rule in catalogue().values() if PLANNED in rule.lenses)


def level(rule_id: str, severity: words.Severity, by: Measure) -> EnforcementLevel:
    """What a finding does; a rule that nothing asks for is off until the configuration of the pack does."""
    if rule_id in (EXEMPTED, NOT_EVALUATED):
        return EnforcementLevel.ADVISORY
    rule = catalogue().get(rule_id)
    if rule is not None and by.around.environment is None and not by.selection.has(rule):
        return EnforcementLevel.DISABLED
    return EnforcementLevel(enforcement(rule_id, severity, by.terms))


def severity_of(policy: str) -> words.Severity:
    """How grave it usually is to break a policy."""
    return _BESIDE[policy].severity if policy in _BESIDE else catalogue()[policy].severity


def _of_rule(rule: Rule[Posture]) -> Policy:
    kind = ResourceValidationPolicy if rule.id in sayers() else StackValidationPolicy
    return kind(
        name=rule.id,
        display_name=rule.manual.title,
        description=rule.manual.title,
        validate=_never,
        severity=Severity(rule.severity),
        framework=_framework(rule.maps_to),
        tags=[theme_of(rule.id), rule.tier, *map(str, controls(rule.maps_to))],
        remediation_steps=rule.manual.fix,
        url=url(rule.maps_to),
    )


def _of_the_pack(verdict: EngineVerdict) -> Policy:
    return StackValidationPolicy(
        name=verdict.id,
        display_name=verdict.manual.title,
        description=verdict.manual.title,
        validate=_never,
        severity=Severity(verdict.severity),
        remediation_steps=verdict.manual.fix,
    )


def _never(*_: object) -> None:
    raise NotImplementedError("this pack judges a stack as a whole: policies.analyzer serves it")


def _framework(maps_to: Iterable[str]) -> PolicyComplianceFramework | None:
    """That of the first control a rule names."""
    for named in maps_to:
        name, _, control = named.partition(" ")
        found = FRAMEWORKS[name]
        return PolicyComplianceFramework(
            name=found.title, version=found.version, reference=control, specification=found.source
        )
    return None


def url(maps_to: Iterable[str]) -> str | None:
    """The page of Security Hub that tells of the first of its controls a rule names."""
    for named in maps_to:
        framework, _, control = named.partition(" ")
        if framework == "FSBP":
            service = control.partition(".")[0].lower()
            return f"{_HUB}/{service}-controls.html#{control.lower().replace('.', '-')}"
    return None
