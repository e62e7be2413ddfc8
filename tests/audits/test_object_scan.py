"""What is asked again where a HEAD does not explain itself, and what is made of it?"""

from collections.abc import Iterable, Mapping

import pytest

from audits.object_facts import Home
from audits.object_scan import Needed, Scan
from bucketwright.calls import Answer, Call, Failure, Outcome, not_asked
from bucketwright.estate import BucketPosture
from bucketwright.facets.reading import Target
from bucketwright.posture import Estate, Posture, Unknown
from bucketwright.rules import catalogue

PUZZLE = Failure("refused", "400")
LISTED = {"Key": "a.txt", "LastModified": "2026-03-01T00:00:00Z", "ETag": '"1"', "Size": 3}


class Bucket:
    """A bucket with one object, of which each operation is answered so."""

    def __init__(self, **told: Outcome) -> None:
        self.told = {"ListObjectsV2": Answer({"Contents": [LISTED], "IsTruncated": False}), **told}
        self.asked: list[str] = []

    def send(self, call: Call) -> Outcome:
        self.asked.append(call.operation)
        return self.told.get(call.operation, Failure("denied", "AccessDenied"))

    def ask(self, calls: Iterable[Call]) -> Mapping[str, Outcome]:
        return {call.identity: self.send(call) for call in calls}

    def scanned(self, versioning: object = "Disabled") -> Posture:
        """What is known of the object, for the rules about keys and types."""
        home = BucketPosture(
            "bucket:files", "files", {"versioning": versioning, "ownership": "BucketOwnerEnforced"}
        )
        where = Home(
            "bucket:files", Target("bucket", "files", {"Bucket": "files"}), _nothing, None, on_aws=True
        )
        rules = (catalogue()["object-sse-c"], catalogue()["object-content-type-default"])
        scan = Scan(self.send, self.ask, where, Estate("live", {home.address: home}), Needed.by(rules))
        [one] = [posture for batch in scan.objects() for posture in batch.postures]
        return one


def _nothing(_kind: str, _name: str, _value: object) -> None:
    return None


@pytest.mark.parametrize(
    "tags", [Answer({"TagSet": []}), Failure("denied", "AccessDenied")], ids=["told", "denied"]
)
def test_what_is_understood_beside_shows_a_customers_key(tags: Outcome) -> None:
    """The request is right and the HEAD is refused: only the key is missing."""
    bucket = Bucket(HeadObject=PUZZLE, GetObjectTagging=tags)

    assert bucket.scanned().told("customer_key") is True
    assert bucket.asked.count("GetObjectTagging") == 1


def test_expired_credentials_are_no_customers_key() -> None:
    """They are answered with 400, too: of the object nothing is known."""
    bucket = Bucket(HeadObject=PUZZLE, GetObjectTagging=Failure("credentials", "ExpiredToken"))
    found = bucket.scanned()

    assert isinstance(found.told("customer_key"), Unknown)
    assert isinstance(found.told("encryption"), Unknown)


def test_nothing_is_asked_beside_a_head_that_speaks() -> None:
    """Only a HEAD that does not say why costs a further call."""
    bucket = Bucket(HeadObject=Answer({"ContentType": "text/plain", "ServerSideEncryption": "AES256"}))

    assert bucket.scanned().told("customer_key") is False
    assert "GetObjectTagging" not in bucket.asked


def test_where_the_server_keeps_no_versions_what_is_there_is_all() -> None:
    """It is not taken for a list that failed."""
    unkept, headed = not_asked("it keeps none"), Answer({"ContentType": "text/plain"})
    bucket = Bucket(ListObjectVersions=unkept, HeadObject=headed)

    assert bucket.scanned(Unknown("it cannot say")).name == "a.txt"
