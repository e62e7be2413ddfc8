"""Who pays for requests."""

from typing import Final

from sandbox.server.calls import Answer, Call
from sandbox.server.documents import Document, shown
from sandbox.server.elements import element
from sandbox.server.mending import Gap

GAPS: Final = (
    Gap(
        "request-payment",
        "lists objects when asked who pays, and keeps no answer",
        "keeps and returns the payer, BucketOwner until another is put",
    ),
)


def _absent(_call: Call) -> Answer:
    return shown(element("RequestPaymentConfiguration", element("Payer", "BucketOwner")))


_PAYMENT: Final = Document("requestPayment", "PutBucketRequestPayment", _absent)
MENDINGS: Final = _PAYMENT.mendings[:2]
