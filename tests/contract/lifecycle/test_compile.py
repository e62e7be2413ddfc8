"""Do the compiled rules do to every object what the contract says of its prefix, and does S3 accept them?"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from string import ascii_lowercase, digits
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bucketwright.contract.lifecycle import StoredObject, Versioning, fate, parse_rules, refusals
from bucketwright.contract.lifecycle.classes import s3_class
from bucketwright.contract.lifecycle.compile import (
    LIFECYCLE_TAG,
    TooManyRules,
    lifecycle_rules,
    minimum_size,
    object_tags,
)
from bucketwright.contract.model import Environment
from bucketwright.contract.prefixes import Prefix, Transition
from tests.contract.access.environments import environment, layouts
from tests.contract.access.oracle import keys_of
from tests.contract.strategies import contracts, courses, days

MADE = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
SMALL = 128 * 1024
SPELLED: Mapping[str, Versioning] = {"enabled": "Enabled", "suspended": "Suspended", "disabled": "Disabled"}
Story = list[tuple[datetime, str, str | None]]


def rules_of(bucket: Mapping[str, object]) -> list[dict[str, Any]]:
    """The rules of one bucket."""
    return lifecycle_rules(environment(buckets={"files": bucket}), "files")


def by_id(prefixes: Mapping[str, object], **bucket: object) -> dict[str, dict[str, Any]]:
    return {rule["ID"]: rule for rule in rules_of({"prefixes": prefixes, **bucket})}


def action_of(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key not in {"ID", "Status", "Filter"}}


# The promise over generated contracts.


@st.composite
def lives(draw: st.DrawFn, *, versioned: bool) -> dict[str, Any]:
    """What becomes of the objects of one prefix, or nothing."""
    life: dict[str, Any] = draw(st.sampled_from([{}, {"keep": "forever"}, {"expire": "7 days"}]))
    if draw(st.booleans()):
        life = dict(draw(courses()))
        life |= draw(
            st.fixed_dictionaries({}, optional={"archive_above": st.sampled_from(["1 B", "64 KiB"])})
        )
    if versioned and draw(st.booleans()):
        newest = st.fixed_dictionaries({}, optional={"keep_newest": st.integers(1, 3)})
        old = draw(st.one_of(st.fixed_dictionaries({"expire": days(1)}), courses()))
        life["noncurrent"] = {**old, **draw(newest)}
    return life


@st.composite
def subjects(draw: st.DrawFn) -> Environment:
    """One bucket whose prefixes have hard templates and lives of their own."""
    versioning = draw(st.sampled_from(["disabled", "enabled"]))
    prefixes = draw(layouts())
    for prefix in prefixes.values():
        prefix.update(draw(lives(versioned=versioning == "enabled")))
        prefix.update(draw(st.sampled_from([{}, {"tags": {"team": "red"}}])))
    size = draw(st.sampled_from(["all-classes", "by-class"]))
    bucket = {"prefixes": prefixes, "versioning": versioning, "minimum_transition_size": size}
    return environment(buckets={"files": bucket})


def after(moment: datetime, count: int) -> datetime:
    """The midnight that ends the day on which so many days are over."""
    late = moment + timedelta(days=count + 1)
    return late.replace(hour=0, minute=0, second=0, microsecond=0)


def moved(
    moves: tuple[Transition, ...], since: datetime, prefix: Prefix, size: int, *, by_class: bool
) -> Story:
    """When the contract's words move an object of this size."""
    floor = prefix.archive_above
    far = {"glacier", "deep-archive"} if by_class else set[str]()
    return [
        (after(since, move.after), "transition", s3_class(move.to))
        for move in moves
        if (size >= SMALL or move.to in far if floor is None else size >= floor)
    ]


def told(subject: Environment, prefix: Prefix, size: int) -> Story:
    """What the contract's words say of an object of this size, made now and never overwritten."""
    bucket = subject.buckets["files"]
    by_class = bucket.minimum_transition_size == "by-class"
    story = moved(prefix.archive, MADE, prefix, size, by_class=by_class)
    if prefix.expire is None:
        return possible(story)
    gone = after(MADE, prefix.expire)
    story = [event for event in story if event[0] < gone]
    if bucket.versioning == "disabled":
        return possible([*story, (gone, "expire", None)])
    story.append((gone, "delete_marker", None))
    old = prefix.noncurrent
    if old is not None:
        later = moved(old.archive, gone, prefix, size, by_class=by_class)
        if old.expire is not None and old.keep_newest is None:
            end = after(gone, old.expire)
            later = [*(event for event in later if event[0] < end), (end, "delete_permanently", None)]
        story += later
    return possible(story)


