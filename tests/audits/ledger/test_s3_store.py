"""A ledger in a bucket: the same answers as from a folder, and two runs that end at once both count."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from audits.ledger import LedgerError, Span, open_ledger
from audits.ledger.s3_store import Prefix
from audits.ledger.verifying import verified
from audits.ledger.writing import Writer
from bucketwright.s3.sessions import Access, Sessions
from sandbox.server import Server
from tests.audits.ledger.rows import BUCKET, HOSTILE, columns_of, day, keep, row, scanned

ACCOUNT, REGION, PLACE = "111122223333", "eu-west-1", "kept-ledgers"


@pytest.fixture(scope="module")
def sessions(server: Server) -> Iterator[Sessions]:
    """Those of an account with a bucket for ledgers."""
    clients = server.clients(account=ACCOUNT, region=REGION)
    clients.client("s3").create_bucket(Bucket=PLACE, CreateBucketConfiguration={"LocationConstraint": REGION})
    kept = {name: value for name, value in os.environ.items() if name not in clients.unwanted}
    with patch.dict(os.environ, {**kept, **clients.environment}, clear=True):
        yield Sessions(Access(endpoint_url=server.url, region=REGION))


@pytest.fixture
def store(sessions: Sessions, request: pytest.FixtureRequest) -> Iterator[Prefix]:
    """A prefix of its own for each test."""
    found = Prefix.at(f"{PLACE}/{request.node.name}", sessions)
    yield found
    found.close()


def test_only_who_saw_the_last_content_replaces_it(store: Prefix) -> None:
    """Nobody else, and nobody twice."""
    assert store.read("a/manifest.json") is None
    first = store.replace("a/manifest.json", b"1", None)

    assert first is not None
    assert store.replace("a/manifest.json", b"2", None) is None
    second = store.replace("a/manifest.json", b"2", first)
    assert store.replace("a/manifest.json", b"3", first) is None
    assert store.replace("b/manifest.json", b"3", first) is None
    assert store.read("a/manifest.json") == (b"2", second)


def test_a_server_without_conditions_is_asked_before_and_after(store: Prefix) -> None:
    """It says that it has none; what was read is looked at once more then."""

    class Plain(Prefix):
        def _put(self, name: str, body: object, **more: str) -> str:
            if more:
                self._ask("PutObject", _not_implemented)
            return super()._put(name, body)

    plain = Plain(store.bucket, store.prefix, store.sessions, store.here)
    first = plain.replace("a/manifest.json", b"1", None)

    assert first is not None
    assert plain.replace("a/manifest.json", b"2", None) is None
    assert plain.replace("a/manifest.json", b"2", first) is not None
    assert plain.replace("a/manifest.json", b"3", first) is None
    assert (plain.read("a/manifest.json") or (b"",))[0] == b"2"


def test_a_write_whose_answer_was_lost_is_known_to_be_ours(store: Prefix) -> None:
    """Sent again it is refused, for what it wrote is there."""
    first = store.replace("a/manifest.json", b"1", None)
    store.replace("a/manifest.json", b"2", first)
    second = store.read("a/manifest.json")

    assert second is not None
    assert store.replace("a/manifest.json", b"2", first) == second.token
    assert store.replace("a/manifest.json", b"3", first) is None


def _not_implemented(_client: object) -> dict[str, object]:
    from botocore.exceptions import ClientError

    told = {"Error": {"Code": "NotImplemented"}, "ResponseMetadata": {"HTTPStatusCode": 501}}
    raise ClientError(told, "PutObject")


def test_a_part_is_copied_here_in_pieces(store: Prefix, tmp_path: Path) -> None:
    """Once, whole, and no longer than there is room for it."""
    draft = store.draft()
    draft.write_bytes(b"0123456789")
    store.publish(draft, "a/parts/a.parquet")

    with patch("audits.ledger.s3_store._AT_ONCE", 4), patch("audits.ledger.s3_store._MOST_COPIED", 12):
        copy = store.local("a/parts/a.parquet", 10)
        assert copy.read_bytes() == b"0123456789"
        assert store.local("a/parts/a.parquet", 10) == copy
        store.replace("a/parts/b.parquet", b"abc", None)
        assert store.local("a/parts/b.parquet", 3).read_bytes() == b"abc"
        assert not copy.exists()
    assert not draft.exists()


def test_a_part_that_is_gone_or_cut_is_said(store: Prefix) -> None:
    """With its place."""
    store.replace("a/parts/a.parquet", b"abc", None)

    with pytest.raises(LedgerError, match=r"s3://kept-ledgers/.*a\.parquet has not the 9 bytes"):
        store.local("a/parts/a.parquet", 9)
    with pytest.raises(LedgerError, match="s3://kept-ledgers/"):
        store.local("a/parts/b.parquet", 9)


def test_a_ledger_in_a_bucket_is_as_one_in_a_folder(sessions: Sessions) -> None:
    """What was told is known, compared, checked, listed and forgotten."""
    with open_ledger(f"s3://{PLACE}/whole", sessions) as ledger:
        keep(ledger, "first", [row(key) for key in HOSTILE])
        with ledger.writing(BUCKET, "second") as writer:
            writer.add(Span("", None, day(1)), columns_of([row("a", etag="2")]), [(" ", "")])
    with open_ledger(f"s3://{PLACE}/whole/", sessions) as ledger:
        expected = sorted((key, "", "2" if key == "a" else "1") for key in HOSTILE if key != " ")

        assert scanned(ledger) == expected
        assert [one.trouble for one in verified(ledger.store) if one.trouble] == []
        assert ledger.buckets() == (BUCKET,)
        ledger.forget(BUCKET)
        assert ledger.buckets() == ()
        assert list(ledger.store.entries()) == []


def test_two_runs_that_end_at_once_both_count(sessions: Sessions) -> None:
    """Whoever is overtaken tells it again."""
    with (
        open_ledger(f"s3://{PLACE}/two", sessions) as one,
        open_ledger(f"s3://{PLACE}/two", sessions) as other,
    ):
        writers = [one.writing(BUCKET, "one"), other.writing(BUCKET, "other")]
        for key, writer in zip("ab", writers, strict=True):
            writer.add(Span("", None, day(0)), columns_of([row(key)]))
        with patch.object(Prefix, "replace", _overtaken_once(other.store, writers[1])):
            writers[0].close()

        assert scanned(one, ("key",)) == [("a",), ("b",)]
        assert {run.name for run in one.manifest(BUCKET).runs} == {"one", "other"}


def _overtaken_once(store: object, other: Writer) -> object:
    """A `replace` before whose first write to the manifest another run ends."""
    plain = Prefix.replace
    ended: list[Writer] = []

    def replace(self: Prefix, name: str, content: bytes, before: str | None) -> str | None:
        if name.endswith("manifest.json") and self is not store and not ended:
            ended.append(other)
            other.close()
        return plain(self, name, content, before)

    return replace


def test_a_bucket_that_is_not_there_is_said(sessions: Sessions) -> None:
    """In a sentence with its name."""
    said = pytest.raises(LedgerError, match=r"s3://no-such-bucket-of-ours/x/: .*does not exist")
    with open_ledger("s3://no-such-bucket-of-ours/x", sessions) as ledger, said:
        ledger.known(BUCKET)
