"""Looking into buckets ends at the deadline, also where a call never comes back."""

from threading import Event

from audits.contents import Questions
from bucketwright.calls import Answer, Call, Failure, Outcome
from bucketwright.looking.scope import Scope
from bucketwright.s3.limits import Deadline

LISTING = Call("s3", "ListMultipartUploads", {"Bucket": "files"})


def test_a_call_that_waits_for_ever_is_late() -> None:
    """As where the SDK waits for its turn after the service asked for fewer requests."""
    ended = Event()

    def waits(_call: Call) -> Outcome:
        ended.wait(60)
        return Answer({})

    questions = Questions(waits, Scope(), True, Deadline.after(0.2))

    assert questions.one(LISTING) == Failure("late")
    ended.set()


def test_a_call_that_comes_back_is_answered() -> None:
    """As it was answered."""
    questions = Questions(lambda _: Answer({"Bucket": "files"}), Scope(), True, Deadline())

    assert questions.one(LISTING) == Answer({"Bucket": "files"})
