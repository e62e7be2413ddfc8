"""Does a condition surely hold for every request of which some keys are known, numbers among them?"""

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from bucketwright.iam.conditions import Known, holds
from bucketwright.iam.documents import Condition

SECURE_TRANSPORT: Final = "aws:securetransport"
TLS_VERSION: Final = "s3:tlsversion"
SSE: Final = "s3:x-amz-server-side-encryption"
SSE_KEY: Final = f"{SSE}-aws-kms-key-id"
SSE_C: Final = f"{SSE}-customer-algorithm"
_OF_TRUTHS: Final = frozenset({"bool", "null"})
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?", re.ASCII)
_COMPARED: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "numericequals": operator.eq,
    "numericnotequals": operator.ne,
    "numericlessthan": operator.lt,
    "numericlessthanequals": operator.le,
    "numericgreaterthan": operator.gt,
    "numericgreaterthanequals": operator.ge,
}


def surely(condition: Condition, known: Known) -> bool | None:
    """Whether it holds for every such request; None where that is open.

    IAM does not say what an operator on texts makes of a key that is true or false.
    """
    if condition.key == SECURE_TRANSPORT and condition.operator not in _OF_TRUTHS:
        return None
    held = holds(condition, known)
    return _compared(condition, known) if held is None else held


def _compared(condition: Condition, known: Known) -> bool | None:
    """Of several numbers one is enough, but for those that it must not be."""
    compare = _COMPARED.get(condition.operator)
    actual = [_number(value) for value in known.get(condition.key, ())]
    wanted = [_number(value) for value in condition.values]
    if compare is None or len(actual) != 1 or actual[0] is None:
        return None
    met = [compare(actual[0], one) for one in wanted if one is not None]
    if len(met) < len(wanted):
        return None
    return all(met) if compare is operator.ne else any(met)


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None
