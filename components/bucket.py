"""A bucket and its settings, exactly as they are declared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, cast

import pulumi
import pulumi_aws

from bucketwright.facets.bucket import FACETS
from bucketwright.facets.bucket.notifications import FRESH as UNTOLD
from bucketwright.facets.bucket.policy import KIND as POLICY
from bucketwright.facets.declaring import merged
from bucketwright.facets.facet import Declared, Form
from bucketwright.facets.placeholders import addresses_in
from bucketwright.facets.tokens import BUCKET
from components.access_role import AccessRole
from components.args import BucketArgs
from components.key import make_key
from components.making import Workshop, declarations, in_turn, inner_name, short_kind
from components.outputs import rendered
from components.quarantine import Quarantine

_PERMISSION: Final = "aws:lambda/permission:Permission"


@dataclass(frozen=True, slots=True)
class Sibling:
    """Something else of the contract, as a program has it."""

    arn: pulumi.Input[str]
    name: pulumi.Input[str] = ""
    settled: Sequence[pulumi.Resource] = ()
    """What has to be there before anybody relies on it."""


class _Awaited(LookupError):  # noqa: N818 - no fault: it is made later
    """A setting names something that is not there yet."""


class Bucket(pulumi.ComponentResource):
    """A bucket with all its settings; where nothing is said, as AWS makes a new one: private and encrypted.

    Settings that name other things of a contract, such as the target of a log, may wait for `connect`.
    """

    KIND: ClassVar[str] = "bucketwright:index:Bucket"
    bucket_name: pulumi.Output[str]
    bucket_arn: pulumi.Output[str]
    key_arn: pulumi.Output[str | None]
    quarantines: Mapping[str, Quarantine]
    """Under the ids of their prefixes."""

    def __init__(self, name: str, args: BucketArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__(self.KIND, name, {}, opts)
        self._args, self._waiting = args, list(FACETS)
        self._known: dict[str, Sibling] = {}
        self._keys: dict[str, pulumi.Output[str]] = {}
        self._region = {"region": args["region"]} if "region" in args else {}
        self._arn = f"arn:{args.get('partition', 'aws')}:s3:::{args['name']}"
        before = [*self._own_key(name, args), *self._watchers(name, args), *args.get("outlived_by", ())]
        calls = self._let_functions_be_called(name)
        first, *settings = merged((Declared(BUCKET, {"bucket": args["name"]}), *self._declarations(set())))
        made = Workshop(self, name).make(
            first, protect=args.get("protect", False), waits_for=[*before, *calls]
        )
        self.bucket = cast("pulumi_aws.s3.Bucket", made)
        self.bucket_name = self.bucket.bucket
        self.bucket_arn = self.bucket_name.apply(lambda _: self._arn)
        self._shop = Workshop(self, name, {"bucket": self.bucket.id, **self._region}, self.bucket)
        self._shop.made[short_kind(_PERMISSION)] = calls
        for declared in in_turn(settings):
            self._shop.make(declared)
        if not args.get("waits", False):
            self.refuse_to_wait()
        outputs = {"bucket_name": self.bucket_name, "bucket_arn": self.bucket_arn, "key_arn": self.key_arn}
        self.register_outputs(outputs)

    def connect(self, siblings: Mapping[str, Sibling]) -> None:
        """Make the settings that name things which are there by now."""
        self._known |= siblings
        used: set[str] = set()
        declared = merged(self._declarations(used))
        settled = [one for address in sorted(used) for one in self._known[address].settled]
        for one in in_turn(declared):
            self._shop.make(one, waits_for=settled)

    def refuse_to_wait(self) -> None:
        """Nothing declared may be left out in silence."""
        if self._waiting:
            raise LookupError(f"{', '.join(self._waiting)} of {self._args['name']} name what nobody declares")

    @property
    def keys(self) -> Mapping[str, pulumi.Output[str]]:
        """The KMS key that was made with it, under its address."""
        return self._keys

    def as_sibling(self) -> Sibling:
        """This bucket for others; it is settled once it lets them write, and keeps what they copy to it."""
        needed = ("BucketPolicy", "BucketVersioning", "BucketObjectLockConfiguration")
        settled = [one for kind in needed for one in self._shop.made.get(kind, [])]
        return Sibling(self.bucket_arn, self.bucket_name, settled)

    def _own_key(self, name: str, args: BucketArgs) -> Sequence[pulumi.Resource]:
        """The key goes after the bucket: with it, what is left in a bucket is lost."""
        self.key_arn = pulumi.Output.from_input(None)
        if "key" not in args:
            return ()
        (key, aliases), address = make_key(self, name, args["key"]), args["key"]["address"]
        self.key_arn = cast("pulumi.Output[str | None]", key.arn)
        self._keys[address], self._known[address] = key.arn, Sibling(key.arn)
        return (key, *aliases)

    def _watchers(self, name: str, args: BucketArgs) -> Iterator[pulumi.Resource]:
        """What copies and what scans stand ready before anything can be uploaded."""
        below = pulumi.ResourceOptions(parent=self)
        replication = args.get("replication")
        if "copier" in args and replication is not None:
            copier = AccessRole(inner_name(name, "replication"), args["copier"], below)
            self._known[replication.role] = Sibling(copier.role_arn, settled=copier.settled)
            yield copier
        self.quarantines = {
            one: Quarantine(inner_name(name, one), told, below)
            for one, told in args.get("quarantines", {}).items()
        }
        yield from self.quarantines.values()

    def _declarations(self, used: set[str]) -> Iterator[Declared]:
        """What the facets say that have not spoken yet, and whose references are there; which those are."""

        def resolve(address: str, form: Form) -> pulumi.Input[str]:
            if address not in self._known:
                raise _Awaited(address)
            used.add(address)
            sibling = self._known[address]
            return sibling.arn if form == "arn" else sibling.name

        asked, self._waiting = self._waiting, []
        for name in asked:
            try:
                for one in tuple(declarations({name: FACETS[name]}, self._args, resolve)):
                    yield self._complete(one, used)
            except _Awaited:
                self._waiting.append(name)

    def _complete(self, declared: Declared, used: set[str]) -> Declared:
        """The declaration with the ARNs that its document refers to."""
        if declared.kind != POLICY:
            return declared
        text = str(declared.args["policy"])
        needed = addresses_in(text)
        if not needed <= self._known.keys():
            raise _Awaited(*needed)
        used |= needed
        arns = {address: self._known[address].arn for address in needed}
        return Declared(POLICY, {**declared.args, "policy": rendered(text, arns)}, declared.name)

    def _let_functions_be_called(self, name: str) -> list[pulumi.CustomResource]:
        """S3 tells a function only where the function lets it; another account's own sees to that itself."""
        own = self._args.get("account")
        account = {"source_account": own} if own else {}
        shop = Workshop(self, name, {**self._region, **account, "source_arn": self._arn})
        calls = {"action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com"}
        told = self._args.get("notifications", UNTOLD).targets
        for number, arn in enumerate(sorted({one.target for one in told if one.service == "function"}), 1):
            qualifier = arn.partition(":function:")[2].partition(":")[2]
            if own in (None, arn.split(":")[4]):
                which = {"qualifier": qualifier} if qualifier else {}
                named = {"function": arn.removesuffix(f":{qualifier}") if which else arn, **which}
                shop.make(Declared(_PERMISSION, {**calls, **named}, f"call-{number}"))
        return shop.made.get(short_kind(_PERMISSION), [])