COLD = ("STANDARD_IA", "INTELLIGENT_TIERING", "ONEZONE_IA", "GLACIER_IR", "GLACIER", "DEEP_ARCHIVE")


def possible(story: Story) -> Story:
    """The story without moves that S3 does not make: to a warmer class, or from ONEZONE_IA to GLACIER_IR."""
    kept: Story = []
    held = ""
    for at, event, to in story:
        if to is not None:
            warmer = bool(held) and COLD.index(to) <= COLD.index(held)
            if warmer or (held, to) == ("ONEZONE_IA", "GLACIER_IR"):
                continue
            held = to
        kept.append((at, event, to))
    return kept


def simulated(subject: Environment, prefix_id: str, key: str, size: int) -> Story:
    """What S3 does under the compiled rules, to an object that carries the tags it is to be written with."""
    bucket = subject.buckets["files"]
    stored = StoredObject(
        key=key,
        size=size,
        created=MADE,
        tags=object_tags(subject, "files", prefix_id),
        version_id=None if bucket.versioning == "disabled" else "first",
        minimum_transition_size=minimum_size(bucket),
    )
    events = fate(parse_rules(lifecycle_rules(subject, "files")), SPELLED[bucket.versioning], stored)
    return [(event.at, event.event, event.to) for event in events]


@settings(max_examples=80, deadline=None)
@given(subjects(), st.sampled_from([0, 1, 65_535, 65_536, SMALL - 1, SMALL, 10**9]))
def test_every_object_lives_as_its_prefix_says(subject: Environment, size: int) -> None:
    """On the right day, and no rule of another prefix touches it, whatever the key looks like."""
    for prefix_id, prefix in subject.buckets["files"].prefixes.items():
        for key in list(keys_of(prefix.path, prefix.objects))[::7]:
            assert simulated(subject, prefix_id, key, size) == told(subject, prefix, size)


@settings(max_examples=60, deadline=None)
@given(subjects())
def test_s3_accepts_the_rules(subject: Environment) -> None:
    """No rule set of a sound bucket would be refused."""
    assert refusals(lifecycle_rules(subject, "files")) == ()


@settings(max_examples=30, deadline=None)
@given(contracts())
def test_s3_accepts_the_rules_of_whole_contracts(contract: dict[str, Any]) -> None:
    """Nor of any bucket of a generated contract, sessions and logs included."""
    for one in environments_of(contract):
        for bucket_id in one.buckets:
            assert refusals(lifecycle_rules(one, bucket_id)) == ()


def environments_of(contract: dict[str, Any]) -> Iterator[Environment]:
    shared = {key: value for key, value in contract.items() if key not in {"project", "environments"}}
    for name, delta in contract["environments"].items():
        yield Environment.model_validate(
            {"project": contract["project"], "name": name, **shared, **(delta or {})}
        )


# The requirements, rule by rule.

ABORT = {
    "ID": "bucket.abort-uploads",
    "Status": "Enabled",
    "Filter": {},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
}
MARKERS = {
    "ID": "bucket.expired-delete-markers",
    "Status": "Enabled",
    "Filter": {},
    "Expiration": {"ExpiredObjectDeleteMarker": True},
}


def test_case_files() -> None:
    """CS-10: exports share `cases/` with documents, so a tag finds them; tmp and staging are alone."""
    prefixes = {
        "documents": {"path": "{env}/cases/{case_id:int}/documents/", "keep": "forever"},
        "exports": {
            "path": "{env}/cases/{case_id:int}/exports/",
            "archive": {"after": "90 days", "to": "glacier"},
        },
        "batch": {"path": "{env}/tmp/{case_id:int}/{batch_id}/", "expire": "7 days"},
        "staging": {"path": "{env}/staging/", "expire": "3 days"},
    }
    tag = {"Key": "bucketwright:prefix", "Value": "exports"}

    assert rules_of({"prefixes": prefixes}) == [
        {
            "ID": "exports",
            "Status": "Enabled",
            "Filter": {"And": {"Prefix": "prod/cases/", "Tags": [tag]}},
            "Transitions": [{"Days": 90, "StorageClass": "GLACIER"}],
        },
        {"ID": "batch", "Status": "Enabled", "Filter": {"Prefix": "prod/tmp/"}, "Expiration": {"Days": 7}},
        {
            "ID": "staging",
            "Status": "Enabled",
            "Filter": {"Prefix": "prod/staging/"},
            "Expiration": {"Days": 3},
        },
        ABORT,
    ]


