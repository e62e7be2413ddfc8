"""`bucketwright fix --resume` and `--undo`: who may go on with a journal, and where does it go on?"""

from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests.cli.fixing_shop import ACCOUNT, BYTES, RULE, Shop


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


def test_what_others_put_there_since_is_not_put_back(shop: Shop) -> None:
    """Neither a type that is right by now, nor an ACL that was never open; the run ends with 3."""
    shop.make(ObjectOwnership="ObjectWriter")
    shop.s3.delete_public_access_block(Bucket=shop.name)
    shop.put("open.txt", ContentType="text/plain", ACL="public-read")
    shop.put("kept.txt", ContentType="text/plain", ACL="public-read")
    shop.put("a.png")
    shop.put("kept.png")
    shop.apply(*RULE, "--rule", "object-public-acl")
    shop.put("open.txt", ContentType="text/plain", Body=b"theirs")
    shop.put("a.png", ContentType="image/png", Body=b"theirs")

    back = shop.fix("--undo", shop.journal, "--apply")

    assert (back.exit_code, back.stdout.count("other content lies there")) == (3, 2), back.output
    assert [shop.head(key)["ContentType"] for key in ("a.png", "kept.png")] == ["image/png", BYTES]
    grants = [shop.s3.get_object_acl(Bucket=shop.name, Key=key)["Grants"] for key in ("open.txt", "kept.txt")]
    assert list(map(len, grants)) == [1, 2]


def test_an_undo_is_offered_where_something_can_be_put_back(shop: Shop) -> None:
    """Not where all that was done is for good, nor where nothing was made."""
    shop.make()
    shop.s3.create_multipart_upload(Bucket=shop.name, Key="b.png")
    aborting = shop.plan(
        "--apply", "--risky", "--rule", "stale-multipart-upload", BUCKETWRIGHT_TODAY="2031-01-01"
    )
    shop.put()
    denied = ClientError({"Error": {"Code": "AccessDenied"}}, "CopyObject")
    send = BaseClient._make_api_call

    def refusing(client: BaseClient, operation: str, params: Mapping[str, object]) -> object:
        if operation == "CopyObject":
            raise denied
        return send(client, operation, params)

    with patch.object(BaseClient, "_make_api_call", refusing):
        refused = shop.plan("--apply", "--risky", *RULE)
    made = shop.plan("--apply", "--risky", *RULE)

    assert ["made" in one.stdout for one in (aborting, refused, made)] == [True, False, True]
    assert ["fix --undo" in one.stderr for one in (aborting, refused, made)] == [False, False, True]
    assert all("each change is noted in" in one.stderr for one in (aborting, refused, made))
