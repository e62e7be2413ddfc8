"""A setting of a bucket that S3 keeps as one document: put whole, got whole, deleted whole.

Most resource types of S3 are such settings. What they are called with follows from their names; a type names
only its calls and its exceptions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.model import OperationModel, StructureShape

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live, operation
from sandbox.provider.retelling import retold
from sandbox.provider.schema import kinds_of
from sandbox.provider.spelling import Spelling
from sandbox.provider.value_kinds import Kind

_GONE = frozenset({"NoSuchBucket", "404"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BucketSetting:
    """One setting; each exception to the rule has a name.

    payload: the argument that holds the document; within: the member of it that does, if not the whole.
    absent: the code for "not configured"; stays: the one for "cannot be turned off".
    off: what a setting without `delete_call` is put to instead.
    unasked: inputs that describe what S3 was never asked for; unset: what S3 means by an empty answer.
    always: what S3 must be told even if the program says nothing; completed: adds what S3 insists on.
    names: the input that tells the settings of a bucket apart, if it has several.
    """

    type: str
    put: str
    get: str
    delete_call: str | None = None
    payload: str = ""
    within: str = ""
    absent: str = ""
    stays: str = ""
    off: Plain = field(default_factory=dict)
    unasked: Plain = field(default_factory=dict)
    unset: Plain = field(default_factory=dict)
    always: Plain = field(default_factory=dict)
    completed: Callable[[Plain], Plain] = dict
    spelling: Spelling = field(default_factory=Spelling)
    defaults: Plain = field(default_factory=dict)
    refuses: frozenset[str] = frozenset({"expectedBucketOwner"})
    names: str | None = None

    @property
    def replaces(self) -> frozenset[str]:
        """A setting stays with its bucket, and keeps its name if it has one."""
        return frozenset({"bucket", *([self.names] if self.names else [])})

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Put it."""
        bucket = str(inputs["bucket"])
        id_ = f"{bucket}:{inputs[self.names]}" if self.names else bucket
        if not self._is_unasked(inputs):
            self._put(clients.client("s3"), inputs)
        return now_live(self, clients, id_, inputs)

    def update(self, clients: Clients, id_: str, old: Plain, new: Plain) -> Made:
        """Put it anew: S3 replaces the whole document."""
        if not (self._is_unasked(old) and self._is_unasked(new)):
            self._put(clients.client("s3"), new)
        return now_live(self, clients, id_, new)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """What S3 returns, if it is configured."""
        s3 = clients.client("s3")
        answer = ask(getattr(s3, self.get), self._nothing, **self._which(id_))
        if answer is None:
            return None
        live = self._live(operation(s3, self.put), operation(s3, self.get), answer)
        named = dict(zip(("bucket", self.names or ""), id_.split(":", 1), strict=False))
        if not live and said != named:
            return None
        return Made(id_, retold({**named, **live}, said, {**self.defaults, **self.always}), {})

    def delete(self, clients: Clients, id_: str, said: Plain) -> None:
        """Delete it, or turn it off where S3 can do no more; what was never asked for stays so."""
        s3 = clients.client("s3")
        if self.delete_call:
            ask(getattr(s3, self.delete_call), self._nothing, **self._which(id_))
        elif not self._is_unasked(said):
            absent = {*self._nothing, self.stays}
            ask(getattr(s3, self.put), absent, **self._which(id_), **{self.payload: self.off})

    def _is_unasked(self, inputs: Plain) -> bool:
        return bool(self.unasked) and self.unasked.items() <= inputs.items()

    @property
    def _nothing(self) -> frozenset[str]:
        return frozenset({self.absent, *_GONE})

    def _which(self, id_: str) -> dict[str, str]:
        bucket, _, name = id_.partition(":")
        return {"Bucket": bucket, "Id": name} if self.names else {"Bucket": bucket}

    def _put(self, s3: Any, inputs: Plain) -> None:
        model = operation(s3, self.put)
        said = self.completed({**self.always, **inputs})
        arguments = self.spelling.arguments(self._kinds, model.input_shape, said)
        if self.payload and self.payload not in arguments:
            inner = self.spelling.arguments(self._kinds, self._document(model), said)
            arguments[self.payload] = {self.within: inner} if self.within else inner
        getattr(s3, self.put)(**arguments)

    def _live(self, put: OperationModel, get: OperationModel, answer: Plain) -> Plain:
        """All inputs that the answer tells: beside the document, in it, or as the whole of it."""
        wrapped = answer.get(self.payload, {}) if self.payload in get.output_shape.members else answer
        inner = wrapped.get(self.within, {}) if self.within and isinstance(wrapped, Mapping) else wrapped
        said = {
            **self.spelling.inputs(self._kinds, get.output_shape, answer),
            **self.spelling.inputs(self._kinds, self._document(put), inner),
        }
        for name, kind in self._kinds.items():
            if self.payload and name.lower() == self.payload.lower():
                said[name] = self.spelling.from_aws(kind, put.input_shape.members[self.payload], wrapped)
        return {name: value for name, value in said.items() if value not in ({}, [], None)} or self.unset

    @property
    def _kinds(self) -> Mapping[str, Kind]:
        return kinds_of(self.type)

    def _document(self, model: OperationModel) -> StructureShape:
        """The shape of the document: the payload, or the part of it that is meant."""
        shape = model.input_shape
        for member in (self.payload, self.within):
            inner = shape.members.get(member)
            shape = inner if isinstance(inner, StructureShape) else shape
        return shape
