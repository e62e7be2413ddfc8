"""Who reads what waits for a scan, and how does its scanner learn of it?"""

from typing import Final

import pytest

from bucketwright.contract.access.bucket_policy import bucket_policy
from bucketwright.contract.access.isolation import check_isolation
from bucketwright.contract.access.quarantine import quarantine_of, quarantines, queue_arn, queue_name
from bucketwright.contract.access.role_policy import role_policies
from bucketwright.contract.model import Environment
from tests.contract.access.environments import ACCOUNT, environment
from tests.contract.access.oracle import allows

SCANNER: Final = f"arn:aws:iam::{ACCOUNT}:role/shop-prod-scanner"
OTHER: Final = f"arn:aws:iam::{ACCOUNT}:role/shop-prod-scanner2"
EVERYTHING: Final = {"Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
ARN: Final = "arn:aws:s3:::shop-prod-files"


def quarantine(**settings: object) -> Environment:
    """A bucket with a quarantine, its scanner and one who uploads."""
    return environment(
        buckets={
            "files": {
                "require_tls": False,
                "prefixes": {
                    "incoming": {
                        "path": "in/{id:int}/",
                        "quarantine": {"scanner": "scanner", "release_to": "files/kept"},
                    },
                    "kept": {"path": "kept/"},
                },
            }
        },
        access={
            "scanner": {
                "trusts": "ecs-tasks.amazonaws.com",
                "read": "files/incoming",
                "delete": "files/incoming",
                "write": "files/kept",
            },
            "web": {"trusts": "lambda.amazonaws.com", "write": "files/incoming"},
        },
        **settings,
    )


@pytest.mark.parametrize(
    ("principal", "action", "key", "expected"),
    [
        pytest.param(SCANNER, "s3:GetObject", "in/7/a.pdf", True, id="the scanner reads"),
        pytest.param(
            OTHER, "s3:GetObject", "in/7/a.pdf", False, id="a role of nearly the same name does not"
        ),
        pytest.param(OTHER, "s3:GetObjectVersion", "in/7/a.pdf", False, id="nor an old version"),
        pytest.param(OTHER, "s3:GetObjectVersionForReplication", "in/7/a.pdf", False, id="nor for a copy"),
        pytest.param(OTHER, "s3:GetObjectVersionForReplication", "kept/a", True, id="released files go on"),
        pytest.param(None, "s3:GetObject", "in/7/a.pdf", False, id="a service does not"),
        pytest.param(OTHER, "s3:GetObject", "kept/a.pdf", True, id="released files are read"),
        pytest.param(OTHER, "s3:PutObject", "in/7/a.pdf", True, id="everybody granted may upload"),
    ],
)
def test_only_the_scanner_reads(principal: str | None, action: str, key: str, expected: bool) -> None:
    """Whatever another policy allows, the bucket's policy keeps all but the scanner from what waits."""
    request = {"action": action, "resource": f"{ARN}/{key}"}
    if principal is not None:
        request["aws:PrincipalArn"] = principal

    assert allows([EVERYTHING, bucket_policy(quarantine(), "files")], request) is expected


@pytest.mark.parametrize("key", ["in/7/a.pdf", "in/x/a.pdf", "in/7/", "in/", "in", "kept/in/7/a", "inn/7/a"])
def test_whoever_asks_is_told_which_keys_the_policy_shuts(key: str) -> None:
    """All that it does, also those that the contract's template would not take, and no others."""
    contract = quarantine()
    request = {"action": "s3:GetObject", "resource": f"{ARN}/{key}", "aws:PrincipalArn": OTHER}
    place = quarantine_of(contract, "files")(key)

    assert (place is None) is allows([EVERYTHING, bucket_policy(contract, "files")], request)
    assert place is None or place.prefix_id == "incoming"


def test_without_a_known_account_the_name_of_the_role_counts() -> None:
    """The scanner reads in whatever account the environment is deployed to."""
    policy = bucket_policy(quarantine(account=None), "files")
    request = {"action": "s3:GetObject", "resource": f"{ARN}/in/7/a"}

    assert allows([EVERYTHING, policy], {**request, "aws:PrincipalArn": SCANNER})
    assert not allows([EVERYTHING, policy], {**request, "aws:PrincipalArn": OTHER})


def test_the_scanner_receives_from_its_queue_alone() -> None:
    """Its policy names the queue of its quarantine; no other role has anything to do with it."""
    scanned = quarantine()
    [place] = quarantines(scanned)
    mine, theirs = (role_policies(scanned, role)[0] for role in ("scanner", "web"))
    request = {"action": "sqs:ReceiveMessage", "resource": queue_arn(scanned, place)}

    assert queue_arn(scanned, place) == f"arn:aws:sqs:us-west-2:{ACCOUNT}:shop-prod-files_incoming"
    assert allows([mine], request)
    assert not allows([mine], {**request, "resource": queue_arn(scanned, place, dead=True)})
    assert not allows([theirs], request)


def test_without_a_known_account_only_queues_of_its_own_account_are_meant() -> None:
    """A queue of the same name in another account is out of reach."""
    scanned = quarantine(account=None)
    policy = role_policies(scanned, "scanner")[0]
    queue = {
        "action": "sqs:ReceiveMessage",
        "resource": f"arn:aws:sqs:us-west-2:{ACCOUNT}:shop-prod-files_incoming",
    }

    assert '"aws:ResourceAccount": "${aws:PrincipalAccount}"' in repr(policy).replace("'", '"')
    assert not allows([policy], queue)


def test_a_long_name_is_cut_with_a_hash_of_the_whole() -> None:
    """Queues of long ids have names that SQS takes, and that differ."""
    scanned = quarantine(project="p" * 48, name="e" * 30)
    [place] = quarantines(scanned)
    names = {queue_name(scanned, place), queue_name(scanned, place, dead=True)}

    assert len(names) == 2
    assert {len(name) for name in names} == {80}


def test_a_quarantine_keeps_roles_apart() -> None:
    """What the scanner and the uploader may do is isolated as it is for other roles."""
    assert not list(check_isolation(quarantine()))
