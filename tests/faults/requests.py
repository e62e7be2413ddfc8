"""A request as the proxy saw it, and which of them a fault is for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, parse_qsl, urlsplit

_SCOPE = re.compile(r"Credential=[^/]*/[0-9]{8}/([^/]*)/([^/]*)/aws4_request")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By their names in small letters."""
    body: bytes = b""

    @classmethod
    def of(cls, method: str, target: str, headers: Mapping[str, str], body: bytes) -> "Request":
        """From what stands in a request of HTTP."""
        parts = urlsplit(target)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        return cls(method, parts.path, query, {name.lower(): text for name, text in headers.items()}, body)

    @property
    def is_cut(self) -> bool:
        """Whether less of it came than was sent, so that nobody acts on it."""
        return len(self.body) < int(self.headers.get("content-length") or 0)

    @property
    def region(self) -> str:
        """The one that it was signed for."""
        return self._scope(1)

    @property
    def service(self) -> str:
        """The one that it was signed for."""
        return self._scope(2)

    @property
    def action(self) -> str:
        """The operation, where the protocol says it: not with REST."""
        target = self.headers.get("x-amz-target", "").rpartition(".")[2]
        return target or next(iter(parse_qs(self.body.decode("latin-1")).get("Action", ())), "")

    def _scope(self, group: int) -> str:
        found = _SCOPE.search(self.headers.get("authorization", ""))
        return found[group] if found else ""


@dataclass(frozen=True, slots=True)
class Where:
    """Which requests: those that have all that is said."""

    method: str = ""
    path: str = ""
    """How it begins."""
    query: str = ""
    """A parameter: `policy`, `versioning`."""
    service: str = ""
    action: str = ""

    def holds(self, request: Request) -> bool:
        """Whether this request is one of them."""
        return (
            self.method in {"", request.method}
            and request.path.startswith(self.path)
            and (not self.query or self.query in request.query)
            and self.service in {"", request.service}
            and self.action in {"", request.action}
        )
