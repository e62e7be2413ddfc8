"""The four public access blocks of a whole account. What a program leaves out is off."""

from typing import Final

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live, operation
from sandbox.provider.handlers.s3.bucket_public_access_block import FLAGS
from sandbox.provider.retelling import retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.spelling import Spelling

_TYPE: Final = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
_BLOCK: Final = "PublicAccessBlockConfiguration"
_ABSENT: Final = ("NoSuchPublicAccessBlockConfiguration",)
_DEFAULTS: Final = dict.fromkeys(FLAGS, False)
_SPELLING: Final = Spelling()


class AccountPublicAccessBlock:
    """One per account; its id is the account's."""

    type = _TYPE
    names = None
    replaces = frozenset({"accountId"})
    refuses: frozenset[str] = frozenset()

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        account = str(inputs.get("accountId", clients.account))
        control = clients.client("s3control")
        shape = operation(control, "put_public_access_block").input_shape.members
        flags = _SPELLING.arguments(kinds_of(_TYPE), shape[_BLOCK], {**_DEFAULTS, **inputs})
        control.put_public_access_block(AccountId=account, PublicAccessBlockConfiguration=flags)
        return now_live(self, clients, account, inputs)

    def update(self, clients: Clients, _id: str, _old: Plain, new: Plain) -> Made:
        """Put it anew."""
        return self.create(clients, new)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """What S3 returns, if it is configured."""
        control = clients.client("s3control")
        answer = ask(control.get_public_access_block, _ABSENT, AccountId=id_)
        if answer is None:
            return None
        shape = operation(control, "put_public_access_block").input_shape.members
        live = _SPELLING.inputs(kinds_of(_TYPE), shape[_BLOCK], answer[_BLOCK])
        defaults = {"accountId": clients.account, **_DEFAULTS}
        return Made(id_, retold({"accountId": id_, **live}, said, defaults), {})

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away."""
        clients.client("s3control").delete_public_access_block(AccountId=id_)


HANDLER: Final = AccountPublicAccessBlock()
