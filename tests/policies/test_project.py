"""The contract of a stack is the one its program deploys, whoever starts the pack and wherever."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from cli import clock, contract_option
from policies import project
from policies.project import Agreed, Here, Stack, UnjudgedError, agreed, here, today

CONTRACT: Final = "project: shop\nenvironments: {dev: {}, prod: {}}\nbuckets: {files: {}}\n"
_NONE: Final[Mapping[str, str]] = {}
NOTHING: Final = "no contract is found, so the usual terms hold"


def write(path: Path, text: str = CONTRACT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def found(
    *folders: Path, name: str = "dev", config: Mapping[str, str] = _NONE, named: str | Path = ""
) -> Agreed:
    """What a stack of the project `shop` is judged by, where the surroundings may name a contract."""
    return agreed(Stack("shop", name, config), Here(folders, {project.CONTRACT: str(named)}))


def source(told: Agreed) -> Path:
    assert told.contract is not None
    return Path(told.contract.source)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A project's folder."""
    write(tmp_path / "shop" / "Pulumi.yaml", "name: shop\nruntime: go\n")
    return tmp_path / "shop"


@pytest.mark.parametrize("place", contract_option.PLACES)
def test_it_lies_where_the_command_line_looks(shop: Path, place: str) -> None:
    """Beside the project's file, or below it in `stacks`."""
    path = write(shop / place)

    assert source(found(shop)) == path


def test_the_first_place_goes_before(shop: Path) -> None:
    """Where there are two."""
    paths = [write(shop / place) for place in contract_option.PLACES]

    assert source(found(shop)) == paths[0]


def test_the_project_is_found_from_below(shop: Path) -> None:
    """Whoever calls the engine may stand in a folder of it."""
    path = write(shop / "contract.yaml")
    (shop / "src" / "app").mkdir(parents=True)

    assert source(found(shop / "src" / "app")) == path


def test_another_project_says_nothing(tmp_path: Path, shop: Path) -> None:
    """A folder counts where its project has the name of the stack's; the next one is looked at."""
    write(tmp_path / "other" / "Pulumi.yaml", "name: other\n")
    write(tmp_path / "other" / "contract.yaml")
    path = write(shop / "contract.yaml")

    assert str(found(tmp_path / "other")) == NOTHING
    assert source(found(tmp_path / "other", shop)) == path


def test_only_the_nearest_project_counts(shop: Path) -> None:
    """A project inside another is a project of its own."""
    write(shop / "contract.yaml")
    write(shop / "inner" / "Pulumi.yaml", "name: inner\n")

    assert str(found(shop / "inner")) == NOTHING


@pytest.mark.parametrize("text", ["", "name: [shop]", "- shop", "name: {", "\x00", "name: other"], ids=repr)
def test_an_odd_project_file_names_no_project(tmp_path: Path, text: str) -> None:
    """It is the engine's business to complain of it."""
    write(tmp_path / "Pulumi.yaml", text)
    write(tmp_path / "contract.yaml")

    assert str(found(tmp_path)) == NOTHING


@pytest.mark.parametrize(
    ("file", "text"), [("Pulumi.yml", "name: shop"), ("Pulumi.json", '{"name": "shop"}')]
)
def test_a_project_file_has_several_names(tmp_path: Path, file: str, text: str) -> None:
    """As the engine has it."""
    write(tmp_path / file, text)

    assert source(found(tmp_path, named=write(tmp_path / "c.yaml"))) == tmp_path / "c.yaml"
    assert source(found(tmp_path, config={"bucketwright:contract": "c.yaml"})) == tmp_path / "c.yaml"


def test_the_surroundings_go_before_the_configuration(shop: Path) -> None:
    """One who calls the engine may name another contract, in full or from the project's folder."""
    write(shop / "contract.yaml")
    other = write(shop / "other.yaml")
    config = {"bucketwright:contract": "contract.yaml"}

    assert source(found(shop, config=config, named="other.yaml")) == other
    assert source(found(config=config, named=other)) == other


def test_the_configuration_names_the_environment(shop: Path) -> None:
    """As the program reads it; else it has the name of the stack."""
    write(shop / "contract.yaml")

    assert found(shop, name="prod").environment == "prod"
    assert found(shop, name="any", config={"bucketwright:environment": "prod"}).environment == "prod"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        pytest.param(
            "test", CONTRACT, "contract.yaml has no environment 'test'; it has: dev, prod", id="none"
        ),
        pytest.param("dev", "project: shop\n", "environments", id="a contract that is not sound"),
        pytest.param(
            "dev",
            f"{CONTRACT}rules: {{enforcement: {{tls-onlyy: mandatory}}}}\n",
            "no rule is called 'tls-onlyy'",
            id="a rule that there is not",
        ),
    ],
)
def test_nothing_is_judged_by_what_is_not_sound(shop: Path, name: str, text: str, told: str) -> None:
    """Not even by the usual terms: somebody meant something else."""
    write(shop / "contract.yaml", text)

    with pytest.raises(UnjudgedError, match=told):
        found(shop, name=name)


def test_a_contract_that_is_named_has_to_be_there(shop: Path) -> None:
    """A mistake in its name is no reason to judge without it."""
    with pytest.raises(UnjudgedError, match="there is no such file"):
        found(shop, config={"bucketwright:contract": "contrat.yaml"})
    with pytest.raises(UnjudgedError, match="the folder of the project is not found"):
        found(config={"bucketwright:contract": "contract.yaml"})


def test_the_pack_may_be_started_in_its_own_folder(
    shop: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Then the folder of the one who calls is looked at first; else the one where it is started."""
    pack = Path(project.__file__).parent
    monkeypatch.setenv("PWD", str(shop))
    monkeypatch.chdir(pack)
    assert here().folders == (shop, pack)

    monkeypatch.chdir(tmp_path)
    assert here().folders == (tmp_path, shop)

    monkeypatch.delenv("PWD")
    assert here().folders == (tmp_path, tmp_path)


def test_the_variables_are_those_of_the_command_line() -> None:
    """One name for one thing."""
    assert (project.CONTRACT, project.TODAY) == (contract_option.VARIABLE, clock.VARIABLE)


@pytest.mark.parametrize("said", ["2026-02-03", ""])
def test_the_day_is_that_of_the_command_line(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In UTC, or the one it is told."""
    monkeypatch.setenv(clock.VARIABLE, said)

    assert today({project.TODAY: said}) in {clock.now().date(), datetime.now(UTC).date()}
    assert not said or str(today({project.TODAY: said})) == said


def test_a_day_that_is_none_is_told() -> None:
    """It names the variable."""
    with pytest.raises(UnjudgedError, match="BUCKETWRIGHT_TODAY: there is no such day"):
        today({project.TODAY: "2026-02-30"})
