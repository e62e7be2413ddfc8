"""Where does a new rule begin? With a file that shows all that a rule needs, for its author to rewrite."""

import argparse
import re
import sys
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent / "bucketwright" / "rules"
PLACEHOLDERS = {
    "title": "One sentence that holds where the rule is kept.",
    "why": "What happens where it is broken.",
    "fix": "What to write in the contract, and what others do.",
    "exempt": "it is right not to keep it.",
    "seen": "what was seen",
    "expected": "what should be seen",
}
"""The sentences for the author to rewrite: no rule of the catalogue may still hold one of them."""
_TEMPLATE = '''from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if


@rule(
    "{rule_id}",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["versioning"],
    examples=lambda: [good(versioning="Enabled"), bad(versioning="Suspended")],
)
def {function}(bucket: BucketPosture, _: Estate) -> Verdict:
    """{title}

    **Why.** {why}

    **Fix.** {fix}

    **Exempt it when** {exempt}
    """
    return fails_if(bucket.versioning != "Enabled" and "{seen}", expected="{expected}")
'''


def skeleton(rule_id: str) -> str:
    """The file of a rule to begin with."""
    return _TEMPLATE.format(rule_id=rule_id, function=_function(rule_id), **PLACEHOLDERS)


def _function(rule_id: str) -> str:
    return rule_id.replace("-", "_")


def themes() -> list[str]:
    """The folders of the catalogue."""
    return sorted(path.parent.name for path in RULES.glob("*/__init__.py"))


def main() -> int:
    """Write the file, unless there is one; name the themes where none is given."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("rule_id", help="such as versioning-enabled: it stays for ever")
    arguments.add_argument("theme", choices=themes())
    asked = arguments.parse_args()
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", asked.rule_id):
        print(
            f"new-rule: {asked.rule_id!r} is no id; small letters and hyphens, such as tls-only",
            file=sys.stderr,
        )
        return 2
    file = f"{_function(asked.rule_id)}.py"
    taken = sorted(RULES.glob(f"*/{file}"))
    if taken:
        print(
            f"new-rule: {asked.rule_id} is there already: {taken[0].relative_to(RULES.parent.parent)}",
            file=sys.stderr,
        )
        return 2
    path = RULES / asked.theme / file
    path.write_text(skeleton(asked.rule_id))
    print(f"new-rule: wrote {path.relative_to(RULES.parent.parent)}; rewrite every sentence of it, for the")
    print("tests refuse those of a skeleton. Its examples are its tests, too:")
    print(f"    .venv/bin/pytest tests/rules -k {asked.rule_id}")
    print("    make docs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
