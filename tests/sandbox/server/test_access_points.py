"""Access points: where they are, what their policies may say, and that absence is told."""

import json
from typing import Any

import pytest

from sandbox.server import Clients
from tests.sandbox.server.asking import ACCOUNT, REGION, code, made, opened, policy

OPEN = {"BlockPublicPolicy": False, "BlockPublicAcls": False}


def point(clients: Clients, name: str, **more: object) -> Any:
    """A new access point to the bucket of the same name, and a client for it."""
    control = clients.client("s3control")
    control.create_access_point(AccountId=ACCOUNT, Name=name, Bucket=name, **more)
    return control


def text(name: str, who: object) -> str:
    """A policy that lets somebody read by the access point."""
    arn = f"arn:aws:s3:{REGION}:{ACCOUNT}:accesspoint/{name}"
    return policy(
        {"Effect": "Allow", "Principal": who, "Action": "s3:GetObject", "Resource": f"{arn}/object/*"}
    )


def put(control: Any, name: str, document: str) -> str:
    """Put an access point's policy."""
    return code(lambda: control.put_access_point_policy(AccountId=ACCOUNT, Name=name, Policy=document))


def test_an_access_point_is_where_its_bucket_is(clients: Clients, name: str) -> None:
    """ARN and endpoints name the bucket's region; all four settings are on unless said otherwise."""
    made(clients, name)
    got = point(clients, name).get_access_point(AccountId=ACCOUNT, Name=name)
    listed = clients.client("s3control").list_access_points(AccountId=ACCOUNT, Bucket=name)

    assert got["AccessPointArn"] == f"arn:aws:s3:{REGION}:{ACCOUNT}:accesspoint/{name}"
    assert all(REGION in endpoint for endpoint in got["Endpoints"].values())
    assert set(got["PublicAccessBlockConfiguration"].values()) == {True}
    assert [one["Name"] for one in listed["AccessPointList"]] == [name]


def test_an_access_point_needs_a_bucket(clients: Clients, name: str) -> None:
    """There is no access point to nothing."""
    assert code(lambda: point(clients, name)) == "NoSuchBucket"


@pytest.mark.parametrize(
    ("who", "open_point", "open_bucket", "answer"),
    [
        pytest.param({"AWS": ACCOUNT}, False, False, "taken", id="private, all blocked"),
        pytest.param("*", False, True, "AccessDenied", id="public, the access point blocks"),
        pytest.param("*", True, False, "AccessDenied", id="public, the bucket blocks"),
        pytest.param("*", True, True, "taken", id="public, nothing blocks"),
    ],
)
def test_public_policies_are_refused_where_blocked(
    clients: Clients, name: str, who: object, open_point: bool, open_bucket: bool, answer: str
) -> None:
    """The settings of access point and bucket both count; the status is the policy's own."""
    (opened if open_bucket else made)(clients, name)
    control = point(clients, name, **({"PublicAccessBlockConfiguration": OPEN} if open_point else {}))

    assert put(control, name, text(name, who)) == answer
    if answer == "taken":
        status = control.get_access_point_policy_status(AccountId=ACCOUNT, Name=name)
        assert status["PolicyStatus"]["IsPublic"] is (who == "*")


def test_what_is_no_policy_is_malformed(clients: Clients, name: str) -> None:
    """An access point takes policies only, and has no status without one."""
    made(clients, name)
    control = point(clients, name)

    assert put(control, name, json.dumps({"Statement": 1})) == "MalformedPolicy"
    assert (
        code(lambda: control.get_access_point_policy_status(AccountId=ACCOUNT, Name=name))
        == "NoSuchAccessPointPolicy"
    )


def test_what_is_not_there_is_said(clients: Clients, name: str) -> None:
    """An access point that was deleted can be neither deleted, read nor given a policy."""
    made(clients, name)
    control = point(clients, name)
    control.delete_access_point(AccountId=ACCOUNT, Name=name)

    assert code(lambda: control.delete_access_point(AccountId=ACCOUNT, Name=name)) == "NoSuchAccessPoint"
    assert code(lambda: control.get_access_point(AccountId=ACCOUNT, Name=name)) == "NoSuchAccessPoint"
    assert put(control, name, text(name, "*")) == "NoSuchAccessPoint"
