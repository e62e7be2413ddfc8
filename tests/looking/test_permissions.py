"""The least policy lets an auditor do what an audit does, and nothing else."""

import json
from collections import defaultdict
from typing import Any

import pytest

from audits.object_listing import UPLOADS
from bucketwright.facets.bucket.region import LOCATION
from bucketwright.judging import Selection
from bucketwright.looking.needs import needs
from bucketwright.looking.permissions import Document, least_policies, least_policy
from bucketwright.looking.questions import TO_FIND, TO_KNOW_AGAIN
from bucketwright.looking.scope import Scope
from bucketwright.s3.reading_only import only_reads
from tests.audits.paper import CONTRACT, declared
from tests.audits.sandboxed import ALL, calm


def actions(document: Document, sid: str = "") -> set[str]:
    """What a policy allows."""
    statements = document["Statement"]
    assert isinstance(statements, list)
    return {one for each in statements if sid in ("", each["Sid"]) for one in each["Action"]}


def needed_in_the_sandbox() -> set[str]:
    """What the calls of an audit of everything needed, that were made."""
    around, looked = calm()
    by_call = defaultdict(set)
    tables = (*TO_FIND.values(), *TO_KNOW_AGAIN.values())
    for read in (*needs(Scope(around, ALL)).reads(), *(one for several in tables for one in several)):
        by_call[read.service, read.operation].add(read.permission)
    made = {tuple(json.loads(identity)[2:4]) for identity in looked.outcomes}
    return {permission for call in made for permission in by_call[call]}


def test_an_audit_needs_only_these_and_each_of_them() -> None:
    """Uploads are listed beside them, and the sandbox says where every bucket is."""
    allowed = actions(least_policy(Scope(calm()[0], ALL)), "Settings")

    assert needed_in_the_sandbox() - allowed == set()
    assert allowed - needed_in_the_sandbox() == {
        UPLOADS.read.permission,
        LOCATION.permission,
    }


def test_what_is_not_asked_for_is_not_allowed() -> None:
    """Fewer rules, fewer permissions: without the rule on analyzers nobody has to see them."""
    some, every = (actions(least_policy(Scope(selection=Selection(one)))) for one in ("baseline", "all"))

    assert some < every
    assert "access-analyzer:ListAnalyzers" in every - some


def test_tags_are_asked_for_where_a_contract_knows_its_own_by_them() -> None:
    """Without one nobody's tags tell anything."""
    assert "kms:ListResourceTags" in actions(least_policy(Scope(declared())))
    assert "kms:ListResourceTags" not in actions(least_policy(Scope()))


@pytest.mark.parametrize("objects", [False, True], ids=["settings alone", "objects too"])
def test_objects_are_read_only_where_that_was_asked_for(objects: bool) -> None:
    """To HEAD an object takes the right to read it, so that is never given unasked."""
    found = actions(least_policy(Scope(declared(), objects=objects)), "Objects")

    assert ("s3:GetObject" in found) is objects
    assert ("s3:GetObjectVersion" in found) is objects
    assert "s3:ListMultipartUploadParts" in found


def test_objects_are_those_of_the_contracts_buckets() -> None:
    """No others can be read, in the partition they are in."""
    document = least_policy(Scope(declared()), "aws-cn")
    statements = document["Statement"]
    assert isinstance(statements, list)

    assert statements[1]["Resource"] == ["arn:aws-cn:s3:::shop-prod-files/*"]
    assert "files" in CONTRACT


def test_nothing_in_it_writes() -> None:
    """Every action is called after an operation that only reads."""
    for action in actions(least_policy(Scope(calm()[0], ALL, objects=True))):
        service, _, name = action.partition(":")

        assert only_reads(service, name) or action == "s3:GetObject", action


def test_it_fits_into_one_managed_policy() -> None:
    """IAM takes 6144 characters."""
    document = least_policy(Scope(calm()[0], ALL, objects=True))

    assert len(json.dumps(document, separators=(",", ":"))) <= 6144


def test_of_hundreds_of_buckets_it_becomes_several_policies() -> None:
    """Each fits, and together they are the one that is printed."""
    names = frozenset(f"a-bucket-with-quite-a-long-name-{number}" for number in range(300))
    scope = Scope(buckets=names, objects=True)
    several, whole = least_policies(scope), least_policy(scope)
    statements = [one for document in several for one in spelled(document)]

    assert len(several) > 1
    assert all(len(json.dumps(one, separators=(",", ":"))) <= 6144 for one in several)
    assert {one["Sid"][:7] for one in statements} == {"Setting", "Objects"}
    for sid, resource in (("Settings", {"*"}), ("Objects", {f"arn:aws:s3:::{name}/*" for name in names})):
        parts = [one for one in statements if one["Sid"].startswith(sid)]
        assert {one for part in parts for one in many(part["Resource"])} == resource
        assert all(set(part["Action"]) == actions(whole, sid) for part in parts)


def spelled(document: Document) -> list[dict[str, Any]]:
    """The statements of a document."""
    found = document["Statement"]
    assert isinstance(found, list)
    return found


def many(value: str | list[str]) -> list[str]:
    """IAM lets one stand for a list of one."""
    return [value] if isinstance(value, str) else value
