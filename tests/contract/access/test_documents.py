"""Are the documents of two whole examples, written out beside this test, what the compiler makes of them?"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.key_policy import key_policy
from bucketwright.contract.access.keys import has_own_key
from bucketwright.contract.access.role_policy import role_policies, trust_policy
from bucketwright.contract.access.sessions import session_policy
from bucketwright.contract.access.size import (
    BUCKET_POLICY,
    KEY_POLICY,
    MANAGED_POLICY,
    SESSION_POLICY,
    size,
)
from bucketwright.iam.documents import parse
from bucketwright.iam.public import is_public
from tests.contract.access.examples import design, everyone

HERE: Final = Path(__file__).parent
Json = dict[str, object]


def documents() -> Mapping[str, Json]:
    """Every document of the examples, by the file that holds it."""
    found: dict[str, Json] = {}
    for folder, environment in (("design", design()), ("everyone", everyone())):
        for bucket_id, bucket in environment.buckets.items():
            found[f"{folder}/bucket.{bucket_id}.json"] = bucket_policy(environment, bucket_id)
            if has_own_key(bucket):
                found[f"{folder}/key.{bucket_id}.json"] = key_policy(environment, bucket_id)
        for access_id, access in environment.access.items():
            for policy in role_policies(environment, access_id):
                found[f"{folder}/role.{access_id}.json"] = policy
            if access.makes_role():
                found[f"{folder}/trust.{access_id}.json"] = trust_policy(environment, access_id)
    session = session_policy(design(), "exporter", "files/exports", {"case_id": 7})
    return found | {"design/session.exporter.json": session}


DOCUMENTS: Final = documents()
LIMITS: Final = {
    "bucket": BUCKET_POLICY,
    "key": KEY_POLICY,
    "role": MANAGED_POLICY,
    "trust": 2_048,
    "session": SESSION_POLICY,
}


def test_every_document_is_written_out() -> None:
    """No document lacks its file, and no file its document; none of the roles needs two policies."""
    written = {f"{file.parent.name}/{file.name}" for file in HERE.glob("*/*.json")}

    assert written == set(DOCUMENTS)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_as_written(name: str) -> None:
    """The compiler makes exactly the document in the file."""
    expected = json.loads((HERE / name).read_text("utf-8"))

    assert DOCUMENTS[name] == expected


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_fits(name: str) -> None:
    """Each is within the limit of its kind, and a policy that IAM can read."""
    kind = name.partition("/")[2].partition(".")[0]

    assert size(DOCUMENTS[name]) <= LIMITS[kind]
    assert parse(json.dumps(DOCUMENTS[name])).statements


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if "/bucket." in name])
def test_no_bucket_is_public(name: str) -> None:
    """By S3's own definition, whoever is let in."""
    answer = is_public(parse(DOCUMENTS[name]))

    assert answer.holds is False, answer.because
