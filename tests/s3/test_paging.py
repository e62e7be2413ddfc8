"""No list is taken for whole that has another page, also where the SDK does not know how to turn it."""

from collections.abc import Iterator, Mapping
from functools import cache

import pytest
from botocore.model import OperationModel, Shape
from botocore.session import Session

from bucketwright.estate import READERS
from bucketwright.facets.reading import LiveFacet, Read
from bucketwright.looking import object_reads, questions
from bucketwright.looking.questions import TO_FIND, TO_KNOW_AGAIN
from bucketwright.s3.paging import Page, Paging, paging_of
from bucketwright.s3.wholeness import BadAnswerError

MOST = 5
TURNING = frozenset({"nexttoken", "nextmarker", "nextcontinuationtoken", "istruncated", "truncated"})
"""Fields by which an answer says that there is more."""
BESIDE = [
    ("cloudfront", "ListKeyGroups"),
    ("events", "ListEventBuses"),
    ("s3", "ListBucketAnalyticsConfigurations"),
    ("s3", "ListBucketIntelligentTieringConfigurations"),
    ("s3", "ListBucketInventoryConfigurations"),
    ("s3", "ListBucketMetricsConfigurations"),
    ("s3control", "ListAccessPoints"),
]
"""Operations that the SDK has no paginator for."""


@cache
def session() -> Session:
    """The SDK's descriptions of all services."""
    return Session()


def model_of(service: str, operation: str) -> OperationModel:
    return session().get_service_model(service).operation_model(operation)


def paging(service: str, operation: str) -> Paging:
    """How its pages are turned."""
    found = paging_of(session(), service, model_of(service, operation), MOST)
    assert found is not None
    return found


def every_read() -> Iterator[Read]:
    """All that an audit may ask."""
    for _, facets in READERS.values():
        for facet in facets.values():
            yield from facet.READS if isinstance(facet, LiveFacet) else ()
    for table in (TO_FIND, TO_KNOW_AGAIN):
        for reads in table.values():
            yield from reads
    for module in (object_reads, questions):
        yield from (one for one in vars(module).values() if isinstance(one, Read))


def fields(shape: Shape | None) -> Iterator[str]:
    """Those of an answer, and of what it wraps."""
    for name, inner in shape.members.items() if shape is not None else ():
        yield name
        if inner.type_name == "structure":
            yield from inner.members


@pytest.mark.parametrize(
    ("service", "operation"), sorted({(one.service, one.operation) for one in every_read()})
)
def test_what_may_have_more_pages_is_turned(service: str, operation: str) -> None:
    """Each call of an audit whose answer can say that there is more."""
    model = model_of(service, operation)
    turned = paging_of(session(), service, model, MOST) is not None

    assert turned or TURNING.isdisjoint(name.lower() for name in fields(model.output_shape))


def laid(path: str, value: object) -> dict[str, object]:
    """A value at a path."""
    first, _, rest = path.partition(".")
    return {first: laid(rest, value) if rest else value}


def merged(*several: Mapping[str, object]) -> dict[str, object]:
    """Pages with all of their parts."""
    whole: dict[str, object] = {}
    for one in several:
        for name, value in one.items():
            held = whole.get(name)
            whole[name] = merged(held, value) if isinstance(held, dict) and isinstance(value, dict) else value
    return whole


def page(of: Paging, item: str, token: str, *, more: bool) -> Page:
    """One page with one entry, and a token of the next where there is one."""
    entries = laid(str(of.config["result_key"]), [item])
    said = laid(of.more, more) if of.more else {}
    following = laid(str(of.config["output_token"]), token) if token else {}
    return merged(entries, said, following)


def listed(of: Paging, whole: Mapping[str, object]) -> object:
    found: object = whole
    for name in str(of.config["result_key"]).split("."):
        assert isinstance(found, Mapping)
        found = found[name]
    return found


@pytest.mark.parametrize(("service", "operation"), BESIDE, ids=lambda one: one)
def test_pages_are_turned_to_the_last(service: str, operation: str) -> None:
    """Each is asked for with the token of the one before; all entries are in one answer."""
    of, asked = paging(service, operation), list[object]()

    def turn(params: Mapping[str, object]) -> Page:
        asked.append(params.get(str(of.config["input_token"])))
        number = len(asked)
        return page(of, f"item-{number}", f"token-{number}" if number < 3 else "", more=number < 3)

    whole = of.whole(turn, {})

    assert asked == [None, "token-1", "token-2"]
    assert listed(of, whole) == ["item-1", "item-2", "item-3"]


@pytest.mark.parametrize(("service", "operation"), [one for one in BESIDE if one[0] == "s3"])
def test_a_first_page_that_is_the_last(service: str, operation: str) -> None:
    """It is the whole answer, as if pages had been turned; one that does not say so is not."""
    of, key = paging(service, operation), str(paging(service, operation).config["result_key"])

    assert of.only(page(of, "x", "", more=False)) == of.whole(lambda _: page(of, "x", "", more=False), {})
    assert of.only(page(of, "x", "token", more=True)) is None
    assert of.only(laid(key, ["x"])) is None


@pytest.mark.parametrize(("service", "operation"), BESIDE, ids=lambda one: one)
def test_pages_without_an_end_are_a_bad_answer(service: str, operation: str) -> None:
    """In a circle, or one more each time."""
    of, numbers = paging(service, operation), iter(range(100))

    with pytest.raises(BadAnswerError, match="more than 5 pages"):
        of.whole(lambda _: page(of, "x", f"token-{next(numbers)}", more=True), {})
    with pytest.raises(BadAnswerError, match="pointed to twice"):
        of.whole(lambda _: page(of, "x", f"token-{next(numbers) % 2}", more=True), {})


@pytest.mark.parametrize(("service", "operation"), [one for one in BESIDE if one[0] == "s3"])
def test_a_list_of_s3_says_whether_it_goes_on(service: str, operation: str) -> None:
    """More without a token, or no word of it, is a bad answer, and never the end."""
    of = paging(service, operation)

    with pytest.raises(BadAnswerError, match="not how to ask for it"):
        of.whole(lambda _: page(of, "x", "", more=True), {})
    with pytest.raises(BadAnswerError, match="not said whether more follows"):
        of.whole(lambda _: laid(str(of.config["result_key"]), ["x"]), {})
