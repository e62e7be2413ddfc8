"""The scan of a fix goes over the wire; each look before and after a change, and the change, by the SDK."""

from collections import Counter

import pytest

from bucketwright.calls import Call, Done
from bucketwright.s3.wire.sending import WireSend
from tests.cli.fixing_shop import RULE, Shop


def test_objects_are_scanned_over_the_wire(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lists and its HEAD of each object; twice, for all is judged again. Of the change nothing."""
    asked, begin = Counter[str](), WireSend.begin

    def counting(self: WireSend, call: Call, done: Done) -> None:
        asked[call.operation] += call.service == "s3"
        begin(self, call, done)

    monkeypatch.setattr(WireSend, "begin", counting)
    shop.make().put()

    assert [one["state"] for one in shop.apply(*RULE)["done"]] == ["made"]
    assert (asked["HeadObject"], asked["ListMultipartUploads"]) == (2, 2)
    assert not [
        one for one, number in asked.items() if number and not one.startswith(("Get", "Head", "List"))
    ]


def test_where_a_proxy_stands_between_the_sdk_scans(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """It finds and mends the same."""
    monkeypatch.setattr("bucketwright.s3.wire.sending.unfit", lambda _: "a proxy stands between")
    monkeypatch.setattr(WireSend, "begin", None)
    shop.make().put()

    assert [one["state"] for one in shop.apply(*RULE)["done"]] == ["made"]
