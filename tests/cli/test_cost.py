"""`bucketwright cost`: the estimate, its prices and what it cannot know."""

import json
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.cli.shop import CONTRACT, written

USED = CONTRACT.replace(
    "        max_size: 350 MB\n",
    "        max_size: 350 MB\n        usage: {average_object: 1 MB, stored: 1 TB, added: 10 GB, reads: 9}\n",
)


def test_the_estimate_names_its_prices_and_what_is_not_stated(tmp_path: Path) -> None:
    """Date, region, total and the prefixes without usage are all there."""
    result = run("cost", "--contract", written(tmp_path, USED))

    assert result.exit_code == 0
    assert "Cost of shop/dev, a month" in result.stdout
    assert "Prices of 20" in result.stdout
    assert "Total a month, at least" in result.stdout
    assert "files/exports: no usage is stated" in result.stdout


def test_json_is_versioned(tmp_path: Path) -> None:
    """JSON carries a version and the lines."""
    shown = json.loads(run("cost", "--contract", written(tmp_path, USED), "--format", "json").stdout)

    assert shown["version"] == 1
    assert shown["lines"]


def test_a_region_without_prices_is_not_guessed(tmp_path: Path) -> None:
    """An unpriced region ends with 3 and says how to bring prices."""
    text = USED.replace("region: us-west-2", "region: eu-south-2")
    result = run("cost", "--contract", written(tmp_path, text))

    assert result.exit_code == 3
    assert "eu-south-2" in result.stderr
    assert "--prices" in result.stderr


def price_file(folder: Path, **changes: object) -> str:
    """A price table of one region that knows little."""
    prices = {"storage": {"standard": "0.02"}, "put": {"standard": "0.005"}} | changes
    table = {
        "version": 1,
        "date": "2026-01-31",
        "currency": "USD",
        "source": "made up for tests",
        "regions": {"us-west-2": prices},
    }
    file = folder / "prices.json"
    file.write_text(json.dumps(table), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_price_that_is_missing_ends_with_three(tmp_path: Path, form: str) -> None:
    """The rest is shown, what has no price is named, and the exit code says that it is not all."""
    words = ["cost", "--contract", written(tmp_path, USED), "--format", form]
    result = run(*words, "--prices", price_file(tmp_path))

    assert result.exit_code == 3
    assert result.stderr.endswith(
        "error: 3 figures could not be worked out: the price table of 2026-01-31 lacks a price\n"
    )
    if form == "json":
        gaps = json.loads(result.stdout)["not_counted"]
        assert [gap["reason"].partition(":")[0] for gap in gaps if gap["unpriced"]] == [
            "reads (GET), standard",
            "KMS requests",
            "KMS key",
        ]
    else:
        assert "Not counted, because there is no price for it:" in result.stdout


def test_what_is_not_stated_is_no_incomplete_run(tmp_path: Path) -> None:
    """A least is an answer: only a missing price keeps a figure from being worked out."""
    prices = price_file(tmp_path, get={"standard": 1}, kms_requests=1, kms_key=1)
    result = run("cost", "--contract", written(tmp_path, USED), "--prices", prices)

    assert (result.exit_code, "at least" in result.stdout) == (0, True)
    assert "there is no price" not in result.stdout


def test_a_broken_price_file_is_wrong_use(tmp_path: Path) -> None:
    """Prices that cannot be read end with 2 and name the file."""
    prices = tmp_path / "prices.json"
    prices.write_text("{", encoding="utf-8")
    result = run("cost", "--contract", written(tmp_path, USED), "--prices", str(prices))

    assert result.exit_code == 2
    assert "prices.json" in result.stderr
