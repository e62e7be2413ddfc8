"""The beginning of a rule is a rule already."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from bucketwright.rules.rule import Rule
from bucketwright.verdicts import Fails, Passes
from tests.rules.sentences import sentences
from tools import new_rule


def test_the_template_is_a_rule_that_its_own_examples_hold(tmp_path: Path) -> None:
    """An author begins with something that runs, and changes it piece by piece."""
    file = tmp_path / "some_rule.py"
    file.write_text(new_rule.skeleton("some-rule"))
    spec = spec_from_file_location("some_rule", file)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    rule = module.some_rule

    assert isinstance(rule, Rule)
    for example in rule.examples:
        verdict = rule.verdict(example.posture(rule.kind), example.estate(rule.kind, "live"))
        assert isinstance(verdict, Passes if example.is_good else Fails)
    assert sentences(rule) == set(new_rule.PLACEHOLDERS.values())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["tls-only", "encryption"], "tls-only is there already", id="an id that is taken"),
        pytest.param(["Tls", "encryption"], "'Tls' is no id", id="no id"),
        pytest.param(["some-rule", "nowhere"], "invalid choice: 'nowhere'", id="no theme"),
    ],
)
def test_a_wrong_word_writes_nothing(words: list[str], message: str) -> None:
    """What is wrong is said, and what would be right."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and tool
        [sys.executable, new_rule.__file__, *words], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert message in done.stderr
