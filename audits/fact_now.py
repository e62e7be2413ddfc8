"""One fact of one live thing, as it is read at this moment."""

from audits.regions import RegionalFacet
from bucketwright.calls import Outcome, Send
from bucketwright.estate import READERS
from bucketwright.facets.reading import Asked, LiveFacet, Target
from bucketwright.facets.said import Refer
from bucketwright.posture import Undetermined, Unknown


def fact_now(target: Target, fact: str, refer: Refer, send: Send) -> object:
    """Its value, or why it is not known."""
    facet = READERS[target.kind][1][fact]
    if not isinstance(facet, LiveFacet) or isinstance(facet, RegionalFacet):
        return Unknown("no single call tells it")
    outcomes: dict[str, Outcome] = {}
    asked = Asked(target, outcomes, refer)
    try:
        for read in facet.READS:
            for call in asked.calls(read):
                outcomes[call.identity] = send(call)
        return facet.from_api(asked)
    except Undetermined as undetermined:
        return Unknown(str(undetermined))
