"""What a finding is about."""

from bucketwright.findings import findings_of
from bucketwright.judging import Judgement
from bucketwright.objects.postures import ObjectPosture
from bucketwright.rules import catalogue
from bucketwright.verdicts import passes


def test_two_versions_at_one_address_are_told_apart() -> None:
    """A server may list two as the latest."""
    rule = catalogue()["object-sse-c"]
    several = [
        Judgement(rule, ObjectPosture("object:files/a", "a", {"key": "a", "version_id": one}), passes())
        for one in ("1", "2", "1")
    ]

    assert [one.subject.version_id for one in findings_of(several)] == ["1", "2", "1"]
