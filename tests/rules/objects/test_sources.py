"""From which answer is each fact learned? What a rule reads says which calls it needs."""

from typing import Final, get_args

import pytest

from bucketwright.objects.postures import DeleteMarkerPosture, KeyedPosture, ObjectPosture, UploadPosture
from bucketwright.objects.sources import SOURCES, Source, calls_for
from bucketwright.posture import Posture
from bucketwright.rules import catalogue
from bucketwright.rules.rule import Rule

KINDS: Final[tuple[type[KeyedPosture], ...]] = (ObjectPosture, UploadPosture, DeleteMarkerPosture)
RULES: Final = {one.id: one for one in catalogue().values() if issubclass(one.kind, KINDS)}
LISTS: Final[tuple[tuple[Source, ...], ...]] = (("list",), ("list-versions",))


def _own(rule: Rule[Posture]) -> list[str]:
    return [fact for fact in rule.reads if "." not in fact]


def test_every_fact_has_a_source() -> None:
    """None is forgotten, none is made up."""
    assert set(SOURCES) == {kind.kind for kind in KINDS}
    for kind in KINDS:
        assert set(SOURCES[kind.kind]) == set(kind.fields())
        assert set().union(*SOURCES[kind.kind].values()) <= set(get_args(Source))
        assert all(SOURCES[kind.kind].values())


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_rule_reads_facts_of_its_kind(rule: Rule[Posture]) -> None:
    """So that the calls it needs follow from them."""
    assert set(_own(rule)) <= set(SOURCES[rule.kind.kind])


@pytest.mark.parametrize(
    "rule_id",
    [
        "object-foreign-owner",
        "object-key-hygiene",
        "object-lifecycle-escapee",
        "object-no-checksum",
        "object-outside-layout",
        "object-secret-name",
        "object-storage-class",
    ],
)
@pytest.mark.parametrize("lists", LISTS, ids=lambda lists: lists[0])
def test_a_list_is_enough(rule_id: str, lists: tuple[Source, ...]) -> None:
    """Nothing is asked of single objects where a list tells all there is to know."""
    assert calls_for("object", _own(RULES[rule_id]), lists) == set()


@pytest.mark.parametrize(
    ("rule_id", "calls"),
    [
        pytest.param("object-content-type-default", {"head"}, id="types are in no list"),
        pytest.param("object-public-acl", {"acl"}, id="ACLs have a call of their own"),
        pytest.param("object-tags-missing", {"tagging"}, id="tags have a call of their own"),
        pytest.param("object-restore-stuck", {"earlier-audits"}, id="no answer tells when a restore began"),
        pytest.param("noncurrent-backlog", {"list-versions", "head"}, id="old versions and their locks"),
    ],
)
def test_what_no_list_tells_is_asked(rule_id: str, calls: set[Source]) -> None:
    """The calls of the facts that are missing, and no others."""
    assert calls_for("object", _own(RULES[rule_id]), ("list",)) == calls


def test_the_cheapest_answer_is_asked_for() -> None:
    """An owner is in lists and in ACLs: where neither is there, the list is asked for."""
    assert calls_for("object", ["owner"], ()) == {"list"}
    assert calls_for("object", ["owner"], ("acl",)) == set()
    assert calls_for("object", ["on_aws"], ()) == set()
    assert calls_for("object", ["version_id"], ()) == {"list-versions"}


@pytest.mark.parametrize(
    ("fact", "answers"),
    [
        ("restoring", ["list", "list-versions", "head"]),
        ("version_id", ["list-versions", "head"]),
    ],
)
def test_any_answer_that_tells_a_fact_will_do(fact: str, answers: list[Source]) -> None:
    """What a HEAD has told already is not listed for, nor the other way round."""
    assert all(calls_for("object", [fact], [answer]) == set() for answer in answers)
    assert calls_for("object", [fact], ["acl"])


def test_uploads_and_markers_come_from_their_own_lists() -> None:
    """Only the bytes of an upload need a call for each."""
    upload, marker = RULES["stale-multipart-upload"], RULES["orphan-delete-marker"]

    assert calls_for("upload", _own(upload), ("uploads",)) == {"parts"}
    assert calls_for("delete_marker", _own(marker), ("list-versions",)) == set()
