"""What is to be known of a rule: as data for scripts, and as a page of the manual?"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass

from bucketwright.facets.bucket.policy import Policy
from bucketwright.facets.role.policies import Policies
from bucketwright.judging import profiles_of
from bucketwright.posture import Posture
from bucketwright.rules import catalogue, theme_of
from bucketwright.rules.engine import ENGINE, EngineVerdict
from bucketwright.rules.examples import Example
from bucketwright.rules.frameworks import controls
from bucketwright.rules.manual import Manual
from bucketwright.rules.rule import Rule

LENSES = ("intended", "planned", "live")
_SHOWN_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the manual: a rule's, or that of a verdict of the engine."""

    id: str
    title: str
    facts: Mapping[str, str]
    """What is to be said of it in a word each."""
    parts: Mapping[str, str]
    """Headings with their paragraphs."""
    examples: tuple[tuple[str, str], ...] = ()
    """Kept or broken, and by what."""


def as_data(rule: Rule[Posture]) -> dict[str, object]:
    """A rule for scripts."""
    return {
        "id": rule.id,
        "title": rule.manual.title,
        "theme": theme_of(rule.id),
        "level": rule.kind.kind,
        "tier": rule.tier,
        "profiles": sorted(profiles_of(rule.id)),
        "severity": rule.severity,
        "confidence": rule.confidence,
        "frameworks": [str(control) for control in controls(rule.maps_to)],
        "reads": list(rule.reads),
        "lenses": [lens for lens in LENSES if lens in rule.lenses],
        "fixable": rule.repair is not None,
        "fix_is_safe": None if rule.repair is None else rule.repair.is_safe,
        "why": rule.manual.why,
        "fix": rule.manual.fix,
        "exempt": rule.manual.exempt,
    }


def verdict_as_data(verdict: EngineVerdict) -> dict[str, object]:
    """A verdict of the engine for scripts, in the same shape."""
    return {
        "id": verdict.id,
        "title": verdict.manual.title,
        "theme": "engine",
        "level": "engine",
        "tier": "baseline",
        "profiles": [],
        "severity": verdict.severity,
        "confidence": "certain",
        "frameworks": [],
        "reads": [],
        "lenses": ["live"],
        "fixable": False,
        "fix_is_safe": None,
        "why": verdict.manual.why,
        "fix": verdict.manual.fix,
        "exempt": verdict.manual.exempt,
    }


def rule_as_data(rule_id: str) -> dict[str, object]:
    """The same by its id, of a rule or of a verdict of the engine."""
    rule = catalogue().get(rule_id)
    return verdict_as_data(ENGINE[rule_id]) if rule is None else as_data(rule)


def page_of(rule_id: str) -> Page | None:
    """The page of a rule or of a verdict of the engine; None where there is neither."""
    rule, verdict = catalogue().get(rule_id), ENGINE.get(rule_id)
    if rule is not None:
        return _page_of_rule(rule)
    return None if verdict is None else _page_of_verdict(verdict)


def markdown(page: Page) -> str:
    """The page in Markdown."""
    return "\n".join(_lines(page)) + "\n"


def _page_of_rule(rule: Rule[Posture]) -> Page:
    repair = rule.repair
    frameworks = ", ".join(str(control) for control in controls(rule.maps_to))
    facts = {
        "Severity": rule.severity,
        "Judges": rule.kind.kind.replace("_", " "),
        "Asked for by": f"profiles {', '.join(sorted(profiles_of(rule.id)))}",
        "Reads": ", ".join(rule.reads) or "its name alone",
        "Judged": ", ".join(lens for lens in LENSES if lens in rule.lenses),
        **({"Helps to meet": frameworks} if frameworks else {}),
        **({"Certainty": "likely, not certain"} if rule.confidence == "likely" else {}),
        **(
            {"Can be fixed": f"{repair.does}{'' if repair.is_safe else ' Not without risk.'}"}
            if repair
            else {}
        ),
    }
    kept = [one for one in rule.examples if one.is_good][:_SHOWN_EXAMPLES]
    broken = [one for one in rule.examples if not one.is_good][:_SHOWN_EXAMPLES]
    examples = (("Kept" if one.is_good else "Broken", spelled(one, rule.kind)) for one in (*kept, *broken))
    return Page(rule.id, rule.manual.title, facts, _parts(rule.manual), tuple(examples))


def _page_of_verdict(verdict: EngineVerdict) -> Page:
    facts = {"Severity": verdict.severity, "Judges": "by comparing what was declared with what is"}
    return Page(verdict.id, verdict.manual.title, facts, _parts(verdict.manual))


def _parts(manual: Manual) -> Mapping[str, str]:
    return {"Why": manual.why, "Fix": manual.fix, "Exempt it when": manual.exempt}


def spelled(example: Example, kind: type[Posture]) -> str:
    """The facts of an example in a line each, those of what is beside it after them."""
    own = [f"{name}: {_said(value)}" for name, value in example.facts_of(kind).items()]
    others = [
        f"{posture.address} {name}: {_said(value)}"
        for posture in example.beside
        for name, value in posture.facts.items()
    ]
    return "\n".join((*own, *others, *_declared(example))) or "-"


def _declared(example: Example) -> Iterator[str]:
    """What the contract says around it, as it may be written there: JSON is YAML."""
    settings = {} if example.around is None else example.around.settings
    for name, value in settings.items():
        yield f"contract {name}: {json.dumps(value, default=str, ensure_ascii=False)}"


def _said(value: object) -> str:
    """A value as a reader would write it; what is as usual is left out."""
    if isinstance(value, Policy):
        return value.text
    if isinstance(value, Policies):
        return " and ".join(value.texts) or "none"
    if is_dataclass(value) and not isinstance(value, type):
        told = [
            f"{one.name}={_said(getattr(value, one.name))}"
            for one in fields(value)
            if one.repr and (one.default is MISSING or getattr(value, one.name) != one.default)
        ]
        return f"{type(value).__name__}({', '.join(told)})"
    if isinstance(value, list | tuple | frozenset | set):
        return f"[{', '.join(sorted(map(_said, value)))}]"
    return str(value)


def _lines(page: Page) -> Iterator[str]:
    yield f"# {page.id}"
    yield from ("", page.title, "")
    yield from (f"- {name}: {value}" for name, value in page.facts.items())
    for heading, text in page.parts.items():
        yield from ("", f"## {heading}", "", text)
    if page.examples:
        yield from ("", "## Examples")
        for kind, text in page.examples:
            yield from ("", f"{kind}:", "", "```text", text, "```")
