"""Does the version that a copy took the place of go away only where it is surely what was copied?"""

from collections.abc import Callable
from typing import Final

import pytest

from audits.fixing_apply import Hands
from audits.fixing_older import let_go
from audits.fixing_things import ContentFix
from bucketwright.calls import Answer, Call, Failure, Outcome
from tests.audits.fixing_model import ground, thing

FIX: Final = ContentFix(
    1, "object:shop/a.png", "bucket:shop", thing(), {"ContentType": "a"}, {"ContentType": "b"}, (),
    etag='"old"', replaced="v1",
)  # fmt: skip
NOW: Final = {"VersionId": "v2", "ETag": '"old"'}
THERE: Final = Answer({"ETag": '"old"', "VersionId": "v1"})
GONE: Final = Failure("gone", "404")


def _deleted(answer: Outcome, *, goes: bool = True) -> Callable[[Call], Outcome]:
    """A server that answers a deletion so, and whether the version is gone then."""
    is_gone = False

    def send(call: Call) -> Outcome:
        nonlocal is_gone
        assert call.params["VersionId"] == "v1"
        if call.operation == "DeleteObject":
            is_gone = goes
            return answer
        return GONE if is_gone else THERE

    return send


@pytest.mark.parametrize(
    ("send", "sent", "stays"),
    [
        (_deleted(Answer()), 1, ""),
        (_deleted(Failure("unreachable")), 1, ""),
        (_deleted(Failure("unreachable"), goes=False), 1, "stays"),
        (_deleted(Failure("denied", "AccessDenied"), goes=False), 1, "s3:DeleteObjectVersion is denied"),
        (lambda _: GONE, 0, ""),
        (lambda _: Failure("denied", "403"), 0, "s3:GetObjectVersion is denied"),
        (lambda _: Answer({"ETag": '"new"'}), 0, "it is another by now"),
        (lambda _: Answer({}), 0, "it is another by now"),
        (lambda _: Failure("unsupported", "405"), 0, "it is another by now"),
    ],
    ids=[
        "it is deleted", "the answer is lost", "the call is lost", "the deletion is refused",
        "it is gone already", "nobody may look", "other content lies there", "nobody says what lies there",
        "a delete marker lies there",
    ],
)  # fmt: skip
def test_what_becomes_of_it(send: Callable[[Call], Outcome], sent: int, stays: str) -> None:
    """Nothing is deleted that was not copied, and what stays is said with the reason."""
    calls, why = let_go(FIX, NOW, ground(versions="Enabled"), Hands(send, send, lambda _: None))

    assert len(calls) == sent
    assert stays in why
    assert bool(why) == bool(stays)


@pytest.mark.parametrize("now", [{}, {"VersionId": "v1"}], ids=["no versions", "overwritten"])
def test_what_no_copy_left_behind_is_not_asked_about(now: dict[str, object]) -> None:
    """The current object is that version, or there are none."""

    def send(call: Call) -> Outcome:
        raise AssertionError(call)

    hands = Hands(send, send, lambda _: None)

    assert let_go(FIX, {"ETag": '"old"', **now}, ground(), hands) == ((), "")
