"""A policy that is to be, with the statements of others in it."""

import json
from collections.abc import Mapping
from typing import Final

import pytest

from bucketwright.facets.kept_statements import with_theirs
from bucketwright.iam.documents import PolicyError, canonical, parse

Statement = Mapping[str, object]
OURS: Final[Statement] = {
    "Sid": "RequireTls",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "arn:aws:s3:::files/*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}
THEIRS: Final[Statement] = {
    "Sid": "Partner",
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::files/*",
}


def without(statement: Statement, name: str) -> Statement:
    return {key: value for key, value in statement.items() if key != name}


def policy(*statements: Statement, version: str = "2012-10-17", **more: object) -> str:
    return json.dumps({**more, "Version": version, "Statement": list(statements)})


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        pytest.param([OURS], [], id="ours alone"),
        pytest.param([{**OURS, "Effect": "Allow"}], [], id="ours, changed"),
        pytest.param([without(OURS, "Sid")], [], id="ours, without its Sid"),
        pytest.param([{**OURS, "Sid": "Other", "Principal": {"AWS": ["*"]}}], [], id="ours in other words"),
        pytest.param([THEIRS, OURS], [THEIRS], id="theirs by its Sid"),
        pytest.param([without(THEIRS, "Sid")], [without(THEIRS, "Sid")], id="theirs by what it means"),
        pytest.param([{**THEIRS, "Sid": ""}], [{**THEIRS, "Sid": ""}], id="theirs with an empty Sid"),
        pytest.param(
            [{**THEIRS, "Sid": "requiretls"}], [{**THEIRS, "Sid": "requiretls"}], id="a Sid in small letters"
        ),
    ],
)
def test_what_others_said_stays(before: list[Statement], kept: list[Statement]) -> None:
    """After ours come theirs: what has no Sid of ours and means nothing that ours mean."""
    found = json.loads(with_theirs(policy(*before), policy(OURS)))

    assert found == {"Version": "2012-10-17", "Statement": [OURS, *kept]}


def test_one_statement_may_stand_without_a_list_and_in_any_case() -> None:
    """IAM takes both."""
    before = json.dumps({"version": "2012-10-17", "statement": {**without(THEIRS, "Sid"), "sid": "Partner"}})
    found = json.loads(with_theirs(before, policy(OURS)))

    assert [one.get("sid") for one in found["Statement"]] == [None, "Partner"]


def test_ours_stay_as_they_are_written_where_there_are_no_others() -> None:
    """Not a character differs."""
    text = json.dumps(json.loads(policy(OURS)), indent=3)

    assert with_theirs(policy(OURS), text) == text


@pytest.mark.parametrize(
    ("before", "after", "version", "spelled"),
    [
        pytest.param("2008-10-17", "2012-10-17", "2012-10-17", "a/${$}{aws:username}", id="theirs are older"),
        pytest.param("2012-10-17", "2008-10-17", "2012-10-17", "a/${aws:username}", id="ours are older"),
        pytest.param("2008-10-17", "2008-10-17", "2008-10-17", "a/${aws:username}", id="both are older"),
    ],
)
def test_a_statement_goes_on_meaning_what_it_meant(
    before: str, after: str, version: str, spelled: str
) -> None:
    """What was plain text in the older language is no variable in the newer one."""
    theirs = {**THEIRS, "Resource": "a/${aws:username}"}
    found = with_theirs(policy(theirs, version=before), policy(OURS, version=after))
    alone = canonical(parse(policy(theirs, version=before))).statements

    assert json.loads(found)["Version"] == version
    assert json.loads(found)["Statement"][1]["Resource"] == spelled
    assert set(alone) < set(canonical(parse(found)).statements)


def test_the_id_of_ours_stays() -> None:
    """That of theirs does not."""
    found = with_theirs(policy(THEIRS, Id="theirs"), policy(OURS, Id="ours"))

    assert json.loads(found)["Id"] == "ours"
    assert "Id" not in json.loads(with_theirs(policy(THEIRS, Id="theirs"), policy(OURS)))


@pytest.mark.parametrize("odd", ["", "{}", "[]", '{"Statement": [{"Sid": []}]}'])
def test_what_is_no_policy_is_refused(odd: str) -> None:
    """On either side."""
    for before, after in ((odd, policy(OURS)), (policy(OURS), odd)):
        with pytest.raises(PolicyError):
            with_theirs(before, after)
