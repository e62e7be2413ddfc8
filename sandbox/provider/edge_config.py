"""What CloudFront keeps as one document with an id and a state tag: told whole, got whole."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sandbox.provider.handler import Clients, Made, Plain, ask, now_live
from sandbox.provider.retelling import retold
from sandbox.provider.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeConfig:
    """One kind: what its calls are named after, and what its answers call it."""

    words: Words
    call: str
    noun: str
    absent: str
    replaces: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    defaults: Plain = field(default_factory=dict)
    names: str | None = "name"

    @property
    def type(self) -> str:
        """The type."""
        return self.words.type

    def create(self, clients: Clients, inputs: Plain) -> Made:
        """Make it."""
        cloudfront = clients.client("cloudfront")
        made = self._do(cloudfront, "create", inputs, str(uuid4()))
        return now_live(self, clients, made[self.noun]["Id"], inputs)

    def read(self, clients: Clients, id_: str, said: Plain) -> Made | None:
        """The document, and the tag of its state."""
        cloudfront = clients.client("cloudfront")
        answer = ask(getattr(cloudfront, f"get_{self.call}"), (self.absent,), Id=id_)
        if answer is None:
            return None
        config = answer[self.noun][self._config]
        live = self.words.hear(cloudfront, f"get_{self.call}", config, self.noun, self._config)
        computed = {"etag": answer["ETag"], "callerReference": config.get("CallerReference")}
        return Made(id_, retold(live, said, self.defaults), computed)

    def update(self, clients: Clients, id_: str, _old: Plain, new: Plain) -> Made:
        """Tell it anew, for the state it is in."""
        cloudfront = clients.client("cloudfront")
        answer = getattr(cloudfront, f"get_{self.call}")(Id=id_)
        reference = answer[self.noun][self._config].get("CallerReference", "")
        self._do(cloudfront, "update", new, reference, Id=id_, IfMatch=answer["ETag"])
        return now_live(self, clients, id_, new)

    def delete(self, clients: Clients, id_: str, _said: Plain) -> None:
        """Take it away, in the state it is in."""
        cloudfront = clients.client("cloudfront")
        answer = ask(getattr(cloudfront, f"get_{self.call}"), (self.absent,), Id=id_)
        if answer is not None:
            delete = getattr(cloudfront, f"delete_{self.call}")
            ask(delete, (self.absent,), Id=id_, IfMatch=answer["ETag"])

    @property
    def _config(self) -> str:
        return f"{self.noun}Config"

    def _do(self, cloudfront: Any, verb: str, inputs: Plain, reference: str, **which: str) -> Any:
        method = f"{verb}_{self.call}"
        told = self.words.tell(cloudfront, method, inputs, self._config)
        if self.words.takes(cloudfront, method, "CallerReference", self._config):
            told["CallerReference"] = reference
        return getattr(cloudfront, method)(**which, **{self._config: told})
