"""The four switches against public access, for a whole account."""

import pulumi

from bucketwright.facets.account import FACETS
from components.args import AccountBlockArgs
from components.making import Workshop, declarations, nothing_else


class AccountBlock(pulumi.ComponentResource):
    """Closes every bucket of an account to the public, whatever their own settings say.

    The setting belongs to the account, not to a stack: it stays when the stack goes.
    """

    def __init__(self, name: str, args: AccountBlockArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("bucketwright:index:AccountBlock", name, {}, opts)
        account = {"account_id": args["account"]} if args.get("account") else {}
        shop = Workshop(self, name, account)
        for declared in declarations(FACETS, args, nothing_else):
            shop.make(declared, retain=True)
        self.register_outputs({})
