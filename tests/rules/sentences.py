"""What an author writes of a rule in words: its manual, and what its broken examples are told."""

from bucketwright.posture import Posture
from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails


def sentences(rule: Rule[Posture]) -> set[str]:
    """Each of them."""
    manual = rule.manual
    told = {manual.title, manual.why, manual.fix, manual.exempt}
    for example in rule.examples:
        verdict = rule.verdict(example.posture(rule.kind), example.estate(rule.kind, min(rule.lenses)))
        if isinstance(verdict, Fails):
            told |= {verdict.expected, *(fault.text for fault in verdict.faults)}
    return told
