"""Pulumi's own configuration of packs says what a policy does, before the contract."""

import pytest
from pulumi.runtime.proto import analyzer_pb2 as pb

from tests.policies.asking import Call, Engine, heard
from tests.policies.programs import LATER
from tests.policies.settings import bucket_with


@pytest.mark.parametrize("level", ["advisory", "mandatory"])
def test_the_configuration_of_the_pack_goes_before(level: str) -> None:
    """Of one policy, whatever its severity."""
    levels = {"acl-public-read": pb.EnforcementLevel.Value(level.upper())}
    found = heard(bucket_with("ACL for everyone").plan, Engine(levels=levels))

    assert {one.level for one in found.all if one.policy == "acl-public-read"} == {level}


def test_the_configuration_of_all_is_that_of_each() -> None:
    """Chosen rules are judged, too: the team asked for all there are."""
    found = heard(bucket_with("no versions").plan, Engine(levels={"all": pb.ADVISORY}))

    assert found.of("mandatory") == set()
    assert {"versioning-enabled", "tls-only"} <= found.of("advisory")


def test_a_policy_that_is_off_says_nothing() -> None:
    """Neither that it is broken nor that it is not decided."""
    made = bucket_with("ACL for everyone")
    made.policy("shop-files", LATER)
    found = heard(made.plan, Engine(levels={"all": pb.DISABLED, "tls-only": pb.REMEDIATE}))

    assert {(one.policy, one.level) for one in found.all} == {("tls-only", "advisory")}


def test_nothing_is_rewritten() -> None:
    """A level that asks for it stops the deployment instead."""
    made = bucket_with("ACL for everyone")
    engine = Engine(levels={"acl-public-read": pb.REMEDIATE})

    assert engine.started().Remediate(engine.request(made.resources[-1]), Call()) == pb.RemediateResponse()
    assert heard(made.plan, engine).of("mandatory") >= {"acl-public-read"}
