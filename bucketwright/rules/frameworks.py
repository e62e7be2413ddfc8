"""Which controls of which frameworks does a rule help to meet?

Rules name controls of Security Hub's standard (FSBP) and of CIS. The rest follows from Security Hub's table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework in the version that is meant."""

    name: str
    title: str
    version: str
    source: str


@dataclass(frozen=True, slots=True, order=True)
class Control:
    """One demand of one framework."""

    framework: str
    id: str

    def __str__(self) -> str:
        return f"{self.framework} {self.id}"


_HUB: Final = "https://docs.aws.amazon.com/securityhub/latest/userguide"
FRAMEWORKS: Final[Mapping[str, Framework]] = {
    one.name: one
    for one in (
        Framework(
            "FSBP",
            "AWS Foundational Security Best Practices",
            "1.0.0",
            f"{_HUB}/fsbp-standard.html",
        ),
        Framework(
            "CIS",
            "CIS AWS Foundations Benchmark",
            "5.0.0",
            f"{_HUB}/cis-aws-foundations-benchmark.html",
        ),
        Framework("PCI-DSS", "PCI DSS", "4.0.1", f"{_HUB}/pci-standard.html"),
        Framework("NIST-800-53", "NIST SP 800-53", "r5", f"{_HUB}/standards-reference-nist-800-53.html"),
    )
}


@dataclass(frozen=True, slots=True)
class _Row:
    """What Security Hub says one of its controls helps to meet."""

    cis: tuple[str, ...] = ()
    pci: tuple[str, ...] = ()
    nist: tuple[str, ...] = ()


FSBP: Final[Mapping[str, _Row]] = {
    "S3.1": _Row(("2.1.4",), ("1.4.4",), ("AC-3", "AC-4", "AC-6", "SC-7")),
    "S3.2": _Row((), (), ("AC-3", "AC-21", "SC-7")),
    "S3.3": _Row((), (), ("AC-3", "AC-21", "SC-7")),
    "S3.5": _Row(("2.1.1",), ("4.2.1",), ("SC-8", "SC-13", "SC-23")),
    "S3.6": _Row((), (), ("CA-9(1)", "CM-2")),
    "S3.7": _Row((), (), ("CP-6", "CP-9", "CP-10")),
    "S3.8": _Row(("2.1.4",), ("1.4.4",), ("AC-3", "AC-4", "AC-6", "SC-7")),
    "S3.9": _Row((), ("10.2.1",), ("AU-2", "AU-3", "AU-12")),
    "S3.10": _Row((), (), ("CP-9", "SI-13(5)")),
    "S3.11": _Row((), (), ("SI-4", "CA-7")),
    "S3.12": _Row((), (), ("AC-2(1)", "AC-3", "AC-6")),
    "S3.13": _Row((), (), ("CP-9", "SI-13(5)")),
    "S3.14": _Row((), (), ("CP-6", "CP-9", "CP-10")),
    "S3.15": _Row((), ("10.5.1",), ("CP-6(2)",)),
    "S3.17": _Row((), ("3.5.1",), ("SC-12(2)", "SC-13", "SC-28")),
    "S3.19": _Row((), ("1.4.4",), ("AC-3", "SC-7")),
    "S3.20": _Row(("2.1.2",), (), ("CM-2", "CM-3")),
    "S3.22": _Row(("3.8",), ("10.2.1",), ()),
    "S3.23": _Row(("3.9",), ("10.2.1",), ()),
    "S3.25": _Row((), (), ("CP-9", "SI-13(5)")),
    "CloudFront.12": _Row(),
    "CloudFront.13": _Row(),
    "CloudTrail.6": _Row(),
    "CloudTrail.7": _Row(("3.4",)),
}
"""Security Hub's controls that a rule here names."""
CIS: Final = frozenset({*(one for row in FSBP.values() for one in row.cis), "4.8"})


def controls(maps_to: Iterable[str]) -> tuple[Control, ...]:
    """All controls behind those that a rule names, such as `FSBP S3.14`; KeyError for an unknown one."""
    found: set[Control] = set()
    for named in maps_to:
        framework, _, control = named.partition(" ")
        found.add(Control(framework, control))
        if framework == "FSBP":
            row = FSBP[control]
            derived = {"CIS": row.cis, "PCI-DSS": row.pci, "NIST-800-53": row.nist}
            found |= {Control(name, one) for name, several in derived.items() for one in several}
        elif framework != "CIS" or control not in CIS:
            raise KeyError(named)
    return tuple(sorted(found))