def test_file_storage() -> None:
    """FP-12: uploads to IA at 30 days and Glacier at 90, tmp gone after 1, unfinished uploads after 7."""
    archive = [{"after": "30 days", "to": "standard-ia"}, {"after": "90 days", "to": "glacier"}]
    prefixes = {
        "uploads": {"path": "uploads/", "archive": archive},
        "tmp": {"path": "tmp/", "expire": "1 day"},
    }

    assert rules_of({"prefixes": prefixes}) == [
        {
            "ID": "uploads",
            "Status": "Enabled",
            "Filter": {"Prefix": "uploads/"},
            "Transitions": [
                {"Days": 30, "StorageClass": "STANDARD_IA"},
                {"Days": 90, "StorageClass": "GLACIER"},
            ],
        },
        {"ID": "tmp", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 1}},
        ABORT,
    ]


@pytest.mark.parametrize(
    ("ttl", "expected"),
    [
        pytest.param("24 hours", 1, id="a day"),
        pytest.param("25 hours", 2, id="an hour more"),
        pytest.param("90 minutes", 1, id="less than a day"),
    ],
)
def test_upload_sessions(ttl: str, expected: int) -> None:
    """TU-1: what a session leaves goes after its days, rounded up; a prefix may say another age."""
    prefixes = {
        "incoming": {"path": "in/{session_id}/"},
        "results": {"path": "out/{session_id}/", "expire": "5 days"},
    }
    incoming, results, abort = rules_of({"prefixes": prefixes, "temp": {"session_ttl": ttl}})

    assert (incoming["Filter"], incoming["Expiration"]) == ({"Prefix": "in/"}, {"Days": expected})
    assert (results["Filter"], results["Expiration"]) == ({"Prefix": "out/"}, {"Days": 5})
    assert abort == ABORT


EXPIRING = {"expire": "7 days"}


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


@pytest.mark.parametrize(
    ("floor", "greater_than"),
    [
        pytest.param("1 MiB", 2**20 - 1, id="a mebibyte"),
        pytest.param("1 B", 0, id="a byte"),
        pytest.param("0 B", 0, id="nothing: S3 has no lower bound"),
    ],
)
def test_a_size_for_moves_stands_in_a_rule_of_its_own(floor: str, greater_than: int) -> None:
    """Only the moves ask for it; what is deleted is deleted whatever its size."""
    prefix = {
        "path": "a/",
        "archive": {"after": "30 days", "to": "glacier"},
        "archive_above": floor,
        "expire": "400 days",
        "noncurrent": {"archive": {"after": "1 day", "to": "glacier"}, "expire": "99 days", "keep_newest": 2},
    }
    rules = by_id({"own": prefix}, versioning="enabled")

    assert rules["own.archive"]["Filter"] == {"And": {"Prefix": "a/", "ObjectSizeGreaterThan": greater_than}}
    assert action_of(rules["own.archive"]) == {
        "Transitions": [{"Days": 30, "StorageClass": "GLACIER"}],
        "NoncurrentVersionTransitions": [{"NoncurrentDays": 1, "StorageClass": "GLACIER"}],
    }
    assert rules["own"]["Filter"] == {"Prefix": "a/"}
    assert action_of(rules["own"]) == {
        "Expiration": {"Days": 400},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 99, "NewerNoncurrentVersions": 2},
    }


def test_a_size_for_moves_may_be_all_there_is() -> None:
    """Without a deletion there is no second rule; without moves the size asks nothing."""
    archive = {"archive": {"after": "30 days", "to": "glacier"}}
    moving = by_id({"own": {"path": "a/", **archive, "archive_above": "1 MB"}})
    deleting = by_id({"own": {"path": "a/", **EXPIRING, "archive_above": "1 MB"}})

    assert list(moving) == ["own.archive", ABORT["ID"]]
    assert list(deleting) == ["own", ABORT["ID"]]
    assert deleting["own"]["Filter"] == {"Prefix": "a/"}


@pytest.mark.parametrize(
    ("noncurrent", "action"),
    [
        pytest.param(
            {"expire": "30 days"},
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 30}},
            id="deleted at an age",
        ),
        pytest.param(
            {"expire": "30 days", "keep_newest": 3},
            {"NoncurrentVersionExpiration": {"NoncurrentDays": 30, "NewerNoncurrentVersions": 3}},
            id="but for the newest",
        ),
        pytest.param(
            {"archive": {"after": "1 day", "to": "deep-archive"}, "keep_newest": 3},
            {"NoncurrentVersionTransitions": [{"NoncurrentDays": 1, "StorageClass": "DEEP_ARCHIVE"}]},
            id="moved, and never deleted",
        ),
    ],
)
def test_old_versions(noncurrent: Mapping[str, object], action: Mapping[str, object]) -> None:
    """What is not said to be deleted is kept."""
    rules = by_id({"own": {"path": "a/", "noncurrent": noncurrent}}, versioning="enabled")

    assert action_of(rules["own"]) == action


