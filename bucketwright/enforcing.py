"""Does a finding stop a deployment, or is it advice?"""

from typing import TYPE_CHECKING

from bucketwright.contract.words import Enforcement, Severity
from bucketwright.findings import Finding
from bucketwright.verdicts import at_least

if TYPE_CHECKING:
    from bucketwright.contract.usual import AnyTerms


def enforcement(rule_id: str, severity: Severity, terms: "AnyTerms") -> Enforcement:
    """What a contract says of a rule, or else what its severity says."""
    usual: Enforcement = "mandatory" if at_least(severity, terms.mandatory_from) else "advisory"
    return terms.enforcement.get(rule_id, usual)


def blocks(finding: Finding, terms: "AnyTerms") -> bool:
    """Whether this finding stops a deployment."""
    return finding.counts and enforcement(finding.rule, finding.severity, terms) == "mandatory"
