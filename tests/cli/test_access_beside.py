"""`bucketwright access`: what stands beside the matrix, of services not let in and of keys that are given."""

import json
from pathlib import Path
from typing import Any

from tests.cli.running import run
from tests.cli.shop import written

KEY = "arn:aws:kms:us-west-2:777788889999:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SERVICE = "  trail: {service: {name: config.amazonaws.com}, write: files/documents}\n"
PARTNER = '  partner: {principals: "arn:aws:iam::444455556666:role/reader", read: files/documents}\n'
BECAUSE = "it could act for anybody; name accounts or sources, or the account of the environment"


def contract(folder: Path, *, access: str, encryption: str = "s3", account: str = "") -> str:
    """A contract file of one environment and one bucket."""
    return written(
        folder,
        f"project: shop\nregion: us-west-2\nenvironments: {{dev: {{{account}}}}}\nbuckets:\n  files:\n"
        f"    encryption: {encryption}\n    prefixes: {{documents: {{path: documents/}}}}\naccess:\n{access}",
    )


def shown(file: str) -> str:
    result = run("access", "--contract", file)
    assert result.exit_code == 0
    return result.stdout


def as_json(file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("access", "--contract", file, "--format", "json").stdout)
    return found


GIVEN = f'{{type: kms, key: "{KEY}"}}'
ACCOUNT = "account: 111122223333"


def test_a_service_not_let_in_stands_below_with_the_reason(tmp_path: Path) -> None:
    """It has no column, for no policy lets it in."""
    text = shown(contract(tmp_path, access=SERVICE + PARTNER))

    assert text.split("\n")[0] == "                 partner"
    assert text.endswith(f"\n\nGranted something, and yet let in nowhere:\n  trail: {BECAUSE}\n")


def test_nobody_but_a_service_not_let_in(tmp_path: Path) -> None:
    """Something is granted, so it is not said that nothing is."""
    text = shown(contract(tmp_path, access=SERVICE))

    assert "nobody is granted anything" not in text
    assert BECAUSE in text


def test_a_service_let_in_has_a_column(tmp_path: Path) -> None:
    """With the account of the environment known it acts for that one alone."""
    text = shown(contract(tmp_path, access=SERVICE, account=ACCOUNT))

    assert text == "                 trail\nfiles/documents  write\n"


def test_json_names_who_is_not_let_in(tmp_path: Path) -> None:
    """Beside the grants, which are of those that are."""
    found = as_json(contract(tmp_path, access=SERVICE + PARTNER))

    assert [one["grantee"] for one in found["grants"]] == ["partner"]
    assert found["not_let_in"] == [{"grantee": "trail", "because": BECAUSE}]
    assert "permissions boundaries" in found["not_considered"]


def test_the_owner_of_a_given_key_is_told_what_to_add(tmp_path: Path) -> None:
    """The statements are a JSON list below the key's ARN, the same as in JSON."""
    file = contract(tmp_path, access=PARTNER, encryption=GIVEN, account=ACCOUNT)
    head, _, statements = shown(file).partition(f"The owner of {KEY} has to add to its policy:\n")
    (key,) = as_json(file)["given_keys"]

    assert head.endswith("read\n\n")
    assert json.loads(statements) == key["statements"]
    assert [one["Sid"] for one in key["statements"]] == ["PartnerFilesKey1"]
    assert (key["key"], key["unknown"]) == (KEY, None)


def test_what_to_add_may_be_unknown(tmp_path: Path) -> None:
    """Without the account of the environment nobody can say, and so it is said."""
    file = contract(tmp_path, access=PARTNER, encryption=GIVEN)
    because = "the account of the environment is needed, and none is given"

    assert f"What the owner of {KEY} has to add to its policy is unknown: {because}\n" in shown(file)
    assert as_json(file)["given_keys"] == [{"key": KEY, "statements": [], "unknown": because}]


def test_a_key_that_nobody_uses_needs_nothing(tmp_path: Path) -> None:
    """Who may only list needs no key, and a key of ours has no owner but us."""
    lister = "  app: {trusts: lambda.amazonaws.com, list: files/documents}\n"

    assert "The owner" not in shown(contract(tmp_path, access=lister, encryption=GIVEN, account=ACCOUNT))
    assert "The owner" not in shown(contract(tmp_path, access=PARTNER, encryption="kms", account=ACCOUNT))


def test_lost_keys_name_their_verbs(tmp_path: Path) -> None:
    """One verb loses keys, two lose them."""
    access = "  app: {trusts: lambda.amazonaws.com, read: files/a, write: files/b, delete: files/b}\n"
    buckets = '{files: {prefixes: {a: {path: "{n:int}/a/"}, b: {path: "{n:int}/b/"}}}}'
    text = f"project: shop\nenvironments: {{dev: {{}}}}\nbuckets: {buckets}\naccess:\n{access}"
    losing = written(tmp_path, text)

    assert shown(losing).split("\n")[-3:] == [
        "  app on files/a: read loses keys such as 0/a/b/",
        "  app on files/b: write and delete lose keys such as 0/b/a/",
        "",
    ]
    assert [one["lost"] for one in as_json(losing)["grants"]] == [
        [{"key": "0/a/b/", "verbs": ["read"]}],
        [{"key": "0/b/a/", "verbs": ["write", "delete"]}],
    ]
