"""`bucketwright access`: the matrix of grantees and prefixes."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.cli.shop import CONTRACT, written

MANY = "\n".join(
    f"  grantee-number-{number}: {{trusts: lambda.amazonaws.com, read: files/documents}}"
    for number in range(12)
)


def test_the_table_crosses_prefixes_with_grantees(tmp_path: Path) -> None:
    """Each cell holds the verbs, a dash where there are none."""
    result = run("access", "--contract", written(tmp_path, CONTRACT))

    assert result.exit_code == 0
    assert result.stdout.split("\n")[:3] == [
        "                 reader  packer",
        "files/documents  read    -",
        "files/exports    -       write",
    ]


def test_lost_keys_stand_below_the_table(tmp_path: Path) -> None:
    """A key refused because it looks like another prefix's is shown with its grantee and the verb."""
    shown = run("access", "--contract", written(tmp_path, CONTRACT)).stdout

    assert "  reader on files/documents: read loses keys such as dev/cases/0/documents/exports/" in shown


def test_what_is_restored_first_stands_below_the_table(tmp_path: Path) -> None:
    """Each archived prefix with its readers, and nothing where nothing is archived or nobody reads it."""
    auditor = "  auditor: {trusts: lambda.amazonaws.com, read: [files/exports, files/documents]}\n"
    contract = written(tmp_path, CONTRACT)
    assert "restore" not in run("access", "--contract", contract).stdout

    contract = written(tmp_path, CONTRACT + auditor)
    shown = run("access", "--contract", contract).stdout
    assert "money and changes no object:\n  files/exports: auditor\n" in shown
    rows = json.loads(run("access", "--contract", contract, "--format", "json").stdout)
    assert [(one["grantee"], one["prefix"]) for one in rows["grants"] if one["restores"]] == [
        ("auditor", "exports")
    ]


def test_what_is_not_considered_is_named(tmp_path: Path) -> None:
    """Policies that the matrix does not know of are named beside it."""
    assert "organisation policies" in run("access", "--contract", written(tmp_path, CONTRACT)).stderr


def test_many_grantees_are_split_into_tables_that_fit(tmp_path: Path) -> None:
    """No line is wider than 80 columns, and each grantee has its column once."""
    shown = run("access", "--contract", written(tmp_path, f"{CONTRACT}{MANY}\n")).stdout

    assert max(map(len, shown.split("\n")[:20])) <= 80
    assert all(shown.count(f"grantee-number-{number} ") <= 2 for number in range(12))
    assert "grantee-number-11" in shown


def test_nobody_is_said_in_words(tmp_path: Path) -> None:
    """A contract without grants says so."""
    text = CONTRACT.partition("access:")[0]

    assert run("access", "--contract", written(tmp_path, text)).stdout == "nobody is granted anything\n"


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_json_lists_every_grant(tmp_path: Path, environment: str) -> None:
    """JSON has a grant for each grantee and prefix, with the pattern of that environment."""
    contract = written(tmp_path, CONTRACT)
    shown = json.loads(run("access", "--contract", contract, "--env", environment, "--format", "json").stdout)

    assert (shown["version"], shown["environment"]) == (1, environment)
    assert [(one["grantee"], one["verbs"]) for one in shown["grants"]] == [
        ("reader", ["read"]),
        ("packer", ["write"]),
    ]
    assert shown["grants"][0]["pattern"] == f"{environment}/cases/*/documents/*"
