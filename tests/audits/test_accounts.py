"""Several accounts at once: each is looked at by its own role, and one's failure is its own."""

from audits.accounts import look_everywhere
from audits.live import CannotLookError, Looked
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.looking.scope import Scope
from tests.audits.paper import listing

NUMBERS = tuple(f"{number}" * 12 for number in range(1, 8))
LOCKED = NUMBERS[3]


def send(call: Call) -> Outcome:
    """Each has one bucket, called after it; one cannot be entered, and one is not who it should be."""
    match call.operation:
        case _ if call.account == LOCKED:
            return Failure("credentials", "AccessDenied", "the role cannot be assumed")
        case "GetCallerIdentity":
            return Answer({"Account": call.account if call.account != NUMBERS[5] else NUMBERS[0]})
        case "ListBuckets":
            return listing(f"files-{call.account}")
    return Failure("denied")


def test_each_account_is_looked_at_and_a_locked_one_is_no_matter_of_the_others() -> None:
    """What was seen in the others is all there, each signed by its own role."""
    found = look_everywhere(send, {one: Scope(signer=one) for one in NUMBERS})

    assert tuple(found) == NUMBERS
    refused = {one: str(seen) for one, seen in found.items() if isinstance(seen, CannotLookError)}
    assert refused.keys() == {LOCKED, NUMBERS[5]}
    assert refused[LOCKED] == "the role cannot be assumed"
    for number, seen in found.items():
        if isinstance(seen, Looked):
            assert seen.account == number
            assert f"bucket:files-{number}" in seen.subjects
            assert seen.targets[f"bucket:files-{number}"].signer == number


def test_no_accounts_are_nothing_to_look_at() -> None:
    """An empty list is no error."""
    assert look_everywhere(send, {}) == {}
