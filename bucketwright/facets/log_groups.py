"""Which log group does a property name?"""

import re
from typing import Final

from bucketwright.facets.said import Said

_ARN: Final = re.compile(r"arn:[a-z0-9-]+:logs:[a-z0-9-]*:[0-9]*:log-group:([^:]+)(?::\*)?")


def log_group(said: Said, name: str) -> str | None:
    """Its address; of a stranger the name, whether an ARN says it or not."""
    found = said.reference("log_group", name)
    arn = _ARN.fullmatch(found) if found else None
    return arn[1] if arn else found
