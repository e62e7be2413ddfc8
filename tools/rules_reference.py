"""The pages of the rules, their list and the table of frameworks: a JSON object of file names and texts."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping

from bucketwright.reports.rule_pages import markdown, page_of
from bucketwright.rules import catalogue, theme_of
from bucketwright.rules.engine import ENGINE, WAITING
from bucketwright.rules.frameworks import FRAMEWORKS, Control, controls

LIST = "README.md"


def pages() -> Iterator[tuple[str, str]]:
    """Every file of the folder."""
    yield LIST, "\n".join(_list()) + "\n"
    for rule_id in (*catalogue(), *ENGINE):
        page = page_of(rule_id)
        if page is not None:
            yield f"{rule_id}.md", markdown(page)


def _list() -> Iterator[str]:
    rules = catalogue()
    yield "# Rules"
    yield ""
    yield f"{len(rules)} rules, and {len(ENGINE)} verdicts of the engine itself."
    yield "Baseline rules hold for everyone; chosen ones are judged where a setting of the contract, its"
    yield "`rules` or a profile asks for them."
    themes: Mapping[str, list[str]] = defaultdict(list)
    for rule_id in rules:
        themes[theme_of(rule_id)].append(rule_id)
    for theme, ids in sorted(themes.items()):
        yield from (
            "",
            f"## {theme.capitalize()}",
            "",
            "| rule | severity | tier | it holds that |",
            "|---|---|---|---|",
        )
        for one in (rules[rule_id] for rule_id in ids):
            yield f"| [{one.id}]({one.id}.md) | {one.severity} | {one.tier} | {one.manual.title} |"
    yield from ("", "## Verdicts of the engine", "", "| id | severity | it holds that |", "|---|---|---|")
    for verdict in ENGINE.values():
        yield f"| [{verdict.id}]({verdict.id}.md) | {verdict.severity} | {verdict.manual.title} |"
    yield from ("", "## Not judged yet", "")
    yield from (f"- {rule_id}: {reason}" for rule_id, reason in WAITING.items())
    yield from _frameworks()


def _frameworks() -> Iterator[str]:
    helping: Mapping[Control, list[str]] = defaultdict(list)
    for rule in catalogue().values():
        for control in controls(rule.maps_to):
            helping[control].append(rule.id)
    for name, framework in FRAMEWORKS.items():
        yield from ("", f"## {framework.title} {framework.version}", "", f"Source: <{framework.source}>", "")
        yield from ("| control | rules |", "|---|---|")
        for control in sorted(one for one in helping if one.framework == name):
            yield f"| {control.id} | {', '.join(f'[{one}]({one}.md)' for one in helping[control])} |"


if __name__ == "__main__":
    print(json.dumps(dict(pages())))
