"""Are mutants of rules counted by file and theme, kept for the next call, never in favour of the tests?"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tools.mutant_trial import Trial
from tools.mutations import Mutant
from tools.reaching import Modules
from tools.rule_mutants import SHARED, Campaign, campaigns, report, theme_of


def campaign(name: str, size: int, theme: str = "exposure", digest: str = "same") -> Campaign:
    """One of so many mutants."""
    trial = Trial(name, Path(f"{name}.py"), frozenset(), frozenset(), ())
    code = compile("", name, "exec")
    return Campaign(theme, trial, tuple(Mutant(line, "a -> b", code) for line in range(size)), digest)


def known(folder: Path, name: str, codes: Sequence[int], theme: str = "exposure") -> Campaign:
    """One that came to these ends in an earlier call."""
    done = campaign(name, len(codes), theme)
    done.keep(folder, codes)
    return done


def test_ends_are_kept_until_something_changes(tmp_path: Path) -> None:
    """The next call goes on where this one stopped; after a change it begins again."""
    campaign("one", 3).keep(tmp_path, [1, 0])

    assert campaign("one", 3).known(tmp_path) == [1, 0]
    assert campaign("one", 3, digest="another").known(tmp_path) == []
    assert campaign("two", 3).known(tmp_path) == []


def test_the_table_names_what_was_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each file with what survived in it, one for each theme, one for all."""
    files = [known(tmp_path, "one", [1, -24, 0, 33]), known(tmp_path, "two", [1], "trail")]

    assert report(files, tmp_path) == 1
    shown = capsys.readouterr()
    assert shown.out.splitlines() == [
        " 50.0%      2 of     4  one.py  (1 survived, 1 untested)",
        "        one.py:2: a -> b",
        "        one.py:3: a -> b",
        "100.0%      1 of     1  two.py",
        " 50.0%      2 of     4  exposure  (1 survived, 1 untested)",
        "100.0%      1 of     1  trail",
        " 60.0%      3 of     5  all  (1 survived, 1 untested)",
    ]
    assert shown.err == "mutants: at least 90% have to be noticed of exposure\n"


@pytest.mark.parametrize(
    ("ends", "exit_code"),
    [
        pytest.param({"exposure": [1] * 9 + [0], "trail": [1]}, 0, id="nine in ten of each theme"),
        pytest.param({"exposure": [1] * 89 + [0] * 11}, 1, id="89 in a hundred"),
        pytest.param(
            {"exposure": [1] * 99, "trail": [0]}, 1, id="one theme below, though all together are above"
        ),
        pytest.param({}, 1, id="no mutant at all"),
    ],
)
def test_success_needs_nine_in_ten_of_every_theme(
    tmp_path: Path, ends: dict[str, list[int]], exit_code: int
) -> None:
    """No theme hides behind another."""
    assert (
        report([known(tmp_path, theme, codes, theme) for theme, codes in ends.items()], tmp_path) == exit_code
    )


PATHS = Path("bucketwright"), Path("tests")


@pytest.fixture(scope="module")
def modules() -> Modules:
    """Those of this repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(Path(__file__).parents[2])
        return Modules.read(*PATHS)


@pytest.mark.parametrize(
    ("module", "theme"),
    [
        pytest.param("rules.exposure.cors_open", "exposure", id="a rule"),
        pytest.param("rules.used_keys", "roles", id="what rules of one theme share"),
        pytest.param("rules.partly_known", SHARED, id="what rules of several themes share"),
        pytest.param("rules.rule", SHARED, id="what all rules are made with"),
        pytest.param("objects.layout", "objects", id="what is known of objects"),
        pytest.param("objects.sources", "objects", id="the same, though no rule asks for it"),
    ],
)
def test_every_file_has_a_theme(modules: Modules, module: str, theme: str) -> None:
    """That of the rules it decides of, where it is one."""
    assert theme_of(modules, f"bucketwright.{module}") == theme


def test_a_theme_or_a_path_is_tried(modules: Modules, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word is a theme, a word with a slash a part of paths; examples and tables are never broken."""
    monkeypatch.chdir(Path(__file__).parents[2])

    one = [found.name for found in campaigns(modules, "exposure/cors")]
    theme = {found.name for found in campaigns(modules, "trail")}

    assert one == ["bucketwright/rules/exposure/cors_open.py"]
    assert theme
    assert all(name.startswith("bucketwright/rules/") for name in theme)
    assert not [*campaigns(modules, "rules/example")]
    assert not [*campaigns(modules, "rules/engine")]
    assert not [*campaigns(modules, "cors")]


def test_the_same_mutants_depend_on_the_same_things(
    modules: Modules, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two calls name and order them alike, and find out that nothing has changed."""
    monkeypatch.chdir(Path(__file__).parents[2])
    (first,), (second,) = campaigns(modules, "exposure/cors"), campaigns(modules, "exposure/cors")

    assert first.digest == second.digest
    assert [one.change for one in first.mutants] == [one.change for one in second.mutants]
