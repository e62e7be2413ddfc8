"""Do the compiled rules select a prefix's objects, and nothing else that lies in the bucket?"""

from collections.abc import Mapping
from string import ascii_lowercase, digits

import pytest

from bucketwright.contract.lifecycle.compile import LIFECYCLE_TAG, lifecycle_rules, object_tags
from bucketwright.contract.lifecycle.parsing import parse_rules
from bucketwright.contract.lifecycle.simulator import StoredObject, fate
from tests.contract.access.environments import environment
from tests.contract.lifecycle.compiling import EXPIRING, MADE, by_id


@pytest.mark.parametrize(
    ("path", "others", "selected"),
    [
        pytest.param("a/", ["b/"], {"Prefix": "a/"}, id="alone"),
        pytest.param("a/", ["ab/"], {"Prefix": "a/"}, id="a neighbour that begins alike"),
        pytest.param("a/{x}/", ["a/y"], None, id="an object under the head"),
        pytest.param("a/b/", ["a/{x:int}/"], {"Prefix": "a/b/"}, id="a variable that cannot be the literal"),
        pytest.param("a/b/", ["a/{x}/c/d/"], None, id="a variable that can"),
        pytest.param("a/{x}/b/", ["a/{x}/c/"], None, id="the same head"),
        pytest.param("a/{x}/b/", ["a/y/"], None, id="a path under the head"),
        pytest.param("{x}/", [], {}, id="no head, and nothing else"),
        pytest.param("a/{x}/{y:int}/", [], {"Prefix": "a/"}, id="variables to the end"),
        pytest.param("a/v{x:int}/", [], {"Prefix": "a/v"}, id="text before the variable"),
        pytest.param("{env}/a/{x}/", [], {"Prefix": "prod/a/"}, id="a variable with one value"),
        pytest.param("{x}/{env}/", [], None, id="a variable with one value, behind another"),
        pytest.param("a/{x}/b/", [], None, id="text behind the variable"),
        pytest.param("a/{x}/b/{y}/", [], None, id="text between variables"),
        pytest.param("a/{x:int}-b/", [], None, id="text in the variable's own segment"),
        pytest.param("a/{x:int}.{y:int}/", [], None, id="a dot between variables"),
        pytest.param("{x}/a/", [], None, id="no head, and text behind the variable"),
        pytest.param("{x}/a/", ["b/c/"], None, id="no head, and another prefix"),
    ],
)
def test_a_prefix_selects_where_it_selects_nothing_else(
    path: str, others: list[str], selected: Mapping[str, object] | None
) -> None:
    """Where other prefixes have keys under the same literal head, the tag decides (None)."""
    prefixes: dict[str, object] = {"own": {"path": path, **EXPIRING}}
    for number, other in enumerate(others):
        folder, _, name = other.rpartition("/")
        prefixes[f"other{number}"] = {"path": f"{folder}/", **({"objects": name} if name else {})}
    subject = environment(buckets={"files": {"prefixes": prefixes}})

    rule = lifecycle_rules(subject, "files")[0]
    tagged = object_tags(subject, "files", "own") == {LIFECYCLE_TAG: "own"}

    assert tagged == (selected is None)
    if selected is not None:
        assert rule["Filter"] == selected
    for number in range(len(others)):
        assert object_tags(subject, "files", f"other{number}") == {}


@pytest.mark.parametrize(
    ("path", "stray"),
    [
        pytest.param("c/{id:int}/exports/", "c/7/notes/x", id="another folder"),
        pytest.param("c/{id:int}/exports/", "c/x", id="above the folders"),
        pytest.param("c/{id:int}-old/", "c/7/x", id="another ending"),
        pytest.param("{x}/tmp/", "anything", id="the whole bucket"),
    ],
)
def test_what_nobody_declared_is_not_deleted(path: str, stray: str) -> None:
    """A rule for a path with text behind its variables leaves other keys under its beginning alone."""
    subject = environment(buckets={"files": {"prefixes": {"own": {"path": path, **EXPIRING}}}})
    rules = parse_rules(lifecycle_rules(subject, "files"))
    own = path.replace("{id:int}", "7").replace("{x}", "y") + "x"
    tags = object_tags(subject, "files", "own")

    assert fate(rules, "Disabled", StoredObject(key=stray, created=MADE)) == ()
    assert [event.event for event in fate(rules, "Disabled", StoredObject(own, MADE, tags=tags))] == [
        "expire"
    ]


