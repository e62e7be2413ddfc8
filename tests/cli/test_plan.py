"""`bucketwright plan`: what would be deployed, shown without credentials and without a network."""

import gc
import json
import socket
from pathlib import Path
from typing import Any, NoReturn

import pulumi
import pytest

from bucketwright.contract.loading import load
from bucketwright.plan import UNKNOWN_INPUT
from cli.output import Output
from cli.recording import recorded
from tests.cli.running import ROOT, run, spawned
from tests.cli.shop import CONTRACT, written

EXAMPLES = sorted(
    path.relative_to(ROOT)
    for path in (*ROOT.glob("examples/*/contract.yaml"), ROOT / "stacks" / "contract.yaml")
)

NAMELESS = "cloudfront.PublicKey"
"""Its name in the program is made of all that it says."""


def as_json(contract: str, stack: str = "dev") -> dict[str, Any]:
    """The plan for scripts."""
    result = run("plan", stack, "--contract", contract, "--format", "json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_tree_nests_as_components_do(contract: str) -> None:
    """A bucket's resources stand under it, with the name that it gets."""
    lines = run("plan", "dev", "--contract", contract).stdout.splitlines()

    at = {line.strip(): len(line) - len(line.lstrip()) for line in lines}
    assert at["Storage shop"] == 0
    assert at["Bucket files"] == 2
    assert at["s3.Bucket files: shop-dev-files"] == 4
    assert lines.index("  Bucket files") < lines.index("    s3.Bucket files: shop-dev-files")


def test_components_stand_out(contract: str) -> None:
    """On a terminal they are bold, and what they hold is not."""
    shown = run("plan", "dev", "--contract", contract, "--color", "always").stdout

    bold = [line for line in shown.splitlines() if line.startswith("\x1b[1m")]
    assert "\x1b[1m  Bucket files\x1b[0m" in bold
    assert len(bold) == sum(not one["custom"] for one in as_json(contract)["resources"])


def test_the_summary_counts_what_stands_in_the_tree(contract: str) -> None:
    """Numbers below the tree are those of its lines."""
    tree = run("plan", "dev", "--contract", contract, "-qq").stdout
    *total, unknown, _ = run("plan", "dev", "--contract", contract).stdout.removeprefix(tree).splitlines()

    plan = as_json(contract)["resources"]
    made = [one for one in plan if one["custom"]]
    assert len(tree.splitlines()) == len(plan)
    assert total[0].startswith(f"{len(made)} resources in {len(plan) - len(made)} components: ")
    assert "2 s3.Bucket," in " ".join(map(str.strip, total))
    assert max(map(len, total)) <= 80
    number = sum(len(one["unknown"]) for one in plan)
    assert unknown == f"{number} values unknown before the first deployment"


def test_a_rule_that_there_is_not_ends_the_run(tmp_path: Path) -> None:
    """An exemption or a level for it would hold for nothing, and nobody would notice."""
    file = tmp_path / "contract.yaml"
    file.write_text("project: shop\nregion: us-west-2\nenvironments: {dev: {}}\nrules: {also: [tls-onlyy]}\n")
    result = run("plan", "dev", "--contract", str(file))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "rules.also.0: no rule is called 'tls-onlyy'" in result.stderr
    assert "did you mean 'tls-only'?" in result.stderr


def test_very_quiet_leaves_the_tree_alone(contract: str) -> None:
    """With -qq the summary is left out."""
    whole = run("plan", "dev", "--contract", contract).stdout
    tree = run("plan", "dev", "--contract", contract, "-qq").stdout

    assert whole.startswith(f"{tree}{len([one for one in as_json(contract)['resources'] if one['custom']])} ")
    assert "resources in" not in tree


def test_what_only_the_deployment_tells_is_named(contract: str) -> None:
    """The key's ARN, in the bucket's encryption; that a setting hangs on its bucket goes without saying."""
    shown = run("plan", "dev", "--contract", contract).stdout

    assert (
        "s3.BucketServerSideEncryptionConfiguration files: aws:kms; blocks SSE-C; unknown: kmsMasterKeyId\n"
        in shown
    )
    assert "unknown: bucket" not in shown
    paths = {path for one in as_json(contract)["resources"] for path in one["unknown"]}
    assert paths >= {"bucket", "rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId"}


def test_each_line_says_what_is_decided(contract: str) -> None:
    """The value that a reader looks for stands in the tree, whatever the deployment will add to it."""
    shown = run("plan", "dev", "--contract", contract).stdout

    for line in (
        "provider aws: us-west-2; account 111122223333 alone",
        "    s3.BucketOwnershipControls files: BucketOwnerEnforced",
        "    s3.BucketPublicAccessBlock files: closed",
        "    s3.BucketLifecycleConfiguration files: 2 rules",
        "    kms.Key files: rotates; policy of 1 statement",
    ):
        assert line in shown.splitlines()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_no_resource_is_a_name_alone(example: Path) -> None:
    """Whatever a contract can bring about, its line says something of it."""
    for stack in load(ROOT / example).environments:
        lines = run("plan", stack, "--contract", str(ROOT / example), "-qq").stdout.splitlines()
        bare = [
            line for line in lines if "." in line.split()[0] and ": " not in line and NAMELESS not in line
        ]

        assert bare == []


def test_on_a_terminal_long_lines_are_folded(contract: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its width, each piece further in than what stands below; in a pipe every resource has one line."""
    piped = run("plan", "dev", "--contract", contract, "-qq").stdout.splitlines()
    monkeypatch.setattr("cli.plan_tree.terminal_width", lambda: 60)
    folded = run("plan", "dev", "--contract", contract, "-qq").stdout.splitlines()

    at = folded.index("    s3.BucketServerSideEncryptionConfiguration files:")
    assert folded[at + 1] == "        aws:kms; blocks SSE-C; unknown: kmsMasterKeyId"
    assert max(map(len, piped)) > 60 >= max(map(len, folded))
    assert " ".join(" ".join(folded).split()) == " ".join(" ".join(piped).split())


def test_protected_buckets_are_marked(tmp_path: Path) -> None:
    """Where the contract protects, the tree says so, and nowhere else."""
    text = CONTRACT.replace("prod: {account: 123456789012}", "prod: {account: 123456789012, protect: true}")
    file = written(tmp_path, text)
    shown = run("plan", "prod", "--contract", file).stdout

    assert "s3.Bucket files: shop-prod-files; protected" in shown
    assert "protected" not in run("plan", "dev", "--contract", file).stdout


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_every_policy_document_is_known(example: Path) -> None:
    """Before anything is deployed each policy can be read and judged, and is shown in full when asked for."""
    path = str(ROOT / example)
    for stack in load(Path(path)).environments:
        resources = as_json(path, stack)["resources"]
        shown = run("plan", stack, "--contract", path, "--documents").stdout

        assert [one["urn"] for one in resources if {"policy", "assumeRolePolicy"} & set(one["unknown"])] == []
        texts = [one["inputs"].get("policy") for one in resources if "olicy" in one["type"]]
        for text in filter(None, texts):
            assert json.dumps(json.loads(text), indent=2, ensure_ascii=False) in shown


def test_documents_stand_below_the_tree(contract: str) -> None:
    """Each has a heading that says whose it is."""
    shown = run("plan", "dev", "--contract", contract, "--documents").stdout

    tree, _, documents = shown.partition("\n\n")
    assert tree == run("plan", "dev", "--contract", contract, "-qq").stdout.rstrip("\n")
    assert documents.count("\npolicy of s3.BucketPolicy files:\n{\n") == 1
    assert "\nassumeRolePolicy of iam.Role reader:\n{\n" in f"\n{documents}"


def test_json_says_it_plainly(contract: str) -> None:
    """Every resource has the same keys, parents are in the list, and null stands where a value is unknown."""
    plan = as_json(contract)

    assert [plan[key] for key in ("version", "project", "stack")] == [1, "bucketwright", "dev"]
    urns = {one["urn"] for one in plan["resources"]}
    for one in plan["resources"]:
        assert list(one) == [
            "urn",
            "type",
            "name",
            "address",
            "parent",
            "custom",
            "protect",
            "retain_on_delete",
            "inputs",
            "unknown",
            "depends_on",
            "property_dependencies",
        ]
        assert one["parent"] in urns | {None}
        assert set(one["depends_on"]) <= urns
        assert json.dumps(one["inputs"]).count("null") == len(one["unknown"])
    assert UNKNOWN_INPUT not in json.dumps(plan)
    assert "bucket:files" in {one["address"] for one in plan["resources"]}


def test_json_is_the_same_every_time(contract: str) -> None:
    """Scripts may compare two plans as they are."""
    assert as_json(contract) == as_json(contract)


def test_documents_have_no_place_in_json(contract: str) -> None:
    """They stand among the inputs anyway, so asking for them is a mistake."""
    result = run("plan", "dev", "--contract", contract, "--format", "json", "--documents")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--documents is for the tree" in result.stderr


def test_no_connection_is_made(contract: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan needs nobody else."""

    def refused(*_: object) -> NoReturn:
        raise AssertionError

    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, refused)

    assert run("plan", "dev", "--contract", contract).exit_code == 0


@pytest.mark.parametrize(
    ("stack", "said"),
    [
        pytest.param(
            "dve", "Invalid value for 'STACK': no environment 'dve'; did you mean 'dev'?", id="nearly"
        ),
        pytest.param("zzz", "no environment 'zzz'; there are: dev, prod", id="nothing near"),
        pytest.param("\x1b[31m", "no environment '\\x1b[31m'", id="hostile"),
    ],
)
def test_an_environment_that_is_not_there_is_wrong_use(contract: str, stack: str, said: str) -> None:
    """The nearest name, or all there are."""
    result = run("plan", "--contract", contract, "--", stack)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_an_unsound_contract_is_not_planned(tmp_path: Path) -> None:
    """What `check` refuses is refused, with the place in the file."""
    unsound = written(tmp_path, CONTRACT.replace("encryption: kms", "encryption: rot13"))

    result = run("plan", "dev", "--contract", unsound)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{unsound}:8:" in result.stderr


def test_without_pulumi_it_says_what_to_install(contract: str) -> None:
    """The rest of the command line works without it, and whoever asks for a plan learns what is missing."""
    without = "import sys; sys.modules['pulumi'] = None\nfrom cli.main import main; main()"

    done = spawned("plan", "dev", "--contract", contract, code=without)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"error: pulumi is not installed: the extra `deploy` brings it\n"


@pytest.mark.parametrize("stack", ["dev", "nowhere"])
def test_garbage_is_collected_afterwards(stack: str, contract: str) -> None:
    """Leaving it alone for the time of the imports ends with the plan, whatever comes of it."""
    run("plan", stack, "--contract", contract)

    assert gc.isenabled()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        pytest.param("beware", "beware\n", id="plain"),
        pytest.param("\x1b[2Jgone\u202e", "\\x1b[2Jgone\\u202e\n", id="hostile"),
    ],
)
def test_warnings_of_the_program_are_notes(
    message: str, said: str, contract: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They go to stderr, harmless, and not when all is to be quiet."""
    environment = load(Path(contract)).environments["dev"]
    for loudness in (0, -1):
        plan = recorded(lambda: pulumi.warn(message), environment, Output(loudness=loudness))

        assert (plan.project, plan.stack, plan.resources) == ("bucketwright", "dev", ())
        assert capsys.readouterr() == ("", said if loudness == 0 else "")


@pytest.mark.parametrize(
    ("written", "project"),
    [
        pytest.param("name: ours\nruntime: python\n", "ours", id="as Pulumi calls it"),
        pytest.param(None, "shop", id="outside a project"),
        pytest.param("name: [", "shop", id="a damaged project file"),
        pytest.param("[]", "shop", id="a project file that says nothing"),
    ],
)
def test_urns_are_those_of_the_deployment(
    contract: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str | None, project: str
) -> None:
    """The project is the one that Pulumi.yaml names, for it is part of every URN."""
    folder = tmp_path / "project"
    folder.mkdir()
    if written is not None:
        (folder / "Pulumi.yaml").write_text(written)
    monkeypatch.chdir(folder)

    assert as_json(contract)["project"] == project
