"""The settings of an access point, as plans say them."""

import json

import pytest

from bucketwright.facets.access_point import bucket, network, policy, public_access_block
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.tokens import ACCESS_POINT
from bucketwright.plan import Resource
from bucketwright.posture import UNSET, Undetermined
from tests.facets.wiring import LATER, made, whole

TEXT = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}],
    }
)


def door(**inputs: object) -> Resource:
    return made(ACCESS_POINT, inputs)


def test_a_door_is_of_one_bucket() -> None:
    """By its address, or a stranger's name; without one it is no access point."""
    known = whole(door(bucket=LATER), refer=lambda kind, _, __: f"{kind}:files")

    assert bucket.from_plan(known) == "bucket:files"
    assert bucket.from_plan(whole(door(bucket="stranger"))) == "stranger"
    for unknown in (door(), door(bucket=LATER)):
        with pytest.raises(Undetermined):
            bucket.from_plan(whole(unknown))


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        pytest.param(door(), UNSET, id="nothing"),
        pytest.param(
            door(publicAccessBlockConfiguration={}), PublicAccessBlock(), id="what is not named is on"
        ),
        pytest.param(
            door(publicAccessBlockConfiguration={"blockPublicPolicy": False}),
            PublicAccessBlock(block_policy=False),
            id="one is off",
        ),
    ],
)
def test_the_switches_of_a_door_are_on_unless_they_are_named(thing: Resource, said: object) -> None:
    """Unlike a bucket's."""
    assert public_access_block.from_plan(whole(thing)) == said


def test_a_switch_nobody_knows_is_not_guessed() -> None:
    """Neither on nor off."""
    with pytest.raises(Undetermined):
        public_access_block.from_plan(whole(door(publicAccessBlockConfiguration={"blockPublicAcls": LATER})))


def test_a_door_answers_the_internet_or_one_vpc() -> None:
    """The VPC by its id, or its address where the plan makes it."""
    inside = door(vpcConfiguration={"vpcId": LATER})

    assert network.from_plan(whole(door())) is UNSET
    assert network.from_plan(whole(door(vpcConfiguration={"vpcId": "vpc-1"}))) == "vpc-1"
    assert network.from_plan(whole(inside, refer=lambda kind, _, __: f"{kind}:own")) == "vpc:own"
    for unknown in (inside, door(vpcConfiguration=LATER), door(vpcConfiguration={})):
        with pytest.raises(Undetermined):
            network.from_plan(whole(unknown))


def test_the_policy_of_a_door_is_said_in_two_places() -> None:
    """Which may not contend."""
    apart = made(policy.KIND, {"policy": TEXT})
    other = TEXT.replace("GetObject", "PutObject")

    assert policy.from_plan(whole(door())) is UNSET
    assert policy.from_plan(whole(door(policy=TEXT))) == policy_of(TEXT)
    assert policy.from_plan(whole(door(), apart)) == policy_of(TEXT)
    for contending in (whole(door(policy=other), apart), whole(door(), made(policy.KIND, {}))):
        with pytest.raises(Undetermined):
            policy.from_plan(contending)
