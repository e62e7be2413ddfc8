"""A permission to call a function: a statement in the function's policy. Nothing of it can change."""

import json
import re
from collections.abc import Mapping
from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.spelling import Spelling
from sandbox.provider.words import Words

_TYPE: Final = "aws:lambda/permission:Permission"
_WORDS: Final = Words(_TYPE, Spelling({"function": "FunctionName"}))
_GONE: Final = ("ResourceNotFoundException",)
_ROOT: Final = re.compile(r"arn:[a-z-]+:iam::([0-9]{12}):root")
_CONDITIONS: Final[Mapping[str, str]] = {
    "aws:sourcearn": "sourceArn",
    "aws:sourceaccount": "sourceAccount",
    "aws:principalorgid": "principalOrgId",
}


class Permission:
    """Known by function and statement, `function/statement`."""

    type = _TYPE
    names = "statementId"
    replaces = frozenset(
        {
            "action", "function", "principal", "principalOrgId", "sourceAccount", "sourceArn", "statementId",
        }
    )  # fmt: skip
    refuses = frozenset(
        {
            "eventSourceToken", "functionUrlAuthType", "invokedViaFunctionUrl", "qualifier",
            "statementIdPrefix",
        }
    )  # fmt: skip

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Add the statement."""
        functions = clients.client("lambda")
        functions.add_permission(**_WORDS.tell(functions, "add_permission", inputs))
        return now_live(self, clients, f"{inputs['function']}/{inputs['statementId']}", inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The statement, if the function's policy has it."""
        function, _, name = id_.rpartition("/")
        found = ask(clients.client("lambda").get_policy, _GONE, FunctionName=function) or {"Policy": "{}"}
        statements = json.loads(found["Policy"]).get("Statement", ())
        statement = next((one for one in statements if one["Sid"] == name), None)
        if statement is None:
            return None
        live = {"function": function, "statementId": name, **_said(statement)}
        return Made(id_, retold(live, said), {})

    def update(self, clients: Clients, id_: str, _old: Plain, new: Plain) -> Made:
        """Nothing can change."""
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Remove the statement."""
        function, _, name = id_.rpartition("/")
        ask(clients.client("lambda").remove_permission, _GONE, FunctionName=function, StatementId=name)


def _said(statement: Mapping[str, object]) -> dict[str, object]:
    conditions = statement.get("Condition", {})
    tests = conditions.values() if isinstance(conditions, Mapping) else ()
    known = {
        _CONDITIONS[key.lower()]: value
        for test in tests
        for key, value in test.items()
        if key.lower() in _CONDITIONS
    }
    return {"action": statement["Action"], "principal": _principal(statement["Principal"]), **known}


def _principal(principal: object) -> object:
    """A policy names the kind of principal, and an account by its root; a permission does neither."""
    named = next(iter(principal.values())) if isinstance(principal, Mapping) else principal
    account = _ROOT.fullmatch(named) if isinstance(named, str) else None
    return account[1] if account else named


HANDLER: Final = Permission()
