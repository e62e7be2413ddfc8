"""What does the contract around an example of a rule say?"""

from collections.abc import Mapping
from datetime import datetime

from bucketwright.contract.model import Environment
from bucketwright.intended import intended
from bucketwright.posture import Circumstances

Settings = Mapping[str, object]


def around(here: Settings, elsewhere: Mapping[str, Settings], now: datetime) -> Circumstances:
    """What a verdict may look at: environment `prod` of project `shop`, and its other environments."""
    own = _environment("prod", here)
    wanted = {name: intended(_environment(name, settings)) for name, settings in elsewhere.items()}
    return Circumstances(own, intended(own), wanted, now)


def _environment(name: str, settings: Settings) -> Environment:
    return Environment.model_validate({"project": "shop", "name": name, **settings})
