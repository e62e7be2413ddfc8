"""How does somebody do what a block or a policy forbids, and leave no trace of having lifted it?"""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError

from sandbox.accounts import account_of
from sandbox.drifts.drift import Live
from sandbox.drifts.settings import BLOCK, POLICY, AnyBucket


@contextmanager
def account_unblocked(live: Live) -> Iterator[None]:
    """Within it the account blocks nothing public; whatever it blocked it blocks again afterwards."""
    control, account = live.client("s3control"), account_of(live.environment)
    try:
        answer = control.get_public_access_block(AccountId=account)
    except ClientError as refused:
        if refused.response.get("Error", {}).get("Code") != "NoSuchPublicAccessBlockConfiguration":
            raise
        yield
        return
    control.delete_public_access_block(AccountId=account)
    try:
        yield
    finally:
        block = answer["PublicAccessBlockConfiguration"]
        control.put_public_access_block(AccountId=account, PublicAccessBlockConfiguration=block)


@contextmanager
def unblocked(live: Live, at: AnyBucket) -> Iterator[None]:
    """Within it neither account nor bucket blocks anything public."""
    with account_unblocked(live):
        undo = BLOCK.replace(live, at, None)
        try:
            yield
        finally:
            undo()


@contextmanager
def without_policy(live: Live, at: AnyBucket) -> Iterator[None]:
    """Within it the bucket has no policy that could refuse anything."""
    undo = POLICY.replace(live, at, None)
    try:
        yield
    finally:
        undo()