@pytest.mark.parametrize(
    ("prefix", "versioning", "cleaned"),
    [
        pytest.param(EXPIRING, "enabled", True, id="expiry leaves markers"),
        pytest.param(EXPIRING, "suspended", True, id="so it does where versions were"),
        pytest.param(EXPIRING, "disabled", False, id="but not without versions"),
        pytest.param(
            {"noncurrent": {"expire": "1 day"}}, "enabled", True, id="old versions go and leave markers"
        ),
        pytest.param(
            {"archive": {"after": "1 day", "to": "glacier"}}, "enabled", False, id="moves leave none"
        ),
        pytest.param({"keep": "forever"}, "enabled", False, id="nothing is deleted"),
    ],
)
def test_markers_are_cleaned_up(prefix: Mapping[str, object], versioning: str, cleaned: bool) -> None:
    """Where rules delete versions, the marker that is left alone goes too, in the whole bucket."""
    rules = by_id({"own": {"path": "a/", **prefix}}, versioning=versioning)

    assert rules.get("bucket.expired-delete-markers") == (MARKERS if cleaned else None)


def test_a_marker_left_alone_goes_at_once() -> None:
    """Also one whose object was found by a tag, which a marker does not carry."""
    prefixes = {"own": {"path": "a/{x}/b/", **EXPIRING}, "other": {"path": "a/{x}/c/"}}
    marker = StoredObject(key="a/1/b/x", created=MADE, delete_marker=True, version_id="m")

    events = fate(parse_rules(rules_of({"prefixes": prefixes, "versioning": "enabled"})), "Enabled", marker)

    assert [event.event for event in events] == ["remove_expired_marker"]


def test_unfinished_uploads_are_aborted_everywhere() -> None:
    """After the bucket's days, in a rule without tags and sizes, even where nothing else is said."""
    upload = StoredObject(key="anything", created=MADE, multipart_upload=True)
    rules = rules_of({"abort_uploads": "3 days"})

    assert [(event.at, event.event) for event in fate(parse_rules(rules), "Disabled", upload)] == [
        (after(MADE, 3), "abort")
    ]


def test_no_lifecycle_under_mfa_delete() -> None:
    """S3 supports none there, so nothing is compiled and nothing is tagged."""
    prefixes = {"own": {"path": "a/{x}/b/", **EXPIRING}, "other": {"path": "a/{x}/c/"}}
    bucket = {"prefixes": prefixes, "versioning": "enabled", "mfa_delete": True}

    assert rules_of(bucket) == []
    assert object_tags(environment(buckets={"files": bucket}), "files", "own") == {}


def test_no_two_rules_have_one_id() -> None:
    """Whatever the prefixes are called."""
    moving = {"archive": {"after": "1 day", "to": "glacier"}, "archive_above": "1 MB", "expire": "400 days"}
    ids = ["a", "a-archive", "abort-uploads", "expired-delete-markers", "bucket"]
    rules = rules_of(
        {"prefixes": {one: {"path": f"{one}/", **moving} for one in ids}, "versioning": "enabled"}
    )

    assert len({rule["ID"] for rule in rules}) == len(rules) == 12
    assert refusals(rules) == ()


def test_a_thousand_rules_are_the_most() -> None:
    """S3 takes 1,000; one more is refused here, with the bucket, the number and what to do."""
    prefixes = {f"p{n}": {"path": f"p{n}/", **EXPIRING} for n in range(999)}

    assert len(rules_of({"prefixes": prefixes})) == 1_000
    with pytest.raises(TooManyRules) as refused:
        rules_of({"prefixes": prefixes, "versioning": "enabled"})
    assert str(refused.value) == (
        "buckets.files would need 1,001 lifecycle rules, and S3 takes 1,000: give fewer of its prefixes a "
        "retention of their own, or make two buckets of it"
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param({}, "all_storage_classes_128K", id="by default"),
        pytest.param({"minimum_transition_size": "by-class"}, "varies_by_storage_class", id="by class"),
    ],
)
def test_the_smallest_object_that_moves(word: Mapping[str, object], expected: str) -> None:
    """S3's word for the bucket's setting."""
    assert minimum_size(environment(buckets={"files": word}).buckets["files"]) == expected
