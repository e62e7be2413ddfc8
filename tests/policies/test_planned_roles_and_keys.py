"""The planned lens over roles and keys of anybody's program: what is theirs, and only that."""

import pytest

from bucketwright.estate import KeyPosture, RolePosture
from bucketwright.facets.attachments import ATTACHMENT, POLICY, ROLE_POLICY, SHARED_ATTACHMENT
from bucketwright.facets.tokens import ALIAS, KEY, ROLE
from bucketwright.posture import Estate
from policies.planned import planned
from tests.policies.programs import LATER, Program, allowing
from tests.policies.told import unknown

READ = allowing("*")


def test_a_key_is_called_by_its_alias() -> None:
    """Nobody knows its id yet."""
    program = Program()
    key = program.make(KEY, "files", {"enableKeyRotation": True})
    program.make(ALIAS, "alias", {"name": "alias/shop", "targetKeyId": LATER}, {"targetKeyId": key})
    found = planned(program.plan).follow("key:files", KeyPosture)

    assert (found.name, found.aliases, found.rotation) == ("alias/shop", frozenset({"alias/shop"}), 365)
    assert (found.enabled, found.deletion_window, found.policy) == (True, 30, None)


def role(estate: Estate, address: str) -> RolePosture:
    return estate.follow(address, RolePosture)


def test_a_role_has_what_is_attached_to_it() -> None:
    """Documents inside, documents of the plan, those of AWS; a policy that is not attached gives nothing."""
    program = Program()
    loader = program.make(ROLE, "loader", {"name": "shop-loader", "assumeRolePolicy": READ})
    document, other = allowing("*").replace('"Principal": "*", ', ""), '"Version": "2012-10-17"'
    policy = program.make(POLICY, "reading", {"policy": document})
    program.make(POLICY, "unused", {"policy": document.replace("GetObject", "PutObject")})
    program.make(ATTACHMENT, "reading", {"role": "shop-loader", "policyArn": LATER}, {"policyArn": policy})
    program.make(
        ATTACHMENT,
        "aws",
        {"role": LATER, "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
        {"role": loader},
    )
    found = role(planned(program.plan), "role:loader")

    assert other in document
    assert found.name == "shop-loader"
    assert len(found.policies.statements) == 1
    assert found.managed == frozenset({"arn:aws:iam::aws:policy/ReadOnlyAccess"})
    assert found.max_session == 3600


def test_a_policy_attached_to_several_roles_counts_for_each() -> None:
    """By their outputs."""
    program = Program()
    one = program.make(ROLE, "one", {"assumeRolePolicy": READ})
    two = program.make(ROLE, "two", {"assumeRolePolicy": READ})
    policy = program.make(POLICY, "reading", {"policy": READ.replace('"Principal": "*", ', "")})
    program.make(
        SHARED_ATTACHMENT,
        "both",
        {"roles": [LATER, LATER], "policyArn": LATER},
        {"roles": (one, two), "policyArn": policy},
    )
    estate = planned(program.plan)

    for address in ("role:one", "role:two"):
        assert len(role(estate, address).policies.statements) == 1


@pytest.mark.parametrize("taken_over", [True, False], ids=["taken over", "a stranger"])
def test_what_is_added_to_a_role_is_not_all_it_has(taken_over: bool) -> None:
    """Others have given it policies before that the plan does not show."""
    program = Program()
    if taken_over:
        program.make(ROLE, "old", {"name": "old", "assumeRolePolicy": READ}, import_id="old")
    program.make(ROLE_POLICY, "more", {"role": "old", "policy": READ.replace('"Principal": "*", ', "")})

    assert "there already" in unknown(role(planned(program.plan), "role:old"), "policies")
