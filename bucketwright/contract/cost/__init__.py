"""What does a contract cost, in dollars a month at list prices, and by which assumptions?"""

from bucketwright.contract.cost.differences import Difference, Shift, difference
from bucketwright.contract.cost.estimates import ASSUMPTIONS, LEFT_OUT, Estimate, estimate
from bucketwright.contract.cost.life_costs import LifeCost, StayCost, life_cost
from bucketwright.contract.cost.loading import PriceFileError, load_prices, read_prices
from bucketwright.contract.cost.prices import Prices, UnknownPrice
from bucketwright.contract.cost.pricing import Line
from bucketwright.contract.cost.rendering import render, to_json
from bucketwright.contract.cost.uses import Gap, Kind

__all__ = [
    "ASSUMPTIONS",
    "LEFT_OUT",
    "Difference",
    "Estimate",
    "Gap",
    "Kind",
    "LifeCost",
    "Line",
    "PriceFileError",
    "Prices",
    "Shift",
    "StayCost",
    "UnknownPrice",
    "difference",
    "estimate",
    "life_cost",
    "load_prices",
    "read_prices",
    "render",
    "to_json",
]
