"""`bucketwright fix --resume` and `--undo`: who may go on with a journal, and where does it go on?"""

from pathlib import Path

import pytest

from tests.cli.fixing_shop import ACCOUNT, RULE, Shop


def test_a_run_is_taken_up_where_it_ended(shop: Shop) -> None:
    """By its journal: what was made is not made again, what was not tried is, and then nothing is left."""
    shop.make()
    for key in ("a.png", "b.png", "c.png"):
        shop.put(key)
    shop.apply(*RULE)
    path = Path(shop.journal)
    lines = path.read_text().splitlines(keepends=True)
    is_of_second = (line.startswith(('{"is":"begin","number":2', '{"is":"end","number":2')) for line in lines)
    kept = (line for line, is_its in zip(lines, is_of_second, strict=True) if not is_its)
    path.write_text("".join(line for line in kept if '"finished"' not in line))
    shop.put("b.png")
    age = shop.head("a.png")["LastModified"]

    told = shop.fix("--resume", path.stem)
    done = shop.fix("--resume", path.stem, "--apply")
    again = shop.fix("--resume", path.stem)

    assert "changes inside buckets: 3 planned, 2 tried" in told.stdout
    assert (told.exit_code, done.exit_code, again.exit_code) == (1, 0, 0), done.stdout + done.stderr
    assert "made  object:" in done.stdout
    assert "it came to its end" in again.stdout
    assert shop.head("b.png")["ContentType"] == "image/png"
    assert shop.head("a.png")["LastModified"] == age


@pytest.mark.parametrize("flag", ["--resume", "--undo"])
def test_a_journal_of_another_account_is_refused(flag: str, shop: Shop) -> None:
    """Before anything is sent."""
    shop.make()
    shop.put()
    shop.apply(*RULE)
    path = Path(shop.journal)
    kept = (line for line in path.read_text().splitlines(keepends=True) if '"finished"' not in line)
    path.write_text("".join(kept).replace(ACCOUNT, "111122223333"))

    result = shop.fix(flag, str(path), "--apply")

    assert (result.exit_code, "the account of that run is '111122223333'" in result.stderr) == (2, True), (
        result.stderr
    )
    assert shop.head()["ContentType"] == "image/png"
