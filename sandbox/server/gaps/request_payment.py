"""Who pays for requests."""

from typing import Final

from moto.s3.models import FakeBucket

from sandbox.server.bucket_calls import mends_setting
from sandbox.server.calls import Answer, Call
from sandbox.server.documents import KeptSetting, shown
from sandbox.server.elements import element
from sandbox.server.mending import Gap

GAPS: Final = (
    Gap(
        "request-payment",
        "lists objects when asked who pays, and keeps no answer",
        "keeps and returns the payer, BucketOwner until another is put",
    ),
)


def _absent(_call: Call, _bucket: FakeBucket) -> Answer:
    return shown(element("RequestPaymentConfiguration", element("Payer", "BucketOwner")))


_PAYMENT: Final = KeptSetting("requestPayment", "PutBucketRequestPayment", _absent)
MENDINGS: Final = mends_setting("requestPayment", GET=_PAYMENT.get, PUT=_PAYMENT.put)
