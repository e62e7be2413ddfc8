"""Everything is asked as soon as it can be, and nothing twice."""

from collections.abc import Iterator
from random import Random
from typing import NoReturn

from hypothesis import given
from hypothesis import strategies as st

from audits.steps import Asking, Steps
from bucketwright.calls import Answer, Call, Outcome

Tree = dict[str, "Tree"]


def call(name: str) -> Call:
    return Call("s3", name)


def one_after_the_other(names: list[str], told: list[str]) -> Steps:
    """Asks for each once the one before it is answered."""
    for name in names:
        yield (call(name),)
        told.append(name)
    return ()


def test_a_call_that_two_wait_for_is_made_once() -> None:
    """Both go on when it is answered."""
    asking, told = Asking(), list[str]()
    first = asking.begin([one_after_the_other(["a", "b"], told), one_after_the_other(["a", "c"], told)])

    assert [one.operation for one in first] == ["a"]
    assert {one.operation for one in asking.answered(call("a"), Answer())} == {"b", "c"}
    assert told == ["a", "a"]


def test_what_is_known_already_is_not_waited_for() -> None:
    """Whoever asks later for what was answered goes on at once."""
    asking, told = Asking(), list[str]()
    asking.begin([one_after_the_other(["a"], told)])
    asking.answered(call("a"), Answer())

    assert [one.operation for one in asking.begin([one_after_the_other(["a", "b"], told)])] == ["b"]


class NotGoneThrough(dict[str, Outcome]):
    """Answers that can be looked up, and not be gone through."""

    def keys(self) -> NoReturn:
        raise AssertionError("all answers were gone through")


def test_a_step_does_not_go_through_all_answers() -> None:
    """There are thousands of both."""
    asking = Asking(NotGoneThrough())
    asking.begin([one_after_the_other(["a", "b"], [])])

    assert [one.operation for one in asking.answered(call("a"), Answer())] == ["b"]


def test_several_calls_at_once_are_waited_for_together() -> None:
    """Only the last of their answers leads on."""

    def both() -> Steps:
        yield (call("a"), call("b"))
        return [one_after_the_other(["c"], [])]

    asking = Asking()

    assert len(asking.begin([both()])) == 2
    assert asking.answered(call("b"), Answer()) == []
    assert [one.operation for one in asking.answered(call("a"), Answer())] == ["c"]


def test_steps_that_ask_nothing_are_over_at_once() -> None:
    """What they lead to is begun all the same."""

    def nothing() -> Steps:
        yield ()
        return [one_after_the_other(["a"], [])]

    assert [one.operation for one in Asking().begin([nothing()])] == ["a"]


TREES = st.recursive(
    st.just(Tree()),
    lambda below: st.dictionaries(st.text("abcdef", min_size=1, max_size=2), below, max_size=3),
    max_leaves=20,
)


@given(TREES, st.integers())
def test_every_call_is_made_once_and_after_what_it_follows_from(tree: Tree, seed: int) -> None:
    """Whatever leads to what, and in whatever order the answers come."""
    asking, made, order = Asking(), list[str](), Random(seed)  # noqa: S311 - an order, no secret
    waiting = asking.begin(grown(tree))
    while waiting:
        answered = waiting.pop(order.randrange(len(waiting)))
        made.append(answered.operation)
        waiting += asking.answered(answered, Answer())

    assert sorted(made) == sorted(set(names(tree)))
    assert made == [] or made[0] in tree


def grown(tree: Tree) -> Iterator[Steps]:
    return (branch(name, below) for name, below in tree.items())


def branch(name: str, below: Tree) -> Steps:
    yield (call(name),)
    return grown(below)


def names(tree: Tree) -> Iterator[str]:
    for name, below in tree.items():
        yield name
        yield from names(below)
