"""A bucket that holds objects already, and whose contract comes to lock what is in it."""

from pathlib import Path

import pytest

from bucketwright.contract.loading import load
from sandbox.accounts import account_of
from sandbox.engine import engine_stack
from sandbox.server import Server

pytestmark = pytest.mark.engine

OPEN = """\
project: vault
region: us-west-2
environments: {dev: {account: 111122223333}}
buckets:
  records:
    versioning: enabled
    replication: {to: copies}
  copies: {versioning: enabled}
"""
LOCKED = OPEN.replace(
    "replication:", "object_lock: {mode: governance, retain: 9 days}\n    replication:"
).replace("copies: {versioning: enabled}", "copies: {versioning: enabled, object_lock: {}}")


def test_a_lock_changes_a_bucket_and_does_not_replace_it(aws: Server, engine: Path, tmp_path: Path) -> None:
    """What is in it stays, the lock is live, and the next `up` has nothing to do."""
    contract = tmp_path / "contract.yaml"
    contract.write_text(OPEN)
    environment = load(contract).environments["dev"]
    s3 = aws.clients(account=account_of(environment), region="us-west-2").client("s3")
    with engine_stack(aws, tmp_path, engine, "dev", {"contract": str(contract)}) as stack:
        stack.up()
        s3.put_object(Bucket="vault-dev-records", Key="a", Body=b"kept")

        contract.write_text(LOCKED)
        changes = stack.up().summary.resource_changes
        again = stack.up().summary.resource_changes

        locks = [
            s3.get_object_lock_configuration(Bucket=f"vault-dev-{one}")["ObjectLockConfiguration"]
            for one in ("records", "copies")
        ]
        assert changes is not None
        made = {str(word): count for word, count in changes.items() if word != "same"}
        assert made == {"create": 2, "update": 1}  # the locks; what the role that copies may do
        assert again is not None
        assert set(again) == {"same"}
        assert s3.get_object(Bucket="vault-dev-records", Key="a")["Body"].read() == b"kept"
        assert locks == [
            {
                "ObjectLockEnabled": "Enabled",
                "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 9}},
            },
            {"ObjectLockEnabled": "Enabled"},
        ]
