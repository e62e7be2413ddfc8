"""What is said of an object that is listed, and that is not there when it is asked about?"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pytest

from audits import still_listed
from audits.object_facts import Home
from audits.object_scan import Needed, Scan, Unlooked
from audits.objects.bucket import Contents, Listener, Wanted
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Target
from bucketwright.posture import Estate
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails, Undecided
from tests.audits.objects.placed import SdkPlace

TARGET: Final = Target("bucket", "files", {"Bucket": "files"})
HOME: Final = Home("bucket:files", TARGET, lambda *_: None, "me", on_aws=False)
HEADERS: Final = "object-sse-c"
ACLS: Final = "object-foreign-acl"
ABSENT: Final = Failure("gone", "404")
Said = list[tuple[str, str]]
"""By key: what a rule found, or why it could not tell."""


@dataclass
class Shelf:
    """A bucket whose server does not find some of what it lists."""

    lost: tuple[str, ...]
    deleted: bool = False
    """Whether they are listed no more once they were asked about."""
    versions: int = 0
    """How many of each key are listed."""
    refuses_again: bool = False
    """Whether a list is refused once something was asked about."""
    asked: list[Call] = field(default_factory=list)

    def send(self, call: Call) -> Outcome:
        """What it answers, and a note of what it was asked."""
        self.asked.append(call)
        if not call.operation.startswith("ListObject"):
            is_lost = call.params["Key"] in self.lost
            return ABSENT if is_lost else Answer({"ContentType": "binary/octet-stream", "Grants": []})
        is_again = "Prefix" in call.params
        if is_again and self.refuses_again:
            return Failure("denied", "AccessDenied")
        keys = sorted({"fine", *(self.lost if not (is_again and self.deleted) else ())})
        shown = [one for one in keys if one.startswith(str(call.params.get("Prefix", "")))]
        if call.operation == "ListObjectsV2":
            return Answer({"Contents": [_row(key) for key in shown], "IsTruncated": False})
        rows = [
            {**_row(key), "VersionId": f"v{number}", "IsLatest": number == 0}
            for key in shown
            for number in range(self.versions)
        ]
        return Answer({"Versions": rows, "IsTruncated": False})

    @property
    def again(self) -> list[str]:
        """Of which keys it was asked whether they are still listed."""
        return [str(call.params["Prefix"]) for call in self.asked if "Prefix" in call.params]


def _row(key: str) -> dict[str, object]:
    put = "2026-03-01T00:00:00Z"
    return {"Key": key, "LastModified": put, "ETag": '"1"', "Size": 3, "Owner": {"ID": "me"}}


def _estate(shelf: Shelf) -> Estate:
    facts = {"versioning": "Enabled" if shelf.versions else "Disabled", "ownership": "ObjectWriter"}
    return Estate("live", {HOME.address: BucketPosture(HOME.address, "files", facts)})


def by_sdk(shelf: Shelf, rule_id: str) -> Said:
    """What the thorough scan says."""

    def ask(calls: Iterable[Call]) -> Mapping[str, Outcome]:
        return {call.identity: shelf.send(call) for call in calls}

    rule, estate = catalogue()[rule_id], _estate(shelf)
    scan = Scan(shelf.send, ask, HOME, estate, Needed.by((rule,)))
    batches = list(scan.objects())
    assert not [one for batch in batches for one in batch.unlooked]
    found = [(one.name, rule.verdict(one, estate)) for batch in batches for one in batch.postures]
    return sorted((name, _words(one)) for name, one in found if isinstance(one, Fails | Undecided))


def by_wire(shelf: Shelf, rule_id: str) -> Said:
    """What the fast engine says."""
    found, unlooked = Said(), list[Unlooked]()
    listener = Listener(lambda one: found.append((one.posture.name, _words(one.verdict))), unlooked.append)
    wanted = Wanted((catalogue()[rule_id],), _estate(shelf))
    asyncio.run(Contents(SdkPlace(shelf.send, TARGET), HOME, wanted, listener).objects())
    assert not unlooked
    return sorted(found)


def _words(verdict: object) -> str:
    return verdict.reason if isinstance(verdict, Undecided) else "found"


@pytest.fixture(params=[by_sdk, by_wire], ids=["by the SDK", "over the wire"])
def said(request: pytest.FixtureRequest) -> Callable[[Shelf, str], Said]:
    """Either engine."""
    engine: Callable[[Shelf, str], Said] = request.param
    return engine


@pytest.mark.parametrize("rule_id", [HEADERS, ACLS], ids=["by its headers", "by its ACL"])
@pytest.mark.parametrize("versions", [0, 1, 3], ids=["no versions", "one version", "three versions"])
def test_what_a_server_lists_and_does_not_find_is_not_decided(
    said: Callable[[Shelf, str], Said], versions: int, rule_id: str
) -> None:
    """It is said of each by its key, once for each version, and of the others nothing."""
    found = said(Shelf(("a/../b", "c//d"), versions=versions), rule_id)

    assert [name for name, _ in found] == sorted(["a/../b", "c//d"] * max(versions, 1))
    assert all("S3 lists it, and says that it is not there" in words for _, words in found)


@pytest.mark.parametrize("versions", [0, 2], ids=["no versions", "two versions"])
@pytest.mark.parametrize("rule_id", [HEADERS, ACLS], ids=["by its headers", "by its ACL"])
def test_of_what_was_deleted_meanwhile_nothing_is_said(
    said: Callable[[Shelf, str], Said], versions: int, rule_id: str
) -> None:
    """A list of its own shows that it is gone; another key that begins the same does not count for it."""
    shelf = Shelf(("f", "gone"), deleted=True, versions=versions)

    assert said(shelf, rule_id) == []
    assert sorted(set(shelf.again)) == ["f", "gone"]


def test_a_list_that_is_refused_the_second_time_decides_nothing(
    said: Callable[[Shelf, str], Said],
) -> None:
    """What is missing may be gone or not, and the reason is told."""
    [(name, words)] = said(Shelf(("a",), refuses_again=True), HEADERS)

    assert (name, "s3:ListBucket is denied" in words) == ("a", True)


def test_a_key_that_is_no_text_is_not_listed_again(said: Callable[[Shelf, str], Said]) -> None:
    """Nobody can ask for it: what is asked for is another key."""
    shelf = Shelf(("caf\ufffd",), deleted=True)
    [(name, words)] = said(shelf, HEADERS)

    assert (name, "no text" in words) == ("caf\ufffd", True)
    assert not shelf.again


def test_beyond_some_nothing_is_listed_again_and_nothing_taken_as_gone(
    said: Callable[[Shelf, str], Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that finds nothing costs no list for each of millions."""
    monkeypatch.setattr(still_listed, "MOST_LISTED", 2)
    shelf = Shelf(("a", "b", "c", "d"), deleted=True)
    missing = [words for _, words in said(shelf, HEADERS)]

    assert len(shelf.again) == 2
    assert len(missing) == 2
    assert all("not listed again" in words for words in missing)


def test_nothing_is_listed_again_where_all_is_there(said: Callable[[Shelf, str], Said]) -> None:
    """As nearly always."""
    shelf = Shelf(())
    said(shelf, HEADERS)

    assert not shelf.again
