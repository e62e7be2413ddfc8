"""Is nothing planned for an object but what still ends the finding by the time it is planned?"""

from typing import Final

from audits.fixing import Left
from audits.fixing_objects import Planned, Within, plan_one
from bucketwright.calls import Answer, Call, Outcome
from bucketwright.findings import finding_of
from bucketwright.judging import Judgement
from bucketwright.objects.postures import ObjectPosture
from bucketwright.posture import Estate
from bucketwright.rules import catalogue
from bucketwright.verdicts import Fails
from tests.audits.fixing_model import ground

BYTES: Final = "binary/octet-stream"
OLD: Final = ObjectPosture(
    "object:shop/a.png@v1",
    "a.png",
    {
        "key": "a.png",
        "version_id": "v1",
        "is_latest": False,
        "content_type": BYTES,
        "etag": '"old"',
        "bucket": "bucket:shop",
        "size": 9,
    },
)


def planned(now: str) -> tuple[Planned | Left, ...]:
    """What becomes of an older version that may be deleted, and is of some type by now."""
    estate = Estate("live", {OLD.address: OLD})
    rule = catalogue()["object-content-type-default"]
    verdict = rule.verdict(OLD, estate)
    assert isinstance(verdict, Fails)
    judgement = Judgement(rule, OLD, verdict)

    def read(call: Call) -> Outcome:
        assert (call.operation, call.params["VersionId"]) == ("HeadObject", "v1")
        return Answer({"ETag": '"old"', "ContentLength": 9, "ContentType": now, "Metadata": {}})

    within = Within(ground(versions="Enabled"), estate, str, read, delete_old=True)
    return plan_one(OLD, [(judgement, finding_of(judgement))], within)


def test_an_older_version_is_deleted_where_that_is_wanted() -> None:
    """Only it, and only while it is what was looked at."""
    [one] = planned(BYTES)

    assert isinstance(one, Planned)
    assert [write.call.operation for write in one.writes] == ["DeleteObject"]
    assert (one.fix.thing.version, one.fix.etag) == ("v1", '"old"')


def test_what_somebody_mended_meanwhile_is_not_deleted() -> None:
    """It breaks the rule no more: a deletion would lose it for nothing."""
    [one] = planned("image/png")

    assert isinstance(one, Left)
    assert one.why == "somebody changed it while it was looked at"
