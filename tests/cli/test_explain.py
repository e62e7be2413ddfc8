"""`bucketwright explain`: one place for where keys lie, how long, who may use them and what that costs."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.cli.shop import CONTRACT, written


def explained(contract: str, what: str, *options: str) -> str:
    """What explain prints of it, on the last day of November 2026."""
    today = {"BUCKETWRIGHT_TODAY": "2026-11-30"}
    result = run("explain", "--contract", contract, *options, "--", what, environment=today)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_key_is_read_back_into_its_prefix_and_values(contract: str) -> None:
    """A key names its bucket, prefix and values."""
    shown = explained(contract, "dev/cases/7/documents/brief.pdf")

    assert shown.startswith("dev/cases/7/documents/brief.pdf is in files/documents\n")
    assert "  bucket     shop-dev-files\n" in shown
    assert "  values     case_id = 7\n" in shown


def test_a_prefix_shows_its_life_from_today(contract: str) -> None:
    """The days of a move and of the end are counted from now to the midnight after."""
    shown = explained(contract, "files/exports")

    assert "STANDARD --91 d--> GLACIER --310 d--> deleted\n" in shown
    assert "  2027-03-01  moves to GLACIER\n" in shown
    assert "  2028-01-05  is deleted\n" in shown
    assert "for ever" not in shown


def test_a_prefix_says_who_may_do_what_and_what_is_lost(contract: str) -> None:
    """Grantees stand with their verbs and the keys they lose."""
    shown = explained(contract, "files/documents")

    assert "  reader (role): read\n" in shown
    assert "packer" not in shown
    assert "    but not keys such as dev/cases/0/documents/exports/" in shown


def test_a_bucket_shows_its_settings_and_all_its_prefixes(contract: str) -> None:
    """A bucket's id explains the bucket and each prefix in it."""
    shown = explained(contract, "files")

    assert shown.startswith("files: shop-dev-files in us-west-2\n  encryption        type kms\n")
    assert "\nfiles/documents\n" in shown
    assert "\nfiles/exports\n" in shown


def test_a_session_says_that_its_lifecycle_day_may_be_two(contract: str) -> None:
    """24 hours are one lifecycle day, in effect up to 48 hours."""
    shown = explained(contract, "uploads/incoming")

    assert "A sweeper ends a session after 1 day." in shown
    assert "1 lifecycle day, rounded up to midnight UTC: up to 48 hours." in shown


def test_the_environment_is_the_first_unless_named(contract: str) -> None:
    """Without --env the first environment is shown, and a note says so."""
    assert "shop-prod-files" in explained(contract, "files", "--env", "prod")
    first = run("explain", "--contract", contract, "files")

    assert "shop-dev-files" in first.stdout
    assert "environment dev; others with --env: prod" in first.stderr


def test_a_key_of_no_prefix_is_a_finding_with_the_nearest_reasons(contract: str) -> None:
    """A key outside the layout ends with 1 and says how near each prefix came."""
    result = run("explain", "--contract", contract, "dev/cases/x/documents/a.pdf")

    assert result.exit_code == 1
    assert "no prefix of dev owns the key 'dev/cases/x/documents/a.pdf'" in result.stderr
    assert "files/documents: case_id must be" in result.stderr


def test_a_misspelt_prefix_is_answered_with_the_nearest(contract: str) -> None:
    """A typing error in an id is met with the id meant."""
    assert (
        "did you mean 'files/documents'?" in run("explain", "--contract", contract, "files/document").stderr
    )


def test_a_misspelt_rule_is_answered_with_the_nearest(contract: str) -> None:
    """What is neither a key nor near to a prefix may have been meant as a rule."""
    result = run("explain", "--contract", contract, "versionning-enabled")

    assert result.exit_code == 1
    assert "did you mean 'versioning-enabled'?" in result.stderr


def test_a_bucket_goes_by_its_name_in_s3_too(contract: str) -> None:
    """Whoever has the name from the console gets the same page as by the id."""
    by_name, by_id = (run("explain", "--contract", contract, name) for name in ("shop-dev-files", "files"))

    assert by_name.exit_code == 0
    assert by_name.stdout == by_id.stdout


LOOSE = """\
project: shop
region: us-west-2
environments: {dev: {}}
buckets:
  files:
    prefixes:
      exports: {path: "files/", expire: 30 days}
      loose: {path: "{any}/", objects: "e{rest}", overlaps: exports}
  more:
    prefixes:
      exports: {path: "files/", expire: 30 days}
      named: {path: "more/"}
"""


def hinted(tmp_path: Path, what: str) -> str:
    """What explain says on stderr of a legal key of the loose contract."""
    result = run("explain", "--contract", written(tmp_path, LOOSE), "--", what)
    assert (result.exit_code, f"{what} is in " in result.stdout) == (0, True), result.output
    return result.stderr


@pytest.mark.parametrize(
    ("what", "meant"),
    [
        pytest.param("files/export", "files/exports", id="a letter lacks in the prefix"),
        pytest.param("files/expotrs", "files/exports", id="two letters are swapped"),
        pytest.param("file/exports", "files/exports", id="a letter lacks in the bucket"),
    ],
)
def test_a_legal_key_that_may_be_a_misspelt_prefix_is_hinted_at(
    tmp_path: Path, what: str, meant: str
) -> None:
    """It is explained as the key it is, and a note names the prefix."""
    assert hinted(tmp_path, what) == f"'{what}' is a key here; did you mean '{meant}'?\n"


