"""What is set of an account, a key, a queue or an access point of the sandbox is what is read of it."""

import json
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bucketwright.calls import Answer, Call, Send
from bucketwright.facets import access_point, account, key, queue, role
from bucketwright.facets.bucket.policy import policy_of
from bucketwright.facets.bucket.public_access_block import PublicAccessBlock
from bucketwright.facets.reading import Target
from sandbox.server import Server
from tests.facets.live import ACCOUNT, REGION, asked, sender, sent, site

LAW: Final = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
KINDS: Final[dict[str, Any]] = {
    "access_point": access_point,
    "account": account,
    "key": key,
    "queue": queue,
    "role": role,
}


def trust(account: str) -> str:
    """A policy that lets one account take a role on."""
    who = {"AWS": f"arn:aws:iam::{account}:root"}
    statement = {"Effect": "Allow", "Principal": who, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def policies(action: str, resource: str) -> st.SearchStrategy[object]:
    """Documents that let the account itself in, and perhaps another; KMS takes none that shuts it out."""
    return st.sampled_from(((ACCOUNT,), (ACCOUNT, "210987654321"))).map(
        lambda several: policy_of(
            json.dumps(
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": f"Of{one}",
                            "Effect": "Allow",
                            "Principal": {"AWS": f"arn:aws:iam::{one}:root"},
                            "Action": action,
                            "Resource": resource,
                        }
                        for one in several
                    ],
                }
            )
        )
    )


_POINT: Final = f"arn:aws:s3:{REGION}:{ACCOUNT}:accesspoint/door"
VALUES: Final[dict[str, st.SearchStrategy[Any]]] = {
    "access_point.policy": st.none() | policies("s3:GetObject", f"{_POINT}/object/*"),
    "account.public_access_block": st.builds(PublicAccessBlock, *[st.booleans()] * 4),
    "key.aliases": st.frozensets(st.sampled_from(("alias/a", "alias/b", "alias/c/d"))),
    "key.enabled": st.booleans(),
    "key.policy": policies("kms:*", "*"),
    "key.rotation": st.none() | st.integers(90, 2560),
    "queue.policy": st.none() | policies("sqs:SendMessage", f"arn:aws:sqs:{REGION}:{ACCOUNT}:arrivals"),
    "role.boundary": st.sampled_from((None, "arn:aws:iam::aws:policy/ReadOnlyAccess")),
    "role.managed": st.frozensets(st.just("arn:aws:iam::aws:policy/ReadOnlyAccess")),
    "role.max_session": st.integers(3600, 43_200),
    "role.trust": st.sampled_from((ACCOUNT, "210987654321")).map(trust).map(policy_of),
}


def answered(send: Send, service: str, operation: str, **params: object) -> Any:
    outcome = send(Call(service, operation, params, REGION))
    assert isinstance(outcome, Answer), outcome
    return outcome.values


def target(send: Send, kind: str) -> Target:
    """Something new of a kind, as calls name it."""
    return Target(kind, "one", _made(send, kind), REGION, ACCOUNT)


def _made(send: Send, kind: str) -> dict[str, str]:
    match kind:
        case "access_point":
            placed = {"LocationConstraint": REGION}
            send(Call("s3", "CreateBucket", {"Bucket": "doors", "CreateBucketConfiguration": placed}, REGION))
            named = {"AccountId": ACCOUNT, "Name": "door"}
            send(Call("s3control", "CreateAccessPoint", {**named, "Bucket": "doors"}, REGION))
            send(Call("s3control", "DeleteAccessPointPolicy", named, REGION))
            return named
        case "key":
            return {"KeyId": answered(send, "kms", "CreateKey")["KeyMetadata"]["KeyId"]}
        case "queue":
            url = answered(send, "sqs", "CreateQueue", QueueName="arrivals")["QueueUrl"]
            answered(send, "sqs", "SetQueueAttributes", QueueUrl=url, Attributes={"Policy": ""})
            return {"QueueUrl": url}
        case "role":
            send(
                Call("iam", "CreateRole", {"RoleName": "loader", "AssumeRolePolicyDocument": trust(ACCOUNT)})
            )
            return {"RoleName": "loader"}
    return {"AccountId": ACCOUNT}


@pytest.mark.parametrize("called", VALUES)
@LAW
@given(data=st.data())
def test_what_is_set_is_read(server: Server, called: str, data: st.DataObject) -> None:
    """From any value to any other, one after the other; and nothing is sent where nothing differs."""
    kind, _, name = called.partition(".")
    send, facet = sender(server), KINDS[kind].FACETS[name]
    one = target(send, kind)
    before = facet.from_api(asked(send, one, facet.READS))
    made = before if called == "key.aliases" else None
    for after in data.draw(st.lists(VALUES[called], min_size=1, max_size=3)):
        sent(send, facet.to_api(before, after, site(one)))

        assert facet.from_api(asked(send, one, facet.READS)) == after
        assert facet.to_api(after, after, site(one)) == ()
        before = after
    if made is not None:
        sent(send, facet.to_api(before, made, site(one)))
