"""Is it said where an end, a move or a careful write does less than it sounds, and nowhere else?"""

import pytest

from bucketwright.contract.remarks import remarks
from tests.contract.loading_cases import environment, move, with_bucket, with_prefix

GLACIER = f"archive: {move(30, 'glacier')}"
SMALL = "usage: {average_object: 4 KB}"
DELETED_TOO = "; noncurrent: {expire: 30 days} deletes that, too"


def said(body: str) -> list[str]:
    return [str(one) for one in remarks(environment(body))]


@pytest.mark.parametrize(
    ("prefix", "bucket", "found"),
    [
        pytest.param("expire: 7 days", "versioning: enabled", True, id="versions and no end of them"),
        pytest.param("expire: 7 days", "", False, id="no versions"),
        pytest.param("expire: 7 days", "versioning: suspended", False, id="no more versions"),
        pytest.param("keep: forever", "versioning: enabled", False, id="nothing expires"),
        pytest.param(
            "expire: 7 days, noncurrent: {expire: 1 day}",
            "versioning: enabled",
            False,
            id="an end of versions",
        ),
        pytest.param(
            f"expire: 7 days, noncurrent: {{{GLACIER}}}",
            "versioning: enabled",
            False,
            id="versions that are kept on purpose",
        ),
    ],
)
def test_what_expires_and_stays_as_a_version_is_said(prefix: str, bucket: str, found: bool) -> None:
    """At the end that deletes nothing, with what to write."""
    where = "buckets.files.prefixes.documents.expire"
    remark = f"{where}: what expires stays as an old version for ever{DELETED_TOO}"

    assert said(with_prefix(prefix, bucket)) == ([remark] if found else [])


@pytest.mark.parametrize(
    ("count", "named"),
    [
        pytest.param(2, "a0 and a1", id="two"),
        pytest.param(3, "a0, a1 and a2", id="three"),
        pytest.param(5, "a0, a1, a2 and 2 more", id="many"),
    ],
)
def test_much_that_stays_as_versions_is_said_once(count: int, named: str) -> None:
    """At the versioning of the bucket, and the first of the prefixes are named."""
    prefixes = ", ".join(f"a{n}: {{path: a{n}/, expire: 7 days}}" for n in range(count))
    remark = f"buckets.files.versioning: what expires in {named} stays as old versions for ever{DELETED_TOO}"

    assert said(with_bucket(f"versioning: enabled, prefixes: {{{prefixes}, kept: {{path: k/}}}}")) == [remark]


LEFT = "S3 leaves what is below 128 KiB where it is, unless archive_above is given"
NOTHING = f"moves nothing: objects here have at most 64 KiB, and {LEFT}"
TYPICAL = f"moves no typical object: it has 4 KB, and {LEFT}"
BY_CLASS = "minimum_transition_size: by-class"


@pytest.mark.parametrize(
    ("prefix", "bucket", "because"),
    [
        pytest.param(f"max_size: 64 KiB, {GLACIER}", "", NOTHING, id="nothing is large enough"),
        pytest.param(f"{SMALL}, {GLACIER}", "", TYPICAL, id="nothing typical is"),
        pytest.param(f"max_size: 64 KiB, {SMALL}, {GLACIER}", "", NOTHING, id="both: nothing is"),
        pytest.param(
            f"max_size: 64 KiB, archive: {move(30, 'standard-ia')}",
            BY_CLASS,
            NOTHING,
            id="a class that has the minimum always",
        ),
        pytest.param(f"max_size: 64 KiB, {GLACIER}", BY_CLASS, "", id="small ones move as well"),
        pytest.param(
            f"max_size: 64 KiB, archive: [{move(30, 'standard-ia')}, {move(90, 'deep-archive')}]",
            BY_CLASS,
            "",
            id="small ones make one move of two",
        ),
        pytest.param(f"max_size: 64 KiB, archive_above: 1 KiB, {GLACIER}", "", "", id="a size is asked for"),
        pytest.param(f"max_size: 128 KiB, {GLACIER}", "", "", id="just large enough"),
        pytest.param(f"max_size: 1 GB, usage: {{average_object: 1 MB}}, {GLACIER}", "", "", id="large"),
        pytest.param(GLACIER, "", "", id="nobody knows"),
        pytest.param(f"max_size: 64 KiB, {SMALL}", "", "", id="small, and nothing is to move"),
    ],
)
def test_a_move_that_s3_does_not_make_is_said(prefix: str, bucket: str, because: str) -> None:
    """Below S3's minimum size nothing moves, whatever the days."""
    remark = f"buckets.files.prefixes.documents.archive: {because}"

    assert said(with_prefix(prefix, bucket)) == ([remark] if because else [])


def test_old_versions_that_never_move_are_said() -> None:
    """The same of noncurrent versions, at their own setting."""
    old = with_prefix(f"max_size: 64 KiB, noncurrent: {{{GLACIER}}}", "versioning: enabled")

    assert said(old) == [f"buckets.files.prefixes.documents.noncurrent.archive: {NOTHING}"]


UNABLE = "may write and not read here, and S3 compares ETags only for who reads; grant read too"


@pytest.mark.parametrize(
    ("mode", "grants", "found"),
    [
        pytest.param("if-unchanged", "write: files/documents", ["app"], id="writes"),
        pytest.param("if-unchanged", "write: 'files/*'", ["app"], id="writes all of the bucket"),
        pytest.param(
            "if-unchanged",
            "write: files/documents, list: files/documents",
            ["app"],
            id="learns ETags from a list and may not use them",
        ),
        pytest.param("if-unchanged", "write: files/documents, read: files/documents", [], id="reads too"),
        pytest.param("if-unchanged", "write: files/documents, read: 'files/*'", [], id="reads all"),
        pytest.param("if-unchanged", "delete: files/documents", [], id="does not write"),
        pytest.param("overwrite", "write: files/documents", [], id="last writer wins"),
        pytest.param("create", "write: files/documents", [], id="never replaces"),
    ],
)
def test_a_writer_who_cannot_replace_what_is_unchanged_is_said(
    mode: str, grants: str, found: list[str]
) -> None:
    """S3 wants the right to read of whoever names the version to replace."""
    access = f"access:\n  app: {{trusts: lambda.amazonaws.com, {grants}}}\n"
    remark = f"buckets.files.prefixes.documents.write: app {UNABLE}"

    assert said(with_prefix(f"write: {mode}") + access) == ([remark] if found else [])


def test_writers_who_cannot_replace_are_named_together() -> None:
    """One remark for a prefix, however many write to it."""
    roles = "".join(f"  app{n}: {{trusts: lambda.amazonaws.com, write: files/documents}}\n" for n in range(2))

    (remark,) = said(with_prefix("write: if-unchanged") + f"access:\n{roles}")

    assert f": app0 and app1 {UNABLE}" in remark
