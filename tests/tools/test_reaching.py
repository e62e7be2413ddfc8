"""Is all that a change of a module can reach found, and no test that cannot notice it?"""

from pathlib import Path

import pytest

from tools.reaching import RULES, Modules

IMPORTS = {
    RULES: {"functools.cache"},
    "bucketwright.judging": {f"{RULES}.catalogue"},
    f"{RULES}.rule": {"dataclasses.dataclass"},
    f"{RULES}.shared": {f"{RULES}.rule.ALL"},
    f"{RULES}.alone": {"re"},
    f"{RULES}.exposure": set[str](),
    f"{RULES}.exposure.open_one": {f"{RULES}.shared.question", f"{RULES}.rule.rule"},
    f"{RULES}.trail.kept_one": {f"{RULES}.rule.rule"},
    "tests.rules.test_catalogue": {f"{RULES}.catalogue"},
    "tests.rules.exposure.judging": {f"{RULES}.exposure.open_one.open_one"},
    "tests.rules.exposure.test_open": {"tests.rules.exposure.judging.verdict"},
    "tests.rules.exposure.test_apart": {"re"},
    "tests.rules.trail.test_kept": {f"{RULES}.catalogue"},
    "tests.test_shared": {f"{RULES}.shared"},
    "tests.test_alone": {f"{RULES}.alone.answer"},
    "tests.test_judging": {"bucketwright.judging.judged"},
}
MODULES = Modules(
    {name: Path(f"{name}.py") for name in IMPORTS}, {name: frozenset(some) for name, some in IMPORTS.items()}
)


@pytest.mark.parametrize(
    ("module", "reached"),
    [
        pytest.param("alone", set[str](), id="what nobody imports"),
        pytest.param(
            "exposure.open_one", {RULES, "bucketwright.judging"}, id="a rule, by way of the catalogue"
        ),
        pytest.param(
            "shared", {f"{RULES}.exposure.open_one", RULES, "bucketwright.judging"}, id="what a rule imports"
        ),
    ],
)
def test_what_a_change_reaches(module: str, reached: set[str]) -> None:
    """It, all that imports it, and the catalogue with all that uses it where a rule is among them."""
    assert MODULES.reached(f"{RULES}.{module}") == {f"{RULES}.{module}", *reached}


@pytest.mark.parametrize(
    ("module", "tests"),
    [
        pytest.param(
            "exposure.open_one", ["rules.exposure.test_open"], id="a rule: those of its theme that know it"
        ),
        pytest.param(
            "trail.kept_one", ["rules.trail.test_kept"], id="a rule that tests take from the catalogue"
        ),
        pytest.param(
            "shared", ["rules.exposure.test_open", "test_shared"], id="those that import it, and of themes"
        ),
        pytest.param(
            "rule",
            ["rules.exposure.test_open", "rules.trail.test_kept"],
            id="what every rule needs",
        ),
        pytest.param("alone", ["test_alone"], id="what no rule needs: all that know it"),
    ],
)
def test_which_tests_may_notice(module: str, tests: list[str]) -> None:
    """Those of the catalogue, then those that import what is reached; no test that cannot know it."""
    found = MODULES.tests(f"{RULES}.{module}")

    assert found[0] == "tests.rules.test_catalogue"
    assert [one.removeprefix("tests.") for one in found[1:]] == tests


def test_themes_are_those_of_the_rules_it_reaches() -> None:
    """What is beside the themes belongs to each theme that needs it."""
    assert MODULES.themes(f"{RULES}.shared") == {"exposure"}
    assert MODULES.themes(f"{RULES}.rule") == {"exposure", "trail"}
    assert MODULES.themes(f"{RULES}.alone") == set()


def test_what_the_ends_depend_on() -> None:
    """A rule's file, what it needs beside it, its tests and what helps them; no other rule."""
    beside = {file.stem for file in MODULES.beside(f"{RULES}.exposure.open_one", (f"{RULES}.",))}

    assert beside == {
        f"{RULES}.exposure.open_one",
        f"{RULES}.shared",
        f"{RULES}.rule",
        "tests.rules.test_catalogue",
        "tests.rules.exposure.test_open",
        "tests.rules.exposure.judging",
    }


def test_what_others_import_by_name() -> None:
    """The names that other files take from a module."""
    assert MODULES.named_elsewhere(f"{RULES}.shared") == {"question"}
    assert MODULES.named_elsewhere(f"{RULES}.trail.kept_one") == set()


def test_files_are_read_as_python_imports_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names follow the folders, a package is called as its folder, imports count wherever they stand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bucketwright/rules").mkdir(parents=True)
    (tmp_path / "bucketwright/rules/__init__.py").write_text("def it():\n    from a.b import c\n")
    (tmp_path / "bucketwright/rules/one.py").write_text("import d\n")

    modules = Modules.read(Path("bucketwright"))

    assert modules.imports == {RULES: {"a.b.c"}, f"{RULES}.one": {"d"}}
