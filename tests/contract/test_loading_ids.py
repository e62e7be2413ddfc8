"""Does a misspelt id hide anything, and is the nearest right one named?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bucketwright.contract.ids import ID_PATTERN, nearest_id, standing_ids
from tests.contract.loading_cases import problems

LAMBDA = "trusts: lambda.amazonaws.com"
DOCS = "docs: {path: docs/}"


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        pytest.param(
            'buckets: {user_files: {prefixes: {docs: {path: "docs"}}}}\n',
            ["buckets.user_files", "buckets.user_files.prefixes.docs.path"],
            id="of a bucket, and its path",
        ),
        pytest.param(
            "buckets: {user_files: {versioning: perhaps, acl: private}}\n",
            [
                "buckets.user_files",
                "buckets.user_files.versioning",
                "buckets.user_files.acl",
            ],
            id="of a bucket that is unsound and contradicts itself",
        ),
        pytest.param(
            "buckets: {files: {prefixes: {User_Docs: {path: docs, expire: soon, keep: forever}}}}\n",
            [
                "buckets.files.prefixes.User_Docs",
                "buckets.files.prefixes.User_Docs.path",
                "buckets.files.prefixes.User_Docs.expire",
            ],
            id="of a prefix",
        ),
        pytest.param(
            f"buckets: {{files: {{prefixes: {{{DOCS}}}}}}}\n"
            "access: {Loader: {trusts: lambda, read: [files/dcos], list: [file/docs]}}\n",
            ["access.Loader", "access.Loader.trusts", "access.Loader.read.0", "access.Loader.list.0"],
            id="of a grantee whose trust is wrong, too",
        ),
        pytest.param(
            "buckets: {Media: {prefixes: {Shown: {path: shown/, delivery: cloudfront}}}}\n",
            ["buckets.Media", "buckets.Media.prefixes.Shown", "buckets.Media.prefixes.Shown.delivery.via"],
            id="within a misspelt one",
        ),
        pytest.param(
            f"buckets: {{files: {{access_logs: All_Logs, prefixes: {{{DOCS}}}}}}}\n"
            f"access: {{app: {{{LAMBDA}, read: [files_/docs, files/dcos, Files/None], write: F/D}}}}\n",
            [
                "buckets.files.access_logs",
                "buckets.files.access_logs.to",
                "access.app.read.0",
                "access.app.read.1",
                "access.app.read.2",
                "access.app.read.2",
                "access.app.write",
                "access.app.write",
            ],
            id="where it is referred to",
        ),
        pytest.param(
            f"buckets: {{a_b: {{prefixes: {{{DOCS}}}}}, a-b: {{prefixes: {{docs: {{path: docs}}}}}}}}\n",
            ["buckets.a_b", "buckets.a-b.prefixes.docs.path"],
            id="of which the nearest is taken",
        ),
        pytest.param(
            "buckets: {ФАЙЛЫ: {versioning: perhaps}, logs: {purpose: log}}\n",
            ["buckets.ФАЙЛЫ", "buckets.ФАЙЛЫ.versioning", "buckets.logs.purpose"],
            id="that is near to none",
        ),
        pytest.param(
            "project: My_Project\nenvironments: {Dev: {buckets: {files: {prefixes: {docs: {path: x}}}}}}\n"
            f"buckets: {{files: {{prefixes: {{{DOCS}}}}}}}\n"
            f"access: {{app: {{{LAMBDA}, read: files/dcos}}}}\n",
            [
                "project",
                "environments.Dev",
                "environments.Dev.buckets.files.prefixes.docs.path",
                "access.app.read",
            ],
            id="of the project and an environment",
        ),
    ],
)
def test_a_misspelt_id_hides_nothing(body: str, paths: list[str]) -> None:
    """The id and everything else that is wrong, at the paths as they are written, in one run."""
    assert [one.path.removesuffix(".0") for one in problems(body)] == [
        path.removesuffix(".0") for path in paths
    ]


def test_nothing_is_said_of_the_id_that_stands_in() -> None:
    """A reference spelled right is not unknown, a shared name is placed where it is written, and no more."""
    body = (
        "buckets:\n"
        "  User_Files: {prefixes: {Docs: {path: docs/}}}\n"
        "  more: {name: demo-dev-user-files}\n"
        f"access: {{app: {{{LAMBDA}, read: user-files/docs}}}}\n"
    )
    found = {one.path: one.message for one in problems(body)}

    assert list(found) == ["buckets.User_Files", "buckets.User_Files.prefixes.Docs", "buckets.more.name"]
    assert "one name, 'demo-dev-user-files'" in found["buckets.more.name"]


def test_a_clash_is_placed_at_the_id_as_it_is_written() -> None:
    """What two environments share is told of the last of them, under its misspelt id."""
    body = (
        "project: demo\nenvironments: {dev: {}, prod: {}}\n"
        "buckets: {User_Files: {name: shared, encryption: kms}}\n"
    )

    assert [one.path for one in problems(body)] == ["buckets.User_Files", "buckets.User_Files.name"]


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        pytest.param("buckets: {user_files: {}}\n", "user-files", id="underscore"),
        pytest.param("buckets: {userFiles: {}}\n", "user-files", id="humps"),
        pytest.param("buckets: {Files: {}}\n", "files", id="capital"),
        pytest.param("buckets: {'user files': {}}\n", "user-files", id="blank"),
        pytest.param("buckets: {files.v2: {}}\n", "files-v2", id="dot"),
        pytest.param("buckets: {2nd-files: {}}\n", "nd-files", id="digit first"),
        pytest.param(f"buckets: {{{'x' * 60}: {{}}}}\n", "x" * 48, id="too long"),
        pytest.param("buckets: {files: {access_logs: All_Logs}}\n", "all-logs", id="where a bucket is named"),
        pytest.param(
            f"access: {{app: {{{LAMBDA}, read: User_Files/Docs}}}}\n", "user-files/docs", id="a prefix"
        ),
        pytest.param(f"access: {{app: {{{LAMBDA}, read: Files/*}}}}\n", "files/*", id="a whole bucket"),
        pytest.param(f"access: {{app: {{{LAMBDA}, read: files/docs/}}}}\n", "files/docs", id="a slash more"),
        pytest.param(f"access: {{app: {{{LAMBDA}, read: files}}}}\n", "", id="a prefix is missing"),
        pytest.param("buckets: {ФАЙЛЫ: {}}\n", "", id="no letter of ours"),
        pytest.param("buckets: {'-': {}}\n", "", id="no letter at all"),
        pytest.param("buckets: {files: {access_logs: 'arn:aws:s3:::logs'}}\n", "", id="no word"),
    ],
)
def test_the_nearest_right_id_is_named(body: str, meant: str) -> None:
    """As it has to be written; nothing where nobody can tell."""
    found = [one for one in problems(body) if " is not a " in one.message]

    assert [one.help for one in found] == [f"did you mean '{meant}'?" if meant else ""]


@given(st.lists(st.text("aB_-9é/", max_size=6), unique=True, max_size=8))
def test_each_text_stands_under_an_id_of_its_own(written: list[str]) -> None:
    """An id stands for itself, every other text for an id that nobody else has, or for none."""
    standing = standing_ids(written)

    assert {text for text in written if re.fullmatch(ID_PATTERN, text)} == {
        text for text, one in standing.items() if text == one
    }
    assert len(set(standing.values())) == len(standing)
    for text in written:
        taken = nearest_id(text) in set(standing.values())
        assert text in standing or not nearest_id(text) or taken
    assert all(re.fullmatch(ID_PATTERN, one) for one in standing.values())
