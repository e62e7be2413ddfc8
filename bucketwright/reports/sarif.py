"""A review as SARIF 2.1.0, as code scanning reads it."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from bucketwright.contract.words import Severity
from bucketwright.findings import Finding
from bucketwright.plain_text import clipped, printable
from bucketwright.reports import wording
from bucketwright.review import Place, Review
from bucketwright.rules import catalogue, theme_of
from bucketwright.rules.frameworks import controls

Json = Mapping[str, object]
SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LONGEST: Final = 1000
_MOST_TAGS: Final = 20
_LEVELS: Final[Mapping[Severity, str]] = {
    "critical": "error",
    "high": "error",
    "medium": "warning",
    "low": "note",
}
_SCORES: Final[Mapping[Severity, str]] = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
"""Where code scanning draws its lines: above 9.0 is critical, from 7.0 high, from 4.0 medium."""


def as_sarif(review: Review, version: str, fallback: str, *, exempted: bool = False) -> Json:
    """One run with what fails; a finding without a place of its own is put into the file `fallback`.

    What is exempted is left out unless asked for: code scanning does not read suppressions.
    """
    findings = [one for one in review.findings if one.counts or (exempted and one.exemption is not None)]
    ids = list(dict.fromkeys(one.rule for one in findings))
    driver = {
        "name": "bucketwright",
        "semanticVersion": version,
        "rules": list(map(_rule, ids)),
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"bucketwright/{_plain(review.project)}/{_plain(review.stack)}/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, ids, review, fallback) for one in findings],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule_id: str) -> Json:
    rule, page = catalogue().get(rule_id), wording.manual(rule_id)
    severity = wording.severity(rule_id)
    frameworks = [str(control) for control in controls(rule.maps_to)] if rule else []
    theme = theme_of(rule_id) if rule else "engine"
    text = f"{page.why} {page.fix}"
    return {
        "id": rule_id,
        "name": "".join(word.capitalize() for word in rule_id.split("-")),
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": clipped(page.why, _LONGEST)},
        "help": {
            "text": text,
            "markdown": f"**Why.** {page.why}\n\n**Fix.** {page.fix}\n\n**Exempt it when** {page.exempt}",
        },
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "tags": ["security", theme, *frameworks][:_MOST_TAGS],
            "precision": "high" if rule and rule.confidence == "likely" else "very-high",
            "security-severity": _SCORES[severity],
        },
    }


def _result(one: Finding, ids: Sequence[str], review: Review, fallback: str) -> Json:
    place = review.places.get(one.fingerprint) or Place(fallback, 1, 1, 2)
    message = f"{wording.subject(one.subject)}: {wording.seen(one)}. Expected: {printable(one.expected)}"
    return {
        "ruleId": one.rule,
        "ruleIndex": ids.index(one.rule),
        "level": _LEVELS[one.severity],
        "message": {"text": message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.file)},
                    "region": {
                        "startLine": place.line,
                        "startColumn": place.column,
                        "endLine": place.line,
                        "endColumn": place.end_column,
                    },
                },
                "logicalLocations": [
                    {"fullyQualifiedName": printable(one.subject.address), "kind": "resource"}
                ],
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": f"{one.fingerprint}:1"},
        **({"suppressions": [_suppression(one)]} if one.exemption is not None else {}),
    }


def _suppression(one: Finding) -> Json:
    reason = "" if one.exemption is None else one.exemption.reason
    return {"kind": "external", "status": "accepted", "justification": printable(reason)}


def _uri(path: str) -> str:
    """A relative path as a URI."""
    return quote(path.replace("\\", "/"))


def _plain(text: str) -> str:
    return quote(text, safe="")
