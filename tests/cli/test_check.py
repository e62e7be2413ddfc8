"""`bucketwright check`: sound contracts are summed up, unsound ones are told everything at once."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.loading import read
from bucketwright.contract.problems import ContractError
from tests.cli.running import pipe_nobody_reads, run, spawned

SOUND = """\
project: shop
region: eu-west-1
environments:
  dev: {}
  prod: {buckets: {extra: {}}}
buckets:
  files:
    prefixes:
      documents: {path: "{env}/documents/", keep: forever}
      exports: {path: "{env}/exports/", expire: 30 days}
access:
  app:
    trusts: lambda.amazonaws.com
    read: [files/documents, files/exports]
    write: files/exports
  partner:
    principals: "arn:aws:iam::210987654321:role/reader"
    read: files/exports
"""
UNSOUND = """\
project: shop
environments: {dev: {}}
buckets:
  files:
    versionning: enabled
    encryption: kmss
"""
LEAKY = """\
project: shop
environments: {dev: {}, prod: {}}
buckets:
  files:
    prefixes:
      numbered: {path: "{env}/docs/{number:int}/"}
      deeper: {path: "{env}/docs/x/{number:int}/exports/"}
access:
  reader:
    trusts: lambda.amazonaws.com
    read: files/numbered
"""
SUMMARY = ["dev: 1 bucket, 2 prefixes, 1 role, 4 grants", "prod: 2 buckets, 2 prefixes, 1 role, 4 grants"]


def problems(text: str) -> ContractError:
    """What the loader says of an unsound contract."""
    with pytest.raises(ContractError) as caught:
        read(text, "contract.yaml")
    return caught.value


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sound_contract_is_summed_up(folder: Path) -> None:
    """One line for each environment, counting what it declares there."""
    (folder / "contract.yaml").write_text(SOUND, "utf-8")

    result = run("check")

    assert (result.exit_code, result.stdout.splitlines(), result.stderr) == (0, SUMMARY, "")


def test_one_environment_may_be_asked_for(folder: Path) -> None:
    """--env leaves the others out of the summary."""
    (folder / "contract.yaml").write_text(SOUND, "utf-8")

    result = run("check", "--env", "prod")

    assert (result.exit_code, result.stdout.splitlines()) == (0, SUMMARY[1:])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("prd", "no environment 'prd'; did you mean 'prod'?", id="nearly"),
        pytest.param("qa", "no environment 'qa'; there are: dev, prod", id="not nearly"),
        pytest.param("", "no environment ''; there are: dev, prod", id="nothing"),
        pytest.param("\x1b[2J", "no environment '\\x1b[2J'; there are: dev, prod", id="hostile"),
    ],
)
def test_an_unknown_environment_is_wrong_use(name: str, said: str, folder: Path) -> None:
    """The nearest name, or all of them."""
    (folder / "contract.yaml").write_text(SOUND, "utf-8")

    result = run("check", "--env", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_an_unsound_contract_is_told_everything(folder: Path) -> None:
    """All problems, each with its place and excerpt, as the loader renders them; then their number."""
    (folder / "contract.yaml").write_text(UNSOUND, "utf-8")

    result = run("check")

    assert result.exit_code == 2
    assert result.stdout == f"{problems(UNSOUND)}\n\n"
    assert "contract.yaml:5:5: buckets.files.versionning: " in result.stdout
    assert "contract.yaml:6:17: buckets.files.encryption" in result.stdout
    assert result.stderr == "2 problems in contract.yaml\n"


def test_colour_adds_nothing_but_colour(folder: Path) -> None:
    """Without its colours the coloured text is the plain one, and place, caret and help are coloured."""
    (folder / "contract.yaml").write_text(UNSOUND, "utf-8")

    plain = run("check")
    colored = run("check", "--color", "always")
    stripped = colored.stdout
    for code in ("0", "1", "31", "36"):
        assert f"\x1b[{code}m" in stripped
        stripped = stripped.replace(f"\x1b[{code}m", "")

    assert stripped == plain.stdout


def test_json_lists_the_problems(folder: Path) -> None:
    """The same problems for a machine, field by field."""
    (folder / "contract.yaml").write_text(UNSOUND, "utf-8")

    result = run("check", "--format", "json")

    listed = json.loads(result.stdout)
    assert result.exit_code == 2
    assert [(entry["file"], entry["line"], entry["column"]) for entry in listed] == [
        ("contract.yaml", 5, 5),
        ("contract.yaml", 6, 17),
    ]
    expected = problems(UNSOUND).problems
    assert [(entry["path"], entry["message"], entry["help"]) for entry in listed] == [
        (problem.path, problem.message, problem.help) for problem in expected
    ]
    assert [tuple(entry["allowed"]) for entry in listed] == [problem.allowed for problem in expected]
    assert [entry["severity"] for entry in listed] == [None, None]
    assert [(entry["environments"], entry["resource"]) for entry in listed] == [([], None), ([], None)]


@pytest.mark.parametrize(
    ("words", "environments"),
    [
        pytest.param([], "dev and so in prod", id="in all environments"),
        pytest.param(["--env", "prod"], "prod", id="in one"),
    ],
)
def test_a_grant_that_reaches_too_far_is_a_finding(words: list[str], environments: str, folder: Path) -> None:
    """Law 7: such a contract loads, but the grantee is named once, with what it reaches; the code is 1."""
    (folder / "contract.yaml").write_text(LEAKY, "utf-8")

    result = run("check", *words)

    assert result.exit_code == 1
    assert result.stdout.startswith(
        f"contract.yaml:9:3: access.reader: iam-prefix-overlap (high): in {environments}, "
    )
    assert "listing" in result.stdout
    assert "shows keys of files/deeper, which is not granted" in result.stdout
    assert "9 |   reader:" in result.stdout
    assert result.stderr.startswith("1 finding")


@pytest.mark.parametrize(
    ("threshold", "code"), [("critical", 0), ("high", 1), ("low", 1)], ids=["above", "at", "below"]
)
def test_the_threshold_moves_the_exit_code_alone(threshold: str, code: int, folder: Path) -> None:
    """What is found is printed the same; only the code says whether it is grave enough."""
    (folder / "contract.yaml").write_text(LEAKY, "utf-8")

    result = run("check", "--fail-on", threshold)

    assert result.exit_code == code
    assert result.stdout == run("check").stdout


def test_json_lists_findings_too(folder: Path) -> None:
    """A finding has the form of a problem."""
    (folder / "contract.yaml").write_text(LEAKY, "utf-8")

    result = run("check", "--format", "json", "--env", "dev")

    (entry,) = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "1 finding (1 high) in contract.yaml\n")
    assert (entry["file"], entry["line"], entry["path"]) == ("contract.yaml", 9, "access.reader")
    assert entry["severity"] == "high"
    assert (entry["environments"], entry["resource"]) == (["dev"], "role:reader")
    assert entry["expected"].endswith(".")


def test_json_of_a_sound_contract_is_an_empty_list(folder: Path) -> None:
    """Nothing is wrong, so the list has nothing in it."""
    (folder / "contract.yaml").write_text(SOUND, "utf-8")

    result = run("check", "--format", "json")

    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize(
    ("words", "out", "err"),
    [
        pytest.param(["-q"], SUMMARY, 0, id="quiet keeps the summary"),
        pytest.param(["-qq"], [], 0, id="very quiet drops it"),
        pytest.param(["-v"], SUMMARY, 1, id="verbose names the file"),
    ],
)
def test_loudness(words: list[str], out: list[str], err: int, folder: Path) -> None:
    """The summary stays unless it is unwanted; -v adds where the contract was found."""
    (folder / "contract.yaml").write_text(SOUND, "utf-8")

    result = run("check", *words)

    assert result.stdout.splitlines() == out
    assert [line.split(" checked in ")[0] for line in result.stderr.splitlines()] == ["contract.yaml"] * err


def test_a_closed_pipe_does_not_hide_the_verdict(tmp_path: Path) -> None:
    """Whoever reads only the first lines still gets the exit code of the whole."""
    (tmp_path / "contract.yaml").write_text(UNSOUND, "utf-8")

    with pipe_nobody_reads() as pipe:
        done = spawned("check", "--contract", str(tmp_path / "contract.yaml"), stdout=pipe)

    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_broken_contract_as_a_real_process(tmp_path: Path) -> None:
    """Problems on stdout, their number on stderr, exit code 2."""
    (tmp_path / "contract.yaml").write_bytes(b"project: [\xff")

    done = spawned("check", "--contract", str(tmp_path / "contract.yaml"))

    assert done.returncode == 2
    assert b"contract.yaml" in done.stdout
    assert done.stderr.startswith(b"1 problem in ")


@settings(max_examples=60, deadline=None)
@given(
    value=st.text(max_size=30)
    | st.sampled_from(["\x1b[31m", "\u202e", "a\u2028b", "[[[[", "{env", "*x", "&a"])
)
def test_any_value_is_answered_in_harmless_text(value: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever stands in a contract, the answer is printable and has exit code 0 or 2."""
    place = tmp_path_factory.mktemp("any") / "contract.yaml"
    place.write_text(
        SOUND.replace("shop", value).replace("documents", value), "utf-8", errors="surrogatepass"
    )

    text = run("check", "--contract", str(place))
    listed = run("check", "--contract", str(place), "--format", "json")

    assert {text.exit_code, listed.exit_code} <= {0, 2}
    assert all(line.isprintable() for line in text.output.split("\n"))
    assert isinstance(json.loads(listed.stdout), list)
