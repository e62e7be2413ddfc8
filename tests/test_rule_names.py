"""Rules that a contract names: each has to be one that there is."""

from typing import Final

import pytest

from bucketwright.contract.loading import read
from bucketwright.contract.problems import ContractError, Problem
from bucketwright.rule_names import known_rules

CONTRACT: Final = """\
project: shop
environments: {dev: {}, prod: {}}
buckets: {files: {prefixes: {documents: {path: documents/}}}}
"""
EXEMPTION: Final = "exemptions: [{%s, reason: agreed upon, owner: platform, expires: 2100-01-01}]\n"


def _problems(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong where the rules are known."""
    with pytest.raises(ContractError) as raised:
        read(text, "contract.yaml", known_rules())
    return raised.value.problems


@pytest.mark.parametrize(
    "named",
    [
        pytest.param("", id="none"),
        pytest.param(EXEMPTION % "rule: versioning-enabled", id="of the catalogue"),
        pytest.param("rules: {also: [versioning-enabled]}\n", id="asked for"),
        pytest.param("rules: {enforcement: {config-drift: advisory}}\n", id="a verdict of the engine"),
        pytest.param("rules: {also: [bucket-abandoned]}\n", id="one that is not judged yet"),
    ],
)
def test_a_contract_with_known_rules_loads(named: str) -> None:
    """It is the same as where nobody knows which rules there are."""
    assert read(CONTRACT + named, "contract.yaml", known_rules()).environments.keys() == {"dev", "prod"}


def test_where_nobody_knows_the_rules_none_is_unknown() -> None:
    """A contract can be read without the catalogue."""
    assert read(CONTRACT + "rules: {also: [tls-onlyy]}\n", "contract.yaml").environments


@pytest.mark.parametrize(
    ("named", "path", "column"),
    [
        pytest.param(EXEMPTION % "rule: tls-onlyy", "exemptions.0.rule", 21, id="exempted from"),
        pytest.param("rules: {also: [tls-onlyy]}\n", "rules.also.0", 16, id="asked for"),
        pytest.param(
            "rules: {enforcement: {tls-onlyy: advisory}}\n", "rules.enforcement.tls-onlyy", 23, id="enforced"
        ),
    ],
)
def test_an_unknown_rule_is_told_once_with_the_nearest(named: str, path: str, column: int) -> None:
    """At its place, once for all environments."""
    (problem,) = _problems(CONTRACT + named)

    assert (problem.line, problem.column, problem.path) == (4, column, path)
    assert problem.message == "no rule is called 'tls-onlyy'"
    assert problem.help == "did you mean 'tls-only'?"


def test_all_of_them_are_told_in_the_order_of_the_file() -> None:
    """A word that is near to none is told where the list is."""
    named = "rules:\n  enforcement: {zzzzzzzz: advisory}\n  also: [tls-onlyy]\n"

    assert [(one.line, one.help) for one in _problems(CONTRACT + named)] == [
        (5, "'bucketwright rules' lists them"),
        (6, "did you mean 'tls-only'?"),
    ]


def test_one_environment_is_named_where_it_alone_names_it() -> None:
    """And the place is in what it says differently."""
    text = CONTRACT.replace("dev: {}", "dev: {rules: {also: [tls-onlyy]}}")
    (problem,) = _problems(text)

    assert (problem.line, problem.path) == (2, "environments.dev.rules.also.0")


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        pytest.param("region: nowhere\n", "region", id="a setting"),
        pytest.param("access: {app: {reed: files}}\n", "access.app", id="another part"),
        pytest.param(
            "rules: {profile: most, also: [tls-onlyy]}\n", "rules.profile", id="the rules themselves"
        ),
    ],
)
def test_an_unknown_rule_is_told_with_all_else(wrong: str, path: str) -> None:
    """A fault elsewhere, or beside it, hides none."""
    named = "" if "rules" in wrong else "rules: {also: [tls-onlyy]}\n"
    problems = _problems(CONTRACT + wrong + named)

    assert any(one.path.startswith(path) for one in problems)
    assert "no rule is called 'tls-onlyy'" in [one.message for one in problems]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("reason: no, owner: platform, expires: 2100-01-01", id="a reason too short"),
        pytest.param("reason: agreed upon, owner: platform, expires: someday", id="no day"),
        pytest.param("reason: agreed upon, expires: 2100-01-01", id="no owner"),
        pytest.param("owner: 7, expires: 7", id="hardly anything"),
        pytest.param(
            "reason: agreed upon, owner: platform, expires: 2100-01-01, tickett: x", id="a stray field"
        ),
    ],
)
def test_an_exemption_is_judged_as_far_as_it_is_sound(broken: str) -> None:
    """What it is for is looked for, whatever is wrong with the rest, in it and in others after it."""
    entries = f"{{rule: tls-onlyy, bucket: fles, {broken}}}", f"{{rule: tls-only, role: app, {broken}}}"
    told = {(one.path, one.message) for one in _problems(f"{CONTRACT}exemptions: [{', '.join(entries)}]\n")}

    assert ("exemptions.0.rule", "no rule is called 'tls-onlyy'") in told
    assert ("exemptions.0.bucket", "there is no bucket 'fles'") in told
    assert ("exemptions.1.role", "there is no role 'app'") in told
    assert any(path.startswith("exemptions.0") for path, message in told if "there is no" not in message)


def test_an_entry_that_is_no_exemption_moves_no_other() -> None:
    """Those after it are told at their own places."""
    entry = "{rule: tls-only, bucket: fles, reason: agreed upon, owner: platform, expires: 2100-01-01}"
    told = {(one.path, one.message) for one in _problems(f"{CONTRACT}exemptions: [none, {entry}, {entry}]\n")}

    assert ("exemptions.1.bucket", "there is no bucket 'fles'") in told
    assert ("exemptions.2.rule", "the same is exempt in entry 2") in told


def test_a_rule_that_cannot_be_read_is_the_same_as_no_other() -> None:
    """Two exemptions whose rules are misspelt are not called the same."""
    entry = "{rule: 7, reason: agreed upon, owner: platform, expires: 2100-01-01}"
    problems = _problems(f"{CONTRACT}exemptions: [{entry}, {entry}]\n")

    assert [one for one in problems if "same" in one.message] == []


@pytest.mark.timed
def test_a_file_full_of_unknown_rules_is_read_in_time() -> None:
    """The nearest is looked for a few times only, and no more problems are told than anybody reads."""
    names = ", ".join(f"rule-number-{number}" for number in range(20_000))

    assert len(_problems(f"{CONTRACT}rules: {{also: [{names}]}}\n")) == 1001
