"""Where does a new rule begin? With a file that shows all that a rule needs, for its author to rewrite."""

import argparse
import re
import sys
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent / "bucketwright" / "rules"
TEMPLATE = '''from bucketwright.estate import BucketPosture
from bucketwright.posture import Estate
from bucketwright.rules.examples import bad, good
from bucketwright.rules.rule import BASELINE, rule
from bucketwright.verdicts import MEDIUM, Verdict, fails_if


@rule(
    "{rule_id}",
    severity=MEDIUM,
    tier=BASELINE,
    reads=["versioning"],
    examples=[good(versioning="Enabled"), bad(versioning="Suspended")],
)
def {function}(bucket: BucketPosture, _: Estate) -> Verdict:
    """One sentence that holds where the rule is kept.

    **Why.** What happens where it is broken.

    **Fix.** What to write in the contract, and what others do.

    **Exempt it when** it is right not to keep it.
    """
    return fails_if(bucket.versioning != "Enabled" and "what was seen", expected="what should be seen")
'''


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
    function = asked.rule_id.replace("-", "_")
    taken = sorted(RULES.glob(f"*/{function}.py"))
    if taken:
        print(
            f"new-rule: {asked.rule_id} is there already: {taken[0].relative_to(RULES.parent.parent)}",
            file=sys.stderr,
        )
        return 2
    path = RULES / asked.theme / f"{function}.py"
    path.write_text(TEMPLATE.format(rule_id=asked.rule_id, function=function))
    print(f"new-rule: wrote {path.relative_to(RULES.parent.parent)}; its examples are its tests:")
    print(f"    .venv/bin/pytest tests/rules -k {asked.rule_id}")
    print("    make docs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
