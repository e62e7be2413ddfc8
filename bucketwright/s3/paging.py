"""How is an answer of many pages read whole? To its end, never in circles, and joined to one."""

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from botocore.model import OperationModel
from botocore.paginate import Paginator
from botocore.session import Session

from bucketwright.s3.wholeness import BadAnswerError

Page: TypeAlias = MutableMapping[str, object]
Turn: TypeAlias = Callable[[Mapping[str, object]], Page]
"""Sends one request with these parameters."""
_CONFIGURATIONS: Final = ("ContinuationToken", "NextContinuationToken", "IsTruncated", "")
_NEXT: Final = ("NextToken", "NextToken", "", "MaxResults")
_BESIDE: Final[Mapping[tuple[str, str], tuple[str, tuple[str, str, str, str]]]] = {
    ("s3", "ListBucketAnalyticsConfigurations"): ("AnalyticsConfigurationList", _CONFIGURATIONS),
    ("s3", "ListBucketIntelligentTieringConfigurations"): (
        "IntelligentTieringConfigurationList",
        _CONFIGURATIONS,
    ),
    ("s3", "ListBucketInventoryConfigurations"): ("InventoryConfigurationList", _CONFIGURATIONS),
    ("s3", "ListBucketMetricsConfigurations"): ("MetricsConfigurationList", _CONFIGURATIONS),
    ("cloudfront", "ListKeyGroups"): (
        "KeyGroupList.Items",
        ("Marker", "KeyGroupList.NextMarker", "", "MaxItems"),
    ),
    ("s3control", "ListAccessPoints"): ("AccessPointList", _NEXT),
    ("s3control", "ListAccessGrants"): ("AccessGrantsList", _NEXT),
    ("s3control", "ListAccessGrantsInstances"): ("AccessGrantsInstancesList", _NEXT),
    ("s3control", "ListMultiRegionAccessPoints"): ("AccessPoints", _NEXT),
    ("events", "ListEventBuses"): ("EventBuses", ("NextToken", "NextToken", "", "Limit")),
}
"""Operations with pages that the SDK has no paginator for: their list, and the fields that turn the page."""
_OF_ONE_PAGE: Final = frozenset({"EncodingType", "KeyCount"})


@dataclass(frozen=True, slots=True)
class Paging:
    """How the pages of one operation are turned."""

    config: Mapping[str, object]
    model: OperationModel
    most_pages: int

    @property
    def limit(self) -> str:
        """The parameter that says how long a page is."""
        return str(self.config.get("limit_key") or "")

    @property
    def more(self) -> str:
        """The field that says whether another page follows."""
        return str(self.config.get("more_results") or "")

    def whole(self, turn: Turn, params: Mapping[str, object]) -> Page:
        """All pages as one, without what turned them."""
        joined: Page = {}
        last: Page = {}
        for last in self._pages(turn, params):
            self._join(joined, last)
        if self.more and _at(last, self.more):
            raise BadAnswerError("more is said to follow, and not how to ask for it")
        return self._without_turning(joined)

    def only(self, page: Page) -> Page | None:
        """The same of a first page that says that none follows; None of any other."""
        if not self.more or _at(page, self.more) is not False:
            return None
        return self._without_turning(page)

    def _without_turning(self, joined: Page) -> Page:
        for name in (*self._names(), *_OF_ONE_PAGE):
            joined.pop(name, None)
        return joined

    def _pages(self, turn: Turn, params: Mapping[str, object]) -> Iterator[Page]:
        asked: set[str] = set()

        def turned(**wishes: object) -> Page:
            wish = json.dumps(wishes, sort_keys=True, default=str)
            if wish in asked:
                raise BadAnswerError("the same page was pointed to twice")
            asked.add(wish)
            if len(asked) > self.most_pages:
                raise BadAnswerError(f"the answer has more than {self.most_pages} pages")
            page = turn(wishes)
            self._refuse_unended(page)
            return page

        yield from Paginator(turned, dict(self.config), self.model).paginate(**params)

    def _refuse_unended(self, page: Page) -> None:
        """S3 always says whether more follows; what does not is not S3."""
        if self.more and self.model.service_model.service_name == "s3" and _at(page, self.more) is None:
            raise BadAnswerError(f"it is not said whether more follows: {self.more} is missing")

    def _join(self, joined: Page, page: Page) -> None:
        if not joined:
            joined.update(page)
            return
        for path in _texts(self.config["result_key"]):
            *way, name = path.split(".")
            into, more = _inside(joined, way), _inside(page, way).get(name)
            held = into.get(name)
            if isinstance(more, list):
                into[name] = [*held, *more] if isinstance(held, list) else more

    def _names(self) -> Iterator[str]:
        fields = (self.config[key] for key in ("input_token", "output_token") if key in self.config)
        for field in fields:
            yield from _texts(field)
        yield from filter(None, (self.limit, self.more))


def paging_of(session: Session, service: str, model: OperationModel, most_pages: int) -> Paging | None:
    """How the operation's pages are turned; None where it has but one."""
    try:
        config = session.get_paginator_model(service).get_paginator(model.name)
    except ValueError:
        known = _BESIDE.get((service, model.name))
        if known is None:
            return None
        result, (given, answered, more, limit) = known
        named = {"input_token": given, "output_token": answered, "result_key": result}
        config = named | ({"more_results": more} if more else {}) | ({"limit_key": limit} if limit else {})
    return Paging(config, model, most_pages)


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()


def _at(page: Page, path: str) -> object:
    found: object = page
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _inside(page: Page, way: list[str]) -> Page:
    for name in way:
        inner = page.get(name)
        page = inner if isinstance(inner, dict) else {}
    return page
