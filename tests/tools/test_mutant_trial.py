"""Does a trial end as it should: noticed by an example, by a test, by nobody, or not at all?"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = ROOT / "bucketwright/rules/acl_grants.py"
TRIAL = """
import sys
from pathlib import Path
from tools.mutant_trial import Limits, Trial, end_of, unbroken, warm_up

file, rules, changed, output, *tests = sys.argv[1:]
grants, rule = "bucketwright.rules.acl_grants", "bucketwright.rules.exposure.acl_public_read"
anew = frozenset({"bucketwright.rules", grants, rule})
trial = Trial(grants, Path(file), anew, frozenset(rules.split()), tuple(tests))
code = compile(Path(file).read_text() + changed, file, "exec") if changed else unbroken(trial)
warm_up()
print(end_of(trial, code, Limits(2, 20), Path(output)).code)
"""
TEST = """
from bucketwright.rules.acl_grants import given_to

def test_it() -> None:
    assert given_to(frozenset(), frozenset(), frozenset()) == (), "noticed by the test"
"""
OTHER_RULE = """
import pytest

class Other:
    id = "another-rule"

@pytest.mark.parametrize("rule", [Other()])
def test_it(rule) -> None:
    assert False
"""


def ended(tmp_path: Path, changed: str, rules: str = "acl-public-read", test: str = "") -> tuple[int, str]:
    """How a trial ends in which the file has this at its end, and what is said."""
    output, file = tmp_path / "output", tmp_path / "test_it.py"
    file.write_text(test)
    before = FILE.read_bytes()
    words = [str(FILE), rules, changed, str(output), *([str(file)] if test else [])]

    run = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", TRIAL, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert FILE.read_bytes() == before
    return int(run.stdout), output.read_text()


NOTHING_GIVEN = "\ndef given_to(*_): return ()\n"
SOMETHING_GIVEN = "\ndef given_to(*_): return [1]\n"


@pytest.mark.parametrize(
    ("changed", "rules", "test", "end", "said"),
    [
        pytest.param("", "acl-public-read", TEST, 0, "1 passed", id="unbroken"),
        pytest.param(
            NOTHING_GIVEN, "acl-public-read", TEST, 1, "acl-public-read: Passes", id="an example fails"
        ),
        pytest.param("\n1 / 0\n", "acl-public-read", "", 1, "ZeroDivisionError", id="it does not load"),
        pytest.param(SOMETHING_GIVEN, "", TEST, 1, "noticed by the test", id="a test fails"),
        pytest.param(NOTHING_GIVEN, "", TEST, 0, "1 passed", id="no test minds"),
        pytest.param(NOTHING_GIVEN, "", OTHER_RULE, 0, "", id="the test of another rule does not count"),
        pytest.param(NOTHING_GIVEN, "", "", 33, "", id="nothing looks"),
        pytest.param("\nwhile True: pass\n", "", "", -24, "", id="it never ends"),
    ],
)
def test_a_trial_ends_as_it_should(
    tmp_path: Path, changed: str, rules: str, test: str, end: int, said: str
) -> None:
    """What is noticed is told from what is not, and the file itself is left as it was."""
    found, output = ended(tmp_path, changed, rules, test)

    assert found == end
    assert said in output
