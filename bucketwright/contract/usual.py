"""By which terms is judged where no contract says so?"""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bucketwright.contract.terms import Terms


@cache
def usual_terms() -> "Terms":
    """Those of a contract that says nothing of them."""
    from bucketwright.contract.terms import Terms  # noqa: PLC0415 - brings pydantic, which few runs need early

    return Terms()