@pytest.mark.parametrize(
    "bucket",
    [
        pytest.param({"temp": {"session_ttl": "24 hours"}}, id="of sessions"),
        pytest.param({"purpose": "access-logs"}, id="of logs"),
        pytest.param({"purpose": "reports"}, id="of reports"),
    ],
)
def test_a_bucket_that_is_forgotten_whole_needs_no_tags(bucket: Mapping[str, object]) -> None:
    """What sessions leave goes with all that lies beside it, and AWS tags nothing that it writes."""
    prefixes: dict[str, object] = {"own": {"path": "a/{session_id}/in/", **EXPIRING}}
    subject = environment(buckets={"files": {"prefixes": prefixes, **bucket}})
    shared = {**prefixes, "other": {"path": "a/{session_id}/out/"}}
    beside = environment(buckets={"files": {"prefixes": shared, **bucket}})

    assert lifecycle_rules(subject, "files")[0]["Filter"] == {"Prefix": "a/"}
    assert object_tags(subject, "files", "own") == {}
    assert object_tags(beside, "files", "own") == {LIFECYCLE_TAG: "own"}


def test_a_tag_alone_selects_where_there_is_no_head() -> None:
    """S3 takes a single predicate only outside of And."""
    prefixes = {"own": {"path": "{x}/a/", **EXPIRING}, "other": {"path": "b/c/"}}

    assert by_id(prefixes)["own"]["Filter"] == {"Tag": {"Key": LIFECYCLE_TAG, "Value": "own"}}


def test_what_cannot_be_settled_is_tagged() -> None:
    """A tag selects no more than what carries it, so it is safe where a prefix might not be."""
    prefixes = {
        "own": {"path": f"{(ascii_lowercase + digits) * 27}/x/{{y}}/", **EXPIRING},
        "other": {"path": "{x:slug}/", "objects": "{y:slug}"},
    }
    subject = environment(buckets={"files": {"prefixes": prefixes}})

    assert object_tags(subject, "files", "own") == {LIFECYCLE_TAG: "own"}


def test_declared_tags_are_carried_too() -> None:
    """The declared tags, and beside them lifecycle's where it needs one."""
    prefixes = {
        "own": {"path": "a/{x}/b/", **EXPIRING, "tags": {"team": "red"}},
        "kept": {"path": "a/{x}/c/", "keep": "forever", "tags": {"team": "blue"}},
    }
    subject = environment(buckets={"files": {"prefixes": prefixes}})

    assert object_tags(subject, "files", "own") == {"team": "red", LIFECYCLE_TAG: "own"}
    assert object_tags(subject, "files", "kept") == {"team": "blue"}


TIERS = {"archive": "90 days", "prefixes": "own"}


@pytest.mark.parametrize(
    ("bucket", "other", "tagged"),
    [
        pytest.param({"replication": {"to": "copy", "prefixes": "own"}}, "a/{x}/c/", True, id="copied"),
        pytest.param({"intelligent_tiering": TIERS}, "a/{x}/c/", True, id="tiered"),
        pytest.param(
            {"mfa_delete": True, "replication": {"to": "copy", "prefixes": "own"}},
            "a/{x}/c/",
            True,
            id="copied, and no lifecycle",
        ),
        pytest.param({"intelligent_tiering": {"archive": "90 days"}}, "a/{x}/c/", False, id="all tiered"),
        pytest.param({"replication": {"to": "copy"}}, "a/{x}/c/", False, id="all copied"),
        pytest.param(
            {"replication": {"to": "copy", "prefixes": "own", "delete_markers": True}},
            "a/{x}/c/",
            False,
            id="copied with its deletions, which S3 does by no tag",
        ),
        pytest.param({"replication": {"to": "copy", "prefixes": "other"}}, "a/", False, id="another copied"),
    ],
)
def test_a_prefix_that_is_copied_or_tiered_by_itself_has_its_tag(
    bucket: Mapping[str, object], other: str, tagged: bool
) -> None:
    """Though nothing happens to it in time: its beginning would select the objects of others, too."""
    prefixes = {"own": {"path": "a/{x}/b/"}, "other": {"path": other}}
    subject = environment(buckets={"files": {"prefixes": prefixes, **bucket}})

    assert object_tags(subject, "files", "own") == ({LIFECYCLE_TAG: "own"} if tagged else {})


def test_a_beginning_of_its_own_needs_no_tag() -> None:
    """What is copied and tiered is found by it."""
    prefixes = {"own": {"path": "a/{x}/"}, "other": {"path": "b/{x}/"}}
    named = {"intelligent_tiering": TIERS, "replication": {"to": "copy", "prefixes": "own"}}
    subject = environment(buckets={"files": {"prefixes": prefixes, **named}})

    assert object_tags(subject, "files", "own") == {}
