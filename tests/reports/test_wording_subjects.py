"""Whom is a finding about? Said once, and so that a person can look there."""

import pytest

from bucketwright.findings import Subject
from bucketwright.reports.wording import subject

KEY = "dev/cases/1/a b.pdf"


@pytest.mark.parametrize(
    ("kind", "address", "key", "said"),
    [
        pytest.param("bucket", "bucket:files", "", "bucket files", id="a bucket"),
        pytest.param("access_point", "access_point:door", "", "access point door", id="two words"),
        pytest.param("object", f"object:files/{KEY}", KEY, f"object '{KEY}' in bucket files", id="an object"),
        pytest.param(
            "object",
            f"object:files@3%2FL/{KEY}",
            KEY,
            f"object '{KEY}' version 3%2FL in bucket files",
            id="an older version",
        ),
        pytest.param(
            "upload", f"upload:files@oTH35/{KEY}", KEY, f"upload '{KEY}' in bucket files", id="an upload"
        ),
        pytest.param(
            "delete_marker",
            f"delete_marker:files@c24e/{KEY}",
            KEY,
            f"delete marker '{KEY}' in bucket files",
            id="a delete marker",
        ),
        pytest.param(
            "object",
            "object:files/a@b/c@d",
            "a@b/c@d",
            "object 'a@b/c@d' in bucket files",
            id="marks in a key",
        ),
    ],
)
def test_whom_it_is_about(kind: str, address: str, key: str, said: str) -> None:
    """The bucket and the key each once; an older version by its id."""
    assert subject(Subject(kind, address, key=key)) == said


def test_a_hostile_key_is_shown_harmless() -> None:
    """What would move the cursor is spelled out."""
    assert "\x1b" not in subject(Subject("object", "object:files/\x1b[2J", key="\x1b[2J"))
