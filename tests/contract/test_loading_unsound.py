"""Does what is not sound hide nothing beside it, and is nothing concluded from it?"""

import pytest

from tests.contract.loading_cases import faults, problems

PEM = "-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0C\\n-----END PUBLIC KEY-----\\n"
TOO_SHORT = "{path: a/, max_size: 5, delivery: cloudfront}"


def test_a_broken_prefix_is_not_called_unknown() -> None:
    """What is written but not sound is broken once, not missing wherever it is named."""
    found = faults(
        "buckets: {files: {prefixes: {a: {path: a/, expire: soon}, b: {path: b/}}}}\n"
        "access: {app: {trusts: lambda.amazonaws.com, read: [files/a, files/b]}}\n"
        "exemptions: [{rule: any-rule, bucket: files, prefix: a, reason: it is broken, owner: us,"
        " expires: 2027-01-01}]\n"
    )
    assert list(found) == ["buckets.files.prefixes.a.expire"]


def test_an_unsound_field_hides_nothing_beside_it() -> None:
    """What contradicts itself in a bucket is told in the same run as a wrong word of it, each once."""
    found = problems(
        "buckets:\n"
        "  files:\n"
        "    encryption: kmss\n"
        "    mfa_delete: true\n"
        "    prefixes: {documents: {path: documents, keep: forever, expire: 30 days, types: [PDF]}}\n"
        "access: {app: {trusts: lambda.amazonaws.com, read: [files/documents, files/gone]}}\n"
    )
    documents = "buckets.files.prefixes.documents"
    assert [problem.path for problem in found] == [
        "buckets.files.encryption",
        "buckets.files.mfa_delete",
        f"{documents}.path",
        f"{documents}.expire",
        f"{documents}.expire",
        f"{documents}.types.0",
        "access.app.read.1",
    ]


def test_an_unsound_part_hides_nothing_in_the_next() -> None:
    """Of two prefixes and two grantees, each with a wrong word, everything else is told, too."""
    wrong = (
        "types: [PDF], extensions: [.gif], keep: forever, expire: 1 day, write: {on_clash: suffix, mode: x}"
    )
    found = problems(
        "buckets:\n"
        "  files:\n"
        "    abort_uploads: soon\n"
        "    prefixes:\n"
        f"      a: {{path: a, {wrong}}}\n"
        f"      b: {{path: b, {wrong}, delivery: {{via: none, expires: 1 day}}}}\n"
        "access:\n"
        "  app: {trusts: lambda, read: [files/c], write: 7, list: [files/d]}\n"
        "  two: {trusts: lambda, principals: 'arn:aws:s3:::x', read: [files/c]}\n"
    )

    assert [one.path.partition(".prefixes.")[2] or one.path for one in found] == [
        "buckets.files.abort_uploads",
        "a.path",
        "a.types.0",
        "a.expire",
        "a.write.mode",
        "b.path",
        "b.types.0",
        "b.expire",
        "b.write.mode",
        "b.delivery.expires",
        "access.app.trusts",
        "access.app.read.0",
        "access.app.write",
        "access.app.list.0",
        "access.two.trusts",
        "access.two.read.0",
    ]


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ("files: {versioning: enabledd, replication: {to: kept}}", ["buckets.files.versioning"]),
        ("files: {versoning: enabled, replication: {to: kept}}", ["buckets.files.versoning"]),
        ("files: {ownership: preferred, unsafe: {acls: short}}", ["buckets.files.unsafe.acls"]),
        ("files: {object_lock: {mode: strict}, versioning: enabled}", ["buckets.files.object_lock.mode"]),
        ("files: {prefixes: {a: {path: a/, archive_above: 1 MB, archive: soon}}}", None),
        ("files: {prefixes: {a: {pth: a/, overlaps: b}, b: {path: b/}}}", None),
        (
            f'files: {{cloudfront: {{signing_keys: {{web: "{PEM}"}}}}, prefixes: {{a: {TOO_SHORT}}}}}',
            ["buckets.files.prefixes.a.max_size"],
        ),
    ],
    ids=[
        "a wrong word",
        "a wrong key",
        "a wrong entry",
        "a wrong part",
        "a wrong list",
        "a lost path",
        "a prefix that something else is for",
    ],
)
def test_nothing_is_concluded_from_an_unsound_field(body: str, paths: list[str] | None) -> None:
    """What a wrong field would have said is not known, so nothing is held against it."""
    found = [problem.path for problem in problems(f"buckets:\n  {body}\n  kept: {{versioning: enabled}}\n")]
    if paths is None:
        assert {path.rpartition(".")[0] for path in found} <= {
            "buckets.files.prefixes",
            "buckets.files.prefixes.a",
        }
        assert not [path for path in found if path.endswith(("archive_above", "overlaps"))]
    else:
        assert found == paths


def test_a_mistaken_part_of_an_environment_is_not_called_missing() -> None:
    """Where the buckets stand under a wrong word, grants are not told that there are none."""
    found = faults(
        "bucket: {files: {prefixes: {a: {path: a/}}}}\n"
        "access: {app: {trusts: lambda.amazonaws.com, read: files/a}}\n"
    )
    assert list(found) == ["bucket"]