@pytest.mark.parametrize(
    "what",
    [
        pytest.param("files/x", id="nothing is near"),
        pytest.param("files/exports.zip", id="no name has a dot"),
        pytest.param("files/export/x", id="no name has three parts"),
        pytest.param("files/Exports", id="no name has a capital"),
        pytest.param("zzz/exports", id="another bucket altogether"),
    ],
)
def test_an_ordinary_key_gets_no_hint(tmp_path: Path, what: str) -> None:
    """A key that looks like no name is only a key."""
    assert hinted(tmp_path, what) == ""


def test_an_address_speaks_of_its_bucket_alone(tmp_path: Path) -> None:
    """A key that two buckets could hold is explained for the one named; a bare address is the bucket."""
    loose = written(tmp_path, LOOSE)

    def places(what: str) -> list[str]:
        shown = run("explain", "--contract", loose, "--format", "json", what).stdout
        return [one["address"] for one in json.loads(shown)["explanations"]]

    assert places("files/a.zip") == ["files/exports", "more/exports"]
    assert places("s3://shop-dev-more/files/a.zip") == ["more/exports"]
    assert places("s3://shop-dev-more/other/e1") == places("s3://shop-dev-files/more/x") == []
    assert places("s3://shop-dev-more") == places("s3://shop-dev-more/") == ["more/exports", "more/named"]


def test_a_cost_that_cannot_be_worked_out_is_incomplete(tmp_path: Path) -> None:
    """All the rest is shown, the reason stands where the cost would, and the exit code is 3."""
    elsewhere = written(tmp_path, CONTRACT.replace("us-west-2", "eu-south-2"))

    result = run("explain", "--contract", elsewhere, "files/documents")

    assert result.exit_code == 3
    assert "Who may do what:" in result.stdout
    assert "has no prices of the region eu-south-2" in result.stdout


def test_the_day_can_be_told(contract: str) -> None:
    """An object can be written on another day."""
    result = run(
        "explain", "--contract", contract, "files/exports", environment={"BUCKETWRIGHT_TODAY": "2027-01-01"}
    )

    assert "  2027-01-01  is written\n  2027-04-02  moves to GLACIER\n" in result.stdout


def test_an_unknown_environment_is_wrong_use(contract: str) -> None:
    """A misspelt environment ends with 2 and the one meant."""
    result = run("explain", "--contract", contract, "--env", "prd", "files")

    assert (result.exit_code, "did you mean 'prod'?" in result.stderr) == (2, True)
    assert run("explain", "--contract", contract, "--env", "", "files").exit_code == 2


def test_an_unsound_contract_is_told_and_ends_with_two(tmp_path: Path) -> None:
    """A contract that does not load is reported as check does."""
    result = run("explain", "--contract", written(tmp_path, "project: shop\n"), "files")

    assert result.exit_code == 2
    assert "environments" in result.stderr


def test_json_carries_the_same(contract: str) -> None:
    """JSON names address, key, values, events and cost, under a version."""
    shown = json.loads(explained(contract, "dev/cases/7/exports/all.zip", "--format", "json"))
    one = shown["explanations"][0]

    assert shown["version"] == 1
    assert (one["address"], one["values"]) == ("files/exports", {"case_id": "7"})
    assert [event["event"] for event in one["events"]] == ["transition", "expire"]
    assert one["cost"]["per_year"] is None


@pytest.mark.parametrize("key", ["\x1b[31mred", "a\nb", "\u202edev", "x" * 5000, "../..", ""])
def test_hostile_keys_are_shown_harmless(contract: str, key: str) -> None:
    """No control character of a key reaches the terminal."""
    result = run("explain", "--contract", contract, "--", key)

    assert result.exit_code == 1
    assert not set("\x1b\u202e\r") & set(result.output)


def test_what_is_no_text_is_no_key(contract: str) -> None:
    """Bytes that are not UTF-8 cannot be a key of S3."""
    result = run("explain", "--contract", contract, "--", "dev/cases/7/documents/\udcff")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "'dev/cases/7/documents/\\udcff' is not UTF-8" in result.stderr


def test_a_key_that_a_deny_takes_is_shown_as_refused(contract: str) -> None:
    """A key that looks like another prefix's is decided for each grantee, in text and in JSON."""
    key = "dev/cases/7/documents/exports/x"
    shown = explained(contract, key)
    one = json.loads(explained(contract, key, "--format", "json"))["explanations"][0]

    assert "  reader (role): nothing\n    refused on this key" in shown
    assert one["access"] == [{"grantee": "reader", "kind": "role", "verbs": ["read"], "refused": ["read"]}]


def test_an_s3_address_is_a_key_of_its_bucket(contract: str) -> None:
    """s3://NAME/KEY names the same key; a bucket of another name is wrong use."""
    assert "is in files/documents" in explained(contract, "s3://shop-dev-files/dev/cases/7/documents/a.pdf")
    other = run("explain", "--contract", contract, "s3://shop-dev-fils/x")

    assert (other.exit_code, "did you mean 'shop-dev-files'?" in other.stderr) == (2, True)
