"""Words of the command line name places and objects of the contract, and nothing else."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import click
import pytest
from click.shell_completion import BashComplete
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.keys.variable_types import Value
from bucketwright.contract.loading import read
from bucketwright.storage import Refused, Storage
from bucketwright.storage.naming import spelled
from cli.main import program
from cli.store_names import meant, object_meant, place_meant
from tests.cli.running import run
from tests.storage.contracts import TEXT, contract

STORAGE = Storage.in_memory(contract(), "dev")
SESSION = "0b6a1f6e-7d5e-4f0e-9a51-2f1f6f6d0c11"


@pytest.mark.parametrize(
    ("word", "key", "name"),
    [
        pytest.param("files/documents/7/a.pdf", "dev/cases/7/documents/a.pdf", "a.pdf", id="an object"),
        pytest.param("store:files/documents/7/a.pdf", "dev/cases/7/documents/a.pdf", "a.pdf", id="marked"),
        pytest.param("files/documents/7/x/a.pdf", "dev/cases/7/documents/x/a.pdf", "x/a.pdf", id="deeper"),
        pytest.param("files/documents/7", "dev/cases/7/documents/", "", id="a place"),
        pytest.param("files/documents/7/", "dev/cases/7/documents/", "", id="a place with a slash"),
        pytest.param("files/drafts", "drafts/", "", id="a prefix without variables"),
        pytest.param("files/drafts/a b", "drafts/a b", "a b", id="a blank in a name"),
        pytest.param(f"sessions/incoming/{SESSION}/f", f"sessions/{SESSION}/f", "f", id="a UUID"),
        pytest.param("s3://shelf-dev-files/drafts/a", "drafts/a", "a", id="as S3 spells it"),
        pytest.param(
            "s3://shelf-dev-files/dev/cases/7/documents/", "dev/cases/7/documents/", "", id="S3's place"
        ),
    ],
)
def test_a_word_names_a_place_and_what_is_below(word: str, key: str, name: str) -> None:
    """Prefix, values and name, or a whole key."""
    found = meant(STORAGE, word)

    assert (found.place.path + found.name, found.name) == (key, name)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        pytest.param("files/document/7/a", "did you mean 'files/documents'?", id="a misspelt prefix"),
        pytest.param("zzz", "dev has no prefix 'zzz'; there are: files/documents, ", id="no prefix at all"),
        pytest.param("", "dev has no prefix ''", id="nothing"),
        pytest.param("files/documents", "say files/documents/{case_id:int}/NAME", id="no values"),
        pytest.param("s3://shelf-dev-file/a", "did you mean 'shelf-dev-files'?", id="a misspelt bucket"),
        pytest.param("s3://shelf-dev-files/zz", "no prefix of shelf-dev-files owns 'zz'", id="nobody's key"),
        pytest.param("s3://shelf-prod-files/drafts/a", "no bucket of dev", id="another environment's"),
        pytest.param("\x1b[31m/a/b", "has no prefix '\\x1b[31m/a'", id="a hostile word"),
    ],
)
def test_other_words_are_wrong_use(word: str, said: str) -> None:
    """What could be meant is named."""
    with pytest.raises(click.UsageError) as wrong:
        meant(STORAGE, word)

    assert said in wrong.value.message


def test_values_have_to_fit() -> None:
    """The contract refuses them by name."""
    with pytest.raises(Refused, match="case_id must be a whole number"):
        meant(STORAGE, "files/documents/seven/a")


def test_an_object_is_no_place_and_a_place_no_object() -> None:
    """Each command says which of them it takes."""
    with pytest.raises(click.UsageError, match="is a place: name an object in it"):
        object_meant(STORAGE, "files/drafts/")

    assert place_meant(STORAGE, "files/drafts/sub").name == "sub/"


VALUES: Mapping[str, st.SearchStrategy[Mapping[str, Value]]] = {
    "files/documents": st.fixed_dictionaries({"case_id": st.integers(0, 10**9)}),
    "files/chunks": st.fixed_dictionaries({"document_id": st.text("aé:. %", min_size=1)}),
    "sessions/incoming": st.fixed_dictionaries({"session_id": st.uuids()}),
    "files/drafts": st.just({}),
}


@given(
    st.sampled_from(sorted(VALUES)).flatmap(lambda one: st.tuples(st.just(one), VALUES[one])),
    st.text(st.sampled_from("ab/.-_ é:"), max_size=12),
)
def test_what_is_spelled_means_the_same(where: tuple[str, Mapping[str, Value]], name: str) -> None:
    """The word that is printed for an object names it, and so does its key."""
    address, values = where
    try:
        place = STORAGE.prefix(address).at(**values)
    except Refused:
        return

    assert meant(STORAGE, spelled(place, name)) == meant(
        STORAGE, f"s3://{place.there.bucket}/{place.path}{name}"
    )
    assert meant(STORAGE, spelled(place, name)).name == name


def test_the_nearest_prefix_has_a_key_that_two_share() -> None:
    """Where the contract lets one lie in another."""
    text = """
project: shop
environments: {dev: {}}
buckets:
  files:
    prefixes:
      all: {path: "all/"}
      cases: {path: "all/{case}/", overlaps: [all]}
"""
    storage = Storage.in_memory(read(text, "contract.yaml"))

    assert meant(storage, "s3://shop-dev-files/all/7/a").spelled == "files/cases/7/a"
    assert meant(storage, "s3://shop-dev-files/all/a").spelled == "files/all/a"


def test_an_environment_has_to_be_named_where_there_are_several() -> None:
    """Nothing is written to one that nobody named."""
    result = run("ls", "--contract", "-", stdin=TEXT)

    assert result.exit_code == 2
    assert "Name one with --env or BUCKETWRIGHT_ENVIRONMENT: dev, prod" in result.stderr


def test_a_folder_asks_no_server() -> None:
    """Options that contradict each other are not resolved in silence."""
    words = ("--folder", "x", "--region", "eu-west-1", "--env", "dev", "--contract", "-")
    result = run("ls", *words, stdin=TEXT)

    assert result.exit_code == 2
    assert "leave out --region" in result.stderr


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        pytest.param(["get", "files/d"], ["files/documents/", "files/drafts/"], id="what fits"),
        pytest.param(["ls", "store:ses"], ["store:sessions/incoming/"], id="with the mark"),
        pytest.param(["ls", "nothing"], [], id="nothing fits"),
    ],
)
def test_shells_complete_the_prefixes(tmp_path: Path, typed: list[str], offered: list[str]) -> None:
    """Those of the contract that is named or found; without one, or with one that is broken, none."""
    file = tmp_path / "contract.yaml"
    file.write_text(TEXT)
    command, incomplete = typed
    completing = BashComplete(program, {}, "bucketwright", "_BUCKETWRIGHT_COMPLETE")
    found = completing.get_completions([command, "--contract", str(file)], incomplete)
    file.write_text("{")

    assert [one.value for one in found] == offered
    assert completing.get_completions([command, "--contract", str(file)], incomplete) == []


def test_values_keep_their_types() -> None:
    """A UUID in a key is a value of its place."""
    found = meant(STORAGE, f"s3://shelf-dev-sessions/sessions/{SESSION}/f")

    assert found.place.values == {"session_id": UUID(SESSION)}
