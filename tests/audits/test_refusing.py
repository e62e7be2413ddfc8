"""Why nothing can be looked at: a sentence that says what was asked, and what to do."""

import pytest

from audits.refusing import Reason, no_list, nobody
from bucketwright.calls import Failure


@pytest.mark.parametrize(
    ("failure", "parts"),
    [
        pytest.param(
            Failure("denied", "AccessDenied", "Access Denied"),
            ("sts:GetCallerIdentity is denied (AccessDenied: Access Denied)", "use others"),
            id="denied",
        ),
        pytest.param(
            Failure("throttled", "SlowDown", "Please reduce your request rate."),
            ("sts:GetCallerIdentity unanswered (SlowDown: Please", "try again later"),
            id="throttled",
        ),
        pytest.param(
            Failure("refused", "Odd", "{0} is odd"),
            ("does not say whose credentials", "sts:GetCallerIdentity was answered by Odd: {0} is odd"),
            id="any other code",
        ),
        pytest.param(Failure("denied"), ("may not even ask whose they are",), id="without a word"),
        pytest.param(Failure("credentials", "X", "sign in again"), ("sign in again",), id="advice"),
    ],
)
def test_whose_credentials_are_not_known(failure: Failure, parts: tuple[str, ...]) -> None:
    """The call is named where the service's own words would not say what was asked."""
    refused = nobody(failure)

    assert refused.reason == failure.kind
    assert all(part in str(refused) for part in parts)


def test_another_account_is_said_as_it_is() -> None:
    """That no call failed there is clear."""
    other = nobody(Failure("credentials", "WrongAccount", "the credentials are of account '1'"))

    assert (other.reason, str(other)) == ("account", "the credentials are of account '1'")


@pytest.mark.parametrize(
    ("reason", "todo"),
    [
        ("denied", "grant that"),
        ("throttled", "try again"),
        ("late", "try again"),
        ("refused", "put that right"),
    ],
)
def test_buckets_cannot_be_listed(reason: Reason, todo: str) -> None:
    """Trying again is said only where it may help."""
    assert str(no_list(reason, "so")) == f"the buckets cannot be listed: so; {todo}, or name buckets"
