"""To which account must a bucket belong, for a call to be answered? To that whose credentials sign."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from botocore.model import OperationModel

from bucketwright.calls import Answer, Call, Outcome

_OWNER: Final = "ExpectedBucketOwner"
_ACCOUNT: Final = re.compile("[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Owners:
    """The account ids behind credentials, as far as they were asked for."""

    _known: dict[str, str] = field(default_factory=dict)

    def params(self, model: OperationModel, call: Call) -> Mapping[str, object]:
        """What is sent for a call, the account included where it is known and the operation takes it."""
        params = dict(call.params)
        takes = model.input_shape.members if model.input_shape else {}
        owner = call.account or self._known.get(call.account, "")
        if "Bucket" in params and _OWNER in takes and _ACCOUNT.fullmatch(owner):
            params.setdefault(_OWNER, owner)
        return {name: value for name, value in params.items() if (name, value) != (_OWNER, "")}

    def remember(self, call: Call, outcome: Outcome) -> None:
        """Learn from what was answered."""
        if call.operation == "GetCallerIdentity" and isinstance(outcome, Answer):
            self._known[call.account] = str(outcome.values.get("Account", ""))
