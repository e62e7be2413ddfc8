"""On a server without accounts what hangs on one is not decided, and the reason is that there is none."""

import pytest

from audits.live import look
from bucketwright.calls import Call, Failure, Outcome
from bucketwright.estate import AccountPosture
from bucketwright.looking.scope import Scope
from bucketwright.posture import Undetermined
from tests.audits.sandboxed import ALL


def answering(call: Call) -> Outcome:
    """S3 alone, of which nothing is known."""
    if call.service != "s3":
        return Failure("unsupported", "NotAsked", f"it has no service {call.service}")
    return Failure("denied", "AccessDenied")


def test_the_reason_is_that_this_server_has_none() -> None:
    """And not that nobody looked."""
    looked = look(answering, Scope(selection=ALL, buckets=frozenset({"files"})))

    assert looked.account == ""
    with pytest.raises(Undetermined, match="this server has no accounts"):
        looked.estate.only(AccountPosture)
